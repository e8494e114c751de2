"""Over time: a line for each source, with what breaks it; events stand beside it as hypotheses."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.choices import counts_everybody
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.figures import DataTable, Figure, Key, Note, Section
from testigo.publication.report.legends import mark_swatch
from testigo.publication.report.palette import mark_of
from testigo.publication.report.places_over_time import places_over_time
from testigo.publication.report.sentences import UNITS, Quoted, describe_basis
from testigo.publication.report.speech import SUPPRESSED, Day
from testigo.publication.report.timelines import (
    Line,
    Point,
    Timeline,
    draw_timeline,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from testigo.publication.report.evidence import Count, Evidence
    from testigo.records import Source, Span

_SHORT: Final = 2  # years that make a line
_DAYS: Final = 365.25
_A_MONTH: Final = 27  # days from the first to the last


def show_trends(evidence: Evidence, period: str | None) -> Section:
    """Build the section."""
    title = Message("Over time")
    series = {
        source.id: found
        for source in evidence.shown_sources
        if len(found := _stated(evidence, source)) >= _SHORT
    }
    if not series:
        return Section("trends", title, parts=(Note(_why_no_line(evidence)),))
    parts: list[object] = [_lines_figure(evidence, series)]
    grid = places_over_time(evidence, period)
    return Section("trends", title, parts=(*parts, grid) if grid else tuple(parts))


def _stated(evidence: Evidence, source: Source) -> dict[str, Count]:
    found = evidence.whole_counts.get(source.id, {})
    return {year: count for year, count in found.items() if count.number is not None}


def _why_no_line(evidence: Evidence) -> Message:
    if evidence.report.blocked:
        return Message("The series over time rest on a source that is blocked.")
    return Message("No source has a published figure for two years or more, so there is no line.")


def _lines_figure(evidence: Evidence, series: Mapping[str, Mapping[str, Count]]) -> Figure:
    events = sorted(evidence.report.events, key=lambda event: event.date)
    letters = dict(zip(string.ascii_lowercase, events, strict=False))
    timeline = Timeline(
        tuple(_line(evidence, source, counts) for source, counts in series.items()),
        tuple((letter, time_of(event.date)) for letter, event in letters.items()),
    )
    values = _peak_values(evidence, series)
    longest, peak = _longest(evidence, series), str(values["peak"])
    return Figure(
        "over-time",
        Message(
            "{source}: the year with the most {unit} from {first} to {last} was {peak}, with "
            "{number}",
            values,
        ),
        Message(
            "Counts in {whole} by year, each source in its own unit and by its own date.", values
        ),
        _told(values),
        draw_variants(
            lambda _, width: draw_timeline(timeline, width),
            named_by="over-time-title over-time-alt",
        ),
        quote=_quote(values),
        legend=tuple(_line_key(evidence, source) for source in series),
        notes=tuple(_time_notes(evidence, series, letters)),
        table=_years_table(evidence, series),
        lineage=evidence.lineage(
            series,
            table="counts",
            area=evidence.whole.code,
            period=peak,
            source=longest.id,
        ),
    )


def _peak_values(
    evidence: Evidence, series: Mapping[str, Mapping[str, Count]]
) -> Mapping[str, object]:
    """Return what the sentences about the longest series say."""
    longest = _longest(evidence, series)
    full = {year: count for year, count in series[longest.id].items() if count.whole_year} or dict(
        series[longest.id]
    )
    peak = max(full, key=lambda year: (full[year].number or 0, year))
    years = sorted(full)
    return {
        "source": Quoted(longest.name),
        "peak": peak,
        "number": Number(full[peak].number or 0),
        "unit": UNITS[longest.unit],
        "first": years[0],
        "last": years[-1],
        "first_number": Number(full[years[0]].number or 0),
        "last_number": Number(full[years[-1]].number or 0),
        "whole": evidence.whole_name,
    }


def _told(values: Mapping[str, object]) -> Message:
    if values["peak"] in {values["first"], values["last"]}:
        return Message(
            "{source} counts {first_number} in {first} and {last_number} in {last}.", values
        )
    return Message(
        "{source} counts {first_number} in {first}, {number} in {peak} and {last_number} in "
        "{last}.",
        values,
    )


def _quote(values: Mapping[str, object]) -> Message:
    """Tell both ends and the highest year, each once."""
    if values["first"] == values["last"]:
        return Message(
            "According to {source}, {whole} had {first_number} {unit} in {first}.", values
        )
    if values["peak"] == values["first"]:
        return Message(
            "According to {source}, {whole} had {first_number} {unit} in {first}, the highest of "
            "the series, and {last_number} in {last}.",
            values,
        )
    if values["peak"] == values["last"]:
        return Message(
            "According to {source}, {whole} had {first_number} {unit} in {first} and "
            "{last_number} in {last}, the highest of the series.",
            values,
        )
    return Message(
        "According to {source}, {whole} had {first_number} {unit} in {first}, {number} in "
        "{peak}, the highest of the series, and {last_number} in {last}.",
        values,
    )


def _longest(evidence: Evidence, series: Mapping[str, Mapping[str, Count]]) -> Source:
    def weight(source: Source) -> tuple[bool, bool, int, int]:
        full = [count for count in series[source.id].values() if count.whole_year]
        asked = source.id in (evidence.report.main_sources or series)
        return counts_everybody(source), asked, len(full), -evidence.places[source.id]

    return max((evidence.by_id[one] for one in series), key=weight)


def time_of(day: date) -> float:
    """Return a date as a year with its fraction, at the middle of the year's mark."""
    return day.year + (day.timetuple().tm_yday - 1) / _DAYS - 0.5


def _line(evidence: Evidence, source: str, counts: Mapping[str, Count]) -> Line:
    known = evidence.by_id[source]
    place = evidence.places[source]
    points = tuple(
        Point(
            int(year),
            count.number,
            f"{year}: {Number(count.number).in_language('es')}",
            hollow=not count.whole_year,
        )
        for year, count in counts.items()
        if count.number is not None
    )
    inside = [span for span in known.method_breaks if _within(span, points)]
    gaps = [span for span in known.reporting_gaps if is_long(span) and _within(span, points)]
    return Line(
        str(place + 1),
        mark_of(place),
        points,
        breaks=tuple(time_of(span.first) for span in inside),
        gaps=tuple((time_of(span.first) + time_of(span.last)) / 2 for span in gaps),
    )


def is_long(span: Span) -> bool:
    """Whether a gap can be seen on a line of years; the source's card tells them all."""
    return (span.last - span.first).days >= _A_MONTH


def _within(span: Span, points: Sequence[Point]) -> bool:
    return bool(points) and points[0].year <= span.last.year <= points[-1].year + 1


def _line_key(evidence: Evidence, source: str) -> Key:
    known, place = evidence.by_id[source], evidence.places[source]
    return Key(
        mark_swatch(mark_of(place), line=True),
        Message(
            "{number}. {source} ({basis})",
            {"number": place + 1, "source": known.name, "basis": describe_basis(known)},
        ),
    )


def _time_notes(
    evidence: Evidence, series: Mapping[str, Mapping[str, Count]], letters: Mapping[str, object]
) -> list[object]:
    notes: list[object] = []
    if any(not count.whole_year for counts in series.values() for count in counts.values()):
        notes.append(Message("A hollow mark: the source covers only a part of that year."))
    for source in series:
        known = evidence.by_id[source]
        notes += [_span_note("┃", known, span) for span in known.method_breaks]
        notes += [_span_note("×", known, span) for span in known.reporting_gaps if is_long(span)]
    if letters:
        notes.append(
            Message(
                "Dashed lines are events that somebody has put forward as explanations. Here they "
                "are hypotheses: that one thing came after another does not make it the cause."
            )
        )
    for letter, event in letters.items():
        notes.append(
            Message(
                "{letter} · {date}: {event}",
                {"letter": letter, "date": Day(event.date), "event": event.text},  # type: ignore[attr-defined]
            )
        )
    return notes


def _span_note(sign: str, source: Source, span: Span) -> Message:
    values = {
        "sign": sign,
        "source": Quoted(source.name),
        "first": Day(span.first),
        "last": Day(span.last),
        "note": span.note,
    }
    if sign == "×":
        return Message("{sign} {source}, nothing reported from {first} to {last}: {note}", values)
    return Message("{sign} {source}, method changed on {first}: {note}", values)


def _years_table(evidence: Evidence, series: Mapping[str, Mapping[str, Count]]) -> DataTable:
    years = sorted({year for counts in series.values() for year in counts})
    rows = tuple(
        (year, *(_count_cell(counts.get(year)) for counts in series.values())) for year in years
    )
    head = (Message("year"), *(evidence.name(source) for source in series))
    return DataTable(
        Message("Counts by year; in brackets the months covered, where not all twelve are"),
        head,
        rows,
        frozenset(range(1, len(head))),
        file="counts",
    )


def _count_cell(count: Count | None) -> object:
    if count is None:
        return None
    if count.number is None:
        return SUPPRESSED
    if count.whole_year:
        return Number(count.number)
    return Message("{number} ({months})", {"number": Number(count.number), "months": count.months})
