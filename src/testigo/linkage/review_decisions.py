"""Answers become decisions: never twice, never against what was decided before without a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from testigo.core import ConfigurationError, Message
from testigo.linkage.model import LinkDecision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.linkage.review_answers import GivenAnswer
    from testigo.linkage.review_model import Answer, ReviewSheet
    from testigo.linkage.review_records import Name

UNSURE: Final = "unsure"


@dataclass(frozen=True, slots=True)
class Settled:
    """What several reviewers of one sheet say together.

    Attributes
    ----------
    answers
        Pair to the answer of all who gave one.
    disputed
        Pairs that two reviewers answered differently.
    """

    answers: Mapping[str, Answer]
    disputed: frozenset[str]


def settle_answers(
    reviewers: Sequence[Mapping[str, Answer]], adjudicated: Mapping[str, Answer]
) -> Settled:
    """Put the answers of several reviewers together.

    Parameters
    ----------
    reviewers
        Pair to answer, for each reviewer of the sheet.
    adjudicated
        Answers of the sheet that was made of their disagreements: they settle the pair.
    """
    found: dict[str, set[Answer]] = {}
    for answers in reviewers:
        for pair, answer in answers.items():
            found.setdefault(pair, set()).add(answer)
    agreed: dict[str, Answer] = {pair: min(said) for pair, said in found.items() if len(said) == 1}
    disputed = found.keys() - agreed.keys() - adjudicated.keys()
    return Settled({**agreed, **adjudicated}, frozenset(disputed))


def find_new_decisions(
    sheet: ReviewSheet,
    given: Mapping[str, GivenAnswer],
    before: Sequence[LinkDecision],
    *,
    file: str,
    signed_by: str,
    signed_on: str,
) -> tuple[tuple[LinkDecision, ...], int]:
    """Turn answers into decisions that hand/link_decisions.csv does not hold yet.

    Parameters
    ----------
    sheet, given
        The sheet and the answers that become decisions.
    before
        The decisions in hand/link_decisions.csv, in their order.
    file
        Where the answers stand.
    signed_by, signed_on
        Who answered, and the day.

    Returns
    -------
    tuple of LinkDecision, int
        The new decisions, and how many answers cannot become one because a record has no
        identifier of its own.

    Raises
    ------
    ConfigurationError
        When an answer contradicts the decisions, directly or by a chain; lines are told.
    """
    rows = {row["pair"]: row for row in sheet.pairs.to_pylist()}
    ledger = _Ledger()
    for number, one in enumerate(before, start=1):
        ledger.add(_names(one), one.decision == "same", number)
    new, nameless = [], 0
    for pair, answer in sorted(given.items(), key=lambda item: item[1].line):
        row = rows[pair]
        if answer.answer == UNSURE:
            continue
        if row["record_a"] is None or row["record_b"] is None:
            nameless += 1
            continue
        names = ((row["source_a"], row["record_a"]), (row["source_b"], row["record_b"]))
        same = answer.answer == "same"
        if ledger.holds(names, same):
            continue
        if (against := ledger.against(names, same)) is not None:
            _refuse(file, answer.line, against)
        ledger.add(names, same, 0)
        new.append(
            LinkDecision(
                *names[0],
                *names[1],
                decision=answer.answer,
                signed_by=signed_by,
                signed_on=signed_on,
                reason=f"review {sheet.id} {answer.reason}".strip(),
            )
        )
    return tuple(new), nameless


class _Ledger:
    """Decisions so far: groups of records that are one person, and pairs that are two."""

    def __init__(self) -> None:
        self._group: dict[Name, Name] = {}
        self._apart: list[tuple[Name, Name]] = []
        self._said: dict[frozenset[Name], tuple[bool, int]] = {}

    def add(self, names: tuple[Name, Name], same: bool, number: int) -> None:
        """Take a decision; `number` is its place in hand/link_decisions.csv, 0 if not there."""
        self._said[frozenset(names)] = (same, number)
        if same:
            self._group[self._root(names[0])] = self._root(names[1])
        else:
            self._apart.append(names)

    def holds(self, names: tuple[Name, Name], same: bool) -> bool:
        """Whether the very decision is there."""
        said = self._said.get(frozenset(names))
        return said is not None and said[0] == same

    def against(self, names: tuple[Name, Name], same: bool) -> int | None:
        """Return what speaks against a decision: its number, 0 for several together, or None."""
        said = self._said.get(frozenset(names))
        if said is not None:
            return said[1]
        roots = {self._root(name) for name in names}
        if not same:
            return 0 if len(roots) == 1 else None
        parted = any({self._root(a), self._root(b)} == roots for a, b in self._apart)
        return 0 if parted else None

    def _root(self, name: Name) -> Name:
        while self._group.setdefault(name, name) != name:
            name = self._group[name]
        return name


def _names(one: LinkDecision) -> tuple[Name, Name]:
    return (one.source_a, one.record_a), (one.source_b, one.record_b)


def _refuse(file: str, line: int, number: int) -> NoReturn:
    where = {"file": file, "line": line, "number": number}
    if number:
        raise ConfigurationError(
            Message(
                "{file}, line {line}: the answer says the opposite of decision {number} in "
                "hand/link_decisions.csv; nothing was added.",
                where,
            ),
            Message(
                "If the answer is right, take that decision out of the file and read the answers "
                "again; if not, change the answer."
            ),
        )
    raise ConfigurationError(
        Message(
            "{file}, line {line}: the answer contradicts several decisions together, as one person "
            "cannot be two; nothing was added.",
            where,
        ),
        Message(
            "Look at the answers to the same records in this file and in hand/link_decisions.csv, "
            "change the wrong one, and read the answers again."
        ),
    )
