"""Charts of time: one line for each source, with what breaks it and what happened meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from testigo.publication.report.charts import count_axis, pixels
from testigo.publication.report.drawing import TITLE_MARK, WIDTHS, Plot
from testigo.publication.report.palette import INK, MUTED, PAPER, RULE, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

_CROSS: Final = "M-1,-1L1,1M1,-1L-1,1"
_NEAR: Final = 0.045  # of the height: closer end labels are moved apart


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a line; hollow when the source covers only a part of it."""

    year: int
    value: float
    told: str
    hollow: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One source over time.

    Attributes
    ----------
    tag
        Short label at its end, the same as in the legend.
    breaks, gaps
        Years (with fractions) at which the method changed, or nothing was reported.
    """

    tag: str
    mark: Mark
    points: tuple[Point, ...]
    breaks: tuple[float, ...] = ()
    gaps: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """All lines of a chart and the events beside them (letter, year with fraction)."""

    lines: tuple[Line, ...]
    events: tuple[tuple[str, float], ...] = ()
    flagged: tuple[tuple[int, float], ...] = field(default=())


def draw_timeline(timeline: Timeline, width: int) -> Plot:
    """Draw lines over the years; there are no words in it, so one drawing serves all languages."""
    import altair as alt

    values = [point.value for line in timeline.lines for point in line.points]
    years = [point.year for line in timeline.lines for point in line.points]
    top = max(values) * 1.06 or 1
    plot = Plot(width - 60, 340 if width == WIDTHS["wide"] else 300)
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[min(years) - 0.5, max(years) + 0.9], nice=False),
        axis=_year_axis(width),
    )
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=count_axis())
    plot.layers += _events(plot, timeline, x)
    for line in timeline.lines:
        plot.layers += _line(plot, line, x, y)
    if len(timeline.lines) > 1:
        plot.layers += _tags(plot, timeline, x, y, top)
    plot.layers += _flags(plot, timeline, x, y)
    return plot


def _year_axis(width: int) -> alt.Axis:
    import altair as alt

    ticks = 8 if width == WIDTHS["wide"] else 5
    return alt.Axis(title=None, format="d", grid=False, tickCount=ticks, tickMinStep=1)


def _line(plot: Plot, line: Line, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    import altair as alt

    rows = [
        {
            "year": point.year,
            "value": point.value,
            "piece": piece,
            "told": TITLE_MARK + point.told,
            "fill": "#ffffff" if point.hollow else line.mark.colour,
        }
        for piece, points in enumerate(_pieces(line.points))
        for point in points
    ]
    base = plot.over(rows).encode(x=x, y=y)
    layers = [
        base.mark_line(
            color=line.mark.colour, strokeWidth=2, strokeDash=list(line.mark.dash)
        ).encode(detail="piece:N"),
        base.mark_point(
            shape=line.mark.shape, stroke=line.mark.colour, size=30, strokeWidth=1.4, opacity=1
        ).encode(fill=alt.Fill("fill:N", scale=None), description="told:N"),
    ]
    layers += _signs(plot, line, line.breaks, x, y, shape="stroke", angle=90, size=420)
    layers += _signs(plot, line, line.gaps, x, y, shape=_CROSS, angle=0, size=90)
    return layers


def _pieces(points: Sequence[Point]) -> list[list[Point]]:
    """Cut a line where a year is missing or partial, so that none runs over what nobody counted."""
    pieces: list[list[Point]] = []
    for point in points:
        last = pieces[-1][-1] if pieces else None
        joined = last and point.year == last.year + 1 and not point.hollow and not last.hollow
        if joined:
            pieces[-1].append(point)
        else:
            pieces.append([point])
    return pieces


def _signs(
    plot: Plot,
    line: Line,
    times: Sequence[float],
    x: alt.X,
    y: alt.Y,
    *,
    shape: str,
    angle: int,
    size: int,
) -> list[alt.Chart]:

    rows = [{"year": time, "value": value_at(line.points, time)} for time in times]
    if not rows:
        return []
    base = plot.over(rows).encode(x=x, y=y)
    look = {"shape": shape, "angle": angle, "size": size, "opacity": 1, "filled": False}
    return [base.mark_point(stroke=INK, strokeWidth=2.2, **look)]


def value_at(points: Sequence[Point], time: float) -> float:
    """Height of a line at a moment between its years; its nearest end outside of them.

    Examples
    --------
    >>> value_at([Point(2000, 10, ""), Point(2002, 30, "")], 2001.0)
    20.0
    """
    before = [point for point in points if point.year <= time]
    after = [point for point in points if point.year >= time]
    if not before or not after:
        return points[0].value if not before else points[-1].value
    first, last = before[-1], after[0]
    if first.year == last.year:
        return first.value
    share = (time - first.year) / (last.year - first.year)
    return first.value + share * (last.value - first.value)


def _events(plot: Plot, timeline: Timeline, x: alt.X) -> list[alt.Chart]:
    import altair as alt

    rows = [{"year": year, "letter": letter} for letter, year in timeline.events]
    if not rows:
        return []
    base = plot.over(rows).encode(x=x)
    return [
        base.mark_rule(color=MUTED, strokeDash=[2, 3]),
        base.mark_text(fontSize=12, fontWeight="bold", color=INK, dy=-6).encode(
            y=alt.value(0), text="letter:N"
        ),
    ]


def _end_of(points: Sequence[Point]) -> tuple[int, float]:
    """Last year that is wholly covered, where the line itself ends."""
    full = [point for point in points if not point.hollow] or points
    return full[-1].year, full[-1].value


def _tags(plot: Plot, timeline: Timeline, x: alt.X, y: alt.Y, height: float) -> list[alt.Chart]:
    import altair as alt

    ends = sorted(
        ((*_end_of(line.points), line) for line in timeline.lines),
        key=lambda end: (end[0], end[1]),
    )
    rows: list[dict[str, object]] = []
    last = (0, float("-inf"))
    for year, value, line in ends:
        spot = max(value, last[1] + _NEAR * height) if year - last[0] <= 1 else value
        last = (year, spot)
        rows.append({"year": year, "value": spot, "tag": line.tag, "colour": line.mark.colour})
    base = plot.over(rows).encode(x=x, y=y, text="tag:N")
    look = {"align": "left", "dx": 8, "fontSize": 13, "fontWeight": "bold"}
    return [
        base.mark_text(stroke=PAPER, strokeWidth=4, color=PAPER, strokeJoin="round", **look),
        base.mark_text(**look).encode(color=alt.Color("colour:N", scale=None)),
    ]


def _flags(plot: Plot, timeline: Timeline, x: alt.X, y: alt.Y) -> list[alt.Chart]:

    rows = [{"year": year, "value": value} for year, value in timeline.flagged]
    ring = {"shape": "circle", "size": 420, "stroke": "#b4520a", "strokeWidth": 2.5, "opacity": 1}
    return [plot.over(rows).mark_point(**ring).encode(x=x, y=y)] if rows else []


@dataclass(frozen=True, slots=True)
class SmallLine:
    """One place of a grid of small charts."""

    label: str
    points: tuple[tuple[int, float], ...]
    told: str


def draw_grid(lines: Sequence[SmallLine], width: int) -> Plot:
    """Draw a small chart for every place on its own scale, its peak written, in the order given."""
    import altair as alt

    across = 6 if width == WIDTHS["wide"] else 3
    cell, tall = (width - 24) / across, 104
    plot = Plot(width - 24, -(-len(lines) // across) * tall)
    years = [year for line in lines for year, _ in line.points]
    first, span = min(years), max(1, max(years) - min(years))
    rows, names = [], []
    for place, line in enumerate(lines):
        left, foot = place % across * cell, (place // across + 1) * tall - 8
        peak, top = max(line.points, key=lambda point: (point[1], -point[0]))
        names.append(
            {"x": left, "y": foot - 82, "label": line.label, "foot": foot, "end": left + cell - 12}
            | {"told_y": foot - 67, "told": f"{top:.0f} · {peak}"}
        )
        top = top or 1
        rows += [
            {"x": left + (year - first) / span * (cell - 12), "y": foot - value / top * 50}
            | {"foot": foot, "place": place, "told": TITLE_MARK + line.told}
            for year, value in line.points
        ]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, plot.width], nice=False), axis=None)
    y = pixels("y", plot.height)
    base = plot.over(rows).encode(x=x, y=y, detail="place:N")
    text = plot.over(names).encode(x=x)
    plot.layers += [
        text.mark_rule(color=RULE).encode(x2="end:Q", y=pixels("foot", plot.height)),
        base.mark_area(color="#8f62b3", opacity=0.22).encode(y2="foot:Q"),
        base.mark_line(color="#3d1764", strokeWidth=1.5).encode(description="told:N"),
        text.mark_text(align="left", fontSize=11, limit=cell - 6).encode(y=y, text="label:N"),
        text.mark_text(align="left", fontSize=11, color=MUTED).encode(
            y=pixels("told_y", plot.height), text="told:N"
        ),
    ]
    return plot
