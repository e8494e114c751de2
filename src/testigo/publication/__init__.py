"""The publication room, the only way out: disclosure policy, tables, data package, report."""

from testigo.publication.disclosure import DisclosurePolicy, protect, refuse_personal
from testigo.publication.lists import describe_areas, describe_sources
from testigo.publication.model import PRINTED_RATES, Event, Report
from testigo.publication.package import write_package
from testigo.publication.schemas import PUBLISHED, VALUE_STATUSES
from testigo.publication.tables import write_tables
from testigo.publication.withholding import withhold

__all__ = [
    "PRINTED_RATES",
    "PUBLISHED",
    "VALUE_STATUSES",
    "DisclosurePolicy",
    "Event",
    "Report",
    "describe_areas",
    "describe_sources",
    "protect",
    "refuse_personal",
    "withhold",
    "write_package",
    "write_tables",
]
