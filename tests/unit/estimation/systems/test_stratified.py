"""Many strata at once: the same answers as one by one, none made twice, added by draws."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from testigo.core import UsageError
from testigo.estimation import (
    ESTIMATES,
    CaptureHistories,
    LinkedHistories,
    combine_by_rule,
    estimate_strata,
    estimate_total,
)
from testigo.estimation.systems.stratum_fits import Answers

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
COUNTS = [60, 50, 31, 22, 15, 15, 7]


def stratum(name: str, counts=COUNTS) -> CaptureHistories:
    return CaptureHistories.of(["press", "police", "ngo"], PATTERNS, counts,
                               stratum=[("area", name)])  # fmt: skip


def linked(*tables: CaptureHistories) -> LinkedHistories:
    return LinkedHistories(tables[0], tables[1:])


class Memory(dict):
    put = dict.__setitem__


def test_the_sum_comes_first_and_adds_draws() -> None:
    strata = [linked(stratum(name)) for name in "ABC"]
    found = estimate_strata(strata, seed=1, method="graphs")
    total, *rows = found.table.to_pylist()

    assert ESTIMATES.checked(found.table).num_rows == len(found.verdicts) == 4
    assert [row["stratum"] for row in rows] == ["area=A", "area=B", "area=C"]
    assert total["observed"] == 600
    assert found.draws.dims == ("stratum", "draw")
    summed = np.quantile(found.draws.sum("stratum"), [0.5, 0.025, 0.975])
    # The rows' draws meet at random: their sum is as the table's, up to chance.
    assert summed == pytest.approx([total["median"], total["low"], total["high"]], rel=0.03)
    assert total["high"] - total["low"] < sum(row["high"] - row["low"] for row in rows) * 0.7


def test_a_refused_stratum_has_no_draws_and_no_sum() -> None:
    thin = stratum("B", [3, 2, 1, 1, 0, 0, 0])
    found = estimate_strata([linked(stratum("A")), linked(thin)], seed=1, method="graphs")

    verdicts = [row["verdict"] for row in found.table.to_pylist()]

    assert [verdict == "refuse" for verdict in verdicts] == [True, False, True]
    assert found.draws["stratum"].values.tolist() == ["area=A"]


def test_a_stratum_does_not_depend_on_the_others() -> None:
    alone = estimate_strata([linked(stratum("A"))], seed=1, method="latent-class")
    single = estimate_total(stratum("A"), seed=1)
    (row,) = alone.table.to_pylist()

    assert row["median"] == pytest.approx(single.median, rel=0.01)
    assert (row["low"], row["high"]) == pytest.approx(single.interval(), rel=0.01)


def test_equal_tables_are_estimated_once_and_a_second_run_not_at_all() -> None:
    cache, told = Memory(), []
    strata = [linked(stratum("A")), linked(stratum("B"))]
    first = estimate_strata(strata, seed=1, cache=cache, progress=lambda *each: told.append(each))

    assert len(cache) == len(told) == 1
    assert not np.array_equal(first.draws[0], first.draws[1])
    told.clear()
    again = estimate_strata(strata, seed=1, cache=cache, progress=lambda *each: told.append(each))
    assert told == []
    assert again.table == first.table
    assert np.array_equal(again.draws, first.draws)
    estimate_strata(strata[:1], seed=2, cache=cache)
    assert len(cache) == 2


def test_work_can_be_sent_elsewhere() -> None:
    def by_post(do, jobs):
        do, jobs = pickle.loads(pickle.dumps((do, jobs)))  # noqa: S301  # our own
        return [do(job) for job in jobs]

    strata = [linked(stratum("A")), linked(stratum("B", [*COUNTS[:-1], 12]))]
    here = estimate_strata(strata, seed=1, method="graphs")
    there = estimate_strata(strata, seed=1, method="graphs", spread=by_post)

    assert here.table == there.table


def test_linkage_draws_are_mixed_and_judged_by_the_best_table() -> None:
    """Half of the draws say one thing, half another: the mixture holds both."""
    few, many = stratum("A", [60, 50, 30, 40, 30, 30, 20]), stratum("A", [80, 70, 50, 8, 6, 6, 4])
    found = estimate_strata([linked(stratum("A"), *[few, many] * 5)], seed=1, method="graphs")
    (row,) = found.table.to_pylist()
    one, other = (estimate_total(each, seed=1, method="graphs") for each in (few, many))

    assert row["observed"] in (few.observed, many.observed)
    assert row["low"] == pytest.approx(one.interval()[0], rel=0.05)
    share = float((found.draws[0] < (one.interval()[1] + other.interval()[0]) / 2).mean())
    assert share == pytest.approx(0.5, abs=0.05)


def test_light_fits_of_draws_agree_with_the_full_fit() -> None:
    same = stratum("A")
    mixed = estimate_strata([linked(same, *[same] * 3)], seed=3)
    full = estimate_total(same, seed=3)

    assert mixed.table["median"][0].as_py() == pytest.approx(full.median, rel=0.03)


def test_the_rule_of_hrdag_gives_its_interval() -> None:
    tables = [stratum("A", [60, 50, 30, 20 + more, 15, 15, 10]) for more in range(4)]
    found = estimate_strata([linked(*tables)], seed=1, method="graphs", rule="hrdag")
    (row,) = found.table.to_pylist()
    parts = [estimate_total(each, seed=1, method="graphs").total() for each in tables[1:]]
    rule = combine_by_rule(parts, [each.observed for each in tables[1:]])

    assert row["median"] == pytest.approx(rule.point, rel=0.02)
    assert (row["low"], row["high"]) == pytest.approx((rule.low, rule.high), rel=0.03)


def test_the_limits_of_hrdags_rule_are_judged_as_well_as_the_mixture(monkeypatch) -> None:
    """Replicates far apart: the draws go from 300 to 2,000, the rule's limits much farther."""
    tables = [stratum("A"), stratum("A", [60, 50, 31, 22, 15, 15, 8])]
    near, far = np.linspace(300, 400, 1_000), np.linspace(1_900, 2_000, 1_000)
    drawn = iter([near, far] * 2)
    monkeypatch.setattr(Answers, "draws", lambda *_: next(drawn))
    strata = [linked(stratum("A"), *tables)]
    mixed = estimate_strata(strata, seed=1, method="graphs")
    ruled = estimate_strata(strata, seed=1, method="graphs", rule="hrdag", level=0.8)
    rule = combine_by_rule([near, far], [200, 201])

    assert rule.high > 10 * rule.low
    assert [each.code for each in mixed.verdicts[0].reasons][-1] == "interval_wide"
    assert [each.code for each in ruled.verdicts[0].reasons][-1] == "interval_too_wide"
    assert ruled.table["high"].to_pylist() == [None]


def test_draws_that_mostly_cannot_be_estimated_refuse_the_stratum() -> None:
    thin = stratum("A", [30, 20, 30, 2, 1, 1, 0])
    found = estimate_strata([linked(stratum("A"), thin, stratum("A"))], seed=1, method="graphs")

    assert found.verdicts[0].status == "refuse"
    assert found.verdicts[0].reasons[-1].code == "draws_refused"


def test_methods_without_draws_take_no_linkage_draws() -> None:
    with pytest.raises(UsageError, match="gives no draws"):
        estimate_strata([linked(stratum("A"), stratum("A"))], seed=1, method="sparse")
    with pytest.raises(UsageError, match="no strata"):
        estimate_strata([], seed=1)


def test_a_stratum_has_the_same_draws_whatever_stands_before_it() -> None:
    tables = [stratum("A"), stratum("A", [60, 50, 30, 20, 15, 15, 10])]
    one = linked(tables[0], *tables)
    other = linked(stratum("B", [70, 40, 30, 20, 15, 15, 10]), *[stratum("B")] * 2)
    alone = estimate_strata([one], seed=1, method="graphs").draws.sel(stratum=one.label)
    second = estimate_strata([other, one], seed=1, method="graphs").draws.sel(stratum=one.label)

    assert (alone.values == second.values).all()
