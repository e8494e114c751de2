"""Hiding numbers of the linked lists: small ones, what gives them away, and rare large groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.linkage import LINK_COUNTS
from testigo.publication.schemas import SUPPRESSED, VALUE_STATUS
from testigo.publication.sums import Sums, hide_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from testigo.publication.cells import Shown

    Row = dict[str, object]
    Flags = NDArray[np.bool_]

_OR_MORE: Final = "_or_more"
_TWICE: Final = "records_twice_in_list"
PEOPLE: Final = ("victims", "victims_of_list", "victims_on_both", "victims_on_exactly")
_COST: Final[Mapping[str, float]] = {  # what a reader loses with it
    _TWICE: 0.5,
    "victims_on_exactly": 1.0,
    "victims_on_both": 2.0,
    "victims_of_list": 4.0,
    "victims": 400.0,
    "records": 400.0,
}
_BLANK: Final = dict.fromkeys(("count", "low", "high", "level"))


def redact_links(table: pa.Table, shown: Shown) -> pa.Table:
    """Hide counts of 1 to k - 1 victims, and as many others as it takes.

    All lines rest on all lists, so one list that is not public is enough. How often a list
    repeats itself is told, however rarely it does: that is about the list, and with its records
    and its victims it is told anyway.

    Parameters
    ----------
    table
        Columns `LINK_COUNTS`; all of a linkage or nothing.
    shown
        The cells of the counts: where a whole year of a list is hidden, so is the list's total.
    """
    rows: list[Row] = [dict(row) for row in table.to_pylist()]
    lists = {name for row in rows for name in str(row["lists"]).split()}
    if rows and not lists <= shown.public:
        told = {source for source, level, _ in shown.hidden_levels() if level == "whole"}
        rows = _hidden(rows, told - shown.public, shown.k)
    for row in rows:
        row[VALUE_STATUS] = "stated" if row["count"] is not None else SUPPRESSED
    schema = LINK_COUNTS.arrow.append(pa.field(VALUE_STATUS, pa.string()))
    return pa.Table.from_pylist(rows, schema=schema)


def _hidden(rows: list[Row], told: set[str], k: int) -> list[Row]:
    hidden = hide_sums(_lay_out(rows), _primary(rows, told, k), k)
    safe = [row | _BLANK if is_hidden else row for row, is_hidden in zip(rows, hidden, strict=True)]
    people = {str(row["measure"]) for row in safe if row["count"] is None} & set(PEOPLE)
    records, victims = (
        max((_count(row) for row in rows if row["measure"] == measure), default=0)
        for measure in ("records", "victims")
    )
    safe = _pooled(safe, "victims_of_size", 0 if people else records, k)
    return _pooled(safe, "incidents_of_size", 0 if "victims" in people else victims, k)


def _primary(rows: Sequence[Row], told: set[str], k: int) -> Flags:
    """Return the numbers that must not be shown, shape (row,); sizes come later."""
    flags = []
    for row in rows:
        measure, lists = str(row["measure"]), set(str(row["lists"]).split())
        small = 0 < _count(row) < k and not (measure == _TWICE or "_of_size" in measure)
        total = measure in {"records", _TWICE, "victims_of_list"} and bool(lists & told)
        flags.append((small and measure != "pairs_compared") or total)
    return np.array(flags, dtype=bool)


def _lay_out(rows: Sequence[Row]) -> Sums:
    """Write each number as a sum of overlaps and of the records that a list repeats."""
    overlaps = [row for row in rows if row["measure"] == "victims_on_exactly"]
    repeats = [row for row in rows if row["measure"] == _TWICE]
    held = [set(str(row["lists"]).split()) for row in overlaps]
    again = [str(row["lists"]) for row in repeats]
    matrix = np.array([_parts_of(row, held, again) for row in rows], dtype=np.int64)
    cost = [_COST.get(str(row["measure"]), 1.0) * (1 + np.log10(1 + _count(row))) for row in rows]
    return Sums(
        matrix=matrix.reshape(len(rows), len(held) + len(again)),
        parts=np.array([_count(row) for row in (*overlaps, *repeats)], dtype=np.int64),
        least=np.array([1] * len(held) + [0] * len(again), dtype=np.int64),  # zeros have no line
        cost=np.array(cost, dtype=np.float64),
    )


def _parts_of(row: Row, held: Sequence[set[str]], again: Sequence[str]) -> list[int]:
    """Return how often each overlap and each list's repeats stand in a number."""
    measure, lists = str(row["measure"]), set(str(row["lists"]).split())
    match measure:
        case "victims":
            overlaps = [1] * len(held)
        case "victims_of_list" | "victims_on_both":
            overlaps = [int(lists <= one) for one in held]
        case "victims_on_exactly":
            overlaps = [int(lists == one) for one in held]
        case "records":
            overlaps = [len(lists & one) for one in held]
        case _:
            overlaps = [0] * len(held)
    repeated = lists if measure in {"records", _TWICE} else set()
    return [*overlaps, *(int(name in repeated) for name in again)]


def _pooled(rows: list[Row], measure: str, units: int, k: int) -> list[Row]:
    """Make one number of the rare large groups, or hide how large the groups are.

    Parameters
    ----------
    units
        What all groups hold together, as a reader knows; 0: hide everything.
    """
    mine = [row for row in rows if str(row["measure"]).startswith(measure)]
    others = [row for row in rows if not str(row["measure"]).startswith(measure)]
    counts = {int(str(row["size"])): _count(row) for row in mine}
    if units and all(count >= k for count in counts.values()):
        return rows
    open_from = max((int(str(row["size"])) for row in mine
                     if str(row["measure"]).endswith(_OR_MORE)), default=0)  # fmt: skip
    start = find_tail(counts, units=units, k=k, open_from=open_from) if units else 0
    if not start and measure == "incidents_of_size":  # incidents and victims would tell a rare one
        others = [row | _BLANK if row["measure"] == "incidents" else row for row in others]
    if start <= min(counts, default=0):
        return [*others, *(row | _BLANK for row in mine)]
    tail = {"measure": measure + _OR_MORE, "lists": mine[0]["lists"], "size": start, **_BLANK}
    tail["count"] = sum(count for size, count in counts.items() if size >= start)
    return [*others, *(row for row in mine if int(str(row["size"])) < start), tail]


def find_tail(counts: Mapping[int, int], *, units: int, k: int, open_from: int = 0) -> int:
    """Return the size from which groups are made one number; 0 when no size will do.

    The number must be k at least, and from it and the sum of all groups a reader must be able
    to think of 0 to k - 1 groups of each small size in it.

    Parameters
    ----------
    counts
        Size to the number of groups.
    units
        Sum of all sizes.
    k
        As in the policy.
    open_from
        The size that stands for itself and all larger ones; 0: none does.

    Examples
    --------
    >>> find_tail({1: 900, 2: 40, 3: 6, 4: 1}, units=900 + 80 + 18 + 4, k=5)
    2
    """
    for start in sorted(counts, reverse=True):
        below = {size: count for size, count in counts.items() if size < start}
        groups = sum(counts.values()) - sum(below.values())
        if groups < k or any(count < k for count in below.values()):
            continue
        rest = units - sum(size * count for size, count in below.items()) - start * groups
        small = [size for size, count in counts.items() if size >= start and count < k]
        if all(_vague(size - start, groups, rest, k, is_open=size == open_from) for size in small):
            return start
    return 0


def _vague(above: int, groups: int, rest: int, k: int, *, is_open: bool) -> bool:
    """Whether 0 to k - 1 of some groups can be larger than the least by exactly so much.

    `rest` is what all of them together are larger by.
    """
    if above == 0:
        return rest >= groups >= k
    none = rest <= groups * (above - 1) if is_open else rest > above or above > 1
    return none and min(groups, rest // above) >= k - 1


def _count(row: Row) -> int:
    value = row["count"]
    return value if isinstance(value, int) else 0
