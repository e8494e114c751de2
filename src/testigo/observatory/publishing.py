"""The last step: what may leave goes through `publication` into output/, all of it or nothing."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from errno import ENOTDIR
from pathlib import Path
from typing import TYPE_CHECKING, Final

from testigo import __version__
from testigo.core import Message
from testigo.observatory.estimating_step import judging_step
from testigo.observatory.events import read_events
from testigo.observatory.group_sums import sum_groups
from testigo.observatory.provenance import are_overlaps_public, describe_provenance
from testigo.observatory.review_memory import ANSWERS_FILE, SHEETS_FILE, quality_of
from testigo.observatory.run_state import ingest_step
from testigo.observatory.store import (
    code_version,
    hash_of,
    hash_of_file,
)
from testigo.publication import (
    STRATA,
    DisclosurePolicy,
    Report,
    collect_printed_rates,
    describe_areas,
    describe_sources,
    headline,
    protect,
    render_report,
    told_as_storage_error,
    withhold,
    write_bytes,
    write_package,
    write_tables,
)
from testigo.records import Delivery, blocked

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from testigo.observatory.model import Configuration
    from testigo.observatory.run_state import RunState
    from testigo.publication import GroupSum

OUTPUT: Final = "output"
REPORT: Final = Path(OUTPUT) / "report" / "index.html"
PROVENANCE: Final = "provenance.json"
MADE_BY: Final = {  # tables of the store that `protect` is given, by the step that made them
    "counts": ("counts", "reasons"),
    "quality": ("quality",),
    "convergence": ("convergence",),
    "consistency": ("consistency", "consistency_cells"),
    "link_counts": ("links",),
    "estimate": ("estimates", STRATA),
    "sensitivity": ("sensitivity", "estimates"),  # with the last word on the verdicts
    "estimated_rates": ("estimated_rates",),
    "rates": ("rates", "standardised_rates", "population"),
}


def publish(run: RunState) -> None:
    """Write output/: tables, data package, provenance and report."""
    given = run.configuration
    run.progress(Message("Writing tables and report"), 0, None)
    events = given.folder / given.report.events if given.report.events else None
    key = hash_of(
        code_version(), sorted(run.keys.items()), replace(given, folder=Path(_folder_name(given))),
        events and hash_of_file(run.input_path("report.events", given.report.events or "")),
        *(path.is_file() and hash_of_file(path) for path in _answers(run)),
    )  # fmt: skip
    run.keys["publish"] = key
    output = given.folder / OUTPUT
    if run.store.holds("publish", key) and _is_unchanged(output):
        run.skipped.append("publish")
        return
    with run.timed("publish"), told_as_storage_error(output):
        unfinished = given.folder / f".{OUTPUT}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            (unfinished / "tables").mkdir(parents=True)
            said = _fill(run, unfinished)
            _put_in_place(unfinished, output)
        finally:  # on a full disk the half that was written must not keep it full
            shutil.rmtree(unfinished, ignore_errors=True)
    run.store.keep("publish", key, {}, notes=said, seconds=run.seconds["publish"])


def _is_unchanged(output: Path) -> bool:
    """Whether nobody changed or removed a file of output/."""
    try:
        told = json.loads((output / PROVENANCE).read_text(encoding="utf-8"))
        return all(
            hash_of_file(output / name) == one["sha256"] for name, one in told["outputs"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _fill(run: RunState, folder: Path) -> tuple[Message, ...]:
    """Write everything into `folder`; return the main answer, if the sources give one."""
    given = run.configuration
    findings = run.store.table("consistency", "consistency")
    stopped = blocked(findings)
    tables = protect(
        withhold(_made(run), stopped),
        sources=given.sources,
        catalogue=run.catalogue,
        policy=DisclosurePolicy(given.k),
    )
    write_tables(tables, folder / "tables")
    write_package(
        tables, folder, title=given.name, sources=given.sources, licence=given.licence,
        version=__version__, languages=given.languages, synthetic=given.synthetic,
    )  # fmt: skip
    report = _report(run, tables, stopped)
    (folder / "report").mkdir()
    write_bytes(folder / "report" / "index.html", render_report(report).encode("utf-8"))
    provenance = describe_provenance(run, folder)
    write_bytes(folder / PROVENANCE, provenance.encode("utf-8"))
    said = headline(report)
    return () if said is None else (said,)


def _made(run: RunState) -> dict[str, pa.Table]:
    import pyarrow as pa

    sources = run.configuration.sources
    tables = {
        name: run.store.table(step, name)
        for step, names in MADE_BY.items()
        if step in run.keys
        for name in names
    }
    tables["deliveries"] = pa.concat_tables(
        run.store.table(ingest_step(source), "deliveries") for source in sources
    )
    tables["printed_rates"] = collect_printed_rates(
        (run.store.table(ingest_step(source), "accepted") for source in sources), run.catalogue
    )
    tables["areas"] = describe_areas(run.catalogue)
    tables["sources"] = describe_sources(sources)
    return tables


def _report(run: RunState, tables: Mapping[str, pa.Table], stopped: frozenset[str]) -> Report:
    given = run.configuration
    asked = given.report
    return Report(
        name=given.name,
        languages=given.languages,
        catalogue=run.catalogue,
        sources=given.sources,
        tables={**tables, **_of_linkage(run), **_of_strata(run)},
        blocked=stopped,
        events=read_events(given.folder / asked.events) if asked.events else (),
        population_names={one.series: one.name for one in given.population},
        notes={source.id: run.store.notes(ingest_step(source)) for source in given.sources},
        link_notes=run.store.notes("link") if "link" in run.keys else (),
        main_period=asked.period,
        main_sources=asked.sources,
        compare=asked.compare,
        rates_source=asked.rates_source,
        rates_period=asked.rates_period,
        k=given.k,
        licence=given.licence,
        version=__version__,
        folder=_folder_name(given),
        synthetic=given.synthetic,
        overlaps=_overlaps(run),
        fate=asked.fate,
        names=asked.names,
        strata_note=asked.strata_note,
        published=asked.published,
        group_sums=_group_sums(run),
    )


def _overlaps(run: RunState) -> Delivery | None:
    """Return the table of overlaps that the estimates rest on, if they rest on one."""
    given = run.configuration.estimation
    if given is None or given.file is None:
        return None
    path = run.input_path("estimation.file", given.file)
    return Delivery(path, given.file, hash_of_file(path) if are_overlaps_public(run) else "")


def _group_sums(run: RunState) -> tuple[GroupSum, ...]:
    """Return sums of strata, where all that is behind them is public."""
    given = run.configuration.estimation
    if given is None or not are_overlaps_public(run):
        return ()
    return sum_groups(
        run.store.table("estimate", STRATA),
        run.store.table("estimate", "draws"),
        run.store.table(judging_step(run), "estimates"),
        seed=given.seed,
        level=given.level,
    )


def _of_linkage(run: RunState) -> dict[str, pa.Table]:
    """Return what the page tells of the linkage and no table publishes."""
    import pyarrow as pa

    if "link" not in run.keys:
        return {}
    found = {"blocking": run.store.table("link", "blocking")}
    quality, agreement = quality_of(run.configuration)
    found |= {} if quality is None else {"clerical_quality": quality}
    if agreement:
        found["review_agreement"] = pa.Table.from_pylist([asdict(one) for one in agreement])
    return found


def _answers(run: RunState) -> list[Path]:
    """Where `testigo review` keeps what people answered about a sample of the pairs."""
    return [run.configuration.folder / "hand" / name for name in (SHEETS_FILE, ANSWERS_FILE)]


def _of_strata(run: RunState) -> dict[str, pa.Table]:
    """Return the values of the strata, by which the page names those that are published."""
    return {STRATA: run.store.table("estimate", STRATA)} if "estimate" in run.keys else {}


def _folder_name(given: Configuration) -> str:
    """Name only: a page must not tell where on a disk it was made."""
    return given.folder.resolve().name


def _put_in_place(unfinished: Path, output: Path) -> None:
    """Swap folders, so that output/ is the whole old set or the whole new one."""
    if output.exists() and not output.is_dir():
        raise NotADirectoryError(ENOTDIR, "there is a file of that name", str(output))
    former = output.with_name(f".{OUTPUT}.former")
    shutil.rmtree(former, ignore_errors=True)
    if output.exists():
        output.rename(former)
    unfinished.rename(output)
    shutil.rmtree(former, ignore_errors=True)
