"""Whether the check tells a model that makes such tables from one that cannot."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, fit_latent_class, judge_draws
from testigo.estimation.systems.particles import Effort, Particles
from testigo.estimation.systems.predicted_overlaps import compare_with_predicted, draw_table

QUICK = Effort(particles=40, mutations=3, trajectories=1)
SHARES = np.array([0.4, 0.6])
CHANCES = np.array([[0.6, 0.5, 0.7, 0.4], [0.1, 0.2, 0.05, 0.15]])
LOGS = np.log(SHARES), np.log(CHANCES), np.log1p(-CHANCES)


def draw(rng, people, shares=SHARES, chances=CHANCES) -> CaptureHistories:
    logs = np.log(shares), np.log(chances), np.log1p(-chances)
    held, counts = draw_table(rng, people, *logs)
    return CaptureHistories.of("abcd", held, counts)


def chance_of(pattern) -> float:
    return float(SHARES @ np.where(pattern, CHANCES, 1 - CHANCES).prod(axis=1))


def test_tables_are_drawn_as_the_model_says() -> None:
    """Fifteen cells against their probabilities among the recorded, by chi-square."""
    table = draw(np.random.default_rng(3), 100_000)
    patterns = list(product([0, 1], repeat=4))[1:]
    expected = np.array([chance_of(np.array(each)) for each in patterns])
    expected *= 100_000 / expected.sum()
    far = ((table.cells()[1:] - expected) ** 2 / expected).sum()

    assert table.observed == 100_000
    assert far < 36.1  # one in a thousand, 14 degrees of freedom


def test_a_list_of_everybody_and_one_of_nobody_do_no_harm() -> None:
    chances = np.array([[1.0, 0.3, 0.2, 0.0], [1.0, 0.1, 0.1, 0.0]])
    with np.errstate(divide="ignore"):
        table = draw(np.random.default_rng(3), 500, chances=chances)

    assert table.of_list[[0, 3]].tolist() == [500, 0]


def test_one_class_does_not_explain_people_of_two() -> None:
    table = draw(np.random.default_rng(5), 1_000)
    one = fit_latent_class(table, seed=1, classes=1, effort=QUICK, most_blocks=1)
    usual = fit_latent_class(table, seed=1, effort=QUICK, most_blocks=1)

    assert (one.predictive < 0.05).all()
    assert "overlaps_not_explained" in [each.code for each in judge_draws(table, one)]
    assert (usual.predictive > 0.2).all()
    assert "overlaps_not_explained" not in [each.code for each in judge_draws(table, usual)]


def test_p_values_of_the_true_state_are_uniform() -> None:
    """Where the model needs no fit the check is a test of exact size."""
    rng = np.random.default_rng(7)
    logs = [np.repeat(each[None], 50, axis=0) for each in LOGS]
    found = []
    for _ in range(100):
        table = draw(rng, 300)
        particles = Particles(
            counts=table.counts,
            starts=np.r_[0, np.cumsum(table.patterns.sum(axis=1))],
            members=np.nonzero(table.patterns)[1],
            prior=np.ones(10), effort=QUICK, rng=rng,
            log_pi=logs[0], log_in=logs[1], log_out=logs[2], alpha=np.ones(50),
        )  # fmt: skip
        found.append(compare_with_predicted(particles).mean(axis=0))
    values = np.array(found)

    assert values.mean(axis=0) == pytest.approx([0.5, 0.5], abs=3 / np.sqrt(12 * 100))
    for limit in (0.1, 0.3, 0.7, 0.9):
        error = np.sqrt(limit * (1 - limit) / 100)
        assert (values < limit).mean(axis=0) == pytest.approx([limit] * 2, abs=3.5 * error)


def test_fitted_tables_of_the_model_itself_are_explained() -> None:
    """After a fit p values lie much nearer to 1/2 than uniform ones (Meng 1994): no alarm."""
    rng = np.random.default_rng(7)
    for seed in range(3):
        shares, chances = rng.dirichlet([1, 1]), rng.beta(1, 1, (2, 4))
        table = draw(rng, 400, shares, chances)
        fit = fit_latent_class(table, seed=seed, classes=2, effort=QUICK, most_blocks=1)

        assert (abs(fit.predictive - 0.5) < 0.3).all()
