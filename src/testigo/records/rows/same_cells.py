"""Two counts for one cell: the same place, period and categories, and different numbers.

Inside one file they are mostly separate reports of one day, and both count. In two files of one
source they are mostly a figure and its revision, and adding them would count people twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow.compute as pc

from testigo.records.reasons import ReasonCode
from testigo.records.rows.coded import refine
from testigo.records.rows.column_keys import MonthKey
from testigo.records.rows.row_content import Groups, equal_rows

if TYPE_CHECKING:
    from testigo.records.rows.coded import Coded
    from testigo.records.rows.column_keys import ColumnKey
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.stacking import Stack

MEASURES: Final = frozenset({"value", "rate", "population", "lat", "lon"})
RARE_SHARE: Final = 0.01  # more cells than that given twice: what we see is not the whole key


def place_same_cells(placement: Placement, stack: Stack) -> None:
    """Set aside cells to which two files give different counts; flag those of one file."""
    if stack.source.kind != "tallies" or stack.source.repeated_rows == "keep":
        return
    keys = cell_keys(stack)
    groups = _with_different_counts(
        stack, equal_rows(stack, placement.accepted, keys=keys, use=says_a_category)
    )
    within, across = _by_files(stack, groups)
    marked = np.zeros(len(stack), bool)
    marked[groups.rows[within[groups.group]]] = True
    if marked.sum() > RARE_SHARE * placement.accepted.sum():
        return
    placement.flag(marked, ReasonCode.SAME_CELL_TWICE, _count_key(stack))
    conflicting = np.zeros(len(stack), bool)
    conflicting[groups.rows[across[groups.group]]] = True
    placement.set_aside(conflicting, ReasonCode.CONFLICTING_CELL, _count_key(stack))


def cell_keys(stack: Stack) -> list[ColumnKey]:
    """Return the mapped columns that name a cell: all but the counts and other measures."""
    return [key for key in stack.names if key not in MEASURES and not isinstance(key, MonthKey)]


def _count_key(stack: Stack) -> ColumnKey:
    return "value" if stack.has("value") else MonthKey(1)


def says_a_category(column: Coded) -> bool:
    """Say whether a column is of words or years; other numbers may be a further measure."""
    if len(column.texts) == 0:
        return False
    years = pc.match_substring_regex(column.texts, r"^(?:19|20)\d{2}$")
    numbers = pc.match_substring_regex(column.texts, r"^[-+]?[\d.,]+$")
    return pc.all(years).as_py() or not pc.any(numbers).as_py()


def _with_different_counts(stack: Stack, groups: Groups) -> Groups:
    """Return the groups whose rows do not all give the same count."""
    counts = [key for key in stack.names if key == "value" or isinstance(key, MonthKey)]
    finer = groups.group
    for key in counts:
        finer = refine(finer, stack.column(key).chosen(groups.rows))
    pairs = np.unique(np.stack([groups.group, finer], axis=1), axis=0)
    versions = np.bincount(pairs[:, 0], minlength=len(groups.sizes))
    return groups.of_size(versions > 1)


def _by_files(
    stack: Stack, groups: Groups
) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Return the groups that stand in one file, and those of which each file has one row."""
    files = stack.file[groups.rows]
    pairs = np.unique(np.stack([groups.group, files], axis=1), axis=0)
    files_of_group = np.bincount(pairs[:, 0], minlength=len(groups.sizes))
    return files_of_group == 1, (files_of_group > 1) & (files_of_group == groups.sizes)
