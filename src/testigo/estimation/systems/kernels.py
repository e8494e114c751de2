"""Compiled loops of the latent class model.

All randomness comes from the generator that is handed in. Natural logarithms throughout. Lists are
j, latent classes k, observed patterns m. One state is `log_pi` (K,), `log_in` and `log_out` (K, J),
the logarithms of the probability that list j holds, or misses, somebody of class k, and `alpha`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Generator = np.random.Generator

SMALLEST = 1e-300
LARGEST_UNSEEN = 1e15  # beyond it integers are no longer exact


@njit(cache=True, nogil=True)
def log_gamma_draw(rng: Generator, shape: float) -> float:
    """Logarithm of a gamma draw; exact where the draw itself would underflow."""
    if shape >= 1.0:
        return float(np.log(rng.standard_gamma(shape)))
    return float(np.log(rng.standard_gamma(shape + 1.0)) + np.log(1.0 - rng.random()) / shape)


@njit(cache=True, nogil=True)
def split_log_beta(rng: Generator, a: float, b: float) -> tuple[float, float]:
    """Logarithms of a beta draw and of its complement."""
    x = log_gamma_draw(rng, a)
    y = log_gamma_draw(rng, b)
    top = max(x, y)
    total = top + np.log1p(np.exp(min(x, y) - top))
    return x - total, y - total


@njit(cache=True, nogil=True)
def spread(rng: Generator, people: int, weights: Floats, out: Integers) -> None:
    """Add a multinomial draw to `out`; the weights need not add up to one."""
    rest = weights.sum()
    left = people
    if people == 1:  # one draw; most patterns of many lists hold one person
        aim = rng.random() * rest
        k = 0
        upto = weights[0]
        while upto < aim and k < len(weights) - 1:
            k += 1
            upto += weights[k]
        out[k] += 1
        return
    last = len(weights) - 1
    for k in range(last):
        if left == 0:
            return
        w = weights[k]
        if w <= 0.0:
            continue
        share = w / rest
        taken = left if share >= 1.0 else rng.binomial(left, share)
        out[k] += taken
        left -= taken
        rest -= w
        if rest <= 0.0:
            rest = 0.0
            break
    if left == 0:
        return
    if rest > 0.0 and weights[last] > 0.0:
        out[last] += left
    else:  # rounding ate the tail: give it to the heaviest
        out[np.argmax(weights)] += left


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

    `prior` holds a, b of alpha ~ Gamma(a, rate b) and u, v of lambda ~ Beta(u, v). With `free`
    false alpha stays. Returns alpha and the n_0 that was drawn.
    """
    classes, lists = log_in.shape
    fill_weights(starts, members, log_pi, log_in, log_out, logs, missed)
    held = np.zeros(classes, np.int64)
    unseen = draw_unseen(rng, counts.sum(), missed, held)
    captured = np.zeros((classes, lists), np.int64)
    one = np.zeros(classes, np.int64)
    for m in range(len(counts)):
        if counts[m] == 0:
            continue
        one[:] = 0
        spread(rng, counts[m], np.exp(logs[m] - logs[m].max()), one)
        for k in range(classes):
            if one[k] > 0:
                held[k] += one[k]
                for at in range(starts[m], starts[m + 1]):
                    captured[k, members[at]] += one[k]
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
    if free:
        alpha = max(rng.standard_gamma(prior[0] + classes - 1.0) / (prior[1] - left), SMALLEST)
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
