from __future__ import annotations

import pytest

from testigo.core import Area, AreaCatalogue, InputFileError
from testigo.estimation import read_population

COLUMNS = {"area": "code", "year": "year", "value": "people"}


@pytest.fixture
def read(tmp_path, catalogue):
    """Write a CSV and read it as a population series."""

    def make(text: str, *, columns=COLUMNS, catalogue=catalogue, **changes):
        path = tmp_path / "population.csv"
        path.write_text(text, encoding="utf-8")
        return read_population(
            path, series="census", columns=columns, catalogue=catalogue, **changes
        )

    return make


def residents(table, **wanted):
    wanted = {"sex": "all", "age_group": "all"} | wanted
    return {
        (row["area"], row["year"]): row["population"]
        for row in table.to_pylist()
        if all(row[name] == value for name, value in wanted.items())
    }


def known(table, area, year):
    (share,) = {
        row["known_share"]
        for row in table.to_pylist()
        if (row["area"], row["year"]) == (area, year)
    }
    return share


def test_parents_and_the_whole_are_sums_of_their_areas(read):
    table = read("code,year,people\n0101,2010,100\n0102,2010,50\n0201,2010,7\n")

    assert residents(table) == {
        ("0101", 2010): 100,
        ("0102", 2010): 50,
        ("0201", 2010): 7,
        ("01", 2010): 150,
        ("02", 2010): 7,
        ("XX", 2010): 157,
    }
    basis = {row["area"]: row["basis"] for row in table.to_pylist()}
    assert (basis["0101"], basis["01"], basis["XX"]) == ("given", "sum", "sum")
    assert {row["known_share"] for row in table.to_pylist()} == {1.0}


def test_what_the_series_prints_is_used_as_it_is(read):
    table = read("code,year,people\n0101,2010,100\n0102,2010,50\n01,2010,160\n02,2010,7\n")

    assert residents(table)[("01", 2010)] == 160
    assert residents(table)[("XX", 2010)] == 167


def test_a_series_of_parents_serves_parents_and_the_whole(read):
    table = read("state,year,people\n1,2010,150\n2,2010,7\n",
                 columns={"parent": "state", "year": "year", "value": "people"})  # fmt: skip

    assert residents(table) == {("01", 2010): 150, ("02", 2010): 7, ("XX", 2010): 157}


def test_a_series_of_the_whole_needs_no_place(read):
    table = read("year,people\n2010,157\n", columns={"year": "year", "value": "people"})

    assert residents(table) == {("XX", 2010): 157}


def test_places_are_found_by_code_by_number_and_by_name(read):
    table = read("code,year,people\n101,2010,100\nLUGAR 0102,2010,50\nEstado 02,2010,7\n")

    assert set(residents(table)) == {(area, 2010) for area in ("0101", "0102", "01", "02", "XX")}


def test_a_monthly_series_gives_the_month_asked_for(read):
    text = "code,date,people\n0101,2010-06-01,1\n0101,2010-07-01,2\n0101,01/12/2010,3\n"
    columns = {"area": "code", "date": "date", "value": "people"}

    assert residents(read(text, columns=columns))[("0101", 2010)] == 2
    assert residents(read(text, columns=columns, month=12))[("0101", 2010)] == 3


@pytest.mark.parametrize(
    ("june", "july"),
    [
        ("jun-2010", "jul-2010"),
        ("junio de 2010", "julio de 2010"),
        ("2010-06", "2010-07"),
        ("01/06/2010", "01/07/2010"),  # first days of months, so that the day comes first
        ("6/1/2010", "7/1/2010"),  # the month comes first
        ("30/06/2010", "31/07/2010"),
        ("2010-06-30 00:00:00", "2010-07-31 00:00:00"),
    ],
)
def test_months_are_read_as_deliveries_write_them(june, july, read):
    text = f"code,date,people\n0101,{june},1\n0101,{july},2\n"
    columns = {"area": "code", "date": "date", "value": "people"}

    assert residents(read(text, columns=columns))[("0101", 2010)] == 2


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("2010-07-01", "hoy"), "row 3, column 'date': 'hoy' is not a date"),
        (("2010-07-01", "2010-13-01"), "row 3, column 'date': '2010-13-01' is not a date"),
        (("03/07/2010", "07/03/2010"), "row 2, column 'date': '03/07/2010' may be two dates"),
        (("2010-07-01", "2010"), "row 3, column 'date': '2010' tells no month"),
        (("2010-07-01", ""), "row 3, column 'date': is blank"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_with_its_row(dates, told, read):
    text = "code,date,people\n" + "".join(f"0101,{each},1\n" for each in dates)
    columns = {"area": "code", "date": "date", "value": "people"}

    with pytest.raises(InputFileError, match=told):
        read(text, columns=columns)


def test_years_are_read_as_deliveries_write_them(read):
    table = read('code,year,people\n0101,"2,010",100\n0102,2010.0,50\n')

    assert residents(table)[("01", 2010)] == 150
    with pytest.raises(InputFileError, match="row 2, column 'year': 'MMX' is not a year"):
        read("code,year,people\n0101,MMX,5\n")


def test_sexes_and_ages_are_added_up_where_no_total_is_printed(read):
    columns = COLUMNS | {"sex": "sex", "age_group": "age"}
    table = read(
        "code,year,sex,age,people\n"
        "0201,2010,Hombre,0-14 años,10\n0201,2010,Hombre,15 y más,20\n"
        "0201,2010,Mujer,0-14 años,30\n0201,2010,Mujer,15 y más,40\n"
        "0201,2010,Mujer,No especificado,5\n",
        columns=columns,
    )

    assert residents(table)[("02", 2010)] == 105
    assert residents(table, sex="female")[("02", 2010)] == 75
    assert residents(table, sex="male")[("02", 2010)] == 30
    assert residents(table, age_group="0-14")[("02", 2010)] == 40
    assert residents(table, age_group="15+")[("02", 2010)] == 60
    assert residents(table, age_group="unknown")[("02", 2010)] == 5


def test_printed_totals_are_not_added_to_their_parts(read):
    table = read(
        "code,year,sex,people\n0201,2010,Total,100\n0201,2010,Hombre,48\n0201,2010,Mujer,51\n",
        columns=COLUMNS | {"sex": "sex"},
    )

    assert residents(table)[("0201", 2010)] == 100
    assert residents(table, sex="female")[("0201", 2010)] == 51


def test_one_sex_alone_is_not_everybody(read):
    table = read("code,year,sex,people\n0201,2010,Mujer,51\n", columns=COLUMNS | {"sex": "sex"})

    assert residents(table) == {}
    assert residents(table, sex="female")[("0201", 2010)] == 51


def test_keep_chooses_the_rows_that_count(read):
    table = read(
        "code,year,variant,people\n0201,2010,Media,100\n0201,2010,Alta,120\n",
        keep={"variant": ("media",)},
    )

    assert residents(table)[("0201", 2010)] == 100


def test_an_area_that_is_lost_makes_the_sum_incomplete(read):
    table = read(
        "code,year,people\n0101,2000,60\n0102,2000,40\n0101,2010,60\n0102,2010,\n0201,2000,5\n"
        "0201,2010,5\n"
    )

    assert known(table, "01", 2000) == 1
    assert known(table, "01", 2010) == pytest.approx(60 / 100)
    assert known(table, "XX", 2010) == pytest.approx(65 / 105)


def test_an_area_founded_later_does_not(read):
    table = read("code,year,people\n0101,2000,60\n0101,2010,60\n0102,2010,40\n")

    assert known(table, "01", 2000) == 1


def test_a_whole_without_one_of_its_parents_is_incomplete(read):
    table = read("code,year,people\n0101,2000,60\n0102,2000,40\n")

    assert known(table, "01", 2000) == 1
    assert known(table, "XX", 2000) == pytest.approx(1 / 2)


def test_residents_of_an_unnamed_area_count_in_its_parent(read):
    """Chiapas 1995: fifteen municipalities stand as "other municipalities", code 07998."""
    table = read(
        "code,state,year,people\n0101,01,1990,60\n0102,01,1990,40\n"
        "0101,01,1995,66\n0198,01,1995,44\n",
        columns=COLUMNS | {"parent": "state"},
    )

    assert residents(table)[("01", 1995)] == 110
    assert known(table, "01", 1995) == 1
    assert ("0198", 1995) not in residents(table)
    basis = {(row["area"], row["year"]): row["basis"] for row in table.to_pylist()}
    assert (basis["01", 1990], basis["01", 1995]) == ("sum", "sum_unnamed")


def test_without_a_catalogue_the_texts_are_the_areas(read):
    opened = AreaCatalogue({"total": Area("total", "Total", "whole", None)}, closed=False)
    table = read("code,year,people\nNorte,2010,100\nSur,2010,50\n", catalogue=opened)

    assert residents(table) == {("Norte", 2010): 100, ("Sur", 2010): 50, ("total", 2010): 150}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code,year,people\n0101,2010,many\n", "row 2, column 'people': 'many' is not a count"),
        ("code,year,people\n0101,2010,5\n0101,2011,-5\n", "row 3, column 'people': '-5'"),
        ("code,year,people\n0101,this year,5\n", "row 2, column 'year': 'this year' is not a year"),
        ("code,year,people\n0101,2010,5\n0909,2010,5\n", r"'0909' \(3\)"),
        ("code,year,people\n0101,2010,5\n0102,2010,6\n0101,2010,7\n", "rows 2 and 4 both give"),
        ("code,year,persons\n0101,2010,5\n", "there is no column 'people'.*\n.*persons"),
        ("code,year,people\n0101,2010,\n", "no row is left"),
        ("code,year,people\n", "no rows|empty"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_the_place(text, told, read):
    with pytest.raises(InputFileError, match=told):
        read(text)


@pytest.mark.parametrize(
    ("columns", "text", "told"),
    [
        ({"sex": "sex"}, "code,year,sex,people\n0101,2010,tall,5\n", "'tall' is neither a sex"),
        ({"age_group": "age"}, "code,year,age,people\n0101,2010,old,5\n", "'old' is neither"),
    ],
)
def test_a_sex_or_an_age_that_cannot_be_read_is_refused(columns, text, told, read):
    with pytest.raises(InputFileError, match=told):
        read(text, columns=COLUMNS | columns)


def test_a_missing_date_is_refused(read):
    with pytest.raises(InputFileError, match="row 2, column 'date': 'soon' is not a date"):
        read(
            "code,date,people\n0101,soon,5\n",
            columns={"area": "code", "date": "date", "value": "people"},
        )


def test_a_file_that_changed_since_it_was_looked_at_is_refused(read):
    with pytest.raises(InputFileError, match="changed"):
        read("code,year,people\n0101,2010,5\n", sha256="0" * 64)


def test_a_series_without_a_header_names_nobody(read):
    with pytest.raises(InputFileError) as caught:
        read("0101,ANA RUIZ,5\n0102,JUAN PEREZ,6\n")

    assert "RUIZ" not in caught.value.in_language("es")
