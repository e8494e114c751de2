"""Which columns of a file of overlaps are lists, and which are too doubtful to be anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import InputFileError, Message
from testigo.estimation.systems.capture_histories import MOST_LISTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from testigo.estimation.file_columns import FileColumns

_MARKS: Final = {  # TRUE and FALSE are how programs write 1 and 0
    "0": 0.0, "0.0": 0.0, "0,0": 0.0, "FALSE": 0.0, "FALSO": 0.0,
    "1": 1.0, "1.0": 1.0, "1,0": 1.0, "TRUE": 1.0, "VERDADERO": 1.0,
}  # fmt: skip
_YES_OR_NO: Final = (  # folded; each stands for a list or for a stratum, nobody can tell
    frozenset({"si", "no"}),
    frozenset({"yes", "no"}),
    frozenset({"x", "no"}),
)
_MOST_WORDS: Final = 50  # ways to write two words; a column of more is of names, slow to fold
_COUNTS: Final = (  # folded; what people call the column `count`
    "conteo", "conteos", "counts", "cuenta", "recuento", "cantidad", "numero", "num", "nro", "n",
    "no", "total", "suma", "freq", "frequency", "frecuencia", "personas", "people", "victimas",
    "victims", "casos", "cases",
)  # fmt: skip
_NUMBERED: Final = re.compile(r" \(\d+\)$")
_MEND: Final = Message(
    "If it is a list, write 1 where it holds these people and 0 where it does not, never a blank. "
    "If it is a stratum, name its values with words other than yes and no."
)


def choose_lists(
    delivered: FileColumns, count: str, people: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Return the columns that are lists, each with its 0 and 1, shape (row,).

    Parameters
    ----------
    delivered
        The file.
    count
        Name of the column of people.
    people
        What it holds, shape (row,).

    Raises
    ------
    InputFileError
        When two columns have one name, there is no list or too many, or a column is nearly a list:
        0 and 1 with a blank or another value, words for yes and no, or the people themselves.
    """
    names = delivered.cells.column_names
    _check_names(delivered, names)
    others = [name for name in names if name != count]
    for name in others:
        _refuse_words(delivered, name)
        _refuse_counts(delivered, name, people, count)
    lists = {name: _held(delivered, name) for name in others if _is_list(delivered, name)}
    _check_number(delivered, lists)
    return lists


def show_header(count: str, header: Sequence[str]) -> Message:
    """Say what the header should be like; names a column that may be meant as the count."""
    from testigo.records import fold

    example: dict[str, object] = {"count": count}
    meant = next((name for name in header if fold(name) in _COUNTS), None)
    if meant is not None:
        return Message(
            "Do you mean {nearest!r}? Name that column {count}.", example | {"nearest": meant}
        )
    return Message(
        "The first row names the lists and {count}, for instance: press,police,ngo,{count}. Below "
        "it a row 1,0,1,15 says that 15 people are on press and ngo and not on police. If each row "
        "is one person, add a column {count} with 1 in every row.",
        example,
    )


def _check_names(delivered: FileColumns, names: Sequence[str]) -> None:
    from testigo.records import fold

    # A reader that needs names unlike each other has made "a (2)" of a second "a".
    given = [_NUMBERED.sub("", name) if _NUMBERED.sub("", name) in names else name
             for name in names]  # fmt: skip
    folded = [fold(name) or name for name in given]
    twice = [name for place, name in enumerate(given) if folded[place] in folded[:place]]
    if twice:
        raise InputFileError(
            Message(
                "{file} has several columns with the same name: {names}.",
                {"file": delivered.name, "names": ", ".join(twice)},
            ),
            Message("Give each column its own name; capitals and accents do not tell them apart."),
        )


def _marks(delivered: FileColumns, column: str) -> tuple[list[str], NDArray[np.int64]]:
    texts, place = delivered.distinct(column)
    return [(text or "").strip() for text in texts], place


def _is_list(delivered: FileColumns, column: str) -> bool:
    """Say whether a column is of 0 and 1; one that nearly is, is a list with a slip.

    Lists that are left blank where they hold nobody would make a stratum of each pattern.
    """
    marks, place = _marks(delivered, column)
    values = {_MARKS[mark.upper()] for mark in marks if mark.upper() in _MARKS}
    others = {mark for mark in marks if mark and mark.upper() not in _MARKS}
    mostly = np.array([mark.upper() in _MARKS for mark in marks])[place].mean() > 0.5  # noqa: PLR2004
    return bool(mostly or (values and not others) or (len(values) > len(others) == 1))


def _held(delivered: FileColumns, column: str) -> NDArray[np.float64]:
    marks, place = _marks(delivered, column)
    values = np.array([_MARKS.get(mark.upper(), np.nan) for mark in marks], dtype=np.float64)[place]
    wrong = np.isnan(values)
    if wrong.any():
        _refuse_mark(delivered, column, int(np.argmax(wrong)), _MEND)
    return values


def _refuse_mark(delivered: FileColumns, column: str, index: int, mend: Message) -> None:
    marks, place = _marks(delivered, column)
    given = marks[place[index]]
    what = Message("{given} is neither 0 nor 1", {"given": repr(given)})
    delivered.refuse(index, column, what if given else Message("is blank"), mend)


def _refuse_words(delivered: FileColumns, column: str) -> None:
    """Stop at words for yes and no: they may mark a list, or name a stratum."""
    from testigo.records import fold

    marks, place = _marks(delivered, column)
    if len(marks) > _MOST_WORDS:
        return
    words = {fold(mark) for mark in marks if mark.upper() not in _MARKS} - {""}
    if words and any(words <= pair for pair in _YES_OR_NO):
        wrong = np.array([fold(mark) in words for mark in marks])[place]
        _refuse_mark(delivered, column, int(np.argmax(wrong)), _MEND)


def _refuse_counts(
    delivered: FileColumns, column: str, people: NDArray[np.float64], count: str
) -> None:
    """Stop at a list that repeats how many people there are where it should have a 1."""
    from testigo.records import read_numbers

    texts, place = delivered.distinct(column)
    values = np.array(read_numbers(texts, whole=True), dtype=np.float64)[place]
    filled = values > 0
    repeats = bool((values[filled] == people[filled]).all())
    if repeats and filled.any() and not filled.all() and (values[filled] > 1).any():
        mend = Message(
            "Write 1 where the list holds these people, and 0 where it does not; how many they "
            "are stands in {count} alone.",
            {"count": count},
        )
        _refuse_mark(delivered, column, int(np.argmax(filled & (values > 1))), mend)


def _check_number(delivered: FileColumns, lists: dict[str, NDArray[np.float64]]) -> None:
    if not lists:
        raise InputFileError(
            Message("{file} has no column of 0 and 1.", {"file": delivered.name}),
            Message("Each list is a column: 1 where it holds these people, 0 where it does not."),
        )
    if len(lists) > MOST_LISTS:
        raise InputFileError(
            Message(
                "{file} has {lists} lists, more than {most}.",
                {"file": delivered.name, "lists": len(lists), "most": MOST_LISTS},
            ),
            Message("Merge lists of the same kind, for instance all newspapers."),
        )
