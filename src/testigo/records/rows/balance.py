"""What a source delivered, file by file: rows accepted, excluded and quarantined add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pyarrow.compute as pc

from testigo.core import Message, RowsLostError
from testigo.records.columns import DELIVERIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from testigo.records.files.raw import RawTable
    from testigo.records.model import Delivery
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.stacking import Stack


def balance_rows(
    stack: Stack,
    placement: Placement,
    repeated: Mapping[Delivery, RawTable],
    accepted: pa.Table,
    set_aside: pa.Table,
) -> pa.Table:
    """Count where the rows of each file went, from the tables themselves.

    Parameters
    ----------
    stack, placement
        All rows of a source, and where each was put.
    repeated
        Deliveries of the same bytes as another, with that one's table.
    accepted, set_aside
        Columns `ACCEPTED` and `SET_ASIDE`.

    Returns
    -------
    pyarrow.Table
        Columns `DELIVERIES`.

    Raises
    ------
    RowsLostError
        When the three numbers do not add up to the rows delivered.
    """
    flagged = placement.flagged()
    files = list(zip(stack.deliveries, stack.tables, strict=True))
    lines = _by_file(_first_cells(accepted), "count")
    counts = _by_file(accepted, "sum")
    aside = {
        name: _by_file(set_aside.filter(pc.equal(set_aside["placement"], name)), "count")
        for name in ("excluded", "quarantined")
    }
    rows = []
    for number, (delivery, table) in enumerate([*files, *repeated.items()]):
        placed = {
            "rows_accepted": lines.get(delivery.name, 0),
            "rows_excluded": aside["excluded"].get(delivery.name, 0),
            "rows_quarantined": aside["quarantined"].get(delivery.name, 0),
        }
        _check_sum(delivery, table, sum(placed.values()))
        inside = stack.rows_of_file(number) if number < len(files) else slice(0, 0)
        rows.append(
            {
                "source": stack.source.id,
                "file": delivery.name,
                "sha256": delivery.sha256,
                "rows_delivered": table.rows_delivered,
                **placed,
                "rows_flagged": int(np.count_nonzero(flagged[inside])),
                "count_accepted": counts.get(delivery.name, 0),
            }
        )
    return DELIVERIES.table(rows)


def _first_cells(accepted: pa.Table) -> pa.Table:
    """Return one line for each accepted row; a wide row has a line per month, side by side."""
    rows = accepted["row"].to_numpy()
    files = pc.dictionary_encode(accepted["file"]).combine_chunks().indices.to_numpy()
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (files[1:] != files[:-1])
    return accepted.select(["file", "row"]).filter(first)


def _by_file(table: pa.Table, what: Literal["count", "sum"]) -> dict[str, int]:
    """Return the rows of each file, or the sum of what they count."""
    column = "row" if what == "count" else "count"
    found = table.group_by("file").aggregate([(column, what)])
    return dict(zip(found["file"].to_pylist(), found[f"{column}_{what}"].to_pylist(), strict=True))


def _check_sum(delivery: Delivery, table: RawTable, placed: int) -> None:
    if placed == table.rows_delivered:
        return
    raise RowsLostError(
        Message(
            "{file}: {delivered} rows were delivered and {placed} were placed; the run stopped.",
            {"file": delivery.name, "delivered": table.rows_delivered, "placed": placed},
        ),
        Message("This is a defect of Testigo, not of your data: please report it."),
    )
