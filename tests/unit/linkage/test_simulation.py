"""Invented lists: the same seed makes the same lists, and the habits show."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from testigo.core import UsageError
from testigo.linkage import FOUR_LISTS, ListHabits, simulate_lists


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
