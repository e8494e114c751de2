from __future__ import annotations

from datetime import date

import pytest

from testigo.records.rows.dates import compose_date, full_year, numeric_parts, read_date

MARCH = date(2019, 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-08",
        "2019-03-08 00:00:00",
        "2019-03-08T13:45:10.5Z",
        "2019/3/8 6:00 p. m.",
        "20190308",
        "43532",
        "43532.75",
        "8 de marzo de 2019",
        "viernes, 8 de marzo del 2019",
        "8-mar-19",
        "08-Mar-2019",
        "March 8th, 2019",
        "Mar 8 2019",
        "2019-mar-08",
    ],
)
def test_a_day_is_read_in_every_form(text):
    reading = read_date(text)

    assert (reading.first, reading.precision, reading.problem) == (MARCH, "day", None)


@pytest.mark.parametrize(("order", "day"), [("dmy", MARCH), ("mdy", date(2019, 8, 3))])
@pytest.mark.parametrize("text", ["08/03/2019", "8-3-19", "08.03.2019 12:00:00 AM", "08032019"])
def test_the_order_decides_where_only_numbers_stand(text, order, day):
    assert read_date(text, order).first == day
    assert read_date(text).problem == "date_ambiguous"


def test_a_year_in_two_digits_may_come_first_when_said():
    assert read_date("19/03/08", "ymd").first == MARCH


@pytest.mark.parametrize(
    ("text", "first"),
    [("25/12/2020", date(2020, 12, 25)), ("12/25/2020", date(2020, 12, 25)), ("3/3/69", None)],
)
def test_what_can_be_read_in_one_way_needs_no_order(text, first):
    assert read_date(text).first == (first or date(1969, 3, 3))


@pytest.mark.parametrize(
    ("text", "precision", "first"),
    [
        ("2019-03", "month", date(2019, 3, 1)),
        ("03/2019", "month", date(2019, 3, 1)),
        ("201903", "month", date(2019, 3, 1)),
        ("marzo de 2019", "month", date(2019, 3, 1)),
        ("mar-19", "month", date(2019, 3, 1)),
        ("2019 marzo", "month", date(2019, 3, 1)),
        ("2019-03-00", "month", date(2019, 3, 1)),
        ("2019", "year", date(2019, 1, 1)),
        ("2019.0", "year", date(2019, 1, 1)),
        ("99/99/2019", "year", date(2019, 1, 1)),
        ("0000-00-00", "unknown", None),
        ("9999-12-31", "unknown", None),
    ],
)
def test_a_date_is_never_more_exact_than_written(text, precision, first):
    reading = read_date(text)

    assert (reading.precision, reading.first, reading.problem) == (precision, first, None)


@pytest.mark.parametrize(
    "text", ["31/02/2020", "2020-13-01", "13/13/2020", "29-02-2019", "1066-10-14", "32/01/2020"]
)
def test_no_such_day(text):
    assert read_date(text).problem == "date_impossible"


@pytest.mark.parametrize(
    "text", ["TOTAL", "12", "1.5", "3 de marzo", "8 de marzu de 2019", "a/b/c"]
)
def test_not_a_date(text):
    assert read_date(text).problem == "date_not_understood"


def test_a_damaged_time_leaves_the_date():
    reading = read_date("12/25/2021 12:00:00 MM")

    assert reading.first == date(2021, 12, 25)
    assert reading.time_damaged
    assert not read_date("12/25/2021 12:00:00 AM").time_damaged


@pytest.mark.parametrize(
    ("text", "parts"),
    [("08/03/19", (8, 3, 2019)), ("2019-03-08", None), ("8 mar 2019", None), ("2019", None)],
)
def test_only_dates_in_numbers_with_the_year_last_have_an_order(text, parts):
    assert numeric_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "year"),
    [("2020", 2020), ("2020.0", 2020), ("2,020", 2020), ("98", 1998), ("05", 2005), ("MMXX", None)],
)
def test_a_year_is_completed(text, year):
    assert full_year(text) == year


def test_columns_of_parts_make_a_date():
    assert compose_date(2020, 2, 29).first == date(2020, 2, 29)
    assert compose_date(2020, None, 3).precision == "year"
    assert compose_date(None, 2, 3).precision == "unknown"
    assert compose_date(2021, 2, 29).problem == "date_impossible"
