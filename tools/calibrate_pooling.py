"""How often the interval of a thin stratum that leans on others holds the truth: made worlds.

A world has strata of 150 to 1,500 people, which the latent class model estimates, and thin ones of
5 to 60, which lean on them. The page docs/explanation/pooling.md says by kind of world how often
the 95 % intervals of the thin strata, and of their sum, hold the truth. From the repository root:

    python tools/calibrate_pooling.py fit FOLDER [FRESH_WORLDS]
    python tools/calibrate_pooling.py page FOLDER [FRESH_WORLDS]

`fit` keeps the fits in FOLDER, so that a stopped run goes on; each takes about a CPU second. The
limit of `leans_on_low_strata` was chosen on 30 first worlds of each kind; the fresh ones judge it.
"""

# ruff: noqa: PLR2004  # numbers of made worlds

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from testigo.core import Estimate, Verdict
from testigo.estimation import CaptureHistories, judge_table
from testigo.estimation.systems.estimate_rows import is_counted, is_told, refuse_estimate
from testigo.estimation.systems.fit_cache import (
    FitOptions,
    fit_key,
    fit_table,
    pack_fit,
    unpack_fit,
)
from testigo.estimation.systems.methods import judge_fit
from testigo.estimation.systems.thin_strata import LEAST_FIGURE, lean_on_others
from testigo.observatory.fit_folder import FitFolder

FIRST, FRESH = 20_261_121, 20_261_122  # seeds
WORLDS = 30
GOOD, THIN = 8, 10  # strata of a world
LEANS_LOW = "leans_on_low_strata"
TEMPLATE = Path(__file__).with_name("calibrate_pooling_page.md")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "pooling.md"
OPTIONS = FitOptions(seed=1, most_blocks=6)
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


@dataclass(frozen=True, slots=True)
class Found:
    """What leaning gave for the thin strata of worlds.

    `truth`, `seen`, `draws`: of each leaning stratum; `world`: number of its world; `low`: whether
    it is warned that it leans on low ones; `thin`: thin strata in all; `good`: whether the own
    interval of each good stratum holds the truth.
    """

    truth: NDArray[np.int64]
    seen: NDArray[np.int64]
    draws: NDArray[np.float64]
    world: NDArray[np.int64]
    low: NDArray[np.int64]
    thin: int
    good: Patterns


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
        seen = held[held.any(axis=1)]
        if len(seen):
            named = [("area", str(place))]
            tables.append(CaptureHistories.of("abcde"[:lists], seen, np.ones(len(seen)),
                                              stratum=named))  # fmt: skip
            people.append(int(size))
    return World(tuple(tables), np.array(people))


def estimate(table: CaptureHistories, cache: FitFolder) -> Estimate:
    """Estimate a stratum by itself, once."""
    reasons = judge_table(table)
    if Verdict(reasons).status == "refuse":
        return refuse_estimate("latent-class", reasons, 0.95)
    key = fit_key(table, OPTIONS)
    held = cache.get(key)
    if held is None:
        held = pack_fit(fit_table(table, OPTIONS))
        cache.put(key, held)
    return judge_fit(table, unpack_fit(held, table, OPTIONS))


def lean(kind: str, seed: int, worlds: int, cache: FitFolder, *, known: bool = False) -> Found:
    """Let the thin strata of all worlds of a kind lean on the others.

    With `known` the numbers of the good strata are known exactly: what is left is the leaning.
    """
    rows, draws, good, thin = [], [], [], 0
    for number in range(worlds):
        world = make_world(kind, seed, number)
        alone = [estimate(table, cache) for table in world.tables]
        pairs = list(zip(world.tables, world.people.tolist(), alone, strict=True))
        good += [holds(np.array([people]), each.total()[None])[0]
                 for _, people, each in pairs if is_told(each)]  # fmt: skip
        thin += sum(not is_told(each) for each in alone)
        if known:
            alone = [exactly(people) if is_told(each) else each for _, people, each in pairs]
        together = lean_on_others(world.tables, alone, seed=number)
        for (table, people, _), before, after in zip(pairs, alone, together, strict=True):
            if is_counted(after) and not is_told(before):
                low = any(each.code == LEANS_LOW for each in after.verdict.reasons)
                rows.append((people, table.observed, number, low))
                draws.append(after.total())
    truth, seen, places, low = np.array(rows, dtype=np.int64).T
    return Found(truth, seen, np.array(draws), places, low, thin, np.array(good))


def exactly(people: int) -> Estimate:
    """Make an estimate without doubt."""
    return Estimate.from_draws(np.full(4_000, float(people)), unit="victims", method="known")


def holds(truth: NDArray[np.int64], draws: NDArray[np.float64]) -> Patterns:
    """Say which 95 % intervals hold the truth."""
    low, high = np.quantile(draws, [0.025, 0.975], axis=1)
    return np.asarray((low <= truth) & (truth <= high), dtype=np.int64)


def sums(found: Found) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    """Add the thin strata of each world, draw by draw; say which sums hold some with a warning."""
    worlds = np.unique(found.world)
    truth = np.array([found.truth[found.world == each].sum() for each in worlds])
    draws = np.array([found.draws[found.world == each].sum(axis=0) for each in worlds])
    return truth, draws, np.array([found.low[found.world == each].any() for each in worlds])


def measure(kind: str, found: Found) -> list[str]:
    """Return a line of the first table."""
    figure = found.seen >= LEAST_FIGURE
    inside = holds(found.truth, found.draws)
    whole, drawn, low = sums(found)
    return [
        kind,
        share(found.good),
        str(found.thin),
        share(inside[figure]),
        off(found.truth[figure], found.draws[figure]),
        share(inside[~figure]),
        share(holds(whole, drawn)),
        off(whole, drawn),
        f"{low.sum()} of {len(low)}",
        share(inside[figure & (found.low == 0)]),
        share(holds(whole, drawn)[~low]),
    ]


def measure_known(kind: str, found: Found) -> list[str]:
    """Return a line of the second table: the same where the good strata's numbers are known."""
    figure = found.seen >= LEAST_FIGURE
    truth, draws = found.truth[figure], found.draws[figure]
    whole, drawn, _ = sums(found)
    return [kind, share(holds(truth, draws)), off(truth, draws), share(holds(whole, drawn)),
            off(whole, drawn)]  # fmt: skip


def by_size(found: Found) -> list[str]:
    """How many times the lower limit the upper one is, by people recorded."""
    low, high = np.quantile(found.draws, [0.025, 0.975], axis=1)
    sizes = (found.seen[:, None] >= [1, 5, 10, 20]).sum(axis=1)
    return [f"{np.median((high / low)[sizes == size]):.1f}" for size in (1, 2, 3, 4)]


def off(truth: NDArray[np.int64], draws: NDArray[np.float64]) -> str:
    """Median over strata of how far the median is from the truth."""
    return f"{np.median(np.median(draws, axis=1) / truth) - 1:+.0%}"


def share(inside: Patterns) -> str:
    """How many of the intervals hold the truth."""
    return f"{inside.sum()} of {len(inside)} ({inside.mean():.0%})" if len(inside) else "–"


def page(folder: Path, worlds: int) -> str:
    """Write what was found as Markdown."""
    cache = FitFolder(folder)
    first = {kind: lean(kind, FIRST, WORLDS, cache) for kind in KINDS}
    fresh = {kind: lean(kind, FRESH, worlds, cache) for kind in KINDS}
    known = {kind: lean(kind, FRESH, worlds, cache, known=True) for kind in LIKE}
    head = ["world", "good strata, own intervals", "thin strata", "leaning, 10 people or more",
            "typical error", "fewer than 10 people", "sum of a world's thin strata",
            "typical error", "worlds with the warning", "leaning without it",
            "sums without it"]  # fmt: skip
    second = ["world", "leaning, 10 people or more", "typical error", "sum", "typical error"]
    sizes = ["people recorded", "1 to 4", "5 to 9", "10 to 19", "20 and more"]
    return TEMPLATE.read_text(encoding="utf-8").format(
        worlds=worlds,
        fresh=table(head, [measure(kind, each) for kind, each in fresh.items()]),
        first=table(head, [measure(kind, each) for kind, each in first.items()]),
        known=table(second, [measure_known(kind, each) for kind, each in known.items()]),
        sizes=table(sizes, [["upper limit over lower", *by_size(fresh[LIKE[0]])]]),
    )


def table(head: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def fit(folder: Path, worlds: int) -> None:
    """Make the fits that are not there yet."""
    cache = FitFolder(folder)
    for seed, number in [*((FIRST, each) for each in range(WORLDS)),
                         *((FRESH, each) for each in range(worlds))]:  # fmt: skip
        for kind in KINDS:
            for one in make_world(kind, seed, number).tables:
                estimate(one, cache)
        print(seed, number, flush=True)


if __name__ == "__main__":
    many = int(sys.argv[3]) if len(sys.argv) > 3 else WORLDS
    if sys.argv[1] == "fit":
        fit(Path(sys.argv[2]), many)
    else:
        PAGE.write_text(page(Path(sys.argv[2]), many), encoding="utf-8", newline="\n")
