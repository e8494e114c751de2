"""The two priors of the latent class model, and what they say of N/n before any data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

PriorName = Literal["uniform", "coverage"]
PRIOR_NAMES: Final[tuple[PriorName, ...]] = get_args(PriorName)
LOWEST_EXPANSION: Final = 1.01  # N/n; the 2.5 % and 97.5 % points of HRDAG's later prior
HIGHEST_EXPANSION: Final = 5.0


@dataclass(frozen=True, slots=True)
class LatentClassPrior:
    """Prior of the latent class model.

    Attributes
    ----------
    name
        `uniform` (Manrique-Vallier's, every capture probability equally likely) or `coverage`
        (chosen so that N/n of one class has its central 95 % between about 1.01 and 5).
    shape, rate
        Of alpha ~ Gamma.
    held, missed
        Of lambda ~ Beta(held, missed).
    """

    name: PriorName
    shape: float
    rate: float
    held: float
    missed: float

    def vector(self, lists: int) -> NDArray[np.float64]:
        """Lay out for the kernels: shape, rate, held of each list, missed of each list."""
        parts = [self.shape, self.rate, *[self.held] * lists, *[self.missed] * lists]
        return np.array(parts, dtype=np.float64)


def choose_prior(name: PriorName, lists: int) -> LatentClassPrior:
    """Make a prior by name for a number of lists.

    Examples
    --------
    >>> found = choose_prior("coverage", 20)
    >>> low, middle, high = implied_expansion(found, 20, seed=1)
    >>> 1.0 < low < 1.05, 3 < high < 8
    (True, True)
    """
    if name == "uniform":
        return LatentClassPrior(name, 0.25, 0.25, 1.0, 1.0)
    if name != "coverage":
        raise UsageError(
            Message("There is no prior {given}.", {"given": repr(name)}),
            Message("Write one of: {known}.", {"known": ", ".join(PRIOR_NAMES)}),
        )
    from scipy.optimize import brentq, root
    from scipy.special import gammaincinv, polygamma, psi

    # -log p_0 is the sum of -log(1 - lambda) over the lists: taken as gamma, since it is positive
    # and skewed, with the quantiles that N/n = 1 / (1 - p_0) asks for; then matched in mean and
    # variance, list by list.
    near, far = (-np.log(1 - 1 / each) for each in (HIGHEST_EXPANSION, LOWEST_EXPANSION))
    shape = brentq(lambda k: gammaincinv(k, 0.975) / gammaincinv(k, 0.025) - far / near, 0.2, 50)
    scale = near / gammaincinv(shape, 0.025)
    mean, variance = shape * scale / lists, shape * scale**2 / lists

    def gap(logs: NDArray[np.float64]) -> list[float]:
        held, missed = np.exp(logs)
        return [
            float(psi(held + missed) - psi(missed)) / mean - 1.0,
            float(polygamma(1, missed) - polygamma(1, held + missed)) / variance - 1.0,
        ]

    held, missed = np.exp(root(gap, [np.log(mean), 0.0], method="lm").x)
    return LatentClassPrior(name, 0.25, 0.25, float(held), float(missed))


def implied_expansion(
    prior: LatentClassPrior, lists: int, *, seed: int, draws: int = 20_000
) -> tuple[float, float, float]:
    """Return the 2.5 %, 50 % and 97.5 % points of N/n in one class before any data."""
    low, middle, high = np.quantile(
        draw_expansion(prior, lists, seed=seed, draws=draws), [0.025, 0.5, 0.975]
    )
    return float(low), float(middle), float(high)


def draw_expansion(
    prior: LatentClassPrior, lists: int, *, seed: int, draws: int = 20_000
) -> NDArray[np.float64]:
    """Draw N/n of one class before any data, shape (draws,)."""
    rng = np.random.default_rng(seed)
    missed = 1.0 - rng.beta(prior.held, prior.missed, size=(draws, lists))
    unseen = np.minimum(missed.prod(axis=1), 1.0 - 1e-12)
    return np.asarray(1.0 / (1.0 - unseen), dtype=np.float64)
