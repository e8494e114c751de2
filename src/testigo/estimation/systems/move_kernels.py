"""Compiled Metropolis moves on the likelihood without latent counts.

The Gibbs sweep walks in steps of the size of one counting error in the unseen, and rarely lets two
classes change places in the stick-breaking order. Three kinds of move mend that; each leaves the
posterior of (pi, lambda) given alpha as it is:

* *scale*: all capture odds of a class times one factor, its observed mass kept. The factor's width
  and the choice of class depend on observed masses only, which the move keeps, so it is symmetric;
* *difference*: the largest classes together move along the difference of two remembered states,
  classes matched by rank of observed mass (ter Braak 2006, Statistics and Computing 16, 239-249).
  A move that would change a rank is refused, so it is symmetric;
* *swap*: two classes change places, which the likelihood does not see.

Moves are made in the coordinates (log pi up to a constant, logit lambda); log pi_k is sheared so
that the observed mass of class k, pi_k (1 - prod_j (1 - lambda_jk)), moves as wanted. A shear has
Jacobian 1.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from testigo.estimation.systems.kernels import Floats, Generator, Integers, fill_weights

NARROWEST = 0.3  # of a scale move, in units of a rough standard deviation
WIDEST = 12.0
PRIOR_WEIGHT = 0.3  # curvature of a logistic prior in one logit
GENERAL = 2.38  # Roberts and Rosenthal's scale of a random walk, over the root of the dimension


@njit(cache=True, nogil=True)
def log_tails(log_pi: Floats) -> float:
    """Sum of log(pi_k + ... + pi_K) over k = 2 .. K-1: the stick-breaking prior's denominator."""
    total = 0.0
    tail = np.exp(log_pi[-1])
    for k in range(len(log_pi) - 2, 0, -1):
        tail += np.exp(log_pi[k])
        total += np.log(tail)
    return total


@njit(cache=True, nogil=True)
def log_observed(log_out_sum: float) -> float:
    """Return log(1 - exp(log_out_sum)): the share of a class that some list holds."""
    return float(np.log(-np.expm1(min(log_out_sum, -1e-300))))


@njit(cache=True, nogil=True)
def swap_classes(
    rng: Generator, log_pi: Floats, log_in: Floats, log_out: Floats, alpha: float, times: int
) -> None:
    """Let pairs of classes change places."""
    classes, lists = log_in.shape
    if classes < 2:
        return
    before = log_tails(log_pi)
    for _ in range(times):
        x = int(rng.random() * classes)
        y = (x + 1 + int(rng.random() * (classes - 1))) % classes
        last = log_pi[-1]
        log_pi[x], log_pi[y] = log_pi[y], log_pi[x]
        after = log_tails(log_pi)
        gain = (alpha - 1.0) * (log_pi[-1] - last) - after + before
        if np.log(1.0 - rng.random()) < gain:
            before = after
            for j in range(lists):
                log_in[x, j], log_in[y, j] = log_in[y, j], log_in[x, j]
                log_out[x, j], log_out[y, j] = log_out[y, j], log_out[x, j]
        else:
            log_pi[x], log_pi[y] = log_pi[y], log_pi[x]


@njit(cache=True, nogil=True)
def shift_class(
    k: int,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    missed: Floats,
    step: Floats,
    mass_step: float,
    new_in: Floats,
    new_out: Floats,
    column: Floats,
) -> tuple[float, float, float]:
    """Propose class k with its logits moved by `step` and its log observed mass by `mass_step`.

    Fills `new_in`, `new_out` (J,) and `column` (M,), the class's part of each pattern. Returns the
    new log pi_k (not normalised), the new log of its unseen mass, and the gain in log prior.
    """
    gain = 0.0
    base = 0.0
    lists = log_in.shape[1]
    for j in range(lists):
        logit = log_in[k, j] - log_out[k, j] + step[j]
        if logit > 0.0:
            new_in[j] = -np.log1p(np.exp(-logit))
            new_out[j] = new_in[j] - logit
        else:
            new_out[j] = -np.log1p(np.exp(logit))
            new_in[j] = new_out[j] + logit
        base += new_out[j]
        gain += prior[2 + j] * (new_in[j] - log_in[k, j]) + prior[2 + lists + j] * (
            new_out[j] - log_out[k, j]
        )
    mass = log_pi[k] + mass_step + log_observed(missed[k] - log_pi[k]) - log_observed(base)
    for m in range(len(column)):
        value = mass + base
        for at in range(starts[m], starts[m + 1]):
            value += new_in[members[at]] - new_out[members[at]]
        column[m] = np.exp(value)
    return mass, mass + base, gain


@njit(cache=True, nogil=True)
def pick_class(rng: Generator, observed: Floats, total: float) -> int:
    """Draw a class with probability proportional to its observed mass."""
    aim = rng.random() * total
    k = 0
    upto = observed[0]
    while upto < aim and k < len(observed) - 1:
        k += 1
        upto += observed[k]
    return k


@njit(cache=True, nogil=True)
def ranks_stay(observed: Floats, moved: Integers, many: int, first: int) -> bool:
    """Say whether the moved classes still have ranks `first`, `first` + 1, ... by mass."""
    for r in range(many):
        above = 0
        for h in range(len(observed)):
            if observed[h] > observed[moved[r]]:
                above += 1
        if above != first + r:
            return False
    return True


@njit(cache=True, nogil=True)
def metropolis(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: float,
    scales: int,
    differences: int,
    archive_mass: Floats,
    archive_logit: Floats,
    logs: Floats,
    missed: Floats,
) -> int:
    """Make `scales` scale moves and `differences` difference moves in place; return the accepted.

    `archive_mass` (A, R) and `archive_logit` (A, R, J) are the remembered states, by rank.
    """
    classes, lists = log_in.shape
    patterns = len(counts)
    remembered, ranks = archive_mass.shape
    people = counts.sum()
    fill_weights(starts, members, log_pi, log_in, log_out, logs, missed)
    parts = np.exp(logs)
    whole = np.empty(patterns)
    for m in range(patterns):
        whole[m] = parts[m].sum()
    observed = np.empty(classes)
    for k in range(classes):
        observed[k] = np.exp(log_pi[k] + log_observed(missed[k] - log_pi[k]))
    new_pi = log_pi.copy()
    new_missed = missed.copy()
    new_observed = observed.copy()
    moved = np.empty(max(ranks, 1), np.int64)
    new_in = np.empty((max(ranks, 1), lists))
    new_out = np.empty((max(ranks, 1), lists))
    columns = np.empty((max(ranks, 1), patterns))
    step = np.empty(lists)
    tails = log_tails(log_pi)
    accepted = 0
    for turn in range(scales + differences):
        total = observed.sum()
        gain = 0.0
        many = 1
        first = 0
        one = two = 0
        stretch = 0.0
        if turn < scales:
            k = pick_class(rng, observed, total)
            moved[0] = k
            width = NARROWEST * np.exp(rng.random() * np.log(WIDEST / NARROWEST))
            step[:] = (
                width * rng.standard_normal() / np.sqrt(PRIOR_WEIGHT + people * observed[k] / total)
            )
        else:
            many = 1 + int(rng.random() * ranks)
            first = int(rng.random() * (ranks - many + 1))
            one = int(rng.random() * remembered)
            two = (one + 1 + int(rng.random() * (remembered - 1))) % remembered
            stretch = (
                GENERAL / np.sqrt(2.0 * many * (lists + 1)) * np.exp(0.7 * rng.standard_normal())
            )
            order = np.argsort(-observed)
            for r in range(many):
                moved[r] = order[first + r]
        for r in range(many):
            k = moved[r]
            mass_step = 0.0
            if turn >= scales:
                mass_step = stretch * (archive_mass[one, first + r] - archive_mass[two, first + r])
                for j in range(lists):
                    step[j] = stretch * (
                        archive_logit[one, first + r, j] - archive_logit[two, first + r, j]
                    )
            new_pi[k], new_missed[k], more = shift_class(
                k,
                starts,
                members,
                prior,
                log_pi,
                log_in,
                log_out,
                missed,
                step,
                mass_step,
                new_in[r],
                new_out[r],
                columns[r],
            )
            new_observed[k] = observed[k] * np.exp(mass_step)
            gain += more
        kept = True
        if turn >= scales:
            kept = ranks_stay(new_observed, moved, many, first)
        sum_before = log_pi.sum()
        scale = 0.0
        if kept:
            for k in range(classes):
                scale += np.exp(new_pi[k])
            scale = np.log(scale)
            for k in range(classes):
                new_pi[k] -= scale
            new_tails = log_tails(new_pi)
            gain += (alpha - 1.0) * (new_pi[-1] - log_pi[-1]) - new_tails + tails
            gain += new_pi.sum() - sum_before
            gain -= people * np.log(new_observed.sum() / total)
            for m in range(patterns):
                if counts[m] == 0:
                    continue
                value = whole[m]
                for r in range(many):
                    value += columns[r, m] - parts[m, moved[r]]
                gain += counts[m] * np.log(value / whole[m]) if value > 0.0 else -np.inf
            kept = np.log(1.0 - rng.random()) < gain
        if kept:
            accepted += 1
            shrink = np.exp(-scale)
            for r in range(many):
                k = moved[r]
                log_in[k] = new_in[r]
                log_out[k] = new_out[r]
                parts[:, k] = columns[r]
            for m in range(patterns):
                whole[m] = 0.0
                for k in range(classes):
                    parts[m, k] *= shrink
                    whole[m] += parts[m, k]
            for k in range(classes):
                log_pi[k] = new_pi[k]
                missed[k] = new_missed[k] - scale
                new_missed[k] = missed[k]
                observed[k] = new_observed[k] * shrink
                new_observed[k] = observed[k]
            tails = new_tails
        else:
            for k in range(classes):
                new_pi[k] = log_pi[k]
                new_missed[k] = missed[k]
                new_observed[k] = observed[k]
    return accepted
