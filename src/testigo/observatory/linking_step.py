"""The step `link`: the records of several lists become victims, incidents and overlaps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from testigo.core import InputFileError, Message
from testigo.linkage import (
    Previous,
    capture_histories,
    count_links,
    link_victims,
    read_link_decisions,
    read_model,
    write_model,
)
from testigo.observatory.run_state import ingest_step
from testigo.observatory.store import hash_of_file
from testigo.publication import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.core import Speaking
    from testigo.observatory.model import LinkageConfiguration
    from testigo.observatory.run_state import RunState

DECISIONS: Final = "link_decisions.csv"
LINKS_FILE: Final = "links.parquet"
MODEL_FILE: Final = "linkage_model.json"


def link_sources(run: RunState) -> None:
    """Turn the records of the lists in `[linkage]` into victims; then count their overlaps."""
    given = run.configuration.linkage
    if given is None:
        return
    run.progress(Message("Linking the records of {count} lists", {"count": len(given.sources)}),
                 0, None)  # fmt: skip
    model = run.input_path("linkage.model", given.model) if given.model else None
    run.make(
        "link",
        (
            [run.keys[step] for step in _steps(run, given)], given, run.hand_key(DECISIONS),
            model and hash_of_file(model),
        ),
        partial(_link, run, given),
    )  # fmt: skip
    run.store.show("link", "links", LINKS_FILE)
    strata = run.configuration.estimation.strata if run.configuration.estimation else ()
    run.make("link_counts", (run.keys["link"],), partial(_count_links, run, given))
    run.make("histories", (run.keys["link"], strata), partial(_count, run, given, strata))


def _link(
    run: RunState, given: LinkageConfiguration
) -> tuple[Mapping[str, pa.Table], tuple[Speaking, ...]]:
    linked = link_victims(
        accepted_of_lists(run, given),
        given.sources,
        decisions=read_link_decisions(run.configuration.folder / "hand" / DECISIONS),
        draws=given.draws,
        seed=given.seed,
        model=read_model(run.input_path("linkage.model", given.model)) if given.model else None,
        previous=_earlier(run),
        spark=run.engine.spark,
    )
    write_whole(run.store.folder / MODEL_FILE, partial(write_model, linked.model))
    tables = {
        "links": linked.links,
        "pairs": linked.pairs,
        "blocking": linked.blocking,
        "draws": _as_table(linked.draws),
    }
    return tables, linked.warnings


def _earlier(run: RunState) -> Previous | None:
    """Return what the last run linked; without its model nothing but its identifiers is kept."""
    links, pairs = (run.store.former("link", table) for table in ("links", "pairs"))
    if links is None:
        return None
    try:
        return Previous(links, pairs, read_model(run.store.folder / MODEL_FILE))
    except InputFileError:
        return Previous(links, pairs)


def _count_links(
    run: RunState, given: LinkageConfiguration
) -> tuple[Mapping[str, pa.Table], tuple[()]]:
    counts = count_links(
        run.store.table("link", "links"),
        run.store.table("link", "blocking"),
        lists=given.sources,
        draws=_as_arrays(run.store.table("link", "draws")),
    )
    return {"links": counts}, ()


def _count(
    run: RunState, given: LinkageConfiguration, strata: tuple[str, ...]
) -> tuple[Mapping[str, pa.Table], tuple[()]]:
    histories = capture_histories(
        run.store.table("link", "links"),
        accepted_of_lists(run, given),
        draws=_as_arrays(run.store.table("link", "draws")),
        strata=strata,
    )
    return {"histories": histories.table}, ()


def accepted_of_lists(run: RunState, given: LinkageConfiguration) -> pa.Table:
    """Put the accepted records of the linked lists one below the other."""
    import pyarrow as pa

    return pa.concat_tables(run.store.table(step, "accepted") for step in _steps(run, given))


def _steps(run: RunState, given: LinkageConfiguration) -> list[str]:
    return [
        ingest_step(source) for source in run.configuration.sources if source.id in given.sources
    ]


def _as_table(draws: NDArray[np.int32]) -> pa.Table:
    import pyarrow as pa

    return pa.table({f"draw_{number}": values for number, values in enumerate(draws, start=1)})


def _as_arrays(draws: pa.Table) -> list[NDArray[np.int32]]:
    return [column.to_numpy() for column in draws.columns]
