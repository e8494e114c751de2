"""Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788) of the latent class sampler.

Parameters are drawn from the prior, a table of n people from them, and the unseen from their
negative binomial; then the rank of the true unseen among the draws must be uniform. The long form,
with N from its prior, three to six lists and the usual effort, is tools/calibrate_sampler.py; what
it found is docs/explanation/sampler-calibration.md.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from testigo.estimation import CaptureHistories, fit_latent_class
from testigo.estimation.systems.particles import Effort

TABLES = 120
PEOPLE = 80
CLASSES = 3
PATTERNS = np.array([[(cell >> j) & 1 for j in range(4)] for cell in range(1, 16)])


def simulate(rng: np.random.Generator) -> tuple[CaptureHistories, int]:
    alpha = max(rng.gamma(0.25, 4.0), 1e-12)
    sticks = np.r_[rng.beta(1, alpha, CLASSES - 1), 1.0]
    weights = sticks * np.r_[1, np.cumprod(1 - sticks[:-1])]
    held = rng.random((CLASSES, 4))
    cells = np.array([(weights * np.where(row, held, 1 - held).prod(axis=1)).sum()
                      for row in PATTERNS])  # fmt: skip
    counts = rng.multinomial(PEOPLE, cells / cells.sum())
    return CaptureHistories.of("abcd", PATTERNS, counts), int(
        rng.negative_binomial(PEOPLE, cells.sum())
    )


def test_the_rank_of_the_truth_is_uniform() -> None:
    rng = np.random.default_rng(2024)
    ranks = []
    for seed in range(TABLES):
        table, unseen = simulate(rng)
        fit = fit_latent_class(
            table, seed=seed, classes=CLASSES, replicates=2, most_blocks=1,
            effort=Effort(particles=20, mutations=4, trajectories=2),
        )  # fmt: skip
        drawn = fit.draws.ravel() - PEOPLE
        ties = rng.random()  # whole numbers tie; a random rank among ties keeps it uniform
        ranks.append(np.mean(drawn < unseen) + ties * np.mean(drawn == unseen))

    assert stats.kstest(ranks, "uniform").pvalue > 0.01
    assert 0.88 <= np.mean((np.array(ranks) > 0.025) & (np.array(ranks) < 0.975)) <= 0.995
