"""Victims counted by which lists hold them: the table that estimation starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import ConfigurationError, Message
from testigo.linkage.model import LINKS, CaptureHistories
from testigo.linkage.preparation import codes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


STRATA: Final = ("area", "parent", "year", "sex")
_YEAR: Final = 4


def capture_histories(
    links: pa.Table,
    accepted: pa.Table,
    *,
    draws: Sequence[NDArray[np.int32]] | NDArray[np.int32] = (),
    strata: Sequence[str] = (),
) -> CaptureHistories:
    """Count the victims by stratum and by the lists that hold them.

    Where the records of one victim disagree about a stratum, most of them decide, then the
    smallest value; where all are blank it is blank: an unknown area stays unknown.

    Parameters
    ----------
    links
        Columns `LINKS`, as `link_victims` returns them.
    accepted
        The records that were linked: columns `file`, `row`, `cell`, and those of the strata.
    draws
        Victim number of each row of `links` in each draw of the partition, shape (draw, record).
    strata
        Some of `area`, `parent`, `year` and `sex`.

    Returns
    -------
    CaptureHistories
        Counts of victims, never persons; draw 0 is the best partition.

    Raises
    ------
    ConfigurationError
        For a stratum that is not known.
    """
    unknown = [name for name in strata if name not in STRATA]
    if unknown:
        raise ConfigurationError(
            Message("There is no stratum {given}.", {"given": ", ".join(unknown)}),
            Message("Strata are: {known}.", {"known": ", ".join(STRATA)}),
        )
    lists = tuple(sorted(pc.unique(links["source"]).to_pylist()))
    held = codes_of(links["source"].combine_chunks())
    values = _strata_of(links, accepted, strata)
    best = codes_of(links["victim_id"].combine_chunks())
    parts = [
        _counted(victims.astype(np.int64), held, lists, values, draw)
        for draw, victims in enumerate([best, *draws])
    ]
    table = pa.concat_tables(parts)
    keys = ["draw", *strata, *lists]
    return CaptureHistories(lists, table.sort_by([(name, "ascending") for name in keys]))


def _strata_of(links: pa.Table, accepted: pa.Table, strata: Sequence[str]) -> dict[str, pa.Array]:
    """Return the stratum values of each record, in the order of the links."""
    if not strata:
        return {}
    accepted = accepted.filter(
        pc.is_in(accepted["source"], value_set=pc.unique(links["source"].combine_chunks()))
    ).combine_chunks()
    order = pc.sort_indices(accepted, sort_keys=[(name, "ascending") for name in LINKS.key])
    accepted = accepted.take(order)
    found = {}
    for name in strata:
        if name == "year":
            dates = accepted["date"].cast(pa.string()).combine_chunks()
            found[name] = pc.utf8_slice_codeunits(dates, 0, _YEAR)
        else:
            found[name] = accepted[name].cast(pa.string()).combine_chunks()
    return found


def _counted(
    victims: NDArray[np.int64],
    held: NDArray[np.int64],
    lists: tuple[str, ...],
    values: dict[str, pa.Array],
    draw: int,
) -> pa.Table:
    _, number = np.unique(victims, return_inverse=True)
    count = int(number.max(initial=-1)) + 1
    pattern = np.zeros((count, len(lists)), dtype=np.int8)
    pattern[number, held] = 1
    columns: dict[str, Any] = {
        name: _most_told(number, count, column) for name, column in values.items()
    }
    columns |= {name: pattern[:, place] for place, name in enumerate(lists)}
    table = pa.table(columns).group_by([*values, *lists]).aggregate([([], "count_all")])
    table = table.rename_columns([*table.column_names[:-1], "count"])
    return table.append_column("draw", pa.repeat(pa.scalar(draw), table.num_rows))


def _most_told(number: NDArray[np.int64], count: int, column: pa.Array) -> pa.Array:
    """Return for each victim the value that most of its records tell."""
    codes = codes_of(column)
    words = pc.unique(column.drop_null())
    words = words.take(pc.array_sort_indices(words))
    size = len(words)
    chosen = np.full(count, -1, dtype=np.int64)
    known = codes >= 0
    keys, times = np.unique(number[known] * max(size, 1) + codes[known], return_counts=True)
    order = np.lexsort((-keys, times))  # the most told last, of equals the smallest last
    chosen[keys[order] // max(size, 1)] = keys[order] % max(size, 1)
    return words.take(pa.array(chosen, mask=chosen < 0))
