"""Bare numbers become dates only where their column bears them out."""

from __future__ import annotations

import pytest

from testigo.records import read_dates


def said(*texts):
    readings = read_dates(texts)
    return [str(one.first) if one.problem is None else one.problem.value for one in readings]


@pytest.mark.parametrize("text", ["190212", "12020", "2020.5", "79999"])
def test_a_bare_number_that_is_hardly_a_date_is_refused(text):
    assert said(text) == ["date_not_understood"]
    assert said(text, "2020-01-05", "2020-02-05")[0] == "date_not_understood"


def test_a_column_of_day_numbers_or_months_is_read():
    assert said("43532", "43533.75") == ["2019-03-08", "2019-03-09"]
    assert said("202003", "202004") == ["2020-03-01", "2020-04-01"]
    assert said("2020.03", "2020.10") == ["2020-03-01", "2020-10-01"]


def test_day_numbers_beside_dates_of_their_years_are_read():
    assert said("08/03/2019", "25/12/2019", "43532")[2] == "2019-03-08"


def test_a_number_whose_year_does_not_follow_from_the_others_is_refused():
    assert said("31122", "2022-12-03", "2022-12-04")[0] == "date_not_understood"
    assert said("43532", "43533", "43534", "31122")[3] == "date_not_understood"
    assert said("31122", "150222", "40122") == ["date_not_understood"] * 3


def test_each_file_of_a_source_speaks_for_itself(take_in, reasons):
    header = "date,dept,town,count\n"
    rows = "".join(f"{44300 + day},Antioquia,Amagá,1\n" for day in range(30))
    iso = "".join(f"2019-01-{day},Antioquia,Amagá,1\n" for day in range(10, 31))

    found = take_in({"a.csv": header + iso + "12020,Antioquia,Amagá,1\n", "b.csv": header + rows})

    assert reasons(found) == {23: "date_not_understood"}
    assert found.accepted.num_rows == 51


def test_years_of_two_digits_may_end_the_century(take_in):
    text = (
        "year,dept,town,count\n98,Antioquia,Amagá,1\n99,Antioquia,Amagá,1\n00,Antioquia,Amagá,1\n"
    )
    columns = {"year": "year", "area_name": "town", "value": "count"}

    found = take_in(text, columns=columns)

    assert [one.year for one in found.accepted["date"].to_pylist()] == [1998, 1999, 2000]


def test_beside_years_of_four_digits_99_and_00_are_unknown(take_in):
    text = "".join(f"{year},Amagá\n" for year in ("1999", "99", "00", "0", "9999", "0000"))
    columns = {"year": "year", "area_name": "town"}

    found = take_in(f"year,town\n{text}", columns=columns, kind="records")

    assert [str(one)[:4] for one in found.accepted["date"].to_pylist()] == ["1999", *["None"] * 5]
