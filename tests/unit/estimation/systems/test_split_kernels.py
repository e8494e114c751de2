"""Classes that split and merge, and alpha without its sticks, beside plain NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, special, stats

from testigo.estimation.systems import kernels, move_kernels, particle_kernels, split_kernels

PRIOR = np.array([0.25, 0.25, 1.0, 1.0, 1.0, 2.0, 1.0, 3.0])
HELD, MISSED = PRIOR[2:5], PRIOR[5:]
PATTERNS = np.array([[(cell >> j) & 1 for j in (2, 1, 0)] for cell in range(1, 8)])
STARTS = np.r_[0, np.cumsum(PATTERNS.sum(axis=1))].astype(np.int64)
MEMBERS = np.nonzero(PATTERNS)[1].astype(np.int64)
COUNTS = np.array([6, 8, 3, 9, 2, 4, 5])
TINY = 0.01


def draw_states(rng, many, classes, alpha):
    """Draws from the prior at one alpha."""
    shape = (many, classes)
    arrays = np.empty(shape), np.empty((*shape, 3)), np.empty((*shape, 3))
    particle_kernels.draw_prior(rng, PRIOR, *arrays, np.empty(many))
    for log_pi in arrays[0]:
        rest = np.log1p(-rng.random(classes - 1)) / alpha
        log_pi[:] = np.r_[np.log(-np.expm1(rest)), 0] + np.r_[0, np.cumsum(rest)]
    return arrays


def move_all(rng, states, counts, alpha, times) -> int:
    widths = (0.8, 1.5, 3.0)
    return sum(
        split_kernels.split_or_merge(
            rng, counts, STARTS, MEMBERS, PRIOR, *state, alpha, widths[p % 3], times
        )
        for p, state in enumerate(zip(*states, strict=True))
    )


def unseen_shares(log_pi, _, log_out):
    return np.exp(log_pi + log_out.sum(axis=2)).sum(axis=1)


def features(log_pi, log_in, log_out):
    """What a wrong move would shift: shares, chances, and how they go together."""
    pi, chance = np.exp(log_pi), np.exp(log_in)
    return np.column_stack([
        pi, chance[:, :, 0], chance[:, :, 2], (pi * chance[:, :, 1]).sum(axis=1),
        unseen_shares(log_pi, log_in, log_out), pi.max(axis=1), (pi > TINY).sum(axis=1),
    ])  # fmt: skip


@pytest.mark.parametrize("alpha", [0.8, 0.02])
def test_without_data_the_prior_stays_as_it_is(alpha) -> None:
    rng = np.random.default_rng(31)
    moved, fresh = (draw_states(rng, 6_000, 4, alpha) for _ in range(2))
    taken = move_all(rng, moved, np.zeros(7, dtype=np.int64), alpha, 8)

    assert taken > 30
    assert np.exp(moved[0]).sum(axis=1) == pytest.approx(1)
    assert np.exp(moved[1]) + np.exp(moved[2]) == pytest.approx(1)
    columns = (np.column_stack([each[0], features(*each)]).T for each in (moved, fresh))
    for one, two in zip(*columns, strict=True):
        assert stats.ks_2samp(one, two).pvalue > 1e-4


def test_with_data_the_posterior_stays_as_it_is() -> None:
    """Draws from the prior, weighed with the likelihood, are the posterior: no chain is needed."""
    rng = np.random.default_rng(32)
    states = draw_states(rng, 60_000, 3, 0.8)
    logs = np.empty(60_000)
    particle_kernels.log_likelihoods(COUNTS, STARTS, MEMBERS, *states, logs)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    before = features(*states)
    expected = weights @ before
    chosen = rng.choice(len(weights), 6_000, p=weights)
    moved = tuple(each[chosen] for each in states)
    taken = move_all(rng, moved, COUNTS, 0.8, 12)
    error = np.sqrt(weights**2 @ (before - expected) ** 2)

    assert taken > 1_000
    assert np.abs((features(*moved).mean(axis=0) - expected) / error).max() < 4


def log_posterior(log_pi, log_in, log_out, alpha) -> float:
    """Likelihood and stick prior, cell by cell."""
    cells = np.exp(log_pi + np.where(PATTERNS[:, None], log_in, log_out).sum(axis=2)).sum(axis=1)
    unseen = np.exp(log_pi + log_out.sum(axis=1)).sum()
    tails = np.cumsum(np.exp(log_pi)[::-1])[::-1]
    sticks = np.exp(log_pi)[:-1] / tails[:-1]
    prior = stats.beta(1, alpha).logpdf(sticks).sum() - np.log(tails[:-1]).sum()
    return float(COUNTS @ np.log(cells) - COUNTS.sum() * np.log1p(-unseen) + prior)


def log_logistic(chance):
    """Log prior density of the logits of one class."""
    return (stats.beta(HELD, MISSED).logpdf(chance) + np.log(chance * (1 - chance))).sum()


def split_by_numpy(rng, state, alpha, wide):
    """One try with the same draws in the same order; the new state, and whether it was taken."""
    log_pi, log_in, log_out = (each.copy() for each in state)
    share = np.exp(log_pi)
    one = int(np.searchsorted(np.cumsum(share), rng.random()))
    two = (one + 1 + int(rng.random() * (len(share) - 1))) % len(share)
    both = share[one] + share[two]
    part = share[two] / both
    if part > 1 - TINY:
        return state, False
    first, second = np.exp(log_in[[one, two]])
    normal, tiny = stats.norm(0, wide), stats.beta(alpha, 1, scale=TINY)
    if part < TINY:
        new = TINY + (1 - 2 * TINY) * rng.random()
        gap = wide * rng.standard_normal(3)
        middle = special.logit(first)
        after = special.expit([middle - new * gap, middle + (1 - new) * gap])
        gain = tiny.logpdf(part) - normal.logpdf(gap).sum() + np.log(1 - 2 * TINY)
        gain += log_logistic(after[0]) + log_logistic(after[1]) - log_logistic(first)
    else:
        gap = special.logit(second) - special.logit(first)
        middle = special.expit(special.logit(first) + part * gap)
        fresh = [np.exp(beta_by_numpy(rng, *each)) for each in zip(HELD, MISSED, strict=True)]
        new = TINY * (1 - rng.random()) ** (1 / alpha)
        after = np.array([middle, fresh])
        gain = normal.logpdf(gap).sum() - tiny.logpdf(new) - np.log(1 - 2 * TINY)
        gain += log_logistic(middle) - log_logistic(first) - log_logistic(second)
    log_pi[[one, two]] = np.log([both * (1 - new), both * new])
    log_in[[one, two]], log_out[[one, two]] = np.log(after), np.log1p(-after)
    gain += np.log(1 - new) - np.log(1 - part)  # how likely the first is to be drawn
    gain += log_posterior(log_pi, log_in, log_out, alpha) - log_posterior(*state, alpha)
    taken = np.log(1 - rng.random()) < gain
    return ((log_pi, log_in, log_out) if taken else state), taken


def beta_by_numpy(rng, a, b):
    """Logarithm of a beta draw of which one shape is 1, by its inverse."""
    x = np.log(1 - rng.random()) / (a if b == 1 else b)
    return x if b == 1 else np.log1p(-np.exp(x))


def test_every_try_equals_its_numpy_twin_draw_by_draw() -> None:
    fast, slow = np.random.default_rng(33), np.random.default_rng(33)
    states = draw_states(np.random.default_rng(34), 100, 3, 0.8)
    taken = 0
    for state in zip(*states, strict=True):
        twin = tuple(each.copy() for each in state)
        expected = 0
        for _ in range(6):
            twin, moved = split_by_numpy(slow, twin, 0.8, 1.5)
            expected += moved
        found = split_kernels.split_or_merge(
            fast, COUNTS, STARTS, MEMBERS, PRIOR, *state, 0.8, 1.5, 6
        )
        assert found == expected
        for one, two in zip(state, twin, strict=True):
            assert one == pytest.approx(two, rel=1e-6, abs=1e-9)
        taken += found
    assert taken > 30


@pytest.mark.parametrize("held", [[40, 0, 3, 0], [500, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 7]])
def test_alpha_has_the_density_that_sticks_integrated_out_leave(held) -> None:
    held = np.array(held)
    tails = held.sum() - np.cumsum(held)

    def twin(log_alpha):
        alpha = np.exp(log_alpha)
        sticks = np.log(alpha) + special.betaln(1 + held[:-1], alpha + tails[:-1])
        return stats.gamma(0.25, scale=4).logpdf(alpha) + log_alpha + sticks.sum()

    at = np.linspace(-14, 4, 400)
    expected = np.array([twin(each) for each in at])
    found = np.array([kernels.log_alpha_density(each, PRIOR, held) for each in at])
    assert np.ptp(found - expected) < 1e-8

    rng = np.random.default_rng(35)
    drawn, alpha = np.empty(4_000), 1.0
    for place in range(len(drawn)):
        for _ in range(3):
            alpha = kernels.draw_alpha(rng, PRIOR, held, alpha)
        drawn[place] = np.log(alpha)
    inside = drawn[(drawn > at[0]) & (drawn < at[-1])]
    law = integrate.cumulative_trapezoid(np.exp(expected - expected.max()), at, initial=0)
    assert stats.kstest(inside, lambda x: np.interp(x, at, law / law[-1])).pvalue > 1e-4


def test_tails_of_shares_too_small_for_numbers_are_kept() -> None:
    found = move_kernels.log_tails(np.array([0.0, -1e4, -2e4, -3e4, -4e4]))

    assert found == pytest.approx(-6e4)
