"""The picture of overlaps: marks, bars, limits, hatching, any number of lists."""

from __future__ import annotations

import re

import pytest

from testigo.publication.report.drawing import WIDTHS, render_svg
from testigo.publication.report.overlaps import BAR, HATCHED, Overlap, overlap_rows
from testigo.publication.report.palette import BAND, MARKS, mark_of

THREE = (
    Overlap((True, True, False), 1_200, (1_100, 1_300), "1 + 2"),
    Overlap((True, False, False), 80),
    Overlap((False, False, True), None),
    Overlap((), 9),
)


@pytest.mark.parametrize("width", WIDTHS.values())
def test_the_chart_is_what_vega_takes(width: int) -> None:
    overlap_rows(THREE, marks=MARKS[:3], width=width).to_dict(checked=True)


def test_each_group_has_its_marks_and_its_number() -> None:
    drawn = render_svg(overlap_rows(THREE, marks=MARKS[:3], width=780), named_by="title")

    assert drawn.count(MARKS[0].colour) == 2
    assert drawn.count(MARKS[1].colour) == 1
    assert drawn.count(MARKS[2].colour) == 1
    assert "1\u202f200" in drawn
    assert "<title>1 + 2</title>" in drawn
    assert "\u2026" in drawn


def test_a_suppressed_group_has_a_hatched_bar_without_a_length() -> None:
    few = (Overlap((True, False), 100), Overlap((False, True), None))
    many = (Overlap((True, False), 100_000), Overlap((False, True), None))

    lengths = {
        re.findall(r'd="M[\d.,]+h([\d.]+)v[^"]*" fill="url\(#hatch\)"', svg)[0]
        for svg in (
            render_svg(overlap_rows(rows, marks=MARKS[:2], width=780), named_by="title")
            for rows in (few, many)
        )
    }

    assert lengths == {str(HATCHED)}


def test_bars_are_as_long_as_their_counts() -> None:
    rows = (Overlap((True,), 300), Overlap((False,), 100))
    drawn = render_svg(overlap_rows(rows, marks=MARKS[:1], width=780), named_by="title")

    lengths = [float(found) for found in re.findall(rf'h([\d.]+)v[^"]*" fill="{BAR}"', drawn)]

    assert lengths[0] / lengths[1] == pytest.approx(3, rel=0.01)


@pytest.mark.parametrize("lists", [1, 5, 20])
def test_any_number_of_lists_fits_a_phone(lists: int) -> None:
    held = tuple(at % 2 == 0 for at in range(lists))
    marks = [mark_of(at) for at in range(lists)]

    drawn = render_svg(
        overlap_rows([Overlap(held, 12)], marks=marks, width=WIDTHS["narrow"]), named_by="title"
    )

    assert float(re.findall(r'viewBox="0 0 ([\d.]+)', drawn)[0]) <= WIDTHS["narrow"] + 1
    assert BAND in drawn
