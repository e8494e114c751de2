"""Recorded and estimated victims, row by row: a bar for the lists, an interval for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from testigo.core import Message
from testigo.publication.report.charts import (
    MARGIN,
    count_axis,
    names_width,
    pixels,
    reach,
    row_names,
)
from testigo.publication.report.drawing import TITLE_MARK, WIDTHS, Plot
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import Key
from testigo.publication.report.legends import mark_swatch, shade_swatch
from testigo.publication.report.palette import HATCH, INK, OUTLINE, RAMP, Mark
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded_words import observed_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from testigo.publication.report.evidence import Row

TALL: Final = 26
DENSE: Final = 15  # where many rows have to fit on a sheet of A4
_MANY: Final = 30
BAR: Final = RAMP[0]
FILLS: Final = {"publish": INK, "warn": "#ffffff"}
_NO_ANSWER: Final = "?"

_DOT: Final = Mark(INK, "circle", (1, 0))
_QUESTION: Final = Markup(
    '<svg class="swatch" width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">'
    '<text x="9" y="12" font-size="14" font-weight="bold">?</text></svg>'
)


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One stratum or method.

    Attributes
    ----------
    label
        Its name.
    observed
        Victims on at least one list; None: suppressed.
    median, low, high
        Of the estimate; None where there is none.
    verdict
        publish, warn or refuse.
    told
        Shown when somebody points at it.
    beside
        Its numbers, written at the right where a page is wide.
    """

    label: str
    observed: float | None
    median: float | None
    low: float | None
    high: float | None
    verdict: str
    told: str = ""
    beside: str = ""


def estimate_rows(rows: Sequence[EstimateRow], *, width: int) -> Plot:
    """Draw the recorded victims as a bar and the estimate over it as a dot with its interval.

    A row without an estimate ends in a question mark, a suppressed one is hatched.
    """
    import altair as alt

    names = names_width(width, (row.label for row in rows))
    tall = DENSE if len(rows) > _MANY else TALL
    plot = Plot(width - MARGIN, tall * len(rows))
    top = reach(max(row.high or row.observed or 0 for row in rows)) or 1
    written = [row.beside for row in rows if row.beside and width == WIDTHS["wide"]]
    room = names_width(width, written) + 10 if written else 0
    scale = alt.Scale(domain=[0, top], range=[names + 10, width - 34 - room], nice=False)
    values = [_values(row, place, top, tall) for place, row in enumerate(rows)]

    def over(field: str) -> alt.Chart:
        base = plot.over([row for row in values if row[field] is not None])
        return base.encode(
            x=alt.X(f"{field}:Q", scale=scale, axis=count_axis()), y=pixels("y", plot.height)
        )

    ends = {"x2": alt.datum(0), "y": pixels("top", plot.height), "y2": "bottom:Q"}
    look = {"stroke": OUTLINE, "strokeWidth": 0.8}
    plot.layers += [
        row_names(plot.over(values).encode(y=pixels("y", plot.height)), names),
        over("observed").mark_rect(fill=BAR, **look).encode(**ends),
        over("hidden").mark_rect(fill=HATCH, **look).encode(**ends),
        over("low").mark_rule(color=INK, strokeWidth=1.8).encode(x2="high:Q"),
        over("median")
        .mark_point(size=66, stroke=INK, strokeWidth=1.5, opacity=1, shape="circle")
        .encode(fill=alt.Fill("fill:N", scale=None), description="told:N"),
        over("refused_at")
        .mark_text(align="left", dx=6, fontSize=14, fontWeight="bold")
        .encode(text=alt.value(_NO_ANSWER)),
    ]
    if written:
        numbers = plot.over(values).mark_text(align="right", fontSize=11)
        plot.layers.append(
            numbers.encode(x=alt.value(plot.width), y=pixels("y", plot.height), text="beside:N")
        )
    return plot


def _values(row: EstimateRow, place: int, top: float, tall: int) -> dict[str, object]:
    middle = (place + 0.5) * tall
    return {
        "y": middle,
        "top": middle - tall * 0.3,
        "bottom": middle + tall * 0.3,
        "label": row.label,
        "told": TITLE_MARK + row.told,
        "beside": row.beside,
        "observed": row.observed,
        "hidden": top * 0.05 if row.observed is None else None,
        "median": row.median,
        "low": row.low,
        "high": row.high,
        "fill": FILLS.get(row.verdict, "#ffffff"),
        "refused_at": row.observed if row.high is None else None,
    }


def make_row(row: Row, label: str) -> EstimateRow:
    """Make a row of the chart."""
    observed, median, low, high = (
        number_in(row, name) for name in ("observed", "median", "low", "high")
    )
    told = f"{label}: {in_words(observed_cell(row), 'es')}"
    if high is not None:
        told += f" → {low:.0f}–{high:.0f}"
    return EstimateRow(label, observed, median, low, high, str(row["verdict"]), told)


def make_legend(rows: Sequence[Row]) -> tuple[Key, ...]:
    """Explain the marks that are there to be seen."""
    told = {str(row["verdict"]) for row in rows if number_in(row, "median") is not None}
    keys = [Key(shade_swatch(BAR), Message("victims on at least one list"))]
    if "publish" in told:
        keys.append(Key(mark_swatch(_DOT, line=True), Message("all victims, with the interval")))
    if "warn" in told:
        hollow = mark_swatch(_DOT, hollow=True, line=True)
        keys.append(Key(hollow, Message("all victims, with a warning")))
    if any(number_in(row, "high") is None and not is_suppressed(row) for row in rows):
        keys.append(Key(_QUESTION, Message("not estimable: not zero, not known")))
    if any(is_suppressed(row) for row in rows):
        keys.append(Key(shade_swatch(HATCH), Message("suppressed: too few to be published")))
    return tuple(keys)
