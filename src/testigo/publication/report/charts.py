"""Charts of rows: a dot for each institution, two dots for each place, a rate with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.publication.report.drawing import TITLE_MARK, WIDTHS
from testigo.publication.report.palette import BAND, INK, MUTED, RULE, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

ROW: Final = 50  # pixels that a row with its name above takes
THIN_ROW: Final = 21
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


def dot_rows(
    rows: Sequence[DotRow], *, band: tuple[float, float] | None, width: int
) -> alt.LayerChart:
    """Draw a dot for each institution, its name above the line and the number beside the dot."""
    import altair as alt

    height = ROW * len(rows)
    top = max(row.value or 0 for row in rows) or 1
    room = 1.14 if width == WIDTHS["wide"] else 1.27
    scale = alt.Scale(domain=[0, top * room], nice=False)
    x = alt.X("value:Q", scale=scale, axis=count_axis())
    y = _pixels("y", height)
    points = [
        {"y": place * ROW + 34, "value": row.value, "told": row.told, "label": row.label}
        | {"colour": row.mark.colour, "shape": row.mark.shape, "fill": _fill(row)}
        for place, row in enumerate(rows)
        if row.value is not None and row.mark is not None
    ]
    names = [
        {"y": place * ROW + 15, "label": row.label, "weight": "bold" if row.mark is None else ""}
        for place, row in enumerate(rows)
    ]
    base = alt.Chart(alt.Data(values=points)).encode(y=y)
    layers: list[alt.Chart] = []
    if band and band[0] < band[1]:
        layers.append(_band(band, scale, height))
    layers += [
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
        alt.Chart(alt.Data(values=names))
        .mark_text(align="left", fontSize=13, limit=width - 10)
        .encode(x=alt.value(0), y=y, text="label:N"),
    ]
    return alt.layer(*layers).properties(width=width - 24, height=height)


def _fill(row: DotRow) -> str:
    return "#ffffff" if row.apart or row.mark is None else row.mark.colour


def _band(band: tuple[float, float], scale: alt.Scale, height: int) -> alt.Chart:
    import altair as alt

    span = alt.Data(values=[{"low": band[0], "high": band[1]}])
    return (
        alt.Chart(span)
        .mark_rect(color=BAND)
        .encode(
            x=alt.X("low:Q", scale=scale, axis=count_axis()),
            x2="high:Q",
            y=alt.value(0),
            y2=alt.value(height),
        )
    )


def count_axis(*, title: str | None = None) -> alt.Axis:
    """Make an axis of counts whose numbers read the same in both languages."""
    import altair as alt

    return alt.Axis(
        title=title, tickCount=5, labelExpr=SPACED, domain=False, ticks=False, tickMinStep=1
    )


def _pixels(field: str, height: float) -> alt.Y:
    import altair as alt

    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)


@dataclass(frozen=True, slots=True)
class PairRow:
    """One place as two sources see it."""

    label: str
    first: float
    second: float
    told: str


def pair_rows(rows: Sequence[PairRow], *, marks: tuple[Mark, Mark], width: int) -> alt.LayerChart:
    """Draw two dots for each place, joined by what they differ by."""
    import altair as alt

    names, height = _names_width(width), THIN_ROW * 1.35 * len(rows)
    domain = [0, max(max(row.first, row.second) for row in rows) * 1.02 or 1]
    scale = alt.Scale(domain=domain, range=[names + 10, width - 30], nice=False)
    values = [
        {
            "y": (place + 0.5) * THIN_ROW * 1.35,
            "label": row.label,
            "first": row.first,
            "second": row.second,
            "told": TITLE_MARK + row.told,
        }
        for place, row in enumerate(rows)
    ]
    base = alt.Chart(alt.Data(values=values)).encode(y=_pixels("y", height))
    x = alt.X("first:Q", scale=scale, axis=count_axis())
    layers = [
        _row_names(base, names),
        base.mark_rule(color=MUTED, strokeWidth=2.5, opacity=0.45).encode(x=x, x2="second:Q"),
    ]
    for field, mark in zip(("first", "second"), marks, strict=True):
        layers.append(
            base.mark_point(
                shape=mark.shape,
                fill=mark.colour,
                stroke="#ffffff",
                strokeWidth=1,
                size=110,
                opacity=1,
            ).encode(x=alt.X(f"{field}:Q", scale=scale, axis=count_axis()), description="told:N")
        )
    return alt.layer(*layers).properties(width=width - 24, height=height)


def _names_width(width: int) -> int:
    return 200 if width == WIDTHS["wide"] else 118


def _row_names(base: alt.Chart, names: int) -> alt.Chart:
    import altair as alt

    return base.mark_text(align="right", fontSize=12, limit=names).encode(
        x=alt.value(names), text="label:N"
    )


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One place's rate with its limits; `tone` says how it stands to the reference."""

    label: str
    rate: float
    low: float
    high: float
    tone: str
    told: str


TONES: Final = {"above": INK, "below": "#ffffff", "alike": "#c9c3b9", "few": "#ffffff"}


def interval_rows(
    rows: Sequence[IntervalRow],
    *,
    reference: float | None,
    width: int,
    from_zero: bool = True,
    names_above: bool = False,
) -> alt.LayerChart:
    """Draw a rate with its interval for each place, in the order given.

    Parameters
    ----------
    reference
        Where a line stands for all rows; None: no line.
    from_zero
        Whether the axis begins at zero; else just below the lowest limit.
    names_above
        Whether long names stand above their row instead of before it.
    """
    import altair as alt

    names = 0 if names_above else _names_width(width)
    row_height = ROW * 0.86 if names_above else THIN_ROW
    height = row_height * len(rows)
    scale = alt.Scale(
        domain=_domain(rows, from_zero=from_zero), range=[names + 10, width - 34], nice=False
    )
    values = [
        {
            "y": (place + (0.72 if names_above else 0.5)) * row_height,
            "name_y": (place + 0.3) * row_height,
            "label": row.label,
            "rate": row.rate,
            "low": row.low,
            "high": row.high,
            "fill": TONES[row.tone],
            "told": TITLE_MARK + row.told,
        }
        for place, row in enumerate(rows)
    ]
    axis = (
        count_axis()
        if from_zero
        else alt.Axis(title=None, tickCount=4, domain=False, ticks=False, format="d", tickMinStep=1)
    )
    base = alt.Chart(alt.Data(values=values)).encode(y=_pixels("y", height))
    x = alt.X("rate:Q", scale=scale, axis=axis)
    layers = [_names_over(values, height, width) if names_above else _row_names(base, names)]
    if reference is not None:
        layers.append(
            alt.Chart(alt.Data(values=[{"rate": reference}]))
            .mark_rule(color=INK, strokeDash=[4, 3])
            .encode(x=x, y=alt.value(0), y2=alt.value(height))
        )
    layers += [
        base.mark_rule(color=MUTED, strokeWidth=1.6).encode(
            x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
        ),
        base.mark_point(size=62, stroke=INK, strokeWidth=1.3, opacity=1, shape="circle").encode(
            x=x, fill=alt.Fill("fill:N", scale=None), description="told:N"
        ),
    ]
    return alt.layer(*layers).properties(width=width - 24, height=height)


def _domain(rows: Sequence[IntervalRow], *, from_zero: bool) -> list[float]:
    low, high = min(row.low for row in rows), max(row.high for row in rows)
    margin = 0.08 * (high - low)
    return [0, high * 1.03 or 1] if from_zero else [low - margin, high + margin]


def _names_over(values: list[dict[str, object]], height: float, width: int) -> alt.Chart:
    import altair as alt

    return (
        alt.Chart(alt.Data(values=values))
        .mark_text(align="left", fontSize=13, limit=width - 20)
        .encode(x=alt.value(10), y=_pixels("name_y", height), text="label:N")
    )
