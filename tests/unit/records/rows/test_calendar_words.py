from __future__ import annotations

import pytest

from testigo.records.rows.calendar_words import month_number, read_weekday

# every spelling of the Colombian teaching file that is not a plain name
MISSPELLED = {
    0: "lune Luns Lumes kunes Lnues",
    1: "Mates Marte mates Maryes Msrtes",
    2: "Miwrcoles Mircoles miércles Mirrcoles",
    3: "Juees Jueces juves Juevrs",
    4: "Viermes iernes virnes Vierens Voernes",
    5: "Sabadi sábad Sávado Ssbado",
    6: "Domungo Doningo domungo domnigo Dominog",
}


@pytest.mark.parametrize(
    ("number", "text"),
    [(number, text) for number, texts in MISSPELLED.items() for text in texts.split()],
)
def test_a_misspelled_weekday_is_read_and_told(number, text):
    reading = read_weekday(text)

    assert (reading.number, reading.misspelled) == (number, True)


@pytest.mark.parametrize(
    "text", ["Miércoles", "MIERCOLES", "miércoles ", "Wednesday", "mié.", "Mi"]
)
def test_accents_capitals_and_abbreviations_are_no_misspelling(text):
    reading = read_weekday(text)

    assert (reading.number, reading.misspelled) == (2, False)


@pytest.mark.parametrize("text", ["festivo", "x", "31", "TOTAL"])
def test_what_is_no_weekday_is_not_guessed(text):
    assert read_weekday(text).number is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("Setiembre", 9), ("sep", 9), ("AGO", 8), ("August", 8), ("03", 3), ("3.0", 3), ("13", None)],
)
def test_months_by_name_and_number(text, month):
    assert month_number(text) == month


def test_a_total_is_no_month():
    assert month_number("Total") is None
