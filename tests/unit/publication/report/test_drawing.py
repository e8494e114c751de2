import re

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

from testigo.publication.report.charts import (
    Bar,
    DotRow,
    PairRow,
    dot_rows,
    pair_rows,
    spaced,
    year_bars,
)
from testigo.publication.report.drawing import TITLE_MARK, WIDTHS, Plot, draw_variants, render_svg
from testigo.publication.report.intervals import IntervalRow, interval_rows
from testigo.publication.report.palette import MARKS
from testigo.publication.report.timelines import (
    Line,
    Point,
    SmallLine,
    Timeline,
    draw_grid,
    draw_timeline,
    value_at,
)

HOSTILE = '<script>alert("x")</script> & co'
POINTS = tuple(Point(year, year - 1_989, str(year)) for year in (1990, 1991, 1992, 1995, 1996))
LINES = (
    Line("1", MARKS[0], POINTS, breaks=(1991.0,), gaps=(1993.5,)),
    Line("2", MARKS[1], (*POINTS[:2], Point(1992, 2, "", hollow=True))),
)


def all_charts(width: int) -> dict[str, Plot]:
    return {
        "dots": dot_rows(
            [
                DotRow(HOSTILE, 10, "10", MARKS[0]),
                DotRow("b", 20, "20", MARKS[1]),
                DotRow("heading", None),
                DotRow("c", 15, "15", MARKS[2], apart=True),
            ],
            band=(10, 20),
            width=width,
        ),
        "pairs": pair_rows(
            [PairRow(HOSTILE, 1, 2, HOSTILE), PairRow("b", 0, 0, "b")],
            marks=(MARKS[0], MARKS[1]),
            width=width,
        ),
        "intervals": interval_rows(
            [
                IntervalRow(HOSTILE, 2, 1, 3, "above", HOSTILE),
                IntervalRow("b", 0, 0, 1, "below", ""),
            ],
            reference=1.5,
            width=width,
        ),
        "close intervals": interval_rows(
            [IntervalRow("a\nb", 22, 21.7, 22.3, "alike", "")],
            reference=None,
            width=width,
            decimals="es",
            names_above=True,
        ),
        "bars": year_bars([Bar(2006, 6), Bar(2007, 0)], mark=MARKS[0], width=width),
        "timeline": draw_timeline(Timeline(LINES, (("a", 1991.4),), ((1992, 3.0),)), width),
        "grid": draw_grid(
            [
                SmallLine(HOSTILE, ((1990, 1.0), (1991, 2.0)), HOSTILE),
                SmallLine("b", ((1990, 0.0),), ""),
            ],
            width,
        ),
    }


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", all_charts(780))
def test_every_chart_keeps_to_the_grammar_and_carries_nothing_hostile(name, width):
    plot = all_charts(width)[name]

    plot.to_dict(checked=True)  # altair compares it with the schema of Vega-Lite
    svg = render_svg(plot, named_by="a b")
    assert svg.startswith("<svg viewBox=")
    assert 'role="img" aria-labelledby="a b"' in svg
    assert "<script" not in svg
    assert not re.search(r'\b(id|style|class|xmlns|font-family|href)="', svg)
    assert "NaN" not in svg


def test_a_chart_is_no_wider_than_its_paper():
    for width in WIDTHS.values():
        for plot in all_charts(width).values():
            found = re.search(r'width="([\d.]+)"', render_svg(plot, named_by="a"))
            assert float(found.group(1)) <= width + 12


def test_the_same_rows_give_the_same_bytes():
    first, second = (render_svg(all_charts(780)["timeline"], named_by="a") for _ in range(2))

    assert first == second


def test_a_pointer_is_told_what_it_is_over():
    plot = Plot(100, 50)
    rows = [{"x": 1, "told": TITLE_MARK + "Juárez & co"}]
    plot.layers = [plot.over(rows).mark_point().encode(x="x:Q", description="told:N")]

    assert "<title>Juárez &amp; co</title>" in render_svg(plot, named_by="a")


def test_charts_are_drawn_for_desk_and_phone_in_each_language():
    drawings = draw_variants(
        lambda language, width: dot_rows(
            [DotRow(str(language), 1, "1", MARKS[0])], band=None, width=width
        ),
        languages=("es", "en"),
        named_by="a",
    )

    assert [(one.language, one.width) for one in drawings] == [
        ("es", "wide"),
        ("es", "narrow"),
        ("en", "wide"),
        ("en", "narrow"),
    ]


def test_the_schema_check_is_back_on_after_drawing():
    draw_variants(lambda _, width: all_charts(width)["bars"], named_by="a")

    with pytest.raises(SchemaValidationError):
        alt.Chart(alt.NamedData("a")).mark_point(size="big").to_dict()


def test_axis_numbers_read_the_same_in_both_languages():
    assert spaced(1234567) == "1\u202f234\u202f567"
    plot = dot_rows([DotRow("a", 40_000, "", MARKS[0])], band=None, width=780)
    assert "10\u202f000" in render_svg(plot, named_by="a")


def test_no_line_runs_over_a_year_that_nobody_counted_or_only_in_part():
    svg = render_svg(draw_timeline(Timeline(LINES[:1]), 780), named_by="a")
    partial = render_svg(draw_timeline(Timeline(LINES[1:]), 780), named_by="a")

    def pieces(text: str) -> list[str]:
        return [d for d in re.findall(r'<path d="(M[^"]*)"[^>]*stroke-width="2"', text) if "L" in d]

    assert len(pieces(svg)) == 2  # 1990-1992 and 1995-1996
    assert [piece.count("L") for piece in pieces(partial)] == [1]


def test_a_break_sits_on_its_line():
    points = [Point(2000, 10, ""), Point(2002, 30, "")]

    assert value_at(points, 2001.0) == 20.0
    assert value_at(points, 1999.0) == 10
    assert value_at(points, 2003.0) == 30
    assert value_at(points, 2002.0) == 30
