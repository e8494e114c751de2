"""The publication room, the only way out: disclosure policy, tables, data package, report."""

from testigo.publication.disclosure import DisclosurePolicy, protect
from testigo.publication.files import told_as_storage_error, write_bytes, write_whole
from testigo.publication.lists import describe_areas, describe_sources
from testigo.publication.model import PRINTED_RATES, Event, GroupSum, Report
from testigo.publication.package import write_package
from testigo.publication.printed_rates import collect_printed_rates
from testigo.publication.report import headline, render_report
from testigo.publication.schemas import PUBLISHED, VALUE_STATUSES
from testigo.publication.strata_values import OF, SMALLEST, STRATA, TABLES, group_labels
from testigo.publication.tables import csv_bytes, write_tables
from testigo.publication.withholding import withhold

__all__ = [
    "OF",
    "PRINTED_RATES",
    "PUBLISHED",
    "SMALLEST",
    "STRATA",
    "TABLES",
    "VALUE_STATUSES",
    "DisclosurePolicy",
    "Event",
    "GroupSum",
    "Report",
    "collect_printed_rates",
    "csv_bytes",
    "describe_areas",
    "describe_sources",
    "group_labels",
    "headline",
    "protect",
    "render_report",
    "told_as_storage_error",
    "withhold",
    "write_bytes",
    "write_package",
    "write_tables",
    "write_whole",
]
