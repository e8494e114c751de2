"""The steps of a run, in order: each a function from tables to tables, run only when it must be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.estimation import (
    STANDARDISED_RATES,
    rate_by_area,
    read_population,
    standardise_rates,
)
from testigo.observatory.estimating_step import estimate_victims, rate_estimated
from testigo.observatory.linking_step import link_sources
from testigo.observatory.publishing import publish
from testigo.observatory.run_state import ingest_step
from testigo.observatory.signatures import OVERRIDES
from testigo.observatory.store import hash_of_file
from testigo.records import (
    REASONS,
    compare_sources,
    count_victims,
    describe_quality,
    find_inconsistencies,
    ingest,
    read_claims,
    read_overrides,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import pyarrow as pa

    from testigo.core import Speaking
    from testigo.observatory.run_state import RunState
    from testigo.records import Source

CLAIMS: Final = "claims.toml"


def ingest_sources(run: RunState) -> None:
    """Deliveries become accepted, excluded and quarantined rows; then counts."""
    sources = run.configuration.sources
    hand = run.hand_key("place_aliases.csv", "code_maps.csv")
    for done, source in enumerate(sources):
        if source.files:
            run.progress(Message("Reading {source}", {"source": source.name}), done, len(sources))
        delivered = [(one.name, one.sha256) for one in run.deliveries[source.id]]
        run.make(
            ingest_step(source),
            (source, delivered, run.areas_key, hand),
            partial(_ingest, run, source),
        )
    run.progress(Message("Counting by area and period"), len(sources), len(sources))
    run.make("counts", _ingest_keys(run), lambda: _count(run))


def _ingest(run: RunState, source: Source) -> tuple[Mapping[str, pa.Table], tuple[Speaking, ...]]:
    found = ingest(source, run.deliveries[source.id], run.catalogue, run.hand)
    tables = {
        "accepted": found.accepted,
        "set_aside": found.set_aside,
        "flags": found.flags,
        "deliveries": found.deliveries,
        "unmatched_places": found.unmatched_places,
    }
    return tables, found.notes


def _ingest_keys(run: RunState) -> list[str]:
    return [run.keys[ingest_step(source)] for source in run.configuration.sources]


def _count(run: RunState) -> tuple[Mapping[str, pa.Table], tuple[()]]:
    import pyarrow as pa

    sources = run.configuration.sources
    counts = count_victims(run.accepted, sources, run.catalogue)
    reasons = pa.concat_tables(reasons_of(run, source) for source in sources)
    return {"counts": counts, "reasons": REASONS.checked(reasons), "latest": _latest(run)}, ()


def _latest(run: RunState) -> pa.Table:
    """Find the last day that each source speaks of."""
    import pyarrow as pa
    import pyarrow.compute as pc

    sources = run.configuration.sources
    days = [pc.max(run.store.table(ingest_step(one), "accepted")["date"]) for one in sources]
    return pa.table(
        {"source": [one.id for one in sources], "latest": [day.as_py() for day in days]},
        schema=pa.schema([("source", pa.string()), ("latest", pa.date32())]),
    )


def reasons_of(run: RunState, source: Source) -> pa.Table:
    """Count the rows of a source by placement, reason and column."""
    return count_reasons(
        run.store.table(ingest_step(source), "set_aside"),
        run.store.table(ingest_step(source), "flags"),
    )


def count_reasons(set_aside: pa.Table, flags: pa.Table) -> pa.Table:
    """Count set-aside and flagged rows by file, placement, reason and column.

    Returns
    -------
    pa.Table
        Columns of `REASONS`, unsorted.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    key = ["source", "file", "placement", "reason", "column"]
    flagged = flags.append_column("placement", pa.repeat(pa.scalar("flagged"), flags.num_rows))
    both = pa.concat_tables([set_aside.select([*key, "row"]), flagged.select([*key, "row"])])
    both = both.set_column(4, "column", pc.fill_null(both["column"], ""))
    counted = both.group_by(key).aggregate([("row", "count_distinct")])
    return counted.rename_columns([*key, "rows"])


def assess_quality(run: RunState) -> None:
    """Criterion, value, threshold, met: for each source."""
    run.progress(Message("Weighing the quality of each source"), 0, None)
    run.make(
        "quality",
        _ingest_keys(run),
        lambda: (
            {"quality": describe_quality([run.ingested(one) for one in run.configuration.sources])},
            (),
        ),
    )


def assess_convergence(run: RunState) -> None:
    """Every pair of sources, where both speak."""
    run.progress(Message("Comparing the sources with one another"), 0, None)
    sources = run.configuration.sources
    run.make(
        "convergence",
        (run.keys["counts"],),
        lambda: (
            {"convergence": compare_sources(run.store.table("counts", "counts"), sources)},
            (),
        ),
    )


def assess_consistency(run: RunState) -> None:
    """Find what does not add up in the sources themselves."""
    run.progress(Message("Looking for figures that do not add up"), 0, None)
    run.make(
        "consistency",
        (
            *_ingest_keys(run), run.keys["counts"], run.hand_key(CLAIMS, OVERRIDES),
            _day_that_matters(run),
        ),
        lambda: _consistency(run),
    )  # fmt: skip


def _day_that_matters(run: RunState) -> date | None:
    """Return the day of the run, if any row is dated later; else the day changes nothing."""
    latest = run.store.table("counts", "latest")["latest"].to_pylist()
    return run.day if any(day is not None and day > run.day for day in latest) else None


def _consistency(run: RunState) -> tuple[Mapping[str, pa.Table], tuple[()]]:
    hand = run.configuration.folder / "hand"
    claims, overrides = hand / CLAIMS, hand / OVERRIDES
    found = find_inconsistencies(
        sources=run.configuration.sources,
        ingested=[run.ingested(source) for source in run.configuration.sources],
        counts=run.store.table("counts", "counts"),
        accepted=run.accepted,
        claims=read_claims(claims) if claims.is_file() else (),
        overrides=read_overrides(overrides) if overrides.is_file() else (),
        as_of=run.day,
    )
    return {"consistency": found.findings, "consistency_cells": found.cells}, ()


def estimate_rates(run: RunState) -> None:
    """Rates on every denominator; nothing without a population."""
    given = run.configuration
    if not given.population:
        return
    run.progress(Message("Working out rates"), 0, None)
    files = [hash_of_file(run.input_path("population.file", one.file)) for one in given.population]
    run.make(
        "rates",
        (*_ingest_keys(run), run.keys["counts"], files, given.population, given.rates_level,
         given.standard),
        lambda: _rates(run, files),
    )  # fmt: skip
    rate_estimated(run)


def _rates(run: RunState, hashes: list[str]) -> tuple[Mapping[str, pa.Table], tuple[()]]:
    import pyarrow as pa

    given = run.configuration
    population = pa.concat_tables(
        read_population(
            run.input_path("population.file", one.file),
            series=one.series,
            columns=one.columns,
            catalogue=run.catalogue,
            keep=one.keep,
            month=one.month,
            sha256=sha256,
        )
        for one, sha256 in zip(given.population, hashes, strict=True)
    )
    rates = rate_by_area(
        run.store.table("counts", "counts"), population, given.sources, level=given.rates_level
    )
    by_age = any("age_group" in one.columns for one in given.population)
    standardised = (
        standardise_rates(
            run.accepted,
            population,
            given.sources,
            standard=given.standard,
            level=given.rates_level,
        )
        if by_age
        else STANDARDISED_RATES.table([])
    )
    return {"rates": rates, "standardised_rates": standardised, "population": population}, ()


STEP_FUNCTIONS: Final[Mapping[str, Callable[[RunState], None]]] = {
    "ingest": ingest_sources,
    "quality": assess_quality,
    "convergence": assess_convergence,
    "consistency": assess_consistency,
    "link": link_sources,
    "estimate": estimate_victims,
    "rates": estimate_rates,
    "publish": publish,
}
STEPS: Final[tuple[str, ...]] = tuple(STEP_FUNCTIONS)
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ingest": (),
    "quality": ("ingest",),
    "convergence": ("ingest",),
    "consistency": ("ingest",),
    "link": ("ingest",),
    "estimate": ("ingest", "link"),
    "rates": ("ingest", "link", "estimate"),
    "publish": ("ingest", "quality", "convergence", "consistency", "link", "estimate", "rates"),
}
