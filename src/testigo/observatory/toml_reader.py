"""Reading testigo.toml, the generic part: known keys, right forms, refusals with their line."""

from __future__ import annotations

import difflib
import textwrap
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NoReturn

from testigo.core import DEFAULT_LEVEL_NAMES, LANGUAGES, ConfigurationError, Message
from testigo.observatory.keys import KEYS, SECTIONS, Key, KeyKind
from testigo.observatory.toml_lines import TomlLines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


LONGEST_SHOWN: Final = 60


class TomlReader:
    """One reading of one file: keeps the text's lines, so that every refusal names its place."""

    def __init__(self, path: Path, text: str, content: dict[str, Any]) -> None:
        self.path = path
        self.lines = TomlLines.of(text)
        self.content = content

    def refuse(
        self, message: Message, hint: Message, section: str, place: int = 0, key: str | None = None
    ) -> NoReturn:
        """Raise a `ConfigurationError` that names file and line."""
        line = self.lines.find(section, place, key)
        where = {"file": self.path.name, "line": line, "what": message}
        raise ConfigurationError(Message("{file}:{line}: {what}", where), hint)

    def sections(self, name: str) -> list[dict[str, Any]]:
        """Return every `[name]` or `[[name]]`, each checked key by key."""
        given = self.content.get(name, [] if SECTIONS[name] else {})
        wanted = list if SECTIONS[name] else dict
        if not isinstance(given, wanted):
            form = f"[[{name}]]" if SECTIONS[name] else f"[{name}]"
            self.refuse(
                Message("{name} is written in the wrong form.", {"name": name}),
                Message("Write it as {form}.", {"form": form}),
                name,
            )
        parts = given if isinstance(given, list) else [given]
        return [self._checked(name, place, part) for place, part in enumerate(parts)]

    def check_names(self) -> None:
        """Refuse a section nobody knows, with the nearest one that exists."""
        for name in self.content:
            if name not in SECTIONS:
                self.refuse(
                    Message("there is no section {name}.", {"name": repr(name)}),
                    nearest(name, tuple(SECTIONS)),
                    name,
                )

    def _checked(self, section: str, place: int, part: dict[str, Any]) -> dict[str, Any]:
        known = {key.name: key for key in KEYS if key.section == section}
        for name, value in part.items():
            if name not in known:
                self.refuse(
                    Message(
                        "{section} has no key {name}.", {"section": section, "name": repr(name)}
                    ),
                    nearest(name, tuple(known)),
                    section, place, name,
                )  # fmt: skip
            self._check_value(known[name], place, value)
        if part or SECTIONS[section] or section in self.content:
            self._check_required(section, place, part, tuple(known.values()))
        return part

    def _check_required(
        self, section: str, place: int, part: Mapping[str, Any], known: tuple[Key, ...]
    ) -> None:
        for key in known:
            if key.required and key.name not in part and part.get("kind") not in key.spared:
                self.refuse(
                    Message("{key} is missing.", {"key": key.path}),
                    Message("Write, for instance: {example}",
                            {"example": f"{key.name} = {key.example}"}),
                    section, place,
                )  # fmt: skip

    def _check_value(self, key: Key, place: int, value: object) -> None:
        if not _FORMS[key.kind](value):
            self.refuse(
                Message("{key} = {value} has the wrong form.",
                        {"key": key.path, "value": _shown(value)}),
                Message("Write, for instance: {example}",
                        {"example": f"{key.name} = {key.example}"}),
                key.section, place, key.name,
            )  # fmt: skip
        given = value if isinstance(value, list) else [value]
        for one in given if key.allowed else ():
            if one not in key.allowed:
                self.refuse(
                    Message("{key} = {value} is not among the values it may have.",
                            {"key": key.path, "value": repr(one)}),
                    nearest(str(one), key.allowed),
                    key.section, place, key.name,
                )  # fmt: skip


def _shown(value: object) -> str:
    text = repr(value)
    return textwrap.shorten(text, LONGEST_SHOWN, placeholder="...")


def nearest(given: str, allowed: tuple[str, ...]) -> Message:
    """Say which allowed word the given one is closest to."""
    near = difflib.get_close_matches(given, allowed, n=1)
    everything = ", ".join(allowed)
    if near:
        return Message(
            "Did you mean {near}? Allowed: {allowed}.", {"near": near[0], "allowed": everything}
        )
    return Message("Allowed: {allowed}.", {"allowed": everything})


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_bilingual(value: object) -> bool:
    if isinstance(value, dict):
        return bool(value) and set(value) <= set(LANGUAGES) and all(map(_is_text, value.values()))
    return _is_text(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_span(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) <= {"first", "last", "note"}
        and type(value.get("first")) is date
        and type(value.get("last", value["first"])) is date
        and _is_bilingual(value.get("note", ""))
    )


_FORMS: Final[Mapping[KeyKind, Callable[[object], bool]]] = {
    "text": _is_text,
    "bilingual": _is_bilingual,
    "integer": _is_integer,
    "number": lambda value: _is_integer(value) or isinstance(value, float),
    "boolean": lambda value: isinstance(value, bool),
    "texts": _is_texts,
    "mapping": _is_mapping,
    "text_or_texts": lambda value: _is_text(value) or (_is_texts(value) and value != []),
    "mapping_of_texts": lambda value: (
        isinstance(value, dict) and all(_is_texts(one) or _is_text(one) for one in value.values())
    ),
    "span": _is_span,
    "spans": lambda value: isinstance(value, list) and all(map(_is_span, value)),
    "whole": lambda value: (
        isinstance(value, dict) and set(value) == {"code", "name"} and _is_mapping(value)
    ),
    "level_names": lambda value: (
        isinstance(value, dict)
        and set(value) <= set(DEFAULT_LEVEL_NAMES)
        and all(map(_is_bilingual, value.values()))
    ),
    "names": lambda value: isinstance(value, dict) and all(map(_is_bilingual, value.values())),
}
