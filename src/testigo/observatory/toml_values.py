"""Forms that values of testigo.toml share: texts for people, scopes, fields, ids."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from testigo.core import Message, Text
from testigo.observatory.toml_reader import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.observatory.toml_reader import TomlReader


def as_text(given: str | dict[str, str]) -> Text:
    """Take one text for both languages, or one for each."""
    if isinstance(given, str):
        return Text(es=given, en=given)
    either = next(iter(given.values()))
    return Text(es=given.get("es", either), en=given.get("en", either))


def as_scope(given: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Take the scope: column to the values that count."""
    return MappingProxyType(
        {
            column: (values,) if isinstance(values, str) else tuple(values)
            for column, values in given.get("keep", {}).items()
        }
    )


def check_fields(
    reader: TomlReader,
    section: str,
    place: int,
    columns: Mapping[str, str],
    allowed: tuple[str, ...],
) -> None:
    """Refuse a field that no column can hold."""
    for name in columns:
        if name not in allowed:
            reader.refuse(
                Message("{section}.columns has no field {name}.",
                        {"section": section, "name": repr(name)}),
                nearest(name, allowed),
                section, place, "columns",
            )  # fmt: skip


def check_unique(reader: TomlReader, section: str, key: str, given: list[str]) -> None:
    """Refuse an id that stands twice."""
    for place, name in enumerate(given):
        if name in given[:place]:
            reader.refuse(
                Message("{key} = {value} stands twice.",
                        {"key": f"{section}.{key}", "value": repr(name)}),
                Message("Give each one an id of its own."),
                section, place, key,
            )  # fmt: skip
