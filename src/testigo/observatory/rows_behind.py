"""The accepted rows that a published count was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import UNKNOWN_MARK, Message, Period, PromiseError
from testigo.observatory.run_state import ingest_step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.observatory.store import Store
    from testigo.records import Source

ROWS: Final = pa.schema(
    [
        ("source", pa.string()),
        ("file", pa.string()),
        ("sha256", pa.string()),
        ("rows", pa.string()),
        ("count", pa.int64()),
    ]
)


def rows_behind(store: Store, source: Source, level: str, code: str, period: str) -> pa.Table:
    """Find the accepted rows that a count was made of, by file, as ranges of row numbers."""
    accepted = store.table(ingest_step(source), "accepted")
    chosen = accepted.filter(pc.and_(_in_area(accepted, level, code), _in_period(accepted, period)))
    return rows_by_file(store, source, chosen)


def rows_by_file(store: Store, source: Source, chosen: pa.Table) -> pa.Table:
    """Tell some accepted rows of a source by file, as ranges of row numbers."""
    lines = []
    for delivery in store.table(ingest_step(source), "deliveries").to_pylist():
        part = chosen.filter(pc.equal(chosen["file"], delivery["file"]))
        if part.num_rows:
            lines.append(
                {
                    "source": source.id,
                    "file": delivery["file"],
                    "sha256": delivery["sha256"],
                    "rows": ranges(part["row"].to_numpy()),
                    "count": pc.sum(part["count"]).as_py(),
                }
            )
    return pa.Table.from_pylist(lines, schema=ROWS)


def _in_area(accepted: pa.Table, level: str, code: str) -> pa.ChunkedArray:
    everywhere = pc.is_valid(accepted["row"])
    if level == "whole":
        return everywhere
    if code == UNKNOWN_MARK:
        return pc.and_(pc.is_null(accepted["area"]), pc.is_null(accepted["parent"]))
    if code.startswith(UNKNOWN_MARK):
        same_parent = pc.equal(accepted["parent"], code.removeprefix(UNKNOWN_MARK))
        return pc.fill_null(pc.and_(pc.is_null(accepted["area"]), same_parent), fill_value=False)
    return pc.fill_null(pc.equal(accepted[level], code), fill_value=False)


def _in_period(accepted: pa.Table, period: str) -> pa.ChunkedArray:
    if period == UNKNOWN_MARK:
        return pc.is_null(accepted["date"])
    wanted = Period.parse(period)
    inside = pc.and_(
        pc.greater_equal(accepted["date"], pa.scalar(wanted.first)),
        pc.less_equal(accepted["date"], pa.scalar(wanted.last)),
    )
    exact = {"year": ("day", "month", "year"), "month": ("day", "month"), "day": ("day",)}
    fine = pc.is_in(accepted["date_precision"], value_set=pa.array(exact[wanted.length]))
    return pc.fill_null(pc.and_(inside, fine), fill_value=False)


def ranges(rows: np.ndarray) -> str:
    """Write row numbers as ranges.

    Examples
    --------
    >>> ranges(np.array([12, 13, 14, 57, 13]))
    '12-14, 57'
    """
    numbers = np.unique(rows)
    breaks = np.flatnonzero(np.diff(numbers) > 1)
    firsts = numbers[np.concatenate(([0], breaks + 1))] if len(numbers) else numbers
    lasts = numbers[np.concatenate((breaks, [len(numbers) - 1]))] if len(numbers) else numbers
    return ", ".join(
        str(first) if first == last else f"{first}-{last}"
        for first, last in zip(firsts, lasts, strict=True)
    )


def check_adds_up(line: Mapping[str, object], rows: pa.Table) -> None:
    """Promise 2: the rows found are the rows the figure was made of."""
    for source_key, count_key in (
        ("source", "victims"), ("source_a", "count_a"), ("source_b", "count_b"),
    ):  # fmt: skip
        if source_key not in line or line.get(count_key) is None:
            continue
        of_source = rows.filter(pc.equal(rows["source"], str(line[source_key])))
        found = pc.sum(of_source["count"]).as_py() or 0
        if found != line[count_key] and "victims_age_unknown" not in line:
            raise PromiseError(
                Message("The rows in the store add up to {found}, the published figure is {given}.",
                        {"found": found, "given": line[count_key]}),
                Message("Something changed since the last run; run the observatory again."),
            )  # fmt: skip
