"""Invented lists: the same seed makes the same lists, and the habits show."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow.compute as pc
import pytest

from testigo.core import UsageError
from testigo.linkage import FOUR_LISTS, ListHabits, simulate_killings, simulate_lists


def test_the_same_seed_makes_the_same_lists() -> None:
    assert simulate_lists(500, seed=1).equals(simulate_lists(500, seed=1))
    assert not simulate_lists(500, seed=1).equals(simulate_lists(500, seed=2))


def test_about_as_many_records_as_asked_in_every_list() -> None:
    lists = simulate_lists(4_000, seed=1)

    assert lists.num_rows == pytest.approx(4_000, rel=0.05)
    assert set(lists["source"].to_pylist()) == {habits.id for habits in FOUR_LISTS}


def test_the_habits_of_a_list_show() -> None:
    careless = ListHabits("press", 0.8, duplicates=0.3, nameless=0.5, age_missing=0.9)
    careful = ListHabits("forensic", 0.8, duplicates=0.0, nameless=0.0, age_missing=0.0)
    lists = simulate_lists(3_000, seed=1, lists=[careless, careful])
    press = lists.filter(pc.equal(lists["source"], "press"))
    forensic = lists.filter(pc.equal(lists["source"], "forensic"))

    assert press["surnames"].null_count / press.num_rows == pytest.approx(0.5, abs=0.05)
    assert press["age"].null_count / press.num_rows == pytest.approx(0.9, abs=0.05)
    assert forensic["surnames"].null_count == forensic["age"].null_count == 0
    assert len(pc.unique(forensic["victim"])) == forensic.num_rows
    assert len(pc.unique(press["victim"])) < press.num_rows


def test_co_victims_share_the_day_and_the_place() -> None:
    plain = ListHabits("one", 0.99, late=0, mistaken_date=0, other_area=0, duplicates=0)
    lists = simulate_lists(2_000, seed=1, lists=[plain], co_victims=0.5)
    by_incident = lists.group_by("incident").aggregate(
        [("date", "count_distinct"), ("area", "count_distinct"), ("victim", "count")]
    )

    assert pc.max(by_incident["date_count_distinct"]).as_py() == 1
    assert pc.max(by_incident["area_count_distinct"]).as_py() == 1
    assert pc.max(by_incident["victim_count"]).as_py() > 1


@pytest.mark.parametrize(
    "options", [{"records": 0}, {"co_victims": 1.5}, {"lists": []}, {"kin": -0.1}]
)
def test_impossible_wishes_are_refused(options) -> None:
    with pytest.raises(UsageError):
        simulate_lists(**{"records": 100, "seed": 1, **options})


def test_everybody_who_was_killed_is_known_also_those_on_no_list() -> None:
    made = simulate_killings(2_000, seed=1)
    held = made.victims.select([habits.id for habits in FOUR_LISTS]).to_pylist()
    pairs = zip(*(made.records[name].to_pylist() for name in ("source", "victim")), strict=True)

    assert made.victims["victim"].to_pylist() == list(range(len(held)))
    assert {(name, victim) for victim, row in enumerate(held) for name in row if row[name]} == set(
        pairs
    )
    assert 0.05 < sum(not any(row.values()) for row in held) / len(held) < 0.25


def test_lists_without_dependence_overlap_as_chance_has_it() -> None:
    lists = [ListHabits("one", 0.5), ListHabits("two", 0.4)]
    victims = simulate_killings(9_000, seed=1, lists=lists, dependence=0).victims
    one, two = (np.array(victims[name]) for name in ("one", "two"))

    assert one.mean() == pytest.approx(0.5, abs=0.02)
    assert (one & two).mean() == pytest.approx(0.2, abs=0.02)


def test_a_list_with_a_gap_has_nobody_who_died_in_it() -> None:
    gap = (dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    lists = [ListHabits("ngo", 0.6, gap=gap, late=0, mistaken_date=0), ListHabits("police", 0.6)]
    made = simulate_killings(2_000, seed=1, lists=lists)
    in_gap = made.victims.filter(pc.equal(made.victims["year"], 2020))

    assert not any(in_gap["ngo"].to_pylist())
    assert any(in_gap["police"].to_pylist())


def test_the_territory_has_codes_of_its_own_and_residents() -> None:
    made = simulate_killings(2_000, seed=1, areas=12)
    codes = made.areas["code"].to_pylist()

    assert len(set(codes)) == len(set(made.areas["name"].to_pylist())) == 12
    assert all(
        code.startswith(parent)
        for code, parent in zip(codes, made.areas["parent"].to_pylist(), strict=True)
    )
    assert set(made.victims["area"].to_pylist()) <= set(codes)
    yearly = len(made.victims) / 5 / pc.sum(made.areas["residents"]).as_py()
    assert 1e-4 < yearly < 1e-3


@pytest.mark.parametrize("records", [1, 2, 5])
def test_a_handful_of_records_is_made_too(records) -> None:
    made = simulate_killings(records, seed=1)

    assert made.records.schema.equals(simulate_lists(200, seed=1).schema)
    assert made.victims.num_rows >= 1
