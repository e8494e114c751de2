"""Two police workbooks, read by looking alone, give the totals that they print themselves."""

from __future__ import annotations

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from testigo.records import fold, read_table

PRINTED = {2015: 12_460, 2024: 13_341}
HEADER_ROWS = {2015: 11, 2024: 10}
NAMES = {
    2015: "DEPARTAMENTO,MUNICIPIO,CODIGO DANE,ARMAS MEDIOS,FECHA HECHO,GENERO,"
    "AGRUPA EDAD PERSONA,CANTIDAD",
    2024: "ARMAS MEDIOS,DEPARTAMENTO,MUNICIPIO,FECHA HECHO,GENERO,AGRUPA EDAD PERSONA,"
    "CODIGO DANE,CANTIDAD",
}


def file_of(shared, year):
    ending = "xlsx" if year == 2015 else "xls"
    return shared / "dirty_files" / f"colombia_police_homicidios_{year}.{ending}"


def plain_rows(path):
    """Rows of the first sheet by other means, as they stand on the screen."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


@pytest.fixture(params=[2015, 2024], scope="module")
def year(request):
    return request.param


@pytest.fixture(scope="module")
def table(shared, year):
    return read_table(file_of(shared, year))


@pytest.fixture(scope="module")
def plain(shared, year):
    return plain_rows(file_of(shared, year))


def data_of(table):
    kept = ~(table.blank | table.footer)
    return [row for row, keep in zip(table.cells.to_pylist(), kept, strict=True) if keep]


def test_the_header_is_found(table, year):
    assert table.header_row == HEADER_ROWS[year]
    assert ",".join(table.header) == NAMES[year]


def test_the_rows_of_data_add_up_to_the_total_that_the_police_print(table, year):
    assert sum(int(row["CANTIDAD"]) for row in data_of(table)) == PRINTED[year]


def test_as_many_rows_of_data_as_other_means_count(table, plain, year):
    header = HEADER_ROWS[year]
    full = [row for row in plain[header:] if all(cell not in {None, ""} for cell in row)]
    assert len(data_of(table)) == len(full)
    assert table.rows_delivered == len(plain) - header


def test_every_row_stands_where_it_says(table, plain):
    column = table.header.index("MUNICIPIO")
    for row, cell in zip(table.rows.tolist(), table.cells["MUNICIPIO"].to_pylist(), strict=True):
        assert (plain[row - 1][column] or None) == cell


def test_total_source_notes_and_signatures_are_footers(table, year):
    first = table.cells.column(0).filter(table.footer).to_pylist()
    assert [fold(text).split()[0] for text in first[:3]] == ["total", "fuente", "agrupacion"]
    assert len(first) == (5 if year == 2015 else 8)


def test_codes_and_dates_are_text(table, year):
    row = data_of(table)[0]
    assert row["CODIGO DANE"] == ("5030000" if year == 2015 else "91001000")
    assert row["FECHA HECHO"] == ("2015-01-01" if year == 2015 else "2024-02-14")


def test_expected_names_find_the_same_header(shared, table, year):
    names = ("Departamento", "Código DANE", "Cantidad")
    again = read_table(file_of(shared, year), expected=names)
    assert again.header == table.header
    assert again.cells.equals(table.cells)
