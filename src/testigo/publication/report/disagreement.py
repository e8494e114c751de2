"""Where the institutions disagree: a map of the ratio, and the places that make the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.charts import PairRow, pair_rows
from testigo.publication.report.choices import Pair, choose_pair, count_of, difference
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable, Figure, Note, Section
from testigo.publication.report.legends import count_keys, mark_keys
from testigo.publication.report.maps import MapEntry, draw_map
from testigo.publication.report.palette import (
    ABOVE,
    AGREE,
    BELOW,
    RATIO_BREAKS,
    SUPPRESSED_SHADE,
    UNKNOWN_SHADE,
    ZERO_SHADE,
    Shade,
    class_of,
    mark_of,
)
from testigo.publication.report.sentences import Plural, Quoted, describe_basis
from testigo.publication.report.speech import NOT_APPLICABLE, SUPPRESSED, Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Drawing, Lineage
    from testigo.publication.report.maps import MapPaper

_TOP: Final = 10
_MOST_DOTS: Final = 45
_CONVERGE: Final = 0.2  # Bogotá Protocol, B7
_LIMIT: Final = Number(_CONVERGE, percent=True)
_GLYPHS: Final = ("▼▼", "▼", "", "▲", "▲▲")


@dataclass(frozen=True, slots=True)
class Seen:
    """One area as the two sources see it; None: not known or suppressed."""

    code: str
    name: object
    first: float | None
    second: float | None
    row: Row

    @property
    def ratio(self) -> float | None:
        """The second over the first."""
        if not self.first or self.second is None:
            return None
        return self.second / self.first


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
    table = _every_pair(evidence, period)
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
        key=lambda one: str(one.name),
    )
    figures = []
    if paper is not None or len(seen) <= _MOST_DOTS:
        figures.append(_ratio_figure(evidence, pair, seen, paper))
    ten = _ten_places(evidence, pair, seen)
    return [*figures, ten] if ten else figures


def _shades(evidence: Evidence, pair: Pair) -> tuple[Shade, ...]:
    second = {"source": evidence.name(pair.second)}
    return (
        Shade("0", BELOW[0], Message("▼▼ {source} counts less than half", second)),
        Shade("1", BELOW[1], Message("▼ {source} counts fewer", second)),
        Shade("2", AGREE, Message("the two differ by {limit} at most", {"limit": _LIMIT})),
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


def _values(evidence: Evidence, pair: Pair) -> dict[str, object]:
    return {
        "first": Quoted(evidence.name(pair.first)),
        "second": Quoted(evidence.name(pair.second)),
        "period": pair.period,
        "places": Plural(evidence.level_name(pair.level)),
        "whole": evidence.whole.name,
        "limit": _LIMIT,
    }


def _ratio_figure(
    evidence: Evidence, pair: Pair, seen: list[Seen], paper: MapPaper | None
) -> Figure:
    ident = "ratio"
    named_by = f"{ident}-title {ident}-alt"
    known = [one for one in seen if one.ratio is not None]
    apart = [one for one in known if (number_in(one.row, "relative_difference") or 0) > _CONVERGE]
    values = _values(evidence, pair) | {
        "apart": Number(len(apart)),
        "known": Number(len(known)),
    }
    shades = _shades(evidence, pair)
    drawings: tuple[Drawing, ...]
    if paper is not None:
        drawings = (_ratio_map(evidence, seen, shades, paper, named_by),)
        legend = count_keys(
            [_shade(one, shades) for one in seen],
            (*shades, ZERO_SHADE, UNKNOWN_SHADE, SUPPRESSED_SHADE),
        )
    else:
        drawings = _dots(evidence, pair, known, named_by)
        legend = mark_keys(evidence, (pair.first, pair.second))
    return Figure(
        ident,
        Message(
            "In {apart} of {known} {places} the two sources differ by more than {limit}", values
        ),
        _subtitle(evidence, pair),
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
        ),
        table=_pair_table(evidence, pair, seen),
        lineage=_lineage(evidence, pair, seen),
    )


def _ratio_title(known: list[Seen], values: Mapping[str, object]) -> Message:
    if not known:
        return Message("In no place can the two sources be compared in public", values)
    return Message(
        "In {apart} of {known} {places} the two sources differ by more than {limit}", values
    )


def _subtitle(evidence: Evidence, pair: Pair) -> Message:
    first, second = evidence.by_id[pair.first], evidence.by_id[pair.second]
    return Message(
        "{second} ({second_basis}) over {first} ({first_basis}), {period}.",
        _values(evidence, pair)
        | {"first_basis": describe_basis(first), "second_basis": describe_basis(second)},
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
        told = f"{one.name}: {_plain(one.second)} : {_plain(one.first)}"
        entries[one.code] = MapEntry(shade.fill, told, glyph)
    return draw_map(paper, outlines, entries, named_by=named_by)


def _plain(value: float | None) -> str:
    return "?" if value is None else f"{value:,.0f}".replace(",", "\u202f")


def _dots(evidence: Evidence, pair: Pair, seen: list[Seen], named_by: str) -> tuple[Drawing, ...]:
    marks = (
        mark_of(evidence.places[pair.first]),
        mark_of(evidence.places[pair.second]),
    )
    rows = [
        PairRow(
            str(one.name),
            one.first or 0,
            one.second or 0,
            f"{one.name}: {_plain(one.first)} · {_plain(one.second)}",
        )
        for one in seen
    ]
    return draw_variants(
        lambda _, width: pair_rows(rows, marks=marks, width=width), named_by=named_by
    )


def _told_extremes(known: list[Seen], values: Mapping[str, object]) -> Message:
    if not known:
        return Message("No place is known to both sources.")
    low = min(known, key=lambda one: one.ratio or 0)
    high = max(known, key=lambda one: one.ratio or 0)
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


def _pair_table(evidence: Evidence, pair: Pair, seen: list[Seen]) -> DataTable:
    rows = tuple(
        (
            one.name,
            _cell(one, one.first),
            _cell(one, one.second),
            NOT_APPLICABLE if one.ratio is None else Number(one.ratio, 2),
            _relative(one.row),
        )
        for one in seen
    )
    head = (
        evidence.level_name(pair.level),
        evidence.name(pair.first),
        evidence.name(pair.second),
        Message("ratio"),
        Message("relative difference"),
    )
    return DataTable(
        Message("The two counts in each place, by name"),
        head,
        rows,
        frozenset({1, 2, 3, 4}),
        file="convergence",
    )


def _cell(seen: Seen, value: float | None) -> object:
    if is_suppressed(seen.row):
        return SUPPRESSED
    return None if value is None else Number(value)


def _relative(row: Row) -> object:
    if is_suppressed(row):
        return SUPPRESSED
    value = number_in(row, "relative_difference")
    return NOT_APPLICABLE if value is None else Number(value, percent=True)


def _lineage(evidence: Evidence, pair: Pair, seen: list[Seen]) -> Lineage:
    return evidence.lineage(
        (pair.first, pair.second),
        table="convergence",
        area=seen[0].code if seen else evidence.whole.code,
        period=pair.period,
        source=f"{pair.first},{pair.second}",
    )


def _ten_places(evidence: Evidence, pair: Pair, seen: list[Seen]) -> Figure | None:
    total = sum(difference(one.row) for one in seen)
    known = [one for one in seen if one.first is not None and one.second is not None]
    if len(known) <= _TOP or not total:
        return None
    top = sorted(known, key=lambda one: (-difference(one.row), one.code))[:_TOP]
    values = _values(evidence, pair) | {
        "share": Number(sum(difference(one.row) for one in top) / total, percent=True),
        "count": Number(_TOP),
        "names": Listing(tuple(one.name for one in top[:3])),
    }
    ident = "ten-places"
    return Figure(
        ident,
        Message("{count} {places} make {share} of the difference", values),
        _subtitle(evidence, pair),
        Message("The widest gaps are in {names}.", values),
        _dots(evidence, pair, top, f"{ident}-title {ident}-alt"),
        quote=Message(
            "In {period}, {share} of the difference between {first} and {second} came from "
            "{count} {places}, with {names} at the head.",
            values,
        ),
        legend=mark_keys(evidence, (pair.first, pair.second)),
        notes=(
            Message(
                "Sorted by how many victims the two counts differ, not by how violent a place is."
            ),
        ),
        table=_top_table(evidence, pair, top),
        lineage=_lineage(evidence, pair, top),
    )


def _top_table(evidence: Evidence, pair: Pair, top: list[Seen]) -> DataTable:
    rows = tuple(
        (
            one.name,
            _cell(one, one.first),
            _cell(one, one.second),
            Number((one.second or 0) - (one.first or 0)),
        )
        for one in top
    )
    head = (
        evidence.level_name(pair.level),
        evidence.name(pair.first),
        evidence.name(pair.second),
        Message("second less first count"),
    )
    return DataTable(
        Message("The places that make most of the difference"),
        head,
        rows,
        frozenset({1, 2, 3}),
        file="convergence",
    )


_MET = {
    "yes": Message("yes"),
    "no": Message("no"),
    "not_applicable": NOT_APPLICABLE,
    "suppressed": SUPPRESSED,
}


def _every_pair(evidence: Evidence, period: str | None) -> Figure | None:
    rows = evidence.rows("convergence", area_level="whole", period=period) if period else []
    if not rows:
        return None
    met = [row for row in rows if row["met"] == "yes"]
    judged = [row for row in rows if row["met"] in {"yes", "no"}]
    values = {
        "met": Number(len(met)),
        "pairs": Number(len(judged)),
        "period": period,
        "whole": evidence.whole.name,
    }
    cells = tuple(
        (
            Message(
                "{first} and {second}",
                {
                    "first": Quoted(evidence.name(str(row["source_a"]))),
                    "second": Quoted(evidence.name(str(row["source_b"]))),
                },
            ),
            _count_cell(row, "count_a"),
            _count_cell(row, "count_b"),
            _relative(row),
            _MET[str(row["met"])],
        )
        for row in rows
    )
    head = (
        Message("pair"),
        Message("first count"),
        Message("second count"),
        Message("relative difference"),
        Message("converge"),
    )
    table = DataTable(
        Message("Every pair of sources in the whole territory"),
        head,
        cells,
        frozenset({1, 2, 3}),
        file="convergence",
    )
    return Figure(
        "pairs",
        Message("{met} of {pairs} pairs of sources converge in {whole}", values)
        if judged
        else Message("No pair of sources can be judged in {whole}", values),
        Message("Counts of {whole} in {period}, in the unit of each source.", values),
        Message("A table of every pair of sources."),
        table=table,
        open_table=True,
    )


def _count_cell(row: Row, column: str) -> object:
    if is_suppressed(row):
        return SUPPRESSED
    value = number_in(row, column)
    return None if value is None else Number(value)
