"""Thin strata lean on others, and gain by it, when they are alike; otherwise they do not."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import Verdict
from testigo.estimation import (
    CaptureHistories,
    LinkedHistories,
    average_graphs,
    estimate_strata,
    judge_table,
    pool_strata,
)
from testigo.estimation.systems.pooling import measure_unlikeness


def draw_strata(seed: int, strata: int) -> list[tuple[int, CaptureHistories]]:
    """True N and table: strata differ in how well they are covered, and in which list does it."""
    rng = np.random.default_rng(seed)
    base = rng.normal(-1.1, 0.4, 4)
    found = []
    for _ in range(strata):
        people = int(np.exp(rng.normal(5, 1.1))) + 5
        ease = base + rng.normal(0, 0.5) + rng.normal(0, 0.2, 4)
        held = (rng.random((people, 4)) < 1 / (1 + np.exp(-ease))).astype(int)
        held = held[held.any(axis=1)]
        if len(held):
            found.append((people, CaptureHistories.of("abcd", held, np.ones(len(held)))))
    return found


def is_good(table: CaptureHistories) -> bool:
    return Verdict(judge_table(table)).status != "refuse"


def test_thin_strata_gain_by_leaning_on_the_others() -> None:
    """Against the truth of 300 made strata: nearer than alone, and 95 % intervals hold it."""
    inside, pooled, alone = [], [], []
    for seed in range(5):
        made = draw_strata(seed, 60)
        good = [(table, average_graphs(table).draw(1_000, seed=1))
                for _, table in made if is_good(table)]  # fmt: skip
        thin = [(people, table) for people, table in made
                if not is_good(table) and table.observed > 1]  # fmt: skip
        draws = pool_strata(good, [table for _, table in thin], seed=seed)
        truth = np.array([people for people, _ in thin])
        low, middle, high = np.quantile(draws, [0.025, 0.5, 0.975], axis=1)
        own = np.array([average_graphs(table).quantile(0.5) for _, table in thin])
        inside += list((low <= truth) & (truth <= high))
        pooled += list(np.log(middle / truth))
        alone += list(np.log(own / truth))

    assert len(inside) > 80
    assert np.mean(inside) >= 0.90
    assert np.sqrt(np.mean(np.square(pooled))) < np.sqrt(np.mean(np.square(alone)))


def test_only_thin_strata_lean_and_say_so() -> None:
    made = [LinkedHistories(CaptureHistories.of(
        table.lists, table.patterns, table.counts, stratum=[("area", str(place))]))
        for place, (_, table) in enumerate(draw_strata(1, 30))]  # fmt: skip
    apart = estimate_strata(made, seed=1, method="graphs")
    together = estimate_strata(made, seed=1, method="graphs", pool=True)

    assert apart.verdicts[0].status == "refuse"
    assert together.verdicts[0].status == "warn"
    for before, after in zip(apart.verdicts[1:], together.verdicts[1:], strict=True):
        codes = [reason.code for reason in after.reasons]
        leans = bool({"leans_on_other_strata", "counts_only_in_sum"} & set(codes))
        assert leans == (before.status == "refuse")
    assert len(together.draws) == 30


def test_strata_that_lean_on_the_same_others_are_wrong_together() -> None:
    """Their sum is wider than it would be if each was wrong by itself."""
    made = [table for _, table in draw_strata(2, 60)]
    good = [(table, average_graphs(table).draw(1_000, seed=1)) for table in made
            if is_good(table)][:6]  # fmt: skip
    known = [table for table, _ in good]
    thin = [table for table in made if not is_good(table) and measure_unlikeness(table, known) <= 1]
    draws = pool_strata(good, thin, seed=1)

    assert draws.sum(axis=0).std() > 1.2 * np.sqrt(draws.var(axis=1).sum())
    strata = [LinkedHistories(CaptureHistories.of(
        table.lists, table.patterns, table.counts, stratum=[("area", str(place))]))
        for place, table in enumerate([*known, *thin])]  # fmt: skip
    found = estimate_strata(strata, seed=1, method="graphs", pool=True)
    total = found.table.to_pylist()[0]
    low, high = np.quantile(found.draws.sum("stratum"), [0.025, 0.975])

    assert (total["low"], total["high"]) == pytest.approx((low, high), rel=0.03)


def test_with_few_strata_nobody_leans() -> None:
    made = [LinkedHistories(table) for _, table in draw_strata(1, 6)]
    made = [each for each in made if is_good(each.best)][:4] + [
        each for each in made if not is_good(each.best)
    ]
    found = estimate_strata(made, seed=1, method="graphs", pool=True)

    assert found.verdicts[0].status == "refuse" or len(made) == 4


def test_a_stratum_without_a_list_that_must_be_there_is_not_like_the_others() -> None:
    good = [table for _, table in draw_strata(1, 30) if is_good(table)]
    table = good[0]
    without = CaptureHistories.of(
        table.lists,
        np.where(np.arange(4) == 0, 0, table.patterns)[(table.patterns[:, 1:] > 0).any(axis=1)],
        table.counts[(table.patterns[:, 1:] > 0).any(axis=1)],
    )

    assert measure_unlikeness(table, good) <= 1
    assert measure_unlikeness(without, good) > 1
