"""The lines of a delimited text, and which of them make one record.

An ordinary line is a record. A quoted cell may hold line breaks, so a line with an odd number of
quotes begins a record that the next such line ends. A quote that nobody closes would swallow the
rest of the file: a record is believed only if it then has the right number of cells, otherwise
the line stands alone and is set aside.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LINES_IN_A_CELL: Final = 200  # more than that is a quote that was not closed
_WHOLE_LINES: Final = 3  # inside one cell; fewer may be an accident
_LF, _CR, _QUOTE = 0x0A, 0x0D, 0x22


def line_ends(data: bytes) -> NDArray[np.int64]:
    r"""Return where each line ends (after its line break), shape (line,).

    Examples
    --------
    >>> line_ends(b"a\nbc\r\nd").tolist()
    [2, 6, 7]
    """
    view = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(view == _LF) + 1
    if b"\r" in data:
        carriage = np.flatnonzero(view == _CR) + 1
        inside = carriage[carriage < len(view)]
        lone = inside[view[inside] != _LF]
        last = carriage[carriage == len(view)]
        ends = np.sort(np.concatenate([ends, lone, last]))
    if len(data) and (not len(ends) or ends[-1] < len(data)):
        ends = np.append(ends, len(data))
    return ends.astype(np.int64)


def split_record(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of one record, or None when its quotes do not fit together.

    Examples
    --------
    >>> split_record('Lima,"one, two",3', ","), split_record('Lima,"one', ",")
    (['Lima', 'one, two', '3'], None)
    """
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else [] if not found else None


@dataclass(frozen=True, slots=True)
class Records:
    """How the lines below the header fall into records.

    Attributes
    ----------
    continuing
        Lines that continue the record of the line before, shape (line,).
    stray
        Lines whose quotes make no record; each is a record of its own, shape (line,).
    """

    continuing: NDArray[np.bool_]
    stray: NDArray[np.bool_]


class Lines:
    """The lines of a text in UTF-8.

    Parameters
    ----------
    data
        The text.
    ends
        Where each line ends, shape (line,).
    """

    def __init__(self, data: bytes | memoryview, ends: NDArray[np.int64]) -> None:
        self.data = memoryview(data)
        self.ends = ends

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.ends)

    @property
    def longest(self) -> int:
        """Bytes of the longest one."""
        return int(np.diff(self.ends, prepend=0).max(initial=0))

    def text(self, first: int, last: int) -> str:
        """Return the lines `first` to `last`, counted from 0, both included."""
        start = int(self.ends[first - 1]) if first else 0
        return bytes(self.data[start : int(self.ends[last])]).decode("utf-8", "replace")

    def after(self, count: int) -> Lines:
        """Return what follows the first `count` lines."""
        start = int(self.ends[count - 1]) if count else 0
        return Lines(self.data[start:], self.ends[count:] - start)

    def without(self, out: NDArray[np.bool_]) -> Lines:
        """Return the text without some lines, shape (line,)."""
        starts = np.concatenate([[0], self.ends[:-1]])
        edges = np.flatnonzero(np.diff(np.concatenate([[True], out, [True]])))
        runs = zip(edges[::2], edges[1::2], strict=True)
        pieces = [self.data[int(starts[one]) : int(self.ends[other - 1])] for one, other in runs]
        lengths = np.diff(self.ends, prepend=0)[~out]
        return Lines(b"".join(pieces), np.cumsum(lengths))


def find_records(lines: Lines, *, delimiter: str, width: int) -> Records:
    """Join the lines of quoted cells; find lines with quotes that do not fit.

    Parameters
    ----------
    lines
        Below the header.
    delimiter, width
        What separates cells, and how many a record has.
    """
    continuing, stray = np.zeros(lines.count, bool), np.zeros(lines.count, bool)
    odd, suspect = _lines_to_look_at(lines, delimiter)
    done = -1
    for position, line in enumerate(suspect):
        if line <= done:
            continue
        cells = split_record(lines.text(line, line), delimiter)
        if cells is not None and (len(cells) == width or line not in odd):
            continue
        near = suspect[position + 1 : position + 1 + LINES_IN_A_CELL]
        last = next((later for later in near if later in odd), None) if line in odd else None
        if last is not None and _is_one_record(lines, line, last, delimiter, width):
            continuing[line + 1 : last + 1] = True
            done = last
        else:
            stray[line] = True
    return Records(continuing, stray)


def _is_one_record(lines: Lines, first: int, last: int, delimiter: str, width: int) -> bool:
    if last - first > LINES_IN_A_CELL:
        return False
    cells = split_record(lines.text(first, last), delimiter)
    if cells is None or len(cells) != width:
        return False
    inside = [lines.text(one, one).count(delimiter) + 1 for one in range(first + 1, last)]
    swallowed = len(inside) >= _WHOLE_LINES and width > 1 and set(inside) == {width}
    return not swallowed  # whole records that two stray quotes had joined


def _lines_to_look_at(lines: Lines, delimiter: str) -> tuple[frozenset[int], list[int]]:
    """Return the lines with an odd number of quotes, and all with a quote inside a cell."""
    view = np.frombuffer(lines.data, np.uint8)
    quotes = np.flatnonzero(view == _QUOTE)
    if not len(quotes):
        return frozenset(), []
    up_to_line = np.searchsorted(quotes, lines.ends)
    odd = np.flatnonzero(np.diff(up_to_line, prepend=0) % 2)
    edges = np.zeros(256, bool)
    edges[[_LF, _CR, _QUOTE, ord(delimiter)]] = True
    last = len(view) - 1
    closing = edges.take(view.take(quotes[:-1] + 1))
    closing = np.append(closing, quotes[-1] == last or edges[view[min(quotes[-1] + 1, last)]])
    opening = quotes[~closing]  # all that are left need an edge before them
    before = edges.take(view.take(np.maximum(opening - 1, 0))) | (opening == 0)
    inside = np.searchsorted(lines.ends, opening[~before], side="right")
    suspect = np.union1d(odd, inside)
    return frozenset(odd.tolist()), suspect.tolist()


def top_records(lines: Lines, *, delimiter: str, limit: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the first records with the number of lines that each takes.

    Parameters
    ----------
    lines
        Of the whole text.
    delimiter
        What separates cells.
    limit
        How many lines to look at.
    """
    line, count = 0, min(limit, lines.count)
    while line < count:
        text = lines.text(line, line)
        taken, cells = 1, split_record(text, delimiter)
        if cells is None and text.count('"') % 2:
            taken, cells = _joined(lines, line, delimiter)
        yield taken, cells if cells is not None else text.rstrip("\r\n").split(delimiter)
        line += taken


def _joined(lines: Lines, line: int, delimiter: str) -> tuple[int, list[str] | None]:
    for last in range(line + 1, min(line + LINES_IN_A_CELL, lines.count)):
        if lines.text(last, last).count('"') % 2:
            cells = split_record(lines.text(line, last), delimiter)
            return (1, None) if cells is None else (last - line + 1, cells)
    return 1, None
