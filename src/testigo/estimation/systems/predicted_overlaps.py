"""Whether a fitted model makes tables like the one that was seen (posterior predictive check).

Source: A. Gelman, X.-L. Meng and H. Stern, Posterior predictive assessment of model fitness via
realized discrepancies, Statistica Sinica 6 (1996), 733-807.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.estimation.systems.particles import Particles

SMALLEST: Final = 1e-9  # people: where next to nobody is expected


def compare_with_predicted(particles: Particles) -> NDArray[np.bool_]:
    """Say for each particle whether a table drawn from it is as far from it as the seen one.

    Far is measured twice: by the overlaps of all pairs of lists and by the people on exactly one
    list, each the sum of squared differences from what the particle expects, over their binomial
    variances.

    Parameters
    ----------
    particles
        Of one replicate, with all people in; its generator moves on.

    Returns
    -------
    NDArray
        Shape (particle, 2); the means over particles are the posterior predictive p values.
    """
    lists = particles.log_in.shape[2]
    held = np.zeros((len(particles.counts), lists), np.int64)
    held[np.repeat(np.arange(len(held)), np.diff(particles.starts)), particles.members] = 1
    seen = _summarise(held, particles.counts)
    people = int(particles.counts.sum())
    found = np.empty((len(particles.alpha), 2), np.bool_)
    for p in range(len(found)):
        log_pi, log_in, log_out = particles.log_pi[p], particles.log_in[p], particles.log_out[p]
        expected = people * _expect(log_pi, log_in, log_out)
        drawn = _summarise(*draw_table(particles.rng, people, log_pi, log_in, log_out))
        variance = np.maximum(expected * (1 - expected / people), SMALLEST)
        near, far = ((each - expected) ** 2 / variance for each in (seen, drawn))
        found[p] = far[:-1].sum() >= near[:-1].sum(), far[-1] >= near[-1]
    return found


def draw_table(
    rng: np.random.Generator,
    people: int,
    log_pi: NDArray[np.float64],
    log_in: NDArray[np.float64],
    log_out: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw the lists of recorded people from one state: patterns (G, J), some twice, and counts.

    List by list, groups of people who are alike so far are split; who is on none of the lists so
    far is on one of the rest, since nobody is recorded on none.

    Parameters
    ----------
    rng
        Source of randomness.
    people
        On at least one list.
    log_pi, log_in, log_out
        Logarithms of the shares of the classes, shape (K,), and of the probability that a list
        holds, or misses, somebody of a class, shape (K, J).
    """
    missed = np.cumsum(log_out[:, ::-1], axis=1)[:, ::-1]  # by this list and all after it
    some = -np.expm1(missed)
    recorded = np.exp(log_pi) * some[:, 0]
    counts = rng.multinomial(people, recorded / recorded.sum()).astype(np.int64)
    classes = np.arange(len(counts))
    held = np.zeros((len(counts), 0), np.int64)
    for j in range(log_in.shape[1]):
        chance = np.exp(log_in[classes, j])
        still = ~held.any(axis=1)
        chance[still] /= np.maximum(some[classes[still], j], SMALLEST**2)
        hits = rng.binomial(counts, np.minimum(chance, 1.0))
        counts = np.concatenate([hits, counts - hits])
        classes = np.tile(classes, 2)
        held = np.column_stack([np.tile(held, (2, 1)), np.repeat([1, 0], len(hits))])
        kept = counts > 0
        counts, classes, held = counts[kept], classes[kept], held[kept]
    return held, counts


def _summarise(held: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Overlaps of all pairs, then the people on exactly one list."""
    overlaps = (held * counts[:, None]).T @ held
    alone = counts[held.sum(axis=1) == 1].sum()
    return np.append(overlaps[np.triu_indices(held.shape[1], 1)], alone).astype(np.float64)


def _expect(
    log_pi: NDArray[np.float64], log_in: NDArray[np.float64], log_out: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Shares of recorded people in the cells of `_summarise`."""
    missed = log_pi + log_out.sum(axis=1)
    chance = np.exp(log_in)
    overlaps = (np.exp(log_pi)[:, None] * chance).T @ chance
    alone = np.exp(missed[:, None] + log_in - log_out).sum()
    recorded = -(np.exp(log_pi) * np.expm1(log_out.sum(axis=1))).sum()
    shares = np.append(overlaps[np.triu_indices(len(overlaps), 1)], alone) / recorded
    return np.asarray(np.clip(shares, 0.0, 1.0), dtype=np.float64)
