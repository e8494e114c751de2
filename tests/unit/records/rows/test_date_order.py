from __future__ import annotations

from datetime import date, timedelta

from testigo.records.rows.date_order import decide_order

AMBIGUOUS = [(3, 4, 2020), (5, 6, 2020), (7, 8, 2020)]


def test_a_day_above_twelve_decides():
    assert decide_order([*AMBIGUOUS, (25, 12, 2020)]).order == "dmy"
    assert decide_order([*AMBIGUOUS, (12, 25, 2020)]).order == "mdy"


def test_a_few_slips_do_not_overturn_what_all_others_say():
    dates = [(1 + month, day, 2021) for month in range(12) for day in range(13, 20)]

    assert decide_order([*dates, (13, 12, 2021), (30, 1, 2021)]).order == "mdy"


def test_a_delivery_that_mixes_both_orders_is_not_decided():
    assert decide_order([(25, 12, 2020), (12, 25, 2020), (3, 4, 2020)]).order is None


def test_weekdays_beside_the_dates_decide():
    weekdays = [(parts, date(parts[2], parts[1], parts[0]).weekday()) for parts in AMBIGUOUS]

    assert decide_order(AMBIGUOUS, weekdays=weekdays).order == "dmy"
    assert decide_order(AMBIGUOUS, weekdays=weekdays).decided_by == "weekdays"


def test_two_weekdays_may_agree_by_chance_and_decide_nothing():
    weekdays = [(parts, date(parts[2], parts[1], parts[0]).weekday()) for parts in AMBIGUOUS[:2]]

    assert decide_order(AMBIGUOUS[:2], weekdays=weekdays).order is None


def test_a_column_of_months_decides():
    assert decide_order(AMBIGUOUS, months=[((3, 4, 2020), 3)]).order == "mdy"


def test_the_order_that_fills_a_gap_decides():
    year = {date(2019, 1, 1) + timedelta(days=day) for day in range(365)}

    decision = decide_order([(8, 3, 2019)], known_days=year - {date(2019, 3, 8)})

    assert (decision.order, decision.decided_by) == ("dmy", "gap")


def test_a_gap_that_both_orders_fill_decides_nothing():
    year = {date(2019, 1, 1) + timedelta(days=day) for day in range(365)}

    known = year - {date(2019, 3, 8), date(2019, 8, 3)}

    assert decide_order([(8, 3, 2019)], known_days=known).order is None


def test_nothing_decides_nothing():
    assert decide_order(AMBIGUOUS).order is None
    assert decide_order([]).order is None
