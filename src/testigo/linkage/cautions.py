"""What a reader of links must know: lists without names or dates, lists that hold each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message, Number
from testigo.linkage.blocking import LARGEST_GROUP
from testigo.linkage.decisions import tell_absent
from testigo.linkage.preparation import codes_of
from testigo.linkage.record_keys import record_contents, repeated_identifiers

if TYPE_CHECKING:
    from numpy.typing import NDArray

HELD: Final = 0.9  # share of a list's victims that another also names: hardly by chance
USUAL: Final = 3  # records of one victim in one list
FEWEST: Final = 50  # victims, to say so


def find_cautions(
    accepted: pa.Table,
    prepared: pa.Table,
    contents: NDArray[np.uint64],
    victims: NDArray[np.int64],
    absent: tuple[int, ...],
) -> tuple[Message, ...]:
    """Return what limits these links, a sentence each; no person is named.

    Parameters
    ----------
    accepted, prepared
        The records, in one order.
    contents
        As `record_contents` returns them, shape (record,).
    victims
        Victim of each record, shape (record,).
    absent
        Lines of the decisions about records that are not there.
    """
    said = [
        *_missing(prepared),
        *_held_lists(prepared, victims),
        *_often_repeated(prepared, victims),
    ]
    repeated = repeated_identifiers(accepted)
    if repeated:
        said.append(
            Message(
                "{count} records bear an identifier that another record of their list bears; "
                "they are told apart by what they say.",
                {"count": Number(repeated)},
            )
        )
    alike = _alike(accepted, contents)
    if alike:
        said.append(
            Message(
                "{count} records say the very same as more than {limit} others: they are not"
                " compared, and each counts as a victim. Ask the institution what tells them"
                " apart, or take repeated rows out.",
                {"count": Number(alike), "limit": Number(LARGEST_GROUP)},
            )
        )
    said += tell_absent(absent)
    if len(victims) == 1:
        said.append(Message("There is one record, so nothing could be linked."))
    return tuple(said)


def _often_repeated(prepared: pa.Table, victims: NDArray[np.int64]) -> list[Message]:
    """Tell of victims whom one list names more often than lists usually repeat themselves."""
    lists = codes_of(prepared["list"].combine_chunks())
    _, number, times = np.unique(
        np.column_stack([victims, lists]), axis=0, return_inverse=True, return_counts=True
    )
    many = len(np.unique(victims[times[number.ravel()] > USUAL]))
    if not many:
        return []
    return [
        Message(
            "Victims whom one list names more than {usual} times: {count}. Look at them with "
            "`testigo review` before you trust them.",
            {"usual": USUAL, "count": Number(many)},
        )
    ]


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


def _alike(accepted: pa.Table, contents: NDArray[np.uint64]) -> int:
    """Return how many records say the same, whatever their list, as too many others to compare."""
    counts = np.unique(contents, return_counts=True)[1]
    lists = len(pc.unique(accepted["source"]))
    if counts.max(initial=0) * lists <= LARGEST_GROUP:  # so many in one list, or in none
        return 0
    contents = record_contents(accepted.drop_columns(["source"]))
    counts = np.unique(contents, return_counts=True)[1]
    return int(counts[counts > LARGEST_GROUP].sum())


def _any(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count < len(column))


def _held_lists(prepared: pa.Table, victims: NDArray[np.int64]) -> list[Message]:
    """Warn of a list nearly all of whose victims another names too, in the time of both."""
    lists = codes_of(prepared["list"].combine_chunks())
    names = sorted(pc.unique(prepared["list"]).to_pylist())
    days = pc.cast(prepared["day_low"].combine_chunks(), pa.float64())
    day = days.to_numpy(zero_copy_only=False)
    held = np.zeros((len(names), len(victims)), dtype=np.bool_)
    held[lists, victims] = True
    said = []
    for a in range(len(names)):
        shares = [
            (_held_share(held, a, b, (lists == a) & _within(day, day[lists == b]), victims), b)
            for b in range(len(names))
            if b != a
        ]
        share, b = max(shares, default=(0.0, a))
        if share >= HELD:
            said.append(
                Message(
                    "{share} of the victims in {a} are in {b} as well: one list may have been made"
                    " from the other. Estimates that take lists for independent are too low then.",
                    {"share": Number(share, 0, percent=True), "a": names[a], "b": names[b]},
                )
            )
    return said


def _held_share(
    held: NDArray[np.bool_],
    a: int,
    b: int,
    records: NDArray[np.bool_],
    victims: NDArray[np.int64],
) -> float:
    """Return the share of the victims of list `a` that `b` names too; 0 when there are few."""
    mine = np.zeros(held.shape[1], dtype=np.bool_)
    mine[victims[records]] = True
    mine &= held[a]
    return float(held[b][mine].mean()) if mine.sum() >= FEWEST else 0.0


def _within(days: NDArray[np.float64], theirs: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which days lie between the first and the last day of another list."""
    known = theirs[np.isfinite(theirs)]
    if len(known) == 0:
        return np.zeros(len(days), dtype=np.bool_)
    inside: NDArray[np.bool_] = (days >= known.min()) & (days <= known.max())
    return inside
