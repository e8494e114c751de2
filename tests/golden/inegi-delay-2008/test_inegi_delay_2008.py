"""How late Mexican deaths are registered; see SOURCE.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from testigo.records import ReportingDelay, reporting_delay

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def delay(shared: Path) -> ReportingDelay:
    path = shared / "mexico" / "inegi_reporting_triangle_state_month_1990_2008.parquet"
    table = pq.read_table(path)
    table = table.filter(
        pc.and_(pc.equal(table["level"], "national"), pc.greater_equal(table["occ_year"], 1990))
    )
    return reporting_delay(table["occ_year"], table["reg_year"], table["deaths"])


@pytest.mark.parametrize(
    ("year", "printed"),
    [
        (2000, (10_406, 243, 24)),
        (2005, (9_625, 286, 15)),
        (2006, (10_081, 292, 30)),
        (2007, (8_507, 296)),
    ],
)
def test_deaths_by_delay_are_those_of_the_triangle(
    delay: ReportingDelay, year: int, printed: tuple[int, ...]
) -> None:
    line = delay.victims[np.flatnonzero(delay.years == year)[0]]

    assert tuple(line[: len(printed)]) == printed


def test_what_cannot_have_been_registered_yet_is_unknown_and_not_zero(
    delay: ReportingDelay,
) -> None:
    line = delay.victims[np.flatnonzero(delay.years == 2007)[0]]

    assert np.all(np.isnan(line[2:]))


def test_two_or_three_deaths_of_a_hundred_arrive_after_the_turn_of_the_year(
    delay: ReportingDelay,
) -> None:
    """PROVENANCE.md: about 2-3 % of a year arrives the next year."""
    assert 0.02 < delay.completeness[1] - delay.completeness[0] < 0.03 + 0.005
    assert delay.completeness[-1] == 1
