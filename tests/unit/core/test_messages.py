"""Sentences: one template, two languages, values that speak for themselves."""

from __future__ import annotations

import pytest

from testigo.core import LANGUAGES, Message, Number, Text, translations

NOT_A_PERIOD = "{given!r} is not a period."


def test_a_message_is_english_by_itself() -> None:
    assert str(Message("{rows} rows", {"rows": 3})) == "3 rows"


def test_a_message_known_to_the_catalogue_is_told_in_spanish() -> None:
    told = Message(NOT_A_PERIOD, {"given": "hoy"}).in_language("es")

    assert told == "'hoy' no es un período."


def test_a_message_nobody_translated_is_told_in_english_rather_than_not_at_all() -> None:
    assert Message("zzz {n}", {"n": 1}).in_language("es") == "zzz 1"


@pytest.mark.parametrize(("language", "told"), [("en", "source: 35,787"), ("es", "fuente: 35 787")])
def test_values_speak_the_language_of_the_sentence(language: str, told: str) -> None:
    values = {"what": Message("source"), "count": Number(35_787)}

    assert Message("{what}: {count}", values).in_language(language).replace("\u202f", " ") == told


def test_braces_in_a_value_are_only_text() -> None:
    assert str(Message("{given}", {"given": "{not a place}"})) == "{not a place}"


def test_a_text_has_both_names() -> None:
    text = Text(es="Policía Nacional", en="National police")

    assert [text.in_language(language) for language in LANGUAGES] == [text.es, text.en]


def test_english_needs_no_catalogue() -> None:
    assert translations("en") == {}


def test_catalogues_are_read_once_and_cannot_be_changed() -> None:
    known = translations("es")

    assert known is translations("es")
    with pytest.raises(TypeError):
        known["x"] = "y"  # type: ignore[index]


def test_messages_of_the_same_words_are_equal() -> None:
    assert Message("a", {"n": 1}) == Message("a", {"n": 1})
    assert Message("a", {"n": 1}) != Message("a", {"n": 2})
