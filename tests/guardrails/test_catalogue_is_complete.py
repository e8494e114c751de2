"""Every sentence of the program exists in Spanish, with the same places, and none is left over."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from testigo.core import translations

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[2] / "src" / "testigo"


def calls(code: str) -> Iterator[ast.Call]:
    """Every call of something named Message."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            if name == "Message":
                yield node


def template_of(call: ast.Call) -> str | None:
    """The sentence, or None when it is not a literal (neighbouring literals are one literal)."""
    named = [word.value for word in call.keywords if word.arg == "template"]
    first = next(iter([*call.args, *named]), None)
    is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return first.value if is_text else None


def places_of(template: str) -> set[str]:
    return {
        name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(template) if name
    }


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """Sentence to the first place in the code that says it."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for call in calls(path.read_text(encoding="utf-8")):
            if (template := template_of(call)) is not None:
                found.setdefault(template, f"{path.relative_to(SOURCE).as_posix()}:{call.lineno}")
    return found


def test_every_sentence_is_a_literal() -> None:
    """Otherwise nobody can collect it for translation."""
    hidden = [
        f"{path.relative_to(SOURCE).as_posix()}:{call.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for call in calls(path.read_text(encoding="utf-8"))
        if template_of(call) is None
    ]

    assert hidden == []


def test_every_sentence_is_told_in_spanish(said: dict[str, str]) -> None:
    known = translations("es")

    assert {where: text for text, where in said.items() if text not in known} == {}


def test_both_languages_have_the_same_places(said: dict[str, str]) -> None:
    differing = {
        said[english]: (english, spanish)
        for english, spanish in translations("es").items()
        if english in said and places_of(english) != places_of(spanish)
    }

    assert differing == {}


def test_the_catalogues_hold_nothing_that_nobody_says(said: dict[str, str]) -> None:
    folder = files("testigo") / "locale" / "es"
    left_over = []
    for catalogue in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if catalogue.name.endswith(".po"):
            with catalogue.open("rb") as stream:
                entries = read_po(stream, locale="es", charset="utf-8")
            left_over += [
                (catalogue.name, entry.id) for entry in entries if entry.id and entry.id not in said
            ]

    assert left_over == []


@pytest.mark.parametrize(
    ("code", "template"),
    [
        ('Message("one " "sentence")', "one sentence"),
        ('core.Message("of a door")', "of a door"),
        ('Message(template="named")', "named"),
        ("Message(hidden)", None),
        ('Message(f"{hidden}")', None),
    ],
)
def test_the_collector_sees(code: str, template: str | None) -> None:
    (call,) = calls(code)

    assert template_of(call) == template


def test_places_are_compared_by_name_whatever_their_dress() -> None:
    assert places_of("{given!r} in {file}, {rows:,} {{not}}") == {"given", "file", "rows"}
