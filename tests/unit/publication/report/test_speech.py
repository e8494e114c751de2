from datetime import date

import pytest
from markupsafe import Markup

from testigo.core import Message, Number, Text
from testigo.publication.report.speech import Day, Listing, Voice, in_words

BOTH = Voice(("es", "en"))


def test_what_differs_is_said_in_each_language():
    said = BOTH.say(Text(es="Policía", en="Police"))

    assert said == '<span lang="es">Policía</span><span lang="en">Police</span>'


def test_what_does_not_differ_is_said_once():
    assert BOTH.say("Chihuahua") == "Chihuahua"


def test_a_page_in_one_language_needs_no_spans():
    assert Voice(("es",)).say(Text(es="Policía", en="Police")) == "Policía"


@pytest.mark.parametrize("say", [BOTH.say, lambda text: BOTH.stress(Message("{t}", {"t": text}))])
def test_text_from_data_never_becomes_markup(say):
    assert "<script>" not in say("<script>alert(1)</script>")


def test_our_own_markup_stays_markup():
    assert BOTH.say(Markup("<code>x</code>")) == "<code>x</code>"


def test_the_numbers_of_a_sentence_are_set_strong():
    said = Voice(("en",)).stress(Message("between {a} and {b}", {"a": Number(1), "b": Number(2)}))

    assert said == "between <strong>1</strong> and <strong>2</strong>"


@pytest.mark.parametrize(
    ("names", "spanish"),
    [
        (("INEGI",), "INEGI"),
        (("policía", "INEGI"), "policía e INEGI"),
        (("policía", "hierro"), "policía y hierro"),
        (("uno", "dos", "tres"), "uno, dos y tres"),
        ((), ""),
    ],
)
def test_names_are_listed_as_spanish_lists_them(names, spanish):
    assert Listing(names).in_language("es") == spanish


def test_a_date_is_written_as_each_language_writes_it():
    day = Day(date(2006, 12, 11))

    assert day.in_language("es") == "11 de diciembre de 2006"
    assert day.in_language("en") == "11 December 2006"


def test_numbers_inside_words_follow_the_language():
    assert in_words(Number(22.56, 2), "es") == "22,56"
    assert in_words(Number(22.56, 2), "en") == "22.56"


def test_thousands_in_a_drawing_are_written_as_each_language_does():
    svg = Markup('<g><text x="1">10\u202f000</text><text>2\u202f000</text><text>2012</text></g>')

    assert Voice(("es", "en")).count_in_svg(svg) == (
        '<g><text lang="es" x="1">10\u202f000</text><text lang="en" x="1">10,000</text>'
        '<text lang="es">2000</text><text lang="en">2,000</text><text>2012</text></g>'
    )
    assert Voice(("en",)).count_in_svg(svg) == (
        '<g><text x="1">10,000</text><text>2,000</text><text>2012</text></g>'
    )
