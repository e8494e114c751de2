"""The compiled loops do what slow, plain NumPy does."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from testigo.estimation.systems import (
    density_kernels,
    draw_kernels,
    kernels,
    metrics,
    move_kernels,
    particle_kernels,
)
from testigo.estimation.systems.metrics import Metric
from testigo.estimation.systems.particles import Effort, Particles

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
        draw_kernels.spread(rng, 20, weights, row)

    assert (drawn.sum(axis=1) == 20).all()
    assert drawn.mean(axis=0) == pytest.approx(20 * weights / 8, abs=0.15)
    assert drawn[:, 3].var() == pytest.approx(20 * 0.25, rel=0.1)


@pytest.mark.parametrize("shape", [1e-3, 0.3, 1.0, 25.0])
def test_log_gamma_draws_keep_their_law_where_the_draws_underflow(shape) -> None:
    rng = np.random.default_rng(3)
    drawn = np.array([draw_kernels.log_gamma_draw(rng, shape) for _ in range(2000)])

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
    if b == 1 or a == 1:  # by the inverse of the distribution function
        x = np.log(1 - rng.random()) / (a if b == 1 else b)
        return (x, np.log1p(-np.exp(x))) if b == 1 else (np.log1p(-np.exp(x)), x)
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


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 40), (0.02, 1), (3, 0.5), (30, 70)])
def test_beta_draws_keep_their_law(a, b) -> None:
    rng = np.random.default_rng(8)
    drawn = np.array([draw_kernels.split_log_beta(rng, a, b) for _ in range(2000)])

    assert np.isfinite(drawn).all()
    assert np.exp(drawn).sum(axis=1) == pytest.approx(1)
    assert stats.kstest(np.exp(drawn[:, 0]), stats.beta(a, b).cdf).pvalue > 1e-3


def density_by_numpy(x, inside, log_pi, log_in, log_out, *, alpha) -> float:
    """Log posterior in the coordinates of the block, from likelihood, prior and Jacobian."""
    log_pi, log_in, log_out = log_pi.copy(), log_in.copy(), log_out.copy()
    for row, k in zip(x.reshape(len(inside), -1), inside, strict=True):
        log_in[k], log_out[k] = -np.logaddexp(0, -row[1:]), -np.logaddexp(0, row[1:])
        log_pi[k] = row[0] - np.log(-np.expm1(log_out[k].sum()))
    log_pi -= np.log(np.exp(log_pi).sum())
    tails = np.cumsum(np.exp(log_pi)[::-1])[::-1]
    sticks = np.exp(log_pi)[:-1] / tails[:-1]
    prior = stats.beta(1, alpha).logpdf(sticks).sum() - np.log(tails[:-1]).sum() + log_pi.sum()
    logistic = (log_in[inside] + log_out[inside]).sum()  # Beta(1, 1) and the logit's Jacobian
    return likelihood_by_numpy(log_pi, log_in, log_out) + prior + logistic


def test_the_density_of_a_block_and_its_slope_equal_the_formula() -> None:
    rng = np.random.default_rng(9)
    log_pi, log_in, log_out, _ = (each[0] for each in state(rng, classes=4))
    log_pi = np.log(rng.dirichlet(np.ones(4)))
    inside = np.array([2, 0])
    log_mass, rest = np.empty(4), np.empty(7)
    move_kernels.fill_log_mass(log_pi, log_out, log_mass)
    rest_mass = move_kernels.fill_rest(
        STARTS, MEMBERS, log_pi, log_in, log_out, inside, log_mass, rest
    )
    work = log_pi.copy(), np.empty((2, 3)), np.empty(8)

    def density(x):
        return density_kernels.log_density(
            COUNTS, STARTS, MEMBERS, PRIOR, 0.7, x, inside, rest, rest_mass, *work, True
        )

    def twin(x):
        return density_by_numpy(x, inside, log_pi, log_in, log_out, alpha=0.7)

    one, two = rng.normal(size=(2, 8))
    assert density(one) - density(two) == pytest.approx(twin(one) - twin(two))
    slope = work[2].copy()  # at the second
    steps = 1e-5 * np.eye(8)
    assert slope == pytest.approx([(twin(two + e) - twin(two - e)) / 2e-5 for e in steps], abs=1e-4)


def test_information_is_the_square_of_the_scores() -> None:
    """By differences of the log chance of each pattern among the recorded, all classes moving."""
    rng = np.random.default_rng(12)
    log_pi, log_in, log_out, _ = (each[0] for each in state(rng, classes=2))
    log_pi, inside = np.log([0.6, 0.4]), np.array([1, 0])
    log_mass, out = np.empty(2), np.zeros((8, 8))
    move_kernels.fill_log_mass(log_pi, log_out, log_mass)
    density_kernels.add_information(
        COUNTS, STARTS, MEMBERS, PRIOR, log_pi, log_in, log_out, inside, log_mass, out
    )
    logit = log_in - log_out
    x = np.column_stack([log_mass, logit])[inside].ravel()

    def chances(x):
        rows = x.reshape(2, 4)
        held = 1 / (1 + np.exp(-rows[:, 1:]))
        weights = np.exp(rows[:, 0]) / (1 - np.prod(1 - held, axis=1))
        cells = np.where(PATTERNS[:, None, :], held, 1 - held).prod(axis=2) @ weights
        return np.log(cells / cells.sum())

    scores = np.array([(chances(x + e) - chances(x - e)) / 2e-5 for e in 1e-5 * np.eye(8)]).T
    held = np.exp(log_in[inside])
    prior = np.column_stack([[0.3, 0.3], 2 * held * (1 - held) + 0.1 * 0.5]).ravel()
    expected = (scores.T * COUNTS) @ scores + np.diag(prior)
    assert out == pytest.approx(np.tril(expected), rel=1e-4, abs=1e-4)


def test_the_inverse_root_of_a_matrix_is_that_of_numpy() -> None:
    rng = np.random.default_rng(10)
    root = rng.normal(size=(5, 9))
    matrix, out = np.zeros((6, 6)), np.zeros((6, 6))
    matrix[:5, :5] = root @ root.T

    assert density_kernels.invert_root(matrix.copy(), 5, out)
    assert np.tril(out, -1).any() == np.False_
    assert out[:5, :5] @ out[:5, :5].T == pytest.approx(np.linalg.inv(matrix[:5, :5]))
    assert not density_kernels.invert_root(-matrix, 5, out)


def crowd(rng, particles, classes, counts) -> Particles:
    return Particles(counts, STARTS, MEMBERS, PRIOR, Effort(), rng, *state(rng, particles, classes))


def test_trajectories_without_data_leave_the_prior_as_it_is() -> None:
    """Prior draws, moved with no people in the table, must be prior draws still."""
    rng = np.random.default_rng(6)
    nobody = np.zeros(7, dtype=np.int64)
    metric = Metric(4, 3)
    metric.learn(crowd(rng, 300, 4, nobody))
    log_pi, log_in, log_out, alpha = state(rng, particles=6000, classes=4)
    alpha[:] = 0.8
    for p in range(len(alpha)):  # the sticks again, at this alpha
        sticks = np.r_[rng.beta(1, 0.8, 3), 1.0]
        log_pi[p] = np.log(sticks) + np.r_[0, np.cumsum(np.log1p(-sticks[:-1]))]
    before = unseen_shares(log_pi, log_out), log_pi.copy(), log_in.copy()
    for p in range(len(alpha)):
        for _ in range(4):
            particle_kernels.wander(
                rng, nobody, STARTS, MEMBERS, PRIOR, log_pi[p], log_in[p], log_out[p], alpha[p],
                metric.shares, metric.scales, metric.steps, metric.tally, 8,
            )  # fmt: skip
        move_kernels.swap_classes(rng, log_pi[p], log_in[p], log_out[p], alpha[p], 4)

    assert metric.tally[..., 1].sum() > 0.3 * metric.tally[..., 0].sum() > 0
    assert np.exp(log_pi).sum(axis=1) == pytest.approx(1)
    assert not np.allclose(log_in, before[2])
    assert stats.ks_2samp(unseen_shares(log_pi, log_out), before[0]).pvalue > 1e-3
    for k in range(4):
        assert stats.ks_2samp(log_pi[:, k], before[1][:, k]).pvalue > 1e-3
        assert stats.kstest(np.exp(log_in[:, k, 1]), "uniform").pvalue > 1e-3


def unseen_shares(log_pi, log_out):
    return np.exp(log_pi + log_out.sum(axis=2)).sum(axis=1)


def test_trajectories_and_sweeps_alone_agree_on_the_posterior() -> None:
    """One class of three lists: N has a posterior that both must find."""
    answers = []
    for trajectories in (0, 3):
        found = crowd(np.random.default_rng(7), 100, 2, COUNTS)
        for _ in range(2):
            found.metric.learn(found, stretch=True)
            unseen = found.run(400, 40, trajectories=trajectories, leaps=10)
        answers.append(np.quantile(unseen, [0.1, 0.5, 0.9]))

    assert answers[1] == pytest.approx(answers[0], rel=0.06)


def test_where_points_lie_far_apart_the_scale_is_stretched_that_way_only() -> None:
    rng = np.random.default_rng(11)
    scale = np.triu(rng.normal(size=(6, 6))) + 3 * np.eye(6)
    even = rng.normal(size=(400, 6)) * np.array([50, 1, 1, 1, 1, 1])
    before = scale.copy()
    metrics.stretch_scale(scale, even @ scale.T)

    grown = np.linalg.svd(np.linalg.solve(before, scale), compute_uv=False)
    assert np.tril(scale, -1) == pytest.approx(0)
    assert grown[0] == pytest.approx(50 / np.sqrt(metrics.FAR), rel=0.15)
    assert grown[1:] == pytest.approx(1, abs=0.05)
