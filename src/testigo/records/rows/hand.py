"""The hand-made tables of an observatory that help to read deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message
from testigo.records.files.strict_tables import read_strict_table
from testigo.records.model import FIELDS, HandTables
from testigo.records.rows.codes import comparison_key
from testigo.records.rows.our_words import refuse_word

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.records.files.strict_tables import StrictTable

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
    table = read_strict_table(path, columns, name=f"hand/{path.name}", error=ConfigurationError)
    answers: dict[tuple[str, str, str], tuple[int, str]] = {}
    seen: dict[tuple[str, ...], tuple[int, str]] = {}
    for row, line in table.lines():
        owner, second, third, answer = (line[name] for name in columns)
        if not answer:
            mend = Message("Write what the delivered value means, or remove the line.")
            table.refuse(row, columns[-1], Message("it is blank"), mend)
        key = (owner or "*", second, third)
        folded = (key[0], *map(comparison_key, key[1:]))
        first, other = seen.setdefault(folded, (row, answer))
        if other != answer:
            raise _contradiction(table, first, row)
        answers[key] = (row, answer)
    return answers


def _contradiction(table: StrictTable, first: int, row: int) -> ConfigurationError:
    return ConfigurationError(
        Message(
            "{file}, rows {first} and {row} say different things of the same value.",
            {"file": table.name, "first": first, "row": row},
        ),
        Message("Keep one of them. Case and accents do not make two values."),
    )
