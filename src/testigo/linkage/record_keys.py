"""A number for each record that depends on what it says, never on where it stands."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.linkage.preparation import column_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEPARATOR: Final = "\x1f"
_PLACES: Final = frozenset({"file", "row", "cell", "count"})
_BYTES: Final = 8


def record_keys(accepted: pa.Table) -> NDArray[np.uint64]:
    """Return a key for each row, the same wherever the row stands and whatever is beside it.

    The institution's own identifier makes the key; where it is missing or not its own (it
    repeats within the list), all that the record says. Records that say the very same are
    numbered, and it does not matter which is which.

    Parameters
    ----------
    accepted
        Columns `testigo.records.ACCEPTED`, or some of them.
    """
    own = _own_identifiers(accepted)
    texts = pc.binary_join_element_wise(
        column_of(accepted, "source").cast(pa.string()), own, _SEPARATOR, null_handling="skip"
    )
    unnamed = pc.is_null(own).to_numpy(zero_copy_only=False)
    if unnamed.any():
        said = _contents(accepted)
        texts = pc.if_else(pa.array(unnamed), said, texts)
    keys = np.fromiter(
        (
            int.from_bytes(blake2b(text.encode(), digest_size=_BYTES).digest(), "big")
            for text in texts.to_pylist()
        ),
        dtype=np.uint64,
        count=len(texts),
    )
    return _numbered(keys)


def repeated_identifiers(accepted: pa.Table) -> int:
    """Return how many records bear an identifier that another record of their list bears."""
    ids = column_of(accepted, "id").cast(pa.string())
    return int(pc.sum(pc.and_(pc.is_valid(ids), _repeats(accepted))).as_py() or 0)


def _own_identifiers(accepted: pa.Table) -> pa.Array:
    ids = column_of(accepted, "id").cast(pa.string())
    return pc.if_else(_repeats(accepted), None, ids)


def _repeats(accepted: pa.Table) -> pa.Array:
    ids = column_of(accepted, "id").cast(pa.string())
    both = pc.binary_join_element_wise(
        column_of(accepted, "source").cast(pa.string()), ids, _SEPARATOR
    ).dictionary_encode()
    codes = pc.fill_null(both.indices, -1).to_numpy(zero_copy_only=False)
    times = np.bincount(codes[codes >= 0], minlength=1)
    return pa.array((codes >= 0) & (times[codes] > 1))


def _contents(accepted: pa.Table) -> pa.Array:
    names = sorted(set(accepted.column_names) - _PLACES - {"source"})
    columns = [column_of(accepted, name).cast(pa.string()) for name in ["source", *names]]
    return pc.binary_join_element_wise(
        *columns, _SEPARATOR, null_handling="replace", null_replacement="\x00"
    )


def _numbered(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Tell equal keys apart by a number mixed into them."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(keys)]
    position = np.arange(len(keys))
    nth = position - np.maximum.accumulate(np.where(starts, position, 0))
    mixed = keys.copy()
    mixed[order] = ordered + nth.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return mixed
