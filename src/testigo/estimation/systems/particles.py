"""One replicate of the latent class posterior: particles brought from the prior to the data.

People are added to the table little by little, so that every intermediate posterior has whole
counts and Gibbs sweeps stay exact (sequential Monte Carlo: Chopin 2002, Biometrika 89, 539-551).
Where a uniform prior is far from any list that people keep (many lists, each of which holds few),
the particles begin from a prior near the lists' sizes and the prior is brought to its own place
after the data: empty classes then stay near enough to be used again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

FEW_LISTS: Final = 5  # up to here, and with fewer people than below, the prior itself is the start
MANY_PEOPLE: Final = 50_000
NEAR_SHARE: Final = 0.7  # of the observed people's coverage; everybody's is lower
RANKS: Final = 4  # classes that move together in a difference move
STILL: Final = 0.5  # effective share of the particles that a step must leave


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a replicate works.

    Attributes
    ----------
    particles
        Of each replicate.
    mutations
        Sweeps of every particle after each step.
    scales, differences
        Metropolis moves of each sweep.
    """

    particles: int = 100
    mutations: int = 20
    scales: int = 2
    differences: int = 6


@dataclass(slots=True)
class Particles:
    """The particles of one replicate; methods change them in place.

    Attributes
    ----------
    log_evidence
        Estimate of log p(table) under the prior, up to a constant that replicates share.
    steps
        How many it took to bring them here.
    """

    counts: NDArray[np.int64]
    starts: NDArray[np.int64]
    members: NDArray[np.int64]
    prior: NDArray[np.float64]
    effort: Effort
    rng: np.random.Generator
    log_pi: NDArray[np.float64]
    log_in: NDArray[np.float64]
    log_out: NDArray[np.float64]
    alpha: NDArray[np.float64]
    log_evidence: float = 0.0
    steps: int = 0
    archive: tuple[NDArray[np.float64], NDArray[np.float64]] = field(init=False)

    def __post_init__(self) -> None:
        particles, classes, lists = self.log_in.shape
        ranks = min(RANKS, classes)
        self.archive = (np.empty((particles, ranks)), np.empty((particles, ranks, lists)))

    def run(self, sweeps: int, draws: int) -> NDArray[np.float64]:
        """Sweep every particle; give `draws` of n_0 for each, shape (particle, draw)."""
        from testigo.estimation.systems.particle_kernels import advance, remember

        unseen = np.empty((len(self.alpha), draws))
        remember(self.log_pi, self.log_in, self.log_out, *self.archive)
        advance(
            self.rng, self.counts, self.starts, self.members, self.prior, self.log_pi,
            self.log_in, self.log_out, self.alpha, *self.archive, sweeps, self.effort.scales,
            self.effort.differences, self.log_pi.shape[1], unseen,
        )  # fmt: skip
        return unseen

    def reweigh(self, log_weights: NDArray[np.float64]) -> None:
        """Resample (systematically), note the evidence, and let the particles move."""
        top = log_weights.max()
        weights = np.exp(log_weights - top)
        self.log_evidence += float(top + np.log(weights.mean()))
        steps = (self.rng.random() + np.arange(len(weights))) / len(weights)
        chosen = np.searchsorted(np.cumsum(weights / weights.sum()), steps)
        chosen = np.minimum(chosen, len(weights) - 1)
        self.log_pi, self.log_in = self.log_pi[chosen], self.log_in[chosen]
        self.log_out, self.alpha = self.log_out[chosen], self.alpha[chosen]
        self.steps += 1
        self.run(self.effort.mutations, 1)

    def added_likelihood(self, counts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Log likelihood of more people for each particle, shape (particle,)."""
        from testigo.estimation.systems.particle_kernels import log_likelihoods

        out = np.empty(len(self.alpha))
        log_likelihoods(
            counts, self.starts, self.members, self.log_pi, self.log_in, self.log_out, out
        )
        return out


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
    _add_people(found, histories.counts)
    if not np.array_equal(begin, prior):
        _move_prior(found, begin, prior)
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


def _add_people(found: Particles, counts: NDArray[np.int64]) -> None:
    """Add the people in steps that the particles can bear; each pattern enters evenly."""
    offset = found.rng.random(len(counts))

    def people(share: float) -> NDArray[np.int64]:
        return np.floor(share * counts + offset).astype(np.int64) if share < 1 else counts

    def weights(share: float) -> NDArray[np.float64]:
        return found.added_likelihood(people(share) - found.counts)

    share = 0.0
    while share < 1.0:
        finest = 0.5 / counts.sum()
        share = _longest_step(weights, share, finest)
        while share < 1.0 and np.array_equal(people(share), found.counts):
            share = min(share + finest, 1.0)
        log_weights = weights(share)
        found.counts = people(share)
        found.reweigh(log_weights)


def _move_prior(found: Particles, begin: NDArray[np.float64], end: NDArray[np.float64]) -> None:
    """Bring Beta(held, missed) of every list from `begin` to `end`."""
    from scipy.special import betaln

    classes, lists = found.log_in.shape[1:]

    def prior(share: float) -> NDArray[np.float64]:
        return begin + (end - begin) * share

    def weights(share: float) -> NDArray[np.float64]:
        new, old = prior(share)[2:], found.prior[2:]
        held, missed = new[:lists] - old[:lists], new[lists:] - old[lists:]
        constant = betaln(new[:lists], new[lists:]) - betaln(old[:lists], old[lists:])
        gain = (found.log_in * held + found.log_out * missed).sum(axis=(1, 2))
        return np.asarray(gain - classes * constant.sum(), dtype=np.float64)

    share = 0.0
    while share < 1.0:
        share = _longest_step(weights, share, 1e-5)
        log_weights = weights(share)
        found.prior = prior(share)
        found.reweigh(log_weights)


def _longest_step(
    weights: Callable[[float], NDArray[np.float64]], share: float, finest: float
) -> float:
    """Find by halving how far the particles can go before too few of them matter."""
    if _effective_share(weights(1.0)) >= STILL:
        return 1.0
    low, high = share, 1.0
    while high - low > finest:
        middle = (low + high) / 2
        if _effective_share(weights(middle)) >= STILL:
            low = middle
        else:
            high = middle
    return low if low > share else high


def _effective_share(log_weights: NDArray[np.float64]) -> float:
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights**2).sum() / len(weights))
