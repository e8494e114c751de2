"""`testigo review`: the pairs that people shall look at, kept where the office alone sees them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from testigo.core import ConfigurationError, Message, UsageError
from testigo.linkage import choose_pairs, read_link_decisions
from testigo.observatory.arguments import as_argument
from testigo.observatory.configuration import read_configuration
from testigo.observatory.linking_step import DECISIONS
from testigo.observatory.review_folder import PAGE, TABLE, records_of, write_sheet
from testigo.observatory.run_state import RunState
from testigo.observatory.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from testigo.linkage import ReviewSheet
    from testigo.observatory.model import Progress


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """A sheet that waits for answers.

    Attributes
    ----------
    id
        Of the sheet.
    page, table
        Where it lies, as HTML and as CSV; private.
    pairs, sampled
        How many pairs it has, and how many of them were drawn at random.
    nameless
        Pairs of which a record has no identifier of its own: answers to them measure quality and
        cannot become decisions.
    """

    id: str
    page: Path
    table: Path
    pairs: int
    sampled: int
    nameless: int


def write_review(folder: Path, *, size: int, seed: int, progress: Progress) -> WrittenSheet:
    """Choose the pairs that people shall look at and write them as a page and as a table.

    Parameters
    ----------
    folder
        The observatory; its links must have been made.
    size
        About how many pairs; two thirds are drawn at random.
    seed
        The same links, decisions, size and seed make the same sheet.

    Raises
    ------
    UsageError
        When there are no links, or they are older than the records.
    """
    progress(Message("Choosing pairs to look at"), 0, None)
    with open_review(folder, progress) as (run, records):
        links, pairs, blocking = (
            run.store.table("link", name) for name in ("links", "pairs", "blocking")
        )
        sheet = choose_pairs(
            links,
            pairs,
            blocking,
            decisions=read_link_decisions(folder / "hand" / DECISIONS),
            size=size,
            seed=seed,
        )
        if not sheet.pairs.num_rows:
            raise UsageError(
                Message("There is no pair to look at: no two records were compared."),
                Message("Look at what the lists have in common, or wait for more records."),
            )
        return write_down(run, records, sheet)


@contextmanager
def open_review(folder: Path, progress: Progress) -> Iterator[tuple[RunState, pa.Table]]:
    """Open the store of an observatory, with the linked records in the order of the links.

    Raises
    ------
    ConfigurationError, UsageError
        When no lists are linked, or were not linked since their records changed.
    """
    configuration = read_configuration(folder)
    given = configuration.linkage
    if given is None:
        raise ConfigurationError(
            Message("testigo.toml links no lists, so that there is nothing to review."),
            Message("Name the lists in [linkage], for instance sources = [\"police\", \"press\"]."),
        )  # fmt: skip
    with open_store(folder) as store:
        run = RunState(configuration, store, progress)
        links = store.former("link", "links")
        hint = Message("Type `testigo run {folder}` first.", {"folder": as_argument(folder)})
        if links is None or store.former("link", "pairs") is None:
            raise UsageError(Message("The records have not been linked yet."), hint)
        records = records_of(run, given, links)
        if records is None:
            raise UsageError(Message("The links are older than the records."), hint)
        yield run, records


def write_down(run: RunState, records: pa.Table, sheet: ReviewSheet) -> WrittenSheet:
    """Write a sheet into the store, and say where."""
    place = write_sheet(run, sheet, records)
    named = pc.and_(pc.is_valid(sheet.pairs["record_a"]), pc.is_valid(sheet.pairs["record_b"]))
    return WrittenSheet(
        id=sheet.id,
        page=place / PAGE,
        table=place / TABLE,
        pairs=sheet.pairs.num_rows,
        sampled=int(pc.sum(pc.greater_equal(sheet.pairs["stratum"], 0)).as_py() or 0),
        nameless=int(pc.sum(pc.invert(named)).as_py() or 0),
    )
