"""Workbooks: cells as an office would type them, the right sheet, rows as on the screen."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile

import openpyxl
import pytest

from testigo.core import InputFileError


def rows_of(table):
    return [tuple(row.values()) for row in table.cells.to_pylist()]


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_of(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def test_cells_are_written_as_an_office_would_type_them(read):
    values = [
        5030000.0,
        2.5,
        dt.date(2020, 1, 31),
        dt.datetime.fromisoformat("2020-01-31T13:05"),
        dt.time(5, 6),
        True,
        " x ",
        "05001",
        None,
        "  ",
    ]
    names = [f"c{index}" for index in range(len(values))]
    table = read(saved(book_of(datos=[names, values, names])), "police.xlsx")
    assert rows_of(table)[0] == (
        "5030000",
        "2.5",
        "2020-01-31",
        "2020-01-31T13:05:00",
        "05:06:00",
        "TRUE",
        " x ",
        "05001",
        None,
        None,
    )


def test_rows_are_numbered_as_on_the_screen(read):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C4"], sheet["D4"] = "Lugar", "Casos"
    sheet["C5"], sheet["D5"] = "Lima", 3
    sheet["C7"], sheet["D7"] = "Cusco", 4
    table = read(saved(book), "police.xlsx")
    assert table.header == ("Lugar", "Casos")
    assert (table.header_row, table.rows.tolist()) == (4, [5, 6, 7])
    assert table.blank.tolist() == [False, True, False]


SHEETS = {
    "Portada": [["POLICÍA NACIONAL"], ["Homicidios"]],
    "Datos": [["Lugar", "Casos"], ["Lima", 3]],
    "Notas": [["nota"]] * 20,
}


def test_the_sheet_with_the_expected_columns_is_read_and_said(read):
    table = read(saved(book_of(**SHEETS)), "police.xlsx", expected=("LUGAR", "casos"))
    assert rows_of(table) == [("Lima", "3")]
    assert "The sheet 'Datos' was read." in map(str, table.notes)


def test_a_sheet_may_be_declared(read):
    table = read(saved(book_of(**SHEETS)), "police.xlsx", sheet="notas ")
    assert table.header == ("nota",)


def test_a_sheet_that_is_not_there_is_said_with_those_that_are(read):
    with pytest.raises(InputFileError, match=r"no sheet 'Enero'. Sheets: Portada, Datos, Notas"):
        read(saved(book_of(**SHEETS)), "police.xlsx", sheet="Enero")


def test_sheets_alike_that_were_not_read_are_said(read):
    rows = SHEETS["Datos"]
    book = book_of(enero=rows, febrero=rows, marzo=rows)
    table = read(saved(book), "police.xlsx", expected=("lugar", "casos"))
    said = "Other sheets have the same columns and were not read: febrero, marzo."
    assert said in map(str, table.notes)


def test_hidden_sheets_are_not_chosen(read):
    book = book_of(vieja=SHEETS["Datos"] * 9, nueva=SHEETS["Datos"])
    book["vieja"].sheet_state = "hidden"
    assert read(saved(book), "police.xlsx").rows_delivered == 1


def test_an_empty_workbook_has_no_table(read):
    with pytest.raises(InputFileError, match="there is no table"):
        read(saved(openpyxl.Workbook()), "police.xlsx")


def with_part(book, name, change):
    """Repack a workbook with one part changed."""
    given, made = zipfile.ZipFile(io.BytesIO(saved(book))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in given.namelist():
            content = given.read(part)
            packed.writestr(part, change(content) if part == name else content)
    return made.getvalue()


def test_a_sheet_that_reaches_to_the_end_of_the_world_does_not_end_the_program(read):
    """Two cells, in the first and the last corner, ask for 17 thousand million cells."""
    sheet = "xl/worksheets/sheet1.xml"
    data = with_part(
        book_of(datos=[["a", "b"], ["c", "d"]]),
        sheet,
        lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"').replace(b'r="2"', b'r="1048576"'),
    )
    with pytest.raises(InputFileError, match="damaged"):
        read(data, "police.xlsx")


def test_a_workbook_that_would_fill_the_memory_is_refused(read, monkeypatch):
    monkeypatch.setattr("testigo.records.files.spreadsheets.UNPACKED_LIMIT", 1 << 20)
    book = book_of(datos=[["a", "b"], ["c", "d"]])
    data = with_part(book, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (1 << 22))
    with pytest.raises(InputFileError, match="larger than"):
        read(data, "police.xlsx")


def test_a_workbook_whose_directory_lies_about_its_size_is_damaged(read):
    data = bytearray(with_part(book_of(datos=[["a"]]), "none", bytes))
    name = b"xl/worksheets/sheet1.xml"
    entry = data.rindex(name) - 46  # record of the part in the central directory
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(InputFileError, match="damaged"):
        read(bytes(data), "police.xlsx")


def test_a_workbook_with_a_password_is_told_apart(read, monkeypatch):
    """The library tells; no library here can make such a file."""
    answer = subprocess.CompletedProcess([], 0, stdout=b'{"problem": "password"}\n')
    monkeypatch.setattr("subprocess.run", lambda *_, **__: answer)
    with pytest.raises(InputFileError, match="protected by a password"):
        read(saved(book_of(datos=[["a"]])), "police.xlsx")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_workbook_cut_short_is_damaged(read, kept):
    data = saved(book_of(datos=[["a", "b"]] * 50))
    with pytest.raises(InputFileError, match="damaged"):
        read(data[: int(len(data) * kept)], "police.xlsx")


@pytest.mark.parametrize("kept", [0.01, 0.5, 0.9])
def test_an_old_workbook_cut_short_is_damaged_or_read(read, shared, kept):
    data = (shared / "dirty_files" / "colombia_police_homicidios_2024.xls").read_bytes()
    with pytest.raises(InputFileError, match="damaged"):
        read(data[: int(len(data) * kept)], "police.xls")


def test_a_workbook_that_asks_for_too_much_memory_does_not_end_the_program(read, shared):
    """A row number and a column number of the last record are changed to 65,535."""
    data = bytearray((shared / "dirty_files" / "colombia_police_homicidios_2024.xls").read_bytes())
    at = data.rindex((11_021).to_bytes(2, "little") + (7).to_bytes(2, "little"))
    data[at : at + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(InputFileError, match="damaged"):
        read(bytes(data), "police.xls")
