"""`testigo explain --table links`: from the counts of linked lists back to files and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.core import Message, Number, PromiseError
from testigo.linkage import read_link_decisions
from testigo.observatory.linking_step import DECISIONS, LINKS_FILE, MODEL_FILE, kept_model
from testigo.observatory.model import Explanation
from testigo.observatory.published_line import published
from testigo.observatory.rows_behind import ROWS, rows_by_file
from testigo.observatory.run_state import ingest_step
from testigo.observatory.store import read_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from testigo.observatory.model import Configuration
    from testigo.observatory.store import Store
    from testigo.records import Source

STORE: Final = "store"


def explain_links(folder: Path, configuration: Configuration) -> Explanation:
    """Say which rows were linked, by which model and decisions, and where the links stand.

    Which records speak of one person is private, so the walk ends at the files and their rows.

    Raises
    ------
    UsageError
        When the table has not been published.
    PromiseError
        When the rows in the store are no longer those that were linked.
    """
    table = published(folder, "links")
    lines = {(row["measure"], row["lists"]): row for row in table.to_pylist()}
    line: dict[str, object] = next(
        (row for (measure, _), row in lines.items() if measure == "victims"), {}
    )
    ids = str(line.get("lists", "")).split()
    sources = sorted(
        (one for one in configuration.sources if one.id in ids), key=lambda one: ids.index(one.id)
    )
    if line.get("value_status") != "stated":
        why = Message("The figure is suppressed, so that nobody can be recognised by it.")
        return Explanation(_figure(ids, None), "suppressed", (why,), ROWS.empty_table(), line)
    if ("records", str(line["lists"])) not in lines:
        why = Message("Who is on which lists was delivered as a table, and is published as it is.")
        figure = _figure(ids, line["count"])
        return Explanation(figure, "stated", (why,), ROWS.empty_table(), line)
    store = read_store(folder)
    drawn = () if line["low"] is None else (
        Message("Where records leave it open who is who, the linkage was drawn many times; the "
                "counts are those of the draw in the middle."),
    )  # fmt: skip
    steps = (*_steps(folder, store), *drawn, Message(
        "Which records speak of one person stands in {file}, which is private. {review} shows "
        "people the pairs that matter.",
        {"file": f"{STORE}/{LINKS_FILE}", "review": "`testigo review`"},
    ))  # fmt: skip
    rows = _rows(store, sources, lines.get(("records", str(line["lists"]))))
    return Explanation(_figure(ids, line["count"]), "stated", steps, rows, line)


def _figure(ids: Sequence[str], victims: object) -> Message:
    values: dict[str, object] = {"lists": ", ".join(ids) or "–"}
    if victims is None:
        return Message("People on the lists {lists}", values)
    return Message(
        "{victims} people on the lists {lists}", values | {"victims": Number(int(str(victims)))}
    )


def _steps(folder: Path, store: Store) -> tuple[Message, ...]:
    model = kept_model(store)
    decisions = read_link_decisions(folder / "hand" / DECISIONS)
    return (
        Message(
            "Every pair of records that a rule brings together was scored, and records were "
            "grouped by their scores; the model, in {file}, was learned from {records} records.",
            {"file": f"{STORE}/{MODEL_FILE}", "records": Number(model.trained_on)},
        ),
        Message(
            "Decisions of people in {file}, always obeyed: {count}.",
            {"file": f"hand/{DECISIONS}", "count": Number(len(decisions))},
        ),
    )


def _rows(store: Store, sources: Sequence[Source], told: dict[str, object] | None) -> pa.Table:
    parts = [rows_by_file(store, one, store.table(ingest_step(one), "accepted")) for one in sources]
    rows = pa.concat_tables(parts)
    found = sum(store.table(ingest_step(one), "accepted").num_rows for one in sources)
    if told is not None and told["count"] not in {None, found}:
        raise PromiseError(
            Message("The rows in the store add up to {found}, the published figure is {given}.",
                    {"found": found, "given": told["count"]}),
            Message("Something changed since the last run; run the observatory again."),
        )  # fmt: skip
    return rows
