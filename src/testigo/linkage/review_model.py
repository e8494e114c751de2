"""The nouns of clerical review: answers, strata, sheets, and the table of estimated quality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import pyarrow as pa

from testigo.core import Column, Message, TableSchema

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = Literal["same", "different", "unsure"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)

AnswerReason = Literal["names", "age_sex", "date_place", "identifier", "outside"]
ANSWER_REASONS: Final[Mapping[AnswerReason, Message]] = {
    "names": Message("names"),
    "age_sex": Message("age, sex or birth"),
    "date_place": Message("date, place or weapon"),
    "identifier": Message("an identifier"),
    "outside": Message("something outside these records"),
}

Purpose = Literal[
    "sample", "even_odds", "weak_tie", "same_list", "co_victims", "near_border", "adjudication"
]
PURPOSES: Final[Mapping[Purpose, Message]] = {
    "sample": Message("drawn at random, to measure quality"),
    "even_odds": Message("nearly even odds, and many records depend on it"),
    "weak_tie": Message("the weakest tie of a large group"),
    "same_list": Message("two records of one list in one victim"),
    "co_victims": Message("two victims of one incident with like names"),
    "near_border": Message("not linked, but near"),
    "adjudication": Message("two reviewers answered differently"),
}


@dataclass(frozen=True, slots=True)
class Stratum:
    """Pairs of like score, of which some are drawn at random.

    Attributes
    ----------
    linked
        Whether the run linked them.
    low, high
        Log odds from, and below.
    pairs
        How many there are.
    known_same
        Pairs that people had decided before: all of them are known, this many are one person.
        None: they are not known.
    """

    linked: bool
    low: float
    high: float
    pairs: int
    known_same: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The pairs that people shall look at.

    Attributes
    ----------
    id
        The same for the same links, decisions, size and seed.
    pairs
        Columns `REVIEW_PAIRS`, in the order in which they are shown.
    strata
        What the random sample stands for.
    kept_share
        Share of the true pairs that were compared at all, as the run estimated it.
    parent
        Id of the sheet whose disagreements this one settles; empty for a sheet of its own.
    """

    id: str
    pairs: pa.Table
    strata: tuple[Stratum, ...]
    kept_share: float | None = None
    parent: str = ""


REVIEW_PAIRS: Final = pa.schema(
    [
        ("pair", pa.string()),
        ("left", pa.int32()),
        ("right", pa.int32()),
        ("purpose", pa.string()),
        ("stratum", pa.int16()),
        ("linked", pa.bool_()),
        ("person", pa.float64()),
        *(
            (f"{name}_{side}", kind)
            for side in "ab"
            for name, kind in (
                ("source", pa.string()),
                ("file", pa.string()),
                ("row", pa.int64()),
                ("cell", pa.int64()),
                ("record", pa.string()),
                ("content", pa.int64()),
            )
        ),
    ]
)
"""The pairs of a sheet, private, in the store.

pair
    A code that depends on the two records only; it names no one.
left, right
    Row numbers of `links`, of the run that the sheet was made from.
purpose, stratum
    Why it was chosen (`PURPOSES`); the number of its stratum where it was drawn at random, else -1.
linked, person
    Whether the run linked them; log odds that the two speak of one person.
source_a, file_a, row_a, cell_a, source_b ...
    Where the two records stood in that run.
record_a, record_b
    How a decision names the two records; blank where one has no identifier of its own.
content_a, content_b
    Numbers that change when the records say something else (`LINKS`).
"""

CLERICAL_QUALITY: Final = TableSchema(
    name="clerical_quality",
    title=Message("How good the links are, by people who looked at a sample"),
    meaning=Message("Precision and recall, estimated from answers to pairs drawn at random."),
    key=("measure",),
    columns=(
        Column(
            "measure",
            "text",
            Message("measure"),
            Message(
                "precision: of the linked pairs, how many are one person; recall_compared: of the "
                "pairs that are one person and were compared, how many were linked; recall: of all "
                "pairs that are one person."
            ),
            allowed=("precision", "recall_compared", "recall"),
        ),
        Column(
            "estimate",
            "number",
            Message("estimate"),
            Message("Blank: not estimable."),
            unit=Message("share"),
            required=False,
        ),
        Column(
            "low",
            "number",
            Message("low"),
            Message("Lower end of the interval."),
            unit=Message("share"),
            required=False,
        ),
        Column(
            "high",
            "number",
            Message("high"),
            Message("Upper end of the interval."),
            unit=Message("share"),
            required=False,
        ),
        Column("level", "number", Message("level"), Message("Coverage of the interval.")),
        Column(
            "pairs_reviewed",
            "integer",
            Message("pairs reviewed"),
            Message("Pairs of the random sample that somebody answered."),
            unit=Message("pairs"),
        ),
    ),
)
