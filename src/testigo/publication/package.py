"""The data package: datapackage.json beside the tables, with labels in both languages.

Follows Data Package 2.0 (datapackage.org). Its labels have one language; ours stand in `title`,
`description` and `unit` in the observatory's first language and again in `title_es`, `title_en`
and so on, which the standard allows as properties of our own (docs/decisions/0014). There is no
time of creation, so that the same inputs give the same bytes; provenance.json tells the rest.
"""

from __future__ import annotations

import hashlib
import json
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import LANGUAGES, InputFileError, Message, Speaking
from testigo.publication.disclosure import refuse_personal
from testigo.publication.files import write_bytes
from testigo.publication.schemas import CODES, PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from testigo.core import Column, Language, TableSchema, Text
    from testigo.records import Source

NAME: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: Final = {"text": "string"}  # our other kinds are the standard's own types
_REFERENCES: Final = (  # (columns here, table there, columns there)
    (("source",), "sources", ("source",)),
    (("source_a",), "sources", ("source",)),
    (("source_b",), "sources", ("source",)),
    (("area_level", "area"), "areas", ("area_level", "area")),
)
_BLANK_MEANS: Final = Message(
    "A blank is a value that is not there; the column value_status, where there is one, says why."
)


def write_package(
    tables: Mapping[str, pa.Table],
    folder: Path,
    *,
    title: Text,
    sources: Sequence[Source],
    licence: str,
    version: str,
    languages: Sequence[Language] = LANGUAGES,
    synthetic: bool = False,
) -> Path:
    """Write datapackage.json for tables that `write_tables` has written.

    Parameters
    ----------
    tables
        By name, as given to `write_tables`.
    folder
        Where datapackage.json goes; the files are in it or in its folder `tables`.
    title
        Of the observatory.
    sources
        Named as the package's sources, with their licences and addresses.
    licence
        Of what is published: an identifier (CC-BY-4.0) or an address; empty: not told.
    version
        Of the program.
    languages
        The first one is that of `title` and `description`.
    synthetic
        Whether the data are invented; title and description then say so.

    Raises
    ------
    DisclosureError
        When a table may not be published.
    InputFileError
        When the file of a table is not there.
    StorageError
        When datapackage.json cannot be written.
    """
    refuse_personal(tables, PUBLISHED)
    first = languages[0]
    told_title, about = _headings(title, synthetic=synthetic)
    package = {
        "$schema": PROFILE,
        "name": "testigo",
        **_labels(title=told_title, description=about, first=first),
        "languages": list(languages),
        "version": version,
        "licenses": [_licence(licence)] if licence else [],
        "sources": [_source(source, first) for source in sources],
        "resources": [
            _resource(tables, name, folder, first) for name in PUBLISHED if name in tables
        ],
    }
    told = {key: value for key, value in package.items() if value not in ("", [])}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return write_bytes(folder / NAME, text.encode("utf-8"))


def _headings(title: Text, *, synthetic: bool) -> tuple[Speaking, Speaking]:
    """Return title and description of the package."""
    if not synthetic:
        return title, _BLANK_MEANS
    return (
        Message("{name} (synthetic data)", {"name": title}),
        Message(
            "Synthetic data: invented for an exercise, they do not speak of real people. {more}",
            {"more": _BLANK_MEANS},
        ),
    )


def _labels(first: Language, **labels: Speaking | None) -> dict[str, str]:
    """Write each label in the first language under its own name, then in each by name."""
    return dict(chain.from_iterable(_label(name, said, first) for name, said in labels.items()))


def _label(name: str, said: Speaking | None, first: Language) -> Iterator[tuple[str, str]]:
    if said is not None:
        yield name, said.in_language(first)
        for language in LANGUAGES:
            yield f"{name}_{language}", said.in_language(language)


def _licence(licence: str) -> dict[str, str]:
    return {"path": licence} if licence.startswith(("http://", "https://")) else {"name": licence}


def _source(source: Source, first: Language) -> dict[str, str]:
    told = {"path": source.url} if source.url else {}
    told |= {"licence": source.licence} if source.licence else {}
    return {"id": source.id, **_labels(title=source.name, first=first), **told}


def _resource(
    tables: Mapping[str, pa.Table], name: str, folder: Path, first: Language
) -> dict[str, object]:
    schema = PUBLISHED[name]
    csv, parquet = (_file(folder, f"{name}.{form}") for form in ("csv", "parquet"))
    content = csv.read_bytes()
    return {
        "name": name,
        "type": "table",
        **_labels(title=schema.title, description=schema.meaning, first=first),
        "path": csv.relative_to(folder).as_posix(),
        "parquet": parquet.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "schema": {
            "fields": [_field(column, first) for column in schema.columns],
            "missingValues": [""],
            "primaryKey": list(schema.key),
            "foreignKeys": list(_foreign_keys(schema, tables)),
        },
    }


def _file(folder: Path, name: str) -> Path:
    for path in (folder / "tables" / name, folder / name):
        if path.is_file():
            return path
    raise InputFileError(
        Message("{file} is not in {folder}.", {"file": name, "folder": folder}),
        Message("Write the tables first; the data package tells the fingerprint of each file."),
    )


def _field(column: Column, first: Language) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        **_labels(title=column.label, description=column.meaning, unit=column.unit, first=first),
    }
    constraints: dict[str, object] = {"required": True} if column.required else {}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    elif column.kind == "text" and column.name in CODES:
        constraints["pattern"] = CODES[column.name]
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_keys(
    schema: TableSchema, tables: Mapping[str, pa.Table]
) -> Iterator[dict[str, object]]:
    """Name the tables that explain a code, where every code of ours is in them."""
    names = {column.name for column in schema.columns}
    for here, there, columns in _REFERENCES:
        told = schema.name != there and there in tables and names.issuperset(here)
        if told and _is_held(tables[schema.name].select(here), tables[there].select(columns)):
            reference = {"resource": there, "fields": list(columns)}
            yield {"fields": list(here), "reference": reference}


def _is_held(here: pa.Table, there: pa.Table) -> bool:
    codes, listed = (
        pc.binary_join_element_wise(*(column.combine_chunks() for column in table.columns), "\x1f")
        for table in (here, there)
    )
    return bool(pc.all(pc.is_in(codes, value_set=listed), min_count=0).as_py())
