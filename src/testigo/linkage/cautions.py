"""What a reader of links must know: lists without names or dates, lists that hold each other."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message, Number
from testigo.linkage.preparation import codes_of
from testigo.linkage.record_keys import repeated_identifiers

if TYPE_CHECKING:
    from numpy.typing import NDArray

HELD: Final = 0.9  # share of a list's victims that another also names: hardly by chance
FEWEST: Final = 50  # victims, to say so


def find_cautions(
    accepted: pa.Table, prepared: pa.Table, victims: NDArray[np.int64], absent: int
) -> tuple[Message, ...]:
    """Return what limits these links, a sentence each; no person is named.

    Parameters
    ----------
    accepted, prepared
        The records, in one order.
    victims
        Victim of each record, shape (record,).
    absent
        Decisions about records that are not there.
    """
    said = [*_missing(prepared), *_held_lists(prepared, victims)]
    repeated = repeated_identifiers(accepted)
    if repeated:
        said.append(
            Message(
                "{count} records bear an identifier that another record of their list bears; "
                "they are told apart by what they say.",
                {"count": Number(repeated)},
            )
        )
    if absent:
        said.append(
            Message(
                "{count} link decisions speak of a record that is not among those accepted.",
                {"count": Number(absent)},
            )
        )
    if len(victims) == 1:
        said.append(Message("There is one record, so nothing could be linked."))
    return tuple(said)


def _missing(prepared: pa.Table) -> list[Message]:
    said = []
    for name in sorted(pc.unique(prepared["list"]).to_pylist()):
        own = prepared.filter(pc.equal(prepared["list"], name))
        named = _any(own["g1"]) or _any(own["s1"])
        dated = _any(own["day_low"]) or _any(own["birth"])
        if not named:
            said.append(
                Message(
                    "{source} has no names: its records are linked by date, place, age and sex"
                    " alone, which is less sure.",
                    {"source": name},
                )
            )
        if not dated:
            said.append(
                Message(
                    "{source} has no dates: only its names and places speak for a link.",
                    {"source": name},
                )
            )
    return said


def _any(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count < len(column))


def _held_lists(prepared: pa.Table, victims: NDArray[np.int64]) -> list[Message]:
    """Warn of a list nearly all of whose victims another names too, in the years of both."""
    lists = codes_of(prepared["list"].combine_chunks())
    names = sorted(pc.unique(prepared["list"]).to_pylist())
    days = pc.cast(prepared["day_low"].combine_chunks(), pa.float64())
    day = days.to_numpy(zero_copy_only=False)
    said = []
    for a, b in permutations(range(len(names)), 2):
        low, high = _span(day[lists == b])
        mine = np.unique(victims[(lists == a) & (day >= low) & (day <= high)])
        if len(mine) < FEWEST:
            continue
        share = float(np.isin(mine, victims[lists == b]).mean())
        if share >= HELD:
            said.append(
                Message(
                    "{share} of the victims in {a} are in {b} as well: one list may have been made"
                    " from the other. Estimates that take lists for independent are too low then.",
                    {"share": Number(share, 0, percent=True), "a": names[a], "b": names[b]},
                )
            )
    return said


def _span(days: NDArray[np.float64]) -> tuple[float, float]:
    known = days[np.isfinite(days)]
    return (float(known.min()), float(known.max())) if len(known) else (np.inf, -np.inf)
