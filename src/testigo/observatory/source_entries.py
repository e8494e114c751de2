"""`[[sources]]` of testigo.toml: what each institution delivers, and how it is read."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message
from testigo.observatory.keys import KEYS
from testigo.observatory.toml_reader import nearest
from testigo.observatory.toml_values import as_scope, as_text, check_fields, check_unique
from testigo.records import FIELDS, Source, Span, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.observatory.toml_reader import TomlReader

NAME_FIELDS: Final = ("given_names", "surnames", "full_name")
_OF_A_LIST: Final = ("id", "name", "kind", "family", "published", "licence", "url")
_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def read_sources(reader: TomlReader) -> tuple[Source, ...]:
    """Read every `[[sources]]`.

    Raises
    ------
    ConfigurationError
        For an entry that cannot be meant, with file, line, key and mend.
    """
    given = reader.sections("sources")
    if not given:
        reader.refuse(
            Message("there is no [[sources]]: nothing to read."),
            Message("Take away the # before [[sources]] and before the keys that you need."),
            "sources",
        )
    sources = tuple(_source(reader, place, one) for place, one in enumerate(given))
    ids = [source.id for source in sources]
    check_unique(reader, "sources", "id", ids)
    for place, source in enumerate(sources):
        if source.subset_of is not None and source.subset_of not in ids:
            reader.refuse(
                Message("{key} = {value} is not the id of a source.",
                        {"key": "sources.subset_of", "value": repr(source.subset_of)}),
                nearest(source.subset_of, tuple(ids)),
                "sources", place, "subset_of",
            )  # fmt: skip
    return sources


def _source(reader: TomlReader, place: int, given: Mapping[str, Any]) -> Source:
    if not _ID.fullmatch(given["id"]):
        reader.refuse(
            Message("{key} = {value} cannot be an id.",
                    {"key": "sources.id", "value": repr(given["id"])}),
            Message("Use letters, digits and underscores, a letter first."),
            "sources", place, "id",
        )  # fmt: skip
    columns = given.get("columns", {})
    check_fields(reader, "sources", place, columns, FIELDS)
    _check_kind(reader, place, given, columns)
    _check_names_apart(reader, place, columns)
    plain = {
        key.name: given[key.name]
        for key in KEYS
        if key.section == "sources"
        and key.name in given
        and key.kind in ("text", "integer", "boolean")
    }
    files = given.get("file", ())
    return Source(
        **plain,
        name=as_text(given["name"]),
        files=(files,) if isinstance(files, str) else tuple(files),
        columns=MappingProxyType(columns),
        months=tuple(given.get("months", ())),
        keep=as_scope(given),
        unknown_areas=tuple(given.get("unknown_areas", ())),
        valid=_span(given["valid"]) if "valid" in given else None,
        method_breaks=tuple(map(_span, given.get("method_breaks", ()))),
        reporting_gaps=tuple(map(_span, given.get("reporting_gaps", ()))),
        personal_columns=tuple(given.get("personal_columns", ())),
    )


def _check_names_apart(reader: TomlReader, place: int, columns: Mapping[str, str]) -> None:
    """Promise 3: a column of names is nothing else too, or a name could pass for a place."""
    names = {fold(columns[field]): field for field in NAME_FIELDS if field in columns}
    for field, column in columns.items():
        if field not in NAME_FIELDS and fold(column) in names:
            reader.refuse(
                Message("the column of {name} is also said to hold {field}.",
                        {"name": names[fold(column)], "field": field}),
                Message("Names of persons stay apart: take one of the two out of columns."),
                "sources", place, "columns",
            )  # fmt: skip


def _check_kind(
    reader: TomlReader, place: int, given: Mapping[str, Any], columns: Mapping[str, str]
) -> None:
    if given["kind"] == "overlaps":
        _check_list(reader, place, given)
    if given["kind"] == "tallies" and "value" not in columns and not given.get("months"):
        reader.refuse(
            Message("a source of tallies needs the column that holds the number."),
            Message('Add value = "..." to columns, or months = [...] for a wide table.'),
            "sources", place, "columns",
        )  # fmt: skip
    if given["kind"] == "records" and "value" in columns:
        reader.refuse(
            Message("a source of records has no value: each row is one victim."),
            Message('Take value out of columns, or write kind = "tallies".'),
            "sources", place, "columns",
        )  # fmt: skip


def _check_list(reader: TomlReader, place: int, given: Mapping[str, Any]) -> None:
    """Refuse a list without a file that says how to read one, or that no table can hold."""
    for key in given:
        if key not in _OF_A_LIST:
            reader.refuse(
                Message("a list of kind overlaps has no file of its own, so {key} says nothing.",
                        {"key": f"sources.{key}"}),
                Message('Take it out, or write kind = "records" or "tallies" and name the file.'),
                "sources", place, key,
            )  # fmt: skip
    if "file" not in reader.content.get("estimation", {}):
        reader.refuse(
            Message("a list of kind overlaps needs a table of overlaps, and there is none."),
            Message("Name it in [estimation]: {example}",
                    {"example": 'file = "sources/overlaps.csv"'}),
            "sources", place, "kind",
        )  # fmt: skip


def _span(given: Mapping[str, Any]) -> Span:
    return Span(
        first=given["first"],
        last=given.get("last", given["first"]),
        note=as_text(given.get("note", "")),
    )
