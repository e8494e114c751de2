"""provenance.json: for each output, what went in, by hash, and what made it."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from testigo import __version__
from testigo.observatory.configuration import FILE_NAME
from testigo.observatory.store import code_version, hash_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.observatory.run_state import RunState

LIBRARIES: Final = ("duckdb", "ibis-framework", "numpy", "pyarrow", "scipy", "splink")
WITHOUT_SOURCES: Final = frozenset({"areas"})
WITH_POPULATION: Final = frozenset({"population", "rates", "standardised_rates"})
HAND: Final = (
    "place_aliases.csv", "code_maps.csv", "overrides.csv", "claims.toml", "link_decisions.csv",
    "review_answers.csv", "review_sheets.csv",
)  # fmt: skip


def describe_provenance(run: RunState, folder: Path) -> str:
    """Write, as JSON, the inputs and the hash of every file in `folder`.

    No time and no duration: the same inputs give the same bytes. Durations are kept in the
    private store (docs/decisions/0030). Private files that hold counts are named without a hash,
    and no hash is made from theirs: who knows all cells but a few would try until it is right.
    """
    outputs = sorted(path for path in folder.rglob("*") if path.is_file())
    content = {
        "program": {"testigo": __version__, "code": code_version()},
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "seed": _seeds(run),
        "inputs": _inputs(run) | dict.fromkeys(_guessable(run)),
        "outputs": {
            path.relative_to(folder).as_posix(): {
                "sha256": hash_of_file(path),
                "inputs": _inputs_of(run, path.stem),
            }
            for path in outputs
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _seeds(run: RunState) -> dict[str, int]:
    """Seeds of the parts that draw."""
    parts = {"linkage": run.configuration.linkage, "estimation": run.configuration.estimation}
    return {name: part.seed for name, part in parts.items() if part is not None}


def _inputs(run: RunState) -> dict[str, str]:
    """Every file that was read, by its name in the folder."""
    given = run.configuration
    found = {one.name: one.sha256 for source in given.sources for one in run.deliveries[source.id]}
    named = [FILE_NAME, *(f"hand/{name}" for name in HAND)]
    named += [one.file for one in given.population]
    named += [given.areas.file] if given.areas else []
    named += [given.linkage.model] if given.linkage and given.linkage.model else []
    named += [given.estimation.file] if given.estimation and given.estimation.file else []
    named += [given.report.events] if given.report.events else []
    for name in named:
        path = given.folder / name
        if path.is_file():
            found[name] = hash_of_file(path)
    return found


def are_overlaps_public(run: RunState) -> bool:
    """Whether all lists of the table of overlaps are public."""
    public = {source.id for source in run.configuration.sources if source.published}
    return bool(run.overlaps) and public.issuperset(run.overlaps[0].lists)


def _guessable(run: RunState) -> list[str]:
    """Private files that hold counts and no persons."""
    given = run.configuration
    found = [
        one.name
        for source in given.sources
        if source.kind != "records" and not source.published
        for one in run.deliveries[source.id]
    ]
    if given.estimation and given.estimation.file and not are_overlaps_public(run):
        found.append(given.estimation.file)
    return found


def _inputs_of(run: RunState, table: str) -> list[str]:
    """Names of the inputs that one output rests on."""
    given = run.configuration
    everything = set(_inputs(run))
    delivered = {one.name for source in given.sources for one in run.deliveries[source.id]}
    population = {one.file for one in given.population}
    if table in WITHOUT_SOURCES:
        return sorted(everything - delivered - population)
    if table in WITH_POPULATION or table in {"index", "datapackage"}:
        return sorted(everything)
    return sorted(everything - population)
