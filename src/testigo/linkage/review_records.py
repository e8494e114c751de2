"""How a review names pairs (codes that say nothing) and records (as a decision can name them)."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from testigo.core import tuples_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.linkage.model import LinkDecision

Name = tuple[str, str]  # source and the record's own id there

# What a spreadsheet would run cannot stand in hand/, nor what a reader of CSV would trim.
_UNSAFE: Final = re.compile(r"^[=+\-@]|^\s|\s$")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d[\d.,]*")
_BYTES: Final = 6


def name_records(links: pa.Table) -> list[Name | None]:
    """Return source and own identifier of each record; None where a decision could not name it."""
    names = list(tuples_of(links, ["source", "source_record_id"]))
    times = Counter(names)
    return [name if is_usable(name[1]) and times[name] == 1 else None for name in names]


def code_pairs(links: pa.Table, left: NDArray[np.int64], right: NDArray[np.int64]) -> list[str]:
    """Return a code for each pair that depends on its two records only; it names no one.

    A code begins with a letter, so that no spreadsheet takes it for a number.
    """
    names = name_records(links)
    places = list(tuples_of(links, ["source", "file", "row", "cell"]))
    own = [repr(name or place) for name, place in zip(names, places, strict=True)]
    return [
        "p" + _digest(*sorted((own[a], own[b])))
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    ]


def find_decided(
    links: pa.Table, decisions: Sequence[LinkDecision]
) -> tuple[list[tuple[int, int]], list[bool]]:
    """Return the rows of the pairs that people decided, smaller first, and whether `same`."""
    rows = {name: row for row, name in enumerate(name_records(links)) if name is not None}
    pairs, same = [], []
    for one in decisions:
        found = {rows.get((one.source_a, one.record_a)), rows.get((one.source_b, one.record_b))}
        known = sorted(row for row in found if row is not None)
        if len(known) == len(found) == 2:  # noqa: PLR2004  # a pair
            pairs.append((known[0], known[1]))
            same.append(one.decision == "same")
    return pairs, same


class RecordFinder:
    """Finds the records that a sheet showed in the links of a later run."""

    def __init__(self, links: pa.Table) -> None:
        self._named = {name: row for row, name in enumerate(name_records(links)) if name}
        self._contents: list[int | None] = links["content"].to_pylist()
        self._places = list(tuples_of(links, ["source", "file", "row", "cell"]))
        self._saying: dict[tuple[str, int | None], list[int]] = {}
        for row, (place, content) in enumerate(zip(self._places, self._contents, strict=True)):
            self._saying.setdefault((place[0], content), []).append(row)

    def find(
        self,
        place: tuple[str, str, int, int],
        record: str | None,
        content: int | None,
        *,
        but: int | None = None,
    ) -> int | None:
        """Return the row of a record in the links; None: gone, or it says something else now.

        Of records without an identifier that say the very same it does not matter which is which,
        as long as it is not the row `but`.
        """
        if record is not None:
            found = self._named.get((place[0], record))
            return found if found is not None and self._contents[found] == content else None
        alike = [one for one in self._saying.get((place[0], content), ()) if one != but]
        stays = (one for one in alike if self._places[one] == place)
        return next(stays, alike[0] if alike else None)


def is_usable(identifier: str | None) -> bool:
    """Whether an identifier can stand in hand/ and come back as it is."""
    if not identifier or not identifier.isprintable():
        return False
    return not _UNSAFE.search(identifier) or _PLAIN_NUMBER.fullmatch(identifier) is not None


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=_BYTES).hexdigest()
