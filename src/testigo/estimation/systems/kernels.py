"""Compiled loops of the latent class model.

All randomness comes from the generator that is handed in. Natural logarithms throughout. Lists are
j, latent classes k, observed patterns m. One state is `log_pi` (K,), `log_in` and `log_out` (K, J),
the logarithms of the probability that list j holds, or misses, somebody of class k, and `alpha`.
"""

from __future__ import annotations

from math import lgamma

import numpy as np
from numba import njit

from testigo.estimation.systems.draw_kernels import (
    SMALLEST,
    Floats,
    Generator,
    Integers,
    split_log_beta,
    spread,
)

LARGEST_UNSEEN = 1e15  # beyond it integers are no longer exact
SLICE = 5.0  # of log alpha, whose law is some units wide
LEAST_LOG = -650.0  # exp of it is a normal number still


@njit(cache=True, nogil=True)
def fill_weights(
    starts: Integers,
    members: Integers,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    logs: Floats,
    missed: Floats,
) -> None:
    """Fill `logs` (M, K) with log pi_k + log P(pattern m | k), and `missed` (K,) for no list.

    `members[starts[m]:starts[m + 1]]` are the lists that hold pattern m: most people are on few of
    many lists, so only these are walked through.
    """
    classes, lists = log_in.shape
    for k in range(classes):
        base = log_pi[k]
        for j in range(lists):
            base += log_out[k, j]
        missed[k] = base
        for m in range(len(starts) - 1):
            value = base
            for at in range(starts[m], starts[m + 1]):
                j = members[at]
                value += log_in[k, j] - log_out[k, j]
            logs[m, k] = value


@njit(cache=True, nogil=True)
def log_likelihood(counts: Integers, logs: Floats, missed: Floats) -> float:
    """Return sum_m n_m log p_m - n log(1 - p_0), N integrated out under 1/N."""
    total = 0.0
    people = 0
    classes = len(missed)
    for m in range(len(counts)):
        if counts[m] == 0:
            continue
        top = logs[m, 0]
        for k in range(1, classes):
            top = max(top, logs[m, k])
        inside = 0.0
        for k in range(classes):
            inside += np.exp(logs[m, k] - top)
        total += counts[m] * (top + np.log(inside))
        people += counts[m]
    unseen = 0.0
    for k in range(classes):
        unseen += np.exp(missed[k])
    if unseen >= 1.0:
        return -np.inf
    return float(total - people * np.log1p(-unseen))


@njit(cache=True, nogil=True)
def draw_unseen(rng: Generator, people: int, missed: Floats, in_class: Integers) -> int:
    """Draw n_0 from its negative binomial and spread it over the classes (`in_class` is filled)."""
    in_class[:] = 0
    if people == 0:
        return 0
    top = missed.max()
    weights = np.exp(missed - top)
    p0 = np.exp(top) * weights.sum()
    mean = rng.standard_gamma(float(people)) * p0 / max(1.0 - p0, SMALLEST)
    unseen = int(rng.poisson(min(mean, LARGEST_UNSEEN)))
    spread(rng, unseen, weights, in_class)
    return unseen


@njit(cache=True, nogil=True)
def allocate(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    logs: Floats,
    missed: Floats,
    held: Integers,
    captured: Integers,
) -> int:
    """Draw the unseen and everybody's class; return n_0.

    Fills `held` (K,), people of each class, the unseen among them, and `captured` (K, J), how many
    of them each list holds. `logs` and `missed` come from `fill_weights`.
    """
    unseen = draw_unseen(rng, counts.sum(), missed, held)
    captured[:] = 0
    one = np.zeros(len(held), np.int64)
    weights = np.empty(len(held))
    for m in range(len(counts)):
        if counts[m] == 0:
            continue
        one[:] = 0
        top = logs[m].max()
        for k in range(len(held)):
            weights[k] = np.exp(logs[m, k] - top)
        spread(rng, counts[m], weights, one)
        for k in range(len(held)):
            if one[k] > 0:
                held[k] += one[k]
                for at in range(starts[m], starts[m + 1]):
                    captured[k, members[at]] += one[k]
    return unseen


@njit(cache=True, nogil=True)
def redraw(
    rng: Generator,
    prior: Floats,
    held: Integers,
    captured: Integers,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: float,
) -> None:
    """Draw pi and lambda given everybody's class, in place."""
    classes, lists = log_in.shape
    tail = held.sum()
    left = 0.0
    for k in range(classes):
        for j in range(lists):
            log_in[k, j], log_out[k, j] = split_log_beta(
                rng, prior[2 + j] + captured[k, j], prior[2 + lists + j] + held[k] - captured[k, j]
            )
        if k < classes - 1:
            tail -= held[k]
            taken, rest = split_log_beta(rng, 1.0 + held[k], alpha + tail)
            log_pi[k] = left + taken
            left += rest
    log_pi[classes - 1] = left


@njit(cache=True, nogil=True)
def log_alpha_density(log_alpha: float, prior: Floats, held: Integers) -> float:
    """Log density of log alpha given everybody's class, the stick integrated out.

    The sum over k of log alpha + log Beta(1 + held_k, alpha + tail_k), where most gammas cancel.
    """
    alpha = np.exp(log_alpha)
    tail = held.sum()
    value = prior[0] * log_alpha - prior[1] * alpha
    if tail == 0 or len(held) == 1:
        return float(value)
    value -= lgamma(alpha + tail)
    for k in range(len(held) - 1):
        if tail == 0:
            break
        value += log_alpha - np.log(alpha + tail)
        tail -= held[k]
    return float(value + lgamma(alpha + tail))


@njit(cache=True, nogil=True)
def draw_alpha(rng: Generator, prior: Floats, held: Integers, alpha: float) -> float:
    """Draw alpha given everybody's class by a slice (Neal 2003, Annals of Statistics 31, 705)."""
    now = np.log(alpha)
    level = log_alpha_density(now, prior, held) + np.log(1.0 - rng.random())
    low = now - SLICE * rng.random()
    high = low + SLICE
    while low > LEAST_LOG and log_alpha_density(low, prior, held) > level:
        low -= SLICE
    while log_alpha_density(high, prior, held) > level:
        high += SLICE
    while True:
        new = low + (high - low) * rng.random()
        if log_alpha_density(new, prior, held) > level:
            return float(max(np.exp(new), SMALLEST))
        if new < now:
            low = new
        else:
            high = new


@njit(cache=True, nogil=True)
def gibbs_sweep(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: float,
    free: bool,
    logs: Floats,
    missed: Floats,
) -> tuple[float, int]:
    """One sweep of Manrique-Vallier's sampler over the tabulated patterns, in place.

    `prior` holds a, b of alpha ~ Gamma(a, rate b) and u, v of lambda ~ Beta(u, v), u of each list
    before v of each list. With `free` false alpha stays. Returns alpha and the n_0 that was drawn.
    """
    classes, lists = log_in.shape
    held = np.zeros(classes, np.int64)
    captured = np.zeros((classes, lists), np.int64)
    fill_weights(starts, members, log_pi, log_in, log_out, logs, missed)
    unseen = allocate(rng, counts, starts, members, logs, missed, held, captured)
    redraw(rng, prior, held, captured, log_pi, log_in, log_out, alpha)
    if free:
        rate = prior[1] - log_pi[classes - 1]
        alpha = max(rng.standard_gamma(prior[0] + classes - 1.0) / rate, SMALLEST)
    return alpha, unseen


@njit(cache=True, nogil=True)
def gibbs_chain(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: float,
    most: float,
    warm_up: int,
    thinning: int,
    unseen: Integers,
) -> float:
    """Run one chain in place: `warm_up` sweeps with alpha held, then one draw each `thinning`.

    A draw of n_0 above `most` is made again with its sweep, which is how a prior with an end is
    sampled. Returns alpha.
    """
    classes = len(log_pi)
    logs = np.empty((len(counts), classes))
    missed = np.empty(classes)
    kept_pi = log_pi.copy()
    kept_in = log_in.copy()
    kept_out = log_out.copy()
    for sweep in range(warm_up + thinning * len(unseen)):
        kept_pi[:] = log_pi
        kept_in[:] = log_in
        kept_out[:] = log_out
        before = alpha
        while True:
            alpha, drawn = gibbs_sweep(
                rng,
                counts,
                starts,
                members,
                prior,
                log_pi,
                log_in,
                log_out,
                before,
                sweep >= warm_up,
                logs,
                missed,
            )
            if drawn <= most:
                break
            log_pi[:] = kept_pi
            log_in[:] = kept_in
            log_out[:] = kept_out
        if sweep == warm_up - 1:
            order = np.argsort(-log_pi)
            log_pi[:] = log_pi[order].copy()
            log_in[:] = log_in[order].copy()
            log_out[:] = log_out[order].copy()
        if sweep >= warm_up and (sweep - warm_up + 1) % thinning == 0:
            unseen[(sweep - warm_up) // thinning] = drawn
    return alpha
