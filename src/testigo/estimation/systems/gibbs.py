"""The plain Gibbs sampler of LCMCR, kept to lay its draws beside those of that program.

One chain, which can stay in one mode without a sign: estimates come from `fit_latent_class`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.estimation.systems.priors import choose_prior

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

MOST_TIMES: Final = 20  # n_0 beyond 20 n is cut off, silently, in LCMCR
WARM_UP: Final = 500  # sweeps with alpha held
FIRST_ALPHA: Final = 0.3


def sample_gibbs(
    histories: CaptureHistories,
    *,
    seed: int,
    classes: int = 10,
    burn_in: int = 10_000,
    samples: int = 1_000,
    thinning: int = 10,
) -> NDArray[np.int64]:
    """Draw N with LCMCR's model, start and order of steps.

    Parameters
    ----------
    histories
        The table of overlaps; every list holds somebody.
    seed
        Of the one chain.
    classes
        K.
    burn_in
        Sweeps after the warm-up that are not kept.
    samples, thinning
        Draws, and sweeps between two of them.

    Returns
    -------
    numpy.ndarray
        Draws of N, shape (samples,).

    Notes
    -----
    D. Manrique-Vallier 2016, Biometrics 72, 1246-1254; the order of steps is that of LCMCR 0.4.14,
    begun at another of its steps: the unseen first.
    """
    from testigo.estimation.systems.kernels import gibbs_chain

    rng = np.random.default_rng(seed)
    lists = len(histories.lists)
    share = np.clip(histories.of_list / histories.observed, 1e-6, 1 - 1e-6)
    sticks = np.concatenate([rng.random(classes - 1), [1.0]])
    log_pi = np.log(sticks) + np.concatenate([[0.0], np.cumsum(np.log1p(-sticks[:-1]))])
    skipped = burn_in // thinning
    unseen = np.empty(skipped + samples, dtype=np.int64)
    gibbs_chain(
        rng,
        histories.counts,
        np.concatenate([[0], np.cumsum(histories.patterns.sum(axis=1))]).astype(np.int64),
        np.nonzero(histories.patterns)[1].astype(np.int64),
        choose_prior("uniform", lists).vector(lists),
        log_pi,
        np.tile(np.log(share), (classes, 1)),
        np.tile(np.log1p(-share), (classes, 1)),
        FIRST_ALPHA / classes,
        float(MOST_TIMES * histories.observed),
        WARM_UP,
        thinning,
        unseen,
    )
    return unseen[skipped:] + histories.observed
