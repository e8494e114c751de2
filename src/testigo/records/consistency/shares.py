"""Shares in a text, recomputed from their parts: C04, C15, C17."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.records.consistency.answers import QUALIFIER, answer
from testigo.records.consistency.arithmetic import (
    agrees,
    as_printed,
    decimals_of,
    half_step,
    percentage,
    phrase,
    plain,
    wilson_interval,
)
from testigo.records.consistency.model import Claim, ConsistencyRule, Finding, Parameter

if TYPE_CHECKING:
    from collections.abc import Mapping


def check_share(claim: Claim) -> Finding:
    """C04: a percentage follows from its part and its whole (or what the part leaves)."""
    part, whole, stated = (claim.number(name) for name in ("part", "whole", "stated"))
    if not 0 <= part <= whole or not whole:
        return answer(
            claim,
            "error",
            found=str(part),
            expected=f"0 - {whole}",
            explanation=Message(
                "The part {part} does not lie between nothing and the whole {whole}.",
                {"part": as_printed(part), "whole": as_printed(whole)},
            ),
        )
    counted = whole - part if claim.flag("complement") else part
    share = counted / whole
    interval = wilson_interval(float(counted), float(whole))
    decimals = max(1, decimals_of(stated))
    values = {
        "part": as_printed(part),
        "whole": as_printed(whole),
        "share": Number(float(share), decimals, percent=True),
        "low": Number(interval.low, decimals, percent=True),
        "high": Number(interval.high, decimals, percent=True),
        "stated": phrase(stated, claim.qualifier(), percent=True),
    }
    found, expected = plain(stated, decimals_of(stated)), plain(100 * share, decimals)
    if agrees(100 * share, stated, claim.qualifier()):
        text = Message(
            "{part} of {whole}: {share} ({low} to {high}, Wilson 95%), as the text says.", values
        )
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    text = _needed(claim, whole, stated, values)
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def _needed(claim: Claim, whole: Decimal, stated: Decimal, values: Mapping[str, object]) -> Message:
    """Say which part would give the share that the text states."""
    if claim.flag("complement"):
        return Message(
            "{part} of {whole} leave {share} ({low} to {high}, Wilson 95%); the text says {stated},"
            " for which it would have to be {needed} of {whole}.",
            {**values, "needed": Number(float(whole * (1 - stated / 100)))},
        )
    return Message(
        "{part} of {whole} are {share} ({low} to {high}, Wilson 95%); the text says {stated},"
        " for which it would have to be {needed} of {whole}.",
        {**values, "needed": Number(float(whole * stated / 100))},
    )


def check_part_of_total(claim: Claim) -> Finding:
    """C15: a percentage of a total gives the part that the text names, within its rounding."""
    percent, total, part = (claim.number(name) for name in ("percent", "total", "part"))
    share, step = percent / 100, half_step(percent) / 100
    computed = share * total
    low = (share - step) * (total - half_step(total)) - half_step(part)
    high = (share + step) * (total + half_step(total)) + half_step(part)
    values = {
        "percent": percentage(percent),
        "total": as_printed(total),
        "computed": Number(float(computed), decimals_of(part)),
        "part": as_printed(part),
    }
    found, expected = str(part), plain(computed, decimals_of(part))
    if min(low, high) <= part <= max(low, high):
        text = Message("{percent} of {total} is {computed}, as the text says.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    text = Message(
        "{percent} of {total} is {computed}, and the text says {part}; rounding does not explain"
        " the difference.",
        values,
    )
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def check_review_coverage(claim: Claim) -> Finding:
    """C17: a review of cases says which part of all cases it could have seen at most."""
    reviewed, at_least = claim.number("reviewed"), claim.number("at_least")
    coverage = reviewed / at_least if at_least else Decimal(1)
    values = {
        "reviewed": as_printed(reviewed),
        "cases": as_printed(at_least),
        "coverage": Number(float(coverage), 0, percent=True),
    }
    found, expected = str(reviewed), f">= {at_least}"
    if coverage >= 1:
        text = Message("{reviewed} reviewed; at least {cases} occurred.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    text = Message(
        "{reviewed} cases were reviewed and at least {cases} occurred: the review covers at most"
        " {coverage}. Say so beside every share taken from it.",
        values,
    )
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


SHARE_FROM_PARTS: Final = ConsistencyRule(
    code="C04",
    title=Message("A share follows from its parts"),
    checks=Message("Recomputes a percentage from its part and its whole, with Wilson limits."),
    severities=("error", "warning"),
    parameters=(
        Parameter("part", "number", Message("Count of the part.")),
        Parameter("whole", "number", Message("Count of the whole.")),
        Parameter("stated", "number", Message("Percentage in the text, with its digits.")),
        QUALIFIER,
        Parameter(
            "complement",
            "flag",
            Message("true when the text speaks of what the part leaves (impunity of sentences)."),
            required=False,
        ),
    ),
    check_claim=check_share,
)
PART_OF_TOTAL: Final = ConsistencyRule(
    code="C15",
    title=Message("A share of a total gives its part"),
    checks=Message("Multiplies a total by its percentage and allows for the rounding of both."),
    severities=("warning",),
    parameters=(
        Parameter("percent", "number", Message("Percentage in the text.")),
        Parameter("total", "number", Message("Total in the text.")),
        Parameter("part", "number", Message("Part in the text, in the unit of the total.")),
    ),
    check_claim=check_part_of_total,
)
REVIEW_COVERAGE: Final = ConsistencyRule(
    code="C17",
    title=Message("A review says how much it covers"),
    checks=Message("Divides the cases reviewed by the cases known to have occurred."),
    severities=("warning",),
    parameters=(
        Parameter("reviewed", "number", Message("Cases that were reviewed.")),
        Parameter(
            "at_least",
            "number",
            Message("Cases that occurred at least (the increase alone, for instance)."),
        ),
    ),
    check_claim=check_review_coverage,
)
