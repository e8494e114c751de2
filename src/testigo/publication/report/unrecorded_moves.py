"""How far each assumption moves an estimate: a row for each, under the assumption it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.publication.report.charts import MARGIN, count_axis, haloed, pixels, reach
from testigo.publication.report.drawing import WIDTHS, Plot
from testigo.publication.report.palette import BAND, INK, MUTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

USUAL: Final = 100.0  # people of the estimate
FARTHEST: Final = 300.0  # of each 100; beyond it a row ends in an arrow, or the rest cannot be read
_TALL: Final = 18
_NAMES: Final = 300  # pixels
_MOVES: Final = 96
_LINE: Final = 14  # pixels of another line of a name
_LETTER: Final = 7.1  # pixels, more or less
_AND: Final = " + "
_ARROW: Final = "\u2192"


@dataclass(frozen=True, slots=True)
class Move:
    """One setting: how many there would be instead of 100, with the limits.

    A row without a number is a heading, or a setting under which there is no answer.
    """

    label: str
    moved: str = ""
    middle: float | None = None
    low: float = 0.0
    high: float = 0.0
    heading: bool = False


def move_rows(moves: Sequence[Move], *, width: int) -> Plot:
    """Draw a dot with its interval for each setting, a line at 100 and the move in words."""
    import altair as alt

    wide = width == WIDTHS["wide"]
    values = list(_laid_out(moves, wide=wide))
    plot = Plot(width - MARGIN, int(str(values[-1]["bottom"])))
    left = _NAMES if wide else 10
    end = min(FARTHEST, reach(max(USUAL, *(move.high for move in moves))))
    scale = alt.Scale(domain=[0, end], range=[left, plot.width - _MOVES], nice=False, clamp=True)
    rows = list(zip(moves, values, strict=True))
    told = [value for move, value in rows if move.middle is not None]
    near = [value for move, value in rows if move.middle is not None and move.middle <= end]
    far = [value | {"end": end} for move, value in rows if move.high > end]

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=count_axis())

    y = pixels("y", plot.height)
    plot.layers += [
        plot.over([value for value in values if value["heading"]])
        .mark_rect(color=BAND)
        .encode(x=alt.value(0), x2=alt.value(plot.width), y=pixels("top", plot.height),
                y2="bottom:Q"),
        plot.over([{"at": USUAL}])
        .mark_rule(color=INK, strokeDash=[4, 3])
        .encode(x=x("at"), y=alt.value(0), y2=alt.value(plot.height)),
        plot.over(told)
        .mark_rule(color=MUTED, strokeWidth=1.6)
        .encode(x=x("low"), x2="high:Q", y=y),
        plot.over(near)
        .mark_point(size=54, stroke=INK, fill=INK, strokeWidth=1.3, opacity=1, shape="circle")
        .encode(x=x("middle"), y=y),
        plot.over(far)
        .mark_text(align="left", dx=1, fontSize=14, text=_ARROW)
        .encode(x=x("end"), y=y),
        plot.over(values)
        .mark_text(align="right", baseline="middle", fontSize=12)
        .encode(x=alt.value(plot.width), y=y, text="moved:N"),
    ]  # fmt: skip
    plot.layers += _names(plot, values, wide=wide)
    return plot


def _names(plot: Plot, values: Sequence[dict[str, object]], *, wide: bool) -> list[alt.Chart]:
    """Write the names of the rows, headings bold."""
    import altair as alt

    layers: list[alt.Chart] = []
    for heading in (True, False):
        named = [value for value in values if value["heading"] == heading]
        base = plot.over(named).encode(
            x=alt.value(0 if heading or not wide else 12),
            y=pixels("name_y", plot.height),
            text="label:N",
        )
        layers += haloed(base, limit=(_NAMES - 16) if wide else plot.width, bold=heading)[1:]
    return layers


def _laid_out(moves: Sequence[Move], *, wide: bool) -> Iterator[dict[str, object]]:
    """Give each row its name in as many lines as it needs, and its place."""
    top = 0
    for move in moves:
        fits = len(move.label) * _LETTER <= (_NAMES - 16 if wide else WIDTHS["narrow"] - MARGIN)
        label = move.label if fits else move.label.replace(_AND, f"\n{_AND.lstrip()}")
        named = _TALL + _LINE * label.count("\n")
        below = 0 if wide or move.middle is None else _TALL  # on a phone the name stands above
        yield {
            "label": label,
            "moved": move.moved,
            "middle": move.middle,
            "low": move.low,
            "high": move.high,
            "heading": move.heading,
            "top": top,
            "bottom": top + named + below,
            "name_y": top + _TALL / 2,
            "y": top + named + below / 2 if below else top + named / 2,
        }
        top += named + below
