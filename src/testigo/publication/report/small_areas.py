"""The rates of the smallest areas: a map, and every one of them by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.counting import Counted, note_hidden, say_hidden
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import AreaFinder, DataTable, Figure
from testigo.publication.report.rate_views import (
    RatesView,
    map_rates,
    rate_legend,
    rates_subtitle,
    rates_table,
    tell_standing,
    told_reasons,
)
from testigo.publication.report.sentences import Plural, Quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.publication.report.evidence import Evidence
    from testigo.publication.report.figures import Drawing, Key
    from testigo.publication.report.maps import MapPaper

_HALF: Final = 0.5


def rates_of_small_areas(evidence: Evidence, view: RatesView, paper: MapPaper | None) -> Figure:
    """Build the figure of the smallest areas, with a table for each larger area."""
    ident = "small-areas"
    named_by = f"{ident}-title {ident}-alt"
    drawings, legend = _mapped(view, paper, named_by)
    victims = _victims(view)
    values, total = _values(evidence, view, victims), sum(victims)
    level = evidence.level_name(view.choice.level)
    hidden = sum(tell_standing(view.row(code)) == "suppressed" for code in view.rows)
    any_area = view.by_name()[0]
    return Figure(
        ident,
        say_hidden(
            Message("Half of the victims of {period} were killed in {half} of {all}", values)
            if total
            else Message("{all} in {period}, as far as their figures can be published", values),
            hidden,
            level,
        ),
        rates_subtitle(view),
        Message(
            "{places} with 20 victims or more have a colour: {coloured}; without victims: {zero}.",
            values,
        ),
        drawings,
        quote=_quote(values) if total else None,
        legend=legend,
        notes=(
            Message(
                "A small place with one victim more or less leaps from the safest to the most "
                "violent; so below 20 victims there is no colour, and nobody is ranked."
            ),
            *told_reasons(view),
            *note_hidden(hidden, level),
        ),
        finder=find_areas(view),
        lineage=evidence.lineage(
            (view.choice.source,),
            table="rates",
            area=any_area,
            period=view.choice.period,
            **{"source": view.choice.source, "population-series": view.main},
        ),
    )


def _mapped(
    view: RatesView, paper: MapPaper | None, named_by: str
) -> tuple[tuple[Drawing, ...], tuple[Key, ...]]:
    """Return the map and its legend; nothing without outlines."""
    if paper is None:
        return (), ()
    drawing, drawn = map_rates(view, paper, named_by=named_by)
    return (drawing,), rate_legend(view, drawn)


def _quote(values: Mapping[str, object]) -> Message:
    return Message(
        "In {period}, half of the {victims} victims whose place is known were killed in "
        "{half} of {all} of {whole}, according to {source}.",
        values,
    )


def _victims(view: RatesView) -> list[float]:
    """Return the counts of the areas whose count is published, the largest first."""
    first = [next(iter(by_series.values())) for by_series in view.rows.values()]
    return sorted(
        (number_in(row, "victims") or 0 for row in first if not is_suppressed(row)), reverse=True
    )


def _values(evidence: Evidence, view: RatesView, victims: list[float]) -> dict[str, object]:
    standings = [tell_standing(view.row(code)) for code in view.rows]
    return {
        "half": Number(_holding_half(victims)),
        "all": Counted(
            len(evidence.report.catalogue.of_level(view.choice.level)),
            evidence.level_name(view.choice.level),
        ),
        "places": Plural(evidence.level_name(view.choice.level)),
        "whole": evidence.whole_name,
        "period": view.choice.period,
        "source": Quoted(evidence.name(view.choice.source)),
        "victims": Number(sum(victims)),
        "coloured": Number(standings.count("coloured")),
        "zero": Number(standings.count("zero")),
    }


def _holding_half(victims: list[float]) -> int:
    """Return how many of the largest counts make at least half of the sum."""
    total, held = sum(victims), 0.0
    for place, count in enumerate(victims, 1):
        held += count
        if held >= _HALF * total:
            return place
    return 0


def find_areas(view: RatesView) -> AreaFinder:
    """Lay every area out by name, a table for each larger area."""
    evidence = view.evidence
    grouped: dict[str, list[str]] = {}
    for code in view.by_name():
        grouped.setdefault(evidence.area(code).parent or "", []).append(code)
    tables: list[DataTable] = [
        rates_table(view, grouped[parent], Message("{name}", {"name": evidence.area_name(parent)}))
        for parent in evidence.by_name(grouped)
    ]
    return AreaFinder(
        Message("Look your {place} up", {"place": evidence.level_name(view.choice.level)}),
        tuple(tables),
    )
