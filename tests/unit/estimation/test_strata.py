from __future__ import annotations

import pytest

from testigo.estimation.age_groups import AgeGroup
from testigo.estimation.standards import STANDARDS
from testigo.estimation.strata import NO_AGE, find_strata

WHO = STANDARDS["who_2000_2025"]


def groups(*labels: str) -> set[AgeGroup]:
    return {AgeGroup.parse(label) for label in labels}


def test_the_who_standard_is_the_one_printed():
    """Ahmad et al. 2001: eighteen groups whose printed percentages add up to 100.03."""
    assert len(WHO) == 18
    assert WHO[AgeGroup(0, 4)] == 8.86
    assert WHO[AgeGroup(85, None)] == 0.63
    assert sum(WHO.values()) == pytest.approx(100.03)


def test_wider_groups_of_the_series_gather_the_weights():
    strata = find_strata(groups("0-14", "15-29", "30+"), WHO)

    assert [str(group) for group in strata.groups] == ["0-14", "15-29", "30+"]
    assert strata.weights[:2] == pytest.approx([8.86 + 8.69 + 8.60, 8.47 + 8.22 + 7.93])
    assert strata.weights.sum() == pytest.approx(100.03)


def test_finer_groups_of_the_series_lie_inside():
    strata = find_strata(
        groups("0", "1-4", *(f"{low}-{low + 4}" for low in range(5, 80, 5)), "80+"), WHO
    )

    assert str(strata.groups[0]) == "0-4"
    assert strata.place_of(AgeGroup(1, 4)) == 0
    assert str(strata.groups[-1]) == "80+"


@pytest.mark.parametrize("labels", [("15-19", "20+"), ("0-17", "18+"), ("0+",)])
def test_groups_that_cannot_be_laid_beside_the_standard_give_none(labels):
    assert find_strata(groups(*labels), WHO) is None


def test_an_age_group_across_two_strata_has_no_place():
    strata = find_strata(groups("0-14", "15-29", "30+"), WHO)

    assert strata.place_of(AgeGroup(0, 17)) == NO_AGE
    assert strata.place_of(AgeGroup(18, None)) == NO_AGE
    assert strata.place_of(AgeGroup(34, 34)) == 2
    assert strata.place_of(None) == NO_AGE
