"""The same day delivered twice, the same row twice, the same record twice.

A row may rightly repeat another: two men of the same age shot in the same town on the same day
are two rows without a name. A whole day that repeats is something else. How often rows repeat on
the other days of the source says how likely it is that all rows of a day, or of a stretch of days,
repeat by chance; when that is less than one in a million, they were delivered more than once, and
one copy counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.records.reasons import ReasonCode
from testigo.records.rows.row_content import Groups, equal_rows
from testigo.records.rows.row_dates import PRECISIONS, UNKNOWN
from testigo.records.rows.values import STATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.records.rows.placement import Placement
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.stacking import Stack

CHANCE: Final = 1e-6  # below it, chance does not explain that a whole stretch repeats
HIGHEST_SHARE: Final = 0.5  # of rows that may repeat by themselves, whatever the source


def place_repeats(placement: Placement, stack: Stack, dates: RowDates) -> None:
    """Set aside what was delivered more than once; flag single rows that repeat."""
    if stack.has("id"):
        _place_by_identifier(placement, stack)
    groups = equal_rows(stack, nameless_rows(placement, stack), keys=stack.names)
    policy = stack.source.repeated_rows
    if policy == "keep" or not len(groups.rows):
        return
    groups = _place_blocks(placement, dates, groups)
    copies = _marked(len(stack), groups.rows[groups.place > 0])
    if policy == "exclude":
        placement.set_aside(copies, ReasonCode.ROW_REPEATED)
    else:
        placement.flag(copies, ReasonCode.ROW_REPEATED_KEPT)


def nameless_rows(placement: Placement, stack: Stack) -> NDArray[np.bool_]:
    """Return the accepted rows that no identifier tells apart."""
    if not stack.has("id"):
        return placement.accepted
    nameless: NDArray[np.bool_] = stack.row_statuses("id") != STATED
    return placement.accepted & nameless


def _place_by_identifier(placement: Placement, stack: Stack) -> None:
    column = stack.column("id")
    if len(column.texts) == np.count_nonzero(~column.blank):
        return  # every identifier is there once
    named = placement.accepted & (stack.row_statuses("id") == STATED)
    times = np.bincount(column.codes[named], minlength=len(column.texts) + 1)
    shared = named & (times[column.codes] > 1)
    if not shared.any():
        return
    groups = equal_rows(stack, shared, keys=stack.names)
    copies = _marked(len(stack), groups.rows[groups.place > 0])
    placement.set_aside(copies, ReasonCode.RECORD_REPEATED, "id")
    left = shared & ~copies
    times = np.bincount(column.codes[left], minlength=len(column.texts) + 1)
    placement.set_aside(left & (times[column.codes] > 1), ReasonCode.IDENTIFIER_CONFLICT, "id")


def _place_blocks(placement: Placement, dates: RowDates, groups: Groups) -> Groups:
    """Set aside the surplus copies of repeated days, months and years; return what is left."""
    dated = placement.accepted & (dates.precision != UNKNOWN)
    surplus = np.zeros(len(dated), bool)
    for precision, name in enumerate(PRECISIONS[:UNKNOWN]):
        rows = dated & (dates.precision == precision)
        copies = _surplus_copies(dates.first, rows, groups)
        day = name == "day"
        code = ReasonCode.DAY_REPEATED if day else ReasonCode.PERIOD_REPEATED
        placement.set_aside(copies, code)
        surplus |= copies
    kept = ~surplus[groups.rows]
    left = Groups(groups.rows[kept], groups.group[kept])
    return left.of_size(np.bincount(left.group, minlength=1) > 1)


def _surplus_copies(
    first: NDArray[np.datetime64], rows: NDArray[np.bool_], groups: Groups
) -> NDArray[np.bool_]:
    """Return the rows of wholly repeated stretches beyond one copy, shape (row,)."""
    copies = np.zeros(len(rows), bool)
    inside = rows[groups.rows]
    if not inside.any():
        return copies
    days, block = np.unique(first[rows], return_inverse=True)
    total = np.bincount(block)
    block_of_row = np.zeros(len(rows), np.int64)
    block_of_row[rows] = block
    members = Groups(groups.rows[inside], groups.group[inside])
    members = members.of_size(np.ones(len(groups.sizes), bool))
    group_block = np.zeros(len(members.sizes), np.int64)
    group_block[members.group] = block_of_row[members.rows]
    times = _times_delivered(members.sizes, group_block, total)
    distinct = np.bincount(group_block, minlength=len(days)) + total
    distinct -= np.bincount(group_block, weights=members.sizes, minlength=len(days)).astype(int)
    repeated = _beyond_chance(times, distinct, np.bincount(group_block, minlength=len(days)))
    one_copy = members.sizes // np.maximum(times[group_block], 1)
    surplus = repeated[group_block][members.group] & (members.place >= one_copy[members.group])
    copies[members.rows[surplus]] = True
    return copies


def _times_delivered(
    sizes: NDArray[np.int64], group_block: NDArray[np.int64], total: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how many times all rows of each block are there; 1 where single rows are."""
    times = np.zeros(len(total), np.int64)
    np.gcd.at(times, group_block, sizes)
    covered = np.bincount(group_block, weights=sizes, minlength=len(total)).astype(np.int64)
    times[covered < total] = 1
    return times


def _beyond_chance(
    times: NDArray[np.int64], distinct: NDArray[np.int64], repeated: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Say which blocks, in stretches that repeat equally often, chance does not explain.

    Parameters
    ----------
    times
        How many times each block is there as a whole, shape (block,), blocks in order of time.
    distinct
        Different rows of each block, shape (block,).
    repeated
        Different rows of each block that occur more than once, shape (block,).
    """
    stretch = np.cumsum(np.append(True, times[1:] != times[:-1])) - 1
    rows = np.bincount(stretch, weights=distinct)
    again = np.bincount(stretch, weights=repeated)
    whole = times > 1
    certain = np.bincount(stretch, weights=whole) > 0
    certain &= rows * np.log(HIGHEST_SHARE) <= np.log(CHANCE)
    others = rows[~certain].sum() - np.where(certain, 0, rows)
    others_again = again[~certain].sum() - np.where(certain, 0, again)
    share = np.minimum((others_again + 1) / (others + 2), HIGHEST_SHARE)
    beyond: NDArray[np.bool_] = (rows * np.log(share) <= np.log(CHANCE))[stretch]
    return beyond & whole


def _marked(rows: int, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
    marked = np.zeros(rows, bool)
    marked[positions] = True
    return marked
