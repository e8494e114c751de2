"""Compiled loops over a population of particles.

Arrays have the particle first: `log_pi` (P, K), `log_in` and `log_out` (P, K, J), `alpha` (P,).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from testigo.estimation.systems.density_kernels import add_information
from testigo.estimation.systems.draw_kernels import (
    SMALLEST,
    Floats,
    Generator,
    Integers,
    log_gamma_draw,
    split_log_beta,
)
from testigo.estimation.systems.kernels import (
    allocate,
    draw_alpha,
    fill_weights,
    gibbs_sweep,
    log_likelihood,
    redraw,
)
from testigo.estimation.systems.move_kernels import choose_block, move_block, swap_classes
from testigo.estimation.systems.split_kernels import split_or_merge

WIDE = (0.8, 1.5, 3.0)  # of the gaps between logits when a class is split
JITTER = 0.4  # of the logarithm of the step, against trajectories that come back to their start


@njit(cache=True, nogil=True)
def advance(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: Floats,
    shares: Floats,
    scales: Floats,
    steps: Floats,
    tally: Floats,
    sweeps: int,
    trajectories: int,
    leaps: int,
    splits: int,
    unseen: Floats,
) -> None:
    """Move every particle by `sweeps` sweeps with their Metropolis moves, in place.

    Particles come first: `log_pi` (P, K), `log_in`, `log_out` (P, K, J), `alpha` (P,). `unseen`
    (P, D) takes the last D draws of n_0 that are `sweeps // D` sweeps apart. `shares` (T,),
    `scales` (T, B, S, S) and `steps` (T, B) are a `Metric`'s; `tally` (T, B, 2) gains trajectories
    and the sum of their chances. Each has at most `leaps` steps. `splits` pairs of classes are
    tried in each sweep.
    """
    particles, classes = log_pi.shape
    logs = np.empty((len(counts), classes))
    missed = np.empty(classes)
    held = np.zeros(classes, np.int64)
    captured = np.zeros(log_in.shape[1:], np.int64)
    every = max(sweeps // unseen.shape[1], 1)
    given_sticks = splits == 0  # how alpha is drawn: see `Effort.splits`
    for p in range(particles):
        for sweep in range(sweeps):
            if given_sticks:
                alpha[p], drawn = gibbs_sweep(
                    rng, counts, starts, members, prior, log_pi[p], log_in[p], log_out[p],
                    alpha[p], True, logs, missed,
                )  # fmt: skip
            else:
                fill_weights(starts, members, log_pi[p], log_in[p], log_out[p], logs, missed)
                drawn = allocate(rng, counts, starts, members, logs, missed, held, captured)
                alpha[p] = draw_alpha(rng, prior, held, alpha[p])
                redraw(rng, prior, held, captured, log_pi[p], log_in[p], log_out[p], alpha[p])
            for _ in range(trajectories):
                wander(
                    rng, counts, starts, members, prior, log_pi[p], log_in[p], log_out[p],
                    alpha[p], shares, scales, steps, tally, leaps,
                )  # fmt: skip
            swap_classes(rng, log_pi[p], log_in[p], log_out[p], alpha[p], classes)
            split_or_merge(
                rng, counts, starts, members, prior, log_pi[p], log_in[p], log_out[p], alpha[p],
                WIDE[int(rng.random() * len(WIDE))], splits,
            )  # fmt: skip
            place = (sweep + 1) // every - 1
            if place >= 0 and place < unseen.shape[1]:
                unseen[p, place] = drawn


@njit(cache=True, nogil=True)
def wander(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: float,
    shares: Floats,
    scales: Floats,
    steps: Floats,
    tally: Floats,
    leaps: int,
) -> None:
    """Make one trajectory of the classes above a share drawn from `shares`, in place."""
    t = int(rng.random() * len(shares))
    step = np.exp(JITTER * rng.standard_normal())
    length = 1 + int(rng.random() * leaps)
    log_mass = np.empty(len(log_pi))
    inside = choose_block(log_pi, log_in, log_out, shares[t], log_mass)
    many = len(inside)
    if many >= steps.shape[1] or steps[t, many] == 0.0:
        return
    chance = move_block(
        rng, counts, starts, members, prior, log_pi, log_in, log_out, alpha, inside, shares[t],
        log_mass, scales[t, many], step * steps[t, many], length,
    )  # fmt: skip
    if chance >= 0.0:
        tally[t, many, 0] += 1.0
        tally[t, many, 1] += chance


@njit(cache=True, nogil=True)
def describe_blocks(
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    share: float,
    most: int,
    sizes: Integers,
    points: Floats,
    information: Floats,
    added: Integers,
) -> None:
    """Fill the size of each particle's block (P,), its coordinates, and information by size.

    `points` is (P, S); `information` (B, S, S) adds up at most `most` particles of each size, and
    `added` (B,) counts them. A size of 0 stands for a block that is too large.
    """
    log_mass = np.empty(log_pi.shape[1])
    lists = log_in.shape[2]
    for p in range(len(log_pi)):
        inside = choose_block(log_pi[p], log_in[p], log_out[p], share, log_mass)
        sizes[p] = len(inside) if len(inside) < len(added) else 0
        if sizes[p] == 0:
            continue
        for r in range(len(inside)):
            points[p, r * (lists + 1)] = log_mass[inside[r]]
            for j in range(lists):
                points[p, r * (lists + 1) + 1 + j] = (
                    log_in[p, inside[r], j] - log_out[p, inside[r], j]
                )
        if added[len(inside)] < most:
            added[len(inside)] += 1
            add_information(
                counts, starts, members, prior, log_pi[p], log_in[p], log_out[p], inside,
                log_mass, information[len(inside)],
            )  # fmt: skip


@njit(cache=True, nogil=True)
def allocate_all(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    held: Integers,
    captured: Integers,
) -> None:
    """Draw the unseen and everybody's class for each particle: `held` (P, K), `captured`."""
    logs = np.empty((len(counts), log_pi.shape[1]))
    missed = np.empty(log_pi.shape[1])
    for p in range(len(log_pi)):
        fill_weights(starts, members, log_pi[p], log_in[p], log_out[p], logs, missed)
        allocate(rng, counts, starts, members, logs, missed, held[p], captured[p])


@njit(cache=True, nogil=True)
def redraw_all(
    rng: Generator,
    prior: Floats,
    held: Integers,
    captured: Integers,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: Floats,
) -> None:
    """Draw pi and lambda of each particle given everybody's class, in place."""
    for p in range(len(alpha)):
        redraw(rng, prior, held[p], captured[p], log_pi[p], log_in[p], log_out[p], alpha[p])


@njit(cache=True, nogil=True)
def log_likelihoods(
    counts: Integers,
    starts: Integers,
    members: Integers,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    out: Floats,
) -> None:
    """Fill `out` (P,) with the log likelihood of every particle."""
    logs = np.empty((len(counts), log_pi.shape[1]))
    missed = np.empty(log_pi.shape[1])
    for p in range(len(out)):
        fill_weights(starts, members, log_pi[p], log_in[p], log_out[p], logs, missed)
        out[p] = log_likelihood(counts, logs, missed)


@njit(cache=True, nogil=True)
def draw_prior(
    rng: Generator, prior: Floats, log_pi: Floats, log_in: Floats, log_out: Floats, alpha: Floats
) -> None:
    """Fill the particles with draws from the prior."""
    particles, classes = log_pi.shape
    lists = log_in.shape[2]
    for p in range(particles):
        alpha[p] = max(np.exp(log_gamma_draw(rng, prior[0])) / prior[1], SMALLEST)
        left = 0.0
        for k in range(classes):
            for j in range(lists):
                log_in[p, k, j], log_out[p, k, j] = split_log_beta(
                    rng, prior[2 + j], prior[2 + lists + j]
                )
            if k < classes - 1:
                taken, rest = split_log_beta(rng, 1.0, alpha[p])
                log_pi[p, k] = left + taken
                left += rest
        log_pi[p, classes - 1] = left
