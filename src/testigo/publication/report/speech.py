"""Saying things in every language of the page at once; what does not differ is said once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from testigo.core import Message, Number, Speaking, translations

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from testigo.core import Language

SUPPRESSED: Final = Message("suppressed")
UNKNOWN: Final = Message("unknown")
NOT_STATED: Final = Message("no data")
NOT_ESTIMABLE: Final = Message("not estimable")
NOT_APPLICABLE: Final = Message("not applicable")
_SPACED: Final = re.compile(r"<text([^<>]*)>(\d{1,3}(?:\u202f\d{3})+)</text>")
_DATE_LOCALES: Final = {"es": "es", "en": "en_GB"}  # day first, as observatories write their notes


def in_words(value: object, language: Language) -> str:
    """Return a value as text of one language.

    Examples
    --------
    >>> in_words(Number(35787), "en"), in_words("INEGI", "es")
    ('35,787', 'INEGI')
    """
    if isinstance(value, str):  # most are, and asking a protocol is slow
        return value
    return value.in_language(language) if isinstance(value, Speaking) else str(value)


def number_or_suppressed(value: int | Message | None) -> Number | Message:
    """Say a number of rows, or that it is hidden; a word stays as it is."""
    if isinstance(value, Message):
        return value
    return SUPPRESSED if value is None else Number(value)


@dataclass(frozen=True, slots=True)
class Voice:
    """The languages of a page, and how its texts become markup.

    Attributes
    ----------
    languages
        The first is shown first.

    Examples
    --------
    >>> Voice(("es", "en")).say("<b>")
    Markup('&lt;b&gt;')
    >>> Voice(("es", "en")).say(Number(35787))
    Markup('<span lang="es">35\u202f787</span><span lang="en">35,787</span>')
    """

    languages: tuple[Language, ...]

    def say(self, value: object) -> Markup:
        """Say it in each language; whatever comes from data is escaped."""
        if isinstance(value, Markup):
            return value
        return self._each(lambda language: escape(in_words(value, language)))

    def stress(self, message: Message) -> Markup:
        """Say a sentence with its numbers set strong."""
        return self._each(lambda language: _stressed(message, language))

    def count_in_svg(self, svg: Markup) -> Markup:
        """Write the thousands of a drawing as each language does; they are drawn with spaces."""
        return Markup(_SPACED.sub(self._counted, svg))  # noqa: S704  # our own drawing

    def _counted(self, found: re.Match[str]) -> str:
        attributes, digits = found.groups()
        number = Number(int(digits.replace("\u202f", "")))
        said = {language: number.in_language(language) for language in self.languages}
        if len(said) == 1:
            return f"<text{attributes}>{said[self.languages[0]]}</text>"
        return "".join(
            f'<text lang="{language}"{attributes}>{text}</text>' for language, text in said.items()
        )

    def _each(self, said_in: Callable[[Language], Markup]) -> Markup:
        said = {language: said_in(language) for language in self.languages}
        if len(set(said.values())) == 1:
            return said[self.languages[0]]
        spans = [
            Markup('<span lang="{}">{}</span>').format(language, text)
            for language, text in said.items()
        ]
        return Markup("").join(spans)


def _stressed(message: Message, language: Language) -> Markup:
    template = escape(translations(language).get(message.template, message.template))
    values = {name: _strong(value, language) for name, value in message.values.items()}
    return template.format(**values)


def _strong(value: object, language: Language) -> Markup:
    said = escape(in_words(value, language))
    return Markup("<strong>{}</strong>").format(said) if isinstance(value, Number) else said


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things in one breath.

    Examples
    --------
    >>> Listing(("INEGI", "SESNSP", "press")).in_language("en")
    'INEGI, SESNSP and press'
    >>> Listing(("police", "INEGI")).in_language("es")
    'police e INEGI'
    """

    things: tuple[object, ...]

    def in_language(self, language: Language) -> str:
        """Say them with the language's own `and`."""
        said = [in_words(thing, language) for thing in self.things]
        if len(said) < 2:  # noqa: PLR2004  # one thing needs no joining
            return "".join(said)
        joint = "and" if language == "en" else _spanish_and(said[-1])
        return f"{', '.join(said[:-1])} {joint} {said[-1]}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Several sentences, one after the other.

    Examples
    --------
    >>> Paragraph((Message("A dot."), Message("A line."))).in_language("en")
    'A dot. A line.'
    """

    sentences: tuple[object, ...]

    def in_language(self, language: Language) -> str:
        """Say them."""
        return " ".join(in_words(sentence, language) for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a rule found, as text: its numbers as each language writes them, the rest as it is.

    Examples
    --------
    >>> Figures("41.2 / 2001").in_language("es"), Figures("41.2 / 2001").in_language("en")
    ('41,2 / 2001', '41.2 / 2,001')
    >>> Figures("2012-05").in_language("es")
    '2012-05'
    """

    text: str

    def in_language(self, language: Language) -> str:
        """Write it."""
        words = self.text.split(" ")
        return " ".join(_figure(word, language) for word in words)


def _figure(word: str, language: Language) -> str:
    whole, point, fraction = word.removeprefix("-").partition(".")
    if not whole.isdecimal() or (point and not fraction.isdecimal()):
        return word
    return Number(float(word), len(fraction)).in_language(language)


def _spanish_and(following: str) -> str:
    word = following.casefold().lstrip("«“\"'(")
    sounds_i = word.startswith(("i", "í", "hi", "hí")) and not word.startswith(("hie", "ia", "ie"))
    return "e" if sounds_i else "y"


@dataclass(frozen=True, slots=True)
class Day:
    """A date, or its month, as each language writes it.

    Examples
    --------
    >>> from datetime import date
    >>> Day(date(2006, 12, 11), month_only=True).in_language("es")
    'diciembre de 2006'
    """

    date: date
    month_only: bool = False

    def in_language(self, language: Language) -> str:
        """Write it in full."""
        from babel.dates import format_date, format_skeleton

        if self.month_only:
            return format_skeleton("yMMMM", self.date, locale=_DATE_LOCALES[language])
        return format_date(self.date, format="long", locale=_DATE_LOCALES[language])
