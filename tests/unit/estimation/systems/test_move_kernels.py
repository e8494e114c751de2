"""Moves of blocks of classes, beside the same moves written slowly in NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.estimation.systems import density_kernels, move_kernels, particle_kernels

PRIOR = np.array([0.25, 0.25, 1.0, 1.0, 1.0, 2.0, 1.0, 3.0])
PATTERNS = np.array([[(cell >> j) & 1 for j in (2, 1, 0)] for cell in range(1, 8)])
STARTS = np.r_[0, np.cumsum(PATTERNS.sum(axis=1))].astype(np.int64)
MEMBERS = np.nonzero(PATTERNS)[1].astype(np.int64)
COUNTS = np.array([30, 50, 15, 60, 15, 20, 10])
ALPHA = 0.7
SHARE = 0.01


@pytest.fixture
def state():
    rng = np.random.default_rng(21)
    log_pi, held = np.log(rng.dirichlet(np.full(5, 3.0))), rng.uniform(0.1, 0.6, (5, 3))
    held[3] *= 1e-4  # a class that next to nobody is seen of
    return log_pi, np.log(held), np.log1p(-held)


def mass_by_numpy(log_pi, log_out):
    return log_pi + np.log(1 - np.exp(log_out.sum(axis=1)))


def block_by_numpy(log_pi, log_in, log_out, share):
    mass = np.exp(mass_by_numpy(log_pi, log_out))
    inside = np.flatnonzero(mass >= share * mass.sum())
    return inside[np.argsort(np.exp(log_in[inside]).sum(axis=1))]


def tails_by_numpy(log_pi):
    return np.log(np.cumsum(np.exp(log_pi)[::-1])[::-1])[1:-1].sum()


def test_masses_tails_and_blocks_equal_their_numpy_twins(state) -> None:
    log_pi, log_in, log_out = state
    log_mass = np.empty(5)
    total = move_kernels.fill_log_mass(log_pi, log_out, log_mass)
    inside = move_kernels.choose_block(log_pi, log_in, log_out, SHARE, log_mass)

    assert log_mass == pytest.approx(mass_by_numpy(log_pi, log_out))
    assert total == pytest.approx(np.exp(log_mass).sum())
    assert move_kernels.log_tails(log_pi) == pytest.approx(tails_by_numpy(log_pi))
    assert inside.tolist() == block_by_numpy(log_pi, log_in, log_out, SHARE).tolist()
    assert 3 not in inside


def test_what_the_others_give_a_pattern_equals_its_numpy_twin(state) -> None:
    log_pi, log_in, log_out = state
    inside, log_mass, rest = np.array([4, 1]), mass_by_numpy(log_pi, log_out), np.empty(7)
    mass = move_kernels.fill_rest(STARTS, MEMBERS, log_pi, log_in, log_out, inside, log_mass, rest)
    others = [0, 2, 3]
    by_class = np.where(PATTERNS[:, None], log_in[others], log_out[others]).sum(axis=2)

    assert rest == pytest.approx(np.exp(log_pi[others] + by_class).sum(axis=1))
    assert mass == pytest.approx(np.exp(log_mass[others]).sum())


def test_swaps_equal_their_numpy_twin_draw_by_draw(state) -> None:
    log_pi, log_in, log_out = state
    twin, order = log_pi.copy(), np.arange(5)
    rng = np.random.default_rng(3)

    def prior(log_pi):
        return (ALPHA - 1) * log_pi[-1] - tails_by_numpy(log_pi)

    for _ in range(40):
        one = int(rng.random() * 5)
        two = (one + 1 + int(rng.random() * 4)) % 5
        pair, turned = [one, two], [two, one]
        after = twin.copy()
        after[pair] = twin[turned]
        if np.log(1 - rng.random()) < prior(after) - prior(twin):
            twin, order[pair] = after, order[turned]
    found = log_pi.copy(), log_in.copy(), log_out.copy()
    move_kernels.swap_classes(np.random.default_rng(3), *found, ALPHA, 40)

    assert order.tolist() != [0, 1, 2, 3, 4]
    assert found[0] == pytest.approx(twin)
    assert (found[1] == log_in[order]).all()
    assert (found[2] == log_out[order]).all()


def density_by_numpy(x, inside, log_pi, log_in, log_out) -> float:
    """Log posterior in the coordinates of the block, cell by cell, and its Jacobian."""
    log_pi, log_in, log_out = unfold(x, inside, log_pi, log_in, log_out)
    log_pi = log_pi - np.log(np.exp(log_pi).sum())
    cells = np.exp(log_pi + np.where(PATTERNS[:, None], log_in, log_out).sum(axis=2)).sum(axis=1)
    hit, miss = np.split(PRIOR[2:], 2)
    return float(
        COUNTS @ np.log(cells)
        - COUNTS.sum() * np.log(cells.sum())
        + (ALPHA - 1) * log_pi[-1] - tails_by_numpy(log_pi) + log_pi.sum()
        + (hit * log_in[inside] + miss * log_out[inside]).sum()
    )  # fmt: skip


def unfold(x, inside, log_pi, log_in, log_out):
    log_pi, log_in, log_out = log_pi.copy(), log_in.copy(), log_out.copy()
    for row, k in zip(x.reshape(len(inside), -1), inside, strict=True):
        log_in[k], log_out[k] = -np.logaddexp(0, -row[1:]), -np.logaddexp(0, row[1:])
        log_pi[k] = row[0] - np.log(-np.expm1(log_out[k].sum()))
    return log_pi, log_in, log_out


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_trajectory_equals_its_numpy_twin(state, seed) -> None:
    """Leapfrog with slopes by differences; the same momentum, and the same last throw."""
    log_pi, log_in, log_out = state
    step, leaps = 0.25, 4
    inside = block_by_numpy(log_pi, log_in, log_out, SHARE)
    log_mass = mass_by_numpy(log_pi, log_out)
    wide = 4 * len(inside)
    scale = np.triu(0.1 * np.random.default_rng(seed).normal(size=(wide, wide))) + 0.3 * np.eye(
        wide
    )

    def height(x):
        return density_by_numpy(x, inside, log_pi, log_in, log_out)

    def slope(x):
        return np.array([(height(x + e) - height(x - e)) / 2e-5 for e in 1e-5 * np.eye(wide)])

    rng = np.random.default_rng(100 + seed)
    x = np.column_stack([log_mass, log_in - log_out])[inside].ravel()
    momentum = rng.standard_normal(wide)
    begun = 0.5 * momentum @ momentum - height(x)
    for _ in range(leaps):
        momentum = momentum + 0.5 * step * scale.T @ slope(x)
        x = x + step * scale @ momentum
        momentum = momentum + 0.5 * step * scale.T @ slope(x)
    gain = begun + height(x) - 0.5 * momentum @ momentum
    after = unfold(x, inside, log_pi, log_in, log_out)
    still = block_by_numpy(after[0], after[1], after[2], SHARE).tolist() == inside.tolist()
    taken = still and np.log(1 - rng.random()) < gain
    expected = after if taken else state
    found = tuple(each.copy() for each in state)
    chance = move_kernels.move_block(
        np.random.default_rng(100 + seed), COUNTS, STARTS, MEMBERS, PRIOR, *found, ALPHA, inside,
        SHARE, log_mass, scale, step, leaps,
    )  # fmt: skip

    assert chance == pytest.approx(min(np.exp(gain), 1) if still else -1, abs=1e-4)
    log_sum = np.log(np.exp(expected[0]).sum())
    assert found[0] == pytest.approx(expected[0] - log_sum, abs=1e-4)
    assert found[1] == pytest.approx(expected[1], abs=1e-4)
    assert found[2] == pytest.approx(expected[2], abs=1e-4)


def test_what_a_metric_learns_from_equals_its_numpy_twin(state) -> None:
    """Sizes and coordinates of the blocks, and the information of each size added up."""
    log_pi, log_in, log_out = (np.stack([each, each[::-1]]) for each in state)
    sizes, points, added = np.zeros(2, np.int64), np.zeros((2, 20)), np.zeros(6, np.int64)
    information = np.zeros((6, 20, 20))
    particle_kernels.describe_blocks(
        COUNTS, STARTS, MEMBERS, PRIOR, log_pi, log_in, log_out, SHARE, 9, sizes, points,
        information, added,
    )  # fmt: skip
    one = np.zeros((20, 20))
    for p in range(2):
        inside = block_by_numpy(log_pi[p], log_in[p], log_out[p], SHARE)
        mass = mass_by_numpy(log_pi[p], log_out[p])
        expected = np.column_stack([mass, log_in[p] - log_out[p]])[inside].ravel()
        density_kernels.add_information(
            COUNTS, STARTS, MEMBERS, PRIOR, log_pi[p], log_in[p], log_out[p], inside, mass, one
        )

        assert sizes[p] == len(inside)
        assert points[p, : len(expected)] == pytest.approx(expected)

    assert added[len(inside)] == 2
    assert information[len(inside)] == pytest.approx(one)
