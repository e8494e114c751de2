"""What each source answers to the question at the top of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from testigo.core import Message, Number
from testigo.publication.report.choices import choose_main_sources
from testigo.publication.report.speech import Listing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.publication.report.evidence import Count, Evidence
    from testigo.records import Source


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source answers.

    Attributes
    ----------
    standing
        `counted`: every victim of the year, so it makes the range. Else why it stands apart.
    """

    source: Source
    count: Count
    standing: Literal["counted", "unit", "subset", "partial", "suppressed"]

    @property
    def number(self) -> int:
        """The count; 0 when it is suppressed, which `standing` tells."""
        return self.count.number or 0


def find_answers(evidence: Evidence, period: str) -> list[Answer]:
    """Return what each source of the question answers, in the order of the configuration."""
    return [
        _judged(source, evidence.whole_counts[source.id][period])
        for source in choose_main_sources(evidence, period)
    ]


def _judged(source: Source, count: Count) -> Answer:
    if count.number is None:
        return Answer(source, count, "suppressed")
    if source.unit != "victim":
        return Answer(source, count, "unit")
    if source.subset_of is not None:
        return Answer(source, count, "subset")
    return Answer(source, count, "counted" if count.whole_year else "partial")


def answer_sentence(counted: Sequence[Answer]) -> Message:
    """Say the range, or the one number, that answers the question."""
    if not counted:
        return Message("No source counts every victim of the whole year.")
    low, high = lowest_and_highest(counted)
    if len(counted) == 1:
        return Message(
            "According to {source}: {number}.",
            {"source": low.source.name, "number": Number(low.number)},
        )
    if low.number == high.number:
        return Message(
            "According to {sources} alike: {number}.",
            {
                "sources": Listing(tuple(answer.source.name for answer in counted)),
                "number": Number(low.number),
            },
        )
    return Message(
        "Depending on who counts, between {low} and {high}.",
        {"low": Number(low.number), "high": Number(high.number)},
    )


def lowest_and_highest(counted: Sequence[Answer]) -> tuple[Answer, Answer]:
    """Return the answers with the lowest and the highest count."""
    return (
        min(counted, key=lambda answer: answer.number),
        max(counted, key=lambda answer: answer.number),
    )
