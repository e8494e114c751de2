"""Three lists of a whole country together give no estimate."""

from __future__ import annotations

import csv

import numpy as np

from testigo.estimation import CaptureHistories, estimate_total


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
