"""Who is on which lists, drawn as rows: the lists that name a group, and how large it is.

The form is that of UpSet (Lex and others 2014, IEEE Transactions on Visualization and Computer
Graphics 20(12), 1983-1992), turned on its side so that it fits a phone. There are no words in
it, so that one drawing serves every language; the legend names the lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.publication.report.charts import MARGIN, pixels, spaced
from testigo.publication.report.drawing import TITLE_MARK, WIDTHS, Plot
from testigo.publication.report.palette import (
    BAND,
    HATCH,
    INK,
    MUTED,
    OUTLINE,
    PAPER,
    RAMP,
    RULE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from testigo.publication.report.palette import Mark

TALL: Final = 25
HEAD: Final = 24  # pixels above the rows, for the numbers of the lists
STEP: Final = 27  # pixels between two lists, where there is room
HATCHED: Final = 44  # pixels of a bar whose length is not told
BAR: Final = RAMP[1]
_LETTER: Final = 8.2  # pixels of a digit in bold


@dataclass(frozen=True, slots=True)
class Overlap:
    """One group of people: those on exactly these lists.

    Attributes
    ----------
    held
        Whether each list names them; empty: several groups together.
    count
        How many; None when suppressed.
    limits
        Where the draws of the linkage put the count.
    told
        For who points at it.
    """

    held: tuple[bool, ...]
    count: float | None
    limits: tuple[float, float] | None = None
    told: str = ""


def overlap_rows(overlaps: Sequence[Overlap], *, marks: Sequence[Mark], width: int) -> Plot:
    """Draw a row for each group: a mark for each list that names it, a bar, and its number.

    Parameters
    ----------
    overlaps
        In the order of the rows, one at least.
    marks
        Of the lists, in the order of `Overlap.held`; their numbers stand above, from 1.
    width
        Of the whole, in pixels.
    """
    plot = Plot(width - MARGIN, HEAD + TALL * len(overlaps))
    step = min(STEP, (0.5 if width == WIDTHS["wide"] else 0.42) * width / len(marks))
    left = step * len(marks) + 10
    plot.layers += _bands(plot, len(overlaps))
    plot.layers += _grid(plot, overlaps, marks, step)
    plot.layers += _bars(plot, overlaps, left)
    return plot


def _bands(plot: Plot, rows: int) -> list[alt.Chart]:
    """Tint every second row, so that an eye can follow it."""
    import altair as alt

    bands = [
        {"top": _top(row), "bottom": _top(row) + TALL, "right": plot.width}
        for row in range(0, rows, 2)
    ]
    base = plot.over(bands).mark_rect(color=BAND, opacity=0.55)
    y = pixels("top", plot.height)
    return [base.encode(x=alt.value(0), x2=alt.value(plot.width), y=y, y2="bottom:Q")]


def _grid(
    plot: Plot, overlaps: Sequence[Overlap], marks: Sequence[Mark], step: float
) -> list[alt.Chart]:
    import altair as alt

    heads = [{"x": (at + 0.5) * step, "y": 10, "number": str(at + 1)} for at in range(len(marks))]
    dots, empty, lines, pooled = [], [], [], []
    for row, overlap in enumerate(overlaps):
        y = _top(row) + TALL / 2
        on = [at for at, there in enumerate(overlap.held) if there]
        for at, there in enumerate(overlap.held):
            dot = {"x": (at + 0.5) * step, "y": y}
            if there:
                dots.append(dot | {"shape": marks[at].shape, "colour": marks[at].colour})
            else:
                empty.append(dot)
        if len(on) > 1:
            lines.append({"x": (on[0] + 0.5) * step, "end": (on[-1] + 0.5) * step, "y": y})
        if not overlap.held:
            pooled.append({"x": step * len(marks) / 2, "y": y, "number": "\u2026"})
    x, y_of = _across(plot), pixels("y", plot.height)
    shape = alt.Shape("shape:N", scale=None)
    fill = alt.Fill("colour:N", scale=None)
    return [
        plot.over([*heads, *pooled])
        .mark_text(fontWeight="bold", color=MUTED)
        .encode(x=x, y=y_of, text="number:N"),
        plot.over(empty).mark_point(size=16, filled=True, color=RULE, opacity=1, shape="circle")
        .encode(x=x, y=y_of),
        plot.over(lines).mark_rule(color=INK, strokeWidth=1.6).encode(x=x, x2="end:Q", y=y_of),
        plot.over(dots).mark_point(size=112, stroke=PAPER, strokeWidth=1, opacity=1)
        .encode(x=x, y=y_of, shape=shape, fill=fill),
    ]  # fmt: skip


def _bars(plot: Plot, overlaps: Sequence[Overlap], left: float) -> list[alt.Chart]:
    shown = [overlap.count for overlap in overlaps if overlap.count is not None]
    most = max([*shown, *(one.limits[1] for one in overlaps if one.limits)], default=0) or 1
    room = plot.width - left - _LETTER * len(spaced(most)) - 14
    scale = room / most
    solid, hatched, limits = [], [], []
    for row, overlap in enumerate(overlaps):
        edges: dict[str, object] = {
            "y": _top(row) + 5,
            "bottom": _top(row) + TALL - 5,
            "middle": _top(row) + TALL / 2,
        }
        edges |= {"x": left, "middle": _top(row) + TALL / 2, "told": TITLE_MARK + overlap.told}
        if overlap.count is None:
            hatched.append(edges | {"end": left + HATCHED})
            continue
        ends = [overlap.count, *(overlap.limits or ())]
        text = {"after": left + max(ends) * scale + 7, "number": spaced(overlap.count)}
        solid.append(edges | text | {"end": left + overlap.count * scale})
        if overlap.limits:
            low, high = (left + limit * scale for limit in overlap.limits)
            limits.append({"x": low, "end": high, "y": _top(row) + TALL / 2})
    x, y = _across(plot), pixels("y", plot.height)
    bars = [
        plot.over(rows)
        .mark_rect(fill=fill, stroke=OUTLINE, strokeWidth=0.8, opacity=1)
        .encode(x=x, x2="end:Q", y=y, y2="bottom:Q", description="told:N")
        for rows, fill in ((solid, BAR), (hatched, HATCH))
    ]
    told = (
        plot.over(solid)
        .mark_text(align="left", fontWeight="bold", baseline="middle")
        .encode(x=_across(plot, "after"), y=pixels("middle", plot.height), text="number:N")
    )
    return [*bars, *_whiskers(plot, limits), told]


def _whiskers(plot: Plot, limits: Sequence[dict[str, float]]) -> list[alt.Chart]:
    import altair as alt

    base = plot.over(limits)
    x, y = _across(plot), pixels("y", plot.height)
    tick = {"thickness": 1.6, "size": 9, "color": INK, "orient": "vertical"}
    return [
        base.mark_rule(color=INK, strokeWidth=1.6).encode(x=x, x2="end:Q", y=y),
        base.mark_tick(**tick).encode(x=x, y=y),
        base.mark_tick(**tick).encode(x=_across(plot, "end"), y=y, tooltip=alt.value(None)),
    ]


def _across(plot: Plot, field: str = "x") -> alt.X:
    """Place a layer by pixels from the left."""
    import altair as alt

    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, plot.width], nice=False), axis=None)


def _top(row: int) -> int:
    return HEAD + row * TALL
