"""A posterior with several modes: the same answer whatever the seed."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, fit_latent_class


@pytest.mark.parametrize("seed", [11, 114])
def test_the_answer_does_not_depend_on_the_seed(shared, seed) -> None:
    path = shared / "mse" / "uk_slavery_2013_5lists.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=int)
    table = CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])

    fit = fit_latent_class(table, seed=seed, classes=10, workers=2)
    low, median, high = np.quantile(fit.draws, [0.025, 0.5, 0.975])

    assert fit.r_hat <= 1.01
    assert fit.effective >= 1_000
    assert 22_200 * 0.995 <= median <= 22_400 * 1.005
    assert low == pytest.approx(15_900, rel=0.04)
    assert high == pytest.approx(34_400, rel=0.04)
