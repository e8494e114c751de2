"""Whether independent replicates agree, and how many independent draws theirs are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def potential_scale_reduction(replicates: NDArray[np.float64]) -> float:
    """Split R-hat of rank-normalised draws (Vehtari et al. 2021, Bayesian Analysis 16, 667-718).

    Parameters
    ----------
    replicates
        Draws of independent replicates, shape (replicate, particle, time), time ordered.

    Returns
    -------
    float
        1 when the replicates, each cut into an early and a late half, cannot be told apart.
    """
    from scipy.special import ndtri

    count, _, times = replicates.shape
    half = times // 2
    # Whole numbers tie, nearly always where lists found nearly everybody: all of a tie take its
    # middle rank, or the order of the replicates would be found in their ranks.
    _, place, ties = np.unique(replicates, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[place]
    normal = ndtri((ranks - 0.375) / (replicates.size + 0.25)).reshape(replicates.shape)
    parts = np.concatenate(
        [
            normal[:, :, :half].reshape(count, -1),
            normal[:, :, times - half :].reshape(count, -1),
        ]
    )
    within = parts.var(axis=1, ddof=1).mean()
    between = parts.mean(axis=1).var(ddof=1)
    return float(np.sqrt(1.0 + between / within)) if between > 0 else 1.0


def effective_draws(replicates: NDArray[np.float64]) -> float:
    """Return the number of independent draws with the same variance of the mean.

    Every particle is a chain. Geyer's initial positive sequence, with the variance between
    particles and between replicates in the denominator, so that chains which have not met count
    for little; a second count from the scatter of the replicates' means bounds it, times the
    number that scatter could miss (four replicates tell a variance within a factor of about 9).

    Parameters
    ----------
    replicates
        Shape (replicate, particle, time).
    """
    count, _, times = replicates.shape
    chains = replicates.reshape(-1, times)
    centred = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * times, axis=1)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), axis=1)[:, :times].mean(axis=0) / times
    within = chains.var(axis=1, ddof=1).mean()
    whole = within * (times - 1) / times + chains.mean(axis=1).var(ddof=1)
    if not whole > 0:
        return float(chains.size)
    correlation = 1.0 - (within - covariance * times / (times - 1)) / whole
    tau = 1.0
    for lag in range(1, times - 1, 2):
        pair = correlation[lag] + correlation[lag + 1]
        if pair < 0:
            break
        tau += 2.0 * pair
    by_chain = chains.size / tau
    scatter = replicates.reshape(count, -1).mean(axis=1).var(ddof=1)
    by_replicate = count * replicates.var() / scatter if scatter > 0 else np.inf
    return float(min(by_chain, SCATTER_FACTOR * by_replicate))


SCATTER_FACTOR = 9.0
