"""The nouns of the linkage room and the columns of its tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

import pyarrow as pa

from testigo.core import Column, Message, TableSchema
from testigo.linkage.comparisons import NAMES, VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

Decision = Literal["same", "different"]
DECISIONS: Final[tuple[Decision, ...]] = ("same", "different")

Class = Literal["same_person", "same_incident", "unrelated"]
CLASSES: Final[tuple[Class, ...]] = ("same_person", "same_incident", "unrelated")


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """What a person decided about two records, for good.

    Attributes
    ----------
    source_a, record_a, source_b, record_b
        The two records: id of the source and the record's own id there.
    decision
        `same` (they speak of one victim) or `different`.
    signed_by, signed_on, reason
        Who decided it, when and why; kept, never needed.
    line
        Where it stands in hand/link_decisions.csv; 0 where it does not.
    """

    source_a: str
    record_a: str
    source_b: str
    record_b: str
    decision: Decision
    signed_by: str = ""
    signed_on: str = ""
    reason: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LinkageModel:
    """How likely each level of each comparison is, in each class of pairs.

    A pair of records speaks of one person, of two victims of one incident, or of two incidents.
    Fields of the incident (date, place, weapon, hour) agree alike in the first two classes, so
    that they can never tell co-victims apart, however many of them agree.

    Attributes
    ----------
    levels
        Comparison to the share of pairs at each level, worst level first, for each class:
        shape (class, level); classes in the order of `CLASSES`.
    pairs_per_record
        Stratum (`within`, `between` lists) to the expected number of pairs of the first two
        classes, per record.
    trained_on
        Records that it was learned from; 0 for the default.
    decisions
        Pairs that people decided on among what it was learned from.
    version
        Of the set of comparisons; a model of another version is refused.
    """

    levels: Mapping[str, NDArray[np.float64]]
    pairs_per_record: Mapping[str, tuple[float, float]]
    trained_on: int = 0
    version: int = VERSION
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Candidate pairs of records with what speaks for and against them.

    Attributes
    ----------
    left, right
        Positions of the records, left < right, shape (pair,).
    person, incident
        Log odds that the two speak of one person, and of one incident, shape (pair,).
    levels
        Level of each comparison, -1 where a value is missing, shape (pair, comparison).
    rules
        Bit r is set where blocking rule r finds the pair, shape (pair,); see `PAIRS`.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    person: NDArray[np.float32]
    incident: NDArray[np.float32]
    levels: NDArray[np.int8]
    rules: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier run: its identifiers are kept, and of its pairs those that still hold.

    Attributes
    ----------
    links
        Columns `LINKS`.
    pairs
        Columns `PAIRS`, of those links; None: all is compared anew.
    model
        What those pairs were scored with; None: all is compared anew.
    """

    links: pa.Table
    pairs: pa.Table | None = None
    model: LinkageModel | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Records that became victims and incidents.

    Attributes
    ----------
    links
        Columns `LINKS`: one row for each record.
    pairs
        Columns `PAIRS`: every pair of records that was compared, with what it was worth.
    blocking
        Columns `BLOCKING`: each rule with its pairs and the true pairs it is thought to keep.
    model
        What the scores rest on.
    draws
        Victim number of each row of `links` in each draw of the partition, shape (draw, record);
        empty without draws.
    warnings
        What a reader must know: lists without names, lists that copy from each other.
    """

    links: pa.Table
    pairs: pa.Table
    blocking: pa.Table
    model: LinkageModel
    draws: NDArray[np.int32]
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkageQuality:
    """How well links agree with the truth, over all true pairs, blocked or not.

    Attributes
    ----------
    precision, recall, f1
        Of pairs of records.
    b3_precision, b3_recall, b3_f1
        B-cubed: the mean over records.
    true_pairs, linked_pairs
        What the first three rest on.
    """

    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float
    true_pairs: int
    linked_pairs: int


@dataclass(frozen=True, slots=True)
class CaptureHistories:
    """Counts of people by which lists hold them: never persons.

    Attributes
    ----------
    lists
        Ids of the sources, in order.
    table
        Columns: the strata, one 0/1 column for each list, `draw` (0: the best partition) and
        `count`.
    """

    lists: tuple[str, ...]
    table: pa.Table
    notes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


LINKS: Final = TableSchema(
    name="links",
    title=Message("Which records speak of one person"),
    meaning=Message("One line for each accepted record; private, it stays in the store."),
    key=("source", "file", "row", "cell"),
    columns=(
        Column("source", "text", Message("source"), Message("Id of the source.")),
        Column("file", "text", Message("file"), Message("Delivered file.")),
        Column("row", "integer", Message("row"), Message("Row in the delivered file.")),
        Column("cell", "integer", Message("cell"), Message("0, or the month of a wide row.")),
        Column(
            "source_record_id",
            "text",
            Message("record id"),
            Message("The institution's own identifier."),
            required=False,
            personal=True,
        ),
        Column(
            "victim_id",
            "text",
            Message("victim"),
            Message("The same for all records that speak of one person."),
        ),
        Column(
            "incident_id",
            "text",
            Message("incident"),
            Message("The same for all victims of one incident."),
        ),
        Column(
            "probability",
            "number",
            Message("probability"),
            Message("That the record stands with the right others, or rightly alone."),
        ),
        Column(
            "content",
            "integer",
            Message("content"),
            Message("Changes when the record says something else; compared with the next run."),
            required=False,
            personal=True,
        ),
    ),
)

PAIRS: Final = pa.schema(
    [
        ("left", pa.int32()),
        ("right", pa.int32()),
        ("person", pa.float32()),
        ("incident", pa.float32()),
        *((f"level_{name}", pa.int8()) for name in NAMES),
        ("rules", pa.int64()),
    ]
)
"""The compared pairs, one row each, sorted by `left` and `right`; private, in the store.

left, right
    Row numbers of the two records in `links`, from 0; left < right.
person, incident
    Log odds that the two speak of one person, and of one incident (a natural logarithm: 0 is even,
    3 is 95 %). Decisions of people do not change them.
level_given, level_surnames ...
    Level of each comparison: 0 where the two agree in none of the ways that are looked for, higher
    for better agreement, -1 where one of them says nothing.
rules
    Bit r is set where blocking rule r found the pair (in the order of `blocking.RULES`); 0 where
    the pair was compared to complete a group that other pairs join. Besides these, the bit
    `DECIDED_SAME` or `DECIDED_DIFFERENT` is set where people decided on the pair.
"""
DECIDED_SAME: Final = 1 << 61
DECIDED_DIFFERENT: Final = 1 << 62

BLOCKING: Final = TableSchema(
    name="blocking",
    title=Message("Which pairs of records were compared"),
    meaning=Message("Each blocking rule, the pairs it finds, and the true pairs it may keep."),
    key=("rule",),
    columns=(
        Column("rule", "text", Message("rule"), Message("What both records must share.")),
        Column(
            "pairs", "integer", Message("pairs"), Message("Found by it."), unit=Message("pairs")
        ),
        Column(
            "pairs_alone",
            "integer",
            Message("pairs of its own"),
            Message("Found by no other rule."),
            unit=Message("pairs"),
        ),
        Column(
            "records_left_out",
            "integer",
            Message("records left out"),
            Message("In groups too large to be compared; other rules look at them."),
            unit=Message("records"),
        ),
        Column(
            "true_share",
            "number",
            Message("true pairs kept"),
            Message("Estimated share of all true pairs that it finds; blank: not estimable."),
            unit=Message("share"),
            required=False,
        ),
    ),
)
