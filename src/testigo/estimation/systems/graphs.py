"""Averages over all decomposable graphs of the lists (Madigan and York 1997).

A graph says which lists are independent given which. Under a hyper-Dirichlet prior the probability
of the table for a given N is a product of gamma functions over cliques and separators, so that the
posterior of N and graph together is exact. The graph of all pairs says nothing of the unseen; it
is left out here unless asked for, as dga has it in.

Source: D. Madigan and J. York, Bayesian methods for estimation of the size of a closed population,
Biometrika 84 (1997), 19-31.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

LEAST_LISTS: Final = 3
MOST_LISTS: Final = 5
MOST_POINTS: Final = 100_000  # of n_0, evenly spaced
MOST_POINTS_OF_MANY: Final = 20_000  # with the 822 graphs of five lists
FARTHEST: Final = 20  # n_0 is looked for up to this many times n
Graph = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class GraphAverage:
    """Posterior of N over graphs.

    Attributes
    ----------
    totals
        Values of N, ascending, shape (value,).
    probability
        Of each value, adding up to 1.
    graphs
        Cliques of each graph, lists numbered from 1 (`"123|34"`).
    weights
        Posterior probability of each graph, in the order of `graphs`.
    at_end
        Posterior probability of the last twentieth of the values: near 0 unless the range cuts.
    """

    totals: NDArray[np.float64]
    probability: NDArray[np.float64]
    graphs: tuple[str, ...]
    weights: NDArray[np.float64]
    at_end: float

    def quantile(self, share: float) -> float:
        """Return the smallest N at which the posterior reaches `share`."""
        place = int(np.searchsorted(np.cumsum(self.probability), share))
        return float(self.totals[min(place, len(self.totals) - 1)])

    def draw(self, size: int, *, seed: int) -> NDArray[np.float64]:
        """Return independent draws of N, shape (size,)."""
        rng = np.random.default_rng(seed)
        return rng.choice(self.totals, size=size, p=self.probability)


def average_graphs(
    histories: CaptureHistories,
    *,
    delta: float | None = None,
    saturated: bool = False,
    farthest: int | None = None,
) -> GraphAverage:
    """Average over decomposable graphs; prior of N proportional to 1/N, every graph alike.

    Parameters
    ----------
    histories
        Three to five lists.
    delta
        Prior people in each of the 2^J cells; 2^-J when not given.
    saturated
        Whether the graph of all pairs takes part, as in dga; the unseen is then its prior's.
    farthest
        Largest n_0; twenty times n when not given.

    Raises
    ------
    UsageError
        For other numbers of lists.
    """
    lists = len(histories.lists)
    if not LEAST_LISTS <= lists <= MOST_LISTS:
        raise UsageError(
            Message(
                "Graphs are averaged for {least} to {most} lists; there are {lists}.",
                {"least": LEAST_LISTS, "most": MOST_LISTS, "lists": lists},
            ),
            Message("Use latent-class or sparse."),
        )
    delta = 2.0**-lists if delta is None else delta
    points = _points(farthest or FARTHEST * histories.observed, lists)
    found = [graph for graph in decomposable_graphs(lists) if saturated or len(graph[0][0]) < lists]
    weights, by_total = _add_up(_log_posteriors(histories, points, found, delta))
    last = points >= points[-1] - 0.05 * (points[-1] - points[0])
    return GraphAverage(
        totals=points + histories.observed,
        probability=by_total,
        graphs=tuple(
            "|".join("".join(str(j + 1) for j in clique) for clique in cliques)
            for cliques, _ in found
        ),
        weights=weights,
        at_end=float(by_total[last].sum()),
    )


def _add_up(
    logs_of_graphs: Iterator[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the probability of each graph, and that of each value over all graphs."""
    weights: list[float] = []
    by_total, top = np.zeros(1), -np.inf
    for logs in logs_of_graphs:
        if logs.max() > top:  # keep all on the scale of the largest
            shrunk = float(np.exp(top - logs.max()))
            by_total, weights = by_total * shrunk, [each * shrunk for each in weights]
            top = float(logs.max())
        part = np.exp(logs - top)
        weights.append(float(part.sum()))
        by_total = by_total + part
    shares = np.array(weights)
    return shares / shares.sum(), by_total / by_total.sum()


def _points(farthest: int, lists: int) -> NDArray[np.float64]:
    """Values of n_0: every one when they are few, evenly spaced otherwise."""
    most = MOST_POINTS_OF_MANY if lists == MOST_LISTS else MOST_POINTS
    return np.arange(0, farthest + 1, max(farthest // most, 1), dtype=np.float64)


def _log_posteriors(
    histories: CaptureHistories,
    points: NDArray[np.float64],
    graphs: list[tuple[Graph, Graph]],
    delta: float,
) -> Iterator[NDArray[np.float64]]:
    """Log of the joint posterior of each graph and n_0, not normalised, shape (value,)."""
    from scipy.special import gammaln

    lists = len(histories.lists)
    cells = histories.cells()
    total = histories.observed + points
    # multinomial coefficient, prior 1/N, and the whole's Dirichlet constant
    shared = gammaln(total + 1) - gammaln(points + 1) - np.log(total)
    whole = gammaln(delta * len(cells)) - gammaln(delta * len(cells) + total)
    margins = {
        clique: _log_margin(cells, clique, lists, points, delta)
        for cliques, separators in graphs
        for clique in (*cliques, *separators)
    }
    for cliques, separators in graphs:
        value = shared + (len(cliques) - len(separators)) * whole
        for clique in cliques:
            value = value + margins[clique]
        for separator in separators:
            value = value - margins[separator]
        yield value


def _log_margin(
    cells: NDArray[np.int64],
    clique: tuple[int, ...],
    lists: int,
    points: NDArray[np.float64],
    delta: float,
) -> NDArray[np.float64]:
    """Sum of log gamma over the cells of one margin, shape (value,)."""
    from scipy.special import gammaln

    others = tuple(j for j in range(lists) if j not in clique)
    margin = cells.reshape((2,) * lists).sum(axis=others).ravel()
    prior = delta * 2 ** len(others)
    seen = (gammaln(margin[1:] + prior) - gammaln(prior)).sum() if len(margin) > 1 else 0.0
    unseen: NDArray[np.float64] = gammaln(margin[0] + points + prior) - gammaln(prior)
    return unseen + seen


def decomposable_graphs(lists: int) -> Iterator[tuple[Graph, Graph]]:
    """Give cliques and separators (with repeats, the empty one too) of every chordal graph.

    Examples
    --------
    >>> [sum(1 for _ in decomposable_graphs(lists)) for lists in (3, 4, 5)]
    [8, 61, 822]
    """
    pairs = list(combinations(range(lists), 2))
    for bits in range(2 ** len(pairs)):
        edges = [pair for place, pair in enumerate(pairs) if bits >> place & 1]
        near = [{b if a == j else a for a, b in edges if j in (a, b)} for j in range(lists)]
        found = _cliques(near)
        if found is not None:
            yield found


def _cliques(near: list[set[int]]) -> tuple[Graph, Graph] | None:
    """Find cliques and separators by maximum cardinality search; None when not chordal."""
    left = set(range(len(near)))
    order: list[int] = []
    cliques: list[tuple[int, ...]] = []
    separators: list[tuple[int, ...]] = []
    while left:
        node = max(sorted(left), key=lambda j: len(near[j] & set(order)))
        before = near[node] & set(order)
        if any(other not in near[one] for one, other in combinations(before, 2)):
            return None
        _extend(cliques, separators, node, before)
        order.append(node)
        left.remove(node)
    return tuple(sorted(cliques, key=lambda each: (-len(each), each))), tuple(separators)


def _extend(
    cliques: list[tuple[int, ...]],
    separators: list[tuple[int, ...]],
    node: int,
    before: set[int],
) -> None:
    """Grow the clique that equals the node's earlier neighbours, or open a new one."""
    for place, clique in enumerate(cliques):
        if set(clique) == before:
            cliques[place] = tuple(sorted((*clique, node)))
            return
    if cliques:
        separators.append(tuple(sorted(before)))
    cliques.append(tuple(sorted((*before, node))))
