"""The tables that explain codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from testigo.core import Area, AreaCatalogue, Text
from testigo.publication import describe_areas, describe_sources
from testigo.records import Span


def test_unknown_places_are_listed_beside_the_known(observatory) -> None:
    rows = describe_areas(observatory.catalogue).to_pylist()
    of_code = {(row["area_level"], row["area"]): row for row in rows}

    assert of_code["area", "0101"]["parent"] == "01"
    assert of_code["area", "?01"] == {
        "area": "?01",
        "area_level": "area",
        "name": "?",
        "parent": "01",
    }
    assert of_code["parent", "?"]["parent"] == "00"
    assert of_code["whole", "00"]["parent"] is None


def test_a_territory_without_parents_has_one_unknown_place() -> None:
    areas = (Area("00", "Ciudad", "whole", None), Area("a", "Barrio", "area", None))

    rows = describe_areas(AreaCatalogue({area.code: area for area in areas})).to_pylist()

    assert [(row["area_level"], row["area"], row["parent"]) for row in rows] == [
        ("area", "?", "00"),
        ("area", "a", "00"),
        ("whole", "00", None),
    ]


def test_a_source_is_told_with_its_breaks_and_gaps(observatory) -> None:
    note = Text(es="Otra ley", en="Another law")
    source = replace(
        observatory.sources[0],
        valid=Span(date(2015, 1, 1), date(2020, 12, 31), note),
        method_breaks=(Span(date(2018, 3, 1), date(2018, 3, 1), note),),
        licence="CC0",
    )

    (row,) = describe_sources([source]).to_pylist()

    assert (row["valid_from"], row["valid_to"]) == (date(2015, 1, 1), date(2020, 12, 31))
    assert row["method_breaks"] == "2018-03-01/2018-03-01 Otra ley | Another law"
    assert (row["reporting_gaps"], row["licence"], row["published"]) == (None, "CC0", False)
