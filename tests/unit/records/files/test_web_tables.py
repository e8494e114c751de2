"""Tables of web pages that call themselves workbooks."""

from __future__ import annotations

import pytest

from testigo.core import InputFileError


def rows_of(table):
    return [tuple(row.values()) for row in table.cells.to_pylist()]


def test_marks_that_were_left_out_do_not_matter(read):
    table = read("<table><tr><td>a<td>b<tr><td>1<td>2<tr><td>3<td>4", "police.xls")
    assert table.header == ("a", "b")
    assert rows_of(table) == [("1", "2"), ("3", "4")]


def test_white_space_breaks_and_entities_are_read_as_seen(read):
    page = "<table><tr><td>Lugar<td>Casos<tr><td>\n San&nbsp;Juan <br>de&amp;l<td> 3 </table>"
    assert rows_of(read(page)) == [("San Juan de&l", "3")]


def test_a_cell_over_several_columns_is_one_cell(read):
    page = (
        "<table><tr><td colspan=3>POLICÍA<tr><th>a<th>b<th>c<tr><td>1<td>2<td>3"
        "<tr><td>4<td>5<td>6</table>"
    )
    table = read(page)
    assert (table.header, table.header_row) == (("a", "b", "c"), 2)


def test_a_cell_beside_several_rows_speaks_of_each(read):
    page = (
        "<table><tr><th>Estado<th>Lugar<th>Casos<tr><td rowspan=2>Lima<td>x<td>1"
        "<tr><td>y<td>2<tr><td>Ica<td>z<td>3</table>"
    )
    assert rows_of(read(page)) == [("Lima", "x", "1"), ("Lima", "y", "2"), ("Ica", "z", "3")]


def test_a_cell_over_columns_and_beside_rows_holds_all_its_places(read):
    page = (
        "<table><tr><th>Estado<th>Zona<th>Lugar<th>Casos<tr><td rowspan=2 colspan=2>Lima<td>x<td>1"
        "<tr><td>y<td>2<tr><td>Ica<td>a<td>z<td>3</table>"
    )
    assert rows_of(read(page)) == [
        ("Lima", None, "x", "1"),
        ("Lima", None, "y", "2"),
        ("Ica", "a", "z", "3"),
    ]


def test_the_table_with_the_expected_columns_is_read(read):
    page = (
        "<table><tr><td>menu<td>x</table>" + "<table>" + "<tr><td>a<td>b" * 9 + "</table>"
        "<table><tr><th>Lugar<th>Casos<tr><td>Lima<td>3</table>"
    )
    assert rows_of(read(page, expected=("lugar", "casos"))) == [("Lima", "3")]


def test_scripts_are_not_read(read):
    page = "<table><tr><td>a<td>b<tr><td>1<script>alert('x')</script><td>2</table>"
    assert rows_of(read(page)) == [("1", "2")]


def test_a_page_in_an_old_encoding_is_read(read):
    page = "<html><table><tr><td>Año<td>Víctimas<tr><td>2015<td>3</table>".encode("cp1252")
    assert read(page).header == ("Año", "Víctimas")


def test_a_page_that_asks_for_too_many_cells_is_refused(read):
    cells = "<td colspan=999 rowspan=999>x" * 60
    with pytest.raises(InputFileError, match="larger than 50,000,000 cells"):
        read(f"<table><tr>{cells}</table>")


@pytest.mark.parametrize("span", ["0", "-3", "9" * 40, "x", ""])
def test_a_span_that_cannot_be_meant_is_one(read, span):
    page = f"<table><tr><td>a<td>b<tr><td colspan='{span}'>1<td>2</table>"
    assert rows_of(read(page)) == [("1", "2")]
