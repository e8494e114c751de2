"""What still holds of an earlier run, so that a new delivery touches only what it concerns.

Scores of pairs of records that were there and say what they said are kept. Groups are then made
of all pairs, kept and new, by rules that look at one group at a time: where no pair is new, none
is gone and no decision changed, a group comes out as it was, to the last byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message, Number
from testigo.linkage.comparisons import NAMES, VERSION
from testigo.linkage.model import DECIDED_SAME, PAIRS, ScoredPairs
from testigo.linkage.preparation import column_of
from testigo.linkage.record_keys import number_alike, record_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.linkage.model import LinkageModel, Previous

GROWTH: Final = 0.25  # more records than the model was learned from, by this share: learn anew
TAUGHT: Final = 50  # decisions more (or fewer) than the model was learned with: learn anew
_ALIKE: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Kept:
    """Pairs that were scored before, at the positions that their records have now.

    Attributes
    ----------
    pairs
        Sorted by left and right, without marks of decisions.
    fresh
        Which records are new or changed, shape (record,).
    """

    pairs: ScoredPairs
    fresh: NDArray[np.bool_]


def keep_nothing(records: int) -> Kept:
    """Return that every record is new."""
    none = np.empty(0, dtype=np.int64)
    odds = np.empty(0, dtype=np.float32)
    levels = np.empty((0, len(NAMES)), dtype=np.int8)
    pairs = ScoredPairs(none, none, odds, odds, levels, none)
    return Kept(pairs, np.ones(records, dtype=np.bool_))


def reason_to_link_anew(
    previous: Previous, model: LinkageModel | None, *, records: int, decisions: int
) -> Message | None:
    """Return why nothing is kept of an earlier run but its identifiers; None when it is kept.

    Parameters
    ----------
    previous
        The earlier run, with pairs.
    model
        The one that the user asks for; None: none.
    records, decisions
        How many there are now, and on how many of their pairs people decided.
    """
    former = previous.model
    known = previous.pairs is not None and previous.pairs.schema.equals(PAIRS)
    known = known and "content" in previous.links.column_names
    if former is None or not known or former.version != VERSION:
        return Message(
            "The earlier links were made by another version of this program, or their model is"
            " gone: all records were compared anew. Identifiers are kept."
        )
    if model is not None:
        return None if _same_model(model, former) else Message(
            "The linkage model is another than that of the earlier links: all records were compared"
            " anew. Identifiers are kept."
        )  # fmt: skip
    if records > former.trained_on * (1 + GROWTH):
        return Message(
            "The linkage model was learned from {before} records and there are {now}: it was"
            " learned anew and all records were compared anew. Identifiers are kept.",
            {"before": Number(former.trained_on), "now": Number(records)},
        )
    if abs(decisions - former.decisions) >= TAUGHT:
        return Message(
            "The linkage model had learned from decisions of people ({before}; now there are"
            " {now}), so it was learned anew and all records were compared anew. Identifiers are"
            " kept.",
            {"before": Number(former.decisions), "now": Number(decisions)},
        )
    return None


def keep_what_holds(
    previous: Previous, keys: NDArray[np.uint64], contents: NDArray[np.uint64]
) -> Kept:
    """Return the pairs of records that are here still and say what they said.

    Parameters
    ----------
    previous
        The earlier run.
    keys, contents
        Of the records now, shape (record,); keys ascending.
    """
    assert previous.pairs is not None  # noqa: S101 - reason_to_link_anew has looked
    places = find_places(previous.links, keys, contents)
    holds = (places >= 0) & (contents[places] == _contents_of(previous.links))
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[places[holds]] = False
    return Kept(_moved(previous.pairs, np.where(holds, places, -1), len(keys)), fresh)


def find_places(
    former: pa.Table, keys: NDArray[np.uint64], contents: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return where the records of an earlier run stand now; -1: nowhere, shape (former record,).

    By key; a record that lost its key, because its identifier came to repeat or no longer does,
    by what it says. Each record is found once at most.

    Parameters
    ----------
    former
        Links of that run, columns `LINKS`.
    keys, contents
        Of the records now, shape (record,); keys ascending.
    """
    sources, ids = (column_of(former, name) for name in ("source", "source_record_id"))
    said = _contents_of(former)
    places = _find(record_keys(sources, ids, said), keys)
    lost, unclaimed = np.flatnonzero(places < 0), np.ones(len(keys), dtype=np.bool_)
    unclaimed[places[places >= 0]] = False
    rest = np.flatnonzero(unclaimed)
    now = number_alike(contents[rest])
    order = np.argsort(now)
    again = _find(number_alike(said[lost]), now[order])
    places[lost] = np.where(again >= 0, np.append(rest[order], -1)[again], -1)
    return places


def _contents_of(links: pa.Table) -> NDArray[np.uint64]:
    said = pc.fill_null(column_of(links, "content").cast(pa.int64()), 0)
    numbers: NDArray[np.uint64] = said.to_numpy(zero_copy_only=False).view(np.uint64)
    return numbers


def _find(wanted: NDArray[np.uint64], ascending: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the place of each number among others that ascend, -1 where it is not there."""
    if len(ascending) == 0:
        return np.full(len(wanted), -1)
    places = np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)
    return np.where(ascending[places] == wanted, places, -1)


def _moved(table: pa.Table, places: NDArray[np.int64], records: int) -> ScoredPairs:
    one, other = (places[table[name].to_numpy()] for name in ("left", "right"))
    chosen = np.flatnonzero((one >= 0) & (other >= 0))
    left, right = np.minimum(one, other)[chosen], np.maximum(one, other)[chosen]
    order = np.argsort(left * records + right)
    chosen, left, right = chosen[order], left[order], right[order]
    levels = np.stack([table[f"level_{name}"].to_numpy()[chosen] for name in NAMES], axis=1)
    return ScoredPairs(
        left=left,
        right=right,
        person=table["person"].to_numpy()[chosen],
        incident=table["incident"].to_numpy()[chosen],
        levels=levels,
        rules=table["rules"].to_numpy()[chosen] & (DECIDED_SAME - 1),
    )


def _same_model(one: LinkageModel, other: LinkageModel) -> bool:
    return all(
        np.allclose(one.levels[name], other.levels[name], rtol=0, atol=_ALIKE) for name in NAMES
    ) and all(
        np.allclose(rates, other.pairs_per_record[name], rtol=0, atol=_ALIKE)
        for name, rates in one.pairs_per_record.items()
    )
