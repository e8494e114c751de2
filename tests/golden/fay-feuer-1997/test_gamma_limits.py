from __future__ import annotations

import pytest

from testigo.estimation import standardise_directly

CASES = [0, 8, 63, 112, 262, 295]  # mothers under 20, 20-24, ..., 40 and over
BIRTHS = [327, 30_666, 123_419, 149_919, 104_088, 34_392]
STANDARD = [319_933, 931_318, 786_511, 488_235, 237_863, 61_313]


def test_fifth_and_later_births_agree_with_the_peer():
    """dsrTest 1.0.0, method "gamma": 75.52901 (67.70212 to 188.30017)."""
    found = standardise_directly([CASES], [BIRTHS], STANDARD)

    assert found.rate[0] == pytest.approx(75.52901, abs=5e-6)
    assert found.low[0] == pytest.approx(67.70212, abs=5e-6)
    assert found.high[0] == pytest.approx(188.30017, abs=5e-6)
