"""Closed walks in a network of edges that may be walked in one direction or in both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(slots=True)
class Network:
    """Edges between nodes; every array of shape (edge,). No two edges join the same nodes.

    Attributes
    ----------
    tail, head
        Nodes, numbered anew from 0 when the network is made.
    forward, backward
        Whether the edge may be walked from tail to head, and from head to tail.
    cost
        Of walking it.
    hidden
        Whether it is hidden already.
    """

    tail: Numbers
    head: Numbers
    forward: Flags
    backward: Flags
    cost: NDArray[np.float64]
    hidden: Flags
    nodes: int = field(init=False)

    def __post_init__(self) -> None:
        names, numbers = np.unique(np.concatenate([self.tail, self.head]), return_inverse=True)
        self.nodes = len(names)
        self.tail, self.head = numbers[: len(self.tail)], numbers[len(self.tail) :]

    def hide(self, edges: Numbers, cost: float) -> None:
        """Mark edges as hidden; walking them costs this little from now on."""
        self.hidden[edges] = True
        self.cost[edges] = cost


def find_safe(network: Network) -> Flags:
    """Return the hidden edges that lie on a closed walk of hidden edges, shape (edge,).

    A walk may not go back along the edge it came by. Within a strongly connected part, an edge
    with one direction always lies on such a walk, and an edge with two lies on one unless it is
    a bridge: if the part fell apart into the nodes reached from one end and those reached from
    the other, no further edge could join the two.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    one_way = network.hidden & network.forward
    other_way = network.hidden & network.backward
    source = np.concatenate([network.tail[one_way], network.head[other_way]])
    target = np.concatenate([network.head[one_way], network.tail[other_way]])
    shape = (network.nodes, network.nodes)
    graph = csr_array((np.ones(len(source)), (source, target)), shape=shape)
    part = connected_components(graph, directed=True, connection="strong")[1]
    inside = (one_way | other_way) & (part[network.tail] == part[network.head])
    edges = np.flatnonzero(inside)
    bridge = np.zeros(len(inside), dtype=bool)
    bridge[edges] = find_bridges(network.tail[edges], network.head[edges], network.nodes)
    safe: Flags = inside & ~bridge
    return safe


def find_bridges(tail: Numbers, head: Numbers, nodes: int) -> Flags:
    """Return the edges whose loss would cut a part of the graph off, shape (edge,).

    References
    ----------
    Tarjan 1974, Information Processing Letters 2(6), 160-161.

    Examples
    --------
    >>> find_bridges(np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3]), 4).tolist()
    [False, False, False, True]
    """
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
    for edge, (one, other) in enumerate(zip(tail.tolist(), head.tolist(), strict=True)):
        neighbours[one].append((other, edge))
        neighbours[other].append((one, edge))
    order, came_by = _visit(neighbours)
    entered = [0] * nodes
    for clock, node in enumerate(order):
        entered[node] = clock
    bridge = np.zeros(len(tail), dtype=bool)
    earliest = entered.copy()  # what can be reached from here without the edge one came by
    for node in reversed(order):
        for other, edge in neighbours[node]:
            if edge != came_by[node]:
                beyond = earliest if came_by[other] == edge else entered
                earliest[node] = min(earliest[node], beyond[other])
        if came_by[node] >= 0:
            bridge[came_by[node]] = earliest[node] == entered[node]
    return bridge


def _visit(neighbours: list[list[tuple[int, int]]]) -> tuple[list[int], list[int]]:
    """Visit all nodes, always deeper first; tell the order, and the edge one came by (-1: none)."""
    came_by = [-1] * len(neighbours)
    seen = [False] * len(neighbours)
    order: list[int] = []
    for start in range(len(neighbours)):
        trail = [] if seen[start] else [(start, iter(neighbours[start]))]
        while trail:
            node, ahead = trail[-1]
            if not seen[node]:
                seen[node] = True
                order.append(node)
            step = next(((other, edge) for other, edge in ahead if not seen[other]), None)
            if step is None:
                trail.pop()
                continue
            other, edge = step
            came_by[other] = edge
            trail.append((other, iter(neighbours[other])))
    return order, came_by


def find_walk(network: Network, edge: int) -> Numbers:
    """Return the edges of the cheapest closed walk through one edge; empty when there is none."""
    ends = int(network.tail[edge]), int(network.head[edge])
    ways = []
    if network.forward[edge]:
        ways.append((ends[1], ends[0]))
    if network.backward[edge]:
        ways.append(ends)
    found = [_cheapest_path(network, edge, start, goal) for start, goal in ways]
    cost, path = min(found, key=lambda way: way[0], default=(np.inf, []))
    return np.array([*path, edge] if np.isfinite(cost) else [], dtype=np.int64)


def _cheapest_path(
    network: Network, without: int, start: int, goal: int
) -> tuple[float, list[int]]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    one_way, other_way = network.forward.copy(), network.backward.copy()
    one_way[without] = other_way[without] = False
    source = np.concatenate([network.tail[one_way], network.head[other_way]])
    target = np.concatenate([network.head[one_way], network.tail[other_way]])
    cost = np.concatenate([network.cost[one_way], network.cost[other_way]])
    graph = csr_array((cost, (source, target)), shape=(network.nodes, network.nodes))
    distance, before = dijkstra(graph, indices=start, return_predecessors=True)
    if not np.isfinite(distance[goal]):
        return np.inf, []
    edges = np.concatenate([np.flatnonzero(one_way), np.flatnonzero(other_way)])
    path, node = [], goal
    while node != start:
        step = int(before[node])
        path.append(int(edges[np.flatnonzero((source == step) & (target == node))[0]]))
        node = step
    return float(distance[goal]), path
