"""What each level of comparison is worth, learned from the records without any label.

Each candidate pair belongs to one of three classes: one person, two victims of one incident, or
two incidents. The shares of levels among unrelated pairs come from pairs drawn at random; the
others by expectation maximisation over the candidate pairs. Four traps are avoided:

* A rule that finds a pair by its names teaches nothing about names. Each comparison learns only
  from pairs that some rule found without it.
* Co-victims agree in date, place and weapon; a model with two classes takes them for one
  person and learns that names may differ. Here they have a class of their own.
* Many people of one name look like one person whose other fields never agree. How often fields
  of one person may disagree altogether is bounded.
* Few records teach little: what is learned is mixed with the default model, as if `PRIOR` pairs
  had been seen before.

Where people decided on pairs (`labels`), these are of the class that was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.blocking import RULES
from testigo.linkage.comparisons import COMPARISONS
from testigo.linkage.labels import DIFFERENT, SAME, UNLABELLED
from testigo.linkage.model import LinkageModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.linkage.comparisons import Comparison

PRIOR: Final = 200.0  # pairs that the default shares count for
PRIOR_RANDOM: Final = 500.0
PRIOR_RECORDS: Final = 200.0
FEWEST_RECORDS: Final = 100.0  # fewer are thought of as a part of so many
ROUNDS: Final = 30
ENOUGH: Final = 1e-4
MOST_PAIRS: Final = 300_000  # candidate pairs that are learned from
STRATA: Final = ("within", "contested", "alone")
DEFAULT_PAIRS: Final = {"within": (0.01, 0.06), "contested": (0.1, 0.09), "alone": (0.5, 0.03)}


@dataclass(frozen=True, slots=True)
class TrainingPairs:
    """Candidate pairs to learn from.

    Attributes
    ----------
    levels
        Shape (pair, comparison), -1 where missing.
    rarity
        What is added to the log odds because the names that agree are rare, shape (pair,).
    stratum
        Number in `STRATA`, shape (pair,): both records in one list; in two lists, one of which
        has several records of the incident; in two lists, each with one record of it. Where
        each list has one, co-victims are the rarer explanation.
    rules
        Which rules found the pair, shape (pair,).
    weight
        Candidate pairs that each stands for, shape (pair,).
    labels
        What people said of each, as `labels.labels_of` returns it, shape (pair,).
    """

    levels: NDArray[np.int8]
    rarity: NDArray[np.float64]
    stratum: NDArray[np.int8]
    rules: NDArray[np.int64]
    weight: NDArray[np.float64]
    labels: NDArray[np.int8]


def default_model() -> LinkageModel:
    """Return the model that nothing was learned for yet."""
    levels = {}
    for one in COMPARISONS:
        kin = one.kin or (one.same if one.side == "incident" else one.unrelated)
        shares = np.array([one.same, kin, one.unrelated], dtype=np.float64)
        shares /= shares.sum(axis=1, keepdims=True)
        if one.side == "person":
            shares[1] = _of_co_victims(one, shares[2])
        levels[one.name] = shares
    return LinkageModel(levels=levels, pairs_per_record=dict(DEFAULT_PAIRS))


def learn_unrelated(model: LinkageModel, levels: NDArray[np.int8]) -> LinkageModel:
    """Return the model with the shares of unrelated pairs, seen in pairs drawn at random.

    Parameters
    ----------
    model
        To start from.
    levels
        Of random pairs, shape (pair, comparison).
    """
    learned = {name: shares.copy() for name, shares in model.levels.items()}
    for place, one in enumerate(COMPARISONS):
        shares = learned[one.name]
        counts = _counted(levels[:, place], np.ones(len(levels)), shares.shape[1])
        shares[2] = (counts + PRIOR_RANDOM * shares[2]) / (counts.sum() + PRIOR_RANDOM)
        if one.side == "person":
            shares[1] = _of_co_victims(one, shares[2])
    return LinkageModel(learned, model.pairs_per_record, model.trained_on, model.version)


def learn_model(
    model: LinkageModel, pairs: TrainingPairs, *, records: int, all_pairs: tuple[int, int, int]
) -> LinkageModel:
    """Return the model after expectation maximisation over the candidate pairs.

    Parameters
    ----------
    model
        To start from, and to be mixed with.
    pairs
        What is learned from.
    records
        How many there are.
    all_pairs
        Possible pairs of each stratum, compared or not.
    """
    teaches = _teaching(pairs.rules)
    told = int((pairs.labels != UNLABELLED).sum())
    current = model
    for _ in range(ROUNDS):
        chances = class_chances(current, pairs, records=records, all_pairs=all_pairs)
        learned = _maximised(model, pairs, chances, teaches)
        ratios = _ratios(model, pairs, chances, records)
        moved = _movement(current.levels, learned)
        current = LinkageModel(learned, ratios, records, model.version, told)
        if moved < ENOUGH:
            break
    return current


def class_weights(model: LinkageModel, levels: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return the log likelihood of each pair in each class, shape (class, pair)."""
    total = np.zeros((3, len(levels)))
    for place, one in enumerate(COMPARISONS):
        logs = np.log(np.maximum(model.levels[one.name], 1e-9))
        padded = np.concatenate([np.zeros((3, 1)), logs], axis=1)  # level -1: says nothing
        total += padded[:, levels[:, place].astype(np.int64) + 1]
    return total


def log_priors(
    model: LinkageModel, stratum: NDArray[np.int8], *, records: int, all_pairs: tuple[int, int, int]
) -> NDArray[np.float64]:
    """Return the log prior chance of each class, shape (class, pair)."""
    logs = np.empty((len(STRATA), 3))
    crowd = max(1.0, FEWEST_RECORDS / max(records, 1))
    for number, (name, possible) in enumerate(zip(STRATA, all_pairs, strict=True)):
        person, incident = (
            min(0.4, rate * records / max(possible, 1)) / crowd
            for rate in model.pairs_per_record[name]
        )
        logs[number] = np.log([person, incident, 1 - person - incident])
    return logs[stratum].T


def log_incident_priors(
    model: LinkageModel, within: NDArray[np.bool_], *, records: int, all_pairs: tuple[int, int, int]
) -> NDArray[np.float64]:
    """Return the log prior chance of each class when nothing is known of the incident's others."""
    rates = model.pairs_per_record
    between = tuple(
        float(sum(pair)) for pair in zip(rates["contested"], rates["alone"], strict=True)
    )
    whole = LinkageModel(model.levels, {**rates, "alone": (between[0], between[1])})
    stratum = np.where(within, np.int8(0), np.int8(2))
    return log_priors(whole, stratum, records=records, all_pairs=all_pairs)


def class_chances(
    model: LinkageModel, pairs: TrainingPairs, *, records: int, all_pairs: tuple[int, int, int]
) -> NDArray[np.float64]:
    """Return the chance of each class for each pair, shape (class, pair)."""
    logs = class_weights(model, pairs.levels)
    logs += log_priors(model, pairs.stratum, records=records, all_pairs=all_pairs)
    logs[0] += pairs.rarity
    logs[0, pairs.labels == DIFFERENT] = -np.inf
    logs[1:, pairs.labels == SAME] = -np.inf
    logs -= logs.max(axis=0)
    chances: NDArray[np.float64] = np.exp(logs)
    chances /= chances.sum(axis=0)
    return chances


def _of_co_victims(one: Comparison, unrelated: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shares among co-victims of a field of the person: as strangers, and namesakes."""
    beyond = np.array(one.namesakes or (0.0,) * len(unrelated))
    shares: NDArray[np.float64] = (1 - beyond.sum()) * unrelated + beyond
    return shares


def _teaching(rules: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say for each comparison which pairs some rule found without it, (comparison, pair)."""
    masks = []
    for one in COMPARISONS:
        free = sum(1 << n for n, rule in enumerate(RULES) if one.name not in rule.fields)
        masks.append((rules & free) != 0)
    return np.array(masks)


def _maximised(
    start: LinkageModel,
    pairs: TrainingPairs,
    chances: NDArray[np.float64],
    teaches: NDArray[np.bool_],
) -> dict[str, NDArray[np.float64]]:
    learned = {}
    for place, one in enumerate(COMPARISONS):
        before = start.levels[one.name]
        shares = before.copy()
        chosen = teaches[place]
        column, weight = pairs.levels[chosen, place], pairs.weight[chosen]
        size = before.shape[1]
        same = _counted(column, chances[0, chosen] * weight, size)
        told = pairs.labels[chosen] == SAME
        most = _most_apart(one, _counted(column[told], weight[told], size), int(told.sum()))
        shares[0] = _bounded((same + PRIOR * before[0]) / (same.sum() + PRIOR), most)
        if one.side == "incident":
            shares[1] = shares[0]
        elif one.side == "kin":
            kin = _counted(column, chances[1, chosen] * weight, size)
            shares[1] = (kin + PRIOR * before[1]) / (kin.sum() + PRIOR)
        learned[one.name] = shares
    return learned


def _most_apart(one: Comparison, same: NDArray[np.float64], labels: int) -> float:
    """Return how often fields of one person may disagree: more, where labels show that they do."""
    seen = float(same[0] / max(same.sum(), 1e-9))
    return max(one.most_apart, (PRIOR * one.most_apart + labels * seen) / (PRIOR + labels))


def _bounded(shares: NDArray[np.float64], most_apart: float) -> NDArray[np.float64]:
    """Return shares of which the worst level has no more than it may."""
    surplus = shares[0] - most_apart
    if surplus <= 0:
        return shares
    bounded: NDArray[np.float64] = shares * (1 - most_apart) / (1 - shares[0])
    bounded[0] = most_apart
    return bounded


def _ratios(
    start: LinkageModel, pairs: TrainingPairs, chances: NDArray[np.float64], records: int
) -> dict[str, tuple[float, float]]:
    trust = records / (records + PRIOR_RECORDS)
    ratios = {}
    for number, name in enumerate(STRATA):
        chosen = pairs.stratum == number
        found = chances[:2, chosen] @ pairs.weight[chosen] / max(records, 1)
        before = np.array(start.pairs_per_record[name])
        person, incident = (trust * found + (1 - trust) * before).tolist()
        ratios[name] = (person, incident)
    return ratios


def _counted(
    levels: NDArray[np.int8], weights: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    known = levels >= 0
    return np.bincount(levels[known], weights[known], size).astype(np.float64)


def _movement(
    before: Mapping[str, NDArray[np.float64]], after: Mapping[str, NDArray[np.float64]]
) -> float:
    return max(float(np.abs(before[name] - shares).max()) for name, shares in after.items())
