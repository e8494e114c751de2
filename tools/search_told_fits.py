"""How much a published estimate tells of the table it was fitted to: docs/decisions/0018.

Writes down every table of three lists with the same people on each list and in all, fits each, and
counts those with a count of 1 to 4 that is the same in all tables with the same published answer.

    python tools/search_told_fits.py 50 25 10 64 --method lower-bound

With `--doubtful 3` some of these tables are the truth of a linkage with three doubtful links, each
of which is no link in a share of the draws. What is told are the overlaps' sums of the middle draw
and the mixture in steps; who takes all draws for that one looks for it among the tables of its
size. Where nearly all draws give one table (docs/decisions/0023) nothing is told.

    python tools/search_told_fits.py 50 25 14 63 --method graphs --doubtful 3 --chance 0.05
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from testigo.estimation import METHODS, CaptureHistories, LinkedHistories, estimate_total
from testigo.publication.coarse_numbers import coarsen_interval, find_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from testigo.core import Estimate
    from testigo.estimation.systems.model import Method

    Cells = NDArray[np.int64]
    Answer = tuple[float, float, float]

K = 5
TRUTHS = 150
PATTERNS = np.array([held for held in product((0, 1), repeat=3) if any(held)])


def tables_of_size(on_list: tuple[int, ...], people: int) -> Iterator[Cells]:
    """Yield the overlaps of every table, in the order of `PATTERNS`."""
    several = sum(on_list) - people
    for one, two, three in product(range(several + 1), repeat=3):
        rest = several - one - two - three
        everywhere = rest // 2
        pairs = (two + three, one + three, one + two)
        alone = [on - with_one - everywhere for on, with_one in zip(on_list, pairs, strict=True)]
        if rest % 2 == 0 and rest >= 0 and min(alone) >= 0:
            yield np.array([alone[2], alone[1], one, alone[0], two, three, everywhere])


def ask(cells: Cells, method: Method) -> Answer | None:
    """Return median, low and high; None where the program refuses."""
    estimate = fit(tuple(cells.tolist()), method)
    if estimate.verdict.status == "refuse" or not math.isfinite(estimate.median):
        return None
    return (estimate.median, *estimate.interval(0.95))


@cache
def fit(cells: tuple[int, ...], method: Method) -> Estimate:
    """Ask the program."""
    people = np.array(cells)
    held = people > 0
    histories = CaptureHistories.of("abc", PATTERNS[held], people[held])
    return estimate_total(histories, seed=1, method=method)


def in_digits(answer: Answer) -> Answer:
    """Round to two significant digits."""
    return tuple(float(f"{number:.1e}") for number in answer)  # type: ignore[return-value]


def in_steps(answer: Answer, wider: float) -> Answer:
    """Round to the steps that are published, or to wider ones."""
    median, low, high = answer
    step = find_step(low, low + (high - low) * wider)
    row = {"median": median, "low": low, "high": high}
    told = coarsen_interval(row, ("median", "low", "high"), step=step)
    return tuple(told.values())  # type: ignore[return-value]


def draw_linkage(cells: Cells, given: argparse.Namespace, rng: np.random.Generator) -> list[Cells]:
    """Draw tables in which some people on several lists may be two, one of them on one list."""
    places = {tuple(held): place for place, held in enumerate(PATTERNS.tolist())}
    left, splits = cells.copy(), []
    for _ in range(given.doubtful):
        several = np.flatnonzero((left > 0) & (PATTERNS.sum(axis=1) > 1))
        if len(several):
            place = int(rng.choice(several))
            off = np.eye(3, dtype=np.int64)[rng.choice(np.flatnonzero(PATTERNS[place]))]
            left[place] -= 1
            splits.append((place, places[tuple(PATTERNS[place] - off)], places[tuple(off)]))
    found = []
    for _ in range(given.draws):
        drawn = cells.copy()
        for one, two, three in splits:
            if rng.random() < given.chance:
                drawn += np.bincount([two, three], minlength=7) - np.bincount([one], minlength=7)
        found.append(drawn)
    return found


def attack_drawn(tables: list[Cells], given: argparse.Namespace) -> None:
    """Print how often who takes a mixture for a fit of the middle draw reads a small count."""
    rng = np.random.default_rng(1)
    tally = defaultdict(lambda: np.zeros(5, dtype=np.int64))
    for at in rng.choice(len(tables), TRUTHS, replace=False):
        drawn = draw_linkage(tables[at], given, rng)
        fits = [fit(tuple(cells.tolist()), given.method) for cells in drawn]
        told = [one.total() for one in fits if one.draws is not None]
        histories = [CaptureHistories.of("abc", PATTERNS, cells) for cells in drawn]
        different = LinkedHistories(histories[0], tuple(histories)).different
        if len(told) == given.draws and len({cells.tobytes() for cells in drawn}) >= K:
            tally[different >= K] += attack(drawn, np.concatenate(told), given.method)
    for told_today, found in sorted(tally.items(), reverse=True):
        cases, small, right, wrong, lost = found.tolist()
        print(f"{'told' if told_today else 'not told'}: {cases} tables, counts of 1 to 4: {small}; "
              f"read right {right}, read wrong {wrong}; the true table is not among those that "
              f"fit: {lost}")  # fmt: skip


def attack(drawn: list[Cells], told: NDArray[np.float64], method: Method) -> tuple[int, ...]:
    """Return 1, small counts, and those read right, read wrong, and of a table that is lost."""
    median, low, high = np.quantile(told, [0.5, 0.025, 0.975]).tolist()
    shown = in_steps((median, low, high), 1)
    middle = sorted(drawn, key=lambda cells: int(cells.sum()))[(len(drawn) - 1) // 2]
    size = tuple((middle @ PATTERNS).tolist())
    like = [cells for cells in tables_of_size(size, int(middle.sum()))
            if (answer := ask(cells, method)) and in_steps(answer, 1) == shown]  # fmt: skip
    few = (middle > 0) & (middle < K)
    one = few & (np.ptp(like, axis=0) == 0) if like else few & False
    right = one & (like[0] == middle) if like else one
    lost = not any((cells == middle).all() for cells in like)
    return 1, int(few.sum()), int(right.sum()), int((one & ~right).sum()), int(few.sum()) * lost


WAYS: dict[str, Callable[[Answer], object]] = {
    "one decimal": lambda answer: tuple(round(number, 1) for number in answer),
    "two significant digits": in_digits,
    "steps of a quarter of the interval": lambda answer: in_steps(answer, 1),
    "steps of half the interval": lambda answer: in_steps(answer, 2),
    "steps of the whole interval": lambda answer: in_steps(answer, 4),
    "only that there is an answer": lambda _: None,
}


def main() -> None:
    """Print a line for each way of telling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("on_list", type=int, nargs=3)
    parser.add_argument("people", type=int)
    parser.add_argument("--method", default="lower-bound", choices=METHODS)
    parser.add_argument("--doubtful", type=int)
    parser.add_argument("--chance", type=float, default=0.5)
    parser.add_argument("--draws", type=int, default=200)
    given = parser.parse_args()
    tables = list(tables_of_size(tuple(given.on_list), given.people))
    if given.doubtful:
        attack_drawn(tables, given)
        return
    found = [(cells, answer) for cells in tables if (answer := ask(cells, given.method))]
    small = sum(bool(((cells > 0) & (cells < K)).any()) for cells, _ in found)
    print(f"{given.method}: tables {len(tables)}, answered {len(found)}, with 1 to 4: {small}")
    for name, way in WAYS.items():
        alike = defaultdict(list)
        for cells, answer in found:
            alike[way(answer)].append(cells)
        known = 0
        for group in map(np.array, alike.values()):
            few = (group > 0) & (group < K) & (group.min(axis=0) == group.max(axis=0))
            known += int(few.any(axis=1).sum())
        print(f"  {name}: a small count is known in {known}")


if __name__ == "__main__":
    main()
