"""Lists in a text: C05."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.records.consistency.answers import answer
from testigo.records.consistency.arithmetic import as_printed
from testigo.records.consistency.model import Claim, ConsistencyRule, Finding, Parameter

if TYPE_CHECKING:
    from decimal import Decimal


def check_list(claim: Claim) -> Finding:
    """C05: a list is as long as it says, and in the order it says."""
    stated = claim.number("stated")
    listed = len(claim.texts("items")) or len(claim.numbers("values"))
    swap = _first_out_of_order(claim.numbers("values"), rising=claim.flag("rising"))
    values: dict[str, object] = {"stated": as_printed(stated), "listed": listed}
    found, expected = str(listed), str(stated)
    if swap is not None:
        found += f" ({swap[0]}, {swap[1]})"
        values |= {"first": as_printed(swap[0]), "second": as_printed(swap[1])}
    if listed == stated and swap is None:
        text = Message("{listed} announced and {listed} listed.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    if swap is None:
        text = Message("The text announces {stated} and lists {listed}.", values)
    elif listed == stated:
        text = Message("The list is out of order: {first} stands before {second}.", values)
    else:
        text = Message(
            "The text announces {stated} and lists {listed}, and the list is out of order: {first}"
            " stands before {second}.",
            values,
        )
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def _first_out_of_order(
    values: tuple[Decimal, ...], *, rising: bool
) -> tuple[Decimal, Decimal] | None:
    for first, second in pairwise(values):
        if (first > second) if rising else (first < second):
            return first, second
    return None


LIST: Final = ConsistencyRule(
    code="C05",
    title=Message("A list is as long as it says"),
    checks=Message("Counts the items of a list and looks at their order."),
    severities=("warning",),
    parameters=(
        Parameter("stated", "number", Message("How many the text announces.")),
        Parameter(
            "items", "texts", Message("What it lists (places, never persons)."), required=False
        ),
        Parameter(
            "values",
            "numbers",
            Message("The number beside each item, in the order of the list."),
            required=False,
        ),
        Parameter(
            "rising",
            "flag",
            Message("true when the list goes from low to high; otherwise from high to low."),
            required=False,
        ),
    ),
    check_claim=check_list,
)
