"""store/review/: sheets with names, readable by their owner only; they may be lost."""

from __future__ import annotations

import json
import os
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from testigo.linkage import (
    find_again,
    render_review,
    sheet_as_dict,
    sheet_of,
    show_pairs,
    tabulate_shown,
)
from testigo.observatory.linking_step import accepted_of_lists, kept_model
from testigo.publication import csv_bytes, told_as_storage_error, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.linkage import ReviewSheet
    from testigo.observatory.model import LinkageConfiguration
    from testigo.observatory.run_state import RunState

REVIEW: Final = "review"
PAGE: Final = "review.html"
TABLE: Final = "review.csv"
_SHEET: Final = "sheet.json"
_PAIRS: Final = "pairs.parquet"
_PLACE: Final = ("source", "file", "row", "cell")
_OWNER_ONLY: Final = 0o600
_OWNER_ONLY_FOLDER: Final = 0o700


def write_private(path: Path, content: bytes) -> Path:
    """Write a file as a whole or not at all, for its owner only where the system knows that."""
    with told_as_storage_error(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY_FOLDER)

    def write(unfinished: Path) -> None:
        unfinished.unlink(missing_ok=True)  # an older one may be open to others
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(unfinished, flags, _OWNER_ONLY), "wb") as stream:
            stream.write(content)

    return write_whole(path, write)


def _close(folder: Path) -> None:
    """Make a folder that only its owner may open; an older one is closed."""
    with told_as_storage_error(folder):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(_OWNER_ONLY_FOLDER)


def write_sheet(run: RunState, sheet: ReviewSheet, records: pa.Table) -> Path:
    """Write a sheet as a page and as a table, and what is needed to read its answers.

    Parameters
    ----------
    run
        With the links of the last run.
    sheet
        Of these links or of earlier ones.
    records
        The linked records, in the order of the links.

    Returns
    -------
    Path
        Folder of the sheet.
    """
    links, pairs = (run.store.table("link", name) for name in ("links", "pairs"))
    shown = show_pairs(
        find_again(sheet, links),
        links,
        pairs,
        records,
        model=kept_model(run.store),
        sources={source.id: source.name for source in run.configuration.sources},
        areas={code: area.name for code, area in run.catalogue.areas.items()},
    )
    languages = run.configuration.languages
    page = render_review(
        sheet.id,
        shown,
        name=run.configuration.name,
        languages=languages,
        synthetic=run.configuration.synthetic,
    )
    folder = run.store.folder / REVIEW / sheet.id
    _close(folder.parent)
    write_private(folder / _PAIRS, _parquet(sheet.pairs))
    write_private(folder / TABLE, csv_bytes(tabulate_shown(sheet.id, shown, languages[0])))
    write_private(folder / PAGE, page.encode())
    write_private(folder / _SHEET, json.dumps(sheet_as_dict(sheet), indent=1).encode())
    return folder


def records_of(run: RunState, given: LinkageConfiguration, links: pa.Table) -> pa.Table | None:
    """Return the accepted records in the order of the links; None when they are others by now."""
    try:
        accepted = accepted_of_lists(run, given)
    except (KeyError, OSError):  # a list that no run has read yet
        return None
    accepted = accepted.sort_by([(name, "ascending") for name in _PLACE])
    same = accepted.select(_PLACE).cast(links.select(_PLACE).schema).equals(links.select(_PLACE))
    return accepted if same else None


def read_sheets(store: Path) -> dict[str, ReviewSheet]:
    """Read every sheet that was made here, by id; one that is not whole is not there."""
    sheets = {}
    for path in sorted((store / REVIEW).glob(f"*/{_SHEET}")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            sheet = sheet_of(content, pq.read_table(path.with_name(_PAIRS)))
        except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
            continue
        sheets[sheet.id] = sheet
    return sheets


def code_of(sheet: str, reviewer: str) -> str:
    """Return what stands for a reviewer of one sheet in hand/review_answers.csv."""
    return blake2b(f"{sheet}\0{reviewer}".encode(), digest_size=6).hexdigest()


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", store_schema=False)
    return bytes(sink.getvalue())
