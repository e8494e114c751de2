"""The example of the paper."""

from __future__ import annotations

import pytest

from testigo.estimation import CaptureHistories, average_graphs

PATTERNS = [[0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]


@pytest.mark.parametrize("saturated", [True, False])
def test_the_average_is_that_of_the_paper(saturated) -> None:
    table = CaptureHistories.of("abc", PATTERNS, [60, 49, 4, 247, 112, 142, 12])

    assert average_graphs(table, saturated=saturated).quantile(0.5) == pytest.approx(731, abs=1)
