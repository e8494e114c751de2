"""Fits of the latent class model that need not be made twice."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from testigo.estimation.systems.latent_class import LatentClassFit, fit_latent_class
from testigo.estimation.systems.priors import PriorName, choose_prior

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

EDITION: Final = "latent-class 6"  # to be raised when the same options give another fit


class FitCache(Protocol):
    """Where fits are kept between runs; the caller brings it, and knows files.

    The arrays hold no names, no lists and no strata: counts cannot be told from them, but draws
    of N can, so a cache belongs where the records are.
    """

    def get(self, key: str) -> Mapping[str, NDArray[np.float64]] | None:
        """Return what was put under `key`, or None."""

    def put(self, key: str, arrays: Mapping[str, NDArray[np.float64]]) -> None:
        """Keep small arrays under `key`, 64 hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class FitOptions:
    """What decides a fit besides the table.

    Attributes
    ----------
    seed
        Of the draws.
    classes, prior, replicates, most_blocks
        As `fit_latent_class` takes them.
    """

    seed: int
    classes: int | None = None
    prior: PriorName = "uniform"
    replicates: int = 4
    most_blocks: int = 30


def fit_key(histories: CaptureHistories, options: FitOptions) -> str:
    """Hash a table and the options; the names of lists and stratum are not in it."""
    told = (EDITION, histories.patterns.shape, astuple(options))
    parts = (histories.patterns.astype("<i8"), histories.counts.astype("<i8"))
    return sha256(b"".join([repr(told).encode(), *(part.tobytes() for part in parts)])).hexdigest()


def fit_table(
    histories: CaptureHistories, options: FitOptions, *, workers: int = 1
) -> LatentClassFit:
    """Fit the latent class model as the options say."""
    return fit_latent_class(
        histories,
        seed=options.seed,
        classes=options.classes,
        prior=options.prior,
        replicates=options.replicates,
        most_blocks=options.most_blocks,
        workers=workers,
    )


def pack_fit(fit: LatentClassFit) -> dict[str, NDArray[np.float64]]:
    """Lay a fit out as arrays, for a cache."""
    numbers = np.array([fit.classes, fit.r_hat, fit.effective, fit.sweeps], dtype=np.float64)
    held = {"draws": fit.draws, "log_evidence": fit.log_evidence, "predictive": fit.predictive}
    return {**held, "numbers": numbers}


def unpack_fit(
    held: Mapping[str, NDArray[np.float64]], histories: CaptureHistories, options: FitOptions
) -> LatentClassFit:
    """Make the fit again from what `pack_fit` gave."""
    classes, r_hat, effective, sweeps = held["numbers"]
    return LatentClassFit(
        draws=held["draws"],
        observed=histories.observed,
        classes=int(classes),
        prior=choose_prior(options.prior, len(histories.lists)),
        log_evidence=held["log_evidence"],
        predictive=held["predictive"],
        r_hat=float(r_hat),
        effective=float(effective),
        sweeps=int(sweeps),
    )
