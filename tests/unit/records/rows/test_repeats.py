from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

HEADER = "date,dept,town,count,what\n"
TOWNS = ("Antioquia,Amagá", "Antioquia,Copacabana", "Antioquia,Medellín", "Valle,Cali")


def day(text, rows=8):
    """Different rows of one day."""
    return [f"{text},{TOWNS[number % 4]},{number // 4 + 1},w{number}" for number in range(rows)]


def days(first, number, rows=8):
    return [
        line
        for step in range(number)
        for line in day((first + timedelta(days=step)).isoformat(), rows)
    ]


def text_of(lines):
    return HEADER + "\n".join(lines) + "\n"


def test_a_day_delivered_twice_is_counted_once(take_in, reasons):
    lines = [*day("2020-04-21"), *day("2020-04-22"), *day("2020-04-21")]

    found = take_in(text_of(lines))

    assert found.deliveries["rows_excluded"].to_pylist() == [8]
    assert set(reasons(found)) == set(range(18, 26))
    assert set(reasons(found).values()) == {"day_repeated"}
    assert any("1 days between 2020-04-21" in str(note) for note in found.notes)


def test_a_day_delivered_four_times_is_counted_once(take_in):
    found = take_in(text_of(day("2020-08-01") * 4 + day("2020-08-02")))

    assert found.accepted.num_rows == 16


def test_real_repeats_inside_a_repeated_day_are_kept_and_flagged(take_in, flags):
    once = [*day("2020-04-21"), day("2020-04-21")[0]]

    found = take_in(text_of(once * 2 + day("2020-04-22")))

    assert found.accepted.num_rows == 9 + 8
    assert flags(found) == {(10, "row_repeated_kept", "")}


def test_isolated_repeats_are_kept_and_flagged(take_in, flags):
    lines = [*day("2020-04-21"), day("2020-04-21")[0], *day("2020-04-22")]

    found = take_in(text_of(lines))

    assert found.accepted.num_rows == 17
    assert flags(found) == {(10, "row_repeated_kept", "")}


@pytest.mark.parametrize(("policy", "rows", "told"), [("exclude", 16, 1), ("keep", 17, 0)])
def test_the_office_may_decide_about_isolated_repeats(take_in, policy, rows, told):
    lines = [*day("2020-04-21"), day("2020-04-21")[0], *day("2020-04-22")]

    found = take_in(text_of(lines), repeated_rows=policy)

    assert found.accepted.num_rows == rows
    assert found.set_aside["reason"].to_pylist() == ["row_repeated"] * told
    assert found.flags.num_rows == 0


def test_repeats_that_the_office_keeps_are_no_repeated_days(take_in):
    assert take_in(text_of(day("2020-04-21") * 2), repeated_rows="keep").accepted.num_rows == 16


def test_a_small_day_may_repeat_by_chance(take_in, flags):
    """One town and one row a day: two equal rows are two people."""
    lines = [*days(date(2020, 1, 1), 28, rows=1)]

    found = take_in(text_of(lines + lines[::3]))

    assert found.accepted.num_rows == 38
    assert len(flags(found)) == 10


def test_a_whole_file_of_small_days_twice_is_beyond_chance(take_in):
    lines = days(date(2020, 1, 1), 60, rows=1)

    found = take_in(text_of(lines * 2))

    assert found.accepted.num_rows == 60
    assert set(found.set_aside["reason"].to_pylist()) == {"day_repeated"}


def test_a_day_is_found_in_two_files(take_in):
    files = {
        "20.csv": text_of([*day("2020-04-20"), *day("2020-04-21")]),
        "21.csv": text_of([*day("2020-04-21"), *day("2020-04-22")]),
    }

    found = take_in(files)

    assert found.accepted.num_rows == 24
    assert set(found.set_aside["file"].to_pylist()) == {"sources/21.csv"}


def test_a_month_delivered_twice_is_a_repeated_period(take_in):
    found = take_in(text_of([*day("2020-04"), *day("2020-05"), *day("2020-04")]))

    assert set(found.set_aside["reason"].to_pylist()) == {"period_repeated"}
    assert found.accepted.num_rows == 16


def test_a_column_that_only_numbers_the_rows_does_not_tell_them_apart(take_in):
    lines = [*day("2020-04-21"), *day("2020-04-22"), *day("2020-04-21")]
    numbered = [f"{line},{number}" for number, line in enumerate(lines, start=1)]

    found = take_in("date,dept,town,count,what,nr\n" + "\n".join(numbered) + "\n")

    assert found.accepted.num_rows == 16


def test_an_unmapped_column_tells_rows_apart(take_in):
    lines = [f"2020-04-21,Valle,Cali,1,{weapon}" for weapon in ("gun", "knife")]

    assert take_in(text_of(lines)).flags.num_rows == 0


def test_repeats_do_not_depend_on_the_order_of_rows(take_in):
    lines = [*days(date(2020, 4, 1), 5), *day("2020-04-03"), day("2020-04-05")[2]]
    shuffled = random.Random(7).sample(lines, len(lines))  # noqa: S311  # no secret

    kept = [
        take_in(text_of(each)).accepted.select(["date", "area", "count"]).to_pylist()
        for each in (lines, shuffled)
    ]

    assert sorted(map(str, kept[0])) == sorted(map(str, kept[1]))


RECORDS = {"id": "id", "date": "date", "area_name": "town"}


def test_the_same_record_twice_is_counted_once(take_in, reasons):
    text = "id,date,town,arma\n1,2020-01-01,Cali,x\n2,2020-01-01,Cali,x\n1,2020-01-01,Cali,x\n"

    assert reasons(take_in(text, columns=RECORDS, kind="records")) == {4: "record_repeated"}


def test_one_identifier_with_two_contents_waits_for_a_mend(take_in, reasons):
    text = (
        "id,date,town,arma\n1,2020-01-01,Cali,x\n1,2020-01-01,Cali,y\n2,2020-01-01,Cali,x\n"
        "1,2020-01-01,Cali,x\n"
    )

    found = take_in(text, columns=RECORDS, kind="records")

    assert reasons(found) == {
        2: "identifier_conflict",
        3: "identifier_conflict",
        5: "record_repeated",
    }


def test_rows_without_identifier_are_different_people(take_in, flags):
    text = "id,date,town,arma\n,2020-01-01,Cali,x\n,2020-01-01,Cali,x\nS/D,2020-01-01,Cali,x\n"

    found = take_in(text, columns=RECORDS, kind="records")

    assert found.accepted.num_rows == 3
    assert flags(found) == {(3, "row_repeated_kept", "")}
