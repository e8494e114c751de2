"""hand/review_answers.csv and hand/review_sheets.csv: what people answered, and to what sample.

The store may be deleted; what people said may not. These two tables hold codes, counts and scores,
nothing of a record and no name, and agreement and quality are made from them again.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NoReturn

import numpy as np
import pyarrow as pa

from testigo.core import ConfigurationError, Message
from testigo.linkage import (
    ANSWERS,
    REVIEW_PAIRS,
    GivenAnswer,
    ReviewSheet,
    Settled,
    Stratum,
    estimate_clerical_quality,
    measure_agreement,
    settle_answers,
    tally_answers,
)
from testigo.publication import write_bytes
from testigo.records import read_strict_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from testigo.linkage import Agreement, Answer
    from testigo.observatory.model import Configuration
    from testigo.records import StrictTable

ANSWERS_FILE: Final = "review_answers.csv"
SHEETS_FILE: Final = "review_sheets.csv"
ANSWER_COLUMNS: Final = ("sheet", "reviewer", "pair", "stratum", "answer", "reason")
SHEET_COLUMNS: Final = (
    "sheet", "parent", "kept_share", "stratum", "linked", "low", "high", "pairs", "known_same",
)  # fmt: skip
LEVEL: Final = 0.95
_TRUTHS: Final = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class KeptReview:
    """What people answered so far.

    Attributes
    ----------
    sheets
        By id; their `pairs` may be only those that somebody answered, with code and stratum.
    answers
        By sheet, by the code that stands for the reviewer, by pair; the sheet that was answered
        last comes last.
    """

    sheets: Mapping[str, ReviewSheet]
    answers: Mapping[str, Mapping[str, Mapping[str, GivenAnswer]]]

    def plus(
        self, sheet: ReviewSheet, reviewer: str, given: Mapping[str, GivenAnswer]
    ) -> KeptReview:
        """Return the same with the answers of a reviewer in the place of their earlier ones."""
        others = {name: said for name, said in self.answers.items() if name != sheet.id}
        said = {**self.answers.get(sheet.id, {}), reviewer: given}
        return KeptReview({**self.sheets, sheet.id: sheet}, {**others, sheet.id: said})

    def said(self, sheet: str) -> list[dict[str, Answer]]:
        """Return what each reviewer of a sheet answered, in the order of their codes."""
        return [
            {pair: one.answer for pair, one in given.items()}
            for _, given in sorted(self.answers.get(sheet, {}).items())
        ]

    def settled(self, sheet: str) -> Settled:
        """Put together what all reviewers of a sheet said, and who settled their disagreements."""
        adjudicated: dict[str, Answer] = {}
        for child in self.sheets.values():
            if child.parent == sheet:
                adjudicated |= settle_answers(self.said(child.id), {}).answers
        return settle_answers(self.said(sheet), adjudicated)


def read_kept_review(hand: Path) -> KeptReview:
    """Read what people answered; no files are no answers.

    Parameters
    ----------
    hand
        The folder hand/ of an observatory.

    Raises
    ------
    ConfigurationError
        When a line is wrong: file, row and column are told.
    """
    sheets = _read_sheets(hand / SHEETS_FILE)
    answers: dict[str, dict[str, dict[str, GivenAnswer]]] = {}
    strata: dict[str, dict[str, int]] = {name: {} for name in sheets}
    for table, row, line in _lines(hand / ANSWERS_FILE, ANSWER_COLUMNS):
        if line["sheet"] not in sheets:
            table.refuse(
                row,
                "sheet",
                Message("no such sheet in {file}", {"file": SHEETS_FILE}),
                Message("Bring back the lines of that sheet, or remove this one."),
            )
        if line["answer"] not in ANSWERS:
            _refuse(table, row, "answer")
        sheet = sheets[line["sheet"]]
        stratum = _number(table, row, line, "stratum", int)
        if not -1 <= stratum < len(sheet.strata):
            _refuse(table, row, "stratum")
        strata[sheet.id][line["pair"]] = stratum
        said = answers.setdefault(sheet.id, {}).setdefault(line["reviewer"], {})
        said[line["pair"]] = GivenAnswer(line["answer"], line["reason"], row)
    return KeptReview(
        {
            name: ReviewSheet(name, _pairs(strata[name]), one.strata, one.kept_share, one.parent)
            for name, one in sheets.items()
        },
        answers,
    )


def write_kept_review(hand: Path, kept: KeptReview) -> None:
    """Write down what people answered, each file as a whole or not at all."""
    answers = []
    for name, reviewers in kept.answers.items():
        pairs = kept.sheets[name].pairs
        strata = dict(zip(pairs["pair"].to_pylist(), pairs["stratum"].to_pylist(), strict=True))
        answers += [
            (name, reviewer, pair, strata[pair], one.answer, one.reason)
            for reviewer, given in sorted(reviewers.items())
            for pair, one in sorted(given.items())
        ]
    sheets = [
        (name, sheet.parent, sheet.kept_share, number, "yes" if one.linked else "no",
         one.low if np.isfinite(one.low) else None, one.high if np.isfinite(one.high) else None,
         one.pairs, one.known_same)
        for name, sheet in kept.sheets.items()
        for number, one in enumerate(sheet.strata)
    ]  # fmt: skip
    write_again(hand / SHEETS_FILE, _as_csv(SHEET_COLUMNS, sheets))
    write_again(hand / ANSWERS_FILE, _as_csv(ANSWER_COLUMNS, answers))


def measure_quality(kept: KeptReview, *, seed: int) -> pa.Table | None:
    """Estimate precision and recall from the sheet that was answered last.

    A pair that is disputed counts as unsure.

    Returns
    -------
    pyarrow.Table or None
        Columns `CLERICAL_QUALITY`; None when no pair drawn at random was answered.
    """
    for root in _answered(kept):
        settled = kept.settled(root.id)
        disputed: dict[str, Answer] = dict.fromkeys(settled.disputed, "unsure")
        tallies = tally_answers(root, {**settled.answers, **disputed})
        if any(one.same + one.different + one.unsure for one in tallies):
            return estimate_clerical_quality(
                root.strata, tallies, kept_share=root.kept_share, level=LEVEL, seed=seed
            )
    return None


def measure_agreements(kept: KeptReview, root: str, *, seed: int) -> tuple[Agreement, ...]:
    """Measure how far every two reviewers of a sheet agree."""
    return tuple(
        measure_agreement(one, other, level=LEVEL, seed=seed)
        for one, other in combinations(kept.said(root), 2)
    )


def quality_of(given: Configuration) -> tuple[pa.Table | None, tuple[Agreement, ...]]:
    """Estimate precision and recall from what hand/ keeps, and how far its reviewers agree.

    The store is not needed for it. The agreement is of the sheet that was answered last.
    """
    if given.linkage is None:
        return None, ()
    kept, seed = read_kept_review(given.folder / "hand"), given.linkage.seed
    agreement = next((measure_agreements(kept, root.id, seed=seed) for root in _answered(kept)), ())
    return measure_quality(kept, seed=seed), agreement


def _answered(kept: KeptReview) -> Iterator[ReviewSheet]:
    """Give the sheets that were answered, the last one first; an adjudication is of its parent."""
    for name in reversed(list(kept.answers)):
        root = kept.sheets.get(kept.sheets[name].parent or name)
        if root is not None:
            yield root


def write_again(path: Path, content: bytes) -> None:
    """Write a file of hand/ as a whole or not at all; who may read it stays as it was."""
    mode = path.stat().st_mode if path.exists() else None
    write_bytes(path, content)
    if mode is not None:
        path.chmod(mode)


def _read_sheets(path: Path) -> dict[str, ReviewSheet]:
    """Read the sheets, each of one line or more, without their pairs."""
    sheets: dict[str, ReviewSheet] = {}
    for table, row, line in _lines(path, SHEET_COLUMNS):
        before = sheets.get(line["sheet"])
        strata = before.strata if before else ()
        if _number(table, row, line, "stratum", int) != len(strata):
            _refuse(table, row, "stratum")
        if line["linked"] not in _TRUTHS:
            _refuse(table, row, "linked")
        stratum = Stratum(
            linked=_TRUTHS[line["linked"]],
            low=_number(table, row, line, "low", float, blank=-np.inf),
            high=_number(table, row, line, "high", float, blank=np.inf),
            pairs=_number(table, row, line, "pairs", int),
            known_same=_number(table, row, line, "known_same", int, blank=None),
        )
        kept_share = _number(table, row, line, "kept_share", float, blank=None)
        sheets[line["sheet"]] = ReviewSheet(
            line["sheet"], _pairs({}), (*strata, stratum), kept_share, line["parent"]
        )
    return sheets


def _lines(path: Path, columns: Sequence[str]) -> Iterable[tuple[StrictTable, int, dict[str, str]]]:
    if path.exists():
        table = read_strict_table(path, columns, name=f"hand/{path.name}", error=ConfigurationError)
        for row, line in table.lines():
            yield table, row, line


def _number(
    table: StrictTable,
    row: int,
    line: Mapping[str, str],
    name: str,
    kind: Callable[[str], Any],
    **blank: float | None,
) -> Any:  # noqa: ANN401  # int or float, as asked
    if not line[name] and blank:
        return blank["blank"]
    try:
        return kind(line[name])
    except ValueError:
        _refuse(table, row, name)


def _refuse(table: StrictTable, row: int, column: str) -> NoReturn:
    table.refuse(
        row,
        column,
        Message("it is not what `testigo review` writes there"),
        Message("Bring the line back as it was, or remove the lines of that sheet."),
    )


def _pairs(strata: Mapping[str, int]) -> pa.Table:
    rows = [{"pair": pair, "stratum": stratum} for pair, stratum in strata.items()]
    return pa.Table.from_pylist(rows, REVIEW_PAIRS)


def _as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([columns, *rows])
    return sink.getvalue().encode()
