"""The table of events that the report shows beside the series, as hypotheses."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message, Text
from testigo.publication import Event
from testigo.records import read_table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS: Final = ("date", "es", "en")


def read_events(path: Path) -> tuple[Event, ...]:
    """Read `hand/events.csv`: columns date (ISO), es, en; sorted by date.

    Raises
    ------
    ConfigurationError
        When a column is missing or a date is not one.
    """
    table = read_table(path, expected=COLUMNS)
    if not set(COLUMNS) <= set(table.header):
        raise ConfigurationError(
            Message("{file} needs the columns date, es and en.", {"file": path.name}),
            Message("Its first line is: date,es,en"),
        )
    events = []
    for row, line in zip(table.rows.tolist(), table.cells.to_pylist(), strict=True):
        if not any(line.values()):
            continue
        events.append(Event(_day(path, row, line["date"]), _both(line["es"], line["en"])))
    return tuple(sorted(events, key=lambda event: (event.date, event.text.en)))


def _day(path: Path, row: int, given: str | None) -> date:
    try:
        return date.fromisoformat(given or "")
    except ValueError:
        raise ConfigurationError(
            Message("{file}, row {row}: {given} is not a date.",
                    {"file": path.name, "row": row, "given": repr(given)}),
            Message("Write dates as 2020-03-15."),
        ) from None  # fmt: skip


def _both(es: str | None, en: str | None) -> Text:
    return Text(es=es or en or "", en=en or es or "")
