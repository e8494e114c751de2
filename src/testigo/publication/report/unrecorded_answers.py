"""Sentences about all victims, those on no list included, for the head of the page and to copy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.estimation import METHOD_NAMES, METHODS
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import Note
from testigo.publication.report.speech import Listing, Paragraph
from testigo.publication.report.unrecorded_groups import (
    caution_groups,
    count_alone,
    count_in_sums,
    count_leaning,
    count_refused,
    count_withheld,
    group_strata,
    say_shares,
)
from testigo.publication.report.unrecorded_quotes import interval_values, quote_row
from testigo.publication.report.unrecorded_reasons import reads_low
from testigo.publication.report.unrecorded_words import observed_cell, reasons_of, say_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    total = next((row for row in rows if not row["stratum"]), None)
    if total is None or not strata or is_suppressed(total) or number_in(total, "high") is not None:
        return None
    groups = {"groups": say_groups(evidence, len(strata))}
    refused = count_refused(strata)
    if refused == len(strata):
        return Note(
            Message("The victims were split into {groups}, and none has an estimate.", groups)
        )
    split = Message("The victims were split into {groups}.", groups)
    return Note(Paragraph((split, *_why(total, refused), *_others(evidence, strata))))


def _why(total: Row, refused: int) -> Iterator[Message]:
    """Say what keeps strata from being added: those refused, or what is said of their sum."""
    if refused:
        yield Message(
            "Groups whose lists allow no estimate: {refused}; a total would leave out those whom "
            "nobody recorded there.",
            {"refused": Number(refused)},
        )
        return
    for reason in reasons_of(total):
        if reason.status == "refuse" and reason.code != "strata_refused":
            yield reason.text


def _others(evidence: Evidence, strata: Sequence[Row]) -> Iterator[Message]:
    """Say of the other strata how many have a number, and by what column they do."""
    counted = (
        (count_alone, Message("With an estimate of their own: {count}.")),
        (count_leaning, Message("Too small for one, leaning on those: {count}.")),
        (count_in_sums, Message("Of very few people, in sums only: {count}.")),
        (count_withheld, Message("Suppressed, so that nobody is exposed: {count}.")),
    )
    for count, said in counted:
        if count(strata):
            yield replace(said, values={"count": Number(count(strata))})
    column, groups = group_strata(evidence, strata)
    if groups:
        yield Message("{shares}.", {"shares": say_shares(column, groups)})
        yield from caution_groups(groups)


def tell_published(evidence: Evidence) -> Note | None:
    """Say what others have published on the question; None where the observatory says nothing."""
    said = evidence.report.published
    return Note(said, heading=Message("What others have published")) if said else None


def order_methods(row: Row) -> int:
    """Order methods as the page tells them: the range of all first."""
    return list(METHOD_ORDER).index(str(row["method"]))


def estimate_values(evidence: Evidence, row: Row) -> dict[str, object]:
    """Return what the sentences about an estimate say."""
    observed, low, high, level = (
        number_in(row, name) for name in ("observed", "low", "high", "level")
    )
    return {
        "whole": evidence.whole_name,
        "lists": Listing(tuple(evidence.name(name) for name in list_ids(evidence))),
        "method": METHOD_NAMES[str(row["method"])],
        "observed": observed_cell(row),
    } | interval_values(observed, low, high, level or 0.95)


def list_ids(evidence: Evidence) -> list[str]:
    """Return the sources whose overlaps were used: those linked, or all that count victims."""
    linked = {name for row in evidence.rows("links") for name in str(row["lists"]).split()}
    return [
        source.id
        for source in evidence.shown_sources
        if source.id in linked or (not linked and source.unit == "victim")
    ]
