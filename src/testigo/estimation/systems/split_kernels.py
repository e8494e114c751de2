"""Compiled moves that make two classes of one, or one of two.

Between one class and two that fit about alike Gibbs sweeps go some thousand steps: a new class
begins with one person and nothing known. Here a class with next to no share of a pair takes a part
of the other's people, with capture probabilities on both sides of the old ones, or gives all back
and draws its own from the prior (Richardson and Green 1997, Journal of the Royal Statistical
Society B 59, 731-792, with the number of classes fixed). People are not allocated meanwhile: what
counts is the likelihood without latent counts. Given alpha the posterior stays as it is.
"""

from __future__ import annotations

from math import lgamma

import numpy as np
from numba import njit

from testigo.estimation.systems.draw_kernels import Floats, Generator, Integers, split_log_beta
from testigo.estimation.systems.move_kernels import log_tails

TINY = 0.01  # of the pair's share: from there down a class is ready to take a part
LEAST_ALPHA = 1e-6  # below it shares have logarithms too large for their differences
HALF_LOG_TURN = 0.5 * np.log(2.0 * np.pi)


@njit(cache=True, nogil=True)
def log_norm(prior: Floats, lists: int) -> float:
    """Sum over the lists of -log Beta(u, v): what the prior of a class begins with."""
    total = 0.0
    for j in range(lists):
        held, missed = prior[2 + j], prior[2 + lists + j]
        total += lgamma(held + missed) - lgamma(held) - lgamma(missed)
    return total


@njit(cache=True, nogil=True)
def log_tiny(log_share: float, alpha: float) -> float:
    """Log density of a tiny share, TINY U^(1 / alpha): as the stick has it for its last part."""
    return float(np.log(alpha / TINY) + (alpha - 1.0) * (log_share - np.log(TINY)))


@njit(cache=True, nogil=True)
def fill_logit(logit: float, j: int, out: Floats, held: float, missed: float) -> float:
    """Write a logit as two logarithms; return its log prior density, up to the constant."""
    far = np.log1p(np.exp(-abs(logit)))
    out[0, j] = min(logit, 0.0) - far
    out[1, j] = min(-logit, 0.0) - far
    return float(held * out[0, j] + missed * out[1, j])


@njit(cache=True, nogil=True)
def split_logits(rng: Generator, prior: Floats, pair: Floats, part: float, wide: float) -> float:
    """Draw logits of both sides from those of the first; return the log ratio.

    `pair` is (2, 2, J): of each class log lambda, log(1 - lambda).
    """
    lists = pair.shape[2]
    gain = lists * (np.log(wide) + HALF_LOG_TURN)
    for j in range(lists):
        held, missed = prior[2 + j], prior[2 + lists + j]
        gain -= held * pair[0, 0, j] + missed * pair[0, 1, j]
        middle = pair[0, 0, j] - pair[0, 1, j]
        gap = rng.standard_normal()
        gain += 0.5 * gap**2
        gain += fill_logit(middle - part * wide * gap, j, pair[0], held, missed)
        gain += fill_logit(middle + (1.0 - part) * wide * gap, j, pair[1], held, missed)
    return float(gain)


@njit(cache=True, nogil=True)
def merge_logits(rng: Generator, prior: Floats, pair: Floats, part: float, wide: float) -> float:
    """Put the middle of both in the first, the prior in the second; return the log ratio."""
    lists = pair.shape[2]
    gain = -lists * (np.log(wide) + HALF_LOG_TURN)
    for j in range(lists):
        held, missed = prior[2 + j], prior[2 + lists + j]
        gain -= held * pair[0, 0, j] + missed * pair[0, 1, j]
        gain -= held * pair[1, 0, j] + missed * pair[1, 1, j]
        one, two = pair[0, 0, j] - pair[0, 1, j], pair[1, 0, j] - pair[1, 1, j]
        gain -= 0.5 * ((two - one) / wide) ** 2
        gain += fill_logit((1.0 - part) * one + part * two, j, pair[0], held, missed)
        pair[1, 0, j], pair[1, 1, j] = split_log_beta(rng, held, missed)
    return float(gain)


@njit(cache=True, nogil=True)
def propose(
    rng: Generator,
    prior: Floats,
    alpha: float,
    pair: Floats,
    log_share: float,
    wide: float,
    log_room: float,
) -> tuple[float, float]:
    """Split or merge `pair`, in place; return the second's new log share, and the log ratio."""
    if log_share < np.log(TINY):
        part = TINY + (1.0 - 2.0 * TINY) * rng.random()
        gain = split_logits(rng, prior, pair, part, wide)
        return float(np.log(part)), gain + log_tiny(log_share, alpha) + log_room
    gain = merge_logits(rng, prior, pair, np.exp(log_share), wide)
    log_part = float(np.log(TINY) + np.log(1.0 - rng.random()) / alpha)
    return log_part, gain - log_tiny(log_part, alpha) - log_room


@njit(cache=True, nogil=True)
def draw_pair(rng: Generator, log_pi: Floats) -> tuple[int, int]:
    """Draw a class by its share, and any other."""
    aim = rng.random()
    one = 0
    upto = np.exp(log_pi[0])
    while upto < aim and one < len(log_pi) - 1:
        one += 1
        upto += np.exp(log_pi[one])
    two = (one + 1 + int(rng.random() * (len(log_pi) - 1))) % len(log_pi)
    return one, two


@njit(cache=True, nogil=True)
def fill_parts(
    starts: Integers, members: Integers, log_pi: float, log_in: Floats, log_out: Floats, out: Floats
) -> None:
    """Fill `out` (M + 1,) with what one class gives each pattern, and no list at the end."""
    base = log_pi + log_out.sum()
    for m in range(len(out) - 1):
        value = base
        for at in range(starts[m], starts[m + 1]):
            value += log_in[members[at]] - log_out[members[at]]
        out[m] = np.exp(value)
    out[-1] = np.exp(base)


@njit(cache=True, nogil=True)
def log_likelihood_of(counts: Integers, parts: Floats) -> float:
    """Return the log likelihood from `parts` (K, M + 1), N integrated out under 1/N."""
    classes = len(parts)
    value = 0.0
    people = 0
    for m in range(len(counts)):
        if counts[m] > 0:
            whole = 0.0
            for k in range(classes):
                whole += parts[k, m]
            value += counts[m] * np.log(whole)
            people += counts[m]
    unseen = parts[:, -1].sum()
    if unseen >= 1.0:
        return -np.inf
    return float(value - people * np.log1p(-unseen))


@njit(cache=True, nogil=True)
def try_pair(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    log_pi: Floats,
    alpha: float,
    pair: tuple[int, int],
    new: Floats,
    log_part: float,
    parts: Floats,
    kept_parts: Floats,
    gain: float,
    before: float,
) -> float:
    """Swap a pair in, and undo it if it is not taken; return its log density, or not a number.

    `log_pi` and `parts` (K, M + 1) change in place; `kept_parts` (2, M + 1) is room.
    """
    one, two = pair
    first, second = log_pi[one], log_pi[two]
    both = np.logaddexp(first, second)
    log_pi[one] = both + np.log1p(-np.exp(log_part))
    log_pi[two] = both + log_part
    gain += log_pi[one] - first  # how likely the first of the pair is to be drawn
    for side in range(2):
        k = pair[side]
        kept_parts[side] = parts[k]
        fill_parts(starts, members, log_pi[k], new[side, 0], new[side, 1], parts[k])
    after = log_likelihood_of(counts, parts)
    after += (alpha - 1.0) * log_pi[-1] - log_tails(log_pi)
    if np.log(1.0 - rng.random()) < gain + after - before:
        return float(after)
    log_pi[one], log_pi[two] = first, second
    for side in range(2):
        parts[pair[side]] = kept_parts[side]
    return np.nan


@njit(cache=True, nogil=True)
def split_or_merge(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: float,
    wide: float,
    times: int,
) -> int:
    """Try `times` pairs, in place; return how many were taken."""
    classes, lists = log_in.shape
    if classes < 2 or alpha < LEAST_ALPHA:
        return 0
    taken = 0
    parts = np.empty((classes, len(counts) + 1))
    for k in range(classes):
        fill_parts(starts, members, log_pi[k], log_in[k], log_out[k], parts[k])
    before = log_likelihood_of(counts, parts)
    before += (alpha - 1.0) * log_pi[-1] - log_tails(log_pi)
    new = np.empty((2, 2, lists))
    kept_parts = np.empty((2, len(counts) + 1))
    log_room = log_norm(prior, lists) + np.log1p(-2.0 * TINY)
    for _ in range(times):
        pair = draw_pair(rng, log_pi)
        one, two = pair
        log_share = log_pi[two] - np.logaddexp(log_pi[one], log_pi[two])
        if log_share > np.log1p(-TINY):
            continue
        for side in range(2):
            new[side, 0], new[side, 1] = log_in[pair[side]], log_out[pair[side]]
        log_part, gain = propose(rng, prior, alpha, new, log_share, wide, log_room)
        after = try_pair(
            rng, counts, starts, members, log_pi, alpha, pair, new, log_part, parts, kept_parts,
            gain, before,
        )  # fmt: skip
        if np.isnan(after):
            continue
        before = after
        taken += 1
        for side in range(2):
            log_in[pair[side]], log_out[pair[side]] = new[side, 0], new[side, 1]
    return taken
