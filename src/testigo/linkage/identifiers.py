"""Identifiers of victims and incidents that stay what they were from run to run."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o, u: read out on a telephone
_LENGTH: Final = 13  # 64 bits, five a letter


def name_clusters(
    clusters: NDArray[np.int64], keys: NDArray[np.uint64], prefix: Literal["v", "i"]
) -> pa.Array:
    """Return an identifier for each record: that of the smallest key among its cluster.

    Parameters
    ----------
    clusters
        Any number that members share, shape (record,).
    keys
        As `record_keys` returns them, shape (record,).
    prefix
        `v` for victims, `i` for incidents.
    """
    _, number = np.unique(clusters, return_inverse=True)
    smallest = np.full(number.max(initial=-1) + 1, np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(smallest, number, keys)
    return _spelled(smallest, prefix).take(pa.array(number))


def keep_identifiers(new: list[str], before: list[str | None]) -> list[str]:
    """Give clusters the identifier that most of their records had in an earlier run.

    Where two clusters claim one identifier the larger claim wins, then the smaller new name;
    the other takes its new identifier, with a number behind it where that is another's now. So a
    new delivery renames nothing it does not touch, and no two clusters get one identifier.

    Parameters
    ----------
    new
        Identifier of each record's cluster, as just made.
    before
        What the record had before; None for a record that is new.

    Examples
    --------
    >>> keep_identifiers(["v1", "v1", "v2", "v3"], ["v9", None, "v9", "v7"])
    ['v9', 'v9', 'v2', 'v7']
    """
    known = [(old, name) for old, name in zip(before, new, strict=True) if old is not None]
    disputed = {name for pair in known if pair[0] != pair[1] for name in pair}
    claims = Counter(pair for pair in known if not disputed.isdisjoint(pair))
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for (old, name), _ in sorted(claims.items(), key=lambda one: (-one[1], one[0][1], one[0][0])):
        if name not in kept and old not in taken:
            kept[name] = old
            taken.add(old)
    others = sorted({*new} - {*kept})
    named = kept | {name: name for name in others if name not in taken}
    used = {*named.values()}
    for name in others:
        if name not in named:
            spelled = (f"{name}-{number}" for number in count(2))
            named[name] = next(one for one in spelled if one not in used)
            used.add(named[name])
    return [named[name] for name in new]


def _spelled(keys: NDArray[np.uint64], prefix: str) -> pa.Array:
    letters = np.frombuffer((_LETTERS + prefix).encode("ascii"), dtype=np.uint8)
    spelled = np.full((len(keys), _LENGTH + 1), letters[-1])
    for place in range(_LENGTH):
        digit = (keys >> np.uint64(5 * (_LENGTH - 1 - place))) & np.uint64(31)
        spelled[:, place + 1] = letters[digit.astype(np.int64)]
    offsets = pa.array(np.arange(len(keys) + 1, dtype=np.int32) * (_LENGTH + 1))
    return pa.StringArray.from_buffers(
        len(keys), offsets.buffers()[1], pa.py_buffer(spelled.tobytes())
    )
