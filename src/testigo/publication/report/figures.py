"""What the page is made of, before it is written: figures, tables, sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markupsafe import Markup

    from testigo.core import Language, Message

Width = Literal["wide", "narrow", "any"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One SVG: for one language, or all (None); for a desk, a phone, or any width."""

    language: Language | None
    width: Width
    svg: Markup


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a legend: a swatch, what it means, and how many carry it."""

    swatch: Markup
    meaning: object
    count: int | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """The table behind a figure.

    Attributes
    ----------
    caption
        What it holds.
    head
        Names of the columns.
    rows
        Cells, the first of each row names it; None is printed as `no data`.
    numeric
        Which columns are numbers, set to the right.
    file
        The published table that holds all of it, for the link.
    left_out
        Rows that are only in the file.
    note
        What a reader of the table has to know, under it.
    printed
        Whether a printer writes it though nobody has opened it.
    """

    caption: object
    head: tuple[object, ...]
    rows: tuple[tuple[object, ...], ...]
    numeric: frozenset[int] = frozenset()
    file: str | None = None
    left_out: int = 0
    note: object | None = None
    printed: bool = False


@dataclass(frozen=True, slots=True)
class LineageLine:
    """One delivery behind a figure; numbers of rows are None when they are hidden."""

    source: object
    file: str
    sha256: str
    accepted: int | Message | None
    delivered: int | Message | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a figure comes from, and the command that walks back to the rows, if published."""

    lines: tuple[LineageLine, ...]
    command: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that must not be missed: a block, a section that is not there, a caution."""

    text: object
    tone: Literal["block", "quiet", "care"] = "quiet"
    heading: object | None = None


@dataclass(frozen=True, slots=True)
class AreaFinder:
    """Every small area by name: a table for each larger area, and a field that filters them."""

    title: object
    tables: tuple[DataTable, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A finding: title, subtitle, picture, sentence to quote, table, lineage (design.md 9).

    Attributes
    ----------
    ident
        Anchor on the page.
    title, subtitle
        The finding; and its unit, source and date basis.
    alt
        What the picture shows, for who does not see it.
    drawings
        The picture, once for each language and width in which it differs.
    quote
        What a newspaper may print, with its interval.
    legend, notes, table, lineage
        What stands under the picture.
    open_table
        Whether the table is the picture, so that nobody has to open it.
    finder
        Tables of all small areas.
    """

    ident: str
    title: object
    subtitle: object
    alt: object
    drawings: tuple[Drawing, ...] = ()
    quote: object | None = None
    legend: tuple[Key, ...] = ()
    notes: tuple[object, ...] = ()
    table: DataTable | None = None
    lineage: Lineage | None = None
    open_table: bool = False
    finder: AreaFinder | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the page."""

    ident: str
    title: object
    lead: tuple[object, ...] = ()
    parts: tuple[object, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up."""

    severity: str
    severity_name: object
    rule: str
    table: object
    where: object | None
    found: object | None
    expected: object | None
    explanation: object
    override: object | None


@dataclass(frozen=True, slots=True)
class FindingsList:
    """Findings, the gravest first; `left_out` are only in the file."""

    title: object
    findings: tuple[Finding, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows of some deliveries: delivered = accepted + excluded + quarantined. None: suppressed."""

    delivered: int | None
    accepted: int | None
    excluded: int | None
    quarantined: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """The quality card of one source."""

    ident: str
    swatch: Markup
    number: int
    name: object
    verdict: object
    facts: tuple[tuple[object, object], ...]
    balance: Balance | None
    quality: DataTable | None
    reasons: DataTable | None
    notes: tuple[object, ...]
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """One file to take away: its name, what it holds, and a link for each format."""

    name: str
    title: object
    meaning: object
    links: tuple[tuple[str, str], ...]
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Downloads:
    """All files to take away."""

    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """A heading and sentences below it."""

    heading: object
    sentences: tuple[object, ...]
