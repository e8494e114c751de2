"""How sure the linkage is: draws, records that may stand wrongly, pairs never compared, checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.linkage import warn_of_agreement
from testigo.publication.report.evidence import number_in, whole_number_in
from testigo.publication.report.figures import Note, Texts
from testigo.publication.report.link_tally import limits_of
from testigo.publication.report.sentences import Quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from testigo.core import Speaking
    from testigo.publication.report.evidence import Row
    from testigo.publication.report.link_tally import LinkTally

UNSURE: Final = 0.8  # as in the table: records_unsure
_ALL_RULES: Final = "all rules together"


def tell_doubts(tally: LinkTally) -> tuple[Texts | Note, ...]:
    """Say what limits this linkage first, then how sure it is."""
    if not tally.linked:
        return ()
    report = tally.evidence.report
    public = all(source.published for source in report.sources if source.id in tally.lists)
    cautions = tuple(
        Note(_with_names(tally, note), "care")
        for note in report.link_notes
        if public or not (_is_small(note, report.k) or _is_of_hidden(tally, note))
    )
    said = (*_draws(tally), *_unsure(tally), *_blocking(tally), *_checked(tally))
    return (*cautions, *_warn_of_reviewers(tally), Texts(Message("How sure this is"), said))


def _warn_of_reviewers(tally: LinkTally) -> Iterator[Note]:
    """Say where two people who checked the same pairs agree so little that their figures sway."""
    rows = tally.evidence.rows("review_agreement")
    weak = [said for row in rows if (said := warn_of_agreement(number_in(row, "kappa")))]
    if weak:
        yield Note(weak[0], "care")


def _is_small(note: Speaking, k: int) -> bool:
    """Whether a sentence tells a number of records that the policy would hide."""
    values = note.values.values() if isinstance(note, Message) else ()
    return any(
        isinstance(value, Number) and not value.percent and 0 < value.value < k for value in values
    )


def _is_of_hidden(tally: LinkTally, note: Speaking) -> bool:
    """Whether a sentence speaks of two lists that do not tell how many people they share."""
    values = note.values.values() if isinstance(note, Message) else ()
    both = [str(value) for value in values if value in tally.lists]
    return len(both) > 1 and tally.count("victims_on_both", *both) is None


def _with_names(tally: LinkTally, note: Speaking) -> Speaking:
    """Call the lists by their names; the linkage knows their ids only."""
    if not isinstance(note, Message):
        return note
    named = {
        key: Quoted(tally.evidence.name(value)) if value in tally.lists else value
        for key, value in note.values.items()
    }
    return replace(note, values=named)


def _draws(tally: LinkTally) -> Iterator[Message]:
    row = tally.row("victims")
    limits, victims = limits_of(row), tally.count("victims")
    if limits is None:
        if victims is not None:
            yield Message("The linkage was not drawn again, so its counts have no interval.")
        return
    low, high = limits
    values = {
        "low": Number(low),
        "high": Number(high),
        "level": Number(number_in(row, "level") or 0, percent=True),
    }
    yield Message(
        "Where the records leave it open who is who, the linkage was drawn many times. In {level} "
        "of the draws the lists speak of {low} to {high} people. This holds the doubt about the "
        "records that were compared, not what the rules or the names themselves may hide.",
        values,
    )


def _unsure(tally: LinkTally) -> Iterator[Message]:
    unsure, records = tally.count("records_unsure"), tally.count("records")
    if unsure is not None and records:
        yield Message(
            "{unsure} of {records} records ({share}) stand with the others of their victim, or "
            "alone, with a probability below {limit}.",
            {
                "unsure": Number(unsure),
                "records": Number(records),
                "share": Number(unsure / records, 1, percent=True),
                "limit": Number(UNSURE, percent=True),
            },
        )


def _blocking(tally: LinkTally) -> Iterator[Message]:
    pairs, records = tally.count("pairs_compared"), tally.count("records")
    if pairs is None:
        return
    values: dict[str, object] = {"pairs": Number(pairs)}
    if records:
        values["possible"] = Number(records * (records - 1) / 2)
        yield Message(
            "Of {possible} possible pairs of records, {pairs} were compared: those that some rule "
            "brings together by names, dates, places or ages.",
            values,
        )
    kept = _kept(tally)
    if kept is not None:
        yield Message(
            "The rules are thought to keep {share} of the pairs that are one person. That is "
            "estimated from the records themselves and rather too high.",
            {"share": Number(kept, 1, percent=True)},
        )


def _kept(tally: LinkTally) -> float | None:
    rows = tally.evidence.rows("blocking", rule=_ALL_RULES)
    return number_in(rows[0], "true_share") if rows else None


def _checked(tally: LinkTally) -> Iterator[Message]:
    rows = {str(row["measure"]): row for row in tally.evidence.rows("clerical_quality")}
    told = [(name, row) for name, row in rows.items() if number_in(row, "estimate") is not None]
    if not told:
        yield Message(
            "Nobody has checked a sample of the pairs by hand yet. The command {command} writes a "
            "sheet of pairs for that; from the answers this page tells precision and recall.",
            {"command": f"testigo review {tally.evidence.report.folder}"},
        )
        return
    yield Message(
        "People looked at {pairs} pairs drawn at random, without seeing what the computer said.",
        {"pairs": Number(max(whole_number_in(row, "pairs_reviewed") or 0 for _, row in told))},
    )
    for row in tally.evidence.rows("review_agreement"):
        yield from _agreed(row)
    for name, row in told:
        yield from _said(name, row)


def _agreed(row: Row) -> Iterator[Message]:
    kappa, low, high = (number_in(row, name) for name in ("kappa", "low", "high"))
    if kappa is not None and low is not None and high is not None:
        yield Message(
            "Two of them answered the same to {agreed} of {pairs} pairs: Cohen's kappa {kappa} "
            "({low} to {high}), where 1 is full agreement and 0 what chance gives.",
            {
                "agreed": Number(whole_number_in(row, "agreed") or 0),
                "pairs": Number(whole_number_in(row, "pairs") or 0),
                "kappa": Number(kappa, 2),
                "low": Number(low, 2),
                "high": Number(high, 2),
            },
        )


def _said(measure: str, row: Row) -> Iterator[Message]:
    values = {
        name: Number(number_in(row, name) or 0, 1, percent=True)
        for name in ("estimate", "low", "high")
    }
    if measure == "precision":
        yield Message(
            "Precision: {estimate} ({low} to {high}) of the linked pairs are one person.", values
        )
    elif measure == "recall":
        yield Message(
            "Recall: {estimate} ({low} to {high}) of all pairs that are one person were linked.",
            values,
        )
    elif measure == "recall_compared":
        yield Message(
            "Of the pairs that are one person and were compared, {estimate} ({low} to {high}) were "
            "linked.",
            values,
        )
