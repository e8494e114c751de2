"""The rates of one level, seen once: their classes, their map, their cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.estimation import RATE_REASONS
from testigo.publication.report.choices import RatesChoice, rates_rows
from testigo.publication.report.counting import Counted
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable
from testigo.publication.report.legends import count_keys
from testigo.publication.report.maps import MapEntry, draw_map
from testigo.publication.report.palette import (
    FEW,
    RAMP,
    SUPPRESSED_SHADE,
    UNKNOWN_SHADE,
    ZERO_SHADE,
    Shade,
    choose_breaks,
    class_of,
)
from testigo.publication.report.sentences import RATE_UNIT, Quoted, describe_basis, interval
from testigo.publication.report.speech import NOT_ESTIMABLE, NOT_STATED, SUPPRESSED, Listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Drawing, Key
    from testigo.publication.report.maps import MapPaper

FEW_SHADE: Final = Shade("few", FEW, Message("fewer than 20 victims: no colour"))


@dataclass(frozen=True, slots=True)
class RatesView:
    """The chosen rates of a level, by area, with the first denominator as the one that is drawn.

    Attributes
    ----------
    rows
        Area to population series to row of the rates table.
    limits
        Class limits of the map.
    """

    evidence: Evidence
    choice: RatesChoice
    rows: Mapping[str, Mapping[str, Row]]
    limits: tuple[float, ...]

    @property
    def main(self) -> str:
        """The denominator that is drawn."""
        return self.choice.series[0]

    def row(self, area: str) -> Row | None:
        """Row of an area on the denominator that is drawn."""
        return self.rows.get(area, {}).get(self.main)

    def by_name(self) -> list[str]:
        """Areas in the order of their names."""
        return self.evidence.by_name(self.rows)


def view_rates(evidence: Evidence, choice: RatesChoice) -> RatesView:
    """Take the rows of the chosen rates, and class limits for their map."""
    rows = rates_rows(evidence, choice)
    main = [row for by_series in rows.values() if (row := by_series.get(choice.series[0]))]
    coloured = [number_in(row, "rate") or 0 for row in main if tell_standing(row) == "coloured"]
    return RatesView(evidence, choice, rows, choose_breaks(coloured))


def tell_standing(row: Row | None) -> str:
    """Return `suppressed`, `unknown`, `zero`, `few` or `coloured`."""
    if row is None:
        return "unknown"
    if is_suppressed(row):
        return "suppressed"
    if number_in(row, "rate") is None:
        return "unknown"
    if not row["victims"]:
        return "zero"
    return "few" if "fewer_than_20_victims" in str(row["reasons"]).split() else "coloured"


def rate_shades(limits: Sequence[float]) -> tuple[Shade, ...]:
    """Return the classes of a map of rates."""
    first = Message("less than {limit}", {"limit": Number(limits[0], _digits(limits[0]))})
    last = Message("{limit} or more", {"limit": Number(limits[-1], _digits(limits[-1]))})
    between = [
        Message(
            "{low} to less than {high}",
            {"low": Number(low, _digits(low)), "high": Number(high, _digits(high))},
        )
        for low, high in pairwise(limits)
    ]
    meanings = (first, *between, last)
    return tuple(
        Shade(str(place), fill, meaning)
        for place, (fill, meaning) in enumerate(zip(RAMP, meanings, strict=True))
    )


def _digits(limit: float) -> int:
    return 0 if limit == int(limit) else 1


_SPECIAL: Final = {
    "zero": ZERO_SHADE,
    "few": FEW_SHADE,
    "unknown": UNKNOWN_SHADE,
    "suppressed": SUPPRESSED_SHADE,
}


def shade_of(view: RatesView, area: str) -> Shade:
    """Return the class of an area on the map."""
    row = view.row(area)
    standing = tell_standing(row)
    if row is None or standing != "coloured":
        return _SPECIAL[standing]
    return rate_shades(view.limits)[class_of(number_in(row, "rate") or 0, view.limits)]


def map_rates(
    view: RatesView, paper: MapPaper, *, named_by: str
) -> tuple[Drawing, tuple[Shade, ...]]:
    """Draw the map of a view; also return the shade of every area that is drawn."""
    parents = view.choice.level == "parent"
    outlines = paper.parents if parents else paper.areas
    shades = {code: shade_of(view, code) for code in outlines}
    entries = {code: MapEntry(shade.fill, tell_area(view, code)) for code, shade in shades.items()}
    drawing = draw_map(
        paper,
        outlines,
        entries,
        named_by=named_by,
        borders=None if parents or not paper.parents else paper.parents,
    )
    return drawing, tuple(shades.values())


def tell_area(view: RatesView, code: str) -> str:
    """Tell an area's name, victims and interval, without a word of any language."""
    area = view.evidence.area(code)
    parent = view.evidence.area(area.parent).name if area.parent else ""
    name = f"{area.name}, {parent}" if parent and view.choice.level == "area" else area.name
    row = view.row(code)
    if row is None or number_in(row, "rate") is None:
        return name
    low, high = number_in(row, "rate_low") or 0, number_in(row, "rate_high") or 0
    return f"{name}: {row['victims']} † · {low:.0f}–{high:.0f}"


def rate_legend(view: RatesView, drawn: Sequence[Shade]) -> tuple[Key, ...]:
    """Return the legend of a map of rates."""
    special = (FEW_SHADE, ZERO_SHADE, UNKNOWN_SHADE, SUPPRESSED_SHADE)
    return count_keys(drawn, (*rate_shades(view.limits), *special))


def missing_legend(view: RatesView) -> tuple[Key, ...]:
    """Return what has no rate, for a figure without a map."""
    return count_keys(
        [shade_of(view, code) for code in view.rows], (UNKNOWN_SHADE, SUPPRESSED_SHADE)
    )


def rate_cell(row: Row | None) -> object:
    """Write a rate with its interval; an asterisk where there are fewer than 20 victims."""
    standing = tell_standing(row)
    if standing == "suppressed":
        return SUPPRESSED
    if row is None:
        return NOT_STATED
    if standing == "unknown":
        return NOT_ESTIMABLE
    said = interval(
        number_in(row, "rate") or 0,
        number_in(row, "rate_low") or 0,
        number_in(row, "rate_high") or 0,
    )
    return Message("{rate} *", {"rate": said}) if standing in {"few", "zero"} else said


def victims_cell(row: Row | None) -> object:
    """Write the victims of a row."""
    if row is not None and is_suppressed(row):
        return SUPPRESSED
    victims = None if row is None else number_in(row, "victims")
    return None if victims is None else Number(victims)


_IN_SHORT: Final = {
    "no_population": Message("without population in {period}"),
    "area_unknown": Message("the place of these victims is unknown"),
}


def told_reasons(view: RatesView) -> tuple[Message, ...]:
    """Say for how many places a rate is missing or to be read with care, and why."""
    given = Counter(
        code
        for by_series in view.rows.values()
        for code in {code for row in by_series.values() for code in str(row["reasons"]).split()}
    )
    level = view.evidence.level_name(view.choice.level)
    said = {"period": view.choice.period}
    return tuple(
        Message(
            "{places}: {reason}",
            {
                "places": Counted(given[code], level),
                "reason": Message(_IN_SHORT[code].template, said)
                if code in _IN_SHORT
                else rule.text,
            },
        )
        for code, rule in RATE_REASONS.items()
        if code in given and code != "fewer_than_20_victims"
    )


def rates_table(view: RatesView, areas: Sequence[str], caption: Message) -> DataTable:
    """Lay rates out with one column for each denominator."""
    rows = tuple(
        (
            view.evidence.area_name(code),
            victims_cell(next(iter(view.rows[code].values()), None)),
            *(rate_cell(view.rows[code].get(series)) for series in view.choice.series),
        )
        for code in areas
        if code in view.rows
    )
    head = (
        view.evidence.level_name(view.choice.level),
        Message("victims"),
        *(
            Message("rate, {series}", {"series": view.evidence.series_name(series)})
            for series in view.choice.series
        ),
    )
    numeric = frozenset(range(1, len(head)))
    return DataTable(caption, head, rows, numeric, file="rates", printed=True)


def rates_subtitle(view: RatesView) -> Message:
    """Say unit, source, date basis and denominator."""
    source = view.evidence.by_id[view.choice.source]
    return Message(
        "Victims {unit} in {period}. {source}: {basis}. Residents: {series}.",
        {
            "unit": RATE_UNIT,
            "period": view.choice.period,
            "source": Quoted(source.name),
            "basis": describe_basis(source),
            "series": Listing(
                tuple(Quoted(view.evidence.series_name(one)) for one in view.choice.series)
            ),
        },
    )
