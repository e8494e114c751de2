"""testigo.toml, read and checked: every key known, every mistake told with its line."""

from __future__ import annotations

import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from testigo.core import (
    DEFAULT_LEVEL_NAMES,
    LANGUAGES,
    InputFileError,
    Message,
)
from testigo.observatory.analyses import read_estimation, read_level, read_linkage
from testigo.observatory.arguments import as_argument
from testigo.observatory.model import (
    AreasConfiguration,
    Configuration,
    PopulationConfiguration,
    ReportConfiguration,
)
from testigo.observatory.source_entries import read_sources
from testigo.observatory.toml_faults import refuse_toml
from testigo.observatory.toml_reader import TomlReader, nearest
from testigo.observatory.toml_values import as_scope, as_text, check_fields, check_unique

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from testigo.records import Source

FILE_NAME: Final = "testigo.toml"
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
    name = as_text(observatory["name"])
    whole = areas.get("whole", {"code": "total", "name": name.es})
    sources = read_sources(reader)
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
            | {level: as_text(text) for level, text in areas.get("levels", {}).items()}
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
        check_fields(reader, "population", place, given["columns"], _POPULATION_FIELDS)
        found.append(
            PopulationConfiguration(
                series=given["series"],
                name=as_text(given.get("name", given["series"])),
                file=given["file"],
                columns=MappingProxyType(given["columns"]),
                keep=as_scope(given),
                month=given.get("month", 7),
            )
        )
    check_unique(reader, "population", "series", [one.series for one in found])
    return tuple(found)


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
        names=MappingProxyType(
            {word: as_text(one) for word, one in given.get("names", {}).items()}
        ),
        **{
            key: as_text(given[key]) for key in ("fate", "strata_note", "published") if key in given
        },
    )
