"""Pairs become victims: clusters that know which list each record stands in.

Records are joined bottom up by their mean log odds, so that one strong pair cannot drag in what
all other pairs speak against (connected components would). What people decided in
hand/link_decisions.csv is a constraint, never an opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.linkage.model import ScoredPairs

LARGEST: Final = 300  # records of a component whose matrix is laid out in full
LARGEST_COMPLETED: Final = 40  # records of a component whose pairs are all compared
_PAIR: Final = 2
ABSENT: Final = -2.0  # log odds of two records that no blocking rule brought together
_STEP: Final = 1.0
_HIGHEST: Final = 14.0


@dataclass(frozen=True, slots=True)
class Components:
    """Records that positive pairs join, laid out for the kernels.

    Attributes
    ----------
    members
        Positions of the records, component by component, shape (member,).
    starts, pair_starts
        Where each component's members and pairs begin.
    left, right
        Places of each pair's records inside their component.
    values
        Log odds, minus infinity for a cannot-link.
    lists, fixed
        List of each member; place of the first member it must be with (itself when alone).
    """

    members: NDArray[np.int64]
    starts: NDArray[np.int64]
    pair_starts: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    values: NDArray[np.float64]
    lists: NDArray[np.int64]
    fixed: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Pairs of positions that people decided on, shape (2, decision) each."""

    same: NDArray[np.int64]
    different: NDArray[np.int64]


def no_constraints() -> Constraints:
    """Return constraints that bind nobody."""
    return Constraints(np.empty((2, 0), dtype=np.int64), np.empty((2, 0), dtype=np.int64))


def lay_out(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    values: NDArray[np.floating],
    lists: NDArray[np.int64],
    constraints: Constraints,
    *,
    above: float = 0.0,
) -> Components:
    """Find the components and lay out members, pairs and constraints for the kernels.

    Parameters
    ----------
    left, right, values
        Positions and log odds of the compared pairs, shape (pair,).
    lists
        Number of each record's list, shape (record,).
    constraints
        What people decided.
    above
        Log odds that join records into a component.
    """
    from testigo.linkage.kernels import join_components

    records = len(lists)
    same, different = constraints.same, constraints.different
    left = np.concatenate([left, different.min(axis=0), same.min(axis=0)])
    right = np.concatenate([right, different.max(axis=0), same.max(axis=0)])
    odds = np.concatenate(
        [
            values.astype(np.float64),
            np.full(different.shape[1], -np.inf),
            np.full(same.shape[1], np.inf),
        ]
    )
    roots = join_components(records, left[odds > above], right[odds > above])
    roots = _cut_large(roots, left, right, odds, above)
    fixed = join_components(records, same.min(axis=0), same.max(axis=0))
    return _laid_out(roots, left, right, odds, lists=lists, fixed=fixed)


def uncompared_pairs(
    pairs: ScoredPairs, fresh: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs that no rule found, of records that positive pairs join.

    Parameters
    ----------
    pairs
        Sorted by left and right.
    fresh
        Only groups with one of these records are looked at, shape (record,).
    """
    from testigo.linkage.kernels import join_components

    chosen, records = pairs.person > 0, len(fresh)
    roots = join_components(records, pairs.left[chosen], pairs.right[chosen])
    sizes = np.bincount(roots, minlength=records)
    wanted_roots = np.zeros(records, dtype=np.bool_)
    wanted_roots[roots[fresh]] = True
    wanted_roots &= (sizes > _PAIR) & (sizes <= LARGEST_COMPLETED)
    members = np.flatnonzero(wanted_roots[roots])
    members = members[np.argsort(roots[members], kind="stable")]
    ends = np.searchsorted(roots[members], roots[members], side="right")
    later = ends - np.arange(len(members)) - 1
    first = np.repeat(np.arange(len(members)), later)
    steps = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later) + 1
    wanted = members[first] * records + members[first + steps]
    known = pairs.left * records + pairs.right  # sorted, as the pairs are
    places = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    wanted = wanted[known[places] != wanted] if len(known) else wanted
    return wanted // max(records, 1), wanted % max(records, 1)


def cluster(components: Components, records: int) -> NDArray[np.int64]:
    """Return for each record the smallest position in its cluster, shape (record,)."""
    from testigo.linkage.kernels import cluster_components

    named = cluster_components(
        components.starts,
        components.pair_starts,
        components.left,
        components.right,
        components.values,
        components.lists,
        components.fixed,
        ABSENT,
    )
    return _spread(components, named, records)


def _spread(components: Components, named: NDArray[np.int64], records: int) -> NDArray[np.int64]:
    sizes = np.diff(components.starts)
    clusters = np.arange(records)
    firsts = named + np.repeat(components.starts[:-1], sizes)
    clusters[components.members] = components.members[firsts]
    return clusters


def _cut_large(
    roots: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    values: NDArray[np.float64],
    above: float,
) -> NDArray[np.int64]:
    """Cut components too large for a matrix, at the lowest log odds that do.

    Must-links (plus infinity) are never cut. What stays too large at the highest cut has records
    that nothing tells apart.
    """
    from testigo.linkage.kernels import join_components

    lowest = above + _STEP
    while lowest <= _HIGHEST:
        sizes = np.bincount(roots, minlength=len(roots))
        large = sizes[roots] > LARGEST
        if not large.any():
            break
        chosen = (values > lowest) | ~large[left]
        chosen &= (values > above) & (roots[left] == roots[right])
        roots = join_components(len(roots), left[chosen], right[chosen])
        lowest += _STEP
    return roots


def _laid_out(
    roots: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    values: NDArray[np.float64],
    *,
    lists: NDArray[np.int64],
    fixed: NDArray[np.int64],
) -> Components:
    sizes = np.bincount(roots, minlength=len(roots))
    members = np.flatnonzero(sizes[roots] > 1)
    members = members[np.argsort(roots[members], kind="stable")]
    starts = np.flatnonzero(np.diff(roots[members], prepend=-1))
    number = np.full(len(roots), -1, dtype=np.int64)
    number[members] = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(members))))
    places = np.zeros(len(roots), dtype=np.int64)
    places[members] = np.arange(len(members)) - starts[number[members]] if len(starts) else 0
    inside = (roots[left] == roots[right]) & (number[left] >= 0)
    left, right, values = left[inside], right[inside], values[inside]
    # Decisions stand last and a later value replaces an earlier one: the sort must be stable.
    order = np.argsort(number[left], kind="stable")
    left, right, values = left[order], right[order], values[order]
    return Components(
        members=members,
        starts=np.append(starts, len(members)),
        pair_starts=np.searchsorted(number[left], np.arange(len(starts) + 1)),
        left=places[left],
        right=places[right],
        values=np.where(np.isposinf(values), _HIGHEST, values),
        lists=lists[members],
        fixed=places[fixed[members]],
    )
