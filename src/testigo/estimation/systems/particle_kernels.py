"""Compiled loops over a population of particles.

Arrays have the particle first: `log_pi` (P, K), `log_in` and `log_out` (P, K, J), `alpha` (P,).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from testigo.estimation.systems.kernels import (
    SMALLEST,
    Floats,
    Generator,
    Integers,
    fill_weights,
    gibbs_sweep,
    log_gamma_draw,
    log_likelihood,
    split_log_beta,
)
from testigo.estimation.systems.move_kernels import log_observed, metropolis, swap_classes


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
    archive_mass: Floats,
    archive_logit: Floats,
    sweeps: int,
    scales: int,
    differences: int,
    swaps: int,
    unseen: Floats,
) -> int:
    """Move every particle by `sweeps` sweeps with their Metropolis moves, in place.

    Particles come first: `log_pi` (P, K), `log_in`, `log_out` (P, K, J), `alpha` (P,). `unseen`
    (P, D) takes the last D draws of n_0 that are `sweeps // D` sweeps apart. Returns the number of
    accepted Metropolis moves.
    """
    particles, classes = log_pi.shape
    logs = np.empty((len(counts), classes))
    missed = np.empty(classes)
    every = max(sweeps // unseen.shape[1], 1)
    accepted = 0
    for p in range(particles):
        for sweep in range(sweeps):
            alpha[p], drawn = gibbs_sweep(
                rng,
                counts,
                starts,
                members,
                prior,
                log_pi[p],
                log_in[p],
                log_out[p],
                alpha[p],
                True,
                logs,
                missed,
            )
            accepted += metropolis(
                rng,
                counts,
                starts,
                members,
                prior,
                log_pi[p],
                log_in[p],
                log_out[p],
                alpha[p],
                scales,
                differences,
                archive_mass,
                archive_logit,
                logs,
                missed,
            )
            swap_classes(rng, log_pi[p], log_in[p], log_out[p], alpha[p], swaps)
            place = (sweep + 1) // every - 1
            if place >= 0 and place < unseen.shape[1]:
                unseen[p, place] = drawn
    return accepted


@njit(cache=True, nogil=True)
def remember(
    log_pi: Floats, log_in: Floats, log_out: Floats, archive_mass: Floats, archive_logit: Floats
) -> None:
    """Fill the archive of difference moves with the present particles, classes by rank."""
    particles, classes = log_pi.shape
    lists = log_in.shape[2]
    ranks = archive_mass.shape[1]
    mass = np.empty(classes)
    for p in range(particles):
        for k in range(classes):
            mass[k] = log_pi[p, k] + log_observed(log_out[p, k].sum())
        order = np.argsort(-mass)
        for r in range(ranks):
            k = order[r]
            archive_mass[p, r] = mass[k]
            for j in range(lists):
                archive_logit[p, r, j] = log_in[p, k, j] - log_out[p, k, j]


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
