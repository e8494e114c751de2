"""Compiled posterior of a block of classes, its slope, and how sharply it falls.

A block is some classes R of K, the others standing still. Its coordinates x are, class by class,
the log observed mass log pi_k + log(1 - q_k), with q_k = prod_j (1 - lambda_jk), up to a constant
that all classes share, and logit lambda_jk of the J lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from testigo.estimation.systems.draw_kernels import Floats, Integers

STEEPEST = 500.0  # logits beyond it are certain
FAST = {"contract", "arcp", "reassoc"}  # sums in any order; infinities and NaN stay what they are
MASS_CURVATURE = 0.3  # of the prior in a log mass: only that no direction is quite flat
TAIL_CURVATURE = 0.1  # of that of the prior at its mode, for logits far out in its tail


@njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST)
def fill_block(
    starts: Integers,
    members: Integers,
    prior: Floats,
    x: Floats,
    inside: Integers,
    rest: Floats,
    sticks: Floats,
    chances: Floats,
    unseen_odds: Floats,
    parts: Floats,
    whole: Floats,
    slope: Floats,
) -> tuple[float, float]:
    """Unfold the coordinates `x` (R (J + 1),) of a block of R classes.

    Fills `sticks` (K,) log pi where the block stands, `chances` (R, J) lambda, `unseen_odds` (R,)
    q / (1 - q), `parts` (R, M) and `whole` (M,) probabilities of patterns, and the prior's part of
    `slope`. Returns the log prior of lambda and the block's observed mass.
    """
    many, lists = chances.shape
    odds = np.empty(lists)
    value = 0.0
    total = 0.0
    whole[:] = rest
    for r in range(many):
        at = r * (lists + 1)
        log_missed = 0.0
        for j in range(lists):
            logit = x[at + 1 + j]
            odds[j] = np.exp(min(logit, STEEPEST))
            log_one = np.log1p(odds[j])
            chance = odds[j] / (1.0 + odds[j])
            chances[r, j] = chance
            log_missed -= log_one
            held, missed = prior[2 + j], prior[2 + lists + j]
            value += held * (logit - log_one) - missed * log_one
            slope[at + 1 + j] = held - (held + missed) * chance
        captured = max(-np.expm1(log_missed), 1e-300)
        unseen_odds[r] = np.exp(log_missed) / captured
        mass = np.exp(x[at])
        total += mass
        sticks[inside[r]] = x[at] - np.log(captured)
        for m in range(len(whole)):
            part = mass * unseen_odds[r]
            for i in range(starts[m], starts[m + 1]):
                part *= odds[members[i]]
            parts[r, m] = part
            whole[m] += part
    return value, total


@njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST)
def stick_prior(sticks: Floats, alpha: float, slope: Floats) -> float:
    """Return the log prior of log pi up to a constant all share; fill its `slope` (K,)."""
    classes = len(sticks)
    tail = 0.0
    value = (alpha - 1.0) * sticks[-1]
    for k in range(classes - 1, -1, -1):
        tail += np.exp(sticks[k])
        slope[k] = tail
        value += sticks[k]
        if 0 < k < classes - 1:
            value -= np.log(tail)
    value -= (alpha + 1.0) * np.log(tail)
    weight = (alpha + 1.0) / tail
    for k in range(classes):
        if 0 < k < classes - 1:
            weight += 1.0 / slope[k]
        slope[k] = 1.0 - np.exp(sticks[k]) * weight
    slope[-1] += alpha - 1.0
    return float(value)


@njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST)
def log_density(
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    alpha: float,
    x: Floats,
    inside: Integers,
    rest: Floats,
    rest_mass: float,
    sticks: Floats,
    chances: Floats,
    slope: Floats,
    whole_value: bool,
) -> float:
    """Return the log posterior of a block up to a constant; fill its `slope` (R (J + 1),).

    Without `whole_value` only the slope is right, which saves a logarithm for each pattern.
    """
    many, lists = chances.shape
    patterns = len(counts)
    unseen_odds = np.empty(many)
    parts = np.empty((many, patterns))
    whole = np.empty(patterns)
    stick_slope = np.empty(len(sticks))
    value, mass = fill_block(
        starts, members, prior, x, inside, rest, sticks, chances, unseen_odds, parts, whole, slope
    )
    value += stick_prior(sticks, alpha, stick_slope)
    mass += rest_mass
    people = 0.0
    for m in range(patterns):
        people += counts[m]
        if counts[m] > 0:
            if whole_value:
                value += counts[m] * np.log(whole[m])
            whole[m] = counts[m] / whole[m]
        else:
            whole[m] = 0.0
    value -= people * np.log(mass)
    for r in range(many):
        at = r * (lists + 1)
        found = 0.0
        for m in range(patterns):
            part = whole[m] * parts[r, m]
            found += part
            for i in range(starts[m], starts[m + 1]):
                slope[at + 1 + members[i]] += part
        pull = stick_slope[inside[r]]
        slope[at] = found - people * np.exp(x[at]) / mass + pull
        back = found + (found + pull) * unseen_odds[r]
        for j in range(lists):
            slope[at + 1 + j] -= chances[r, j] * back
    return float(value)


@njit(cache=True, nogil=True, error_model="numpy")
def add_information(
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    inside: Integers,
    log_mass: Floats,
    out: Floats,
) -> None:
    """Add the information of a block at one state to the lower triangle of `out`.

    Outer products of the scores of the observed patterns, and on the diagonal what patterns that
    nobody has yet would tell: with many lists these are most.
    """
    many, lists = len(inside), log_in.shape[1]
    people = counts.sum()
    total = np.exp(log_mass).sum()
    logs = np.empty(len(log_pi))
    score = np.empty(many * (lists + 1))
    seen = np.zeros((many, lists))
    for m in range(len(counts)):
        whole = 0.0
        for k in range(len(log_pi)):
            logs[k] = log_pi[k] + log_out[k].sum()
            for at in range(starts[m], starts[m + 1]):
                logs[k] += log_in[k, members[at]] - log_out[k, members[at]]
            whole += np.exp(logs[k])
        for r in range(many):
            k = inside[r]
            share = np.exp(logs[k]) / whole
            score[r * (lists + 1)] = share - np.exp(log_mass[k]) / total
            captured = np.exp(log_mass[k] - log_pi[k])
            for j in range(lists):
                score[r * (lists + 1) + 1 + j] = -share * np.exp(log_in[k, j]) / captured
            for at in range(starts[m], starts[m + 1]):
                score[r * (lists + 1) + 1 + members[at]] += share
                seen[r, members[at]] += np.exp(logs[k])
        for i in range(len(score)):
            for j in range(i + 1):
                out[i, j] += counts[m] * score[i] * score[j]
    for r in range(many):
        k = inside[r]
        at = r * (lists + 1)
        out[at, at] += MASS_CURVATURE
        for j in range(lists):
            held, missed = prior[2 + j], prior[2 + lists + j]
            new = max(np.exp(log_pi[k] + log_in[k, j]) - seen[r, j], 0.0)
            fall = people * new / total * np.exp(2.0 * log_out[k, j])
            fall += (held + missed) * np.exp(log_in[k, j] + log_out[k, j])
            fall += TAIL_CURVATURE * held * missed / (held + missed)
            out[at + 1 + j, at + 1 + j] += fall


@njit(cache=True, nogil=True, error_model="numpy")
def invert_root(matrix: Floats, wide: int, out: Floats) -> bool:
    """Fill the upper triangle of `out` with T, T T^t = the inverse of `matrix`; else say no.

    Only the lower triangle of the first `wide` rows of `matrix` is read; it becomes its root.
    """
    for i in range(wide):
        for j in range(i + 1):
            total = matrix[i, j]
            for h in range(j):
                total -= matrix[i, h] * matrix[j, h]
            if i > j:
                matrix[i, j] = total / matrix[j, j]
            elif total > 0.0:
                matrix[i, i] = np.sqrt(total)
            else:
                return False
    for j in range(wide):  # the inverse of the root, transposed
        out[j, j] = 1.0 / matrix[j, j]
        for i in range(j + 1, wide):
            total = 0.0
            for h in range(j, i):
                total -= matrix[i, h] * out[j, h]
            out[j, i] = total / matrix[i, i]
    return True
