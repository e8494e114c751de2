"""The nouns of the observatory: what testigo.toml says, and what the commands give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from testigo.core import AreaLevel, Language, Message, Speaking, Text
    from testigo.estimation import Method
    from testigo.records import Override, Source


@dataclass(frozen=True, slots=True)
class AreasConfiguration:
    """`[areas]`: where the catalogue is and which of its columns say what."""

    file: str
    code: str
    name: str
    parent: str | None
    parent_name: str | None


@dataclass(frozen=True, slots=True)
class PopulationConfiguration:
    """One `[[population]]`: a denominator."""

    series: str
    name: Text
    file: str
    columns: Mapping[str, str]
    keep: Mapping[str, tuple[str, ...]]
    month: int


@dataclass(frozen=True, slots=True)
class ReportConfiguration:
    """`[report]`: what the first page asks. None is decided from the data.

    Attributes
    ----------
    fate, strata_note, published
        Texts of the observatory for the page; None: nothing to say.
    names
        Word of the data to what people call it.
    """

    period: str | None = None
    sources: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    rates_source: str | None = None
    rates_period: str | None = None
    events: str | None = None
    fate: Text | None = None
    names: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    strata_note: Text | None = None
    published: Text | None = None


@dataclass(frozen=True, slots=True)
class LinkageConfiguration:
    """`[linkage]`: the lists whose records are linked into victims.

    Attributes
    ----------
    anew
        When it is another number than in the last run, that run's scores are not kept.
    """

    sources: tuple[str, ...]
    draws: int
    seed: int
    model: str | None
    anew: int


@dataclass(frozen=True, slots=True)
class EstimationConfiguration:
    """`[estimation]`: how those on no list are estimated.

    Attributes
    ----------
    strata
        Some of `area`, `parent`, `year`, `sex`.
    file
        A table of overlaps, instead of what was linked.
    """

    strata: tuple[str, ...]
    method: Method
    seed: int
    level: float
    file: str | None
    sensitivity: bool


@dataclass(frozen=True, slots=True)
class Configuration:
    """testigo.toml, read and checked.

    Attributes
    ----------
    folder
        The observatory.
    whole_code, whole_name, level_names
        The whole territory, and what people call each level.
    linkage, estimation
        None: not asked for.
    spark_master
        Where Spark runs, if it does.
    synthetic
        Whether the data are invented; then every page says so.
    """

    folder: Path
    name: Text
    languages: tuple[Language, ...]
    licence: str
    areas: AreasConfiguration | None
    whole_code: str
    whole_name: str
    level_names: Mapping[AreaLevel, Text]
    population: tuple[PopulationConfiguration, ...]
    sources: tuple[Source, ...]
    rates_level: float
    standard: str
    report: ReportConfiguration
    k: int
    linkage: LinkageConfiguration | None = None
    estimation: EstimationConfiguration | None = None
    spark_master: str = "local[2]"
    synthetic: bool = False


class Progress(Protocol):
    """How a long work tells how far it is; `total` is None when nobody knows."""

    def __call__(self, step: Message, done: int, total: int | None) -> None:
        """Take note."""
        ...


@dataclass(frozen=True, slots=True)
class Checked:
    """What `testigo check` found. Tables as declared in the records room.

    Attributes
    ----------
    blocked, unused_signatures
        As in `Ran`, of a run that would be made now.
    """

    configuration: Configuration
    deliveries: pa.Table
    reasons: pa.Table
    unmatched_places: pa.Table
    notes: tuple[Speaking, ...]
    findings: pa.Table
    blocked: frozenset[str]
    unused_signatures: tuple[Override, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """What `testigo run` did.

    Attributes
    ----------
    deliveries, reasons, findings
        As published.
    skipped, seconds
        Steps whose inputs were unchanged; seconds of each step that worked.
    report
        Path of the page, when the step `publish` is among the steps.
    blocked
        Tables or sources whose figures wait for a signature.
    unused_signatures
        Lines of hand/overrides.csv that answer nothing.
    headline
        The main answer in a sentence.
    links, estimates
        Counts of what was linked, and estimates of all victims; None where not asked for.
    """

    configuration: Configuration
    deliveries: pa.Table
    reasons: pa.Table
    findings: pa.Table
    skipped: tuple[str, ...]
    seconds: Mapping[str, float]
    report: Path | None
    blocked: frozenset[str]
    unused_signatures: tuple[Override, ...]
    notes: tuple[Speaking, ...]
    headline: Speaking | None
    links: pa.Table | None = None
    estimates: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A published figure walked back to its source.

    Attributes
    ----------
    figure
        The figure with its interval, in a sentence.
    status
        `stated`, `suppressed`, `blocked`.
    steps
        How it came about, in order.
    rows
        Columns source, file, sha256, rows (ranges such as `12-40, 57`), count.
    values
        The published line itself.
    """

    figure: Message
    status: str
    steps: tuple[Message, ...]
    rows: pa.Table
    values: Mapping[str, object] = field(default_factory=dict)

    def as_dict(self, language: Language = "en") -> dict[str, object]:
        """Give everything as plain values, for machines."""
        return {
            "figure": self.figure.in_language(language),
            "status": self.status,
            "steps": [step.in_language(language) for step in self.steps],
            "values": dict(self.values),
            "rows": self.rows.to_pylist(),
        }
