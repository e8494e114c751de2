"""`testigo explain --table estimates`: from the estimate of all victims back to its overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import Message, Number
from testigo.estimation import METHOD_NAMES, read_reasons
from testigo.observatory.estimating_step import DRAWS_FILE
from testigo.observatory.links_behind import STORE, explain_links
from testigo.observatory.model import Explanation
from testigo.observatory.published_line import published
from testigo.observatory.rows_behind import ROWS
from testigo.observatory.store import hash_of_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from testigo.observatory.model import Configuration, EstimationConfiguration


def explain_estimates(folder: Path, configuration: Configuration) -> Explanation:
    """Say from which overlaps, by which method and seed the victims of all strata were estimated.

    Raises
    ------
    UsageError
        When the table has not been published.
    PromiseError
        When the rows in the store are no longer those that were linked.
    """
    lines = published(folder, "estimates").to_pylist()
    line: dict[str, object] = lines[0] if lines else {}
    figure, given = _figure(line), configuration.estimation
    status = str(line.get("value_status", "suppressed"))
    if given is None or status == "suppressed":
        why = Message("The figure is suppressed, so that nobody can be recognised by it.")
        return Explanation(figure, "suppressed", (why, _mend()), ROWS.empty_table(), line)
    before, rows = _overlaps(folder, configuration, given)
    reasons = read_reasons(str(line["measured"] or ""))
    steps = (*before, _method(lines, given), *(reason.text for reason in reasons))
    return Explanation(figure, status, steps, rows, line)


def _mend() -> Message:
    return Message(
        "Some of its overlaps are so small that an answer would tell them. If they are public "
        "already, write published = true for their lists in testigo.toml. If not, join lists or "
        "strata until none is small, or link the records here, with draws."
    )


def _figure(line: Mapping[str, object]) -> Message:
    if line.get("value_status") == "suppressed":
        return Message("All victims, those on no list included: suppressed.")
    if line.get("median") is None:
        return Message("All victims, those on no list included: not estimable.")
    numbers = {name: Number(float(str(line[name]))) for name in ("median", "low", "high")}
    return Message("All victims, those on no list included: {median} ({low} to {high})", numbers)


def _overlaps(
    folder: Path, configuration: Configuration, given: EstimationConfiguration
) -> tuple[tuple[Message, ...], pa.Table]:
    if given.file is None:
        links = explain_links(folder, configuration)
        return (links.figure, *links.steps), links.rows
    path = folder / given.file
    content = hash_of_file(path) if path.is_file() else "–"
    step = Message(
        "Who is on which lists was delivered as a table: {file} (SHA-256 {sha}).",
        {"file": given.file, "sha": content},
    )
    return (step,), ROWS.empty_table()


def _method(lines: list[dict[str, object]], given: EstimationConfiguration) -> Message:
    strata = lines[1:] or lines
    return Message(
        "Strata: {strata}, of which {refused} cannot be estimated. Method: {method}, seed {seed}. "
        "The draws stand in {file}.",
        {
            "strata": len(strata),
            "refused": sum(one["verdict"] == "refuse" for one in strata),
            "method": METHOD_NAMES[given.method],
            "seed": str(given.seed),
            "file": f"{STORE}/{DRAWS_FILE}",
        },
    )
