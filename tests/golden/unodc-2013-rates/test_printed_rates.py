from __future__ import annotations

import pytest

from testigo.core import Number
from testigo.estimation import poisson_rate


def shown(bound) -> str:
    """Rounded half away from zero to the decimal printed (domain.md 11)."""
    return Number(float(bound[0]), 1).in_language("en")


def test_el_salvador_2012_has_the_printed_limits():
    found = poisson_rate([2_576], [6_253_419])

    assert [shown(bound) for bound in (found.rate, found.low, found.high)] == [
        "41.2",
        "39.6",
        "42.8",
    ]


@pytest.mark.parametrize(
    ("victims", "population", "rate"), [(4_308, 6_224_668, "69.2"), (3_766, 1_332_131, "282.7")]
)
def test_printed_rates(victims, population, rate):
    assert shown(poisson_rate([victims], [population]).rate) == rate
