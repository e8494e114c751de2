"""Delimited text: every record is a row of cells, blank, a footer or malformed; none is lost."""

from __future__ import annotations

import pytest

from testigo.core import ConfigurationError, InputFileError


def rows_of(table):
    return [tuple(row.values()) for row in table.cells.to_pylist()]


def malformed_of(table):
    return [tuple(row.values()) for row in table.malformed.to_pylist()]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_looking(read, sign):
    lines = ["Lugar,Fecha,Casos", "Lima,2020-01-01,3", "Cusco,2020-01-02,4"]
    table = read("\n".join(lines).replace(",", sign))
    assert table.header == ("Lugar", "Fecha", "Casos")
    assert rows_of(table) == [("Lima", "2020-01-01", "3"), ("Cusco", "2020-01-02", "4")]


def test_decimal_commas_do_not_separate(read):
    table = read("Lugar;Tasa\nLima;1,5\nCusco;2,25\nPuno;3,1\n")
    assert rows_of(table)[0] == ("Lima", "1,5")


def test_commas_in_a_column_of_text_do_not_separate(read):
    table = read("a;b\n1;x, y, z\n2;x, y, z\n3;x, y, z\n")
    assert table.header == ("a", "b")


def test_the_line_that_tells_excel_the_separator_is_a_title(read):
    table = read("sep=;\nLugar;Casos\nLima;3\n")
    assert (table.header, table.header_row) == (("Lugar", "Casos"), 2)


def test_a_declared_delimiter_is_used(read):
    assert read("a;b,c\n1;2,3\n", delimiter=",").header == ("a;b", "c")
    assert read("a\tb\n1\t2\n", delimiter="tab").header == ("a", "b")


@pytest.mark.parametrize("sign", ["", ";;", '"', "\n", "x", "é"])
def test_a_declared_delimiter_must_be_one_sign(read, sign):
    with pytest.raises(ConfigurationError, match="cannot separate"):
        read("a,b\n1,2\n", delimiter=sign)


def test_one_column_is_a_table(read):
    table = read("municipio\nLima\n\nCusco\n")
    assert rows_of(table) == [("Lima",), (None,), ("Cusco",)]
    assert table.blank.tolist() == [False, True, False]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(read, end):
    table = read(end.join(["a,b", "1,2", "3,4"]))
    assert rows_of(table) == [("1", "2"), ("3", "4")]


def test_a_line_break_inside_quotes_survives_and_rows_are_counted_as_records(read):
    table = read('Lugar,Relato,Casos\nLima,"uno\ndos\r\ntres",1\nCusco,x,2\n')
    assert rows_of(table) == [("Lima", "uno\ndos\r\ntres", "1"), ("Cusco", "x", "2")]
    assert table.rows.tolist() == [2, 3]


def test_quotes_and_delimiters_inside_quotes_survive(read):
    table = read('a,b\n"x, ""y""",2\n')
    assert rows_of(table) == [('x, "y"', "2")]


def test_an_inch_mark_is_a_letter_like_others(read):
    table = read('Arma,Casos\ntubo de 12",1\nmachete,2\n12" y más,3\n')
    assert rows_of(table) == [('tubo de 12"', "1"), ("machete", "2"), ('12" y más', "3")]


def test_a_quote_that_is_never_closed_costs_one_row(read):
    lines = ["Lugar,Relato,Casos", "Lima,x,1", 'Cusco,"abc,2', "Puno,y,3", "Ica,z,4"]
    table = read("\n".join(lines))
    assert rows_of(table) == [("Lima", "x", "1"), ("Puno", "y", "3"), ("Ica", "z", "4")]
    assert malformed_of(table) == [(3, 'Cusco,"abc,2')]
    assert table.rows.tolist() == [2, 4, 5]
    assert "Rows whose quotation marks do not fit together: 1." in map(str, table.notes)


def test_two_quotes_that_are_never_closed_do_not_join_their_rows(read):
    table = read('a,b,c\n1,2,"x\n4,5,6\n7,8,"y\n')
    assert rows_of(table) == [("4", "5", "6")]
    assert [row for row, _ in malformed_of(table)] == [2, 4]


def test_two_stray_quotes_do_not_make_one_cell_of_the_rows_between(read):
    inside = [f"{number},x,y" for number in range(5)]
    table = read("\n".join(["a,b,c", '1,2,"x', *inside, '7,8,y"']))
    assert len(rows_of(table)) == 6
    assert malformed_of(table) == [(2, '1,2,"x')]


def test_a_long_text_with_commas_and_line_breaks_is_one_cell(read):
    table = read('a,b\n1,"uno, dos\ntres, cuatro"\n2,"x\ny, z\nw"\n')
    assert rows_of(table) == [("1", "uno, dos\ntres, cuatro"), ("2", "x\ny, z\nw")]


def test_a_legitimate_line_break_after_a_stray_quote_is_still_read(read):
    table = read('a,b,c\n1,2,"x\n4,5,6\n7,"uno\ndos",9\n')
    assert rows_of(table) == [("4", "5", "6"), ("7", "uno\ndos", "9")]
    assert malformed_of(table) == [(2, '1,2,"x')]
    assert table.rows.tolist() == [3, 4]


def test_quotes_inside_a_quoted_cell_are_set_aside(read):
    table = read('a,b\n"Juan "El" X",2\n1,2\n')
    assert rows_of(table) == [("1", "2")]
    assert malformed_of(table) == [(2, '"Juan "El" X",2')]


def test_rows_with_too_few_or_too_many_cells_are_malformed_with_row_and_content(read):
    table = read("a,b,c,d,e\n1,2,3,4,5\n1,2,3\n6,7,8,9,10\n1,2,3,4,5,6\n2,3,4,5,6\n")
    assert rows_of(table) == [tuple("12345"), ("6", "7", "8", "9", "10"), tuple("23456")]
    assert malformed_of(table) == [(3, "1,2,3"), (5, "1,2,3,4,5,6")]
    assert table.rows.tolist() == [2, 4, 6]
    assert table.rows_delivered == 5


def test_surplus_separators_at_the_end_are_nothing(read):
    table = read("a,b,,\n1,2,,\n3,4\n5,6,,,,\n7,8,,\n")
    assert table.header == ("a", "b")
    assert rows_of(table) == [("1", "2"), ("5", "6"), ("7", "8")]
    assert malformed_of(table) == [(3, "3,4")]


def test_a_separator_at_the_end_of_each_row_but_not_of_the_header_is_nothing(read):
    table = read("a,b\n1,2,\n3,4,\n5,6,\n")
    assert table.header == ("a", "b")
    assert rows_of(table) == [("1", "2"), ("3", "4"), ("5", "6")]


def test_a_column_without_name_that_holds_something_keeps_it(read):
    table = read("a,,c\n1,x,2\n3,,4\n")
    assert table.header == ("a", "(2)", "c")
    assert rows_of(table) == [("1", "x", "2"), ("3", None, "4")]


@pytest.mark.parametrize("row", ["1,x,y,z\n", "x,y\n"])
def test_columns_that_would_shift_are_refused(read, row):
    with pytest.raises(InputFileError, match="cells, but the header"):
        read("a,b,c\n" + row * 9)


def test_notes_under_the_table_are_footers_also_when_they_hold_commas(read):
    table = read(
        "Lugar,Fecha,Arma,Casos\n"
        "Lima,2020-01-01,fuego,1\nCusco,2020-01-02,blanca,2\n"
        "TOTAL,,,3\n\nFUENTE: Policía, extraído en 2021, cifras, preliminares, sujetas\n"
        "*Agrupación según la ley, artículo 3\nElaborado: sección\n"
    )
    assert table.footer.tolist() == [False, False, True, False, True, True, True]
    assert table.blank.tolist() == [False, False, False, True, False, False, False]
    assert table.malformed.num_rows == 0
    assert table.cells["Lugar"][4].as_py().startswith("FUENTE: Policía, extraído")


def test_a_short_row_between_the_data_is_not_a_footer(read):
    table = read("a,b,c,d\n1,2,3,4\nNota: x\n1,2,3,4\nLima\n1,2,3,4\n")
    assert not table.footer.any()
    assert malformed_of(table) == [(3, "Nota: x"), (5, "Lima")]


def test_a_broken_last_row_of_data_is_malformed_and_not_a_footer(read):
    table = read("a,b,c,d\n1,2,3,4\n5,6,7,8\n9,10\n")
    assert malformed_of(table) == [(4, "9,10")]


def test_blank_cells_are_null_and_others_stay_as_delivered(read):
    table = read('a,b,c\n" x ",   ,""\n05001,NA,0\n')
    assert rows_of(table) == [(" x ", None, None), ("05001", "NA", "0")]


def test_titles_may_hold_quotes_and_line_breaks(read):
    table = read('"INFORME\n2020",,\n,,\nLugar,Fecha,Casos\nLima,2020,1\n')
    assert (table.header_row, table.rows.tolist()) == (3, [4])
    assert rows_of(table) == [("Lima", "2020", "1")]


def test_the_header_row_may_be_declared(read):
    table = read("Año,Pob,Hom,Tasa\nx,y,z,w\n2015,1,2,3\n", header_row=2)
    assert (table.header, table.rows.tolist()) == (("x", "y", "z", "w"), [3])


@pytest.mark.parametrize("row", [0, 3, 99])
def test_a_declared_header_that_is_not_there_is_refused(read, row):
    with pytest.raises(InputFileError, match=f"row {row} was given as the header"):
        read("a,b\n1,2\n\n", header_row=row)


def test_a_header_alone_is_a_table_without_rows(read):
    table = read("a,b\n")
    assert (table.header, table.rows_delivered) == (("a", "b"), 0)


def test_a_cell_longer_than_a_block_is_read(read):
    long = "x" * 9_000_000
    assert rows_of(read(f"a,b\n1,2\n3,{long}\n5,6\n"))[1] == ("3", long)


def test_many_rows_keep_their_order_and_numbers(read):
    lines = [f"{number},{number % 7}" for number in range(300_000)]
    lines[200_001] = "1,2,3"
    table = read("id,b\n" + "\n".join(lines))
    assert malformed_of(table) == [(200_003, "1,2,3")]
    numbers = table.cells["id"].to_numpy().astype(int)
    assert (numbers + 2 == table.rows).all()


def test_a_torn_last_record_is_malformed_and_never_a_footer(read):
    torn = "R9," + ",".join(["A-SURNAME-OF-SOME-LENGTH"] * 6) + ",2020-01-01,101,f,f"
    lines = ["id,name,date,place"] + [f"R{n},N{n},2020-01-{n:02},101" for n in range(1, 20)]
    table = read("\n".join([*lines, torn, ""]))

    assert malformed_of(table) == [(21, torn)]
    assert not table.footer.any()


def test_a_sentence_with_commas_under_the_table_is_a_footer(read):
    note = "Elaborated with care by the office, with what it had that day, and revised later on"
    lines = ["id,name,date,place"] + [f"R{n},N{n},2020-01-{n:02},101" for n in range(1, 20)]
    table = read("\n".join([*lines, note, ""]))

    assert table.footer.tolist()[-1]
    assert table.malformed.num_rows == 0
