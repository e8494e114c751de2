"""The truth is in the interval, and the answer of the graph of all pairs is not given."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, average_graphs, fit_latent_class


@pytest.fixture(scope="module")
def large(shared) -> CaptureHistories:
    path = shared / "mse" / "synthetic_large_500k.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=int)
    return CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])


def test_the_interval_holds_the_truth(large) -> None:
    fit = fit_latent_class(large, seed=1, classes=10, workers=2)
    low, high = np.quantile(fit.draws, [0.025, 0.975])

    assert fit.r_hat <= 1.01
    assert fit.effective >= 1_000
    assert low < 500_000 < high
    assert np.median(fit.draws) == pytest.approx(493_500, rel=0.01)
    assert [low, high] == pytest.approx([476_000, 516_000], rel=0.01)


def test_the_graph_of_all_pairs_is_left_out(large) -> None:
    found = average_graphs(large)

    assert "12345" not in found.graphs
    assert found.quantile(0.025) > 252_932 * 1.2
