"""Answers of a reviewer, as the page saves them or a spreadsheet does: checked line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from testigo.core import LANGUAGES, InputFileError, Message, Text
from testigo.linkage.review_model import ANSWER_REASONS, Answer
from testigo.records import fold, read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from testigo.records import RawTable

NEEDED: Final = ("sheet", "pair", "answer")
TOLD: Final = 10  # wrong lines that are told one by one
_WORDS: Final[Mapping[str, Answer]] = {
    **dict.fromkeys(("same", "s", "misma", "mismo", "si", "yes"), "same"),
    **dict.fromkeys(("different", "d", "distinta", "distinto", "diferente", "no"), "different"),
    **dict.fromkeys(("unsure", "u", "duda", "dudosa", "dudoso", "no se"), "unsure"),
}


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer.

    Attributes
    ----------
    answer, reason
        What was answered; what it rests on, one of `ANSWER_REASONS` or empty.
    line
        Line of the file.
    """

    answer: Answer
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class ReviewAnswers:
    """The answers of one reviewer to one sheet.

    Attributes
    ----------
    sheet
        Id of the sheet.
    given
        Pair to its answer; what was left blank is not there.
    """

    sheet: str
    given: Mapping[str, GivenAnswer]


def read_review_answers(path: Path, sheets: Mapping[str, Collection[str]]) -> ReviewAnswers:
    """Read the answers of one reviewer; nothing is taken from a file that has a wrong line.

    Parameters
    ----------
    path
        CSV or workbook with columns `sheet`, `pair`, `answer` and perhaps `reason`.
    sheets
        The sheets that were made here, with the pairs of each.

    Raises
    ------
    InputFileError
        When the file cannot be read, or with the lines that are wrong; never with what stands in
        them.
    """
    table = read_table(path, expected=NEEDED)
    lines = _lines(table, path.name)
    sheet = _sheet_of(path.name, lines, sheets)
    pairs = frozenset(sheets[sheet])
    wrong: list[Message] = []
    given: dict[str, GivenAnswer] = {}
    if len(table.malformed):
        wrong += [
            Message("line {line}: too many or too few cells", {"line": line})
            for line in table.malformed["row"].to_pylist()
        ]
    for line, cells in lines:
        found = _answer(line, cells, sheet, pairs)
        if isinstance(found, Message):
            wrong.append(found)
        elif found is not None and _repeats(given.get(cells["pair"]), found):
            wrong.append(
                Message(
                    "line {line}: the pair was answered otherwise in line {before}",
                    {"line": line, "before": given[cells["pair"]].line},
                )
            )
        elif found is not None:
            given.setdefault(cells["pair"], found)
    if wrong:
        _refuse(path.name, wrong)
    return ReviewAnswers(sheet, given)


def _lines(table: RawTable, file: str) -> list[tuple[int, dict[str, str]]]:
    """Return the lines that say something, with their cells by folded column name."""
    by_name = {fold(name): name for name in table.header}
    missing = [name for name in NEEDED if name not in by_name]
    if missing:
        raise InputFileError(
            Message(
                "{file}: there is no column {missing}.",
                {"file": file, "missing": ", ".join(missing)},
            ),
            Message("Take the file that the review page saves, or fill in the sheet in CSV."),
        )
    columns = {
        name: [(text or "").strip() for text in table.cells[by_name[name]].to_pylist()]
        for name in (*NEEDED, "reason")
        if name in by_name
    }
    return [
        (line, {"reason": "", **{name: texts[place] for name, texts in columns.items()}})
        for place, line in enumerate(table.rows.tolist())
        if not table.blank[place]
    ]


def _sheet_of(
    file: str, lines: list[tuple[int, dict[str, str]]], sheets: Mapping[str, Collection[str]]
) -> str:
    """Return the sheet that the first line names."""
    if not lines:
        raise InputFileError(
            Message("{file}: there is no answer in it.", {"file": file}),
            Message("Save the answers on the review page, then read that file."),
        )
    line, cells = lines[0]
    if cells["sheet"] not in sheets:
        raise InputFileError(
            Message(
                "{file}, line {line}: it answers a sheet that was not made in this observatory, "
                "or that is no longer in store/review.",
                {"file": file, "line": line},
            ),
            Message("Answer a sheet that `testigo review` wrote, in the folder where it was made."),
        )
    return cells["sheet"]


def _answer(
    line: int, cells: Mapping[str, str], sheet: str, pairs: Collection[str]
) -> GivenAnswer | Message | None:
    """Return the answer of a line, what is wrong with it, or None where it is left blank."""
    where = {"line": line}
    if cells["sheet"] != sheet:
        return Message("line {line}: it answers another sheet than the first line", where)
    if cells["pair"] not in pairs:
        return Message("line {line}: the sheet has no such pair", where)
    if not cells["answer"]:
        return None
    word = _WORDS.get(fold(cells["answer"]))
    if word is None:
        return Message("line {line}: the answer is not same, different or unsure", where)
    reason = cells["reason"]
    if reason and reason not in ANSWER_REASONS:
        return Message("line {line}: the reason is not one of {known}",
                       {**where, "known": ", ".join(ANSWER_REASONS)})  # fmt: skip
    return GivenAnswer(word, reason, line)


def _repeats(before: GivenAnswer | None, now: GivenAnswer) -> bool:
    return before is not None and before.answer != now.answer


def _refuse(file: str, wrong: list[Message]) -> NoReturn:
    if len(wrong) > TOLD:
        more = Message("and more wrong lines: {count}", {"count": len(wrong) - TOLD})
        wrong = [*wrong[:TOLD], more]
    es, en = ("; ".join(one.in_language(language) for one in wrong) for language in LANGUAGES)
    raise InputFileError(
        Message("{file} was not read: {wrong}.", {"file": file, "wrong": Text(es=es, en=en)}),
        Message("Mend these lines and read the file again; nothing of it was taken."),
    )
