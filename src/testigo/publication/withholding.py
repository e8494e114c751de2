"""An error in a source blocks what rests on it, until somebody signs (domain.md 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES_A_SOURCE: Final = ("source", "source_a", "source_b")
RESTS_ON_ALL: Final = frozenset({"estimates", "estimated_rates", "sensitivity"})  # lists at once
ALWAYS_SHOWN: Final = frozenset(  # they say what is wrong, and hold none of the blocked figures
    {
        "areas", "consistency", "consistency_cells", "deliveries", "population", "printed_rates",
        "quality", "reasons", "sources",
    }
)  # fmt: skip


def withhold(tables: Mapping[str, pa.Table], blocked: frozenset[str]) -> dict[str, pa.Table]:
    """Leave out every figure that rests on a blocked source, and every blocked table.

    Parameters
    ----------
    tables
        By name.
    blocked
        Ids of sources and names of tables with an error that nobody has signed for.

    Examples
    --------
    >>> rates = pa.table({"source": ["a", "b"], "rate": [1.0, 2.0]})
    >>> withhold({"rates": rates}, frozenset({"b"}))["rates"]["source"].to_pylist()
    ['a']
    """
    links = tables.get("links")
    sources = blocked - set(tables)
    of_lists = sources & _told_together(links["lists"]) if links is not None else sources
    stopped = blocked | RESTS_ON_ALL if of_lists else blocked
    return {
        name: table if name in ALWAYS_SHOWN else _without(name, table, stopped)
        for name, table in tables.items()
    }


def _without(name: str, table: pa.Table, blocked: frozenset[str]) -> pa.Table:
    if name in blocked:
        return table.slice(0, 0)
    ids = pa.array(sorted(blocked), pa.string())
    if "lists" in table.column_names and _told_together(table["lists"]) & blocked:
        return table.slice(0, 0)  # who is on which list was found out from all lists at once
    for column in NAMES_A_SOURCE:
        if column in table.column_names:
            table = table.filter(pc.invert(pc.is_in(table[column], value_set=ids)))
    return table


def _told_together(lists: pa.ChunkedArray) -> set[str]:
    return {name for names in lists.to_pylist() for name in names.split()}
