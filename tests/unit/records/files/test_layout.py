"""Where the header is, what columns are called, and which rows are footers."""

from __future__ import annotations

import pytest

from testigo.records.files.layout import (
    find_footers,
    find_header,
    is_note,
    looks_numeric,
    unique_names,
)

TITLES = [["POLICÍA NACIONAL", None, None], [None, None, None], ["HOMICIDIOS 2015", None, None]]
HEADER = ["DEPARTAMENTO", "MUNICIPIO", "CANTIDAD"]
DATA = [["ANTIOQUIA", "AMAGÁ", "1"], ["ANTIOQUIA", "BARBOSA", "2"]]


def footers(tail, typical=3, numeric=()):
    return find_footers(tail, typical, lambda index: index in numeric)


def test_the_header_is_under_the_titles():
    assert find_header([*TITLES, HEADER, *DATA], ()) == 3


def test_expected_names_are_the_strongest_evidence():
    group = ["Lugar", "Lugar de los hechos", "Total"]
    assert find_header([group, HEADER, *DATA], {"municipio", "cantidad"}) == 1


def test_one_expected_word_in_a_title_is_not_a_header():
    rows = [["Homicidios", None, None], ["Lugar", "Fecha", "Casos"], ["Lima", "2020", "1"]]
    assert find_header(rows, {"homicidios", "municipio", "fecha hecho"}) == 1


def test_a_header_with_years_is_a_header():
    assert find_header([["Departamento", "2015", "2016"], ["Lima", "3", "4"]], ()) == 0


def test_repeated_and_empty_names_become_unique():
    given = ["Mes", "Mes", None, "Mes (2)", "  Código\nDANE "]
    assert unique_names(given) == ("Mes", "Mes (2)", "(3)", "Mes (2) (2)", "Código DANE")


def test_total_source_and_signatures_are_footers():
    tail = [
        *DATA,
        ["TOTAL", None, "3"],
        [None, None, None],
        ["FUENTE:    DIJIN-POLICÍA NACIONAL.", None, None],
        ["*Agrupación referente al código de infancia", None, None],
        ["Elaborado: sección de estadística", None, None],
    ]
    assert footers(tail) == [False, False, True, False, True, True, True]


@pytest.mark.parametrize("total", ["TOTAL", "Total general", "Gran total", "Totales", "TOTAL "])
def test_a_total_over_many_columns_is_a_footer(total):
    tail = [["Sonora", "3", "4", "5"], [total, "13", "1.204", "15,5"]]
    assert footers(tail, typical=4) == [False, True]


@pytest.mark.parametrize(
    "row",
    [
        ["TOTAL", "AMAGÁ", "1"],  # a text beside it: a record
        ["Totalco", "3", "4"],
        ["Colima", None, None],  # a place without data yet
        ["Fuente de Oro", None, "4"],
        ["Corte de caja", "x", "4"],
        ["Notaría", None, "2"],
    ],
)
def test_a_row_of_data_is_never_a_footer(row):
    assert footers([*DATA, row]) == [False, False, False]


def test_notes_between_the_data_are_not_footers():
    assert footers([["FUENTE: x", None, None], *DATA]) == [False, False, False]


def test_blank_rows_alone_are_not_footers():
    assert footers([*DATA, [None] * 3, [None] * 3]) == [False] * 4


def test_text_under_a_column_of_numbers_is_a_note():
    tail = [["2015", "3", "4"], ["GROUP BY year", None, None]]
    assert footers(tail, numeric={0}) == [False, True]


def test_a_date_is_not_a_footnote_mark():
    assert not is_note("1/05/2020")
    assert is_note("1/ Cifras preliminares")


def test_numbers_codes_and_dates_look_numeric():
    assert looks_numeric(["05001", "12,5", "2020-01-01", "-3"])
    assert not looks_numeric(["Lima", "3"])
    assert not looks_numeric([])
