"""Lists can be made better or worse, more or fewer."""

from __future__ import annotations

import pytest

from testigo.core import UsageError
from testigo.linkage import FOUR_LISTS, change_habits, simulate_lists
from testigo.linkage.simulated_habits import SLIPS


def test_without_damage_no_list_has_a_slip() -> None:
    clean = change_habits(FOUR_LISTS, damage=0)

    assert {getattr(habits, name) for habits in clean for name in SLIPS} == {0}
    lists = simulate_lists(400, seed=1, lists=clean, co_victims=0)
    told = lists.group_by("victim").aggregate(
        [("age", "count_distinct"), ("date", "count_distinct")]
    )
    assert set(told["age_count_distinct"].to_pylist()) == {1}
    assert set(told["date_count_distinct"].to_pylist()) == {1}


def test_damage_multiplies_and_stays_a_chance() -> None:
    for before, after in zip(FOUR_LISTS, change_habits(FOUR_LISTS, damage=3), strict=True):
        for name in SLIPS:
            assert getattr(after, name) == pytest.approx(min(1, 3 * getattr(before, name)))
        assert (after.coverage, after.placed) == (before.coverage, before.placed)


def test_fewer_coverages_are_fewer_lists() -> None:
    changed = change_habits(FOUR_LISTS, coverage=[0.5, 0.25], duplicates=0.2)

    assert [(one.id, one.coverage, one.duplicates) for one in changed] == [
        ("police", 0.5, 0.2),
        ("forensic", 0.25, 0.2),
    ]


@pytest.mark.parametrize(
    "options", [{"coverage": []}, {"coverage": [0.5] * 5}, {"damage": -1}, {"damage": float("nan")}]
)
def test_impossible_changes_are_refused(options) -> None:
    with pytest.raises(UsageError):
        change_habits(FOUR_LISTS, **options)
