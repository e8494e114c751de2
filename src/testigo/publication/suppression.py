"""Which cells of a table with published totals must be hidden, so that none can be worked out.

A table of counts by place and time adds up twice: the areas make the parent, the parents the
whole, and the months make the year. Whoever knows the totals gets a single hidden cell back by
subtraction, so other cells must be hidden with it. A hidden cell is safe when there is another
table, equal in everything that is published and just as possible, in which the cell has another
value. We look for that other table: add 1 to some hidden cells and take 1 from others so that
every total stays.

Such a change is a closed walk in a network, because each cell stands in two sums only. A cell of
the smallest area is an edge between its row (its months make its year) and the total above it;
a cell of a larger area is an edge between the sum below it and the total above it. Walking along
an edge in one direction adds 1, in the other takes 1; the latter is open only where 1 victim at
least is left, since readers know that a zero is never hidden. For each hidden cell that lies on
no closed walk of hidden cells, the cheapest walk that holds it is hidden too (cost: the victims
it hides). Every hidden cell then has its proof.

References
----------
Cox 1995, Journal of the American Statistical Association 90(432), 1453-1462 (network models of
complementary suppression); Castro 2012, European Journal of Operational Research 216(2), 257-269.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import MONTHS_IN_YEAR, DisclosureError, Message
from testigo.publication.walks import Network, find_safe, find_walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

YEAR: Final = 0  # column of a grid; 1 to 12 are months
REST: Final = MONTHS_IN_YEAR + 1  # victims of the year whose month is unknown: never published
COLUMNS: Final = MONTHS_IN_YEAR + 2
HIDDEN_COST: Final = 1e-3  # what is hidden already costs nothing more; short walks win


@dataclass(frozen=True, slots=True)
class Cells:
    """Published cells of one source; arrays of shape (cell,) unless it says otherwise.

    Attributes
    ----------
    place
        Position in `parent`.
    year, month
        Any number for the year; 0 for the year's own cell or 1 to 12.
    victims
        Not negative.
    can_rise, can_fall
        Whether a reader would think one more, or one less, possible if the cell were hidden.
        A cell with neither (a zero, which is always shown) is never hidden with others.
    parent
        Shape (place,): position of the place one level up; -1 where there is none.
    """

    place: Numbers
    year: Numbers
    month: Numbers
    victims: Numbers
    can_rise: Flags
    can_fall: Flags
    parent: Numbers


def hide_cells(cells: Cells, primary: Flags) -> Flags:
    """Return the cells to hide: the primary ones, and what must be hidden with them.

    Parameters
    ----------
    cells
        All cells of one source with their sums.
    primary
        Shape (cell,): cells that must not be shown.

    Returns
    -------
    ndarray
        Shape (cell,); each hidden cell has at least two values that fit all shown cells.

    Raises
    ------
    DisclosureError
        When a cell cannot be hidden at all: it can neither rise nor fall.
    """
    hidden = primary.copy()
    for year in np.unique(cells.year[primary]):
        here = np.flatnonzero(cells.year == year)
        network, cell_of_edge = _lay_out(cells, here, hidden)
        is_cell = cell_of_edge >= 0
        holds_somebody = is_cell & (cells.victims[cell_of_edge] > 0)
        _hide_walks(network, holds_somebody)
        hidden[cell_of_edge[is_cell]] |= network.hidden[is_cell]
    return hidden


def _hide_walks(network: Network, needed: Flags) -> None:
    """Hide edges until each hidden one of those needed lies on a closed walk of hidden edges."""
    safe = find_safe(network)
    for edge in np.flatnonzero(network.hidden & needed & ~safe):
        if safe[edge]:
            continue
        walk = find_walk(network, int(edge))
        if not walk.size:
            raise DisclosureError(
                Message("A cell must be hidden and no others can be hidden with it."),
                Message("Nothing was published. This is a defect of Testigo: please report it."),
            )
        safe[walk] = True
        network.hide(walk, HIDDEN_COST)


@dataclass(frozen=True, slots=True)
class _Grid:
    """One year: shape (place, column), the columns being the year, its months and the rest."""

    victims: Numbers
    cell: Numbers  # -1: not published
    there: Flags  # has an edge
    rise: Flags
    fall: Flags
    leaf: Flags  # shape (place,)


def _lay_out(cells: Cells, here: Numbers, hidden: Flags) -> tuple[Network, Numbers]:
    """Make the network of one year, and say which cell each edge is (-1: none, always free)."""
    grid = _make_grid(cells, here, hidden)
    place, column = np.nonzero(grid.there)
    places = len(cells.parent)
    top = places * (COLUMNS + 1)  # one node for each column above the uppermost places
    ground = top + COLUMNS
    sum_below = np.where(grid.leaf[place], place, places + place * COLUMNS + column)
    parent = cells.parent[place]
    total_above = np.where(parent >= 0, places + parent * COLUMNS + column, top + column)
    # a year equals its months: walking up a month and down the year leaves the row as it was
    up_is_rise = column != YEAR
    rise, fall = grid.rise[place, column], grid.fall[place, column]
    cell = grid.cell[place, column]
    above = np.unique(column[parent < 0])
    always = np.ones(len(above), dtype=bool)
    hidden_here = np.where(cell >= 0, hidden[cell], True)
    cost = np.where(hidden_here, HIDDEN_COST, 1.0 + grid.victims[place, column])
    network = Network(
        tail=np.concatenate([sum_below, top + above]),
        head=np.concatenate([total_above, np.full(len(above), ground)]),
        forward=np.concatenate([np.where(up_is_rise, rise, fall), always]),
        backward=np.concatenate([np.where(up_is_rise, fall, rise), always]),
        cost=np.concatenate([cost, np.full(len(above), HIDDEN_COST)]),
        hidden=np.concatenate([hidden_here, always]),
    )
    return network, np.concatenate([cell, np.full(len(above), -1)])


def _make_grid(cells: Cells, here: Numbers, hidden: Flags) -> _Grid:
    shape = (len(cells.parent), COLUMNS)
    victims = np.zeros(shape, dtype=np.int64)
    cell = np.full(shape, -1, dtype=np.int64)
    rise, fall = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    at = cells.place[here], cells.month[here]
    victims[at], cell[at] = cells.victims[here], here
    rise[at], fall[at] = cells.can_rise[here], cells.can_fall[here]
    there = np.zeros(shape, dtype=bool)
    there[at] = cells.can_rise[here] | cells.can_fall[here] | hidden[here]
    leaf = np.ones(shape[0], dtype=bool)
    used = np.flatnonzero((cell >= 0).any(axis=1))
    leaf[_ancestors(used, cells.parent)] = False
    _add_unpublished(victims, cell, there, leaf, cells.parent)
    free = there & (cell < 0)
    fall[free] = victims[free] > 0
    told_by_year_only = leaf & ~there[:, 1:REST].any(axis=1)
    fall[told_by_year_only, REST] = True  # its only bound is the year's own
    return _Grid(victims, cell, there, rise, fall, leaf)


def _ancestors(places: Numbers, parent: Numbers) -> Numbers:
    found = []
    above = np.unique(parent[places])
    while (above := above[above >= 0]).size:
        found.append(above)
        above = np.unique(parent[above])
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _add_unpublished(
    victims: Numbers, cell: Numbers, there: Flags, leaf: Flags, parent: Numbers
) -> None:
    """Fill in sums that nobody prints: months unknown, and totals missing from the table."""
    months = victims[:, 1:REST].sum(axis=1)
    no_year = leaf & (cell[:, YEAR] < 0) & (months > 0)
    victims[no_year, YEAR] = months[no_year]
    there[no_year, YEAR] = True
    rest = np.maximum(victims[:, YEAR] - months, 0)
    only_year = there[:, YEAR] & ~there[:, 1:REST].any(axis=1)
    victims[leaf, REST] = rest[leaf]
    there[leaf, REST] = ((rest > 0) & there[:, YEAR])[leaf] | only_year[leaf]
    level = np.flatnonzero(leaf)
    depth = _depths(parent)
    for deep in range(int(depth[level].max(initial=0)), 0, -1):
        below = np.flatnonzero((depth == deep) & there.any(axis=1))
        sums, some = np.zeros_like(victims), np.zeros_like(there)
        np.add.at(sums, parent[below], victims[below])
        np.logical_or.at(some, parent[below], there[below])
        missing = some & (cell < 0)
        missing[:, :REST] &= sums[:, :REST] > 0  # a total without a line is zero, and known
        victims[missing] = sums[missing]
        there |= missing


def _depths(parent: Numbers) -> Numbers:
    depth = np.zeros(len(parent), dtype=np.int64)
    above = parent.copy()
    while (climbing := above >= 0).any():
        depth[climbing] += 1
        above[climbing] = parent[above[climbing]]
    return depth
