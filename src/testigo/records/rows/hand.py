"""The hand-made tables of an observatory that help to read deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message
from testigo.records.files.reading import read_table
from testigo.records.folding import fold
from testigo.records.model import FIELDS, HandTables
from testigo.records.rows.our_words import refuse_word

if TYPE_CHECKING:
    from pathlib import Path

PLACE_ALIASES: Final = ("source", "parent_text", "area_text", "area")
CODE_MAPS: Final = ("source", "field", "given", "ours")


def read_hand_tables(folder: Path) -> HandTables:
    """Read hand/place_aliases.csv and hand/code_maps.csv; both may be absent.

    Parameters
    ----------
    folder
        The folder `hand` of an observatory.

    Raises
    ------
    InputFileError
        When a file is there and cannot be read.
    ConfigurationError
        When it lacks a column, a line lacks its answer or says a word that its field does not
        have, or two lines contradict each other.
    """
    aliases = _read(folder / "place_aliases.csv", PLACE_ALIASES)
    maps = _read(folder / "code_maps.csv", CODE_MAPS)
    for (_, field, _), (line, ours) in maps.items():
        _check_map(line, field, ours)
    return HandTables(
        place_aliases={key: answer for key, (_, answer) in aliases.items()},
        code_maps={key: answer for key, (_, answer) in maps.items()},
    )


def _check_map(line: int, field: str, ours: str) -> None:
    if field not in FIELDS:
        raise ConfigurationError(
            Message(
                "hand/code_maps.csv, line {line}: {field!r} is not a field.",
                {"line": line, "field": field},
            ),
            Message("Write one of: {fields}.", {"fields": ", ".join(FIELDS)}),
        )
    allowed = refuse_word(field, ours)
    if allowed is not None:
        raise ConfigurationError(
            Message(
                "hand/code_maps.csv, line {line}: {ours!r} is not a value of {field}.",
                {"line": line, "field": field, "ours": ours},
            ),
            allowed,
        )


def _read(
    path: Path, columns: tuple[str, str, str, str]
) -> dict[tuple[str, str, str], tuple[int, str]]:
    """Read a table of three columns of question and one of answer: key to line and answer."""
    if not path.exists():
        return {}
    table = read_table(path, expected=columns)
    by_name = {fold(name): name for name in table.header}
    missing = [name for name in columns if fold(name) not in by_name]
    if missing:
        raise ConfigurationError(
            Message(
                "hand/{file}: there is no column {missing}.",
                {"file": path.name, "missing": ", ".join(missing)},
            ),
            Message("Its columns are: {columns}.", {"columns": ", ".join(columns)}),
        )
    cells = [table.cells[by_name[fold(name)]].to_pylist() for name in columns]
    answers: dict[tuple[str, str, str], tuple[int, str]] = {}
    for line, blank, texts in zip(
        table.rows.tolist(), table.blank.tolist(), zip(*cells, strict=True), strict=True
    ):
        if blank:
            continue
        owner, second, third, answer = ((text or "").strip() for text in texts)
        key = (owner or "*", second, third)
        _check_line(path, line, key, answer, answers)
        answers[key] = (line, answer)
    return answers


def _check_line(
    path: Path,
    line: int,
    key: tuple[str, str, str],
    answer: str,
    answers: dict[tuple[str, str, str], tuple[int, str]],
) -> None:
    where = {"file": path.name, "line": line}
    if not answer:
        raise ConfigurationError(
            Message("hand/{file}, line {line}: the last column is blank.", where),
            Message("Write what the delivered value means, or remove the line."),
        )
    if key in answers and answers[key][1] != answer:
        raise ConfigurationError(
            Message(
                "hand/{file}, lines {other} and {line} say different things of the same value.",
                where | {"other": answers[key][0]},
            ),
            Message("Keep one of them."),
        )
