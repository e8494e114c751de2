"""The nouns of the publication room: what the page needs to know, not how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import (
    AREA_COLUMN,
    AREA_LEVEL_COLUMN,
    PERIOD_COLUMN,
    SOURCE_COLUMN,
    Column,
    Message,
    TableSchema,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pyarrow as pa

    from testigo.core import AreaCatalogue, Language, Speaking, Text, Verdict
    from testigo.records import Delivery, Source


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, shown beside the series as a hypothesis, never as a cause.

    Attributes
    ----------
    date
        When.
    text
        What, in the observatory's own words.
    """

    date: date
    text: Text


@dataclass(frozen=True, slots=True)
class GroupSum:
    """All victims of the strata that share a value and have an answer.

    Attributes
    ----------
    column, value
        What they share.
    strata, observed
        How many strata have an answer, and the people in them who are on at least one list.
    low, high, level
        Of all victims in them, victims; and the coverage of that interval.
    verdict
        Of the sum; one that is refused is not told.
    """

    column: str
    value: str
    strata: int
    observed: int
    low: float
    high: float
    level: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page shows. Tables are what may leave: `protect` has been over them.

    Attributes
    ----------
    name
        Of the observatory.
    languages
        Of the page; the first is shown first.
    catalogue, sources
        As configured; the sources in their order.
    tables
        By the names of design.md section 4 (`deliveries`, `reasons`, `quality`, `convergence`,
        `consistency`, `consistency_cells`, `rates`, `standardised_rates`, `unmatched_places`),
        and `counts` and `printed_rates`. A table that is not there leaves its section out.
        `blocking`, `clerical_quality`, `review_agreement` and `strata` may be among them, which
        are not published: the page tells of the first three, and names by the last the strata
        that are published.
    blocked
        Sources and tables whose figures wait for a signature: the block is shown, not they.
    events
        In any order.
    population_names
        Series to its name for people, in the order of the configuration.
    notes
        Source to what was found by looking at its deliveries; shown of public sources only,
        since texts and numbers of rows stand in it.
    link_notes
        What limits the linkage of the lists, a sentence each.
    main_period, main_sources
        Year and sources of the question at the top; None and empty: decided from the data.
    compare
        The two sources whose ratio is mapped, the second over the first; empty: decided.
    rates_source, rates_period
        What the maps of rates show; None: decided.
    k
        Smallest count that is published of a source that is not public.
    licence, version
        Of what is made; of the program that made it.
    folder
        Name of the observatory's folder, for the commands that walk a figure back.
    synthetic
        Whether the data are invented; every page then says so.
    overlaps
        The table of overlaps that the estimates rest on; None: linked lists, or no estimates.
    fate
        What befell those who are counted, as a verb in the plural; None: they were killed.
    names
        Word of the data (the whole territory, a column of strata, a value) to its name for people.
    strata_note
        What the strata mean and who says so.
    published
        What others have published on the question, and where.
    group_sums
        By each value of the column that groups the strata, where overlaps are public; else none.
    """

    name: Text | str
    languages: tuple[Language, ...]
    catalogue: AreaCatalogue
    sources: tuple[Source, ...]
    tables: Mapping[str, pa.Table]
    blocked: frozenset[str] = frozenset()
    events: tuple[Event, ...] = ()
    population_names: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    notes: Mapping[str, tuple[Speaking, ...]] = field(default_factory=lambda: MappingProxyType({}))
    link_notes: tuple[Speaking, ...] = ()
    main_period: str | None = None
    main_sources: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    rates_source: str | None = None
    rates_period: str | None = None
    k: int = 5
    licence: str = ""
    version: str = ""
    folder: str = "."
    synthetic: bool = False
    overlaps: Delivery | None = None
    fate: Text | None = None
    names: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    strata_note: Text | None = None
    published: Text | None = None
    group_sums: tuple[GroupSum, ...] = ()


PRINTED_RATES: Final = TableSchema(
    name="printed_rates",
    title=Message("Rates that the sources print"),
    meaning=Message("With the number of residents that each printed rate implies."),
    key=("source", "area", "period"),
    columns=(
        SOURCE_COLUMN,
        AREA_COLUMN,
        AREA_LEVEL_COLUMN,
        PERIOD_COLUMN,
        Column(
            "victims",
            "integer",
            Message("victims"),
            Message("As the source counts."),
            unit=Message("the source's unit"),
        ),
        Column(
            "rate",
            "number",
            Message("printed rate"),
            Message("The rate the source prints."),
            unit=Message("per 100,000 residents per year"),
        ),
        Column(
            "rate_decimals",
            "integer",
            Message("decimals of the printed rate"),
            Message("To know its rounding."),
        ),
        Column(
            "implied_population",
            "number",
            Message("implied population"),
            Message("100,000 x victims / printed rate; blank when the rate is zero."),
            unit=Message("residents"),
            required=False,
        ),
    ),
)
