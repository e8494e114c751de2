"""Files of one source that deliver the same stretch of time: a release and the next, revised.

Many institutions publish a growing file every month. Two of them side by side hold most cells
twice. What both hold alike counts once; what they hold differently is a conflict, which
`same_cells.py` sets aside. A late report of yesterday in today's file is no overlap: a file
overlaps earlier ones when at least half of what it says of their days, and not just a few rows,
is said there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.records.reasons import ReasonCode
from testigo.records.rows.repeats import nameless_rows
from testigo.records.rows.row_content import Groups, equal_rows
from testigo.records.rows.row_dates import PRECISIONS, UNKNOWN
from testigo.records.rows.same_cells import cell_keys, says_a_category

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.records.rows.placement import Placement
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.stacking import Stack

OVERLAP_SHARE: Final = 0.5
FEWEST_ROWS: Final = 10


def place_overlaps(placement: Placement, stack: Stack, dates: RowDates) -> None:
    """Set aside the rows that an earlier file (by name) holds too, where files overlap."""
    if len(stack.tables) == 1 or stack.source.repeated_rows == "keep":
        return
    rows = nameless_rows(placement, stack) & (dates.precision != UNKNOWN)
    alike = _said_before(stack, equal_rows(stack, rows, keys=stack.names))
    known = alike
    if stack.source.kind == "tallies":
        same = equal_rows(stack, rows, keys=cell_keys(stack), use=says_a_category)
        known = _said_before(stack, same)
    overlapping = _overlapping_files(stack, dates, rows, known)
    again = alike & overlapping[stack.file]
    day = dates.precision == PRECISIONS.index("day")
    placement.set_aside(again & day, ReasonCode.DAY_REPEATED)
    placement.set_aside(again & ~day, ReasonCode.PERIOD_REPEATED)


def _said_before(stack: Stack, groups: Groups) -> NDArray[np.bool_]:
    """Return the rows that an earlier file holds at least as often, shape (row,)."""
    said = np.zeros(len(stack), bool)
    if not len(groups.rows):
        return said
    files = stack.file[groups.rows]
    pairs, pair, times = np.unique(
        np.stack([groups.group, files], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    place = Groups(groups.rows, pair.reshape(-1)).place
    most = np.zeros(len(pairs), np.int64)  # times that any earlier file holds it
    for number in range(1, len(pairs)):
        if pairs[number, 0] == pairs[number - 1, 0]:
            most[number] = max(most[number - 1], times[number - 1])
    said[groups.rows[place < most[pair.reshape(-1)]]] = True
    return said


def _overlapping_files(
    stack: Stack, dates: RowDates, rows: NDArray[np.bool_], known: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which files say again what earlier files say of the same days, shape (file,)."""
    files = len(stack.tables)
    key = dates.first[rows].astype(np.int64) * len(PRECISIONS) + dates.precision[rows]
    _, block = np.unique(key, return_inverse=True)
    file = stack.file[rows]
    earliest = np.full(int(block.max(initial=-1)) + 1, files)
    np.minimum.at(earliest, block, file)
    shared = np.bincount(file[earliest[block] < file], minlength=files)
    again = np.bincount(file[known[rows]], minlength=files)
    overlapping: NDArray[np.bool_] = (again >= FEWEST_ROWS) & (again >= OVERLAP_SHARE * shared)
    return overlapping
