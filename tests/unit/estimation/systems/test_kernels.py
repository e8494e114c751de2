"""The compiled loops do what slow, plain NumPy does."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from testigo.estimation.systems import kernels, move_kernels, particle_kernels

PRIOR = np.array([0.25, 0.25, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
PATTERNS = np.array([[(cell >> j) & 1 for j in (2, 1, 0)] for cell in range(1, 8)])
STARTS = np.r_[0, np.cumsum(PATTERNS.sum(axis=1))].astype(np.int64)
MEMBERS = np.nonzero(PATTERNS)[1].astype(np.int64)
COUNTS = np.array([30, 50, 15, 60, 15, 20, 10])


def state(rng, particles=1, classes=3):
    shape = (particles, classes)
    log_pi, alpha = np.empty(shape), np.empty(particles)
    log_in, log_out = np.empty((*shape, 3)), np.empty((*shape, 3))
    particle_kernels.draw_prior(rng, PRIOR, log_pi, log_in, log_out, alpha)
    return log_pi, log_in, log_out, alpha


def likelihood_by_numpy(log_pi, log_in, log_out) -> float:
    """The formula of estimation.md section 2, cell by cell."""
    inside, outside = np.exp(log_in), np.exp(log_out)
    cells = [
        (np.exp(log_pi) * np.where(pattern, inside, outside).prod(axis=1)).sum()
        for pattern in PATTERNS
    ]
    unseen = (np.exp(log_pi) * outside.prod(axis=1)).sum()
    return float(COUNTS @ np.log(cells) - COUNTS.sum() * np.log1p(-unseen))


def test_likelihood_equals_the_formula() -> None:
    rng = np.random.default_rng(1)
    log_pi, log_in, log_out, _ = state(rng, particles=20)
    out = np.empty(20)
    particle_kernels.log_likelihoods(COUNTS, STARTS, MEMBERS, log_pi, log_in, log_out, out)

    expected = [likelihood_by_numpy(*each) for each in zip(log_pi, log_in, log_out, strict=True)]

    assert out == pytest.approx(expected)


def test_a_spread_of_people_is_multinomial() -> None:
    rng = np.random.default_rng(2)
    weights = np.array([0.0, 3.0, 1.0, 4.0])
    drawn = np.zeros((4000, 4), dtype=np.int64)
    for row in drawn:
        kernels.spread(rng, 20, weights, row)

    assert (drawn.sum(axis=1) == 20).all()
    assert drawn.mean(axis=0) == pytest.approx(20 * weights / 8, abs=0.15)
    assert drawn[:, 3].var() == pytest.approx(20 * 0.25, rel=0.1)


@pytest.mark.parametrize("shape", [1e-3, 0.3, 1.0, 25.0])
def test_log_gamma_draws_keep_their_law_where_the_draws_underflow(shape) -> None:
    rng = np.random.default_rng(3)
    drawn = np.array([kernels.log_gamma_draw(rng, shape) for _ in range(2000)])

    assert np.isfinite(drawn).all()
    assert stats.kstest(drawn, stats.loggamma(shape).cdf).pvalue > 1e-3


def gibbs_by_numpy(rng, log_pi, log_in, log_out, alpha):
    """One sweep with the same draws in the same order, written without loops over cells."""
    logs = log_pi + np.where(PATTERNS[:, None, :], log_in, log_out).sum(axis=2)
    missed = log_pi + log_out.sum(axis=1)
    weights = np.exp(missed - missed.max())
    p0 = np.exp(missed.max()) * weights.sum()
    people = int(COUNTS.sum())
    unseen = rng.poisson(rng.standard_gamma(float(people)) * p0 / (1.0 - p0))
    held = split_by_numpy(rng, unseen, weights)
    captured = np.zeros_like(log_in)
    for count, row, pattern in zip(COUNTS, logs, PATTERNS, strict=True):
        one = split_by_numpy(rng, count, np.exp(row - row.max()))
        held = held + one
        captured += np.outer(one, pattern)
    classes = len(log_pi)
    new_pi, new_in, new_out = np.empty(classes), np.empty_like(log_in), np.empty_like(log_in)
    left = 0.0
    for k in range(classes):
        for j in range(log_in.shape[1]):
            new_in[k, j], new_out[k, j] = beta_by_numpy(
                rng, 1 + captured[k, j], 1 + held[k] - captured[k, j]
            )
        if k < classes - 1:
            taken, rest = beta_by_numpy(rng, 1 + held[k], alpha + held[k + 1 :].sum())
            new_pi[k], left = left + taken, left + rest
    new_pi[-1] = left
    return new_pi, new_in, new_out, rng.standard_gamma(0.25 + classes - 1) / (0.25 - left), unseen


def split_by_numpy(rng, people, weights):
    found = np.zeros(len(weights), dtype=np.int64)
    rest, left = weights.sum(), people
    for k in range(len(weights) - 1):
        if left:
            found[k] = left if weights[k] >= rest else rng.binomial(left, weights[k] / rest)
            left, rest = left - found[k], rest - weights[k]
    found[-1] = left
    return found


def beta_by_numpy(rng, a, b):
    logs = np.array([log_gamma_by_numpy(rng, a), log_gamma_by_numpy(rng, b)])
    return logs - np.logaddexp(*logs)


def log_gamma_by_numpy(rng, shape):
    if shape >= 1:
        return np.log(rng.standard_gamma(shape))
    return np.log(rng.standard_gamma(shape + 1)) + np.log(1 - rng.random()) / shape


def test_a_gibbs_sweep_equals_its_numpy_twin_draw_by_draw() -> None:
    fast, slow = np.random.default_rng(4), np.random.default_rng(4)
    log_pi, log_in, log_out, _ = (each[0] for each in state(np.random.default_rng(5)))
    twin = (log_pi.copy(), log_in.copy(), log_out.copy(), 0.7)
    alpha, logs, missed = 0.7, np.empty((7, 3)), np.empty(3)
    for _ in range(30):
        alpha, unseen = kernels.gibbs_sweep(
            fast, COUNTS, STARTS, MEMBERS, PRIOR, log_pi, log_in, log_out, alpha, True, logs, missed
        )
        *twin, expected = gibbs_by_numpy(slow, *twin)
        assert unseen == expected

    assert log_in == pytest.approx(twin[1], rel=1e-9)
    assert alpha == pytest.approx(twin[3], rel=1e-9)


@pytest.mark.parametrize(("scales", "differences"), [(20, 0), (0, 20), (10, 10)])
def test_moves_without_data_leave_the_prior_as_it_is(scales, differences) -> None:
    """Prior draws, moved with no people in the table, must be prior draws still."""
    rng = np.random.default_rng(6)
    nobody = np.zeros(7, dtype=np.int64)
    archive = np.empty((300, 2)), np.empty((300, 2, 3))
    remembered = state(rng, particles=300, classes=4)
    particle_kernels.remember(*remembered[:3], *archive)
    log_pi, log_in, log_out, alpha = state(rng, particles=6000, classes=4)
    alpha[:] = 0.8
    for p in range(len(alpha)):  # the sticks again, at this alpha
        sticks = np.r_[rng.beta(1, 0.8, 3), 1.0]
        log_pi[p] = np.log(sticks) + np.r_[0, np.cumsum(np.log1p(-sticks[:-1]))]
    before = unseen_shares(log_pi, log_out), log_pi.copy(), log_in.copy()
    logs, missed = np.empty((7, 4)), np.empty(4)
    for p in range(len(alpha)):
        move_kernels.metropolis(
            rng, nobody, STARTS, MEMBERS, PRIOR, log_pi[p], log_in[p], log_out[p], alpha[p],
            scales, differences, *archive, logs, missed,
        )  # fmt: skip
        move_kernels.swap_classes(rng, log_pi[p], log_in[p], log_out[p], alpha[p], 4)

    assert np.exp(log_pi).sum(axis=1) == pytest.approx(1)
    assert not np.allclose(log_in, before[2])
    assert stats.ks_2samp(unseen_shares(log_pi, log_out), before[0]).pvalue > 1e-3
    for k in range(4):
        assert stats.ks_2samp(log_pi[:, k], before[1][:, k]).pvalue > 1e-3
        assert stats.kstest(np.exp(log_in[:, k, 1]), "uniform").pvalue > 1e-3


def unseen_shares(log_pi, log_out):
    return np.exp(log_pi + log_out.sum(axis=2)).sum(axis=1)


def test_moves_and_sweeps_alone_agree_on_the_posterior() -> None:
    """One class of three lists: N has a posterior that both must find."""
    answers = []
    for scales, differences in ((0, 0), (3, 3)):
        rng = np.random.default_rng(7)
        log_pi, log_in, log_out, alpha = state(rng, particles=100, classes=2)
        archive = np.empty((100, 2)), np.empty((100, 2, 3))
        particle_kernels.remember(log_pi, log_in, log_out, *archive)
        unseen = np.empty((100, 40))
        for _ in range(2):
            particle_kernels.advance(
                rng, COUNTS, STARTS, MEMBERS, PRIOR, log_pi, log_in, log_out, alpha, *archive,
                400, scales, differences, 2, unseen,
            )  # fmt: skip
            particle_kernels.remember(log_pi, log_in, log_out, *archive)
        answers.append(np.quantile(unseen, [0.1, 0.5, 0.9]))

    assert answers[1] == pytest.approx(answers[0], rel=0.06)
