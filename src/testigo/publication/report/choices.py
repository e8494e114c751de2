"""What the page asks when nobody says: which year, which sources, which pair, which rates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from testigo.core import UNKNOWN_MARK, YEAR_LETTERS
from testigo.publication.report.evidence import number_in

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.core import AreaLevel
    from testigo.publication.report.evidence import Evidence, Row
    from testigo.records import Source

_FAMILIES: Final = (
    "public_health",
    "criminal_justice",
    "other_state_body",
    "civil_society",
    "press",
)
_ENOUGH: Final = 0.5  # of the areas that the best source knows


def counts_everybody(source: Source) -> bool:
    """Whether a source sets out to count every victim, not files and not a part of them."""
    return source.unit == "victim" and source.subset_of is None


def choose_main_period(evidence: Evidence) -> str | None:
    """Return the year of the question: the last of those that most sources cover wholly."""
    if evidence.report.main_period:
        return evidence.report.main_period
    covered: Counter[str] = Counter()
    for source in evidence.shown_sources:
        for year, count in evidence.whole_counts.get(source.id, {}).items():
            covered[year] += count.whole_year and counts_everybody(source)
    if not covered:
        return None
    return max(covered, key=lambda year: (covered[year], year))


def choose_main_sources(evidence: Evidence, period: str) -> tuple[Source, ...]:
    """Return the sources of the question: those named, or all that speak of the year."""
    wanted = evidence.report.main_sources or tuple(one.id for one in evidence.report.sources)
    return tuple(
        evidence.by_id[source]
        for source in wanted
        if source in evidence.by_id and period in evidence.whole_counts.get(source, {})
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources compared area by area: the second over the first."""

    first: str
    second: str
    period: str
    level: AreaLevel
    rows: tuple[Row, ...]


def choose_pair(evidence: Evidence, period: str) -> Pair | None:
    """Return the two sources whose ratio is mapped: those named, or those that differ most.

    Without a choice, both count victims, and pairs of different families go first; the one that
    counts more in the whole territory is the yardstick.
    """
    rows = [
        row
        for row in evidence.rows("convergence", area_level=evidence.main_level, period=period)
        if not str(row["area"]).startswith(UNKNOWN_MARK)
    ]
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((str(row["source_a"]), str(row["source_b"])), []).append(row)
    chosen = _named_pair(evidence, grouped) or _widest_pair(evidence, grouped)
    if chosen is None:
        return None
    found = grouped.get(chosen) or grouped[chosen[::-1]]
    return Pair(*_ordered(evidence, chosen, found), period, evidence.main_level, tuple(found))


def _named_pair(
    evidence: Evidence, grouped: dict[tuple[str, str], list[Row]]
) -> tuple[str, str] | None:
    named = evidence.report.compare
    if len(named) != 2:  # noqa: PLR2004  # a pair
        return None
    pair = (named[0], named[1])
    return pair if pair in grouped or pair[::-1] in grouped else None


def _widest_pair(
    evidence: Evidence, grouped: dict[tuple[str, str], list[Row]]
) -> tuple[str, str] | None:
    known = [source.id for source in evidence.shown_sources if counts_everybody(source)]
    pairs = [pair for pair in combinations(known, 2) if pair in grouped or pair[::-1] in grouped]
    if not pairs:
        return None

    def weight(pair: tuple[str, str]) -> tuple[bool, float]:
        found = grouped.get(pair) or grouped[pair[::-1]]
        families = {evidence.by_id[source].family for source in pair}
        return len(families) > 1, sum(difference(row) for row in found)

    return max(pairs, key=weight)


def _ordered(evidence: Evidence, pair: tuple[str, str], rows: list[Row]) -> tuple[str, str]:
    if len(evidence.report.compare) == 2:  # noqa: PLR2004  # the observatory said which over which
        return pair
    totals = {source: sum(count_of(row, source) or 0 for row in rows) for source in pair}
    first, second = pair
    return (first, second) if totals[first] >= totals[second] else (second, first)


def count_of(row: Row, source: str) -> float | None:
    """Count of one of the two sources in a row of the convergence table."""
    return number_in(row, "count_a" if row["source_a"] == source else "count_b")


def difference(row: Row) -> float:
    """By how many the two sources of a row differ; 0 when one of them is not known."""
    first, second = number_in(row, "count_a"), number_in(row, "count_b")
    return abs(first - second) if first is not None and second is not None else 0.0


@dataclass(frozen=True, slots=True)
class RatesChoice:
    """Which rates are mapped at a level: one source, one year, every denominator of that year."""

    source: str
    period: str
    level: AreaLevel
    series: tuple[str, ...]


def choose_rates(evidence: Evidence, level: AreaLevel, period: str | None) -> RatesChoice | None:
    """Return the rates to map: those named, or of the year of the question, or the latest ones.

    Health goes before the justice system, that before civil society, and the press last; a source
    must know at least half as many areas as the best one.
    """
    table = evidence.table("rates")
    if table is None:
        return None
    here = table.filter(
        pc.and_(
            pc.and_(
                pc.equal(table["area_level"], level),
                pc.equal(pc.utf8_length(table["period"]), YEAR_LETTERS),
            ),
            pc.and_(_has_answer(table), pc.invert(table["annualised"])),
        )
    )
    found = here.group_by(["source", "period", "population_series"]).aggregate([([], "count_all")])
    known = {
        (row["source"], row["period"], row["population_series"]): row["count_all"]
        for row in found.to_pylist()
        if row["source"] in evidence.by_id
    }
    if not known:
        return None
    enough = {key for key, areas in known.items() if areas >= _ENOUGH * max(known.values())}
    source, year, _ = max(enough, key=lambda key: _preference(evidence, key, period))
    series = sorted(
        {name for one, when, name in enough if (one, when) == (source, year)},
        key=lambda name: (evidence.series_order.get(name, len(known)), name),
    )
    return RatesChoice(source, year, level, tuple(series))


def _has_answer(table: pa.Table) -> pa.Array:
    """Where a rate is stated, or would be were it not suppressed."""
    stated = pc.is_valid(table["rate"])
    if "value_status" not in table.column_names:
        return stated
    return pc.or_(stated, pc.equal(table["value_status"], "suppressed"))


def _preference(
    evidence: Evidence, key: tuple[str, str, str], period: str | None
) -> tuple[bool, bool, bool, int, bool, str, int]:
    source, year, _ = key
    family = evidence.by_id[source].family
    return (
        source == evidence.report.rates_source,
        year == evidence.report.rates_period,
        counts_everybody(evidence.by_id[source]),
        -_FAMILIES.index(family),
        year == period,
        year,
        -evidence.places[source],
    )


def rates_rows(evidence: Evidence, choice: RatesChoice) -> dict[str, dict[str, Row]]:
    """Area to population series to row, for the chosen rates; unknown places left out."""
    table = evidence.table("rates")
    rows: dict[str, dict[str, Row]] = {}
    if table is None:
        return rows
    wanted = {
        "source": choice.source,
        "period": choice.period,
        "area_level": choice.level,
    }
    for column, value in wanted.items():
        table = table.filter(pc.equal(table[column], value))
    for row in table.to_pylist():
        if not row["area"].startswith(UNKNOWN_MARK):
            rows.setdefault(row["area"], {})[row["population_series"]] = row
    return rows
