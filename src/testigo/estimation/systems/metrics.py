"""What trajectories take for the size and shape of a block of classes.

Learned from a replicate's own particles: the average information matrix of the blocks of each
size, so that one step is short enough almost everywhere; and along the few directions in which the
particles lie much farther apart than the information says (two answers far from each other), the
step is stretched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.estimation.systems.particles import Particles

SHARES: Final = (0.05, 0.01)  # of the observed people, from which on a class is in the block
MOST_MOVED: Final = 7  # classes of a block
WIDEST: Final = 105  # coordinates of a block
LEAST_PARTICLES: Final = 3  # to learn the shape of a block from
INFORMANTS: Final = 20  # particles whose information is averaged, at most
FAR: Final = 20.0  # times the median variance: farther apart than the information says
WANTED: Final = 0.75  # chance that a trajectory is taken
HASTE: Final = 0.5  # in the logarithm of a step, for each unit of chance above or below


@dataclass(slots=True)
class Metric:
    """Scales and steps of trajectories, by share and size of block.

    Attributes
    ----------
    scales
        Upper triangular; times its transpose the rough covariance; shape (share, size, S, S).
    steps
        In units of the scale; 0 where nothing was learned; shape (share, size).
    tally
        Trajectories since the last lesson and the sum of their chances, shape (share, size, 2).
    """

    classes: int
    lists: int
    shares: NDArray[np.float64] = field(init=False)
    scales: NDArray[np.float64] = field(init=False)
    steps: NDArray[np.float64] = field(init=False)
    tally: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        width = self.lists + 1
        most = max(min(self.classes, MOST_MOVED, WIDEST // width), 1)
        self.shares = np.array(SHARES)
        self.scales = np.zeros((len(SHARES), most + 1, most * width, most * width))
        self.steps = np.zeros((len(SHARES), most + 1))
        self.tally = np.zeros((len(SHARES), most + 1, 2))

    def learn(self, particles: Particles, *, stretch: bool = False) -> None:
        """Take the shape of the particles' blocks, and longer or shorter steps.

        With `stretch` directions in which the particles lie far apart are walked in longer steps.
        """
        from testigo.estimation.systems.density_kernels import invert_root

        self._adapt()
        for t, share in enumerate(SHARES):
            sizes, points, information, added = self._describe(particles, share)
            for size in np.flatnonzero(added >= LEAST_PARTICLES):
                wide = int(size) * (self.lists + 1)
                known = invert_root(information[size] / added[size], wide, self.scales[t, size])
                if stretch and known:
                    stretch_scale(self.scales[t, size, :wide, :wide], points[sizes == size, :wide])
                if not known:
                    self.steps[t, size] = 0.0
                elif self.steps[t, size] == 0.0:
                    self.steps[t, size] = wide**-0.25

    def _adapt(self) -> None:
        tried, chance = self.tally[..., 0], self.tally[..., 1]
        mean = chance / np.maximum(tried, 1.0)
        self.steps *= np.exp(np.where(tried > 0, HASTE * (mean - WANTED), 0.0))
        self.tally[:] = 0.0

    def _describe(
        self, particles: Particles, share: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        from testigo.estimation.systems.particle_kernels import describe_blocks

        count, wide = len(particles.alpha), self.scales.shape[2]
        sizes, added = np.zeros(count, np.int64), np.zeros(self.steps.shape[1], np.int64)
        points, information = np.zeros((count, wide)), np.zeros(self.scales.shape[1:])
        describe_blocks(
            particles.counts, particles.starts, particles.members, particles.prior,
            particles.log_pi, particles.log_in, particles.log_out, share, INFORMANTS, sizes,
            points, information, added,
        )  # fmt: skip
        return sizes, points, information, added


def stretch_scale(scale: NDArray[np.float64], points: NDArray[np.float64]) -> None:
    """Lengthen the scale, in place, where the points are farther apart than it says."""
    count, wide = points.shape
    if count <= wide:
        return
    even = np.linalg.solve(scale, points.T)
    variance, directions = np.linalg.eigh(np.cov(even))
    bound = FAR * max(np.median(variance), 1.0)
    longer = np.sqrt(np.maximum(variance / bound, 1.0))
    if (longer > 1.0).any():  # triangular again by the root of the inverse square
        inverse = np.linalg.inv(scale @ (directions * longer))
        scale[:] = np.linalg.inv(np.linalg.qr(inverse, mode="r"))
