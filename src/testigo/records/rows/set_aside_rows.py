"""The tables of what was set aside or flagged, with reason, value given and mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from testigo.records.columns import FLAGS, SET_ASIDE
from testigo.records.model import PERSONAL_FIELDS
from testigo.records.reasons import CODES, REASON_RULES, ReasonCode
from testigo.records.rows.column_keys import DeliveredKey
from testigo.records.rows.personal import known_personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from testigo.records.files.raw import RawTable
    from testigo.records.model import Delivery
    from testigo.records.rows.column_keys import ColumnKey
    from testigo.records.rows.personal import PersonalColumn
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.stacking import Stack


def set_aside_table(
    stack: Stack,
    placement: Placement,
    found: Sequence[PersonalColumn],
    repeated: Mapping[Delivery, RawTable],
) -> pa.Table:
    """Tell every row that is not accepted.

    Parameters
    ----------
    stack, placement
        The rows and their reasons.
    found
        Columns that can point at a person and are not mapped: they are left out of `content`.
    repeated
        Deliveries that repeat another byte by byte, with what they hold.
    """
    parts = [SET_ASIDE.arrow.empty_table()]
    for number, (delivery, table) in enumerate(zip(stack.deliveries, stack.tables, strict=True)):
        hidden = _hidden(stack, number, found)
        parts.append(_rows_of_file(stack, placement, number, hidden))
        parts.append(_malformed(stack.source.id, delivery, table, tell_content=not hidden))
    for delivery, table in repeated.items():
        rows = np.concatenate([table.rows, np.asarray(table.malformed["row"])])
        parts.append(_lines(stack.source.id, delivery.name, rows, ReasonCode.DELIVERY_REPEATED))
    return SET_ASIDE.checked(pa.concat_tables(parts))


def flags_table(stack: Stack, placement: Placement, found: Sequence[PersonalColumn]) -> pa.Table:
    """Tell every accepted row in which something does not fit, and the personal columns."""
    parts = [FLAGS.arrow.empty_table()]
    for flag in placement.flags:
        rows = flag.rows & placement.accepted
        for number, delivery in enumerate(stack.deliveries):
            inside = stack.rows_of_file(number)
            chosen = stack.row[inside][rows[inside]]
            if len(chosen):
                column = delivered_name(stack, number, flag.key)
                parts.append(_flags(stack.source.id, delivery.name, chosen, flag.code, column))
    for one in found:
        table, delivery = stack.tables[one.file], stack.deliveries[one.file]
        header = np.array([table.header_row])
        code = ReasonCode.PERSONAL_COLUMN
        parts.append(_flags(stack.source.id, delivery.name, header, code, one.column))
    flags = pa.concat_tables(parts)
    flags = flags.group_by(flags.column_names).aggregate([])  # two rules may say the same
    return FLAGS.checked(flags)


def delivered_name(stack: Stack, number: int, key: ColumnKey) -> str:
    """Return what a file calls the column that a key means; empty for no column."""
    if isinstance(key, DeliveredKey):
        return key.name
    return stack.names[key][number] if stack.has(key) else ""


def _hidden(stack: Stack, number: int, found: Sequence[PersonalColumn]) -> frozenset[str]:
    """Return the columns of a file that must not be stored."""
    mapped = {names[number] for key, names in stack.names.items() if key in PERSONAL_FIELDS}
    looks = {one.column for one in found if one.file == number}
    return (known_personal(stack, number) | looks) - mapped


def _rows_of_file(
    stack: Stack, placement: Placement, number: int, hidden: frozenset[str]
) -> pa.Table:
    inside = stack.rows_of_file(number)
    reason, blame = placement.reason[inside], placement.blame[inside]
    parts = [SET_ASIDE.arrow.empty_table()]
    for code_number, key_number in np.unique(
        np.stack([reason, blame])[:, reason > 0], axis=1
    ).T.tolist():
        places = np.flatnonzero((reason == code_number) & (blame == key_number))
        key = placement.keys[key_number]
        column = delivered_name(stack, number, key)
        secret = key in PERSONAL_FIELDS or column in hidden
        cells = stack.tables[number].cells
        code = CODES[code_number - 1]
        parts.append(
            _lines(
                stack.source.id,
                stack.deliveries[number].name,
                stack.row[inside][places],
                code,
                column=column or None,
                given=cells[column].take(places) if column and not secret else None,
                content=_contents(cells, places, hidden) if _is_told_whole(code) else None,
            )
        )
    return pa.concat_tables(parts)


def _is_told_whole(code: ReasonCode) -> bool:
    """Say whether the row's content is kept: to be mended, or to compare a printed total."""
    totals = {ReasonCode.FOOTER, ReasonCode.TOTAL_ROW}
    return REASON_RULES[code].placement == "quarantined" or code in totals


def _contents(cells: pa.Table, places: NDArray[np.int64], hidden: frozenset[str]) -> pa.Array:
    shown = cells.select([name for name in cells.column_names if name not in hidden])
    rows = shown.take(places).to_pylist()
    return pa.array(
        [
            json.dumps({name: cell for name, cell in row.items() if cell}, ensure_ascii=False)
            for row in rows
        ],
        pa.string(),
    )


def _malformed(source: str, delivery: Delivery, table: RawTable, *, tell_content: bool) -> pa.Table:
    return _lines(
        source,
        delivery.name,
        np.asarray(table.malformed["row"]),
        ReasonCode.MALFORMED_ROW,
        content=table.malformed["content"] if tell_content else None,
    )


def _lines(
    source: str,
    file: str,
    rows: NDArray[Any],
    code: ReasonCode,
    *,
    column: str | None = None,
    given: pa.ChunkedArray | None = None,
    content: pa.Array | pa.ChunkedArray | None = None,
) -> pa.Table:
    rule, size = REASON_RULES[code], len(rows)
    nothing = pa.nulls(size, pa.string())
    columns = {
        "source": _same(source, size),
        "file": _same(file, size),
        "row": pa.array(rows),
        "placement": _same(rule.placement, size),
        "reason": _same(code.value, size),
        "column": nothing if column is None else _same(column, size),
        "given": nothing if given is None else given,
        "mend": _same(str(rule.mend), size),
        "content": nothing if content is None else content,
    }
    return pa.table(columns).cast(SET_ASIDE.arrow)


def _flags(source: str, file: str, rows: Iterable[int], code: ReasonCode, column: str) -> pa.Table:
    numbers = pa.array(rows)
    columns = {
        "source": _same(source, len(numbers)),
        "file": _same(file, len(numbers)),
        "row": numbers,
        "reason": _same(code.value, len(numbers)),
        "column": _same(column, len(numbers)),
    }
    return pa.table(columns).cast(FLAGS.arrow)


def _same(text: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(text), size)
