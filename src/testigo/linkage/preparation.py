"""Accepted rows as linkage compares them: each distinct value prepared once.

The prepared table holds names and stays in memory; nothing of it is written or shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.linkage.ages import age_bounds
from testigo.linkage.dates import date_bounds, swapped_days
from testigo.linkage.names import (
    join_name,
    plain_given_name,
    read_given_names,
    read_surnames,
)
from testigo.linkage.place_texts import place_words
from testigo.linkage.spelling_keys import shape_key, sound_key
from testigo.linkage.weapons import weapon_class
from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

NAME_COLUMNS: Final = ("given_names", "surnames", "full_name")
WORDS: Final = ("g1", "g2", "s1", "s2")
_SEXES: Final = {"female": "f", "male": "m"}


def prepare_records(accepted: pa.Table) -> pa.Table:
    """Return what is compared of each record, in the order of the rows.

    Parameters
    ----------
    accepted
        Columns `testigo.records.ACCEPTED`, or some of them (`source` at least); also
        `birth_date` (date) and `national_id` (text) where lists have them.

    Returns
    -------
    pyarrow.Table
        `list` and the compared values; null where unknown.
    """
    names = [column_of(accepted, name) for name in NAME_COLUMNS]
    columns: dict[str, pa.Array] = {"list": column_of(accepted, "source")}
    columns |= prepare_names(*names)
    columns |= date_bounds(
        column_of(accepted, "date"),
        column_of(accepted, "date_precision"),
        column_of(accepted, "death_date"),
    )
    columns |= age_bounds(column_of(accepted, "age"), column_of(accepted, "age_group"))
    columns["sex"] = by_distinct(column_of(accepted, "sex"), lambda text: _SEXES.get(text or ""))
    columns["hour"] = column_of(accepted, "hour").cast(pa.int32())
    columns["area"] = by_distinct(
        column_of(accepted, "area"), lambda text: fold(text or "") or None
    )
    columns["parent"] = by_distinct(
        column_of(accepted, "parent"), lambda text: fold(text or "") or None
    )
    columns["region"] = _regions(columns["parent"])
    columns["place"] = by_distinct(
        column_of(accepted, "place"), lambda text: place_words(text) or None
    )
    columns["lat"] = column_of(accepted, "lat").cast(pa.float64())
    columns["lon"] = column_of(accepted, "lon").cast(pa.float64())
    columns["weapon"] = by_distinct(column_of(accepted, "weapon"), weapon_class)
    columns["swapped"] = swapped_days(columns["day"])
    birth = column_of(accepted, "birth_date").cast(pa.date32())
    columns["birth"] = birth.cast(pa.int32())
    columns["birth_swapped"] = swapped_days(columns["birth"])
    columns["birth_text"] = pc.strftime(birth, "%Y%m%d")
    columns["nid"] = by_distinct(
        column_of(accepted, "national_id"),
        lambda text: fold(text or "").replace(" ", "").lstrip("0") or None,
    )
    columns["nid_digits"] = by_distinct(
        columns["nid"], lambda text: "".join(sorted(text)) if text else None
    )
    return pa.table(columns)


def prepare_names(given: pa.Array, surnames: pa.Array, full: pa.Array) -> dict[str, pa.Array]:
    """Take names apart, each distinct combination of the three columns once.

    Returns
    -------
    dict
        `given` (all given names), `initial`, `g1`, `g2` (first and second), `p1` (the plain form
        of the first), `s1`, `s2`, `words` (all words, sorted); null where there is none.
    """
    codes, firsts = _distinct_rows(given, surnames, full)
    texts = [column.take(pa.array(firsts)).to_pylist() for column in (given, surnames, full)]
    first = {text: read_given_names(text) for text in set(texts[0])}
    last = {text: read_surnames(text) for text in set(texts[1])}
    parts = [join_name(first[row[0]], last[row[1]], *row) for row in zip(*texts, strict=True)]
    values: dict[str, list[str | None]] = {
        "given": [" ".join(part.given) or None for part in parts],
        "g1": [_nth(part.given, 0) for part in parts],
        "g2": [_nth(part.given, 1) for part in parts],
        "s1": [_nth(part.surnames, 0) for part in parts],
        "s2": [_nth(part.surnames, 1) for part in parts],
        "words": [" ".join(sorted(part.given + part.surnames)) or None for part in parts],
    }
    values["initial"] = [name and name[0] for name in values["g1"]]
    values["p1"] = [None if name is None else plain_given_name(name) for name in values["g1"]]
    indices = pa.array(codes)
    prepared = {name: pa.array(found, pa.string()).take(indices) for name, found in values.items()}
    prepared["words"] = _numbers(prepared["words"])  # only ever asked whether they are the same
    return prepared | _spelling_keys([prepared[name] for name in WORDS])


def _spelling_keys(columns: list[pa.Array]) -> dict[str, pa.Array]:
    """Return how each word sounds and looks; each distinct word is keyed once."""
    words = pa.concat_arrays(columns)
    sounds, shapes = (_numbers(by_distinct(words, prepare)) for prepare in (_sound, _shape))
    size = len(columns[0])
    found = {}
    for place, name in enumerate(WORDS):
        found[f"{name}_sound"] = sounds.slice(place * size, size)
        found[f"{name}_shape"] = shapes.slice(place * size, size)
    return found


def _regions(parents: pa.Array) -> pa.Array:
    """Return the parents, or one region for all where most records do not tell theirs."""
    if parents.null_count * 2 > len(parents):
        return pa.repeat(pa.scalar("-"), len(parents))
    return parents


def column_of(table: pa.Table, name: str) -> pa.Array:
    """Return a column as one array; nulls where the table has none."""
    if name not in table.column_names:
        return pa.nulls(len(table), pa.string())
    column = table[name].combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # an empty table
        column = pa.concat_arrays(column.chunks) if column.chunks else pa.array([], column.type)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column


def by_distinct(column: pa.Array, prepare: Callable[[Any], str | None]) -> pa.Array:
    """Return the prepared text of each value, with one call for each distinct value."""
    encoded = column.dictionary_encode()
    words = [prepare(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)


def codes_of(column: pa.Array) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return a number for each distinct value, by its order; -1 where null, shape (row,)."""
    encoded = column.dictionary_encode()
    order = pc.array_sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    indices = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return np.where(indices >= 0, rank[indices] if len(rank) else indices, -1)


def _numbers(column: pa.Array) -> pa.Array:
    """Return a number for each distinct value: less to carry than its text."""
    codes = codes_of(column)
    return pa.array(codes.astype(np.int32), mask=codes < 0)


def _distinct_rows(*columns: pa.Array) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the number of each row's combination of values, and the first row of each number."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes = codes_of(column) + 1
        number = number * (int(codes.max(initial=0)) + 1) + codes
        _, number = np.unique(number, return_inverse=True)
    _, firsts, number = np.unique(number, return_index=True, return_inverse=True)
    return number, firsts


def _nth(words: Sequence[str], place: int) -> str | None:
    return words[place] if len(words) > place else None


def _sound(word: str | None) -> str | None:
    return sound_key(word) if word else None


def _shape(word: str | None) -> str | None:
    return shape_key(word) if word else None
