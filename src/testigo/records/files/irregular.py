"""Records of a delimited text that do not have as many cells as the table has columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from testigo.records.files.layout import filled_cells, is_note
from testigo.records.files.text_lines import split_record

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CELLS_OF_A_NOTE = 2
WORDS_OF_A_SENTENCE = 3  # on average between two commas


@dataclass(frozen=True, slots=True)
class Irregular:
    """What became of them.

    Attributes
    ----------
    laid
        Position to cells, as many as there are columns.
    doubtful
        Those of `laid` that have a place only if they turn out to be notes: position to content.
    malformed
        Position and content of those that nobody may lay into columns by guessing.
    """

    laid: dict[int, list[str | None]] = field(default_factory=dict)
    doubtful: dict[int, str] = field(default_factory=dict)
    malformed: list[tuple[int, str]] = field(default_factory=list)


def lay_irregular(
    records: Iterable[tuple[int, str]], *, delimiter: str, columns: int, last_regular: int
) -> Irregular:
    """Lay what can be laid without guessing; keep the rest with its content.

    Parameters
    ----------
    records
        Position and text of each record.
    delimiter
        What separates cells.
    columns
        How many columns the table has.
    last_regular
        Position of the last record that fits, after which only notes are to be expected.
    """
    found = Irregular()
    for position, text in records:
        cells = _cells(text, delimiter)
        if cells is not None and _fits(cells, columns):
            found.laid[position] = _padded(cells, columns)
        elif cells is not None and len(cells) <= columns and _nearly_empty(cells):
            found.laid[position] = _padded(cells, columns)
            found.doubtful[position] = text
        elif is_note(text.lstrip('"')) or (position > last_regular and _is_prose(text, delimiter)):
            # A sentence with commas in it falls into cells that mean nothing.
            found.laid[position] = _padded([text.strip()], columns)
            found.doubtful[position] = text
        else:
            found.malformed.append((position, text))
    return found


def _cells(text: str, delimiter: str) -> list[str | None] | None:
    cells = split_record(text, delimiter)
    return None if cells is None else [cell if cell.strip() else None for cell in cells]


def _fits(cells: list[str | None], columns: int) -> bool:
    """As many cells as columns, surplus ones that are blank, or nothing at all."""
    return (
        len(cells) == columns
        or not any(cells)
        or (len(cells) > columns and not any(cells[columns:]))
    )


def _nearly_empty(cells: list[str | None]) -> bool:
    return filled_cells(cells) <= MOST_CELLS_OF_A_NOTE


def _is_prose(text: str, delimiter: str) -> bool:
    """Whether there are sentences between the delimiters; a torn record has a word or two."""
    parts = [part for part in text.split(delimiter) if part.strip()]
    return len(text.split()) >= WORDS_OF_A_SENTENCE * max(len(parts), 1)


def _padded(cells: list[str | None], columns: int) -> list[str | None]:
    return [*cells[:columns], *[None] * (columns - len(cells))]
