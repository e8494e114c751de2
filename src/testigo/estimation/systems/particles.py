"""The particles of one replicate of the latent class posterior."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.estimation.systems.metrics import Metric

if TYPE_CHECKING:
    from numpy.typing import NDArray


SHORT: Final = 10  # leaps, at most, of a trajectory on the way to the data


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a replicate works.

    Attributes
    ----------
    particles
        Of each replicate.
    mutations
        Sweeps of every particle after people were added.
    settling
        Sweeps of every particle after the prior was moved.
    trajectories
        Of each sweep, once the particles stand for the data.
    leaps
        Of such a trajectory, at most.
    splits
        Of each sweep: pairs of classes that are tried to be made one, or two of one.
        The number decides a second thing: above 0 alpha is drawn without its sticks, at 0 given
        them, as the sampler was before it had splits. Both leave the posterior as it is.
    blocks
        Of sweeps, at least, once the particles stand for the data; the first third is left out.
    """

    particles: int = 100
    mutations: int = 10
    settling: int = 10
    trajectories: int = 2
    leaps: int = 10
    splits: int = 4
    blocks: int = 6


@dataclass(slots=True)
class Particles:
    """The particles of one replicate; methods change them in place.

    Attributes
    ----------
    log_evidence
        Estimate of log p(table) under the prior, up to a constant that replicates share.
    share
        Of the people that they have seen.
    steps
        How many it took to bring them here.
    sweeps
        Of all of them together, so far.
    metric
        What their trajectories take for near and far.
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
    share: float = 0.0
    steps: int = 0
    sweeps: int = 0
    metric: Metric = field(init=False)

    def __post_init__(self) -> None:
        self.metric = Metric(*self.log_in.shape[1:])

    def run(self, sweeps: int, draws: int, *, trajectories: int, leaps: int) -> NDArray[np.float64]:
        """Sweep every particle; give `draws` of n_0 for each, shape (particle, draw)."""
        from testigo.estimation.systems.particle_kernels import advance

        unseen = np.empty((len(self.alpha), draws))
        advance(
            self.rng, self.counts, self.starts, self.members, self.prior, self.log_pi,
            self.log_in, self.log_out, self.alpha, self.metric.shares, self.metric.scales,
            self.metric.steps, self.metric.tally, sweeps, trajectories, leaps,
            self.effort.splits, unseen,
        )  # fmt: skip
        self.sweeps += sweeps * len(self.alpha)
        return unseen

    def resample(self, log_weights: NDArray[np.float64]) -> NDArray[np.int64]:
        """Keep particles (systematically) by weight, note the evidence; say which were kept."""
        top = log_weights.max()
        weights = np.exp(log_weights - top)
        self.log_evidence += float(top + np.log(weights.mean()))
        steps = (self.rng.random() + np.arange(len(weights))) / len(weights)
        chosen = np.searchsorted(np.cumsum(weights / weights.sum()), steps)
        chosen = np.minimum(chosen, len(weights) - 1)
        self.log_pi, self.log_in = self.log_pi[chosen], self.log_in[chosen]
        self.log_out, self.alpha = self.log_out[chosen], self.alpha[chosen]
        self.steps += 1
        return chosen

    def mutate(self, sweeps: int) -> None:
        """Let the particles move after a step of the path."""
        self.metric.learn(self)
        self.run(sweeps, 1, trajectories=1, leaps=SHORT)

    def allocate(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Draw everybody's class, the unseen too: people of each class, and of each list there."""
        from testigo.estimation.systems.particle_kernels import allocate_all

        held = np.zeros(self.log_pi.shape, np.int64)
        captured = np.zeros(self.log_in.shape, np.int64)
        allocate_all(
            self.rng, self.counts, self.starts, self.members, self.log_pi, self.log_in,
            self.log_out, held, captured,
        )  # fmt: skip
        return held, captured

    def redraw(self, held: NDArray[np.int64], captured: NDArray[np.int64]) -> None:
        """Draw pi and lambda given everybody's class."""
        from testigo.estimation.systems.particle_kernels import redraw_all

        redraw_all(
            self.rng, self.prior, held, captured, self.log_pi, self.log_in, self.log_out,
            self.alpha,
        )  # fmt: skip

    def added_likelihood(self, counts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Log likelihood of more people for each particle, shape (particle,)."""
        from testigo.estimation.systems.particle_kernels import log_likelihoods

        out = np.empty(len(self.alpha))
        log_likelihoods(
            counts, self.starts, self.members, self.log_pi, self.log_in, self.log_out, out
        )
        return out
