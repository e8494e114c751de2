"""What the gate lets through is right, and what it refuses deserved it: measured on made tables.

Tables of known truth are drawn from twelve kinds of populations, the latent class model answers
each (also where the gate would refuse), and the page docs/explanation/gate-calibration.md says how
often its 95 % interval held the truth by verdict and by reason. Run from the repository root:

    python tools/calibrate_gate.py fit FILE.jsonl [TABLES_OF_EACH_KIND]
    python tools/calibrate_gate.py page FILE.jsonl

`fit` adds to the file, so that a stopped run goes on; it takes a few seconds for each table.
"""

# ruff: noqa: PLR2004  # numbers of made populations

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from testigo.core import VERDICT_STATUSES
from testigo.estimation import (
    CaptureHistories,
    attraction_of_lists,
    fit_latent_class,
    judge_draws,
    judge_table,
)

SEED = 20_261_122  # not that of the tables on which the limits were chosen, 20_261_121
TABLES = 18
OF_DRAWS = ("replicates_disagree", "too_few_effective_draws", "far_beyond_observed",
            "prior_unmoved", "two_answers", "overlaps_not_explained",
            "evidence_spread")  # fmt: skip
FIRST = (  # publish, warn, refuse of the tables on which the limits were chosen; by kind, as KINDS
    ("64 of 69", "59 of 92", "28 of 55"),
    ("15 of 16", "2 of 2", "–"),
    ("–", "11 of 18", "–"),
    ("2 of 4", "8 of 14", "–"),
    ("–", "3 of 18", "–"),
    ("8 of 8", "9 of 10", "–"),
    ("17 of 17", "–", "1 of 1"),
    ("8 of 8", "10 of 10", "–"),
    ("9 of 11", "1 of 1", "3 of 6"),
    ("5 of 5", "11 of 13", "–"),
    ("–", "–", "16 of 18"),
    ("–", "–", "0 of 18"),
    ("–", "4 of 6", "8 of 12"),
)
TEMPLATE = Path(__file__).with_name("calibrate_gate_page.md")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "gate-calibration.md"
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
}
PEOPLE = (150, 500, 1_500, 4_000)


def tables(many: int) -> Iterator[tuple[str, int, int, CaptureHistories]]:
    """Draw tables: name of the kind, number, true N, table; each from its own seed."""
    for number in range(many):
        for place, (kind, draw) in enumerate(KINDS.items()):
            rng = np.random.default_rng([SEED, place, number])
            people = PEOPLE[number % len(PEOPLE)]
            held = draw(rng, people)
            names = [f"list {place + 1}" for place in range(held.shape[1])]
            seen = held[held.any(axis=1)]
            yield kind, number, len(held), CaptureHistories.of(names, seen, np.ones(len(seen)))


def answer(case: tuple[str, int, int, CaptureHistories]) -> dict[str, Any]:
    """Estimate one table, whatever the gate says, and keep what the gate saw."""
    kind, number, people, histories = case
    fit = fit_latent_class(histories, seed=number)
    low, median, high = np.quantile(fit.draws, [0.025, 0.5, 0.975])
    reasons = (*judge_table(histories), *judge_draws(fit, len(histories.lists)))
    return {
        "kind": kind, "number": number, "lists": len(histories.lists), "true": people,
        "observed": histories.observed, "low": low, "median": median, "high": high,
        "r_hat": fit.r_hat, "effective": fit.effective,
        "patterns": histories.patterns.tolist(), "counts": histories.counts.tolist(),
        "reasons": [[each.code, each.status, each.measured] for each in reasons],
    }  # fmt: skip


def fit_all(path: Path, many: int) -> None:
    """Answer what the file does not have yet."""
    done = {(row["kind"], row["number"]) for row in read(path)} if path.exists() else set()
    cases = [case for case in tables(many) if case[:2] not in done]
    with path.open("a", encoding="utf-8", newline="\n") as stream, ThreadPoolExecutor(2) as pool:
        for row in pool.map(answer, cases):
            stream.write(json.dumps(row) + "\n")
            stream.flush()


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of the file of answers."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


Row = dict[str, Any]


def judged(row: Row) -> Row:
    """Judge an answer by the gate as it is now; what concerns draws was kept."""
    names = [f"list {place + 1}" for place in range(row["lists"])]
    histories = CaptureHistories.of(names, row["patterns"], row["counts"])
    now = {reason.code: reason.status for reason in judge_table(histories)}
    now |= {code: status for code, status, _ in row["reasons"] if code in OF_DRAWS}
    worst = max(now.values(), key=VERDICT_STATUSES.index, default="publish")
    inside = row["low"] <= row["true"] <= row["high"]
    score = attraction_of_lists(histories)
    return row | {"codes": now, "verdict": worst, "inside": inside, "score": score}


def page(rows: list[Row]) -> str:
    """Write what was found as Markdown."""
    rows = [judged(row) for row in rows]
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    codes = dict.fromkeys(code for row in rows for code in row["codes"])
    by_kind = [["**all**", *by_verdict(rows)]] + [
        [kind, *by_verdict([row for row in rows if row["kind"] == kind])] for kind in kinds
    ]
    with_code = {code: [row for row in rows if code in row["codes"]] for code in codes}
    by_code = [[f"`{code}`", share(some), error(some)] for code, some in with_code.items()]
    limits = [[f"{limit:g}", *(share(passing(rows, people, limit)) for people in (50, 100, 200))]
              for limit in (9, 3, 2, 1.5, 1, 0.5, 0)]  # fmt: skip
    return TEMPLATE.read_text(encoding="utf-8").format(
        tables=len(rows),
        publish=share([row for row in rows if row["verdict"] == "publish"]),
        warn=share([row for row in rows if row["verdict"] == "warn"]),
        refuse=share([row for row in rows if row["verdict"] == "refuse"]),
        errors=" / ".join(error([row for row in rows if row["verdict"] == each])
                          for each in VERDICT_STATUSES),
        kinds=table(
            ["people", *VERDICT_STATUSES, *(f"{each}, first tables" for each in VERDICT_STATUSES)],
            [[*now, *first] for now, first in zip(by_kind, FIRST, strict=True)],
        ),
        codes=table(["reason", "95 % intervals that hold the truth", "typical error"], by_code),
        limits=table(["limit of the score", "50 people", "100 people", "200 people"], limits),
    )  # fmt: skip


def passing(rows: list[Row], people: int, limit: float) -> list[Row]:
    """Keep what would be published with other limits of `few_people` and `unequal_people`."""
    loose = {"few_people", "unequal_people"}
    return [row for row in rows if not set(row["codes"]) - loose
            and row["observed"] >= people and row["score"] <= limit]  # fmt: skip


def by_verdict(rows: list[Row]) -> list[str]:
    """Coverage of each verdict."""
    return [share([row for row in rows if row["verdict"] == each]) for each in VERDICT_STATUSES]


def share(rows: list[Row]) -> str:
    """How many of the intervals hold the truth."""
    inside = sum(row["inside"] for row in rows)
    return f"{inside} of {len(rows)} ({inside / len(rows):.0%})" if rows else "–"


def error(rows: list[Row]) -> str:
    """Median of the relative error of the median."""
    return f"{np.median([abs(row['median'] / row['true'] - 1) for row in rows]):.0%}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    if sys.argv[1] == "fit":
        fit_all(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else TABLES)
    else:
        PAGE.write_text(page(read(Path(sys.argv[2]))), encoding="utf-8", newline="\n")
