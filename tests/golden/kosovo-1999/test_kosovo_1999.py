"""Every method on the table whose truth is known, beside the programs of others."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from testigo.estimation import (
    CaptureHistories,
    average_graphs,
    chao_lower_bound,
    estimate_total,
    fit_hierarchical,
    fit_latent_class,
    fit_sparse,
    log_linear,
)


@pytest.fixture(scope="module")
def kosovo(shared) -> CaptureHistories:
    with (shared / "mse" / "kosovo_1999.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=int)
    return CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])


def test_the_best_log_linear_models_are_those_of_rcapture(kosovo) -> None:
    first, second, third, *_ = fit_hierarchical(kosovo)

    assert first.terms == ("123", "14", "34")
    assert first.total == pytest.approx(10_356.5, abs=0.05)
    assert first.standard_error == pytest.approx(785.9, abs=0.05)
    assert [round(second.total), round(third.total)] == [12_741, 18_393]
    assert round(log_linear(kosovo).total) == 7_395


def test_the_lower_bound_is_that_of_rcapture(kosovo) -> None:
    """Without the one person that we add to those on two lists, to the last digit printed."""
    found = chao_lower_bound(kosovo)
    on_two = int(kosovo.counts[kosovo.patterns.sum(axis=1) == 2].sum())
    unseen = found.point - kosovo.observed

    assert found.point == pytest.approx(8_591, rel=1e-3)
    assert round(kosovo.observed + unseen * (on_two + 1) / on_two) == 8_591


def test_the_stepwise_model_is_that_of_sparsemse(kosovo) -> None:
    found = fit_sparse(kosovo)

    assert [round(each) for each in (found.total, found.low, found.high)] == [
        14_342,
        12_541,
        16_540,
    ]


def test_graphs_with_dgas_list_give_dgas_answer(kosovo) -> None:
    found = average_graphs(kosovo, saturated=True)

    assert found.quantile(0.5) == pytest.approx(12_595, abs=1)
    assert found.quantile(0.025) == pytest.approx(9_827, abs=1)
    assert found.quantile(0.975) == pytest.approx(16_544, abs=1)
    best = int(found.weights.argmax())
    assert found.graphs[best] == "123|134"
    assert found.weights[best] == pytest.approx(0.986, abs=0.0005)


def test_graphs_with_one_person_in_each_cell_give_dgas_answer(kosovo) -> None:
    """How much the prior people in each cell matter: dga with delta 1 instead of 1/16."""
    found = average_graphs(kosovo, delta=1.0)

    limits = [found.quantile(share) for share in (0.025, 0.5, 0.975)]
    assert limits == pytest.approx([6_945, 9_786, 12_745], abs=1)


def test_ours_leave_the_graph_of_all_pairs_out_which_changes_nothing_here(kosovo) -> None:
    """One graph has .986 of dga's probability, and it is not that of all pairs."""
    found, theirs = average_graphs(kosovo), average_graphs(kosovo, saturated=True)

    assert "1234" not in found.graphs
    assert theirs.weights[theirs.graphs.index("1234")] < 0.014
    limits = [found.quantile(share) for share in (0.025, 0.5, 0.975)]
    assert limits == pytest.approx([9_827, 12_595, 16_544], rel=0.005)


@pytest.mark.parametrize("seed", [20, 21])
def test_the_latent_class_model_finds_the_truth_and_its_replicates_agree(kosovo, seed) -> None:
    fit = fit_latent_class(kosovo, seed=seed, classes=10, workers=2)
    low, median, high = np.quantile(fit.draws, [0.025, 0.5, 0.975])

    assert fit.r_hat <= 1.01
    assert fit.effective >= 1_000
    assert median == pytest.approx(10_430, rel=0.01)
    assert low == pytest.approx(9_040, rel=0.03)
    assert high == pytest.approx(13_700, rel=0.05)
    assert low < 10_401 < high


def test_the_graphs_estimate_is_not_cut(kosovo) -> None:
    found = estimate_total(kosovo, method="graphs", seed=1)

    assert found.median == pytest.approx(12_595, rel=0.01)
    assert "cut_at_end" not in [reason.code for reason in found.verdict.reasons]
