"""testigo.toml, read and checked: every key known, every mistake told with its line."""

from __future__ import annotations

import re
import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from testigo.core import (
    DEFAULT_LEVEL_NAMES,
    LANGUAGES,
    InputFileError,
    Message,
    Text,
)
from testigo.observatory.analyses import read_estimation, read_level, read_linkage
from testigo.observatory.arguments import as_argument
from testigo.observatory.keys import KEYS
from testigo.observatory.model import (
    AreasConfiguration,
    Configuration,
    PopulationConfiguration,
    ReportConfiguration,
)
from testigo.observatory.toml_faults import refuse_toml
from testigo.observatory.toml_reader import TomlReader, nearest
from testigo.records import FIELDS, Source, Span, fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME: Final = "testigo.toml"
NAME_FIELDS: Final = ("given_names", "surnames", "full_name")
_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_POPULATION_FIELDS: Final = ("area", "parent", "year", "date", "value", "sex", "age_group")


def read_configuration(folder: Path) -> Configuration:
    """Read testigo.toml of an observatory.

    Raises
    ------
    InputFileError
        When there is no such folder or file, or it is not UTF-8.
    ConfigurationError
        For anything that cannot be meant, with file, line, key and mend.
    """
    path = folder / FILE_NAME
    text = _text_of(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refuse_toml(path.name, text, error) from None
    reader = TomlReader(path, text, content)
    reader.check_names()
    return _configuration(folder, reader)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputFileError(
            Message("{folder} has no {file}.", {"folder": path.parent, "file": path.name}),
            Message("Make one with: testigo init {folder}", {"folder": as_argument(path.parent)}),
        ) from None
    except UnicodeDecodeError:
        raise InputFileError(
            Message("{file} is not in UTF-8.", {"file": path}),
            Message("Save it again as UTF-8."),
        ) from None
    except OSError as error:
        raise InputFileError(
            Message("{file} cannot be read: {why}.", {"file": path, "why": error.strerror}),
            Message("See that it is a file and that you may read it."),
        ) from None


def _configuration(folder: Path, reader: TomlReader) -> Configuration:
    (observatory,) = reader.sections("observatory")
    (areas,) = reader.sections("areas")
    (rates,) = reader.sections("rates")
    (report,) = reader.sections("report")
    (disclosure,) = reader.sections("disclosure")
    (spark,) = reader.sections("spark")
    if "observatory" not in reader.content:
        reader.refuse(
            Message("the section [observatory] is missing."),
            Message("Write, for instance: {example}", {"example": '[observatory]  name = "..."'}),
            "observatory",
        )
    name = _bilingual(observatory["name"])
    whole = areas.get("whole", {"code": "total", "name": name.es})
    sources = _sources(reader)
    linkage = read_linkage(reader, sources)
    return Configuration(
        folder=folder,
        name=name,
        languages=tuple(observatory.get("languages", LANGUAGES)) or LANGUAGES,
        licence=observatory.get("licence", ""),
        areas=_areas(reader, areas) if "file" in areas else None,
        whole_code=whole["code"],
        whole_name=whole["name"],
        level_names=MappingProxyType(
            {**DEFAULT_LEVEL_NAMES}
            | {level: _bilingual(text) for level, text in areas.get("levels", {}).items()}
        ),
        population=_population(reader),
        sources=sources,
        rates_level=read_level(reader, "rates", rates),
        standard=rates.get("standard", "who_2000_2025"),
        report=_report(reader, report, sources),
        k=disclosure.get("k", 5),
        linkage=linkage,
        estimation=read_estimation(reader, linkage),
        spark_master=spark.get("master", "local[2]"),
        synthetic=observatory.get("synthetic", False),
    )


def _bilingual(given: str | dict[str, str]) -> Text:
    if isinstance(given, str):
        return Text(es=given, en=given)
    either = next(iter(given.values()))
    return Text(es=given.get("es", either), en=given.get("en", either))


def _areas(reader: TomlReader, areas: Mapping[str, Any]) -> AreasConfiguration:
    for name in ("code", "name"):
        if name not in areas:
            reader.refuse(
                Message("{key} is missing.", {"key": f"areas.{name}"}),
                Message("Name the column of the catalogue, for instance: {example}",
                        {"example": f'{name} = "{name}"'}),
                "areas",
            )  # fmt: skip
    return AreasConfiguration(
        file=areas["file"],
        code=areas["code"],
        name=areas["name"],
        parent=areas.get("parent"),
        parent_name=areas.get("parent_name"),
    )


def _population(reader: TomlReader) -> tuple[PopulationConfiguration, ...]:
    found = []
    for place, given in enumerate(reader.sections("population")):
        _check_fields(reader, "population", place, given["columns"], _POPULATION_FIELDS)
        found.append(
            PopulationConfiguration(
                series=given["series"],
                name=_bilingual(given.get("name", given["series"])),
                file=given["file"],
                columns=MappingProxyType(given["columns"]),
                keep=_keep(given),
                month=given.get("month", 7),
            )
        )
    _check_unique(reader, "population", "series", [one.series for one in found])
    return tuple(found)


def _keep(given: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {
            column: (values,) if isinstance(values, str) else tuple(values)
            for column, values in given.get("keep", {}).items()
        }
    )


def _check_fields(
    reader: TomlReader,
    section: str,
    place: int,
    columns: Mapping[str, str],
    allowed: tuple[str, ...],
) -> None:
    for name in columns:
        if name not in allowed:
            reader.refuse(
                Message("{section}.columns has no field {name}.",
                        {"section": section, "name": repr(name)}),
                nearest(name, allowed),
                section, place, "columns",
            )  # fmt: skip


def _check_unique(reader: TomlReader, section: str, key: str, given: list[str]) -> None:
    for place, name in enumerate(given):
        if name in given[:place]:
            reader.refuse(
                Message("{key} = {value} stands twice.",
                        {"key": f"{section}.{key}", "value": repr(name)}),
                Message("Give each one an id of its own."),
                section, place, key,
            )  # fmt: skip


def _sources(reader: TomlReader) -> tuple[Source, ...]:
    given = reader.sections("sources")
    if not given:
        reader.refuse(
            Message("there is no [[sources]]: nothing to read."),
            Message("Take away the # before [[sources]] and before the keys that you need."),
            "sources",
        )
    sources = tuple(_source(reader, place, one) for place, one in enumerate(given))
    ids = [source.id for source in sources]
    _check_unique(reader, "sources", "id", ids)
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
    _check_fields(reader, "sources", place, given["columns"], FIELDS)
    _check_kind(reader, place, given)
    _check_names_apart(reader, place, given["columns"])
    plain = {
        key.name: given[key.name]
        for key in KEYS
        if key.section == "sources"
        and key.name in given
        and key.kind in ("text", "integer", "boolean")
    }
    files = given["file"]
    return Source(
        **plain,
        name=_bilingual(given["name"]),
        files=(files,) if isinstance(files, str) else tuple(files),
        columns=MappingProxyType(given["columns"]),
        months=tuple(given.get("months", ())),
        keep=_keep(given),
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


def _check_kind(reader: TomlReader, place: int, given: Mapping[str, Any]) -> None:
    columns = given["columns"]
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


def _span(given: Mapping[str, Any]) -> Span:
    return Span(
        first=given["first"],
        last=given.get("last", given["first"]),
        note=_bilingual(given.get("note", "")),
    )


def _report(
    reader: TomlReader, given: Mapping[str, Any], sources: tuple[Source, ...]
) -> ReportConfiguration:
    ids = tuple(source.id for source in sources)
    for key in ("sources", "compare", "rates_source"):
        named = given.get(key, [])
        for name in [named] if isinstance(named, str) else named:
            if name not in ids:
                reader.refuse(
                    Message("{key} = {value} is not the id of a source.",
                            {"key": f"report.{key}", "value": repr(name)}),
                    nearest(name, ids),
                    "report", 0, key,
                )  # fmt: skip
    return ReportConfiguration(
        period=given.get("period"),
        sources=tuple(given.get("sources", ())),
        compare=tuple(given.get("compare", ())),
        rates_source=given.get("rates_source"),
        rates_period=given.get("rates_period"),
        events=given.get("events"),
    )
