"""Numbers for each record that depend on what it is and says, never on where it stands."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.linkage.preparation import column_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_SEPARATOR: Final = "\x1f"
_BYTES: Final = 8
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
_OTHER_PRIME: Final = np.uint64(0xBF58476D1CE4E5B9)
SAID: Final = (
    "source", "given_names", "surnames", "full_name", "date", "date_precision", "death_date",
    "age", "age_group", "sex", "hour", "area", "parent", "place", "lat", "lon", "weapon",
    "birth_date", "national_id",
)  # fmt: skip


def record_contents(accepted: pa.Table) -> NDArray[np.uint64]:
    """Return a number for each row that changes when anything changes that linkage looks at.

    Parameters
    ----------
    accepted
        Columns `testigo.records.ACCEPTED`, or some of them; a column that is not there is blank.
    """
    mixed = np.zeros(accepted.num_rows, dtype=np.uint64)
    for name in SAID:
        values, known = _numbers_of(column_of(accepted, name))
        mixed = (mixed ^ np.where(known, values + _PRIME, np.uint64(0))) * _PRIME
        mixed ^= mixed >> np.uint64(29)
        mixed = (mixed * _OTHER_PRIME) ^ (mixed >> np.uint64(32))
    return mixed


def record_keys(
    sources: pa.Array, ids: pa.Array, contents: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Return a key for each record, the same wherever it stands and whatever is beside it.

    The institution's own identifier makes the key; where it is missing or not its own (it
    repeats within the list), what the record says. Records that say the very same are numbered,
    and it does not matter which is which.

    Parameters
    ----------
    sources, ids
        Texts, shape (record,); an identifier may be null.
    contents
        As `record_contents` returns them, shape (record,).
    """
    own = pc.if_else(_repeats(sources, ids), None, ids)
    texts = pc.binary_join_element_wise(sources, own, _SEPARATOR)
    named = pc.is_valid(texts).to_numpy(zero_copy_only=False)
    keys = contents.copy()
    keys[named] = _hashed(texts.drop_null().to_pylist(), int(named.sum()))
    return number_alike(keys)


def repeated_identifiers(accepted: pa.Table) -> int:
    """Return how many records bear an identifier that another record of their list bears."""
    ids = column_of(accepted, "id").cast(pa.string())
    return int(pc.sum(_repeats(column_of(accepted, "source"), ids)).as_py() or 0)


def _repeats(sources: pa.Array, ids: pa.Array) -> pa.Array:
    both = pc.binary_join_element_wise(
        sources.cast(pa.string()), ids, _SEPARATOR
    ).dictionary_encode()
    codes = pc.fill_null(both.indices, -1).to_numpy(zero_copy_only=False)
    times = np.bincount(codes[codes >= 0], minlength=1)
    return pa.array((codes >= 0) & (times[codes] > 1))


def _numbers_of(column: pa.Array) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return the values as 64 bits each (texts by hash, each distinct one once), and which are."""
    known = pc.is_valid(column).to_numpy(zero_copy_only=False)
    if pa.types.is_floating(column.type):
        numbers = pc.fill_null(column.cast(pa.float64()), 0.0).to_numpy()
        return (numbers + 0.0).view(np.uint64), known  # + 0.0: no negative zero
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    if pa.types.is_integer(column.type):
        return pc.fill_null(column.cast(pa.int64()), 0).to_numpy().view(np.uint64), known
    encoded = column.cast(pa.string()).dictionary_encode()
    hashed = _hashed(encoded.dictionary.to_pylist(), len(encoded.dictionary))
    codes = pc.fill_null(encoded.indices, 0).to_numpy(zero_copy_only=False)
    return (hashed[codes] if len(hashed) else np.zeros(len(codes), dtype=np.uint64)), known


def _hashed(texts: Iterable[str], count: int) -> NDArray[np.uint64]:
    return np.fromiter(
        (
            int.from_bytes(blake2b(text.encode(), digest_size=_BYTES).digest(), "big")
            for text in texts
        ),
        dtype=np.uint64,
        count=count,
    )


def number_alike(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the keys with equal ones told apart by a number mixed into them, shape (record,)."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(keys)]
    position = np.arange(len(keys))
    nth = position - np.maximum.accumulate(np.where(starts, position, 0))
    mixed = keys.copy()
    mixed[order] = ordered + nth.astype(np.uint64) * _PRIME
    return mixed
