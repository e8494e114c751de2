"""A rate with its interval for each place, in the order given, which is never that of the rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.publication.report.charts import (
    MARGIN,
    ROW,
    THIN_ROW,
    count_axis,
    haloed,
    names_width,
    pixels,
    reach,
    row_names,
)
from testigo.publication.report.drawing import TITLE_MARK, Plot
from testigo.publication.report.palette import INK, MUTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from testigo.core import Language

TONES: Final = {"above": INK, "below": "#ffffff", "alike": "#c9c3b9"}
_TALL: Final = ROW * 0.86


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One place's rate with its limits; `tone` says how it stands to the reference."""

    label: str
    rate: float
    low: float
    high: float
    tone: str
    told: str


def interval_rows(
    rows: Sequence[IntervalRow],
    *,
    reference: float | None,
    width: int,
    decimals: Language | None = None,
    names_above: bool = False,
) -> Plot:
    """Draw a rate with its interval for each place.

    Parameters
    ----------
    reference
        Where a line stands for all rows; None: no line.
    decimals
        Language of an axis that begins just below the lowest limit and needs decimals; None: the
        axis begins at zero.
    names_above
        Whether long names stand above their row instead of before it.
    """
    import altair as alt

    names = 0 if names_above else names_width(width)
    lines = max(row.label.count("\n") for row in rows)
    tall = _TALL + 15 * lines if names_above else THIN_ROW
    plot = Plot(width - MARGIN, tall * len(rows))
    domain = _domain(rows, from_zero=decimals is None)
    scale = alt.Scale(domain=domain, range=[names + 10, width - 34], nice=False)
    values = [
        {"y": (place + 1) * tall - (11 if names_above else tall / 2), "told": TITLE_MARK + row.told}
        | {"name_y": place * tall + 14, "label": row.label, "fill": TONES[row.tone]}
        | {"rate": row.rate, "low": row.low, "high": row.high}
        for place, row in enumerate(rows)
    ]
    base = plot.over(values).encode(y=pixels("y", plot.height))
    x = alt.X("rate:Q", scale=scale, axis=count_axis(decimals=decimals))
    plot.layers += _names_over(plot, values) if names_above else [row_names(base, names)]
    if reference is not None:
        plot.layers.append(
            plot.over([{"rate": reference}])
            .mark_rule(color=INK, strokeDash=[4, 3])
            .encode(x=x, y=alt.value(0), y2=alt.value(plot.height))
        )
    plot.layers += [
        base.mark_rule(color=MUTED, strokeWidth=1.6).encode(
            x=alt.X("low:Q", scale=scale, axis=count_axis(decimals=decimals)), x2="high:Q"
        ),
        base.mark_point(size=62, stroke=INK, strokeWidth=1.3, opacity=1, shape="circle").encode(
            x=x, fill=alt.Fill("fill:N", scale=None), description="told:N"
        ),
    ]
    return plot


def _domain(rows: Sequence[IntervalRow], *, from_zero: bool) -> list[float]:
    low, high = min(row.low for row in rows), max(row.high for row in rows)
    margin = 0.08 * (high - low)
    return [0, reach(high) or 1] if from_zero else [low - margin, high + margin]


def _names_over(plot: Plot, values: Sequence[object]) -> list[alt.Chart]:
    import altair as alt

    base = plot.over(values).encode(
        x=alt.value(10), y=pixels("name_y", plot.height), text="label:N"
    )
    return haloed(base, limit=plot.width - 10)
