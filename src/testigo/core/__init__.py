"""Nouns that all rooms share: messages, errors, verdicts, periods, areas, tables. No user files."""

from testigo.core.areas import (
    AREA_LEVELS,
    DEFAULT_LEVEL_NAMES,
    UNKNOWN_MARK,
    Area,
    AreaCatalogue,
    AreaLevel,
)
from testigo.core.columns import (
    AREA_COLUMN,
    AREA_LEVEL_COLUMN,
    AREA_OR_UNKNOWN_COLUMN,
    PARENT_COLUMN,
    PERIOD_COLUMN,
    SOURCE_COLUMN,
)
from testigo.core.errors import (
    ConfigurationError,
    DisclosureError,
    InputFileError,
    PromiseError,
    RowsLostError,
    StorageError,
    TestigoError,
    UsageError,
)
from testigo.core.messages import LANGUAGES, Language, Message, Speaking, Text, translations
from testigo.core.numbers import Number
from testigo.core.periods import (
    DAYS_IN_YEAR,
    MONTH_LETTERS,
    MONTHS_IN_YEAR,
    YEAR_LETTERS,
    Period,
    PeriodLength,
)
from testigo.core.tables import Column, TableSchema, among, tuples_of
from testigo.core.verdict import VERDICT_STATUSES, Reason, Verdict, VerdictStatus

__all__ = [
    "AREA_COLUMN",
    "AREA_LEVELS",
    "AREA_LEVEL_COLUMN",
    "AREA_OR_UNKNOWN_COLUMN",
    "DAYS_IN_YEAR",
    "DEFAULT_LEVEL_NAMES",
    "LANGUAGES",
    "MONTHS_IN_YEAR",
    "MONTH_LETTERS",
    "PARENT_COLUMN",
    "PERIOD_COLUMN",
    "SOURCE_COLUMN",
    "UNKNOWN_MARK",
    "VERDICT_STATUSES",
    "YEAR_LETTERS",
    "Area",
    "AreaCatalogue",
    "AreaLevel",
    "Column",
    "ConfigurationError",
    "DisclosureError",
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
    "UsageError",
    "Verdict",
    "VerdictStatus",
    "among",
    "translations",
    "tuples_of",
]
