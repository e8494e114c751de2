"""What the gate lets through is right, and what it refuses deserved it: measured on made tables.

Tables of known truth are drawn from thirteen kinds of populations, the latent class model answers
each (also where the gate would refuse), and the page docs/explanation/gate-calibration.md says how
often its 95 % interval held the truth by verdict and by reason. Run from the repository root:

    python tools/calibrate_gate.py fit FILE.jsonl [TABLES_OF_EACH_KIND]
    python tools/calibrate_gate.py page FILE.jsonl

`fit` adds to the file, so that a stopped run goes on; it takes a few seconds for each table.
"""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from made_people import KINDS
from testigo.core import VERDICT_STATUSES
from testigo.estimation import (
    CaptureHistories,
    estimate_total,
    fit_latent_class,
    judge_draws,
    judge_table,
)
from testigo.estimation.systems.attraction import total_if_attracted
from testigo.estimation.systems.gate import FAR, judge_attraction, judge_width

SEED = 20_261_123  # not those of the tables on which the limits were chosen, 20_261_121 and _122
TABLES = 36
OF_DRAWS = ("replicates_disagree", "too_few_effective_draws", "prior_unmoved", "two_answers",
            "overlaps_not_explained", "evidence_spread")  # fmt: skip
FIRST = (  # publish, warn, refuse of the tables on which the limits were chosen; by kind, as KINDS
    ("128 of 139", "124 of 208", "63 of 121"),
    ("19 of 22", "11 of 13", "1 of 1"),
    ("9 of 12", "10 of 24", "–"),
    ("0 of 2", "18 of 32", "2 of 2"),
    ("–", "6 of 36", "–"),
    ("23 of 24", "10 of 12", "–"),
    ("31 of 31", "4 of 4", "1 of 1"),
    ("18 of 18", "18 of 18", "–"),
    ("–", "19 of 24", "6 of 12"),
    ("22 of 22", "11 of 14", "–"),
    ("–", "–", "31 of 36"),
    ("–", "–", "0 of 36"),
    ("–", "6 of 10", "17 of 26"),
    ("6 of 8", "11 of 21", "5 of 7"),
)
UNTESTED = ("three lists that depend", "one list copies another")  # right by luck of the kind
TEMPLATE = Path(__file__).with_name("calibrate_gate_page.md")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "gate-calibration.md"
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
    reasons = (*judge_table(histories), *judge_draws(histories, fit))
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
    reasons = (
        *judge_table(histories),
        *judge_width(row["low"], row["high"]),
        *judge_attraction(histories, row["median"], row["high"]),
    )
    now = {reason.code: reason.status for reason in reasons}
    now |= {code: status for code, status, _ in row["reasons"] if code in OF_DRAWS}
    if row["median"] > FAR * row["observed"]:
        now["far_beyond_observed"] = "warn"
    worst = max(now.values(), key=VERDICT_STATUSES.index, default="publish")
    inside = row["low"] <= row["true"] <= row["high"]
    moved = (total_if_attracted(histories) - row["median"]) / max(row["high"] - row["median"], 1)
    return row | {"codes": now, "verdict": worst, "inside": inside, "moved": moved}


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
    limits = [
        [f"{limit:g}", *(share(passing(rows, limit, far)) for far in (5, 2, 1.5))]
        for limit in (9, 1, 0.5, 0.25, 0.1, 0)
    ]
    graphs = [found for found in map(by_graphs, rows) if found]
    return TEMPLATE.read_text(encoding="utf-8").format(
        tables=len(rows),
        graphs=table(["", *VERDICT_STATUSES[:2]],
                     [["averaged graphs", *by_verdict(graphs)[:2]]]),
        tested=share([row for row in rows if row["verdict"] == "publish"
                      and row["kind"] not in UNTESTED]),
        chance=chance([row for row in rows if row["verdict"] == "publish"]),
        publish=share([row for row in rows if row["verdict"] == "publish"]),
        warn=share([row for row in rows if row["verdict"] == "warn"]),
        refuse=share([row for row in rows if row["verdict"] == "refuse"]),
        errors=" / ".join(error([row for row in rows if row["verdict"] == each])
                          for each in VERDICT_STATUSES),
        kinds=table(
            ["people", *VERDICT_STATUSES, *(f"{each}, of the choice" for each in VERDICT_STATUSES)],
            [[*now, *first] for now, first in zip(by_kind, FIRST, strict=True)],
        ),
        codes=table(["reason", "95 % intervals that hold the truth", "typical error"], by_code),
        limits=table(["most that it moves", *(f"{far} times" for far in (5, 2, 1.5))], limits),
    )  # fmt: skip


def by_graphs(row: Row) -> Row | None:
    """Answer by averaged graphs, as anybody may who asks for them; None where they are refused."""
    names = [f"list {place + 1}" for place in range(row["lists"])]
    histories = CaptureHistories.of(names, row["patterns"], row["counts"])
    found = estimate_total(histories, seed=row["number"], method="graphs")
    if found.draws is None:
        return None
    low, high = found.interval()
    inside = low <= row["true"] <= high
    return {"verdict": found.verdict.status, "inside": inside}


def passing(rows: list[Row], moved: float, far: float) -> list[Row]:
    """Keep what would be published with other limits of these two rules."""
    loose = {"far_beyond_observed", "unequal_people"}
    return [row for row in rows if not set(row["codes"]) - loose
            and row["moved"] <= moved and row["median"] <= far * row["observed"]]  # fmt: skip


def by_verdict(rows: list[Row]) -> list[str]:
    """Coverage of each verdict."""
    return [share([row for row in rows if row["verdict"] == each]) for each in VERDICT_STATUSES]


def share(rows: list[Row]) -> str:
    """How many of the intervals hold the truth."""
    inside = sum(row["inside"] for row in rows)
    return f"{inside} of {len(rows)} ({inside / len(rows):.0%})" if rows else "–"


def chance(rows: list[Row]) -> str:
    """Limits (95 %, Clopper and Pearson) of the share that holds the truth."""
    from scipy.stats import binomtest

    found = binomtest(sum(row["inside"] for row in rows), len(rows)).proportion_ci()
    return f"{found.low:.0%} to {found.high:.0%}"


def error(rows: list[Row]) -> str:
    """Median of the relative error of the median."""
    return f"{np.median([abs(row['median'] / row['true'] - 1) for row in rows]):.0%}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    if sys.argv[1] == "fit":
        fit_all(Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else TABLES)
    else:
        PAGE.write_text(page(read(Path(sys.argv[2]))), encoding="utf-8", newline="\n")
