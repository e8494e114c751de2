"""Sentences about all victims, those on no list included, for the head of the page and to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.estimation import METHOD_NAMES, METHODS
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import Note
from testigo.publication.report.speech import Listing
from testigo.publication.report.unrecorded_groups import (
    count_in_sums,
    count_told,
    group_strata,
    say_shares,
)
from testigo.publication.report.unrecorded_reasons import reads_low
from testigo.publication.report.unrecorded_words import observed_cell, say_groups

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Evidence, Row

METHOD_ORDER: Final = ("envelope", *METHODS)


def quote_estimate(evidence: Evidence) -> Message | None:
    """Return the sentence about everybody; None where nothing was estimated for all."""
    rows = sorted(evidence.rows("estimates"), key=order_methods)
    strata = {row["stratum"] or "" for row in rows}
    row = next((row for row in rows if not row["stratum"] or len(strata) == 1), None)
    return quote_row(row, estimate_values(evidence, row), low=reads_low(row, rows)) if row else None


def quote_year(evidence: Evidence, period: str) -> Message | None:
    """Return the sentence about a year; None where no stratum is that year and nothing else."""
    rows = sorted(evidence.rows("estimates", stratum=f"year={period}"), key=order_methods)
    row = next(iter(rows), None)
    return quote_row(row, estimate_values(evidence, row), low=reads_low(row, rows)) if row else None


def explain_refusal(evidence: Evidence) -> Note | None:
    """Say in a breath why all strata together have no number; None where they have one."""
    rows = evidence.rows("estimates")
    strata = [row for row in rows if row["stratum"]]
    told, in_sums = count_told(strata), count_in_sums(strata)
    total = next((row for row in rows if not row["stratum"]), None)
    if total is None or not strata or is_suppressed(total) or number_in(total, "high") is not None:
        return None
    values = {
        "groups": say_groups(evidence, len(strata)),
        "refused": Number(len(strata) - told - in_sums),
        "told": Number(told),
        "in_sums": Number(in_sums),
    }
    if not told:
        return Note(
            Message("The victims were split into {groups}, and none has an estimate.", values)
        )
    said = (
        Message(
            "The victims were split into {groups}. Groups whose lists allow no estimate: "
            "{refused}; a total would leave out those whom nobody recorded there. With an estimate "
            "of their own: {told}; of very few people, in sums only: {in_sums}.",
            values,
        )
        if in_sums
        else Message(
            "The victims were split into {groups}. Groups whose lists allow no estimate: "
            "{refused}; a total would leave out those whom nobody recorded there. With an estimate "
            "of their own: {told}.",
            values,
        )
    )
    column, groups = group_strata(evidence, strata)
    if not groups:
        return Note(said)
    return Note(Message("{said} {shares}.", {"said": said, "shares": say_shares(column, groups)}))


def tell_published(evidence: Evidence) -> Note | None:
    """Say what others have published on the question; None where the observatory says nothing."""
    said = evidence.report.published
    return Note(said, heading=Message("What others have published")) if said else None


def order_methods(row: Row) -> int:
    """Order methods as the page tells them: the range of all first."""
    return list(METHOD_ORDER).index(str(row["method"]))


def estimate_values(evidence: Evidence, row: Row) -> dict[str, object]:
    """Return what the sentences about an estimate say."""
    level = number_in(row, "level") or 0.95
    # a limit rounded to be published may come out below the people who are on a list
    low = Number(max(number_in(row, name) or 0 for name in ("low", "observed")))
    high = Number(number_in(row, "high") or 0)
    return {
        "whole": evidence.whole_name,
        "lists": Listing(tuple(evidence.name(name) for name in list_ids(evidence))),
        "method": METHOD_NAMES[str(row["method"])],
        "observed": observed_cell(row),
        "low": low,
        "high": high,
        "range": low if low == high else Message("between {low} and {high}",
                                                 {"low": low, "high": high}),
        "level": Number(level, 0 if (level * 100) % 1 == 0 else 1, percent=True),
    }  # fmt: skip


def list_ids(evidence: Evidence) -> list[str]:
    """Return the sources whose overlaps were used: those linked, or all that count victims."""
    linked = {name for row in evidence.rows("links") for name in str(row["lists"]).split()}
    return [
        source.id
        for source in evidence.shown_sources
        if source.id in linked or (not linked and source.unit == "victim")
    ]


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
