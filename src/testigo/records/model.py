"""The nouns of the records room: what a source is and what becomes of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from testigo.core import AreaLevel, Speaking, Text

SourceKind = Literal["records", "tallies", "overlaps"]
Family = Literal[
    "criminal_justice", "public_health", "other_state_body", "press", "civil_society"
]  # fmt: skip
Unit = Literal["victim", "file", "incident"]
DateBasis = Literal["event", "death", "registration"]
PlaceBasis = Literal["event", "death", "residence"]
DatePrecision = Literal["day", "month", "year", "unknown"]
ValueStatus = Literal["stated", "unknown", "not_collected", "withheld"]
Placement = Literal["accepted", "excluded", "quarantined", "flagged"]
Severity = Literal["error", "warning", "info", "ok"]

SOURCE_KINDS: Final[tuple[SourceKind, ...]] = get_args(SourceKind)
FAMILIES: Final[tuple[Family, ...]] = get_args(Family)
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
DATE_BASES: Final[tuple[DateBasis, ...]] = get_args(DateBasis)
PLACE_BASES: Final[tuple[PlaceBasis, ...]] = get_args(PlaceBasis)
DATE_PRECISIONS: Final[tuple[DatePrecision, ...]] = get_args(DatePrecision)
VALUE_STATUSES: Final[tuple[ValueStatus, ...]] = get_args(ValueStatus)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

FIELDS: Final = (  # what a delivered column may be said to hold, in `columns = {...}`
    "id",
    "given_names",
    "surnames",
    "full_name",
    "national_id",
    "sex",
    "age",
    "age_group",
    "birth_year",
    "birth_date",
    "date",
    "year",
    "month",
    "day",
    "hour",
    "weekday",
    "death_date",
    "registration_date",
    "area",
    "area_name",
    "parent",
    "parent_name",
    "place",
    "lat",
    "lon",
    "weapon",
    "location_type",
    "occupation",
    "value",
    "rate",
    "population",
)
PERSONAL_FIELDS: Final = frozenset(
    {"id", "given_names", "surnames", "full_name", "national_id", "birth_year", "birth_date"}
)
FIELDS_WITH_STATUS: Final = (  # unknown, not collected and withheld stay apart for these
    "sex",
    "age",
    "hour",
    "weapon",
    "location_type",
    "occupation",
    "age_group",
    "place",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with a note: a change of method, months not reported.

    Attributes
    ----------
    first, last
        Days, both included.
    note
        What happened, in the observatory's own words.
    """

    first: date
    last: date
    note: Text


@dataclass(frozen=True, slots=True)
class Source:
    """What an institution delivers, and how to read it. All data, never code.

    Attributes
    ----------
    id, name
        Short id for tables; name for people.
    kind
        `records` (a row is about one victim), `tallies` (a row carries a number) or `overlaps`
        (a list that nothing but a table of overlaps tells of: no files, no columns).
    family, unit, date_basis, place_basis
        See domain.md 1.2 to 1.4; `unit` is what one count is of.
    files
        Patterns relative to the observatory folder (`sources/police_*.csv`).
    columns
        Field (one of `FIELDS`) to delivered column name. Names are compared after folding case,
        accents and spaces, so that columns may change order and dress.
    months
        For a wide table: the twelve (or fewer) columns of months, January first.
    keep
        Scope: delivered column to the values that count; other rows are excluded by the
        rule `out_of_scope`.
    area_level
        Level of the catalogue that its areas belong to.
    code_length
        Digits of an area code; a longer one is cut, a shorter one padded (None: as delivered).
    absent
        What a missing cell means in a year the source covers: `zero` or `missing`; None: zero for
        records, missing for tallies.
    unknown_areas
        Patterns (`*999`) of codes and names that say "place unknown"; the row is accepted.
    header_row
        Row of the header, counted from 1; None: found by looking.
    sheet, delimiter, encoding, decimal
        None: found by looking, and said.
    date_order
        `dmy`, `mdy` or `ymd`; None: decided from the delivery, and refused when it cannot be.
    blank
        What a blank value of a tally means: `not_collected` (excluded, never zero) or `zero`.
    repeated_rows
        What to do with a row that repeats another to the last character: `exclude`, `keep`,
        or None: keep and flag it, unless whole days repeat.
    valid
        Days outside are excluded by the rule `outside_valid_range`.
    method_breaks, reporting_gaps
        Known to the observatory; shown with every series.
    subset_of
        Id of the source that must never count fewer than this one.
    published
        Whether the delivery is already public at this detail, so that small cells of it
        expose nobody anew.
    personal_columns
        Delivered columns known to hold identifiers; never stored. Others are found by looking.
    licence, url
        For the report's list of sources.
    """

    id: str
    name: Text
    kind: SourceKind
    family: Family
    files: tuple[str, ...]
    columns: Mapping[str, str]
    unit: Unit = "victim"
    date_basis: DateBasis = "event"
    place_basis: PlaceBasis = "event"
    months: tuple[str, ...] = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    area_level: AreaLevel = "area"
    code_length: int | None = None
    absent: Literal["zero", "missing"] | None = None
    unknown_areas: tuple[str, ...] = ()
    header_row: int | None = None
    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    decimal: Literal[".", ","] | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    blank: Literal["not_collected", "zero"] = "not_collected"
    repeated_rows: Literal["exclude", "keep"] | None = None
    valid: Span | None = None
    method_breaks: tuple[Span, ...] = ()
    reporting_gaps: tuple[Span, ...] = ()
    subset_of: str | None = None
    published: bool = False
    personal_columns: tuple[str, ...] = ()
    licence: str = ""
    url: str = ""

    @property
    def silence_is_zero(self) -> bool:
        """Whether a place or a month of which a covered year says nothing had no victims.

        Records say nothing where nobody was killed; tallies are expected to write a zero.
        """
        return self.absent == "zero" or (self.absent is None and self.kind == "records")


@dataclass(frozen=True, slots=True)
class HandTables:
    """The hand-made tables that help to read deliveries.

    Attributes
    ----------
    place_aliases
        (source or "*", parent text or "", area text) to area code.
    code_maps
        (source or "*", field, delivered value) to our value.
    """

    place_aliases: Mapping[tuple[str, str, str], str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    code_maps: Mapping[tuple[str, str, str], str] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivered file: where it is and what it weighs on the balance of promise 1.

    Attributes
    ----------
    path
        Where to read it.
    name
        Its path relative to the observatory folder, with forward slashes; shown and published.
    sha256
        Of its bytes.
    """

    path: Path
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one source. All tables are Arrow and sorted, whatever the order of files.

    Attributes
    ----------
    source
        The source.
    accepted
        Columns `ACCEPTED`; rows that count.
    set_aside
        Columns `SET_ASIDE`; one line per excluded or quarantined row (private: holds the value).
    flags
        Columns `FLAGS`; accepted rows that need a look.
    deliveries
        Rows of `DELIVERIES`.
    unmatched_places
        Columns `UNMATCHED_PLACES`, ready to paste into hand/place_aliases.csv.
    notes
        What was found by looking (encoding, header, repaired accents), a sentence each.
    """

    source: Source
    accepted: pa.Table
    set_aside: pa.Table
    flags: pa.Table
    deliveries: pa.Table
    unmatched_places: pa.Table
    notes: tuple[Speaking, ...]
