"""store/review/: sheets with names and the answers to them, readable by their owner only."""

from __future__ import annotations

import csv
import json
import os
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, cast

import pyarrow as pa
import pyarrow.parquet as pq

from testigo.linkage import (
    ANSWERS,
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
    from collections.abc import Mapping
    from pathlib import Path

    from testigo.linkage import Answer, GivenAnswer, ReviewSheet
    from testigo.observatory.model import LinkageConfiguration
    from testigo.observatory.run_state import RunState

REVIEW: Final = "review"
PAGE: Final = "review.html"
TABLE: Final = "review.csv"
QUALITY: Final = "clerical_quality.parquet"
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


def keep_answers(store: Path, sheet: str, reviewer: str, given: Mapping[str, GivenAnswer]) -> Path:
    """Keep what a reviewer answered; the file does not tell who that is."""
    rows = [
        {"sheet": sheet, "pair": pair, "answer": one.answer, "reason": one.reason}
        for pair, one in sorted(given.items())
    ]
    columns = pa.schema([(name, pa.string()) for name in ("sheet", "pair", "answer", "reason")])
    path = store / REVIEW / sheet / f"answers-{code_of(sheet, reviewer)}.csv"
    return write_private(path, csv_bytes(pa.Table.from_pylist(rows, columns)))


def read_kept_answers(store: Path, sheet: str) -> dict[str, dict[str, Answer]]:
    """Read what each reviewer of a sheet answered, by the code that stands for them."""
    kept: dict[str, dict[str, Answer]] = {}
    for path in sorted((store / REVIEW / sheet).glob("answers-*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        answers = {
            row["pair"]: cast("Answer", row["answer"])
            for row in rows
            if row.get("answer") in ANSWERS
        }
        kept[path.stem.removeprefix("answers-")] = answers
    return kept


def code_of(sheet: str, reviewer: str) -> str:
    """Return what stands for a reviewer of one sheet in the store."""
    return blake2b(f"{sheet}\0{reviewer}".encode(), digest_size=6).hexdigest()


def keep_quality(store: Path, quality: pa.Table) -> Path:
    """Keep the last estimate of quality, a table without anything personal."""
    return write_private(store / REVIEW / QUALITY, _parquet(quality))


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", store_schema=False)
    return bytes(sink.getvalue())
