"""Claims about different territories: C16."""

from __future__ import annotations

from typing import Final

from testigo.core import Message
from testigo.records.consistency.answers import answer
from testigo.records.consistency.arithmetic import as_printed
from testigo.records.consistency.model import Claim, ConsistencyRule, Finding, Parameter


def check_territories(claim: Claim) -> Finding:
    """C16: two figures about two territories do not contradict each other."""
    first, second = claim.number("first"), claim.number("second")
    one, other = claim.text("first_place"), claim.text("second_place")
    values = {
        "first": as_printed(first),
        "second": as_printed(second),
        "one": one,
        "other": other,
    }
    found, expected = str(second), str(first)
    if one.casefold().split() != other.casefold().split():
        text = Message(
            "{first} in {one} and {second} in {other}: different territories, so both can be true."
            " Do not correct one by the other.",
            values,
        )
        return answer(claim, "info", found=found, expected=expected, explanation=text)
    if first == second:
        text = Message("Both say {first} for {one}.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    text = Message("Two figures for {one}: {first} and {second}.", values)
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


TERRITORIES: Final = ConsistencyRule(
    code="C16",
    title=Message("National and local claims"),
    checks=Message("Compares the territories of two figures before their values."),
    severities=("warning", "info"),
    parameters=(
        Parameter("first", "number", Message("First figure.")),
        Parameter("first_place", "text", Message("Territory of the first figure.")),
        Parameter("second", "number", Message("Second figure.")),
        Parameter("second_place", "text", Message("Territory of the second figure.")),
    ),
    check_claim=check_territories,
)
