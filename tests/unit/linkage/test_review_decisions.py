"""Answers become decisions once, and never against others without a word."""

from __future__ import annotations

import pyarrow as pa
import pytest

from testigo.core import ConfigurationError
from testigo.linkage import (
    REVIEW_PAIRS,
    GivenAnswer,
    LinkDecision,
    ReviewSheet,
    find_new_decisions,
    settle_answers,
)


def sheet_of_pairs(*pairs):
    """A sheet of pairs of records given as `a-b`; a record named `?` has no identifier."""
    rows = []
    for code in pairs:
        row = dict.fromkeys(REVIEW_PAIRS.names)
        for side, name in zip("ab", code.split("-"), strict=True):
            row |= {f"source_{side}": "list", f"record_{side}": None if name == "?" else name}
        rows.append(row | {"pair": code, "stratum": -1, "linked": False, "person": 0.0})
    return ReviewSheet("s1", pa.Table.from_pylist(rows, REVIEW_PAIRS), ())


def decide(given, before=()):
    answers = {
        pair: GivenAnswer(answer, "", line)
        for line, (pair, answer) in enumerate(given.items(), start=2)
    }
    return find_new_decisions(
        sheet_of_pairs(*given), answers, before, file="f.csv", signed_by="Ana", signed_on="today"
    )


def decided(a, b, decision):
    return LinkDecision("list", a, "list", b, decision)


def test_same_and_different_become_decisions_and_unsure_does_not() -> None:
    new, nameless = decide({"a-b": "same", "c-d": "different", "e-f": "unsure"})

    assert [(one.record_a, one.record_b, one.decision) for one in new] == [
        ("a", "b", "same"),
        ("c", "d", "different"),
    ]
    assert (new[0].signed_by, new[0].signed_on, new[0].reason) == ("Ana", "today", "review s1")
    assert nameless == 0


@pytest.mark.parametrize("before", [decided("a", "b", "same"), decided("b", "a", "same")])
def test_what_was_decided_is_not_decided_twice(before) -> None:
    assert decide({"a-b": "same"}, [before]) == ((), 0)


def test_a_record_without_identifier_cannot_be_decided_about() -> None:
    assert decide({"a-?": "same"}) == ((), 1)


@pytest.mark.parametrize(
    ("given", "before", "said"),
    [
        ({"a-b": "same"}, [decided("b", "a", "different")], "decision 1 in hand"),
        ({"a-c": "different"}, [decided("a", "b", "same"), decided("b", "c", "same")], "several"),
        ({"b-c": "same"}, [decided("a", "b", "same"), decided("a", "c", "different")], "several"),
        ({"a-b": "same", "b-c": "same", "a-c": "different"}, [], "line 4"),
    ],
)
def test_a_contradiction_is_refused_with_its_line(given, before, said) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        decide(given, before)

    assert caught.value.hint is not None


def test_only_pairs_on_which_all_agree_are_settled() -> None:
    one = {"p1": "same", "p2": "same", "p3": "unsure", "p4": "same"}
    other = {"p1": "same", "p2": "different", "p3": "same"}
    settled = settle_answers([one, other], {})

    assert settled.answers == {"p1": "same", "p4": "same"}
    assert settled.disputed == {"p2", "p3"}


def test_a_third_person_settles_what_two_dispute() -> None:
    settled = settle_answers([{"p2": "same"}, {"p2": "different"}], {"p2": "different"})

    assert settled.answers == {"p2": "different"}
    assert not settled.disputed
