"""Compiled loops of clustering and sampling; each has a plain twin in the tests.

All work on one component at a time: the records that positive pairs join, with a full matrix of
log odds between them. Components share nothing, so neither their order nor the number of threads
changes an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRONG = 3.0  # log odds that one list named one person twice: 95 %


@njit(cache=True, nogil=True)
def join_components(
    records: int, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each record the smallest position that pairs join it with, shape (record,)."""
    parent = np.arange(records)
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        if a < b:
            parent[b] = a
        elif b < a:
            parent[a] = b
    for record in range(records):
        root = record
        while parent[root] != root:
            root = parent[root]
        parent[record] = root
    return parent


@njit(cache=True, nogil=True)
def may_join(
    a: int,
    b: int,
    labels: NDArray[np.int64],
    weights: NDArray[np.float64],
    lists: NDArray[np.int64],
) -> bool:
    """Say whether two clusters may be one: lists name a person twice only on strong evidence.

    Never where a cannot-link (minus infinity) stands between them. Where both hold records of one
    list, these must on average be more likely the same than not, and one pair of them strongly.
    """
    shared = 0
    total = 0.0
    strongest = -np.inf
    size = len(labels)
    for i in range(size):
        if labels[i] != a:
            continue
        for j in range(size):
            if labels[j] != b:
                continue
            if weights[i, j] == -np.inf:
                return False
            if lists[i] == lists[j]:
                shared += 1
                total += weights[i, j]
                strongest = max(strongest, weights[i, j])
    return shared == 0 or (strongest >= STRONG and total > 0.0)


@njit(cache=True, nogil=True)
def agglomerate(
    weights: NDArray[np.float64], lists: NDArray[np.int64], labels: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Join the two clusters of highest mean log odds, again and again while it is positive.

    Parameters
    ----------
    weights
        Log odds, symmetric, shape (record, record); minus infinity: never together.
    lists
        Number of each record's list, shape (record,).
    labels
        Clusters to start from, each named by its smallest member, shape (record,); changed.

    Returns
    -------
    ndarray
        Cluster of each record, named by its smallest member. Ties go to the smaller names.
    """
    size = len(labels)
    sums = np.zeros((size, size))
    counts = np.zeros(size, dtype=np.int64)
    closed = np.zeros((size, size), dtype=np.bool_)
    for i in range(size):
        counts[labels[i]] += 1
        for j in range(size):
            if labels[i] != labels[j]:
                sums[labels[i], labels[j]] += weights[i, j]
    while True:
        best, first, second = 0.0, -1, -1
        for i in range(size):
            if counts[i] == 0:
                continue
            for j in range(i + 1, size):
                if counts[j] == 0 or closed[i, j]:
                    continue
                mean = sums[i, j] / (counts[i] * counts[j])
                if mean > best:
                    best, first, second = mean, i, j
        if first < 0:
            return labels
        if not may_join(first, second, labels, weights, lists):
            closed[first, second] = True
            continue
        for j in range(size):
            if labels[j] == second:
                labels[j] = first
            sums[first, j] += sums[second, j]
            sums[j, first] = sums[first, j]
            closed[min(first, j), max(first, j)] = False  # a larger cluster is asked again
        counts[first] += counts[second]
        counts[second] = 0


@njit(cache=True, nogil=True)
def fill_weights(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    values: NDArray[np.float64],
    size: int,
    absent: float,
) -> NDArray[np.float64]:
    """Return the symmetric matrix of log odds of a component, `absent` where not compared."""
    weights = np.full((size, size), absent)
    for pair in range(len(left)):
        weights[left[pair], right[pair]] = values[pair]
        weights[right[pair], left[pair]] = values[pair]
    return weights


@njit(cache=True, nogil=True)
def cluster_components(
    starts: NDArray[np.int64],
    pair_starts: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    values: NDArray[np.float64],
    lists: NDArray[np.int64],
    begun: NDArray[np.int64],
    absent: float,
) -> NDArray[np.int64]:
    """Agglomerate every component; return places of the members that name the clusters.

    Parameters
    ----------
    starts, pair_starts
        Where the members and the pairs of each component begin, one more than components.
    left, right
        Places of the pair's records inside their component, shape (pair,).
    values
        Log odds, shape (pair,).
    lists, begun
        List, and place of the first member of the cluster to start from, shape (member,).
    absent
        Log odds of pairs that were not compared.
    """
    named = np.empty(len(lists), dtype=np.int64)
    for number in range(len(starts) - 1):
        a, b = starts[number], starts[number + 1]
        p, q = pair_starts[number], pair_starts[number + 1]
        weights = fill_weights(left[p:q], right[p:q], values[p:q], b - a, absent)
        named[a:b] = agglomerate(weights, lists[a:b], begun[a:b].copy())
    return named


@njit(cache=True, nogil=True)
def next_random(state: NDArray[np.uint64]) -> float:
    """Return a number in [0, 1) and move the state on (splitmix64)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True, nogil=True)
def sample_component(
    weights: NDArray[np.float64],
    lists: NDArray[np.int64],
    fixed: NDArray[np.int64],
    start: NDArray[np.int64],
    prior: float,
    gain: float,
    shifts: NDArray[np.float64],
    lifts: NDArray[np.float64],
    sweeps: int,
    seed: int,
) -> NDArray[np.int64]:
    """Draw partitions of a component: Gibbs moves of one group of records at a time.

    Parameters
    ----------
    weights, lists
        As for `agglomerate`.
    fixed
        Groups that move as one (must-link), each named by its smallest member, shape (record,).
    start
        Partition to start from, shape (record,).
    prior
        Log odds against two records before they are compared; part of every weight.
    gain
        Evidence of n pairs between two clusters counts as that of n ** gain pairs.
    shifts, lifts
        Added to the log odds of every join, and of joins between lists, shape (draw,).
    sweeps
        Over all groups before each draw.
    seed
        Of the component.

    Returns
    -------
    ndarray
        Shape (draw, record): cluster numbers, each named by its smallest member.
    """
    size = len(start)
    labels = start.copy()
    state = np.array([seed], dtype=np.uint64)
    drawn = np.empty((len(shifts), size), dtype=np.int64)
    logs = np.empty(size + 1)
    for draw in range(len(shifts)):
        for _ in range(sweeps):
            for group in range(size):
                if fixed[group] != group:
                    continue
                for i in range(size):
                    if fixed[i] == group:
                        labels[i] = size  # a cluster of its own for the moment
                join_odds(labels, weights, lists, prior, gain, shifts[draw], lifts[draw], logs)
                chosen = choose(logs, size, state)
                for i in range(size):
                    if fixed[i] == group:
                        labels[i] = chosen
        for i in range(size):
            for j in range(size):
                if labels[j] == labels[i]:
                    drawn[draw, i] = j
                    break
    return drawn


@njit(cache=True, nogil=True)
def join_odds(
    labels: NDArray[np.int64],
    weights: NDArray[np.float64],
    lists: NDArray[np.int64],
    prior: float,
    gain: float,
    shift: float,
    lift: float,
    logs: NDArray[np.float64],
) -> None:
    """Fill in the log odds of the moving group (label `size`) joining each cluster.

    The mean of the pairs, with the prior once: further records mostly repeat the same evidence,
    but not wholly. Where both hold records of one list, no more than the mean of these, counted
    alike and without the lift: a third record's agreement never makes a list name a person twice.
    A free label has log odds 0: the group stays alone.
    """
    size = len(labels)
    sums = np.zeros((2, size))  # all pairs, and those of one list
    pairs = np.zeros((2, size))
    for i in range(size):
        if labels[i] != size:
            continue
        for j in range(size):
            label = labels[j]
            if label == size:
                continue
            sums[0, label] += weights[i, j]
            pairs[0, label] += 1
            if lists[i] == lists[j]:
                sums[1, label] += weights[i, j]
                pairs[1, label] += 1
    alone = False
    for label in range(size):
        if pairs[0, label] > 0:
            counted = pairs[0, label] ** gain
            mean = sums[0, label] / pairs[0, label] * counted + lift
            if pairs[1, label] > 0:
                mean = min(mean, sums[1, label] / pairs[1, label] * counted)
            logs[label] = mean + (counted - 1.0) * prior + shift
        elif alone:
            logs[label] = -np.inf
        else:
            logs[label] = 0.0
            alone = True


@njit(cache=True, nogil=True)
def choose(logs: NDArray[np.float64], size: int, state: NDArray[np.uint64]) -> int:
    """Draw one of the first `size` places by its log odds."""
    highest = logs[:size].max()
    left = next_random(state) * np.exp(logs[:size] - highest).sum()
    chosen = 0
    for label in range(size):
        weight = np.exp(logs[label] - highest)
        if weight > 0.0:
            chosen = label
        left -= weight
        if left < 0.0:
            break
    return chosen


@njit(cache=True, nogil=True)
def sample_components(
    starts: NDArray[np.int64],
    pair_starts: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    values: NDArray[np.float64],
    lists: NDArray[np.int64],
    fixed: NDArray[np.int64],
    begun: NDArray[np.int64],
    seeds: NDArray[np.uint64],
    prior: float,
    gain: float,
    shifts: NDArray[np.float64],
    lifts: NDArray[np.float64],
    sweeps: int,
    absent: float,
    absent_within: float,
) -> NDArray[np.int64]:
    """Draw partitions of every component, shape (draw, member); see `cluster_components`.

    `absent_within` is for pairs of one list that were not compared.
    """
    drawn = np.empty((len(shifts), len(lists)), dtype=np.int64)
    for number in range(len(starts) - 1):
        a, b = starts[number], starts[number + 1]
        p, q = pair_starts[number], pair_starts[number + 1]
        weights = fill_weights(left[p:q], right[p:q], values[p:q], b - a, np.nan)
        for i in range(b - a):
            for j in range(b - a):
                if np.isnan(weights[i, j]):
                    weights[i, j] = absent_within if lists[a + i] == lists[a + j] else absent
        drawn[:, a:b] = sample_component(
            weights,
            lists[a:b],
            fixed[a:b],
            begun[a:b],
            prior,
            gain,
            shifts,
            lifts,
            sweeps,
            seeds[number],
        )
    return drawn
