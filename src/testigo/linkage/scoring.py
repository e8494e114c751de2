"""Candidate pairs with log odds: blocking, levels by Splink, a model of three classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.blocking import find_pairs
from testigo.linkage.clustering import uncompared_pairs
from testigo.linkage.model import ScoredPairs
from testigo.linkage.preparation import codes_of
from testigo.linkage.splink_levels import find_levels
from testigo.linkage.training import (
    MOST_PAIRS,
    TrainingPairs,
    class_weights,
    default_model,
    learn_model,
    learn_unrelated,
    log_incident_priors,
    log_priors,
)

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.linkage.model import LinkageModel

RANDOM_PAIRS: Final = 200_000
RAREST, COMMONEST = 2.5, -2.5  # log odds that one rare or common name may add
LOW: Final = -30.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Scored pairs, the model they were scored with, and what blocking left out."""

    pairs: ScoredPairs
    model: LinkageModel
    left_out: NDArray[np.int64]


def score_pairs(
    prepared: pa.Table, *, seed: int, model: LinkageModel | None = None, threads: int = 2
) -> Scores:
    """Find the pairs worth comparing, compare them, and say how likely each is one person.

    Parameters
    ----------
    prepared
        As `prepare_records` returns it, in an order that does not depend on the delivery.
    seed
        For the random pairs from which the shares of unrelated pairs come.
    model
        Used as it is; None: learned from these records, starting from the default.
    threads
        Of DuckDB.

    Returns
    -------
    Scores
        Pairs sorted by left and right.
    """
    candidates = find_pairs(prepared)
    chance = _random_pairs(prepared.num_rows, seed) if model is None else np.empty((2, 0), int)
    levels = find_levels(
        prepared,
        np.concatenate([candidates.left, chance[0]]),
        np.concatenate([candidates.right, chance[1]]),
        threads=threads,
    )
    count = len(candidates.left)
    compared = _Compared(
        prepared=prepared,
        left=candidates.left,
        right=candidates.right,
        rules=candidates.rules,
        levels=levels[:count],
        rarity=_rarity(prepared, candidates.left, candidates.right),
        lists=codes_of(prepared["list"].combine_chunks()),
    )
    if model is None:
        model = learn_unrelated(default_model(), _unrelated(levels[count:]))
        model = _learned(model, compared, _first_strata(compared), seed)
        model = _learned(model, compared, _strata(model, compared), seed)
    pairs = _scored(model, compared, _strata(model, compared))
    compared = _completed(compared, pairs, threads)
    pairs = _scored(model, compared, _strata(model, compared))
    return Scores(pairs, model, candidates.left_out)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Pairs with their levels; arrays of shape (pair,) but `lists`, of shape (record,)."""

    prepared: pa.Table
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    rules: NDArray[np.int64]
    levels: NDArray[np.int8]
    rarity: NDArray[np.float64]
    lists: NDArray[np.int64]


def _learned(
    model: LinkageModel, compared: _Compared, stratum: NDArray[np.int8], seed: int
) -> LinkageModel:
    count = len(compared.left)
    chosen = _chosen(count, seed)
    pairs = TrainingPairs(
        compared.levels[chosen],
        compared.rarity[chosen],
        stratum[chosen],
        compared.rules[chosen],
        count / max(len(chosen), 1),
    )
    possible = _possible(compared.lists)
    return learn_model(model, pairs, records=len(compared.lists), all_pairs=possible)


def _completed(compared: _Compared, pairs: ScoredPairs, threads: int) -> _Compared:
    """Compare all records of a group that pairs join: no rule need have found each pair of them.

    One person in five lists under five spellings may hang together by a chain of pairs; whether
    the ends of the chain agree is then seen and not guessed.
    """
    left, right = uncompared_pairs(pairs, len(compared.lists))
    if len(left) == 0:
        return compared
    levels = find_levels(compared.prepared, left, right, threads=threads)
    all_left = np.concatenate([compared.left, left])
    all_right = np.concatenate([compared.right, right])
    order = np.lexsort((all_right, all_left))
    added = _rarity(compared.prepared, left, right)
    return _Compared(
        prepared=compared.prepared,
        left=all_left[order],
        right=all_right[order],
        rules=np.concatenate([compared.rules, np.zeros(len(left), dtype=np.int64)])[order],
        levels=np.concatenate([compared.levels, levels])[order],
        rarity=np.concatenate([compared.rarity, added])[order],
        lists=compared.lists,
    )


def _first_strata(compared: _Compared) -> NDArray[np.int8]:
    """Tell pairs within a list from pairs between lists, before incidents are known."""
    between = compared.lists[compared.left] != compared.lists[compared.right]
    first: NDArray[np.int8] = np.where(between, np.int8(2), np.int8(0))
    return first


def _strata(model: LinkageModel, compared: _Compared) -> NDArray[np.int8]:
    """Find the pairs between lists of which one has several records of the incident."""
    first = _first_strata(compared)
    if not first.any():
        return first
    incident = _scored(model, compared, first).incident > 0
    count = int(compared.lists.max(initial=0)) + 1
    seen = [
        one * count + compared.lists[other]
        for one, other in ((compared.left, compared.right), (compared.right, compared.left))
    ]
    found = np.concatenate([keys[incident] for keys in seen])
    times = np.bincount(found, minlength=len(compared.lists) * count)
    contested = (times[seen[0]] > 1) | (times[seen[1]] > 1)
    stratum: NDArray[np.int8] = np.where((first > 0) & contested, np.int8(1), first)
    return stratum


def _scored(model: LinkageModel, compared: _Compared, stratum: NDArray[np.int8]) -> ScoredPairs:
    logs = class_weights(model, compared.levels)
    logs[0] += compared.rarity
    possible, records = _possible(compared.lists), len(compared.lists)
    priors = log_priors(model, stratum, records=records, all_pairs=possible)
    person = logs[0] + priors[0] - np.logaddexp(logs[1] + priors[1], logs[2] + priors[2])
    logs += log_incident_priors(model, stratum == 0, records=records, all_pairs=possible)
    incident = np.logaddexp(logs[0], logs[1]) - logs[2]
    return ScoredPairs(
        compared.left,
        compared.right,
        np.clip(person, LOW, -LOW),
        np.clip(incident, LOW, -LOW),
        compared.levels,
        compared.rules,
    )


def _possible(lists: NDArray[np.int64]) -> tuple[int, int, int]:
    """Return how many pairs of records lie within lists and between lists (twice)."""
    sizes = np.bincount(lists)
    within = int((sizes * (sizes - 1) // 2).sum())
    n = len(lists)
    between = n * (n - 1) // 2 - within
    return within, between, between


def _random_pairs(records: int, seed: int) -> NDArray[np.int64]:
    """Draw pairs of different records, shape (2, pair); all pairs when there are few."""
    if records * (records - 1) // 2 <= RANDOM_PAIRS:
        return np.array(np.triu_indices(records, 1))
    drawn = np.random.default_rng(seed).integers(0, records, size=(2, RANDOM_PAIRS))
    drawn = np.unique(np.sort(drawn, axis=0), axis=1)
    return drawn[:, drawn[0] != drawn[1]]


def _unrelated(levels: NDArray[np.int8]) -> NDArray[np.int8]:
    """Leave out the random pairs that look related: among few records there are some."""
    logs = class_weights(default_model(), levels)
    kept: NDArray[np.int8] = levels[np.logaddexp(logs[0], logs[1]) - logs[2] < np.log(1_000)]
    return kept


def _chosen(count: int, seed: int) -> NDArray[np.int64]:
    """Choose the candidate pairs to learn from."""
    if count <= MOST_PAIRS:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, MOST_PAIRS, replace=False))


def _rarity(
    prepared: pa.Table, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return what agreement on a rare (or common) name adds to (takes from) the log odds."""
    added = np.zeros(len(left))
    for column in ("p1", "s1", "s2"):
        codes = codes_of(prepared[column].combine_chunks())
        counts = np.bincount(codes[codes >= 0])
        if len(counts) == 0:
            continue
        shares = counts / counts.sum()
        # Names seen once or twice are as rare as they seem only in large lists.
        smoothed = (counts + 1) / (counts.sum() + len(counts))
        surplus = np.clip(np.log((shares**2).sum() / smoothed), COMMONEST, RAREST)
        same = (codes[left] == codes[right]) & (codes[left] >= 0)
        added[same] += surplus[codes[left][same]]
    return added
