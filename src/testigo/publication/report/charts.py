"""Charts of rows: a dot for each institution, two dots for each place, a rate with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.publication.report.drawing import TITLE_MARK, WIDTHS, Plot
from testigo.publication.report.palette import BAND, INK, MUTED, PAPER, RULE, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt

    from testigo.core import Language

MARGIN: Final = 24  # pixels kept free for the axis labels
ROW: Final = 52  # pixels that a row with its name above takes
HEADING: Final = 36
THIN_ROW: Final = 21
FEW_ROWS: Final = 15
_MOST_NAME: Final[dict[str, int]] = {"wide": 250, "narrow": 164}  # pixels
_LETTER: Final = 6.6  # pixels, of a name in 12 pixels; wide letters and narrow ones even out
SPACED: Final = "replace(format(datum.value, ','), /,/g, '\u202f')"  # 10 000 in both languages


@dataclass(frozen=True, slots=True)
class DotRow:
    """One institution: its name, what it counts, and whether that is drawn apart (hollow).

    A row without a value is a heading.
    """

    label: str
    value: float | None
    told: str = ""
    mark: Mark | None = None
    apart: bool = False


def dot_rows(rows: Sequence[DotRow], *, band: tuple[float, float] | None, width: int) -> Plot:
    """Draw a dot for each institution, its name above the line and the number beside the dot."""
    import altair as alt

    tops = _tops(rows)
    plot = Plot(width - MARGIN, tops[-1])
    top = max(row.value or 0 for row in rows) or 1
    room = 1.14 if width == WIDTHS["wide"] else 1.27
    scale = alt.Scale(domain=[0, top * room], nice=False)
    x, y = alt.X("value:Q", scale=scale, axis=count_axis()), pixels("y", plot.height)
    if band and band[0] < band[1]:
        plot.layers.append(_band(plot, band, scale))
    base = plot.over(
        [
            {"y": tops[place] + 36, "value": row.value, "told": row.told}
            | {"colour": row.mark.colour, "shape": row.mark.shape, "fill": _fill(row)}
            for place, row in enumerate(rows)
            if row.value is not None and row.mark is not None
        ]
    ).encode(y=y)
    plot.layers += [
        base.mark_rule(color=RULE, strokeWidth=2).encode(x=x, x2=alt.datum(0)),
        base.mark_point(size=170, strokeWidth=2.4, opacity=1).encode(
            x=x,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("colour:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
        ),
        base.mark_text(align="left", dx=13, fontSize=15, fontWeight="bold").encode(
            x=x, text="told:N"
        ),
    ]
    plot.layers += _labels(plot, rows, tops, heading=False)
    plot.layers += _labels(plot, rows, tops, heading=True)
    return plot


def _labels(
    plot: Plot, rows: Sequence[DotRow], tops: Sequence[int], *, heading: bool
) -> list[alt.Chart]:
    import altair as alt

    names = [
        {"y": tops[place] + (24 if heading else 17), "label": row.label}
        for place, row in enumerate(rows)
        if (row.mark is None) == heading
    ]
    if not names:
        return []
    base = plot.over(names).encode(x=alt.value(0), y=pixels("y", plot.height), text="label:N")
    return haloed(base, limit=plot.width, bold=heading)


def _tops(rows: Sequence[DotRow]) -> list[int]:
    """Upper edge of each row, and the lower edge of the last; a heading takes less."""
    tops = [0]
    for row in rows:
        tops.append(tops[-1] + (HEADING if row.mark is None else ROW))
    return tops


def _fill(row: DotRow) -> str:
    return "#ffffff" if row.apart or row.mark is None else row.mark.colour


def _band(plot: Plot, band: tuple[float, float], scale: alt.Scale) -> alt.Chart:
    import altair as alt

    return (
        plot.over([{"low": band[0], "high": band[1]}])
        .mark_rect(color=BAND)
        .encode(
            x=alt.X("low:Q", scale=scale, axis=count_axis()),
            x2="high:Q",
            y=alt.value(0),
            y2=alt.value(plot.height),
        )
    )


def haloed(base: alt.Chart, *, limit: float, bold: bool = False) -> list[alt.Chart]:
    """Write text on a halo of paper, so that no line of the grid runs through it."""
    look = {"align": "left", "fontSize": 13, "limit": limit, "baseline": "middle"}
    look |= {"fontWeight": "bold" if bold else "normal", "lineBreak": "\n", "lineHeight": 15}
    return [
        base.mark_text(stroke=PAPER, strokeWidth=4, color=PAPER, strokeJoin="round", **look),
        base.mark_text(**look),
    ]


def count_axis(*, decimals: Language | None = None) -> alt.Axis:
    """Make an axis whose whole numbers read the same in both languages.

    Parameters
    ----------
    decimals
        Language of the decimal mark, for an axis that needs one; None: whole numbers only.
    """
    import altair as alt

    comma = decimals == "es"
    labels = "replace(datum.label, '.', ',')" if comma else "datum.label" if decimals else SPACED
    step = {} if decimals else {"tickMinStep": 1}
    return alt.Axis(title=None, tickCount=5, labelExpr=labels, domain=False, ticks=False, **step)


def reach(highest: float) -> float:
    """Return the end of an axis from zero: the mark after the highest value, never before it.

    Examples
    --------
    >>> reach(28.4), reach(24.9), reach(83_000)
    (30.0, 25.0, 100000.0)
    """
    if highest <= 0:
        return 0.0
    rough = highest / 5  # marks
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999)
    return step * math.ceil(highest / step - 1e-9)


def pixels(field: str, height: float) -> alt.Y:
    """Place a layer by pixels from the top."""
    import altair as alt

    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)


@dataclass(frozen=True, slots=True)
class PairRow:
    """One place as two sources see it."""

    label: str
    first: float
    second: float
    told: str


def pair_rows(rows: Sequence[PairRow], *, marks: tuple[Mark, Mark], width: int) -> Plot:
    """Draw two dots for each place, joined by what they differ by."""
    import altair as alt

    tall = THIN_ROW * (1.35 if len(rows) <= FEW_ROWS else 1)
    names = names_width(width, (row.label for row in rows))
    plot = Plot(width - MARGIN, tall * len(rows))
    top = reach(max(max(row.first, row.second) for row in rows)) or 1
    scale = alt.Scale(domain=[0, top], range=[names + 10, width - 34], nice=False)
    base = plot.over(
        [
            {"y": (place + 0.5) * tall, "label": row.label, "told": TITLE_MARK + row.told}
            | {"first": row.first, "second": row.second}
            for place, row in enumerate(rows)
        ]
    ).encode(y=pixels("y", plot.height))
    x = alt.X("first:Q", scale=scale, axis=count_axis())
    plot.layers += [
        row_names(base, names),
        base.mark_rule(color=MUTED, strokeWidth=2.5, opacity=0.45).encode(x=x, x2="second:Q"),
    ]
    for field, mark in zip(("first", "second"), marks, strict=True):
        look = {"shape": mark.shape, "fill": mark.colour, "stroke": "#ffffff"}
        plot.layers.append(
            base.mark_point(strokeWidth=1, size=110, opacity=1, **look).encode(
                x=alt.X(f"{field}:Q", scale=scale, axis=count_axis()), description="told:N"
            )
        )
    return plot


def names_width(width: int, labels: Iterable[str]) -> int:
    """Room for the names before the rows: what the longest needs, up to a third or so."""
    most = _MOST_NAME["wide" if width == WIDTHS["wide"] else "narrow"]
    return min(most, math.ceil(_LETTER * max(map(len, labels), default=0)) + 6)


def row_names(base: alt.Chart, names: int) -> alt.Chart:
    """Write the name before each row."""
    import altair as alt

    limit = round(0.9 * names)  # letters of some computers are wider than those measured here
    return base.mark_text(align="right", fontSize=12, limit=limit).encode(
        x=alt.value(names), text="label:N"
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a bar chart."""

    year: int
    value: float


def year_bars(bars: Sequence[Bar], *, mark: Mark, width: int) -> Plot:
    """Draw a bar for each year, its number on top."""
    import altair as alt

    plot = Plot(min(width - MARGIN, 80 * len(bars)), 200)
    base = plot.over(
        [{"year": str(bar.year), "value": bar.value, "told": spaced(bar.value)} for bar in bars]
    ).encode(
        x=alt.X(
            "year:N",
            axis=alt.Axis(title=None, labelAngle=0, ticks=False, labelOverlap=True),
            scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2),
        ),
        y=alt.Y(
            "value:Q", axis=None, scale=alt.Scale(domain=[0, max(bar.value for bar in bars) or 1])
        ),
    )
    plot.layers += [
        base.mark_bar(color=mark.colour),
        base.mark_text(dy=-8, fontSize=12, color=INK).encode(text="told:N"),
    ]
    return plot


def spaced(value: float) -> str:
    """Write a whole number with thin spaces, as both languages may read it.

    Examples
    --------
    >>> spaced(12345.2)
    '12\u202f345'
    """
    return f"{value:,.0f}".replace(",", "\u202f")
