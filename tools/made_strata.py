"""Made worlds of strata of known truth, for tools/calibrate_pooling.py."""

# ruff: noqa: PLR2004  # numbers of made worlds

from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from testigo.estimation import CaptureHistories

GOOD, THIN = 8, 10  # strata of a world
ZONES, LARGE = 10, 6  # of each actor; in so many zones two of the three actors have large strata
ACTORS = ("one", "two", "rare")
Patterns = NDArray[np.int64]
Draw = Callable[[np.random.Generator, NDArray[np.float64], int], Patterns]


def same(rng: np.random.Generator, ease: NDArray[np.float64], people: int) -> Patterns:
    """Make lists that know nothing of each other, and people alike within the stratum."""
    return (rng.random((people, ease.shape[-1])) < 1 / (1 + np.exp(-ease))).astype(np.int64)


def classes(rng: np.random.Generator, ease: NDArray[np.float64], people: int) -> Patterns:
    """Make two fifths of the people harder to list than the others, on every list."""
    harder = rng.random((people, 1)) < 0.4
    return same(rng, ease + np.where(harder, -0.9, 0.6), people)


def harder(rng: np.random.Generator, ease: NDArray[np.float64], people: int) -> Patterns:
    """Make people half as likely to be on any list."""
    return same(rng, ease - 0.9, people)


def copied(rng: np.random.Generator, ease: NDArray[np.float64], people: int) -> Patterns:
    """Make the second list copy half of the first."""
    held = same(rng, ease, people)
    held[:, 1] |= held[:, 0] & (rng.random(people) < 0.5)
    return held


MISSED = "people alike, thin where much was missed"
KINDS: dict[str, tuple[Draw, Draw]] = {  # of the good strata, of the thin ones
    "people alike, strata alike": (same, same),
    "two classes of people, strata alike": (classes, classes),
    MISSED: (same, same),
    "thin strata harder to list": (same, harder),
    "in thin strata one list copies another": (same, copied),
}
LIKE = list(KINDS)[:3]  # in which the thin strata are like the others


@dataclass(frozen=True, slots=True)
class World:
    """Tables of a world, and how many people there were."""

    tables: tuple[CaptureHistories, ...]
    people: NDArray[np.int64]


EFFECTS: dict[str, tuple[Draw, tuple[float, float], tuple[float, float]]] = {
    # of the second and of the rare actor, in logits: on every list, and more on the second list
    "actors alike": (same, (0.0, 0.0), (0.0, 0.0)),
    "victims of two actors harder to list": (same, (-0.5, -0.9), (0.0, 0.0)),
    "one list hardly sees two actors": (same, (0.0, 0.0), (-1.0, -2.0)),
    "two classes of people, actors alike": (classes, (0.0, 0.0), (0.0, 0.0)),
}


def make_world(kind: str, seed: int, number: int) -> World:
    """Draw a world; kinds whose good strata are drawn in one way have the same good strata."""
    good, thin = KINDS[kind]
    missed = kind == MISSED
    rng = np.random.default_rng([seed, number, (good is classes) + 2 * missed])
    lists = 3 + number % 3
    centre = rng.normal(-1.1 if missed else -0.7, 0.4, lists)
    sizes = np.exp(
        rng.normal(5, 1.1, GOOD + THIN) if missed else
        np.r_[rng.uniform(*np.log([150, 1_500]), GOOD), rng.uniform(*np.log([5, 60]), THIN)]
    ).astype(int)  # fmt: skip
    tables, people = [], []
    for place, size in enumerate(sizes):
        ease = centre + rng.normal(0, 0.4) + rng.normal(0, 0.2, lists)
        held = (good if place < GOOD else thin)(rng, ease, int(size))
        add(tables, people, held, [("area", str(place))])
    return World(tuple(tables), np.array(people))


def make_actors(kind: str, seed: int, number: int) -> World:
    """Draw a world of actors and zones; strata with the same chances are the same in all kinds."""
    draw, everywhere, on_second = EFFECTS[kind]
    rng = np.random.default_rng([seed, number, 3])
    lists = 3 + number % 3
    centre = rng.normal(-0.7, 0.4, lists)
    zones = rng.normal(0, 0.3, ZONES)
    tables, people = [], []
    for actor, name in enumerate(ACTORS):
        effect = np.full(lists, (0.0, *everywhere)[actor])
        effect[1] += (0.0, *on_second)[actor]
        for zone in range(ZONES):
            rng = np.random.default_rng([seed, number, 3, actor, zone])
            large = name != "rare" and zone < LARGE
            size = int(np.exp(rng.uniform(*np.log([150, 1_500] if large else [5, 60]))))
            ease = centre + zones[zone] + rng.normal(0, 0.3) + rng.normal(0, 0.2, lists) + effect
            named = [("actor", name), ("zone", str(zone))]
            add(tables, people, draw(rng, ease, size), named)
    return World(tuple(tables), np.array(people))


def without(world: World, actor: str) -> World:
    """Leave out the strata of an actor."""
    kept = [dict(table.stratum)["actor"] != actor for table in world.tables]
    return World(tuple(compress(world.tables, kept)), world.people[kept])


def add(
    tables: list[CaptureHistories],
    people: list[int],
    held: Patterns,
    named: list[tuple[str, str]],
) -> None:
    """Tabulate a stratum, unless nobody is on any list."""
    seen = held[held.any(axis=1)]
    if len(seen):
        lists = "abcde"[: held.shape[1]]
        tables.append(CaptureHistories.of(lists, seen, np.ones(len(seen)), stratum=named))
        people.append(len(held))
