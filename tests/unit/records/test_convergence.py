"""Convergence: which cells are compared, and what is said of each pair."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.core import Text
from testigo.records import COUNTS, Source, compare_sources, ratio, relative_difference


def source(name: str, **changes: object) -> Source:
    given: dict[str, object] = {
        "id": name,
        "name": Text(es=name, en=name),
        "kind": "tallies",
        "family": "press",
        "files": ("x.csv",),
        "columns": {},
    }
    return Source(**given | changes)


SOURCES = (source("zeta"), source("alfa"))


def cell(name: str, victims: int, **changes: object) -> dict[str, object]:
    usual = {"area_level": "whole", "area": "MX", "period": "2020", "months_covered": 12}
    return {"source": name, "victims": victims} | usual | changes


def compare(*cells: dict[str, object], sources: tuple[Source, ...] = SOURCES) -> list[dict]:
    return compare_sources(COUNTS.table(list(cells)), sources).to_pylist()


def test_pairs_follow_the_order_of_the_configuration() -> None:
    (line,) = compare(cell("alfa", 80), cell("zeta", 100))

    assert (line["source_a"], line["count_a"]) == ("zeta", 100)
    assert (line["source_b"], line["count_b"]) == ("alfa", 80)
    assert line["relative_difference"] == pytest.approx(20 / 90)
    assert line["ratio"] == line["b_over_a"] == 0.8


@pytest.mark.parametrize(
    ("a", "b", "met"),
    [(110, 90, "yes"), (111, 90, "no"), (0, 0, "not_applicable"), (0, 5, "no")],
)
def test_twenty_per_cent_is_the_threshold(a: int, b: int, met: str) -> None:
    """|110 - 90| / 100 is 20 % exactly; the Bogotá Protocol allows that much."""
    (line,) = compare(cell("zeta", a), cell("alfa", b))

    assert line["met"] == met


def test_two_zeros_have_no_difference_and_no_ratio() -> None:
    (line,) = compare(cell("zeta", 0), cell("alfa", 0))

    assert line["relative_difference"] is None
    assert line["ratio"] is None
    assert line["b_over_a"] is None


def test_zero_against_some_is_the_largest_difference_there_is() -> None:
    (line,) = compare(cell("zeta", 0), cell("alfa", 5))

    assert (line["relative_difference"], line["ratio"], line["b_over_a"]) == (2, 0, None)


def test_what_differs_is_named() -> None:
    other = source("alfa", date_basis="registration", place_basis="residence")
    (line,) = compare(cell("zeta", 1), cell("alfa", 1), sources=(SOURCES[0], other))

    assert line["comparable"] == "date_basis+place_basis"
    assert line["met"] == "yes"


def test_files_and_victims_are_shown_and_not_judged() -> None:
    files = source("alfa", unit="file")
    (line,) = compare(cell("zeta", 100), cell("alfa", 95), sources=(SOURCES[0], files))

    assert (line["comparable"], line["met"]) == ("unit", "not_applicable")


def test_only_levels_and_areas_that_both_speak_of_are_compared() -> None:
    lines = compare(
        cell("zeta", 1, area_level="area", area="0101"),
        cell("zeta", 3),
        cell("alfa", 2, area_level="parent", area="01"),
        cell("alfa", 4),
    )

    assert [line["area"] for line in lines] == ["MX"]


def test_unknown_places_are_not_the_same_places() -> None:
    lines = compare(
        *(
            cell(name, 1, area_level="area", area=area)
            for name in ("zeta", "alfa")
            for area in ("?01", "?")
        )
    )

    assert lines == []


def test_months_are_not_compared() -> None:
    lines = compare(cell("zeta", 1, period="2020-01"), cell("alfa", 1, period="2020-01"))

    assert lines == []


def months(name: str, *numbers: int) -> list[dict[str, object]]:
    return [cell(name, 1, period=f"2020-{n:02d}", months_covered=1) for n in numbers]


def test_a_partial_year_is_left_out() -> None:
    lines = compare(cell("zeta", 2, months_covered=2), *months("zeta", 1, 2), cell("alfa", 12))

    assert lines == []


def test_two_partial_years_are_compared_when_the_months_are_the_same() -> None:
    same = compare(
        cell("zeta", 2, months_covered=2),
        *months("zeta", 1, 2),
        cell("alfa", 2, months_covered=2),
        *months("alfa", 1, 2),
    )
    others = compare(
        cell("zeta", 2, months_covered=2),
        *months("zeta", 1, 2),
        cell("alfa", 2, months_covered=2),
        *months("alfa", 2, 3),
    )

    assert len(same) == 1
    assert others == []


def test_undated_victims_are_in_no_year() -> None:
    lines = compare(
        cell("zeta", 1, period="?", months_covered=0), cell("alfa", 1, period="?", months_covered=0)
    )

    assert lines == []


def test_nothing_to_compare_is_an_empty_table() -> None:
    assert compare_sources(COUNTS.arrow.empty_table(), SOURCES).num_rows == 0
    assert compare(cell("zeta", 1)) == []


def test_counts_of_sources_that_are_not_asked_for_are_ignored() -> None:
    lines = compare(cell("zeta", 1), cell("alfa", 1), cell("other", 1))

    assert len(lines) == 1


def test_the_measures_do_not_care_which_source_comes_first() -> None:
    a, b = np.array([6.5, 9.4, 0.0]), np.array([24.1, 24.1, 3.0])

    assert np.array_equal(relative_difference(a, b), relative_difference(b, a))
    assert np.array_equal(ratio(a, b), ratio(b, a))


def test_the_order_of_the_rows_changes_nothing() -> None:
    cells = [cell("zeta", 1), cell("alfa", 2), cell("zeta", 3, period="2021")]
    table = pa.Table.from_pylist(cells, schema=COUNTS.arrow)
    back = pa.Table.from_pylist(cells[::-1], schema=COUNTS.arrow)

    assert compare_sources(table, SOURCES).equals(compare_sources(back, SOURCES))
