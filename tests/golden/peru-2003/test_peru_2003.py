"""Three lists of a whole country together give no estimate; by zone and actor, only the State's."""

from __future__ import annotations

import csv
import re

import numpy as np

from testigo.core import Verdict
from testigo.estimation import CaptureHistories, estimate_total, judge_table

LISTS = ("CVR", "DP", "ODH")


def test_the_pooled_table_is_refused(shared) -> None:
    path = shared / "mse" / "peru_cvr_1980_2000.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=int)
    table = CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])

    found = estimate_total(table, seed=1, workers=2)
    codes = {reason.code for reason in found.verdict.reasons}

    assert found.verdict.status == "refuse"
    assert codes & {"replicates_disagree", "too_few_effective_draws"}


def by_zone_and_actor(shared) -> dict[tuple[str, str], CaptureHistories]:
    path = shared / "mse" / "peru_cvr_1980_2000_by_stratum_agent.csv"
    tables: dict[tuple[str, str], list[list[int]]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            cells = [int(row[name]) for name in (*LISTS, "count")]
            tables.setdefault((row["stratum"], row["agent"]), []).append(cells)
    return {
        key: CaptureHistories.of(LISTS, np.array(cells)[:, :-1], np.array(cells)[:, -1])
        for key, cells in tables.items()
    }


def is_thin(table: CaptureHistories) -> bool:
    """By hand: fewer than 50 people, than 20 on two lists, or than three lists of ten."""
    several = int(table.counts[table.patterns.sum(axis=1) > 1].sum())
    sizes = (table.patterns * table.counts[:, None]).sum(axis=0)
    return int(table.counts.sum()) < 50 or several < 20 or int((sizes >= 10).sum()) < 3


def test_the_gate_refuses_the_tables_that_are_thin_and_names_no_others(shared) -> None:
    tables = by_zone_and_actor(shared)
    refused = {key for key, each in tables.items() if Verdict(judge_table(each)).status == "refuse"}

    assert len(tables) == 228
    assert {key for key, each in tables.items() if is_thin(each)} <= refused
    assert {actor for _, actor in set(tables) - refused} == {"EST"}


def test_nothing_can_be_said_of_the_victims_that_one_list_has(shared) -> None:
    """Of 9,243 victims attributed to the PCP-SL, 189 are on a second list."""
    of_it = [each for (_, actor), each in by_zone_and_actor(shared).items() if actor == "SLU"]

    assert sum(each.observed for each in of_it) == 9_243
    assert sum(each.on_several for each in of_it) == 189
    assert all(Verdict(judge_table(each)).status == "refuse" for each in of_it)


def test_the_page_counts_who_is_on_the_lists_as_the_table_does(root, shared) -> None:
    """The estimates of the page come from tools/write_peru_page.py; the counts can be counted."""
    actors = ("EST", "SLU", "OTR", "UNK")
    tables = by_zone_and_actor(shared)
    for page in ("explanation/peru.md", "es/peru.md"):
        lines = (root / "docs" / page).read_text(encoding="utf-8").splitlines()
        rows = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \d\d \|", line)]
        told = {
            (str(int(row[0])), actor): int(re.sub(r"\D", "", cell.partition(":")[0]))
            for row in rows
            for actor, cell in zip(actors, row[1:], strict=False)
            if cell != "–"
        }

        assert told == {key: each.observed for key, each in tables.items()}
