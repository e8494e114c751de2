"""Numbers of the Bogotá Protocol's world that were printed elsewhere; see SOURCE.md."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import Number
from testigo.records import (
    BOGOTA_CATEGORIES,
    quality_index,
    ratio,
    redistribute_undetermined,
    relative_difference,
)


def test_hidalgo_scores_2_875() -> None:
    """Institute for Economics & Peace 2018."""
    scores = dict(zip(BOGOTA_CATEGORIES, (2.5, 4.375, 4, 0, 3.5), strict=True))

    assert quality_index(scores) == 2.875


@pytest.mark.parametrize(
    ("a", "b", "printed"), [(6.5, 24.1, "0.27"), (9.4, 24.1, "0.39"), (6.5, 9.4, "0.69")]
)
def test_peru_2012_three_institutions_hardly_agree(a: float, b: float, printed: str) -> None:
    """Committee 6.5, police 9.4, prosecutor 24.1 per 100,000."""
    assert Number(float(ratio(a, b)), 2).in_language("en") == printed
    assert Number(float(ratio(b, a)), 2).in_language("en") == printed


def test_peru_2012_no_two_institutions_are_within_twenty_per_cent() -> None:
    """|A - B| / ((A + B) / 2), worked by hand: 17.6 / 15.3, 14.7 / 16.75, 2.9 / 7.95."""
    differences = relative_difference([6.5, 9.4, 6.5], [24.1, 24.1, 9.4])

    assert differences == pytest.approx([17.6 / 15.3, 14.7 / 16.75, 2.9 / 7.95], rel=1e-12)
    assert np.all(differences > 0.20)


def test_mexico_2015_has_1_06_victims_a_file() -> None:
    assert Number(1 / float(ratio(18_000, 17_000)), 2).in_language("en") == "1.06"


def test_undetermined_deaths_are_spread_by_the_known_shares() -> None:
    assert redistribute_undetermined(60, 10, 30, 10) == 66
