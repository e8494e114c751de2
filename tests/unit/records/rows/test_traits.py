from __future__ import annotations

import pytest

from testigo.records.rows.traits import age_group_word, read_age, read_hour, sex_words


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["H", "M"], ["male", "female"]),
        (["F", "M"], ["female", "male"]),
        (["V", "M"], ["male", "female"]),
        (["M"], [None]),
        (["F", "H", "M"], ["female", "male", None]),
        (["HOMBRE", "Mujer"], ["male", "female"]),
        (["masculino", "FEMENINO"], ["male", "female"]),
        (["Intersexual"], [None]),
    ],
)
def test_a_letter_means_what_the_others_of_its_column_let_it_mean(texts, words):
    assert [sex_words(texts).get(text) for text in texts] == words


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("44", 44),
        ("44.0", 44),
        ("44 años", 44),
        ("0", 0),
        ("110", 110),
        ("8 meses", 0),
        ("20 días", 0),
        ("menor de 1 año", 0),
        ("<1", 0),
    ],
)
def test_ages_are_in_completed_years(text, age):
    assert read_age(text).age == age


@pytest.mark.parametrize("text", ["111", "-3", "999"])
def test_an_age_that_cannot_be_is_told(text):
    assert read_age(text).problem == "age_implausible"


@pytest.mark.parametrize("text", ["adulto", "entre 20 y 30", "85 y más"])
def test_what_is_not_an_age_is_told(text):
    assert read_age(text).problem == "field_not_understood"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("15-19 años", "15-19"),
        ("05 a 09", "5-9"),
        ("De 0 a 4 años", "0-4"),
        ("a15.19", "15-19"),
        ("85plus", "85+"),
        ("85 años y más", "85+"),
        ("Adultos (18 y más)", "18+"),
        ("Menores de edad (0-17)", "0-17"),
        ("Menores de 1 año", "0"),
        ("ADOLESCENTES", "ADOLESCENTES"),
    ],
)
def test_age_groups_are_said_in_one_way(text, group):
    assert age_group_word(text) == group


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("6:30", 6),
        ("06:30:00", 6),
        ("23", 23),
        ("0630", 6),
        ("12:05 a. m.", 0),
        ("12:05 PM", 12),
        ("6 pm", 18),
        ("18h", 18),
        ("18.0", 18),
        ("0.75", 18),
        ("1900-01-01 06:30", 6),
        ("0.7083", 17),
        ("0,7083333", 17),
        ("0.708159722", 16),  # 16:59:45
        ("0.99999", 23),
        ("24:00", None),
        ("6:75", None),
        ("noche", None),
    ],
)
def test_hours_in_every_form(text, hour):
    assert read_hour(text) == hour
