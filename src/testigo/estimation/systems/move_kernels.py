"""Compiled Metropolis moves on the likelihood without latent counts.

The Gibbs sweep walks in steps of the size of one counting error in the unseen, and rarely lets two
classes change places in the stick-breaking order. Two kinds of move mend that; each leaves the
posterior of (pi, lambda) given alpha as it is:

* *trajectory*: the classes that hold at least a share of the observed people move together by
  Hamiltonian dynamics (Neal 2011, Handbook of Markov Chain Monte Carlo, chapter 5) in coordinates
  that the average information matrix has made alike. The matrix is chosen by how many classes
  there are, and the classes are laid out by how many lists somebody of theirs is on; a trajectory
  that ends with another set or order of classes is refused, so it can be walked back;
* *swap*: two classes change places, which the likelihood does not see.

Coordinates of a class are its log observed mass, log pi_k + log(1 - q_k) with
q_k = prod_j (1 - lambda_jk), up to a constant that all classes share, and logit lambda_jk. The
shear by log(1 - q_k) has Jacobian 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from testigo.estimation.systems.density_kernels import FAST, STEEPEST, log_density

if TYPE_CHECKING:
    from testigo.estimation.systems.draw_kernels import Floats, Generator, Integers

NOTHING = -40.0  # a share whose logarithm is less is lost beside 1


@njit(cache=True, nogil=True)
def log_tails(log_pi: Floats) -> float:
    """Sum of log(pi_k + ... + pi_K) over k = 2 .. K-1: the stick-breaking prior's denominator."""
    total = 0.0
    tail = log_pi[-1]
    for k in range(len(log_pi) - 2, 0, -1):
        apart = min(tail, log_pi[k]) - max(tail, log_pi[k])
        tail = max(tail, log_pi[k])
        if apart > NOTHING:
            tail += np.log1p(np.exp(apart))
        total += tail
    return total


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
def fill_log_mass(log_pi: Floats, log_out: Floats, log_mass: Floats) -> float:
    """Fill `log_mass` (K,) with each class's log observed mass; return their sum, not logged."""
    total = 0.0
    for k in range(len(log_pi)):
        missed = log_out[k].sum()
        log_mass[k] = log_pi[k] + np.log(-np.expm1(min(missed, -1e-300)))
        total += np.exp(log_mass[k])
    return total


@njit(cache=True, nogil=True)
def choose_block(
    log_pi: Floats, log_in: Floats, log_out: Floats, share: float, log_mass: Floats
) -> Integers:
    """Return the classes with at least a share of the observed, by expected number of lists."""
    least = np.log(share * fill_log_mass(log_pi, log_out, log_mass))
    many = 0
    for k in range(len(log_pi)):
        many += log_mass[k] >= least
    found = np.empty(many, np.int64)
    key = np.empty(many)
    many = 0
    for k in range(len(log_pi)):
        if log_mass[k] >= least:
            found[many] = k
            key[many] = np.exp(log_in[k]).sum()
            many += 1
    return found[np.argsort(key)]


@njit(cache=True, nogil=True)
def still_the_block(
    x: Floats, chances: Floats, inside: Integers, share: float, log_mass: Floats
) -> bool:
    """Say whether the moved classes alone reach the share, and stay in order."""
    many, lists = chances.shape
    total = np.exp(log_mass).sum()
    least = np.inf
    key = -1.0
    for r in range(many):
        mass = np.exp(x[r * (lists + 1)])
        least = min(least, mass)
        total += mass - np.exp(log_mass[inside[r]])
        now = chances[r].sum()
        if now < key:
            return False
        key = now
    if least < share * total:
        return False
    for k in range(len(log_mass)):
        among = False
        for r in range(many):
            among = among or inside[r] == k
        if not among and np.exp(log_mass[k]) >= share * total:
            return False
    return True


@njit(cache=True, nogil=True)
def fill_rest(
    starts: Integers,
    members: Integers,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    inside: Integers,
    log_mass: Floats,
    rest: Floats,
) -> float:
    """Fill `rest` (M,) with what classes that stay give each pattern; return their mass."""
    lists = log_in.shape[1]
    odds = np.empty(lists)
    rest[:] = 0.0
    total = 0.0
    for k in range(len(log_pi)):
        among = False
        for r in range(len(inside)):
            among = among or inside[r] == k
        if among:
            continue
        total += np.exp(log_mass[k])
        base = np.exp(log_pi[k] + log_out[k].sum())
        for j in range(lists):
            odds[j] = np.exp(min(log_in[k, j] - log_out[k, j], STEEPEST))
        for m in range(len(rest)):
            value = base
            for at in range(starts[m], starts[m + 1]):
                value *= odds[members[at]]
            rest[m] += value
    return total


@njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST)
def push(scale: Floats, slope: Floats, size: float, momentum: Floats) -> None:
    """Add `size` times the slope in even coordinates, scale^T slope, to the momentum."""
    for i in range(len(slope)):
        pull = size * slope[i]
        for j in range(i, len(slope)):
            momentum[j] += scale[i, j] * pull


@njit(cache=True, nogil=True, error_model="numpy", fastmath=FAST)
def drift(scale: Floats, momentum: Floats, size: float, x: Floats) -> None:
    """Add `size` times scale momentum to the coordinates; `scale` is upper triangular."""
    for i in range(len(x)):
        total = 0.0
        for j in range(i, len(x)):
            total += scale[i, j] * momentum[j]
        x[i] += size * total


@njit(cache=True, nogil=True)
def move_block(
    rng: Generator,
    counts: Integers,
    starts: Integers,
    members: Integers,
    prior: Floats,
    log_pi: Floats,
    log_in: Floats,
    log_out: Floats,
    alpha: float,
    inside: Integers,
    share: float,
    log_mass: Floats,
    scale: Floats,
    step: float,
    leaps: int,
) -> float:
    """Make one trajectory of the classes `inside`, in place; return the chance it was taken.

    `scale` (D, D) with D at least R (J + 1), upper triangular, times its transpose is the rough
    covariance of the coordinates. -1 stands for another set or order of classes.
    """
    many, lists = len(inside), log_in.shape[1]
    rest = np.empty(len(counts))
    rest_mass = fill_rest(starts, members, log_pi, log_in, log_out, inside, log_mass, rest)
    x = np.empty(many * (lists + 1))
    for r in range(many):
        k = inside[r]
        x[r * (lists + 1)] = log_mass[k]
        for j in range(lists):
            x[r * (lists + 1) + 1 + j] = log_in[k, j] - log_out[k, j]
    sticks = log_pi.copy()
    chances = np.empty((many, lists))
    slope = np.empty(len(x))
    gain = -log_density(
        counts, starts, members, prior, alpha, x, inside, rest, rest_mass, sticks, chances, slope,
        True,
    )  # fmt: skip
    momentum = rng.standard_normal(len(x))
    gain += 0.5 * (momentum**2).sum()
    push(scale, slope, 0.5 * step, momentum)
    for leap in range(leaps):
        drift(scale, momentum, step, x)
        density = log_density(
            counts, starts, members, prior, alpha, x, inside, rest, rest_mass, sticks, chances,
            slope, leap == leaps - 1,
        )  # fmt: skip
        push(scale, slope, step if leap < leaps - 1 else 0.5 * step, momentum)
    gain += density - 0.5 * (momentum**2).sum()
    if not still_the_block(x, chances, inside, share, log_mass):
        return -1.0
    if not np.log(1.0 - rng.random()) < gain:
        return float(np.exp(gain)) if gain < 0.0 else 0.0
    log_pi[:] = sticks - np.log(np.exp(sticks).sum())
    for r in range(many):
        for j in range(lists):
            logit = x[r * (lists + 1) + 1 + j]
            far = np.log1p(np.exp(-abs(logit)))
            log_in[inside[r], j] = min(logit, 0.0) - far
            log_out[inside[r], j] = min(-logit, 0.0) - far
    return float(np.exp(min(gain, 0.0)))
