"""The publication room."""

from testigo.publication.model import PRINTED_RATES, Event, Report
from testigo.publication.withholding import withhold

__all__ = ["PRINTED_RATES", "Event", "Report", "withhold"]
