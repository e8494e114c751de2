"""The rates: maps and tables with intervals, never a league table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.choices import choose_rates
from testigo.publication.report.counting import note_hidden, say_standings
from testigo.publication.report.denominators import rates_by_everybody, rival_denominators
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import number_in
from testigo.publication.report.figures import Figure, Note, Section
from testigo.publication.report.intervals import IntervalRow, interval_rows
from testigo.publication.report.rate_views import (
    RatesView,
    map_rates,
    missing_legend,
    rate_cell,
    rate_legend,
    rates_subtitle,
    rates_table,
    tell_area,
    tell_standing,
    told_reasons,
    view_rates,
)
from testigo.publication.report.rate_years import say_other_years
from testigo.publication.report.sentences import Quoted
from testigo.publication.report.small_areas import rates_of_small_areas
from testigo.publication.report.speech import Paragraph
from testigo.publication.report.standardised import age_standardised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Drawing, Key
    from testigo.publication.report.maps import MapPaper

_MOST_ROWS: Final = 60


def show_rates(evidence: Evidence, paper: MapPaper | None, period: str | None) -> Section:
    """Build the section; without a population it says so."""
    title = Message("The rates, with their intervals")
    if evidence.table("rates") is None:
        return Section("rates-section", title, parts=(_no_rates(evidence),))
    parts: list[object] = [rates_by_everybody(evidence, period), rival_denominators(evidence)]
    main = choose_rates(evidence, evidence.main_level, period)
    if main is not None:
        parts.append(rates_by_place(evidence, view_rates(evidence, main), paper))
    fine = choose_rates(evidence, evidence.fine_level, period) if evidence.fine_level else None
    if fine is not None:
        parts.append(rates_of_small_areas(evidence, view_rates(evidence, fine), paper))
    parts.append(age_standardised(evidence))
    lead: list[object] = [_LEAD]
    if other_years := say_other_years(evidence, period, (main, fine)):
        lead.append(other_years)
    return Section("rates-section", title, tuple(lead), tuple(part for part in parts if part))


_LEAD: Final = Message(
    "A rate is the number of victims for every 100,000 residents in a year. Its interval tells "
    "how far chance alone could have moved it; the fewer the victims, the wider it is."
)


def _no_rates(evidence: Evidence) -> Note:
    if "rates" in evidence.report.blocked or evidence.report.blocked:
        return Note(
            Message("The rates rest on a source that is blocked, so they are not published."),
            "block",
        )
    return Note(Message("There are no rates, because no number of residents was given."))


def rates_by_place(evidence: Evidence, view: RatesView, paper: MapPaper | None) -> Figure:
    """Build the figure of the larger areas: map, intervals by name, table."""
    ident = "rates"
    named_by = f"{ident}-title {ident}-alt"
    reference = _reference(view)
    stands = {code: _against(view.row(code), reference) for code in view.by_name()}
    drawings: tuple[Drawing, ...] = ()
    legend: tuple[Key, ...] = ()
    if paper is not None:
        drawing, drawn = map_rates(view, paper, named_by=named_by)
        drawings, legend = (drawing,), rate_legend(view, drawn)
    else:
        legend = missing_legend(view)
    intervals = _interval_drawings(view, stands, reference, named_by)
    values = _values(view, stands, reference)
    return Figure(
        ident,
        _title(values, reference),
        rates_subtitle(view),
        Message(
            "By name, from {first} to {last}; the line is the rate of {whole}.",
            values,
        ),
        (*drawings, *intervals),
        quote=_quote(values, reference),
        legend=legend,
        notes=(
            *_notes(view, stands, reference, drawn=bool(intervals)),
            *told_reasons(view),
        ),
        table=rates_table(
            view, view.by_name(), Message("Rates with their intervals, by name, not by rank")
        ),
        lineage=evidence.lineage(
            (view.choice.source,),
            table="rates",
            area=view.by_name()[0],
            period=view.choice.period,
            **{"source": view.choice.source, "population-series": view.main},
        ),
    )


def _reference(view: RatesView) -> Row | None:
    rows = view.evidence.rows(
        "rates",
        area_level="whole",
        period=view.choice.period,
        source=view.choice.source,
        population_series=view.main,
    )
    return rows[0] if rows and number_in(rows[0], "rate") is not None else None


def _against(row: Row | None, reference: Row | None) -> str:
    """Return where the interval of a place lies to the whole's rate, if it can be told."""
    standing = tell_standing(row)
    if row is None or reference is None or standing in {"unknown", "suppressed"}:
        return standing if standing == "suppressed" else "unknown"
    rate = number_in(reference, "rate") or 0
    if (number_in(row, "rate_low") or 0) > rate:
        return "above"
    return "below" if (number_in(row, "rate_high") or 0) < rate else "alike"


def _values(view: RatesView, stands: Mapping[str, str], reference: Row | None) -> dict[str, object]:
    names = [view.evidence.area_name(code) for code in view.by_name()]
    return {
        "whole": view.evidence.whole_name,
        "period": view.choice.period,
        "source": Quoted(view.evidence.name(view.choice.source)),
        "standings": say_standings(
            list(stands.values()), view.evidence.level_name(view.choice.level)
        ),
        "first": names[0],
        "last": names[-1],
        "rate": rate_cell(reference),
        "level": Number((reference or {}).get("level") or 0.95, percent=True),  # type: ignore[arg-type]
    }


def _title(values: Mapping[str, object], reference: Row | None) -> Message:
    if reference is None:
        return Message("Each rate stands with its interval", values)
    return Message("Against the rate of {whole} in {period}: {standings}", values)


def _quote(values: Mapping[str, object], reference: Row | None) -> Message | None:
    if reference is None:
        return None
    return Message(
        "In {period} the homicide rate of {whole} was {rate} per 100,000 residents ({level} "
        "interval), according to {source}.",
        values,
    )


def _notes(
    view: RatesView, stands: Mapping[str, str], reference: Row | None, *, drawn: bool
) -> tuple[object, ...]:
    """Explain only what is there to be seen."""
    notes: list[object] = []
    if drawn:
        tones = [said for tone, said in _TONES_TOLD.items() if tone in stands.values()]
        notes.append(Paragraph((_DOTS, *([_LINE, *tones] if reference is not None else []))))
    order = Message(
        "The places stand in the order of their names. Where two intervals overlap, the data do "
        "not tell which rate is higher, so nobody here is first or last."
    )
    if len(stands) > 1:
        notes.append(order)
    if any(tell_standing(view.row(code)) in {"few", "zero"} for code in stands):
        notes.append(
            Message(
                "* Fewer than 20 victims: read the interval, not the rate. Such places have no "
                "colour."
            )
        )
    hidden = list(stands.values()).count("suppressed")
    return (*notes, *note_hidden(hidden, view.evidence.level_name(view.choice.level)))


_DOTS: Final = Message("Each dot is a rate, the line through it its interval.")
_LINE: Final = Message("The dashed line is the rate of the whole.")
_TONES_TOLD: Final = {
    "above": Message("Dark dots lie clearly above it."),
    "below": Message("White dots lie clearly below it."),
    "alike": Message("Grey dots cannot be told apart from it."),
}


def _interval_drawings(
    view: RatesView, stands: Mapping[str, str], reference: Row | None, named_by: str
) -> tuple[Drawing, ...]:
    rows = [
        IntervalRow(
            view.evidence.area(code).name,
            number_in(row, "rate") or 0,
            number_in(row, "rate_low") or 0,
            number_in(row, "rate_high") or 0,
            stands[code],
            tell_area(view, code),
        )
        for code in view.by_name()
        if (row := view.row(code)) is not None and number_in(row, "rate") is not None
    ]
    if not rows or len(rows) > _MOST_ROWS:
        return ()
    rate = number_in(reference, "rate") if reference else None
    return draw_variants(
        lambda _, width: interval_rows(rows, reference=rate, width=width), named_by=named_by
    )
