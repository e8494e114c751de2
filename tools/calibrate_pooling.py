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
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from made_strata import EFFECTS, KINDS, LIKE, World, make_actors, make_world, without
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
ACTORS_SEED, ACTOR_WORLDS = 20_261_123, 15
LEANS_LOW = "leans_on_low_strata"
TEMPLATE = Path(__file__).with_name("calibrate_pooling_page.md")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "pooling.md"
OPTIONS = FitOptions(seed=1, most_blocks=6)
Inside = NDArray[np.int64]


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
    good: Inside


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
    made = (make_world(kind, seed, number) for number in range(worlds))
    return lean_in(made, cache, known=known)


def lean_in(
    worlds: Iterable[World],
    cache: FitFolder,
    *,
    known: bool = False,
    rule: bool = True,
    rare: bool = False,
) -> Found:
    """Let the thin strata of these worlds lean on the others, and look at some of them.

    Without `rule`, values of stratum columns are not looked at. With `rare`, what is returned is of
    the strata of the rare actor; else of all others.
    """
    rows, draws, good, thin = [], [], [], 0
    for number, world in enumerate(worlds):
        alone = [estimate(table, cache) for table in world.tables]
        mine = [(dict(table.stratum).get("actor") == "rare") == rare for table in world.tables]
        pairs = list(zip(world.tables, world.people.tolist(), alone, strict=True))
        good += [holds(np.array([people]), each.total()[None])[0]
                 for _, people, each in pairs if is_told(each)]  # fmt: skip
        thin += sum(own and not is_told(each) for own, each in zip(mine, alone, strict=True))
        if known:
            alone = [exactly(people) if is_told(each) else each for _, people, each in pairs]
        tables = world.tables if rule else [replace(each, stratum=()) for each in world.tables]
        together = lean_on_others(tables, alone, seed=number)
        for (table, people, _), own, before, after in zip(
            pairs, mine, alone, together, strict=True
        ):
            if own and is_counted(after) and not is_told(before):
                low = any(each.code == LEANS_LOW for each in after.verdict.reasons)
                rows.append((people, table.observed, number, low))
                draws.append(after.total())
    truth, seen, places, low = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Found(truth, seen, np.array(draws), places, low, thin, np.array(good))


def exactly(people: int) -> Estimate:
    """Make an estimate without doubt."""
    return Estimate.from_draws(np.full(4_000, float(people)), unit="victims", method="known")


def holds(truth: NDArray[np.int64], draws: NDArray[np.float64]) -> Inside:
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


def measure_actors(kind: str, cache: FitFolder) -> list[str]:
    """Return a line of the table of worlds with two columns of strata."""

    def look(*, rule: bool, rare: bool) -> Found:
        worlds = (make_actors(kind, ACTORS_SEED, number) for number in range(ACTOR_WORLDS))
        return lean_in(worlds, cache, rule=rule, rare=rare)

    common, refused = look(rule=True, rare=False), look(rule=True, rare=True)
    rare = look(rule=False, rare=True)
    told, lost = common.seen >= LEAST_FIGURE, rare.seen >= LEAST_FIGURE
    whole, drawn, _ = sums(rare)
    return [
        kind,
        share(common.good),
        f"{len(common.seen)} of {common.thin}",
        share(holds(common.truth, common.draws)[told]),
        off(common.truth[told], common.draws[told]),
        f"{len(refused.seen)} of {refused.thin}",
        share(holds(rare.truth, rare.draws)[lost]),
        off(rare.truth[lost], rare.draws[lost]),
        share(holds(whole, drawn)),
        off(whole, drawn),
    ]


def measure_one_actor(kind: str, cache: FitFolder) -> list[str]:
    """Return a line of the table of the same worlds without the second actor, and without rule."""
    worlds = (without(make_actors(kind, ACTORS_SEED, number), "two")
              for number in range(ACTOR_WORLDS))  # fmt: skip
    return [kind, *measure_known(kind, lean_in(worlds, cache, rule=False, rare=True))[1:]]


def by_size(found: Found) -> list[str]:
    """How many times the lower limit the upper one is, by people recorded."""
    low, high = np.quantile(found.draws, [0.025, 0.975], axis=1)
    sizes = (found.seen[:, None] >= [1, 5, 10, 20]).sum(axis=1)
    return [f"{np.median((high / low)[sizes == size]):.1f}" for size in (1, 2, 3, 4)]


def off(truth: NDArray[np.int64], draws: NDArray[np.float64]) -> str:
    """Median over strata of how far the median is from the truth."""
    return f"{np.median(np.median(draws, axis=1) / truth) - 1:+.0%}"


def share(inside: Inside) -> str:
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
    third = ["world", "good strata, own intervals", "common actors: lean", "10 people or more",
             "typical error", "rare actor: lean", "if they leaned: 10 people or more",
             "typical error", "their sum in a world", "typical error"]  # fmt: skip
    fourth = ["world without the second actor", "if the rare actor leaned: 10 people or more",
              "typical error", "their sum in a world", "typical error"]  # fmt: skip
    sizes = ["people recorded", "1 to 4", "5 to 9", "10 to 19", "20 and more"]
    return TEMPLATE.read_text(encoding="utf-8").format(
        worlds=worlds,
        fresh=table(head, [measure(kind, each) for kind, each in fresh.items()]),
        first=table(head, [measure(kind, each) for kind, each in first.items()]),
        known=table(second, [measure_known(kind, each) for kind, each in known.items()]),
        actor_worlds=ACTOR_WORLDS,
        one_actor=table(fourth, [measure_one_actor(kind, cache) for kind in EFFECTS]),
        actors=table(third, [measure_actors(kind, cache) for kind in EFFECTS]),
        sizes=table(sizes, [["upper limit over lower", *by_size(fresh[LIKE[0]])]]),
    )


def table(head: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def fit(folder: Path, worlds: int) -> None:
    """Make the fits that are not there yet."""
    cache = FitFolder(folder)
    for number in range(ACTOR_WORLDS):
        for kind in EFFECTS:
            for one in make_actors(kind, ACTORS_SEED, number).tables:
                estimate(one, cache)
        print("actors", number, flush=True)
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
