"""HRDAG's rule for combining replicates."""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np

from testigo.estimation import combine_by_rule


def test_the_rule_gives_verdatas_numbers(shared) -> None:
    draws, observed = defaultdict(list), {}
    path = shared / "mse" / "co_recruit_men_1999_posterior_draws.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            draws[row["replicate"]].append(float(row["N"]))
            observed[row["replicate"]] = float(row["n_obs"])

    found = combine_by_rule([np.array(draws[key]) for key in draws], [observed[k] for k in draws])

    assert (found.low, found.point, found.high) == (1_266, 1_593, 2_148)
