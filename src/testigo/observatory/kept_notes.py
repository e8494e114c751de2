"""Sentences written down with their values apart, so that a reader can judge the values."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message, Number, Speaking, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_message: Final = Message  # a sentence read back is collected where it was first said
_PLAIN: Final = (str, int, float)


def pack_note(note: Speaking) -> dict[str, Any]:
    """Write a sentence down as JSON can hold it; what is no `Message` or `Number` becomes a `Text`.

    Examples
    --------
    >>> pack_note(Message("{rows} rows", {"rows": Number(3)}))["values"]
    {'rows': {'value': 3, 'decimals': 0, 'percent': False}}
    """
    if isinstance(note, Message):
        values = {name: _pack(value) for name, value in note.values.items()}
        return {"template": note.template, "values": values}
    if isinstance(note, Number):
        return asdict(note)
    return {language: note.in_language(language) for language in ("es", "en")}


def unpack_note(kept: Mapping[str, Any]) -> Speaking:
    """Read a sentence back.

    Raises
    ------
    KeyError, TypeError
        For what `pack_note` did not write.

    Examples
    --------
    >>> said = Message("{rows} rows", {"rows": Number(3)})
    >>> unpack_note(pack_note(said)) == said
    True
    """
    if "template" in kept:
        values = {name: _unpack(value) for name, value in kept["values"].items()}
        return _message(kept["template"], values)
    return Number(**kept) if "value" in kept else Text(**kept)


def _pack(value: object) -> object:
    if isinstance(value, Speaking):
        return pack_note(value)
    return value if isinstance(value, _PLAIN) else str(value)


def _unpack(value: object) -> object:
    return unpack_note(value) if isinstance(value, dict) else value
