"""The sentence that quotes one estimate: how many are on a list, and how many there were in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import Message, Number
from testigo.publication.report.evidence import is_suppressed, number_in

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Row


def interval_values(
    observed: float | None, low: float | None, high: float | None, level: float
) -> dict[str, object]:
    """Return what a sentence says of an interval: `low`, `high`, `range` and `level`.

    Examples
    --------
    >>> said = interval_values(10, 8.6, 40.0, 0.95)
    >>> said["range"].in_language("en"), said["level"].in_language("en")
    ('between 10 and 40', '95%')
    """
    # a limit rounded to be published may come out below the people who are on a list
    least, most = Number(max(low or 0, observed or 0)), Number(high or 0)
    limits = {"low": least, "high": most}
    return {
        **limits,
        "range": least if least == most else Message("between {low} and {high}", limits),
        "level": Number(level, 0 if (level * 100) % 1 == 0 else 1, percent=True),
    }


def quote_row(row: Row, values: dict[str, object], *, low: bool) -> Message | None:
    """Say one estimate, or that there is none; None where not even the recorded may be told."""
    if is_suppressed(row):
        if number_in(row, "observed") is None:
            return None
        return Message(
            "At least one list has {observed} people. How many there were in all cannot be "
            "published without exposing somebody.",
            values,
        )
    if number_in(row, "high") is None:
        return Message(
            "At least one list has {observed} people. How many there were in all cannot be said "
            "from these lists.",
            values,
        )
    if low:
        return Message(
            "At least one list has {observed} people; in all there were at least {low} (estimate: "
            "{low} to {high}, {level}, more likely too low than not).",
            values,
        )
    if row["verdict"] == "warn":
        return Message(
            "At least one list has {observed} people; in all there were {range} ({level}), an "
            "estimate with a warning.",
            values,
        )
    return Message(
        "At least one list has {observed} people; in all there were {range} ({level}).",
        values,
    )
