"""What the rules of the sensitivity sweep are worth: measured on made tables of known truth.

On tables of the kinds of tools/calibrate_gate.py that the gate does not refuse, every assumption
is moved as `testigo estimate --sensitivity` does it; the page docs/explanation/sweep-calibration.md
says how often the 95 % interval of the estimate held the truth with and without each warning. Run
from the repository root:

    python tools/calibrate_sweep.py fit FILE.jsonl [TABLES_OF_EACH_KIND]
    python tools/calibrate_sweep.py page FILE.jsonl

`fit` adds to the file, so that a stopped run goes on; it takes half a minute for each table.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from calibrate_gate import read, share, table, tables
from testigo.core import VERDICT_STATUSES
from testigo.estimation import (
    SENSITIVITY,
    CaptureHistories,
    LinkedHistories,
    judge_sensitivity,
    judge_table,
    sweep_assumptions,
)

TABLES = 4
RULES = (
    "models_disagree", "list_left_out_moves", "lists_merged_move", "classes_move", "prior_moves",
)  # fmt: skip
TEMPLATE = Path(__file__).with_name("calibrate_sweep_page.md")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "sweep-calibration.md"
Row = dict[str, Any]


def fit_all(path: Path, many: int) -> None:
    """Sweep what the file does not have yet."""
    done = {(row["kind"], row["number"]) for row in read(path)} if path.exists() else set()
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        for kind, number, people, histories in tables(many):
            if (kind, number) not in done:
                row = {"kind": kind, "number": number, "true": people}
                stream.write(json.dumps(row | sweep(histories, number)) + "\n")
                stream.flush()


def sweep(histories: CaptureHistories, seed: int) -> Row:
    """Move every assumption; a table that is refused before any model has no rows."""
    shape = {"lists": len(histories.lists), "observed": histories.observed}
    if any(reason.status == "refuse" for reason in judge_table(histories)):
        return shape | {"sweep": []}
    return shape | {"sweep": sweep_assumptions([LinkedHistories(histories)], seed=seed).to_pylist()}


def judged(row: Row) -> Row:
    """Say what the gate and the sweep decide, and whether the interval holds the truth."""
    main = row["sweep"][0]
    swept = pa.Table.from_pylist(row["sweep"], schema=SENSITIVITY.arrow)
    codes = {reason.code for reason in judge_sensitivity(swept)}
    alone = set(main["reasons"].split()) - set(RULES)
    verdict = VERDICT_STATUSES[1] if alone else VERDICT_STATUSES[0]
    inside = main["low"] <= row["true"] <= main["high"]
    return row | {"codes": codes, "verdict": verdict, "inside": inside}


def page(rows: list[Row]) -> str:
    """Write what was found as Markdown."""
    answered = [judged(row) for row in rows if row["sweep"] and row["sweep"][0]["median"]]
    cells = [
        ["no rule of the sweep", *_split(answered, lambda row: not row["codes"])],
        ["one or more", *_split(answered, lambda row: bool(row["codes"]))],
        *([f"`{code}`", *_split(answered, lambda row, code=code: code in row["codes"])]
          for code in RULES),
    ]  # fmt: skip
    kinds = [
        [kind, *_split([row for row in answered if row["kind"] == kind],
                       lambda row: bool(row["codes"]))]
        for kind in dict.fromkeys(row["kind"] for row in answered if row["codes"])
    ]  # fmt: skip
    head = ["publish", "warn", "both"]
    return TEMPLATE.read_text(encoding="utf-8").format(
        drawn=len(rows),
        each=max(row["number"] for row in rows) + 1,
        tables=len(answered),
        rules=table(["the sweep says", *head], cells),
        kinds=table(["people, with one rule or more", *head], kinds),
    )


def _split(rows: list[Row], holds: Callable[[Row], bool]) -> list[str]:
    """How many hold the truth, by what the gate alone decides and in all."""
    some = [row for row in rows if holds(row)]
    by_gate = [[row for row in some if row["verdict"] == each] for each in VERDICT_STATUSES[:2]]
    return [share(each) for each in (*by_gate, some)]


if __name__ == "__main__":
    if sys.argv[1] == "fit":
        fit_all(Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else TABLES)
    else:
        PAGE.write_text(page(read(Path(sys.argv[2]))), encoding="utf-8", newline="\n")
