"""Bridges and closed walks, against brute force."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from testigo.publication.walks import Network, find_bridges, find_safe, find_walk

NODES = 6
edges = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda e: e[0] < e[1]),
    unique=True,
    min_size=1,
    max_size=10,
)
directions = st.lists(
    st.sampled_from([(True, True), (True, False), (False, True), (False, False)]),
    min_size=10,
    max_size=10,
)


def components(pairs: list[tuple[int, int]]) -> int:
    group = list(range(NODES))
    for one, other in pairs:
        old, new = group[one], group[other]
        group = [new if each == old else each for each in group]
    return len(set(group))


@given(edges)
def test_a_bridge_is_an_edge_whose_loss_adds_a_component(pairs: list[tuple[int, int]]) -> None:
    expected = [
        components(pairs[:at] + pairs[at + 1 :]) > components(pairs) for at in range(len(pairs))
    ]
    tail, head = np.array(pairs).T

    assert find_bridges(tail, head, NODES).tolist() == expected


def network(pairs, ways) -> Network:
    tail, head = np.array(pairs).T
    forward, backward = np.array(ways[: len(pairs)]).T
    return Network(
        tail=tail,
        head=head,
        forward=forward,
        backward=backward,
        cost=np.arange(1.0, len(pairs) + 1),
        hidden=np.ones(len(pairs), dtype=bool),
    )


def closed_walks(pairs, ways) -> set[frozenset[int]]:
    """All simple closed walks, as sets of edges, by trying every step."""
    steps = [
        step
        for edge, ((one, other), (onward, back)) in enumerate(zip(pairs, ways, strict=False))
        for step, open_ in (((one, other, edge), onward), ((other, one, edge), back))
        if open_
    ]
    found: set[frozenset[int]] = set()
    unfinished = [(node, node, frozenset[int](), frozenset[int]()) for node in range(NODES)]
    while unfinished:
        start, node, nodes, used = unfinished.pop()
        for here, other, edge in steps:
            if here != node or edge in used:
                continue
            if other == start:
                found.add(used | {edge})
            elif other not in nodes:
                unfinished.append((start, other, nodes | {other}, used | {edge}))
    return found


@given(edges, directions)
def test_an_edge_is_safe_exactly_when_a_closed_walk_holds_it(pairs, ways) -> None:
    on_a_walk = frozenset().union(*closed_walks(pairs, ways))

    safe = find_safe(network(pairs, ways))

    assert set(np.flatnonzero(safe)) == on_a_walk


@given(edges, directions)
def test_the_cheapest_closed_walk_is_found(pairs, ways) -> None:
    net = network(pairs, ways)
    walks = closed_walks(pairs, ways)
    for edge in range(len(pairs)):
        through = [walk for walk in walks if edge in walk]
        found = find_walk(net, edge)

        assert bool(through) == bool(found.size)
        if through:
            assert set(found) in through
            assert net.cost[found].sum() == min(sum(net.cost[list(walk)]) for walk in through)
