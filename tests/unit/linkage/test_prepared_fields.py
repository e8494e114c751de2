"""Dates, ages, places, weapons and spellings, as they are compared."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from testigo.linkage.ages import age_bounds
from testigo.linkage.dates import date_bounds
from testigo.linkage.place_texts import place_words
from testigo.linkage.preparation import prepare_records
from testigo.linkage.spelling_keys import shape_key, sound_key
from testigo.linkage.weapons import weapon_class

EPOCH = dt.date(1970, 1, 1)


def days(*dates: str | None) -> list[int | None]:
    return [None if day is None else (dt.date.fromisoformat(day) - EPOCH).days for day in dates]


def test_a_date_is_as_wide_as_it_is_vague() -> None:
    first = pa.array([dt.date(2021, 2, 1)] * 3 + [dt.date(2021, 1, 1), None])
    precision = pa.array(["day", "month", None, "year", "unknown"])

    bounds = date_bounds(first, precision, pa.nulls(5, pa.date32()))

    assert bounds["day_low"].to_pylist() == days(
        "2021-02-01", "2021-02-01", "2021-02-01", "2021-01-01", None
    )
    assert bounds["day_high"].to_pylist() == days(
        "2021-02-01", "2021-02-28", "2021-02-01", "2021-12-31", None
    )
    assert bounds["day"].to_pylist() == days("2021-02-01", None, "2021-02-01", None, None)


def test_the_day_of_death_stands_in_for_an_unknown_date() -> None:
    nothing = pa.nulls(1, pa.date32())
    death = pa.array([dt.date(2021, 2, 3)])

    assert date_bounds(nothing, pa.array(["unknown"]), death)["day"].to_pylist() == days(
        "2021-02-03"
    )


def test_an_age_group_is_a_range_and_an_age_wins_over_it() -> None:
    bounds = age_bounds(pa.array([None, 17, None, None]), pa.array(["15-19", "15-19", "85+", "?"]))

    assert bounds["age_low"].to_pylist() == [15, 17, 85, None]
    assert bounds["age_high"].to_pylist() == [19, 17, 110, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Barrio La Floresta, calle 17", "BR. FLORESTA CLL 17"),
        ("Cra 5 # 12-30", "carrera 5 No. 12 30"),
        ("123 Main Street", "123 Main St."),
    ],
)
def test_place_texts_that_say_the_same(one: str, other: str) -> None:
    assert place_words(one) == place_words(other) != ""


@pytest.mark.parametrize("text", ["Sin información", "no disponible", "ND", "", None])
def test_place_texts_that_say_nothing(text: str | None) -> None:
    assert place_words(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A. FUEGO", "firearm"), ("Proyectil arma de fuego", "firearm"), ("a tiros", "firearm"),
        ("Gunshot", "firearm"), ("ARMA BLANCA", "blade"), ("Cortopunzante", "blade"),
        ("a machetazos", "blade"), ("X994", "blade"), ("X950", "firearm"), ("golpes", "blunt"),
        ("ahorcado", "strangling"), ("Vehicle", "vehicle"), ("veneno", "other"),
        ("Sin especificar", None), ("No reportado", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_weapons_become_classes(text: str | None, expected: str | None) -> None:
    assert weapon_class(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("jimenez", "gimenes"), ("velasquez", "belazques"), ("yanez", "llanes"),
     ("hernandez", "ernandes"), ("quiroga", "kiroga")],
)  # fmt: skip
def test_spellings_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(("one", "other"), [("barnes", "bames"), ("luna", "lnua"), ("sol", "soi")])
def test_what_a_scanner_confuses_shares_a_key(one: str, other: str) -> None:
    assert shape_key(one) == shape_key(other)


def test_columns_that_a_list_lacks_are_unknown_and_never_equal() -> None:
    prepared = prepare_records(pa.table({"source": ["police", "press"]}))

    filled = {
        name
        for name in prepared.column_names
        if prepared[name].null_count < 2 and name not in {"list", "region"}
    }
    assert filled == set()
