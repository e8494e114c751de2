"""Candidate pairs with log odds: blocking, levels by Splink, a model of three classes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.linkage.blocking import find_pairs
from testigo.linkage.clustering import no_constraints, uncompared_pairs
from testigo.linkage.comparisons import NAMES
from testigo.linkage.evidence import find_ages_told_twice, weigh_rarity
from testigo.linkage.increments import keep_nothing
from testigo.linkage.labels import (
    decided_pairs,
    labels_of,
    mark_decided,
    weigh_labels,
)
from testigo.linkage.model import ScoredPairs
from testigo.linkage.preparation import codes_of
from testigo.linkage.splink_levels import find_levels
from testigo.linkage.training import (
    TrainingPairs,
    class_weights,
    default_model,
    learn_model,
    learn_unrelated,
    log_incident_priors,
    log_priors,
)
from testigo.linkage.training_sample import choose_pairs, draw_random_pairs, leave_out_related

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pyspark.sql import SparkSession

    from testigo.linkage.clustering import Constraints
    from testigo.linkage.increments import Kept
    from testigo.linkage.model import LinkageModel

    LevelFinder = Callable[[pa.Table, NDArray[np.int64], NDArray[np.int64]], NDArray[np.int8]]

LOW: Final = -30.0
_AGE: Final = NAMES.index("age")
_FEW: Final = 0.5  # share of the records that pairs speak of, below which the others stay aside


@dataclass(frozen=True, slots=True)
class Scores:
    """Scored pairs, the model they were scored with, and what blocking left out."""

    pairs: ScoredPairs
    model: LinkageModel
    left_out: NDArray[np.int64]


def score_pairs(
    prepared: pa.Table,
    *,
    seed: int,
    model: LinkageModel | None = None,
    decided: Constraints | None = None,
    kept: Kept | None = None,
    threads: int = 2,
    spark: SparkSession | None = None,
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
    decided
        What people decided: these pairs are compared whether a rule finds them or not, and the
        model learns from them.
    kept
        Of an earlier run: only pairs with a record that is new or changed are compared.
    threads
        Of DuckDB.
    spark
        Session of Spark that compares the pairs; None: DuckDB compares them.

    Returns
    -------
    Scores
        Pairs sorted by left and right.
    """
    records = prepared.num_rows
    decided, kept = decided or no_constraints(), kept or keep_nothing(records)
    found = find_pairs(prepared, fresh=kept.fresh)
    pairs, rules, kept = _with_decided(
        found.left * records + found.right, found.rules, decided, kept
    )
    chance = draw_random_pairs(records, seed) if model is None else np.empty((2, 0), int)
    find = partial(find_levels, threads=threads, spark=spark)
    compared, random_levels = _compare(prepared, pairs, rules, chance, find)
    if model is None:
        model = learn_unrelated(default_model(), leave_out_related(random_levels))
        model = _learned(model, compared, _first_strata(compared), seed)
        model = _learned(model, compared, _strata(model, compared, kept), seed)
    scored = _rescored(model, compared, kept)
    compared = _completed(compared, *uncompared_pairs(scored, kept.fresh), find)
    scored = _rescored(model, compared, kept)
    return Scores(scored, model, found.left_out)


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


def _with_decided(
    pairs: NDArray[np.int64], rules: NDArray[np.int64], decided: Constraints, kept: Kept
) -> tuple[NDArray[np.int64], NDArray[np.int64], Kept]:
    """Mark the decided pairs among those kept and those to be compared; add what is in neither."""
    records, former = len(kept.fresh), kept.pairs
    numbers, marks = decided_pairs(decided, records)
    marked, missing = mark_decided(
        former.left * records + former.right, former.rules, numbers, marks
    )
    kept = replace(kept, pairs=replace(former, rules=marked))
    numbers, marks = numbers[missing], marks[missing]
    rules, missing = mark_decided(pairs, rules, numbers, marks)
    pairs = np.concatenate([pairs, numbers[missing]])
    order = np.argsort(pairs, kind="stable")
    return pairs[order], np.concatenate([rules, marks[missing]])[order], kept


def _compare(
    prepared: pa.Table,
    pairs: NDArray[np.int64],
    rules: NDArray[np.int64],
    chance: NDArray[np.int64],
    find: LevelFinder,
) -> tuple[_Compared, NDArray[np.int8]]:
    """Compare the pairs, and pairs drawn at random in the same go."""
    left, right = pairs // max(prepared.num_rows, 1), pairs % max(prepared.num_rows, 1)
    levels = _levels(
        prepared,
        np.concatenate([left, chance[0]]),
        np.concatenate([right, chance[1]]),
        find,
    )
    compared = _Compared(
        prepared=prepared,
        left=left,
        right=right,
        rules=rules,
        levels=levels[: len(left)],
        rarity=weigh_rarity(prepared, left, right),
        lists=codes_of(prepared["list"].combine_chunks()),
    )
    return compared, levels[len(left) :]


def _levels(
    prepared: pa.Table, left: NDArray[np.int64], right: NDArray[np.int64], find: LevelFinder
) -> NDArray[np.int8]:
    """Find the levels; where few records are spoken of, the others are not handed over."""
    spoken = np.zeros(prepared.num_rows, dtype=np.bool_)
    spoken[left] = spoken[right] = True
    if spoken.sum() < _FEW * len(spoken):
        places = np.cumsum(spoken) - 1
        prepared, left, right = prepared.filter(pa.array(spoken)), places[left], places[right]
    return find(prepared, left, right)


def _learned(
    model: LinkageModel, compared: _Compared, stratum: NDArray[np.int8], seed: int
) -> LinkageModel:
    labels = labels_of(compared.rules)
    chosen, weight = choose_pairs(labels, seed)
    odds = _scored(model, compared, stratum).person[chosen]
    pairs = TrainingPairs(
        compared.levels[chosen],
        compared.rarity[chosen],
        stratum[chosen],
        compared.rules[chosen],
        weigh_labels(odds, labels[chosen], weight),
        labels[chosen],
    )
    possible = _possible(compared.lists)
    return learn_model(model, pairs, records=len(compared.lists), all_pairs=possible)


def _completed(
    compared: _Compared, left: NDArray[np.int64], right: NDArray[np.int64], find: LevelFinder
) -> _Compared:
    """Compare all records of a group that pairs join: no rule need have found each pair of them.

    One person in five lists under five spellings may hang together by a chain of pairs; whether
    the ends of the chain agree is then seen and not guessed.
    """
    if len(left) == 0:
        return compared
    levels = _levels(compared.prepared, left, right, find)
    all_left = np.concatenate([compared.left, left])
    all_right = np.concatenate([compared.right, right])
    order = np.lexsort((all_right, all_left))
    added = weigh_rarity(compared.prepared, left, right)
    return _Compared(
        prepared=compared.prepared,
        left=all_left[order],
        right=all_right[order],
        rules=np.concatenate([compared.rules, np.zeros(len(left), dtype=np.int64)])[order],
        levels=np.concatenate([compared.levels, levels])[order],
        rarity=np.concatenate([compared.rarity, added])[order],
        lists=compared.lists,
    )


def _rescored(model: LinkageModel, compared: _Compared, kept: Kept) -> ScoredPairs:
    """Score what was compared, and put it into one order with what was kept."""
    scored = _scored(model, compared, _strata(model, compared, kept))
    told = find_ages_told_twice(_joined(kept, scored), len(compared.lists))
    apart = (scored.levels[:, _AGE] == 0) & told[scored.left] & told[scored.right]
    # A second error of the same kind: the chance of one more, given one person.
    person = scored.person + np.where(apart, np.log(model.levels["age"][0, 0]), 0.0)
    person = np.maximum(person, LOW).astype(np.float32)
    return _joined(kept, replace(scored, person=person))


def _joined(kept: Kept, scored: ScoredPairs) -> ScoredPairs:
    """Put pairs kept and pairs just scored into one order."""
    former = kept.pairs
    if len(former.left) == 0:
        return scored
    names = ScoredPairs.__slots__
    columns = [np.concatenate([getattr(former, name), getattr(scored, name)]) for name in names]
    order = np.lexsort((columns[1], columns[0]))
    return ScoredPairs(*(column[order] for column in columns))


def _first_strata(compared: _Compared) -> NDArray[np.int8]:
    """Tell pairs within a list from pairs between lists, before incidents are known."""
    between = compared.lists[compared.left] != compared.lists[compared.right]
    first: NDArray[np.int8] = np.where(between, np.int8(2), np.int8(0))
    return first


def _strata(model: LinkageModel, compared: _Compared, kept: Kept) -> NDArray[np.int8]:
    """Find the pairs between lists of which one has several records of the incident."""
    first = _first_strata(compared)
    if not first.any():
        return first
    incident = np.concatenate([_scored(model, compared, first).incident, kept.pairs.incident]) > 0
    left = np.concatenate([compared.left, kept.pairs.left])
    right = np.concatenate([compared.right, kept.pairs.right])
    lists = compared.lists
    count = int(lists.max(initial=0)) + 1
    seen = [one * count + lists[other] for one, other in ((left, right), (right, left))]
    found = np.concatenate([keys[incident] for keys in seen])
    times = np.bincount(found, minlength=len(lists) * count)
    several = (times[seen[0]] > 1) | (times[seen[1]] > 1)
    contested = several[: len(first)]
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
        np.clip(person, LOW, -LOW).astype(np.float32),
        np.clip(incident, LOW, -LOW).astype(np.float32),
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
