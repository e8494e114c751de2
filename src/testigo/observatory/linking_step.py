"""The step `link`: the records of several lists become victims, incidents and overlaps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from testigo.core import InputFileError, Message
from testigo.linkage import (
    Previous,
    capture_histories,
    check_decisions,
    count_links,
    format_model,
    link_victims,
    parse_model,
    read_link_decisions,
    read_model,
)
from testigo.observatory.run_state import ingest_step
from testigo.observatory.store import hash_of_file
from testigo.publication import write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.core import Speaking
    from testigo.linkage import LinkageModel
    from testigo.observatory.model import LinkageConfiguration
    from testigo.observatory.run_state import RunState
    from testigo.observatory.store import Store

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
    _show_model(run.store)
    strata = run.configuration.estimation.strata if run.configuration.estimation else ()
    run.make("link_counts", (run.keys["link"],), partial(_count_links, run, given))
    run.make("histories", (run.keys["link"], strata), partial(_count, run, given, strata))


def check_links(run: RunState) -> tuple[Message, ...]:
    """Read what the step would read besides the records; refuse what it would refuse."""
    given = run.configuration.linkage
    if given is None:
        return ()
    if given.model:
        read_model(run.input_path("linkage.model", given.model))
    decisions = read_link_decisions(run.configuration.folder / "hand" / DECISIONS)
    return check_decisions(decisions, accepted_of_lists(run, given), given.sources)


def _link(
    run: RunState, given: LinkageConfiguration
) -> tuple[Mapping[str, pa.Table], tuple[Speaking, ...]]:
    previous, asked = _earlier(run.store, given.anew)
    linked = link_victims(
        accepted_of_lists(run, given),
        given.sources,
        decisions=read_link_decisions(run.configuration.folder / "hand" / DECISIONS),
        draws=given.draws,
        seed=given.seed,
        model=read_model(run.input_path("linkage.model", given.model)) if given.model else None,
        previous=previous,
        spark=run.engine.spark,
    )
    tables = {
        "model": _model_table(linked.model, given.anew),
        "links": linked.links,
        "pairs": linked.pairs,
        "blocking": linked.blocking,
        "draws": _as_table(linked.draws),
    }
    return tables, (*asked, *linked.warnings)


def kept_model(store: Store) -> LinkageModel:
    """Return the model of the last links.

    Raises
    ------
    InputFileError
        When the store has none, or one of another version of the program.
    """
    table = store.former("link", "model")
    if table is None:
        raise InputFileError(
            Message("The store has no linkage model."), Message("Run the observatory again.")
        )
    return parse_model(table["model"][0].as_py(), MODEL_FILE)


def _model_table(model: LinkageModel, anew: int) -> pa.Table:
    import pyarrow as pa

    return pa.table({"model": [format_model(model)], "anew": pa.array([anew], pa.int64())})


def _show_model(store: Store) -> None:
    """Put the model beside the tables, for those who look for it."""
    text = store.table("link", "model")["model"][0].as_py().encode()
    path = store.folder / MODEL_FILE
    if not path.is_file() or path.read_bytes() != text:
        write_bytes(path, text)


def _earlier(store: Store, anew: int) -> tuple[Previous | None, tuple[Message, ...]]:
    """Return what the last run linked, and what to say when only its identifiers are wanted."""
    links, pairs, model = (store.former("link", name) for name in ("links", "pairs", "model"))
    if links is None:
        return None, ()
    if model is not None and model["anew"][0].as_py() != anew:
        return Previous(links), (
            Message(
                "linkage.anew was changed: all records were compared anew. Identifiers are kept."
            ),
        )
    try:
        return Previous(links, pairs, kept_model(store)), ()
    except InputFileError:
        return Previous(links, pairs), ()


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
