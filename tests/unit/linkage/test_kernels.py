"""The compiled loops do what their plain twins do."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.linkage import kernels


def plain_components(records: int, pairs: list[tuple[int, int]]) -> list[int]:
    label = list(range(records))
    for _ in range(records):
        for a, b in pairs:
            low = min(label[a], label[b])
            label[a] = label[b] = low
    return label


def plain_may_join(a: list[int], b: list[int], weights, lists) -> bool:
    if any(weights[i, j] == -np.inf for i in a for j in b):
        return False
    same = [weights[i, j] for i in a for j in b if lists[i] == lists[j]]
    return not same or (max(same) >= kernels.STRONG and sum(same) > 0)


def plain_agglomerate(weights, lists, start) -> list[int]:
    clusters = [[i for i in range(len(start)) if start[i] == name] for name in sorted(set(start))]
    while True:
        options = []
        for a, b in itertools.combinations(clusters, 2):
            mean = sum(weights[i, j] for i in a for j in b) / (len(a) * len(b))
            if mean > 0 and plain_may_join(a, b, weights, lists):
                options.append((-mean, min(a), min(b), a, b))
        if not options:
            return [min(one) for i in range(len(start)) for one in clusters if i in one]
        _, _, _, a, b = min(options)
        clusters = [one for one in clusters if one is not a and one is not b] + [sorted(a + b)]
        clusters.sort(key=min)


@st.composite
def components(draw):
    size = draw(st.integers(2, 7))
    upper = draw(
        st.lists(
            st.sampled_from([-np.inf, -6.5, -2.0, -0.75, 0.5, 1.25, 3.5, 8.0]),
            min_size=size * size,
            max_size=size * size,
        )
    )
    weights = np.array(upper).reshape(size, size)
    weights = np.triu(weights, 1) + np.triu(weights, 1).T
    lists = np.array(draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))
    return np.nan_to_num(weights, nan=0.0, neginf=-np.inf), lists


@given(components())
def test_agglomeration_agrees_with_its_twin(component) -> None:
    weights, lists = component
    start = np.arange(len(lists))

    found = kernels.agglomerate(weights, lists, start.copy())

    assert found.tolist() == plain_agglomerate(weights, lists, start.tolist())


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12))
def test_components_agree_with_their_twin(pairs) -> None:
    left, right = (np.array([pair[k] for pair in pairs], dtype=np.int64) for k in range(2))

    assert kernels.join_components(9, left, right).tolist() == plain_components(9, pairs)


def test_two_records_are_drawn_together_as_often_as_the_odds_say() -> None:
    odds = 1.2
    weights = np.array([[0.0, odds], [odds, 0.0]])
    fixed, shifts = np.arange(2), np.zeros(20_000)

    drawn = kernels.sample_component(
        weights, fixed, fixed, fixed.copy(), 8.0, 0.2, shifts, shifts, 1, 7
    )
    together = float((drawn[:, 0] == drawn[:, 1]).mean())

    assert together == pytest.approx(1 / (1 + np.exp(-odds)), abs=0.015)


def test_draws_never_join_what_may_not_be_joined() -> None:
    weights = np.array([[0.0, -np.inf, 5.0], [-np.inf, 0.0, 5.0], [5.0, 5.0, 0.0]])
    fixed, shifts = np.arange(3), np.zeros(500)

    drawn = kernels.sample_component(
        weights, fixed, fixed, fixed.copy(), 8.0, 0.2, shifts, shifts, 2, 11
    )

    assert (drawn[:, 0] != drawn[:, 1]).all()


def joins(labels: list[int], weights: np.ndarray, lists: list[int], lift: float) -> np.ndarray:
    logs = np.empty(len(labels) + 1)
    kernels.join_odds(np.array(labels), weights, np.array(lists), 8.0, 0.2, 0.0, lift, logs)
    return logs


def test_a_second_record_of_a_person_counts_a_little_and_the_prior_once() -> None:
    """A record that may join two that are surely one: mean log odds -0.4, prior 8 against.

    By hand: (2 ** 0.2) * -0.4 + (2 ** 0.2 - 1) * 8 = 0.7301.
    """
    weights = np.array([[0.0, 30.0, -0.4], [30.0, 0.0, -0.4], [-0.4, -0.4, 0.0]])

    logs = joins([0, 0, 3], weights, [0, 1, 2], 0.0)

    assert logs[0] == pytest.approx(0.7301, abs=1e-4)
    assert logs[1] == 0.0
    assert logs[2] == -np.inf


def test_another_list_never_makes_a_list_name_a_person_twice() -> None:
    """The record agrees well (6) with one of another list and badly (-5) with one of its own.

    By hand: (2 ** 0.2) * -5 + (2 ** 0.2 - 1) * 8 = -4.5539, and lifting changes nothing.
    """
    weights = np.array([[0.0, 30.0, 6.0], [30.0, 0.0, -5.0], [6.0, -5.0, 0.0]])

    for lift in (0.0, 2.0):
        logs = joins([0, 0, 3], weights, [0, 1, 1], lift)
        assert logs[0] == pytest.approx(-4.5539, abs=1e-4)


def test_the_random_stream_is_the_published_one() -> None:
    """splitmix64, Steele, Lea and Flood 2014; its first output for the state 0."""
    state = np.array([0], dtype=np.uint64)

    assert kernels.next_random(state) == (0xE220A8397B1DCDAF >> 11) / 2**53
