"""Where the institutions disagree: a map of the ratio, and the places that make the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.choices import Pair, choose_pair, count_of
from testigo.publication.report.counting import Counted, note_hidden, say_hidden
from testigo.publication.report.every_pair import every_pair
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable, Figure, Note, Section
from testigo.publication.report.legends import count_keys, mark_keys
from testigo.publication.report.maps import MapEntry, draw_map
from testigo.publication.report.palette import (
    ABOVE,
    AGREE,
    BELOW_FILLS,
    RATIO_BREAKS,
    SUPPRESSED_SHADE,
    UNKNOWN_SHADE,
    ZERO_SHADE,
    Shade,
    class_of,
)
from testigo.publication.report.seen_pairs import (
    CONVERGE,
    LIMIT,
    OVER_THE_MEAN,
    OVER_THE_MEAN_NOTE,
    Seen,
    draw_pair,
    pair_lineage,
    pair_values,
    plain_count,
    relative_cell,
    say_pair,
    seen_cell,
)
from testigo.publication.report.speech import NOT_APPLICABLE, SUPPRESSED
from testigo.publication.report.widest_gaps import widest_gaps
from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.publication.report.evidence import Evidence
    from testigo.publication.report.figures import Drawing, Key
    from testigo.publication.report.maps import MapPaper

_MOST_DOTS: Final = 45
_GLYPHS: Final = ("▼▼", "▼", "", "▲", "▲▲")


def show_disagreement(evidence: Evidence, paper: MapPaper | None, period: str | None) -> Section:
    """Build the section; without two sources to compare it says so."""
    title = Message("Where the institutions disagree")
    pair = choose_pair(evidence, period) if period else None
    parts: list[Figure | Note] = []
    if pair is None:
        parts.append(
            Note(
                Message(
                    "To compare, two sources must count the same thing in the same places and "
                    "year. Here there are not two, so this part of the page stays empty."
                )
            )
        )
    else:
        parts += _pair_figures(evidence, pair, paper)
    table = every_pair(evidence, period)
    if table is not None:
        parts.append(table)
    return Section("disagreement", title, parts=tuple(parts))


def _pair_figures(evidence: Evidence, pair: Pair, paper: MapPaper | None) -> list[Figure]:
    seen = sorted(
        (
            Seen(
                str(row["area"]),
                evidence.area_name(str(row["area"])),
                None if is_suppressed(row) else count_of(row, pair.first),
                None if is_suppressed(row) else count_of(row, pair.second),
                row,
            )
            for row in pair.rows
        ),
        key=lambda one: (fold(str(one.name)), one.code),
    )
    figures = []
    if paper is not None or len(seen) <= _MOST_DOTS:
        figures.append(_ratio_figure(evidence, pair, seen, paper))
    ten = widest_gaps(evidence, pair, seen)
    return [*figures, ten] if ten else figures


def _shades(evidence: Evidence, pair: Pair) -> tuple[Shade, ...]:
    second = {"source": evidence.name(pair.second)}
    return (
        Shade("0", BELOW_FILLS[0], Message("▼▼ {source} counts less than half", second)),
        Shade("1", BELOW_FILLS[1], Message("▼ {source} counts fewer", second)),
        Shade("2", AGREE, Message("the two differ by {limit} at most", {"limit": LIMIT})),
        Shade("3", ABOVE[0], Message("▲ {source} counts more", second)),
        Shade("4", ABOVE[1], Message("▲▲ {source} counts more than double", second)),
    )


def _shade(seen: Seen, shades: tuple[Shade, ...]) -> Shade:
    if is_suppressed(seen.row):
        return SUPPRESSED_SHADE
    if seen.first is None or seen.second is None:
        return UNKNOWN_SHADE
    if not seen.first and not seen.second:
        return ZERO_SHADE
    if not seen.first:
        return shades[-1]
    return shades[class_of(seen.second / seen.first, RATIO_BREAKS)]


def _ratio_figure(
    evidence: Evidence, pair: Pair, seen: list[Seen], paper: MapPaper | None
) -> Figure:
    ident = "ratio"
    named_by = f"{ident}-title {ident}-alt"
    known = [one for one in seen if one.ratio is not None]
    apart = [one for one in known if (number_in(one.row, "relative_difference") or 0) > CONVERGE]
    level = evidence.level_name(pair.level)
    hidden = sum(is_suppressed(one.row) for one in seen)
    values = pair_values(evidence, pair) | {
        "apart": Number(len(apart)),
        "known": Counted(len(known), level),
    }
    drawings, legend = _drawn_ratio(evidence, pair, seen, paper, named_by)
    return Figure(
        ident,
        say_hidden(_ratio_title(known, values), hidden, level),
        say_pair(evidence, pair),
        _told_extremes(known, values),
        drawings,
        quote=_quote_ratio(known, values),
        legend=legend,
        notes=(
            Message(
                "The Bogotá Protocol says that two sources converge when they differ by {limit} at "
                "most.",
                values,
            ),
            *note_hidden(hidden, level),
        ),
        table=_pair_table(evidence, pair, seen),
        lineage=pair_lineage(evidence, pair, seen),
    )


def _drawn_ratio(
    evidence: Evidence, pair: Pair, seen: list[Seen], paper: MapPaper | None, named_by: str
) -> tuple[tuple[Drawing, ...], tuple[Key, ...]]:
    """Draw the map, or the two counts of each place where there are no outlines; the legend."""
    shades = _shades(evidence, pair)
    found = [_shade(one, shades) for one in seen]
    if paper is not None:
        keys = count_keys(found, (*shades, ZERO_SHADE, UNKNOWN_SHADE, SUPPRESSED_SHADE))
        return (_ratio_map(evidence, seen, shades, paper, named_by),), keys
    known = [one for one in seen if one.ratio is not None]
    keys = (
        *mark_keys(evidence, (pair.first, pair.second)),
        *count_keys(found, (UNKNOWN_SHADE, SUPPRESSED_SHADE)),
    )
    return draw_pair(evidence, pair, known, named_by) if known else (), keys


def _ratio_title(known: list[Seen], values: Mapping[str, object]) -> Message:
    if not known:
        return Message("In no place can the two sources be compared in public", values)
    return Message(
        "In {period} the two sources differ by more than {limit} in {apart} of {known}", values
    )


def _ratio_map(
    evidence: Evidence,
    seen: list[Seen],
    shades: tuple[Shade, ...],
    paper: MapPaper,
    named_by: str,
) -> Drawing:
    outlines = paper.parents if evidence.main_level == "parent" else paper.areas
    entries = {code: MapEntry(UNKNOWN_SHADE.fill, evidence.area(code).name) for code in outlines}
    for one in seen:
        shade = _shade(one, shades)
        glyph = _GLYPHS[int(shade.code)] if shade.code.isdigit() else ""
        told = f"{one.name}: {plain_count(one.second)} : {plain_count(one.first)}"
        entries[one.code] = MapEntry(shade.fill, told, glyph)
    return draw_map(paper, outlines, entries, named_by=named_by)


def _told_extremes(known: list[Seen], values: Mapping[str, object]) -> Message:
    if not known:
        return Message("No place is known to both sources.")
    low = min(known, key=lambda one: one.ratio or 0)
    high = max(known, key=lambda one: one.ratio or 0)
    if len(known) == 1:
        return Message(
            "Only {lowest} can be compared: there the ratio of {second} to {first} is {low}.",
            {**values, "low": Number(low.ratio or 0, 2), "lowest": low.name},
        )
    return Message(
        "The ratio of {second} to {first} goes from {low} in {lowest} to {high} in {highest}.",
        {
            **values,
            "low": Number(low.ratio or 0, 2),
            "lowest": low.name,
            "high": Number(high.ratio or 0, 2),
            "highest": high.name,
        },
    )


def _quote_ratio(known: list[Seen], values: Mapping[str, object]) -> Message | None:
    if not known:
        return None
    low = min(known, key=lambda one: one.ratio or 0)
    high = max(known, key=lambda one: one.ratio or 0)
    if len(known) == 1:
        return Message(
            "In {period}, for every 100 victims counted by {first} in {lowest}, {second} counted "
            "{low}.",
            {**values, "low": Number(100 * (low.ratio or 0)), "lowest": low.name},
        )
    return Message(
        "In {period}, for every 100 victims counted by {first}, {second} counted {low} in "
        "{lowest} and {high} in {highest}.",
        {
            **values,
            "low": Number(100 * (low.ratio or 0)),
            "lowest": low.name,
            "high": Number(100 * (high.ratio or 0)),
            "highest": high.name,
        },
    )


def _ratio_cell(seen: Seen) -> object:
    if is_suppressed(seen.row):
        return SUPPRESSED
    return NOT_APPLICABLE if seen.ratio is None else Number(seen.ratio, 2)


def _pair_table(evidence: Evidence, pair: Pair, seen: list[Seen]) -> DataTable:
    rows = tuple(
        (
            one.name,
            seen_cell(one, one.first),
            seen_cell(one, one.second),
            _ratio_cell(one),
            relative_cell(one.row),
        )
        for one in seen
    )
    head = (
        evidence.level_name(pair.level),
        evidence.name(pair.first),
        evidence.name(pair.second),
        Message("ratio"),
        OVER_THE_MEAN,
    )
    return DataTable(
        Message("The two counts in each place, by name"),
        head,
        rows,
        frozenset({1, 2, 3, 4}),
        file="convergence",
        note=OVER_THE_MEAN_NOTE,
    )
