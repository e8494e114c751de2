"""Partitions drawn from what the pairs leave open, so that counts of victims carry the doubt.

A draw may join what the best partition keeps apart and part what it joins. Three things make
its intervals honest (docs/explanation/linkage.md has what was measured):

* the doubt about each pair, by Gibbs moves of one record (or group that people joined) at a time;
* the doubt about the model: in each draw all log odds are moved by one amount;
* true pairs that no rule found: unsure pairs between lists are moved up to stand for them, by as
  much as makes the draws join as many.

A list names a person twice only as often as its own pairs say, whatever other lists' records say.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.clustering import ABSENT, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from testigo.linkage.clustering import Components, Constraints
    from testigo.linkage.model import LinkageModel, ScoredPairs

OPEN: Final = -6.0  # log odds that still let a draw join two records: one in four hundred
ABSENT_WITHIN: Final = -6.0  # of two records of one list that no rule brought together
GAIN: Final = 0.25  # two records of a person say 2 ** 0.25 = 1.19 times as much as one
SPREAD: Final = 1.0  # a model's odds may be off by a factor of e: its standard deviation
SWEEPS: Final = 5
_NEVER: Final = -12.0
_FEWEST: Final = 100.0
_TRIED_LIFTS: Final = (0.0, 1.0, 2.0, 3.0, 4.0)
_TRIED_SHIFTS: Final = (-1.28, -0.52, 0.0, 0.52, 1.28)  # middles of five parts of a normal curve
_MOST_MISSED: Final = 2.0  # true pairs not found may be none or twice as many as thought


def draw_partitions(
    pairs: ScoredPairs,
    model: LinkageModel,
    lists: NDArray[np.int64],
    best: NDArray[np.int64],
    keys: NDArray[np.uint64],
    *,
    constraints: Constraints,
    found: float | None,
    draws: int,
    seed: int,
) -> NDArray[np.int32]:
    """Return partitions, shape (draw, record): for each record the place that names its victim.

    Each component is drawn on its own with a stream of its own, seeded by `seed` and the key of
    its first record, so that other records change it only through the shares of the model.

    Parameters
    ----------
    pairs, model
        Scored pairs and what they were scored with.
    lists
        Number of each record's list, shape (record,).
    best
        Partition to start from, shape (record,).
    keys
        A number for each record that does not depend on where it stands, shape (record,).
    constraints
        What people decided; every draw obeys it.
    found
        Share of the true pairs that the rules are thought to find; None: not known.
    draws, seed
        How many, and the seed.
    """
    if not draws:
        return np.empty((0, len(best)), dtype=np.int32)
    components = lay_out(pairs.left, pairs.right, pairs.person, lists, constraints, above=OPEN)
    offsets = np.repeat(components.starts[:-1], np.diff(components.starts))
    sample = _sampler(components, offsets, model, best, keys=keys, seed=seed)
    shifts = np.random.default_rng(seed).normal(0.0, SPREAD, draws)
    missed = np.random.default_rng([seed, 1]).uniform(0.0, _MOST_MISSED, draws)
    between = pairs.person[lists[pairs.left] != lists[pairs.right]]
    wanted = _expected(between, found, missed)

    def joined(lift: float) -> float:
        tried = SPREAD * np.array(_TRIED_SHIFTS)
        named = sample(tried, np.full(len(tried), lift)) + offsets
        return float(np.mean([_pairs_between(one, components.lists) for one in named]))

    lifts = _lifts(joined, wanted) if found and len(between) else np.zeros(draws)
    drawn = sample(shifts, lifts)
    partitions = np.tile(np.arange(len(best), dtype=np.int32), (draws, 1))
    partitions[:, components.members] = components.members[drawn + offsets]
    return partitions


def _sampler(
    components: Components,
    offsets: NDArray[np.int64],
    model: LinkageModel,
    best: NDArray[np.int64],
    *,
    keys: NDArray[np.uint64],
    seed: int,
) -> Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.int64]]:
    """Return what draws members' places in their components, given shift and lift of each draw."""
    from testigo.linkage.kernels import sample_components

    places = np.full(len(best), -1, dtype=np.int64)
    places[components.members] = np.arange(len(components.members)) - offsets
    salt = np.uint64((seed * 0x9E3779B97F4A7C15) % 2**64)
    return partial(
        sample_components,
        components.starts,
        components.pair_starts,
        components.left,
        components.right,
        components.values,
        components.lists,
        components.fixed,
        _begun(components, places, best),
        keys[components.members[components.starts[:-1]]] ^ salt,
        _odds_against(model, len(best)),
        GAIN,
        sweeps=SWEEPS,
        absent=ABSENT,
        absent_within=ABSENT_WITHIN,
    )


def _begun(
    components: Components, places: NDArray[np.int64], best: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the place of the record that names each member's victim.

    A component too large for a matrix may have been cut across a victim; there records start
    alone.
    """
    number = np.full(len(best), -1, dtype=np.int64)
    sizes = np.diff(components.starts)
    number[components.members] = np.repeat(np.arange(len(sizes)), sizes)
    names = best[components.members]
    inside = number[names] == number[components.members]
    begun: NDArray[np.int64] = np.where(inside, places[names], components.fixed)
    return begun


def _odds_against(model: LinkageModel, records: int) -> float:
    """Return the log odds against two records of any lists being one person."""
    count = max(float(records), _FEWEST)
    expected = sum(rates[0] for rates in model.pairs_per_record.values()) * count
    return float(np.log(max(count * (count - 1) / 2 / expected - 1, 1.0)))


def _expected(
    odds: NDArray[np.floating], found: float | None, missed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how many true pairs there are when `missed` times those thought missed were."""
    known = float((1 / (1 + np.exp(-odds[odds > _NEVER].astype(np.float64)))).sum())
    return known + missed * known * (1 / min(found or 1.0, 1.0) - 1)


def _lifts(joined: Callable[[float], float], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how much each draw's log odds are lifted so that it joins the wanted pairs."""
    reached = np.maximum.accumulate([joined(lift) for lift in _TRIED_LIFTS])
    return np.interp(wanted, reached, _TRIED_LIFTS)


def _pairs_between(named: NDArray[np.int64], lists: NDArray[np.int64]) -> float:
    """Return how many pairs of records of different lists have one name."""
    kinds = int(lists.max(initial=0)) + 1
    every, own = np.bincount(named), np.bincount(named * kinds + lists)
    return float((every**2).sum() - (own**2).sum()) / 2
