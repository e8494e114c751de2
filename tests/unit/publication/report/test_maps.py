import re
from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from testigo.publication.report.maps import MapEntry, draw_map, lay_out, relative_path


@pytest.fixture(scope="module")
def paper(small):
    return lay_out(small.catalogue)


def test_without_outlines_there_is_no_map(observatories):
    assert lay_out(observatories.small_catalogue(outlines=False)) is None


def test_parents_are_made_of_their_areas(paper):
    inner = shapely.union_all([paper.areas[f"0100{place}"] for place in (1, 2, 3)])

    assert set(paper.parents) == {"01", "02", "03", "04"}
    assert shapely.area(shapely.symmetric_difference(inner, paper.parents["01"])) < 1


def test_north_is_up_and_east_is_right(paper):
    south, north = paper.parents["01"].centroid, paper.parents["04"].centroid
    west, east = paper.areas["01001"].centroid, paper.areas["01003"].centroid

    assert north.y < south.y  # pixels grow downwards
    assert west.x < east.x


def test_an_area_looks_as_large_as_it_is(observatories):
    """A degree square at 60 north is half as large as one at the equator."""
    catalogue = replace(
        observatories.small_catalogue(),
        outlines={
            "01001": observatories.square(0, 0),
            "01002": observatories.square(0, 59.5),
        },
    )

    areas = lay_out(catalogue).areas
    assert areas["01002"].area / areas["01001"].area == pytest.approx(0.5, abs=0.03)


def test_a_territory_of_points_and_lines_does_not_stop_the_page(observatories):
    catalogue = replace(
        observatories.small_catalogue(),
        outlines={
            "01001": observatories.square(0, 0),
            "01002": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        },
    )

    assert set(lay_out(catalogue).areas) == {"01001", "01002"}


def test_fills_and_pointers_are_drawn(paper):
    entries = {code: MapEntry("url(#hatch)", f"<b>{code}</b>", "▲") for code in paper.areas}

    drawing = draw_map(paper, paper.areas, entries, named_by="a", borders=paper.parents)

    assert drawing.language is None
    assert drawing.svg.count('fill="url(#hatch)"') == len(entries)
    assert "<title>&lt;b&gt;01001&lt;/b&gt;</title>" in drawing.svg
    assert drawing.svg.count("▲") == 2 * len(entries)  # with its halo


def walked(path: str) -> list[tuple[int, int]]:
    """Points of a relative path, in tenths, as a reader of SVG walks them."""
    at, start, points = (0, 0), (0, 0), []
    for part in re.findall(r"[mz]|-?\d*\.?\d+", path):
        if part == "z":
            at = start
        elif part == "m":
            points.append("m")
        else:
            points.append(round(float(part) * 10))
    found, numbers = [], iter(points)
    for number in numbers:
        move = number == "m"
        x = next(numbers) if move else number
        at = (at[0] + x, at[1] + next(numbers))
        start = at if move else start
        found.append(at)
    return found


corner = st.tuples(st.integers(-9_999, 9_999), st.integers(-9_999, 9_999))


@given(st.lists(corner, min_size=3, max_size=12))
def test_a_relative_path_goes_through_the_same_points(corners):
    path = "M" + "L".join(f"{x / 10},{y / 10}" for x, y in corners) + "Z"

    assert walked(relative_path(path)) == corners


def test_a_second_ring_starts_where_the_first_began():
    assert relative_path("M1,1L2,1L2,2ZM5,5L6,5L6,6Z") == "m1 1 1 0 0 1zm4 4 1 0 0 1z"
