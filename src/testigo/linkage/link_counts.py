"""Links counted: how many people the lists speak of, who is on which, and how sure; no person."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Column, Message, TableSchema
from testigo.linkage.block_report import ALL_RULES
from testigo.linkage.preparation import codes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Key = tuple[str, str, int | None]  # measure, lists, size
    Flags = NDArray[np.bool_]

UNSURE: Final = 0.8  # a record whose place is less probable than this is counted as unsure
LARGEST: Final = 10  # sizes from here on are one number

MEASURES: Final = (
    "records",
    "records_twice_in_list",
    "records_unsure",
    "victims",
    "victims_of_list",
    "victims_on_both",
    "victims_on_exactly",
    "victims_of_size",
    "victims_of_size_or_more",
    "incidents",
    "incidents_of_size",
    "incidents_of_size_or_more",
    "pairs_compared",
)

LINK_COUNTS: Final = TableSchema(
    name="links",
    title=Message("How many people the lists speak of"),
    meaning=Message(
        "What linking the lists found, as counts only: records, victims, who is on which lists,"
        " incidents. Which records speak of one person stays in the store."
    ),
    key=("measure", "lists", "size"),
    columns=(
        Column(
            "measure",
            "text",
            Message("measure"),
            Message(
                "records: accepted rows that were linked. records_twice_in_list: those beyond the"
                " first of the same victim in that list. records_unsure: their place among the"
                " victims is less probable than 0.8. victims: on any of the lists."
                " victims_of_list: on that list. victims_on_both: on those two, whatever other"
                " lists say. victims_on_exactly: on those and on no other of the lists."
                " victims_of_size: named by that many records. incidents: with one victim or"
                " more. incidents_of_size: with that many victims. A name that ends in or_more:"
                " of that size or larger. pairs_compared: pairs of records that were compared."
            ),
            allowed=MEASURES,
        ),
        Column(
            "lists",
            "text",
            Message("lists"),
            Message("Ids of the sources that it is about, a space between two."),
        ),
        Column(
            "size",
            "integer",
            Message("size"),
            Message("Records of a victim, or victims of an incident; blank for other measures."),
            required=False,
        ),
        Column(
            "count",
            "integer",
            Message("count"),
            Message(
                "How many. Where the linkage was drawn, those of one draw, the one in the middle by"
                " its number of victims, so that the counts add up."
            ),
            unit=Message("count"),
        ),
        Column(
            "low",
            "integer",
            Message("lower limit"),
            Message("Of the draws of the linkage; blank where none were made."),
            unit=Message("count"),
            required=False,
        ),
        Column(
            "high",
            "integer",
            Message("upper limit"),
            Message("Of the draws of the linkage; blank where none were made."),
            unit=Message("count"),
            required=False,
        ),
        Column(
            "level",
            "number",
            Message("level"),
            Message("Share of the draws that lie within the limits."),
            unit=Message("share"),
            required=False,
        ),
    ),
)


def count_links(
    links: pa.Table,
    blocking: pa.Table,
    *,
    lists: Sequence[str],
    draws: Sequence[NDArray[np.int32]] = (),
    level: float = 0.95,
) -> pa.Table:
    """Count records, victims, overlaps and incidents of linked lists.

    Parameters
    ----------
    links
        Columns `LINKS`.
    blocking
        Columns `BLOCKING`.
    lists
        Ids of all linked sources, in the order in which they are to be written.
    draws
        Victim number of each row of `links` in each draw of the partition, each of shape
        (record,). Counts are then those of the middle draw, because the partition in `links` joins
        only what is more likely than not and so says too many people. Limits are given to what
        depends on the victims alone: which victims share an incident is not drawn anew.
    level
        Share of the draws between the limits, at least: they are wide enough for the count too.

    Returns
    -------
    pyarrow.Table
        Columns `LINK_COUNTS`. Every overlap that occurs has a line, and every pair of lists.
    """
    held = pc.index_in(links["source"].combine_chunks(), value_set=pa.array(lists, pa.string()))
    place = held.to_numpy(zero_copy_only=False).astype(np.int64)
    partitions: list[NDArray[np.integer]] = list(draws)
    if not partitions:
        partitions = [codes_of(links["victim_id"].combine_chunks())]
    counted = [_count_victims(one, place, lists) for one in partitions]
    middle = _middle([one["victims", " ".join(lists), None] for one in counted])
    rows = [
        _row(key, count, [one.get(key, 0) for one in counted] if len(draws) else [], level)
        for key, count in counted[middle].items()
    ]
    sure = {
        **_count_records(place, lists),
        **_count_incidents(links, partitions[middle], lists),
        ("records_unsure", " ".join(lists), None): int(
            pc.sum(pc.less(links["probability"], UNSURE)).as_py() or 0
        ),
        ("pairs_compared", " ".join(lists), None): _pairs(blocking),
    }
    rows += [_row(key, count, [], level) for key, count in sure.items()]
    return LINK_COUNTS.table(rows)


def count_overlaps(
    patterns: NDArray[np.integer], counts: NDArray[np.integer], *, lists: Sequence[str]
) -> pa.Table:
    """Count who is on which lists, where that was delivered as a table of overlaps.

    Parameters
    ----------
    patterns
        1 where a list names the people, else 0; shape (line, list). Several lines may be alike.
    counts
        People of each line, shape (line,).
    lists
        Ids of the sources, in the order of the columns.

    Returns
    -------
    pyarrow.Table
        Columns `LINK_COUNTS`; nothing about records or incidents, which nobody linked here.

    Examples
    --------
    >>> table = count_overlaps(np.array([[1, 0], [1, 1]]), np.array([3, 7]), lists=["a", "b"])
    >>> table.filter(pc.equal(table["measure"], "victims_of_list"))["count"].to_pylist()
    [10, 7]
    """
    held, number = np.unique(patterns.astype(np.bool_), axis=0, return_inverse=True)
    times = np.zeros(len(held), dtype=np.int64)
    np.add.at(times, number.ravel(), counts)
    found = _count_overlaps(held[times > 0], times[times > 0], lists)
    return LINK_COUNTS.table([_row(key, count, [], 0) for key, count in found.items()])


def _middle(victims: Sequence[int]) -> int:
    """Return the place of the draw with the middle number of victims."""
    return int(np.argsort(victims, kind="stable")[(len(victims) - 1) // 2])


def _row(key: Key, count: int, drawn: Sequence[int], level: float) -> dict[str, object]:
    row: dict[str, object] = dict(zip(LINK_COUNTS.key, key, strict=True))
    row |= {"count": count, "low": None, "high": None, "level": None}
    if drawn:
        tail = (1 - level) / 2
        row |= {
            "low": min(count, int(np.quantile(drawn, tail, method="lower"))),
            "high": max(count, int(np.quantile(drawn, 1 - tail, method="higher"))),
            "level": level,
        }
    return row


def _count_victims(
    victims: NDArray[np.integer], place: NDArray[np.int64], lists: Sequence[str]
) -> dict[Key, int]:
    """Count what follows from the victim of each record, for one partition."""
    number = _numbered(victims)
    records = np.bincount(number)
    held = np.zeros((len(records), len(lists)), dtype=np.bool_)
    held[number, place] = True
    counts = _count_overlaps(*_patterns(held), lists)
    twice = np.bincount(place, minlength=len(lists)) - held.sum(axis=0)
    for name, again in zip(lists, twice, strict=True):
        counts["records_twice_in_list", name, None] = int(again)
    return counts | _sizes("victims_of_size", " ".join(lists), records)


def _count_overlaps(
    patterns: Flags, times: NDArray[np.int64], lists: Sequence[str]
) -> dict[Key, int]:
    """Count who is on which lists; every pattern once, shape (pattern, list), and its victims."""
    counts: dict[Key, int] = {("victims", " ".join(lists), None): int(times.sum())}
    for at, name in enumerate(lists):
        counts["victims_of_list", name, None] = int(times[patterns[:, at]].sum())
    for a, b in combinations(range(len(lists)), 2):
        both = int(times[patterns[:, a] & patterns[:, b]].sum())
        counts["victims_on_both", f"{lists[a]} {lists[b]}", None] = both
    for pattern, count in zip(patterns, times, strict=True):
        names = " ".join(name for name, there in zip(lists, pattern, strict=True) if there)
        counts["victims_on_exactly", names, None] = int(count)
    return counts


def _count_records(place: NDArray[np.int64], lists: Sequence[str]) -> dict[Key, int]:
    of_list = np.bincount(place, minlength=len(lists))
    counts: dict[Key, int] = {("records", " ".join(lists), None): len(place)}
    for name, count in zip(lists, of_list, strict=True):
        counts["records", name, None] = int(count)
    return counts


def _count_incidents(
    links: pa.Table, victims: NDArray[np.integer], lists: Sequence[str]
) -> dict[Key, int]:
    incident_of = np.zeros(len(victims), dtype=np.int64)
    incident_of[_numbered(victims)] = codes_of(links["incident_id"].combine_chunks())
    sizes = np.bincount(incident_of[: len(np.unique(victims))])
    sizes = sizes[sizes > 0]  # a draw may put all records of an incident into another one
    everywhere = " ".join(lists)
    return {
        ("incidents", everywhere, None): len(sizes),
        **_sizes("incidents_of_size", everywhere, sizes),
    }


def _sizes(measure: str, lists: str, sizes: NDArray[np.int64]) -> dict[Key, int]:
    """Count the groups of each size that occurs; the largest sizes are one number."""
    counts = np.bincount(np.minimum(sizes, LARGEST))
    return {
        (f"{measure}_or_more" if size == LARGEST else measure, lists, int(size)): int(counts[size])
        for size in np.flatnonzero(counts)
    }


def _numbered(victims: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return a number from 0, without gaps, for the victim of each record, shape (record,)."""
    there = np.zeros(int(victims.max(initial=-1)) + 1, dtype=np.int64)
    there[victims] = 1
    number: NDArray[np.int64] = (np.cumsum(there) - 1)[victims]
    return number


def _patterns(held: Flags) -> tuple[Flags, NDArray[np.int64]]:
    """Return each pattern of lists that occurs, shape (pattern, list), and its victims."""
    packed = np.packbits(held, axis=1, bitorder="little")
    wide = np.zeros((len(held), -(-packed.shape[1] // 8) * 8), dtype=np.uint8)
    wide[:, : packed.shape[1]] = packed
    words = wide.view(np.uint64)
    if words.shape[1] == 1:  # much faster than by rows
        found, times = np.unique(words[:, 0], return_counts=True)
    else:
        found, times = np.unique(words, axis=0, return_counts=True)
    octets: NDArray[np.uint8] = np.ascontiguousarray(found.reshape(len(times), -1)).view(np.uint8)
    bits = np.unpackbits(octets, axis=1, bitorder="little")[:, : held.shape[1]]
    return bits.astype(np.bool_), times


def _pairs(blocking: pa.Table) -> int:
    together = blocking.filter(pc.equal(blocking["rule"], ALL_RULES))
    return int(pc.sum(together["pairs"]).as_py() or 0)
