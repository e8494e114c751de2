"""Decomposable graphs and their exact average."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.special import gammaln

from testigo.core import UsageError
from testigo.estimation import CaptureHistories, average_graphs
from testigo.estimation.systems.graphs import decomposable_graphs


@pytest.mark.parametrize(("lists", "graphs"), [(3, 8), (4, 61), (5, 822)])
def test_there_are_as_many_chordal_graphs_as_known(lists, graphs) -> None:
    """OEIS A058862: 1, 2, 8, 61, 822 labelled chordal graphs."""
    assert sum(1 for _ in decomposable_graphs(lists)) == graphs


def test_cliques_cover_each_list_and_separators_are_one_fewer() -> None:
    for cliques, separators in decomposable_graphs(4):
        assert {j for clique in cliques for j in clique} == set(range(4))
        assert len(separators) == len(cliques) - 1
        sizes = sum(map(len, cliques)) - sum(map(len, separators))
        assert sizes == 4


def test_a_graph_of_no_pairs_equals_the_product_of_beta_binomials() -> None:
    """Brute force over n_0 for the graph without pairs, from the formula of each list alone."""
    patterns = [list(each) for each in product((0, 1), repeat=3)][1:]
    table = CaptureHistories.of("abc", patterns, [30, 20, 10, 25, 9, 8, 4])
    found = average_graphs(table, farthest=400)
    row = found.graphs.index("1|2|3")
    points = np.arange(401)
    logs = []
    for unseen in points:
        total = table.observed + unseen
        value = gammaln(total + 1) - gammaln(unseen + 1) - np.log(total)
        for held in table.of_list:
            value += gammaln(held + 0.5) + gammaln(total - held + 0.5) - gammaln(total + 1)
            value += gammaln(1) - 2 * gammaln(0.5)
        logs.append(value)
    alone = np.exp(np.array(logs) - max(logs))
    # The weight of this graph against the one of all its pairs is exact too; compare the mean.
    from testigo.estimation.systems import graphs

    picked = [each for each in graphs.decomposable_graphs(3) if len(each[0]) == 3]
    (ours,) = graphs._log_posteriors(table, points.astype(float), picked, 0.125)
    ours = np.exp(ours - ours.max())

    assert ours / ours.sum() == pytest.approx(alone / alone.sum())
    assert 0 <= found.weights[row] <= 1


def test_draws_follow_the_posterior(small) -> None:
    found = average_graphs(small)
    drawn = found.draw(20_000, seed=1)

    assert np.median(drawn) == pytest.approx(found.quantile(0.5), rel=0.02)
    assert (found.draw(5, seed=1) == drawn[:5]).all()


@pytest.mark.parametrize("lists", [2, 6])
def test_other_numbers_of_lists_are_refused(lists) -> None:
    table = CaptureHistories.of([str(j) for j in range(lists)], np.ones((1, lists)), [5])

    with pytest.raises(UsageError, match="3 to 5 lists"):
        average_graphs(table)
