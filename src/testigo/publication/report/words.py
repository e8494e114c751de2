"""What the page itself says around its figures."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "skip": Message("Skip to the figures"),
        "synthetic": Message(
            "Synthetic data: invented for an exercise, they do not speak of real people."
        ),
        "contents": Message("On this page"),
        "absent": Message("Not on this page, and why:"),
        "copy": Message("Copy the sentence"),
        "table": Message("The table behind it"),
        "whole_table": Message("The whole table:"),
        "lineage": Message("Where does this come from?"),
        "deliveries": Message("Deliveries behind this figure"),
        "walk": Message("To walk a figure back to its rows:"),
        "provenance": Message("All deliveries"),
        "found": Message("found"),
        "expected": Message("expected"),
        "signed": Message("Published all the same, signed:"),
        "blocked": Message("blocked"),
        "quality": Message("Criteria: value, threshold, met"),
        "reasons": Message("Rows set aside or flagged, and why"),
        "looked": Message("What was found by looking at the deliveries"),
        "delivered": Message("rows delivered"),
        "accepted": Message("accepted"),
        "excluded": Message("excluded"),
        "quarantined": Message("quarantined"),
        "lineage_head": (
            Message("file"),
            Message("source"),
            Message("fingerprint (SHA-256, first 12)"),
            Message("rows accepted"),
            Message("rows delivered"),
        ),
    }
)


def say_left_out(count: int) -> Message:
    """Say how many lines are only in the file."""
    if count == 1:
        return Message("One more is only in the file.")
    return Message("{count} more are only in the file.", {"count": Number(count)})


def say_rows(count: int) -> Message:
    """Say how many rows a file has."""
    if count == 1:
        return Message("1 row")
    return Message("{count} rows", {"count": Number(count)})
