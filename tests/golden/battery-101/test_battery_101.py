"""Made tables of known truth: who cannot be counted is not counted without a word."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from testigo.core import Estimate
from testigo.estimation import CaptureHistories, estimate_total


def estimate(shared, case: str, method: str) -> tuple[Estimate, int]:
    with (shared / "mse" / f"synthetic_{case}_101.csv").open(encoding="utf-8") as stream:
        header, *rows = list(csv.reader(stream))
    with (shared / "mse" / "synthetic_truth_101.csv").open(encoding="utf-8") as stream:
        truth = {row["name"]: int(row["true_N"]) for row in csv.DictReader(stream)}
    cells = np.array(rows, dtype=int)
    table = CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])
    return estimate_total(table, seed=1, method=method), truth[f"synthetic_{case}_101"]


@pytest.mark.parametrize("method", ["latent-class", "graphs"])
def test_the_rasch_table_is_never_published_without_a_warning(shared, method) -> None:
    found, truth = estimate(shared, "rasch", method)

    assert found.verdict.status != "publish"
    assert "unequal_people" in [reason.code for reason in found.verdict.reasons]
    assert found.median < truth


@pytest.mark.parametrize("method", ["log-linear", "sparse"])
def test_a_method_with_pairs_of_lists_is_warned_of_or_holds_the_truth_there(shared, method) -> None:
    """Pairs that attract take up most of what people who differ do to the lists."""
    found, truth = estimate(shared, "rasch", method)
    low, high = found.interval()

    assert found.verdict.status != "publish" or low < truth < high


@pytest.mark.parametrize("case", ["lc2_hard", "sparse6"])
def test_the_latent_class_interval_holds_the_truth(shared, case) -> None:
    found, truth = estimate(shared, case, "latent-class")
    low, high = found.interval()

    assert low < truth < high
