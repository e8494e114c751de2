"""Bayesian latent class model of the lists (Manrique-Vallier 2016), by replicates that must agree.

Source: D. Manrique-Vallier, Bayesian population size estimation using Dirichlet process mixtures,
Biometrics 72 (2016), 1246-1254.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, UsageError
from testigo.estimation.systems.annealing import MANY_LISTS, bring_to_data
from testigo.estimation.systems.diagnostics import effective_draws, potential_scale_reduction
from testigo.estimation.systems.particles import Effort, Particles
from testigo.estimation.systems.predicted_overlaps import compare_with_predicted
from testigo.estimation.systems.priors import LatentClassPrior, PriorName, choose_prior

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

MOST_CLASSES: Final = 10
REPLICATES: Final = 4
R_HAT: Final = 1.01
EFFECTIVE_DRAWS: Final = 1_000
BLOCK: Final = 50  # sweeps between two looks at the diagnostics
EVERY: Final = 5  # sweeps between two draws that are kept
MOST_BLOCKS: Final = 30
FEW_PEOPLE: Final = 1_000
KEPT: Final = 4_000  # draws that the answer carries
LEAST_LISTS: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class LatentClassFit:
    """Posterior of the number of people, with what is needed to trust it or not.

    Attributes
    ----------
    draws
        Of N, shape (replicate, draw).
    observed
        n, people on at least one list.
    classes
        Truncation K of the stick-breaking prior.
    prior
        What was assumed.
    log_evidence
        Of each replicate, shape (replicate,); equal up to a constant when all saw the same modes.
    predictive
        Probability that a table drawn from the model is at least as far from it as the seen one:
        by the overlaps of pairs of lists, and by the people on exactly one list; shape (2,).
    r_hat
        Split R-hat of the rank-normalised log n_0 over replicates; 1 is agreement.
    effective
        Effective number of draws in all.
    sweeps
        Of all particles together, warm-up included.
    """

    draws: NDArray[np.float64]
    observed: int
    classes: int
    prior: LatentClassPrior
    log_evidence: NDArray[np.float64]
    predictive: NDArray[np.float64]
    r_hat: float
    effective: float
    sweeps: int


def fit_latent_class(
    histories: CaptureHistories,
    *,
    seed: int,
    classes: int | None = None,
    prior: PriorName = "uniform",
    replicates: int = REPLICATES,
    effort: Effort | None = None,
    most_blocks: int = MOST_BLOCKS,
    workers: int = 1,
) -> LatentClassFit:
    """Draw from the posterior of the number of people under the latent class model.

    Independent replicates of sequential Monte Carlo, then Gibbs sweeps with trajectories until
    the replicates agree (R-hat at most 1.01) and 1,000 effective draws are there, or patience
    ends. Cost does not depend on the number of people.

    Parameters
    ----------
    histories
        At least two lists and one person.
    seed
        The same seed gives the same draws, whatever `workers` is.
    classes
        K; at most 10 and at most 2^J - 1 when not given.
    prior
        `uniform` or `coverage`; see `LatentClassPrior`.
    replicates
        At least 2.
    effort
        How hard each replicate works; by the size of the table when not given.
    most_blocks
        Patience: blocks of 50 sweeps after the warm-up.
    workers
        Threads.

    Raises
    ------
    UsageError
        For fewer than two lists, nobody, or fewer than two replicates.
    """
    _check(histories, replicates)
    lists = len(histories.lists)
    classes = classes or min(2**lists - 1, MOST_CLASSES)
    assumed = choose_prior(prior, lists)
    effort = effort or _usual_effort(histories)
    streams = [
        np.random.default_rng(each) for each in np.random.SeedSequence(seed).spawn(replicates)
    ]
    with ThreadPoolExecutor(max_workers=workers) as threads:
        start = partial(bring_to_data, histories, assumed.vector(lists), classes, effort)
        found = list(threads.map(start, streams))
        unseen = _run_until_agreed(found, threads.map, most_blocks)
        predicted = list(threads.map(compare_with_predicted, found))
    logs = np.log(unseen + 0.5)
    return LatentClassFit(
        draws=_thinned(unseen, found) + histories.observed,
        observed=histories.observed,
        classes=classes,
        prior=assumed,
        log_evidence=np.array([each.log_evidence for each in found]),
        predictive=np.concatenate(predicted).mean(axis=0),
        r_hat=potential_scale_reduction(logs),
        effective=effective_draws(logs),
        sweeps=sum(each.sweeps for each in found),
    )


def _check(histories: CaptureHistories, replicates: int) -> None:
    if len(histories.lists) < LEAST_LISTS or not histories.observed:
        raise UsageError(
            Message("The latent class model needs two lists and somebody on them."),
            Message("With fewer there is nothing to learn from."),
        )
    if replicates < 2:  # noqa: PLR2004
        raise UsageError(Message("One replicate cannot agree with itself: ask for two or more."))


def _usual_effort(histories: CaptureHistories) -> Effort:
    if len(histories.lists) > MANY_LISTS:  # two answers may lie far apart; splits did not help
        return Effort(mutations=4, trajectories=1, leaps=40, splits=0, blocks=1)
    if histories.observed < FEW_PEOPLE:  # the way is short
        return Effort(particles=48, mutations=4, splits=16, blocks=2)
    return Effort()


def _run_until_agreed(
    found: list[Particles],
    spread: Callable[..., object],
    most_blocks: int,
) -> NDArray[np.float64]:
    """Sweep in blocks until replicates agree; the first third of the draws is left out.

    Replicates that agree may share what the way to the data left them with: the least number of
    blocks is for that.
    """
    kept: list[NDArray[np.float64]] = []
    latest = np.empty(0)
    for block in range(1, most_blocks + 1):
        drawn = spread(partial(_one_block, block), found)
        kept.append(np.stack(list(drawn)))  # type: ignore[call-overload]  # map of two kinds
        latest = np.concatenate(kept[(block + 1) // 3 :], axis=2)
        logs = np.log(latest + 0.5)
        if block < found[0].effort.blocks or effective_draws(logs) < EFFECTIVE_DRAWS:
            continue
        if potential_scale_reduction(logs) <= R_HAT:
            break
    return latest


def _one_block(number: int, particles: Particles) -> NDArray[np.float64]:
    if number.bit_count() == 1:  # ever more rarely, so that in the end nothing is adapted
        particles.metric.learn(particles, stretch=True)
    effort = particles.effort
    return particles.run(
        BLOCK, BLOCK // EVERY, trajectories=effort.trajectories, leaps=effort.leaps
    )


def _thinned(unseen: NDArray[np.float64], found: list[Particles]) -> NDArray[np.float64]:
    """Keep draws of each replicate at even ranks, shape (replicate, draw): quantiles stay.

    In an order of chance, so that any part of them and sums over strata are fair.
    """
    flat = unseen.transpose(0, 2, 1).reshape(len(unseen), -1)
    wanted = KEPT // len(unseen)
    if flat.shape[1] <= wanted:
        return flat
    places = ((np.arange(wanted) + 0.5) * flat.shape[1] / wanted).astype(int)
    ranked = np.sort(flat, axis=1)[:, places]
    return np.stack([each.rng.permutation(row) for each, row in zip(found, ranked, strict=True)])
