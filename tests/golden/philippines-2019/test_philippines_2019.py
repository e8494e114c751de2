"""Strata of a few hundred people on eight to eleven lists, beside the published means."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, fit_latent_class
from testigo.estimation.systems.gibbs import sample_gibbs


def table(shared, name: str) -> CaptureHistories:
    with (shared / "mse" / f"ph_{name}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=int)
    return CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("manila_police", 575),
        ("quezon_police", 348),
        ("quezon_unidentified", 428),
        ("caloocan_police", 331),
    ],
)
def test_means_are_those_published(shared, name, published) -> None:
    fit = fit_latent_class(table(shared, name), seed=3, classes=5, workers=2)

    assert fit.r_hat <= 1.01
    assert fit.draws.mean() == pytest.approx(published, rel=0.015)


def test_the_plain_gibbs_sampler_agrees_with_lcmcr(shared) -> None:
    drawn = sample_gibbs(table(shared, "manila_police"), seed=3, classes=5, samples=20_000)

    assert drawn.mean() == pytest.approx(576, rel=0.005)
    assert np.quantile(drawn, [0.025, 0.975]) == pytest.approx([534, 653], rel=0.01)
