"""The intervals of precision and recall hold the truth about as often as they say."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.linkage import Stratum, Tally, estimate_clerical_quality, link_victims, simulate_lists
from testigo.linkage.review_frame import frame_pairs
from testigo.linkage.review_sample import draw_sample, stratify

INF = float("inf")


def told(strata, tallies, **options):
    """Measure to estimate, low and high."""
    given = {"kept_share": 0.9, "seed": 1} | options
    table = estimate_clerical_quality(strata, tallies, **given)
    return {row["measure"]: (row["estimate"], row["low"], row["high"]) for row in table.to_pylist()}


@pytest.fixture(scope="module")
def linked():
    """Links of invented lists, and who each record truly speaks of."""
    lists = simulate_lists(3_000, seed=8)
    found = link_victims(
        lists.drop_columns(["victim", "incident"]), sorted(set(lists["source"].to_pylist()))
    )
    order = [(name, "ascending") for name in ("source", "file", "row", "cell")]
    return found, lists.sort_by(order)["victim"].to_numpy()


def test_the_interval_holds_the_truth_in_93_of_100_samples(linked) -> None:
    found, truth = linked
    frame = frame_pairs(found.links, found.pairs)
    same = truth[frame.left] == truth[frame.right]
    right = (frame.linked & same).sum()
    real = {"precision": right / frame.linked.sum(), "recall_compared": right / same.sum()}
    strata, number = stratify(frame, np.zeros(len(same), dtype=np.bool_))
    hits = dict.fromkeys(real, 0)
    estimates = {name: [] for name in real}
    for seed in range(100):
        drawn = draw_sample(frame, number, size=200, seed=seed)
        tallies = [
            Tally(int(same[inside].sum()), int((~same[inside]).sum()))
            for inside in (drawn[number[drawn] == stratum] for stratum in range(len(strata)))
        ]
        quality = told(strata, tallies)
        for name, value in real.items():
            estimate, low, high = quality[name]
            hits[name] += low <= value <= high
            estimates[name].append(estimate)

    assert min(hits.values()) >= 93
    for name, value in real.items():  # and no side is favoured
        assert np.mean(estimates[name]) == pytest.approx(value, abs=0.005)


def test_when_all_pairs_were_looked_at_nothing_is_left_open() -> None:
    strata = [Stratum(True, 0, INF, 40), Stratum(False, -8, 0, 20)]
    quality = told(strata, [Tally(same=36, different=4), Tally(same=12, different=8)])

    assert quality["precision"] == pytest.approx((0.9, 0.9, 0.9))
    assert quality["recall_compared"] == pytest.approx((0.75, 0.75, 0.75))  # 36 of 36 + 12
    assert quality["recall"] == pytest.approx((0.675, 0.675, 0.675))  # nine tenths were compared


def test_one_stratum_gives_the_jeffreys_interval() -> None:
    """Brown, Cai and DasGupta 2001: Beta(x + 1/2, n - x + 1/2), in a population without end."""
    from scipy.stats import beta

    _, low, high = told([Stratum(True, 0, INF, 10**7)], [Tally(same=45, different=5)])["precision"]

    assert low == pytest.approx(beta.ppf(0.025, 45.5, 5.5), abs=0.005)
    assert high == pytest.approx(beta.ppf(0.975, 45.5, 5.5), abs=0.005)


def test_an_interval_reaches_the_end_where_all_answers_agree() -> None:
    estimate, low, high = told([Stratum(True, 0, INF, 1_000)], [Tally(same=50)])["precision"]

    assert (estimate, high) == (1.0, 1.0)
    assert 0.9 < low < 1


def test_unsure_answers_widen_the_interval_on_both_sides() -> None:
    strata = [Stratum(True, 0, INF, 1_000), Stratum(False, -8, 0, 1_000)]
    sure = told(strata, [Tally(90, 10), Tally(10, 90)])
    doubtful = told(strata, [Tally(90, 10, 20), Tally(10, 90, 20)])
    for name in ("precision", "recall_compared"):
        assert doubtful[name][0] == pytest.approx(sure[name][0])
        assert doubtful[name][1] < sure[name][1]
        assert doubtful[name][2] > sure[name][2]


def test_what_was_decided_before_is_known() -> None:
    strata = [Stratum(True, -INF, INF, 30, known_same=30), Stratum(False, -INF, INF, 5, 0)]

    assert told(strata, [Tally(), Tally()])["precision"] == (1.0, 1.0, 1.0)


def test_pairs_far_below_the_border_count_only_when_somebody_finds_one() -> None:
    strata = [Stratum(True, 0, INF, 100), Stratum(False, -INF, -8, 10_000)]
    none = told(strata, [Tally(same=100), Tally(different=10)])
    one = told(strata, [Tally(same=100), Tally(same=1, different=9)])

    assert none["recall_compared"] == (1.0, 1.0, 1.0)
    assert one["recall_compared"][1] < 0.1


def test_recall_is_blank_where_the_compared_share_is_not_known() -> None:
    quality = told([Stratum(True, 0, INF, 10)], [Tally(same=10)], kept_share=None)

    assert quality["recall"] == (None, None, None)


def test_the_same_seed_gives_the_same_table() -> None:
    given = [Stratum(True, 0, INF, 500)], [Tally(20, 3, 1)]
    first, second = (estimate_clerical_quality(*given, kept_share=0.9, seed=4) for _ in range(2))

    assert first.equals(second)
    assert isinstance(first, pa.Table)
