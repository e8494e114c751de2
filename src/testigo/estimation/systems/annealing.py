"""How the particles of one replicate are brought from the prior to the data.

People are added to the table little by little, so that every intermediate posterior has whole
counts and Gibbs sweeps stay exact (sequential Monte Carlo: Chopin 2002, Biometrika 89, 539-551).
Where a uniform prior is far from any list that people keep (many lists, each of which holds few),
the particles begin from a prior near the lists' sizes, so that empty classes are near enough to be
used, and the prior is brought to its own place when all people are in; with more lists than twelve
when most are, for with all of them classes that it does not want hold too many to dissolve.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.estimation.systems.particles import Effort, Particles

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

FEW_LISTS: Final = 5  # up to here, and with fewer people than below, the prior itself is the start
MANY_PEOPLE: Final = 50_000
MANY_LISTS: Final = 12
NEAR_SHARE: Final = 0.7  # of the observed people's coverage; everybody's is lower
TURN: Final = 0.6  # of the people of many lists: then the prior moves, and the rest enters
ROUGHLY: Final = 0.05  # of its length, how well a step is measured
STILL: Final = 0.5  # effective share of the particles that more people must leave
CALM: Final = 0.85  # and a new prior: classes it does not want must go, which takes their time


def bring_to_data(
    histories: CaptureHistories,
    prior: NDArray[np.float64],
    classes: int,
    effort: Effort,
    rng: np.random.Generator,
) -> Particles:
    """Make particles that stand for the posterior of the table.

    Parameters
    ----------
    histories
        The table.
    prior
        As laid out by `LatentClassPrior.vector`, shape (2 + 2J,).
    classes
        Truncation K of the stick.
    effort
        How hard to work.
    rng
        Source of all randomness.
    """
    begin = _starting_prior(histories, prior)
    found = _draw_particles(histories, begin, classes, effort, rng)
    entry = rng.random(len(histories.counts))  # so that each pattern enters evenly
    if begin is not prior:
        turn = TURN if len(histories.lists) > MANY_LISTS else 1.0
        _add_people(found, histories.counts, entry, turn)
        _move_prior(found, begin, prior)
    _add_people(found, histories.counts, entry, 1.0)
    return found


def _starting_prior(histories: CaptureHistories, prior: NDArray[np.float64]) -> NDArray[np.float64]:
    lists = len(histories.lists)
    if lists <= FEW_LISTS and histories.observed < MANY_PEOPLE:
        return prior
    share = np.clip(NEAR_SHARE * histories.of_list / histories.observed, 1e-6, 1 - 1e-6)
    held, missed = np.maximum(share / (1 - share), 1.0), np.maximum((1 - share) / share, 1.0)
    return np.concatenate([prior[:2], held, missed])


def _draw_particles(
    histories: CaptureHistories,
    prior: NDArray[np.float64],
    classes: int,
    effort: Effort,
    rng: np.random.Generator,
) -> Particles:
    from testigo.estimation.systems.particle_kernels import draw_prior

    lists = len(histories.lists)
    shape = (effort.particles, classes)
    found = Particles(
        counts=np.zeros_like(histories.counts),
        starts=np.r_[0, np.cumsum(histories.patterns.sum(axis=1))].astype(np.int64),
        members=np.nonzero(histories.patterns)[1].astype(np.int64),
        prior=prior,
        effort=effort,
        rng=rng,
        log_pi=np.empty(shape),
        log_in=np.empty((*shape, lists)),
        log_out=np.empty((*shape, lists)),
        alpha=np.empty(effort.particles),
    )
    draw_prior(rng, prior, found.log_pi, found.log_in, found.log_out, found.alpha)
    return found


def _add_people(
    found: Particles, counts: NDArray[np.int64], entry: NDArray[np.float64], end: float
) -> None:
    """Add people up to a share of them, in steps that the particles can bear."""

    def people(share: float) -> NDArray[np.int64]:
        return np.floor(share * counts + entry).astype(np.int64) if share < 1 else counts

    def weights(share: float) -> NDArray[np.float64]:
        return found.added_likelihood(people(share) - found.counts)

    finest = 0.5 / counts.sum()
    while found.share < end:
        share = _longest_step(weights, found.share, end, finest, STILL)
        while share < end and np.array_equal(people(share), found.counts):
            share = min(share + finest, end)
        log_weights = weights(share)
        found.counts, found.share = people(share), share
        found.resample(log_weights)
        found.mutate(found.effort.mutations)


def _move_prior(found: Particles, begin: NDArray[np.float64], end: NDArray[np.float64]) -> None:
    """Bring Beta(held, missed) of every list from `begin` to `end`.

    The path is that of everybody's classes, lambda integrated out: classes without people then
    weigh nothing, and the others little.
    """

    def prior(share: float) -> NDArray[np.float64]:
        return begin + (end - begin) * share if share < 1 else end

    share = 0.0
    while share < 1.0:
        held, captured = found.allocate()
        before = _log_chances(found.prior, held, captured)
        weights = partial(_gain, prior, before, held, captured)
        share = _longest_step(weights, share, 1.0, 1e-5, CALM)
        log_weights = weights(share)
        found.prior = prior(share)
        chosen = found.resample(log_weights)
        found.redraw(held[chosen], captured[chosen])
        found.mutate(found.effort.settling)


def _gain(
    prior: Callable[[float], NDArray[np.float64]],
    before: NDArray[np.float64],
    held: NDArray[np.int64],
    captured: NDArray[np.int64],
    share: float,
) -> NDArray[np.float64]:
    """Log weight of each particle's allocation when the prior is moved, shape (particle,)."""
    return _log_chances(prior(share), held, captured) - before


def _log_chances(
    prior: NDArray[np.float64], held: NDArray[np.int64], captured: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Log probability of who is on which list given the classes, lambda integrated out."""
    from scipy.special import betaln, gammaln

    hit, miss = np.split(prior[2:], 2)
    hits = captured[held > 0]
    people = held[held > 0][:, None]
    chances = gammaln(hit + hits) + gammaln(miss + people - hits) - gammaln(hit + miss + people)
    total = (chances - betaln(hit, miss)).sum(axis=1)
    return np.bincount(np.nonzero(held)[0], total, len(held)).astype(np.float64)


def _longest_step(
    weights: Callable[[float], NDArray[np.float64]],
    share: float,
    end: float,
    finest: float,
    still: float,
) -> float:
    """Find by halving how far the particles can go before too few of them matter."""
    if _effective_share(weights(end)) >= still:
        return end
    low, high = share, end
    while high - low > max(finest, ROUGHLY * (low - share)):
        middle = (low + high) / 2
        if _effective_share(weights(middle)) >= still:
            low = middle
        else:
            high = middle
    return low if low > share else high


def _effective_share(log_weights: NDArray[np.float64]) -> float:
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights**2).sum() / len(weights))
