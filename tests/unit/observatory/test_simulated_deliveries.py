"""What the institutions deliver is read back as what was invented, row by row."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from testigo.core import Area
from testigo.linkage import FOUR_LISTS, simulate_killings
from testigo.observatory import read_configuration
from testigo.observatory.simulated_deliveries import FORMS, arrange_records
from testigo.observatory.simulating import write_simulation
from testigo.records import find_deliveries, ingest, read_catalogue, read_hand_tables

LISTS = [habits.id for habits in FOUR_LISTS]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Simulated lists, and what the observatory accepts of their deliveries."""
    folder = tmp_path_factory.mktemp("simulated") / "invented"
    simulated = simulate_killings(1_500, seed=5)
    write_simulation(folder, simulated, FOUR_LISTS, seed=5)
    given = read_configuration(folder)
    areas = given.areas
    catalogue = read_catalogue(
        folder / areas.file,
        code=areas.code,
        name=areas.name,
        parent=areas.parent,
        parent_name=areas.parent_name,
        whole=Area(given.whole_code, given.whole_name, "whole", None),
        level_names=given.level_names,
    )
    hand = read_hand_tables(folder / "hand")
    read = {
        source.id: ingest(source, find_deliveries(source, folder), catalogue, hand)
        for source in given.sources
    }
    return simulated, read


def test_every_list_has_its_form() -> None:
    assert set(LISTS) == set(FORMS)


@pytest.mark.parametrize("source", LISTS)
def test_every_row_is_accepted_as_it_was_invented(made, source) -> None:
    simulated, read = made
    own = arrange_records(simulated.records, source)
    accepted = read[source].accepted.sort_by("row")
    code = dict(zip(*(simulated.areas[name].to_pylist() for name in ("name", "code")), strict=True))

    assert accepted.num_rows == own.num_rows
    assert accepted["row"].to_pylist() == list(range(2, own.num_rows + 2))
    for name in ("id", "date", "age", "sex"):
        assert accepted[name].to_pylist() == own[name].to_pylist(), name
    assert accepted["area"].to_pylist() == [code[area] for area in own["area"].to_pylist()]


@pytest.mark.parametrize("source", ["police", "ngo"])
def test_names_and_coordinates_survive_encodings_and_decimal_commas(made, source) -> None:
    simulated, read = made
    own = arrange_records(simulated.records, source)
    accepted = read[source].accepted.sort_by("row")

    named = own["surnames"].is_valid()  # the marks of a missing name are read as missing
    for name in ("given_names", "surnames"):
        assert accepted.filter(named)[name].to_pylist() == own.filter(named)[name].to_pylist()
    for name in ("lat", "lon"):
        assert accepted[name].to_pylist() == pytest.approx(
            [None if one is None else round(one, 5) for one in own[name].to_pylist()]
        )


def test_broken_accents_are_mended_and_both_orders_of_a_whole_name_are_kept(made) -> None:
    simulated, read = made
    wanted = {
        "press": "{given_names} {surnames}",
        "forensic": "{surnames}, {given_names}",
    }
    for source, form in wanted.items():
        own = arrange_records(simulated.records, source).select(["given_names", "surnames"])
        named = [form.format(**row) if row["surnames"] else None for row in own.to_pylist()]
        held = read[source].accepted.sort_by("row")["full_name"].to_pylist()
        assert [text for text, name in zip(held, named, strict=True) if name] == list(
            filter(None, named)
        )


def test_the_order_of_a_file_says_nothing_about_the_victims(made) -> None:
    simulated, _ = made
    own = arrange_records(simulated.records, "police")
    victims = pa.array(own["victim"])

    assert own["date"].to_pylist() == sorted(own["date"].to_pylist())
    assert victims.to_pylist() != sorted(victims.to_pylist())
    assert pc.count_distinct(own["id"]).as_py() == own.num_rows
