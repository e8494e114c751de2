"""Whatever bytes are delivered: a table in which no record is lost, or one sentence."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testigo.core import TestigoError
from testigo.records import read_table

PIECES = [
    *'",;|\t\r\n {<',
    "\r\n",
    '""',
    "1",
    "abc",
    "Año",
    "TOTAL",
    "FUENTE: x, y",
    "<table><tr><td>",
    "\ufeff",
    "\0",
]
BYTES = [piece.encode() for piece in PIECES] + [
    b"\xf1",
    b"\x96",
    b"\x81",
    b"\xff\xfe",
    b"PK\x03\x04",
    b"PAR1",
    b"\x1f\x8b",
]
TEXT = "Lugar;Año;Casos\n" + 'Lima;2015;"1"\nMéxico;2016;2\n"San\nJuan";2017;3\n' * 3 + "TOTAL;;6\n"


def read(data, **asked):
    """Read bytes; None when they are refused in a sentence of both languages."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "delivery.csv"
        path.write_bytes(data)
        try:
            return read_table(path, **asked)
        except TestigoError as problem:
            refusal = problem
    assert refusal.in_language("es")
    assert refusal.hint is not None
    return None


def check_nothing_lost(table):
    """Every record below the header has one place, and its own row number."""
    rows = sorted([*table.rows.tolist(), *table.malformed["row"].to_pylist()])
    first = table.header_row + 1
    assert rows == list(range(first, first + len(rows)))
    assert len(table.rows) == len(table.blank) == len(table.footer) == table.cells.num_rows
    assert len(set(table.header)) == len(table.header) == table.cells.num_columns
    assert not (table.blank & table.footer).any()


@given(data=st.binary(max_size=300))
def test_random_bytes(data):
    table = read(data)
    assert table is None or check_nothing_lost(table) is None


@given(pieces=st.lists(st.sampled_from(BYTES), max_size=60))
def test_signs_that_mean_something_in_any_order(pieces):
    table = read(b"".join(pieces))
    assert table is None or check_nothing_lost(table) is None


@given(
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16", "mac_roman"]),
    damage=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(BYTES)), max_size=8),
    kept=st.integers(0, 400),
)
def test_a_delivery_with_damage_anywhere(encoding, damage, kept):
    data = bytearray(TEXT.encode(encoding)[:kept])
    for place, piece in damage:
        data[place:place] = piece
    table = read(bytes(data), expected=("lugar", "año", "casos"))
    assert table is None or check_nothing_lost(table) is None


def workbook():
    book = openpyxl.Workbook()
    for number in range(30):
        book.active.append([f"lugar {number}", number, 2.5])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WORKBOOK = workbook()


@settings(max_examples=8)  # each opens a process
@given(
    damage=st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=20),
    kept=st.one_of(st.just(len(WORKBOOK)), st.integers(0, len(WORKBOOK))),
)
def test_a_damaged_workbook(damage, kept):
    data = bytearray(WORKBOOK)
    for place, byte in damage:
        data[place] = byte
    table = read(bytes(data[:kept]))
    assert table is None or check_nothing_lost(table) is None


@settings(max_examples=8)
@given(
    damage=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=40),
    kept=st.floats(0.5, 1),
)
def test_a_damaged_old_workbook(shared, damage, kept):
    data = bytearray((shared / "dirty_files" / "colombia_police_homicidios_2024.xls").read_bytes())
    for place, byte in damage:
        data[int(place * len(data))] = byte
    table = read(bytes(data[: int(kept * len(data))]))
    assert table is None or check_nothing_lost(table) is None


CELL = st.text(st.sampled_from("abcáéíóúñ AB0123456789.,;|\t\n\"'-/"), max_size=12)


DRESS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
    }
)
TITLES = st.lists(st.sampled_from(["", "POLICÍA NACIONAL", '"Informe\n2020"']), max_size=3)
NAMES = st.lists(
    st.sampled_from(["Lugar", "Fecha", "Año", "Casos", "Arma"]), min_size=2, unique=True
)


@given(names=NAMES, dress=DRESS, titles=TITLES, data=st.data())
def test_what_was_written_is_what_is_read(names, dress, titles, data):
    """Any table, written as CSV in any dress, comes back to the letter; blank cells are null."""
    row = st.lists(CELL, min_size=len(names), max_size=len(names))
    rows = data.draw(st.lists(row, max_size=12))
    stream = io.StringIO(newline="")
    stream.write("".join(title + dress["lineterminator"] for title in titles))
    csv.writer(stream, **dress).writerows([names, *rows])
    table = read(stream.getvalue().encode(), delimiter=dress["delimiter"], expected=names)
    assert table.header == tuple(names)
    assert table.header_row == len(titles) + 1
    assert table.malformed.num_rows == 0
    written = [[cell if cell.strip() else None for cell in cells] for cells in rows]
    assert [list(cells.values()) for cells in table.cells.to_pylist()] == written


@pytest.mark.parametrize("size", [4_999, 70_000])
def test_reading_does_not_depend_on_where_blocks_end(size):
    """A table of several blocks reads as its parts do."""
    lines = [f'{number},"a\nb",{"x" * (number % 90)}y' for number in range(size)]
    table = read(("id,texto,c\n" + "\n".join(lines)).encode())
    check_nothing_lost(table)
    assert table.cells["id"].to_pylist() == [str(number) for number in range(size)]
