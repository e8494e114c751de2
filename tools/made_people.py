"""Kinds of people and lists of known truth, for tools/calibrate_gate.py."""

# ruff: noqa: PLR2004  # numbers of made populations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Patterns = NDArray[np.int64]
Kind = Callable[[np.random.Generator, int], Patterns]


def chances(rng: np.random.Generator, lists: int, low: float, high: float) -> NDArray[np.float64]:
    """Capture probabilities of lists."""
    return rng.uniform(low, high, lists)


def listed(rng: np.random.Generator, chance: NDArray[np.float64], people: int) -> Patterns:
    """0/1 of shape (people, list); `chance` may differ by person."""
    return (rng.random((people, chance.shape[-1])) < chance).astype(np.int64)


def independent(rng: np.random.Generator, people: int) -> Patterns:
    """Make lists that know nothing of each other, and people alike."""
    return listed(rng, chances(rng, rng.integers(3, 6), 0.1, 0.5), people)


def two_classes(rng: np.random.Generator, people: int) -> Patterns:
    """Make a third of the people easy to list, the others hard."""
    lists = rng.integers(4, 6)
    chance = np.stack([chances(rng, lists, 0.3, 0.7), chances(rng, lists, 0.05, 0.25)])
    return listed(rng, chance[(rng.random(people) < 0.65).astype(int)], people)


def rasch(rng: np.random.Generator, people: int, spread: float = 1.5) -> Patterns:
    """Make each person as easy to list as nobody else, on all lists alike."""
    lists = rng.integers(3, 6)
    ease = rng.uniform(-2.2, -0.4, lists) + spread * rng.normal(size=(people, 1))
    return listed(rng, 1 / (1 + np.exp(-ease)), people)


def mild_rasch(rng: np.random.Generator, people: int) -> Patterns:
    """Make people differ little."""
    return rasch(rng, people, 0.6)


def one_pair(rng: np.random.Generator, people: int, sign: float = 1.0) -> Patterns:
    """Make the second list hold those of the first more often, or less, than others."""
    lists = rng.integers(3, 6)
    chance = chances(rng, lists, 0.15, 0.45)
    held = listed(rng, chance, people)
    ratio = np.exp(sign * rng.uniform(0.7, 2.0))
    odds = chance[1] / (1 - chance[1]) * np.where(held[:, 0] == 1, ratio, 1.0)
    held[:, 1] = rng.random(people) < odds / (1 + odds)
    return held


def one_shy_pair(rng: np.random.Generator, people: int) -> Patterns:
    """Make the second list hold those of the first less often."""
    return one_pair(rng, people, -1.0)


def highest_order(rng: np.random.Generator, people: int) -> Patterns:
    """Make the third of three lists go by both others together: not identified."""
    chance = chances(rng, 3, 0.2, 0.5)
    held = listed(rng, chance, people)
    ratio = np.exp(rng.choice([-1.0, 1.0]) * rng.uniform(0.5, 1.5))
    odds = chance[2] / (1 - chance[2]) * np.where(held[:, :2].all(axis=1), ratio, 1.0)
    held[:, 2] = rng.random(people) < odds / (1 + odds)
    return held


def sparse(rng: np.random.Generator, people: int) -> Patterns:
    """Make six lists that each hold few."""
    return listed(rng, chances(rng, 6, 0.02, 0.12), people)


def copied(rng: np.random.Generator, people: int) -> Patterns:
    """Make the second list copy most of the first and find few by itself."""
    held = listed(rng, chances(rng, rng.integers(3, 6), 0.15, 0.45), people)
    held[:, 1] = (held[:, 0] & (rng.random(people) < rng.uniform(0.6, 0.95))) | (
        rng.random(people) < 0.05
    )
    return held


def disconnected(rng: np.random.Generator, people: int) -> Patterns:
    """Make two groups of lists, each of which reaches its own half of the people."""
    held = listed(rng, chances(rng, 4, 0.2, 0.5), people)
    half = rng.random(people) < 0.5
    held[half, :2] = 0
    held[~half, 2:] = 0
    return held


def disconnected_pairs(rng: np.random.Generator, people: int) -> Patterns:
    """Make two such groups, in each of which the second list goes by the first."""
    held = listed(rng, chances(rng, 4, 0.2, 0.4), people)
    half = rng.random(people) < 0.5
    for first in (0, 2):
        copied = held[:, first] & (rng.random(people) < rng.uniform(0.2, 0.6))
        held[:, first + 1] |= copied
    held[half, :2] = 0
    held[~half, 2:] = 0
    return held


def few_people(rng: np.random.Generator, people: int) -> Patterns:
    """Make tens of people who differ: strata as they often come."""
    return rasch(rng, 40 + people // 40, 1.0)


def one_holds_nearly_all(rng: np.random.Generator, people: int) -> Patterns:
    """Make a first list that holds nearly all who are recorded: nearly all there are, or not.

    In half of the tables the others know nothing of it; in half they are copied from it, but for
    the few that they found themselves, and it holds half of all or more.
    """
    others = rng.integers(2, 5)
    knows_nothing = rng.random() < 0.5
    missed = rng.uniform(0.0, 0.04) if knows_nothing else rng.uniform(0.1, 0.5)
    held = listed(rng, np.r_[1 - missed, chances(rng, others, 0.1, 0.5)], people)
    if not knows_nothing:
        found = listed(rng, np.full(others, rng.uniform(0.0, 0.01)), people)
        held[:, 1:] = np.where(held[:, :1] == 1, held[:, 1:], found)
    return held


KINDS: dict[str, Kind] = {
    "independent": independent,
    "two classes": two_classes,
    "people unequal, mild (Rasch 0.6)": mild_rasch,
    "people unequal, strong (Rasch 1.5)": rasch,
    "one pair attracts": one_pair,
    "one pair repels": one_shy_pair,
    "three lists that depend": highest_order,
    "sparse, six lists": sparse,
    "one list copies another": copied,
    "two groups of lists": disconnected,
    "two groups of lists that attract": disconnected_pairs,
    "few people, unequal (Rasch 1)": few_people,
    "one list holds nearly all": one_holds_nearly_all,
}
