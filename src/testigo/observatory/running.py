"""`testigo run` and `testigo check`: the whole of it, and the same without writing anything."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.core import Message, Text, UsageError
from testigo.observatory.configuration import read_configuration
from testigo.observatory.engines import open_engine
from testigo.observatory.estimating_step import describe_overlaps, judging_step
from testigo.observatory.linking_step import check_links
from testigo.observatory.model import Checked, Ran
from testigo.observatory.publishing import REPORT
from testigo.observatory.run_state import RunState, ingest_step
from testigo.observatory.signatures import unused_signatures, warn_of_names
from testigo.observatory.steps import NEEDS, STEP_FUNCTIONS, STEPS
from testigo.observatory.store import Store, open_store
from testigo.records import CONSISTENCY, UNMATCHED_PLACES, blocked

if TYPE_CHECKING:
    from testigo.core import Speaking
    from testigo.observatory.model import Progress

CHECKED_STEPS: Final = ("ingest", "consistency")


def run_observatory(
    folder: Path, *, only: str | None = None, engine: str = "duckdb", progress: Progress
) -> Ran:
    """Do every step whose inputs changed, and publish.

    Parameters
    ----------
    folder
        The observatory.
    only
        One step; what it needs is brought up to date first, nothing after it is done.
    engine
        `duckdb` or `spark`; changes no table.

    Raises
    ------
    TestigoError
        See the tree of errors; nothing half-written is left behind.
    """
    configuration = read_configuration(folder)
    if only is not None and only not in STEPS:
        raise UsageError(
            Message("There is no step {step}.", {"step": repr(only)}),
            Message("Steps: {steps}.", {"steps": ", ".join(STEPS)}),
        )
    wanted = STEPS if only is None else (*NEEDS[only], only)
    with (
        open_engine(engine, master=configuration.spark_master) as opened,
        open_store(folder) as store,
    ):
        run = RunState(configuration, store, progress, engine=opened)
        for step in wanted:
            STEP_FUNCTIONS[step](run)
        if only is None:
            store.forget_unused()
        return _ran(run)


def check_observatory(folder: Path, *, progress: Progress) -> Checked:
    """Read everything, change nothing: what would be accepted, set aside, found not to add up.

    Works in a folder of its own that is removed at the end, so that the observatory may lie on
    a medium that cannot be written.
    """
    configuration = read_configuration(folder)
    with tempfile.TemporaryDirectory(prefix="testigo-") as place:
        store = Store(Path(place))
        (store.folder / "tables").mkdir()
        run = RunState(configuration, store, progress)
        for step in CHECKED_STEPS:
            STEP_FUNCTIONS[step](run)
        findings = store.table("consistency", "consistency")
        return Checked(
            configuration=configuration,
            deliveries=_of_all_sources(run, "deliveries"),
            reasons=store.table("counts", "reasons"),
            unmatched_places=UNMATCHED_PLACES.checked(_of_all_sources(run, "unmatched_places")),
            notes=(*check_links(run), *describe_overlaps(run), *_notes(run)),
            findings=findings,
            blocked=blocked(findings),
            unused_signatures=unused_signatures(folder, findings),
        )


def _ran(run: RunState) -> Ran:
    findings = (
        run.store.table("consistency", "consistency")
        if "consistency" in run.keys
        else CONSISTENCY.table([])
    )
    report = run.configuration.folder / REPORT
    published = "publish" in run.keys
    return Ran(
        configuration=run.configuration,
        deliveries=_of_all_sources(run, "deliveries"),
        reasons=run.store.table("counts", "reasons"),
        findings=findings,
        skipped=tuple(run.skipped),
        seconds=run.seconds,
        report=report if published else None,
        blocked=blocked(findings),
        unused_signatures=unused_signatures(run.configuration.folder, findings)
        if "consistency" in run.keys
        else (),
        notes=_notes(run),
        headline=next(iter(run.store.notes("publish")), None) if published else None,
        links=_made(run, "link_counts", "links"),
        estimates=_made(run, judging_step(run), "estimates"),
    )


def _made(run: RunState, step: str, table: str) -> pa.Table | None:
    return run.store.table(step, table) if step in run.keys else None


def _of_all_sources(run: RunState, table: str) -> pa.Table:
    return pa.concat_tables(
        run.store.table(ingest_step(source), table) for source in run.configuration.sources
    )


def _notes(run: RunState) -> tuple[Speaking, ...]:
    of_sources = tuple(
        Text(
            es=f"{source.name.es}: {note.in_language('es')}",
            en=f"{source.name.en}: {note.in_language('en')}",
        )
        for source in run.configuration.sources
        for note in run.store.notes(ingest_step(source))
    )
    of_links = tuple(
        Text(note.in_language("es"), note.in_language("en"))
        for step in ("link", "estimate")
        if step in run.keys
        for note in run.store.notes(step)
    )
    return (*warn_of_names(run.configuration.folder), *of_links, *of_sources)
