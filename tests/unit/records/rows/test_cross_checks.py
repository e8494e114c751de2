from __future__ import annotations

from datetime import date, timedelta

DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
COLUMNS = {"date": "date", "area_name": "town"}


def rows_of(year, shift=0):
    """Every tenth day of a year, with the weekday of the year that it was."""
    for number in range(36):
        day = date(year, 1, 1) + timedelta(days=10 * number)
        yield day, DAYS[day.replace(year=year + shift).weekday()]


def test_a_weekday_that_contradicts_its_date_is_flagged(take_in, flags):
    text = "date,town,day\n2020-01-01,Cali,miércoles\n2020-01-01,Cali,Lunes\n2020-01,Cali,lunes\n"

    found = take_in(text, columns=COLUMNS | {"weekday": "day"}, kind="records")

    assert flags(found) == {(3, "weekday_contradicts_date", "day")}
    assert found.accepted.num_rows == 3


def test_a_misspelled_weekday_is_flagged_and_still_compared(take_in, flags):
    text = "date,town,day\n2020-01-01,Cali,Mircoles\n2020-01-01,Cali,Juees\n2020-01-01,Cali,ND\n"

    found = take_in(text, columns=COLUMNS | {"weekday": "day"}, kind="records")

    assert flags(found) == {
        (2, "weekday_misspelled", "day"),
        (3, "weekday_misspelled", "day"),
        (3, "weekday_contradicts_date", "day"),
    }


def test_a_changed_year_is_found_by_the_weekdays(take_in):
    lines = [f"{day},Cali,{weekday}" for day, weekday in rows_of(2021, shift=-6)]
    text = "date,town,day\n" + "\n".join(lines) + "\n"

    found = take_in(text, columns=COLUMNS | {"weekday": "day"}, kind="records")

    note = str(found.notes[0])
    assert note.startswith("100.0% of the days of the week contradict the dates.")
    assert "The delivery says 2021; the weekdays fit 2009, 2015, 2026." in note


def test_ages_and_birth_years_say_which_year_it_was(take_in, flags):
    lines = [f"{day},Cali,{weekday},30,1985" for day, weekday in rows_of(2021, shift=-6)]
    text = "date,town,day,age,born\n" + "\n".join(lines) + "\n"
    columns = COLUMNS | {"weekday": "day", "age": "age", "birth_year": "born"}

    found = take_in(text, columns=columns, kind="records")

    assert "ages and years of birth fit 2015." in str(found.notes[0])
    assert {reason for _, reason, _ in flags(found)} == {
        "weekday_contradicts_date",
        "age_contradicts_birth_year",
    }


def test_weekdays_that_fit_no_year_are_told_too(take_in):
    lines = [f"{day},Cali,lunes" for day, _ in rows_of(2021) if day.weekday() != 0]
    text = "date,town,day\n" + "\n".join(lines) + "\n"

    found = take_in(text, columns=COLUMNS | {"weekday": "day"}, kind="records")

    assert "no other year fits them" in str(found.notes[0])


def test_right_weekdays_need_no_note(take_in):
    lines = [f"{day},Cali,{weekday}" for day, weekday in rows_of(2021)]
    text = "date,town,day\n" + "\n".join(lines) + "\n"

    assert take_in(text, columns=COLUMNS | {"weekday": "day"}, kind="records").notes == ()


def test_year_and_month_columns_that_contradict_the_date_are_flagged(take_in, flags):
    text = "date,town,y,m\n2020-03-01,Cali,2020,3\n2020-03-01,Cali,2019,Abril\n2020,Cali,2020,5\n"

    found = take_in(text, columns=COLUMNS | {"year": "y", "month": "m"}, kind="records")

    assert flags(found) == {
        (3, "year_contradicts_date", "y"),
        (3, "month_contradicts_date", "m"),
    }


def test_the_order_of_event_death_and_registration_is_checked(take_in, flags):
    text = (
        "date,town,died,written\n"
        "2020-03-10,Cali,2020-03-12,2020-03-13\n"
        "2020-03-10,Cali,2020-03-09,2020-03-01\n"
        "2020-03-10,Cali,2020-03,2020\n"
        ",Cali,2020-03-01,2020-02-01\n"
    )
    columns = COLUMNS | {"death_date": "died", "registration_date": "written"}

    found = take_in(text, columns=columns, kind="records")

    assert flags(found) == {
        (3, "death_before_event", "died"),
        (3, "event_after_registration", "date"),
    }


def test_birth_years_that_cannot_be_are_told_apart_from_contradictions(take_in, flags):
    text = (
        "date,town,age,born\n2015-06-01,Cali,30,1985\n2015-06-01,Cali,30,1984\n"
        "2015-06-01,Cali,30,85\n2015-06-01,Cali,30,2030\n2015-06-01,Cali,30,1975\n"
    )
    columns = COLUMNS | {"age": "age", "birth_year": "born"}

    found = take_in(text, columns=columns, kind="records")

    assert flags(found) == {
        (4, "birth_year_implausible", "born"),
        (5, "birth_year_implausible", "born"),
        (6, "age_contradicts_birth_year", "born"),
    }
