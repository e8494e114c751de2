"""What was found by looking at a source, a sentence each; never a value that could be personal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, Number
from testigo.records.reasons import ReasonCode, number_of
from testigo.records.rows.column_keys import ScopeKey
from testigo.records.rows.personal import (
    KIND_TEXTS,
    kind_by_name,
    kind_by_values,
    known_personal,
)
from testigo.records.rows.row_dates import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from testigo.core import AreaCatalogue
    from testigo.records.files.raw import RawTable
    from testigo.records.model import Delivery
    from testigo.records.rows.column_keys import ColumnKey
    from testigo.records.rows.date_order import DecidedBy
    from testigo.records.rows.personal import PersonalColumn
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.places import Places
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.stacking import Stack
    from testigo.records.rows.tallies import Cells

SHOWN: Final = 5  # examples in a sentence
SHOWN_NAMES: Final = 30
FEWEST: Final = 5  # rows of a value that is told; one person must not be recognised by it
TOLD_FIELDS: Final = ("sex", "age", "hour")  # codes, never a text about a person
FEWEST_ROWS_EACH: Final = 2  # on average: a category stands on many rows, a person on one

_ORDER_TEXTS: Final[dict[DecidedBy, Message]] = {
    "dates": Message("dates such as 25/12 leave no doubt"),
    "weekdays": Message("the days of the week agree with it"),
    "months": Message("the column of months agrees with it"),
    "gap": Message("it fills days that are missing otherwise"),
    "other files": Message("as in the other files of this source"),
}
_FIRST: Final[dict[str, Message]] = {
    "dmy": Message("the day"),
    "mdy": Message("the month"),
    "ymd": Message("the year"),
}


def finding_notes(
    stack: Stack,
    placement: Placement,
    *,
    dates: RowDates,
    places: Places,
    cells: Sequence[Cells],
    catalogue: AreaCatalogue,
    found: Sequence[PersonalColumn],
    repeated: Mapping[Delivery, RawTable],
) -> tuple[Message, ...]:
    """Say what was found by looking, in a fixed order."""
    return (
        *_empty_notes(stack),
        *_reading_notes(stack),
        *_repeat_notes(stack, placement, dates, repeated),
        *_order_notes(stack, dates),
        *_undated_notes(placement, dates),
        *_scope_notes(stack, placement),
        *_place_notes(placement, places, catalogue),
        *_value_notes(stack, placement),
        *_cell_notes(placement, cells),
        *_personal_notes(stack, found),
    )


def _in_files(notes: Mapping[str, tuple[Message, list[str]]]) -> Iterator[Message]:
    """Say each note once, with its file or with how many files it holds for."""
    for note, files in notes.values():
        if len(files) == 1:
            yield Message("{file}: {note}", {"file": files[0], "note": note})
        else:
            values = {"files": len(files), "first": files[0], "note": note}
            yield Message("{files} files, among them {first}: {note}", values)


def _empty_notes(stack: Stack) -> Iterator[Message]:
    for delivery, table in zip(stack.deliveries, stack.tables, strict=True):
        if table.rows_delivered == 0:
            yield Message("{file} has a header and no rows below it.", {"file": delivery.name})


def _reading_notes(stack: Stack) -> Iterator[Message]:
    notes: dict[str, tuple[Message, list[str]]] = {}
    for delivery, table in zip(stack.deliveries, stack.tables, strict=True):
        for note in table.notes:
            notes.setdefault(str(note), (note, []))[1].append(delivery.name)
    yield from _in_files(notes)


def _repeat_notes(
    stack: Stack, placement: Placement, dates: RowDates, repeated: Mapping[Delivery, RawTable]
) -> Iterator[Message]:
    first = {one.sha256: one.name for one in stack.deliveries}
    for delivery in repeated:
        yield Message(
            "{file} is, byte by byte, the same as {first}; it is counted once.",
            {"file": delivery.name, "first": first[delivery.sha256]},
        )
    for code in (ReasonCode.DAY_REPEATED, ReasonCode.PERIOD_REPEATED):
        rows = placement.reason == number_of(code)
        if not rows.any():
            continue
        days = np.unique(dates.first[rows])
        values = {
            "periods": Number(len(days)),
            "first": str(days[0]),
            "last": str(days[-1]),
            "rows": Number(int(rows.sum())),
        }
        if code is ReasonCode.DAY_REPEATED:
            yield Message(
                "{periods} days between {first} and {last} were delivered more than once, row by "
                "row; {rows} repeated rows are not counted.",
                values,
            )
        else:
            yield Message(
                "{periods} months or years between {first} and {last} were delivered more than "
                "once, row by row; {rows} repeated rows are not counted.",
                values,
            )


def _order_notes(stack: Stack, dates: RowDates) -> Iterator[Message]:
    notes: dict[str, tuple[Message, list[str]]] = {}
    for delivery, decision in zip(stack.deliveries, dates.orders, strict=False):
        if decision.order is None or decision.decided_by not in _ORDER_TEXTS:
            continue
        note = Message(
            "in dates written in numbers {part} comes first: {evidence}.",
            {"part": _FIRST[decision.order], "evidence": _ORDER_TEXTS[decision.decided_by]},
        )
        notes.setdefault(str(note), (note, []))[1].append(delivery.name)
    yield from _in_files(notes)


def _undated_notes(placement: Placement, dates: RowDates) -> Iterator[Message]:
    rows = int(np.count_nonzero(placement.accepted & (dates.precision == UNKNOWN)))
    if rows:
        yield Message(
            "Accepted rows without a date: {rows}. They count with period unknown, in no year.",
            {"rows": Number(rows)},
        )


def _scope_notes(stack: Stack, placement: Placement) -> Iterator[Message]:
    for name in stack.source.keep:
        key = ScopeKey(name)
        column = stack.column(key)
        blamed = placement.blame == placement.keys.index(key) if key in placement.keys else False
        left_out = np.count_nonzero(blamed)
        if not left_out or left_out != np.count_nonzero(~column.blank):
            continue
        yield Message("No row holds what `keep` asks of the column {column}.", {"column": name})
        examples = _categories(stack, key)
        if examples:
            yield Message(
                "The column {column} holds, for instance: {values}.",
                {"column": name, "values": ", ".join(examples)},
            )


def _categories(stack: Stack, key: ColumnKey) -> list[str]:
    """Return values of a column that may be told: they recur, and nothing about it is personal."""
    for number, name in enumerate(stack.names[key]):
        if (
            name in known_personal(stack, number)
            or kind_by_name(name)
            or kind_by_values(stack.delivered(number, name))
        ):
            return []
    column = stack.column(key)
    rows = np.bincount(column.codes[column.codes >= 0], minlength=len(column.texts))
    if rows.sum() < FEWEST_ROWS_EACH * len(rows):
        return []
    often = [text for text, on in zip(column.values(), rows.tolist(), strict=True) if on > 1]
    return sorted(often)[:SHOWN]


def _place_notes(
    placement: Placement, places: Places, catalogue: AreaCatalogue
) -> Iterator[Message]:
    counts = np.bincount(places.codes[placement.accepted], minlength=len(places.readings))
    short: Counter[tuple[str, str]] = Counter()
    for texts, reading, count in zip(places.texts, places.readings, counts.tolist(), strict=True):
        if reading.short and reading.area and count:
            short[texts.shown_area, catalogue.areas[reading.area].name] += count
        if reading.parent_short and reading.parent and count:
            short[texts.shown_parent or texts.shown_area, catalogue.areas[reading.parent].name] += (
                count
            )
    if short:
        often = sorted(short.items(), key=lambda item: (-item[1], item[0]))
        examples = "; ".join(f"{text} = {name}" for (text, name), _ in often[:SHOWN_NAMES])
        values = {"rows": Number(short.total()), "examples": examples}
        if len(often) <= SHOWN_NAMES:
            yield Message(
                "Place names that are written otherwise in the catalogue were taken (rows: {rows}):"
                " {examples}.",
                values,
            )
        else:
            yield Message(
                "Place names that are written otherwise in the catalogue were taken (rows: {rows}):"
                " {examples}; and {left} more.",
                values | {"left": Number(len(often) - SHOWN_NAMES)},
            )


def _value_notes(stack: Stack, placement: Placement) -> Iterator[Message]:
    """Say which codes were not understood, each with the line that would explain it."""
    for flag in placement.flags:
        if flag.code is not ReasonCode.FIELD_NOT_UNDERSTOOD or flag.key not in TOLD_FIELDS:
            continue
        column = stack.column(flag.key)
        codes = column.codes[flag.rows & placement.accepted]
        counts = np.bincount(codes[codes >= 0], minlength=len(column.texts)).tolist()
        often = sorted(
            ((count, text) for text, count in zip(column.values(), counts, strict=True) if count),
            key=lambda one: (-one[0], one[1]),
        )
        for count, text in often[:SHOWN]:
            if count >= FEWEST:
                yield Message(
                    "{field}: {text} was not understood (rows: {rows}). Say what it means at the "
                    "end of this line of hand/code_maps.csv: {line}",
                    {
                        "field": flag.key,
                        "text": repr(text),
                        "rows": Number(count),
                        "line": f"{stack.source.id},{flag.key},{text},",
                    },
                )


def _cell_notes(placement: Placement, cells: Sequence[Cells]) -> Iterator[Message]:
    if len(cells) == 1:
        return
    blank = sum(int((placement.accepted & ~cell.stated).sum()) for cell in cells)
    if blank:
        yield Message(
            "{cells} month cells of accepted rows state no count; they were not taken as zero.",
            {"cells": Number(blank)},
        )


def _personal_notes(stack: Stack, found: Sequence[PersonalColumn]) -> Iterator[Message]:
    notes: dict[str, tuple[Message, list[str]]] = {}
    for one in found:
        note = Message(
            "the column {column} seems to hold {kind}. It is not stored; ask the institution not "
            "to publish it.",
            {"column": one.column, "kind": KIND_TEXTS[one.kind]},
        )
        notes.setdefault(str(note), (note, []))[1].append(stack.deliveries[one.file].name)
    yield from _in_files(notes)
