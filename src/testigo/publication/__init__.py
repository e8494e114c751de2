"""The publication room."""

from testigo.publication.model import PRINTED_RATES, Event, Report

__all__ = ["PRINTED_RATES", "Event", "Report"]
