"""Small charts of the rate of every larger area, each with its highest rate written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import YEAR_LETTERS, Message
from testigo.publication.report.choices import choose_rates
from testigo.publication.report.counting import note_hidden, say_standings
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.sentences import RATE_UNIT, Quoted
from testigo.publication.report.timelines import (
    SmallLine,
    draw_grid,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.publication.report.choices import RatesChoice
    from testigo.publication.report.evidence import Evidence, Row

_TWO_YEARS: Final = 2
_MOST: Final = 60  # more do not fit on a page


def places_over_time(evidence: Evidence, period: str | None) -> Figure | None:
    """Small charts of the rates of every larger area."""
    choice = choose_rates(evidence, evidence.main_level, period)
    if choice is None:
        return None
    found = evidence.rows(
        "rates",
        area_level=choice.level,
        source=choice.source,
        population_series=choice.series[0],
    )
    areas = _with_years(found)
    if not 1 < len(areas) <= _MOST:
        return None
    level = evidence.level_name(choice.level)
    standings = [_changed(rows) for rows in areas.values()]
    standings += _left_out(evidence, found, areas)
    hidden = standings.count("suppressed")
    values = _values(evidence, choice, areas) | {"standings": say_standings(standings, level)}
    ordered = evidence.by_name(areas)
    lines = [_small(evidence, code, areas[code]) for code in ordered]
    return Figure(
        "places-over-time",
        Message("Rates from {first} to {last}: {standings}", values),
        Message(
            "Victims {unit}, {source}; residents: {series}. Every small chart runs from {first} to "
            "{last} and from 0 to its own highest rate, the number written in it.",
            values,
        ),
        Message("A small chart for each place, by name, each on its own scale.", values),
        draw_variants(
            lambda _, width: draw_grid(lines, width),
            named_by="places-over-time-title places-over-time-alt",
        ),
        notes=(
            Message(
                "Each small chart has its own scale, so compare their shapes, not their heights; "
                "the highest rate and its year stand in each."
            ),
            *note_hidden(hidden, level),
        ),
        table=_ends_table(evidence, ordered, areas, values),
        lineage=evidence.lineage(
            (choice.source,),
            table="rates",
            area=ordered[0],
            period=str(values["last"]),
            **{"source": choice.source, "population-series": choice.series[0]},
        ),
    )


def _values(
    evidence: Evidence, choice: RatesChoice, areas: Mapping[str, Sequence[Row]]
) -> dict[str, object]:
    years = [str(row["period"]) for rows in areas.values() for row in rows]
    return {
        "first": min(years),
        "last": max(years),
        "source": Quoted(evidence.name(choice.source)),
        "series": Quoted(evidence.series_name(choice.series[0])),
        "unit": RATE_UNIT,
    }


def _with_years(found: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    """Return the yearly rates of each area that has two years or more."""
    by_area: dict[str, list[Row]] = {}
    for row in found:
        if len(str(row["period"])) == YEAR_LETTERS and number_in(row, "rate") is not None:
            by_area.setdefault(str(row["area"]), []).append(row)
    return {code: rows for code, rows in by_area.items() if len(rows) >= _TWO_YEARS}


def _changed(rows: Sequence[Row]) -> str:
    first = min(rows, key=lambda row: str(row["period"]))
    last = max(rows, key=lambda row: str(row["period"]))
    if (number_in(last, "rate_low") or 0) > (number_in(first, "rate_high") or 0):
        return "rose"
    lower = (number_in(last, "rate_high") or 0) < (number_in(first, "rate_low") or 0)
    return "fell" if lower else "overlap"


def _left_out(
    evidence: Evidence, found: Sequence[Row], areas: Mapping[str, Sequence[Row]]
) -> list[str]:
    """Return why each place without a line has none."""
    hidden = {str(row["area"]) for row in found if is_suppressed(row)}
    known = (area.code for area in evidence.report.catalogue.of_level(evidence.main_level))
    return ["suppressed" if code in hidden else "unknown" for code in known if code not in areas]


def _small(evidence: Evidence, code: str, rows: Sequence[Row]) -> SmallLine:
    name = evidence.area(code).name
    points = sorted((int(str(row["period"])), number_in(row, "rate") or 0) for row in rows)
    return SmallLine(name, tuple(points), name)


def _ends_table(
    evidence: Evidence,
    ordered: Sequence[str],
    areas: Mapping[str, Sequence[Row]],
    values: Mapping[str, object],
) -> DataTable:
    from testigo.publication.report.rate_views import rate_cell

    def at(code: str, year: object) -> object:
        rows = [row for row in areas[code] if row["period"] == year]
        return rate_cell(rows[0] if rows else None)

    rows = tuple(
        (evidence.area_name(code), at(code, values["first"]), at(code, values["last"]))
        for code in ordered
    )
    head = (evidence.level_name(evidence.main_level), values["first"], values["last"])
    return DataTable(
        Message("The rate and its interval in the first and the last year, by name"),
        head,
        rows,
        frozenset({1, 2}),
        file="rates",
    )
