"""Compiled draws from the laws that the latent class model needs, in logarithms where small.

All randomness comes from the generator that is handed in.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Generator = np.random.Generator

SMALLEST = 1e-300


@njit(cache=True, nogil=True)
def log_gamma_draw(rng: Generator, shape: float) -> float:
    """Logarithm of a gamma draw; exact where the draw itself would underflow."""
    if shape >= 1.0:
        return float(np.log(rng.standard_gamma(shape)))
    return float(np.log(rng.standard_gamma(shape + 1.0)) + np.log(1.0 - rng.random()) / shape)


@njit(cache=True, nogil=True)
def log_power_draw(rng: Generator, shape: float) -> tuple[float, float]:
    """Logarithms of a Beta(shape, 1) draw, by its inverse, and of its complement."""
    x = min(np.log(1.0 - rng.random()), -SMALLEST) / shape
    return x, float(np.log(-np.expm1(x)))


@njit(cache=True, nogil=True)
def split_log_beta(rng: Generator, a: float, b: float) -> tuple[float, float]:
    """Logarithms of a beta draw and of its complement."""
    if b == 1.0:
        return log_power_draw(rng, a)
    if a == 1.0:  # lists that hold nobody of a class, and empty classes
        y, x = log_power_draw(rng, b)
        return x, y
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
