"""What the program says to a person: English in the code, Spanish in the catalogues of `locale/`.

A message keeps its template and its values apart, so that an error raised deep in a room can be
shown in the reader's language by whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["es", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


def _no_values() -> Mapping[str, object]:
    return MappingProxyType({})


@runtime_checkable
class Speaking(Protocol):
    """Whatever can be said in either language: a text, a message, a number."""

    def in_language(self, language: Language) -> str:
        """Say it."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Something that has a name in both languages, given by data (a source, an area level).

    Examples
    --------
    >>> Text(es="Policía", en="Police").in_language("es")
    'Policía'
    """

    es: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the wording of one language."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the program: a template in English and the values that go into it.

    `Message` is also the mark by which the sentences are collected for translation, so the
    template is always a literal.

    Attributes
    ----------
    template
        English, with `{named}` places.
    values
        What stands in the places; a value may itself be a `Message`, a `Text` or a `Number`.

    Examples
    --------
    >>> str(Message("{rows} rows delivered", {"rows": 3}))
    '3 rows delivered'
    """

    template: str
    values: Mapping[str, object] = field(default_factory=_no_values)

    def in_language(self, language: Language) -> str:
        """Return the sentence in one language; English where no translation exists."""
        template = translations(language).get(self.template, self.template)
        said = {name: _said(value, language) for name, value in self.values.items()}
        return template.format(**said)

    def __str__(self) -> str:
        return self.in_language("en")


def _said(value: object, language: Language) -> object:
    return value.in_language(language) if isinstance(value, Speaking) else value


@cache
def translations(language: Language) -> Mapping[str, str]:
    """Return every translated template of a language, from the catalogues that ship with us."""
    if language == "en":
        return MappingProxyType({})
    from babel.messages.pofile import read_po

    known: dict[str, str] = {}
    folder = files("testigo") / "locale" / language
    for catalogue in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not catalogue.name.endswith(".po"):
            continue
        with catalogue.open("rb") as stream:
            entries = read_po(stream, locale=language, charset="utf-8")
        known |= {
            str(entry.id): str(entry.string) for entry in entries if entry.id and entry.string
        }
    return MappingProxyType(known)
