"""A posterior with several modes: the same answer whatever the seed."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, fit_latent_class


@pytest.mark.parametrize("seed", [11, 12])
def test_the_answer_does_not_depend_on_the_seed(shared, seed) -> None:
    path = shared / "mse" / "uk_slavery_2013_5lists.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=int)
    table = CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])

    fit = fit_latent_class(table, seed=seed, classes=10, workers=2)

    assert fit.r_hat <= 1.01
    assert 22_200 * 0.99 <= np.median(fit.draws) <= 22_400 * 1.01
