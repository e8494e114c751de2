"""`[linkage]` and `[estimation]` of testigo.toml: which lists are linked, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message
from testigo.observatory.model import EstimationConfiguration, LinkageConfiguration
from testigo.observatory.toml_reader import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.observatory.toml_reader import TomlReader
    from testigo.records import Source

DRAWS: Final = 20
MOST_DRAWS: Final = 1_000
SEED: Final = 20_261_121
LEVEL: Final = 0.95


def read_linkage(reader: TomlReader, sources: tuple[Source, ...]) -> LinkageConfiguration | None:
    """Read `[linkage]`; without it nothing is linked.

    Raises
    ------
    ConfigurationError
        For a source that is not there, that has no records of victims, or that stands twice.
    """
    (given,) = reader.sections("linkage")
    if "linkage" not in reader.content:
        return None
    names = tuple(given["sources"])
    known = {source.id: source for source in sources}
    for name in names:
        _check_list(reader, name, known)
    if len(set(names)) < len(names) or not names:
        reader.refuse(
            Message("linkage.sources must name each list once, and at least one."),
            Message("Write, for instance: {example}", {"example": 'sources = ["police", "press"]'}),
            "linkage", 0, "sources",
        )  # fmt: skip
    draws = given.get("draws", DRAWS)
    if not 0 <= draws <= MOST_DRAWS:
        reader.refuse(
            Message("{key} = {value} is not among the values it may have.",
                    {"key": "linkage.draws", "value": draws}),
            Message("Write a number from 0 to {most}.", {"most": MOST_DRAWS}),
            "linkage", 0, "draws",
        )  # fmt: skip
    return LinkageConfiguration(
        sources=names,
        draws=draws,
        seed=_seed(reader, "linkage", given.get("seed", SEED)),
        model=given.get("model"),
        anew=given.get("anew", 0),
    )


def read_estimation(
    reader: TomlReader, linkage: LinkageConfiguration | None
) -> EstimationConfiguration | None:
    """Read `[estimation]`; without it nobody unrecorded is estimated.

    Raises
    ------
    ConfigurationError
        When there is nothing to estimate from: neither linked lists nor a table of overlaps.
    """
    (given,) = reader.sections("estimation")
    if "estimation" not in reader.content:
        return None
    if linkage is None and "file" not in given:
        reader.refuse(
            Message("[estimation] has nothing to estimate from."),
            Message("Name the lists to link in [linkage], or a table of overlaps: {example}",
                    {"example": 'file = "sources/overlaps.csv"'}),
            "estimation",
        )  # fmt: skip
    return EstimationConfiguration(
        strata=tuple(given.get("strata", ())),
        method=given.get("method", "latent-class"),
        seed=_seed(reader, "estimation", given.get("seed", SEED)),
        level=read_level(reader, "estimation", given),
        file=given.get("file"),
        sensitivity=given.get("sensitivity", True),
    )


def read_level(reader: TomlReader, section: str, given: Mapping[str, Any]) -> float:
    """Read the coverage that a section wants for its intervals.

    Raises
    ------
    ConfigurationError
        When it is not a share between 0 and 1.
    """
    level = float(given.get("level", LEVEL))
    if not 0 < level < 1:
        reader.refuse(
            Message("{key} = {value} is not among the values it may have.",
                    {"key": f"{section}.level", "value": level}),
            Message("Write a share between 0 and 1, for instance 0.95."),
            section, 0, "level",
        )  # fmt: skip
    return level


def _check_list(reader: TomlReader, name: str, known: dict[str, Source]) -> None:
    if name not in known:
        reader.refuse(
            Message("{key} = {value} is not the id of a source.",
                    {"key": "linkage.sources", "value": repr(name)}),
            nearest(name, tuple(known)),
            "linkage", 0, "sources",
        )  # fmt: skip
    if known[name].kind != "records" or known[name].unit != "victim":
        reader.refuse(
            Message("linkage.sources names {source}, whose rows are not one victim each.",
                    {"source": repr(name)}),
            Message('Only sources with kind = "records" and unit = "victim" can be linked.'),
            "linkage", 0, "sources",
        )  # fmt: skip


def _seed(reader: TomlReader, section: str, seed: int) -> int:
    if seed < 0:
        reader.refuse(
            Message("{key} = {value} is not among the values it may have.",
                    {"key": f"{section}.seed", "value": seed}),
            Message("Write a whole number, 0 or more."),
            section, 0, "seed",
        )  # fmt: skip
    return seed
