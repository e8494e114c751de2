"""Periods: written, read, refused, ordered."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.core import Period, UsageError


@pytest.mark.parametrize(
    ("text", "length", "days"),
    [
        ("2020", "year", 366),
        ("2021", "year", 365),
        ("2020-02", "month", 29),
        ("2020-02-29", "day", 1),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, length: str, days: int) -> None:
    period = Period.parse(f" {text} ")

    assert (str(period), period.length, period.days) == (text, length, days)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hoy",
        "20",
        "2020-13",
        "2020-00",
        "2020-03-00",
        "2021-02-29",
        "0000",
        "2020/03",
        "2020-3",
        "2020-03-15T10:00",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_allowed(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        Period.parse(text)

    assert repr(text) in str(refused.value)
    assert "2020-03-15" in str(refused.value)


def test_a_december_ends_on_its_last_day() -> None:
    assert Period.parse("2020-12").last == date(2020, 12, 31)


def test_first_and_last_day_are_inside() -> None:
    year = Period.parse("2020")

    assert date(2020, 1, 1) in year
    assert date(2020, 12, 31) in year
    assert date(2021, 1, 1) not in year


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_in_its_month_and_its_year(day: date) -> None:
    text = day.isoformat()

    assert all(day in Period.parse(text[:size]) for size in (4, 7, 10))
    assert str(Period.parse(text)) == text


def test_periods_stand_in_the_order_of_time() -> None:
    texts = ["2019-12", "2020-02", "2021"]

    assert [str(period) for period in sorted(map(Period.parse, reversed(texts)))] == texts
