"""The answer where lists are linked: people of all lists together, and what each list counts.

Linked lists name people whom others do not, so no range of their counts holds all who were killed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.answers import answer_sentence, lowest_and_highest
from testigo.publication.report.link_tally import LinkTally
from testigo.publication.report.sentences import Quoted
from testigo.publication.report.unrecorded_answers import quote_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.publication.report.answers import Answer
    from testigo.publication.report.evidence import Evidence

_SEVERAL: Final = 2


def answer_of_lists(evidence: Evidence, period: str, counted: Sequence[Answer]) -> Message | None:
    """Answer with the people on any of the lists, or say only what each list counts.

    Parameters
    ----------
    evidence
        Of the page.
    period
        Year of the question.
    counted
        Answers that make the range.

    Returns
    -------
        None where fewer than two of the sources were linked: their counts answer by themselves.
    """
    if not _are_linked(evidence, counted):
        return None
    low, high = lowest_and_highest(counted)
    each = Message(
        "Each list counts between {low} and {high}.",
        {"low": Number(low.number), "high": Number(high.number)},
    )
    return _after_estimate(
        evidence, period, each if low.number < high.number else answer_sentence(counted)
    )


def quote_of_lists(evidence: Evidence, period: str, counted: Sequence[Answer]) -> Message | None:
    """Return the sentence to copy; None where fewer than two of the sources were linked."""
    if not _are_linked(evidence, counted):
        return None
    low, high = lowest_and_highest(counted)
    each = Message(
        "In {period} each list counts between {low} and {high} people who {fate} in {whole}. "
        "Lowest count: {lowest}; highest: {highest}.",
        {
            "fate": evidence.fate,
            "whole": evidence.whole_name,
            "period": period,
            "low": Number(low.number),
            "high": Number(high.number),
            "lowest": Quoted(low.source.name),
            "highest": Quoted(high.source.name),
        },
    )
    said = _after_estimate(evidence, period, each)
    if said is each:
        return each
    return Message(
        "{whole}, {period}. {answer}",
        {"whole": evidence.whole_name, "period": period, "answer": said},
    )


def _are_linked(evidence: Evidence, counted: Sequence[Answer]) -> bool:
    lists = LinkTally(evidence).lists
    return sum(answer.source.id in lists for answer in counted) >= _SEVERAL


def _after_estimate(evidence: Evidence, period: str, each: Message) -> Message:
    estimate = quote_year(evidence, period)
    if estimate is None:
        return each
    return Message("{estimate} {each}", {"estimate": estimate, "each": each})
