"""Nouns that all rooms share: messages, errors, verdicts, periods, areas, tables. No user files."""

from testigo.core.areas import AREA_LEVELS, DEFAULT_LEVEL_NAMES, Area, AreaCatalogue, AreaLevel
from testigo.core.errors import (
    ConfigurationError,
    DisclosureError,
    InputFileError,
    PromiseError,
    RowsLostError,
    StorageError,
    TestigoError,
    UncertainOrderError,
    UsageError,
)
from testigo.core.estimate import Bounds, Estimate
from testigo.core.messages import LANGUAGES, Language, Message, Speaking, Text, translations
from testigo.core.numbers import Number
from testigo.core.periods import Period, PeriodLength
from testigo.core.tables import Column, TableSchema
from testigo.core.verdict import VERDICT_STATUSES, Reason, Verdict, VerdictStatus

__all__ = [
    "AREA_LEVELS",
    "DEFAULT_LEVEL_NAMES",
    "LANGUAGES",
    "VERDICT_STATUSES",
    "Area",
    "AreaCatalogue",
    "AreaLevel",
    "Bounds",
    "Column",
    "ConfigurationError",
    "DisclosureError",
    "Estimate",
    "InputFileError",
    "Language",
    "Message",
    "Number",
    "Period",
    "PeriodLength",
    "PromiseError",
    "Reason",
    "RowsLostError",
    "Speaking",
    "StorageError",
    "TableSchema",
    "TestigoError",
    "Text",
    "UncertainOrderError",
    "UsageError",
    "Verdict",
    "VerdictStatus",
    "translations",
]
