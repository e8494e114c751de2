"""A number of a text beside another number: C03, C11, C12."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.records.consistency.answers import QUALIFIER, answer
from testigo.records.consistency.arithmetic import (
    agrees,
    as_printed,
    decimals_of,
    decimals_to_tell,
    phrase,
    plain,
)
from testigo.records.consistency.model import Claim, ConsistencyRule, Finding, Parameter

if TYPE_CHECKING:
    from testigo.records.consistency.model import Qualifier


def check_text(claim: Claim) -> Finding:
    """C03: a number in a sentence is the number in the table."""
    said, table, how = claim.number("said"), claim.number("in_table"), claim.qualifier()
    values: dict[str, object] = {"said": phrase(said, how), "table": as_printed(table)}
    found, expected = str(said), str(table)
    if agrees(table, said, how):
        text = Message("The text says {said}, the table {table}: they agree.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    if claim.has("repaired") and agrees(claim.number("repaired"), said, how):
        text = Message(
            "The text says {said}, the table {table}. With {repaired} in the table both would"
            " agree, which supports that repair.",
            values | {"repaired": as_printed(claim.number("repaired"))},
        )
    else:
        text = Message("The text says {said}, the table {table}.", values)
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def check_ratio_alone(claim: Claim) -> Finding:
    """C11: a ratio to a figure that the text does not give says what that figure must be."""
    if claim.has("reference"):
        return _compare(claim, claim.qualifier())
    value, factor = claim.number("value"), claim.number("factor")
    reference = value / factor
    decimals = decimals_of(value) + 1
    values = {
        "value": as_printed(value),
        "factor": phrase(factor, claim.qualifier()),
        "reference": Number(float(reference), decimals),
    }
    if claim.qualifier() == "nearly":
        text = Message(
            "If {value} is {factor} times another figure, that figure is slightly above"
            " {reference}; the text does not give it. Look it up.",
            values,
        )
    else:
        text = Message(
            "If {value} is {factor} times another figure, that figure is near {reference}; the"
            " text does not give it. Look it up.",
            values,
        )
    expected = plain(reference, decimals)
    return answer(claim, "info", found=str(value), expected=expected, explanation=text)


def check_ratio(claim: Claim) -> Finding:
    """C12: a ratio between two figures that are both given."""
    return _compare(claim, claim.qualifier("more_than"))


def _compare(claim: Claim, how: Qualifier) -> Finding:
    value, reference, factor = (claim.number(name) for name in ("value", "reference", "factor"))
    ratio = value / reference
    decimals = decimals_to_tell(ratio, factor)
    values = {
        "value": as_printed(value),
        "reference": as_printed(reference),
        "ratio": Number(float(ratio), decimals),
        "factor": phrase(factor, how),
    }
    found, expected = plain(ratio, decimals), str(factor)
    if agrees(ratio, factor, how):
        text = Message("{value} is {ratio} times {reference}, as the text says.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    text = Message("{value} is {ratio} times {reference}; the text says {factor} times.", values)
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


_VALUE: Final = Parameter("value", "number", Message("Figure that is compared."))
_FACTOR: Final = Parameter(
    "factor", "number", Message("How many times, as the text says."), positive=True
)

TEXT_AND_TABLE: Final = ConsistencyRule(
    code="C03",
    title=Message("The text says what the table says"),
    checks=Message("Compares a number in a sentence with the cell it speaks of."),
    severities=("warning",),
    parameters=(
        Parameter("said", "number", Message("Number in the sentence.")),
        Parameter("in_table", "number", Message("Number in the table.")),
        QUALIFIER,
        Parameter(
            "repaired",
            "number",
            Message("Another candidate for the table (a repair of C01 or C02)."),
            required=False,
        ),
    ),
    check_claim=check_text,
)
RATIO_ALONE: Final = ConsistencyRule(
    code="C11",
    title=Message("A ratio to a figure not given"),
    checks=Message("Says what the missing figure must be, so that somebody can look it up."),
    severities=("warning", "info"),
    parameters=(
        _VALUE,
        _FACTOR,
        QUALIFIER,
        Parameter(
            "reference",
            "number",
            Message("The other figure, once it has been looked up."),
            required=False,
            positive=True,
        ),
    ),
    check_claim=check_ratio_alone,
)
RATIO: Final = ConsistencyRule(
    code="C12",
    title=Message("A ratio follows from its two figures"),
    checks=Message("Divides the two figures; without a word before it the ratio must be exceeded."),
    severities=("warning",),
    parameters=(
        _VALUE,
        Parameter("reference", "number", Message("Figure compared with."), positive=True),
        _FACTOR,
        QUALIFIER,
    ),
    check_claim=check_ratio,
)
