"""Which pairs are compared at all: rules that each name what two records must share.

A rule gives each record one or more keys; two records meet when they share one. Names enter by
how they sound, dates by overlapping stretches, so that a slip or a day's delay does not part
them. A key that too many records share is left out (other rules look at those records), which
keeps the number of pairs in step with the number of records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow.compute as pc

from testigo.linkage.preparation import codes_of

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

LARGEST_GROUP: Final = 60  # records that share a key and are still all compared with each other
BUDGET: Final = 1.0  # pairs for each key of a record that one rule may find
FEWEST_KEYS: Final = 20_000  # fewer have the budget of so many
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class BlockingRule:
    """What two records must share to be compared.

    Attributes
    ----------
    name
        For the report.
    columns
        Of the prepared table; a `|` inside means any of them, in either record.
    days
        Both dates lie in one of the overlapping stretches of this many days; 0: no date.
    fields
        The comparisons that the rule takes for granted; it teaches nothing about them.
    nameless
        Only pairs of which one record has no name.
    """

    name: str
    columns: tuple[str, ...]
    days: int
    fields: frozenset[str]
    nameless: bool = False


def _rule(
    name: str, columns: str, days: int, fields: str, *, nameless: bool = False
) -> BlockingRule:
    return BlockingRule(name, tuple(columns.split()), days, frozenset(fields.split()), nameless)


_ANY_SURNAME: Final = "s1_sound|s2_sound"
_ANY_WORD: Final = "s1_sound|s2_sound|g1_sound|g2_sound"
RULES: Final = (
    _rule("national identifier", "nid", 0, "nid"),
    _rule("digits of the national identifier", "nid_digits", 0, "nid"),
    _rule("birth date", "birth", 0, "birth"),
    _rule("birth date, a name", f"birth {_ANY_WORD}", 0, "birth given surnames"),
    _rule("both surnames, first name", "s1_sound s2_sound g1_sound", 0, "surnames given"),
    _rule("all words of the name", "words", 0, "surnames given"),
    _rule("surname, first name, area", "s1_sound g1_sound area", 0, "surnames given place"),
    _rule("surname, initial, area", f"{_ANY_SURNAME} initial area", 0, "surnames given place"),
    _rule("surname, first name", "s1_sound g1_sound", 0, "surnames given"),
    _rule("surname, first name, 32 days", f"{_ANY_SURNAME} p1", 32, "surnames given date"),
    _rule("surname, area, 32 days", f"{_ANY_SURNAME} area", 32, "surnames date place"),
    _rule("look of surname, region, 4 days", "s1_shape|s2_shape region", 4, "surnames date place"),
    _rule("a name, area, 8 days", f"{_ANY_WORD} area", 8, "date place surnames given"),
    _rule("a name, day, region", f"{_ANY_WORD} day region", 0, "date surnames given place"),
    _rule("first name, region, 4 days", "p1 region", 4, "given date place"),
    _rule("day, area", "day area", 0, "date place"),
    _rule("2 days, area, age", "area age_low", 2, "date place age"),
    _rule("day, age, sex, region", "day age_low sex region", 0, "date age sex place"),
    _rule("area, age, sex, 16 days", "area age_low sex", 16, "date place age sex"),
    _rule("area, place text, 32 days", "area place", 32, "date place"),
    _rule("square kilometre, 8 days", "cell", 8, "date place"),
    _rule("place text, surname, region", f"place {_ANY_SURNAME} region", 0, "surnames place"),
    _rule("place text, first name, region", "place p1 region", 0, "given place"),
    _rule("area, first name, age", "area g1_sound age_low", 0, "given place age"),
    _rule("no name: area, 8 days", "area", 8, "date place", nameless=True),
    _rule("no name: sex, region, 4 days", "sex region", 4, "date place sex", nameless=True),
)


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """Pairs to be compared.

    Attributes
    ----------
    left, right
        Positions, left < right, sorted, shape (pair,).
    rules
        Bit r is set where rule r finds the pair, shape (pair,).
    left_out
        Records of each rule in groups too large, shape (rule,).
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    rules: NDArray[np.int64]
    left_out: NDArray[np.int64]


def find_pairs(
    prepared: pa.Table,
    rules: tuple[BlockingRule, ...] = RULES,
    *,
    largest: int = LARGEST_GROUP,
    budget: float = BUDGET,
    fresh: NDArray[np.bool_] | None = None,
) -> CandidatePairs:
    """Return every pair that at least one rule finds.

    Parameters
    ----------
    prepared
        As `prepare_records` returns it.
    rules
        At most 62.
    largest
        Records that may share a key; larger groups are left out and counted.
    budget
        Pairs that one rule may find, for each key that it gives a record; beyond it the largest
        groups are left out, so that the work grows as the records do.
    fresh
        Only pairs with one of these records are wanted, shape (record,); None: all.
    """
    n = prepared.num_rows
    fresh = np.ones(n, dtype=np.bool_) if fresh is None else fresh
    codes = _Codes(prepared)
    found: list[NDArray[np.int64]] = []
    left_out = np.zeros(len(rules), dtype=np.int64)
    numbers: list[NDArray[np.int8]] = []  # a byte each: there are many
    for number, rule in enumerate(rules):
        pairs, left_out[number] = _pairs_of(codes.keys(rule), fresh, largest, budget)
        found.append(pairs)
        numbers.append(np.full(len(pairs), number, dtype=np.int8))
    both = np.concatenate(found)
    del pairs, found  # a third of the memory that this takes
    order = np.argsort(both, kind="stable")
    both, bits = both[order], np.int64(1) << np.concatenate(numbers)[order].astype(np.int64)
    del order
    starts = np.flatnonzero(np.diff(both, prepend=-1))
    rules_of = np.bitwise_or.reduceat(bits, starts) if len(starts) else bits
    chosen = both[starts]
    left, right = chosen // max(n, 1), chosen % max(n, 1)
    # What such a rule finds besides is not kept, but marked where another rule found it, so that
    # the report can tell how many of the pairs with names it would have found.
    whole = sum(1 << number for number, rule in enumerate(rules) if not rule.nameless)
    kept = ((rules_of & whole) != 0) | codes.nameless[left] | codes.nameless[right]
    return CandidatePairs(left[kept], right[kept], rules_of[kept], left_out)


class _Codes:
    """Numbers of distinct values, made once for each column."""

    def __init__(self, prepared: pa.Table) -> None:
        self._prepared = prepared
        self._known: dict[str, NDArray[np.int64]] = {}
        self._shared: dict[str, list[NDArray[np.int64]]] = {}
        named = pc.or_(pc.is_valid(prepared["g1"]), pc.is_valid(prepared["s1"]))
        self.nameless: NDArray[np.bool_] = ~named.to_numpy()

    def keys(self, rule: BlockingRule) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Return records and their keys (a record may have several), without missing ones."""
        records = np.arange(self._prepared.num_rows)
        parts = [(records, np.zeros(len(records), dtype=np.uint64))]
        for column in rule.columns:
            parts = [
                (rows[values[rows] >= 0], _mixed(key, values[rows])[values[rows] >= 0])
                for rows, key in parts
                for values in self._values(column)
            ]
        if rule.days:
            parts = [part for one in parts for part in self._stretches(*one, rule.days)]
        rows = np.concatenate([rows for rows, _ in parts])
        keys = np.concatenate([key for _, key in parts])
        return rows, keys

    def _values(self, column: str) -> list[NDArray[np.int64]]:
        if "|" not in column:
            return [self._one(column)]
        if column not in self._shared:
            names = column.split("|")
            stacked = [self._prepared[name].combine_chunks() for name in names]
            import pyarrow as pa

            codes = codes_of(pa.concat_arrays(stacked))
            n = self._prepared.num_rows
            self._shared[column] = [codes[k * n : (k + 1) * n] for k in range(len(names))]
        return self._shared[column]

    def _one(self, column: str) -> NDArray[np.int64]:
        if column not in self._known:
            if column == "cell":
                self._known[column] = self._cells()
            else:
                self._known[column] = codes_of(self._prepared[column].combine_chunks())
        return self._known[column]

    def _cells(self) -> NDArray[np.int64]:
        lat, lon = (self._numbers(name) for name in ("lat", "lon"))
        known = np.isfinite(lat) & np.isfinite(lon)
        row = np.where(known, np.round(np.where(known, lat, 0) * 100), 0).astype(np.int64)
        column = np.where(known, np.round(np.where(known, lon, 0) * 100), 0).astype(np.int64)
        return np.where(known, (row + 9_000) * 40_000 + column + 18_000, -1)

    def _stretches(
        self, rows: NDArray[np.int64], keys: NDArray[np.uint64], days: int
    ) -> list[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
        day = self._numbers("day")[rows]
        known = np.isfinite(day)
        rows, keys, whole = rows[known], keys[known], day[known].astype(np.int64) + 10_000_000
        even, odd = 2 * (whole // days), 2 * ((whole + days // 2) // days) + 1
        return [(rows, _mixed(keys, even)), (rows, _mixed(keys, odd))]

    def _numbers(self, column: str) -> NDArray[np.float64]:
        values = pc.cast(self._prepared[column].combine_chunks(), "float64")
        numbers: NDArray[np.float64] = values.to_numpy(zero_copy_only=False)
        return numbers


def _mixed(keys: NDArray[np.uint64], values: NDArray[Any]) -> NDArray[np.uint64]:
    """Mix one more value into 64-bit keys (two keys meet by chance once in 10**19 pairs)."""
    mixed = (keys ^ (values.astype(np.uint64) + _PRIME)) * _PRIME
    mixed ^= mixed >> np.uint64(29)
    return mixed * np.uint64(0xBF58476D1CE4E5B9) ^ (mixed >> np.uint64(32))


def _pairs_of(
    keyed: tuple[NDArray[np.int64], NDArray[np.uint64]],
    fresh: NDArray[np.bool_],
    largest: int,
    budget: float,
) -> tuple[NDArray[np.int64], int]:
    """Return left * n + right of each pair that shares a key, and the records left out."""
    rows, keys = keyed
    n = len(fresh)
    order = np.argsort(keys, kind="stable")
    rows, keys = rows[order], keys[order]
    if len(rows) == 0:
        return np.empty(0, dtype=np.int64), 0
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.append(starts, len(rows)))
    largest = _affordable(sizes[sizes <= largest], budget * max(len(rows), FEWEST_KEYS), largest)
    alone = np.zeros(n, dtype=np.bool_)
    alone[rows[np.repeat(sizes > largest, sizes)]] = True
    out = int(alone.sum())
    kept = (sizes > 1) & (sizes <= largest) & np.logical_or.reduceat(fresh[rows], starts)
    ends = np.repeat(starts + sizes, sizes)
    later = np.where(np.repeat(kept, sizes), ends - np.arange(len(rows)) - 1, 0)
    first = np.repeat(np.arange(len(rows)), later)
    steps = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later) + 1
    a, b = rows[first], rows[first + steps]
    low, high = np.minimum(a, b), np.maximum(a, b)
    return sorted_distinct((low * n + high)[(low != high) & (fresh[low] | fresh[high])]), out


def sorted_distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct values in order (NumPy's own `unique` hashes, which is slower here)."""
    values = np.sort(values)
    first: NDArray[np.bool_] = np.concatenate([[True], values[1:] != values[:-1]])
    distinct: NDArray[np.int64] = values[first[: len(values)]]
    return distinct


def _affordable(sizes: NDArray[np.int64], budget: float, largest: int) -> int:
    """Return the size of the largest groups that the budget allows when small ones go first."""
    counts = np.bincount(sizes, minlength=largest + 1)
    each = np.arange(len(counts))
    spent = np.cumsum(counts * (each * (each - 1) // 2))
    return int(np.searchsorted(spent, budget, side="right")) - 1
