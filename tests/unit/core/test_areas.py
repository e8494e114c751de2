"""The catalogue of areas."""

from __future__ import annotations

from testigo.core import AREA_LEVELS, DEFAULT_LEVEL_NAMES, LANGUAGES, Area, AreaCatalogue

CATALOGUE = AreaCatalogue(
    {
        "20": Area("20", "Sur", "parent", "MX"),
        "MX": Area("MX", "México", "whole", None),
        "10": Area("10", "Norte", "parent", "MX"),
        "1001": Area("1001", "Uno", "area", "10"),
    }
)


def test_the_whole_is_found_wherever_it_stands() -> None:
    assert CATALOGUE.whole.code == "MX"


def test_a_level_is_listed_by_code() -> None:
    assert [area.code for area in CATALOGUE.of_level("parent")] == ["10", "20"]
    assert [area.code for area in CATALOGUE.of_level("area")] == ["1001"]


def test_a_given_catalogue_is_closed_and_needs_no_outlines() -> None:
    assert CATALOGUE.closed
    assert CATALOGUE.outlines == {}


def test_every_level_has_a_name_in_every_language() -> None:
    assert set(DEFAULT_LEVEL_NAMES) == set(AREA_LEVELS)
    names = [name.in_language(each) for name in DEFAULT_LEVEL_NAMES.values() for each in LANGUAGES]
    assert all(names)
