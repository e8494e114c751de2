"""Changes over time in a text: C07, C10, C14, C18, C19."""

from __future__ import annotations

from typing import Final

from testigo.core import Message, Number
from testigo.records.consistency.answers import QUALIFIER, answer
from testigo.records.consistency.arithmetic import (
    agrees,
    as_printed,
    decimals_of,
    decimals_to_tell,
    half_step,
    percentage,
    phrase,
    plain,
)
from testigo.records.consistency.model import Claim, ConsistencyRule, Finding, Parameter


def check_change(claim: Claim) -> Finding:
    """C07: a percentage of change follows from its two numbers, over two periods that compare."""
    before, after = claim.number("before"), claim.number("after")
    change = after / before - 1
    stated = claim.number("stated") if claim.has("stated") else None
    decimals = max(1, decimals_of(stated)) if stated is not None else 1
    values: dict[str, object] = {
        "before": as_printed(before),
        "after": as_printed(after),
        "change": Number(float(change), decimals, percent=True),
    }
    expected = plain(100 * change, decimals)
    found = str(stated) if stated is not None else expected
    if stated is not None and not agrees(100 * change, stated, claim.qualifier()):
        text = Message(
            "From {before} to {after} is {change}; the text says {stated}.",
            values | {"stated": phrase(stated, claim.qualifier(), percent=True)},
        )
        return answer(claim, "warning", found=found, expected=expected, explanation=text)
    return _compare_periods(claim, values) or answer(
        claim,
        "ok",
        found=found,
        expected=expected,
        explanation=Message("From {before} to {after} is {change}.", values),
    )


def _compare_periods(claim: Claim, values: dict[str, object]) -> Finding | None:
    if not (claim.has("period_before") and claim.has("period_after")):
        return None
    before, after = claim.span("period_before"), claim.span("period_after")
    shared = min(before.last, after.last) - max(before.first, after.first) + 1
    if shared > 0:
        text = Message(
            "From {before} to {after} is {change}, but the two periods have {months} months in"
            " common: check the dates.",
            values | {"months": shared},
        )
        return answer(claim, "warning", found=f"{before} {after}", expected="0", explanation=text)
    if before.months != after.months:
        text = Message(
            "From {before} to {after} is {change}, but one period has {first} months and the other"
            " {second}.",
            values | {"first": before.months, "second": after.months},
        )
        return answer(
            claim,
            "warning",
            found=str(after.months),
            expected=str(before.months),
            explanation=text,
        )
    return None


def check_growth(claim: Claim) -> Finding:
    """C10: if every year grew by more than x, the average grew by more than x."""
    each, average = claim.number("each_year"), claim.number("average")
    values = {"each": percentage(each), "average": percentage(average)}
    found, expected = str(average), f"> {each}"
    if average > each:
        text = Message("More than {each} every year and {average} on average agree.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    text = Message(
        "More than {each} in every year cannot make {average} on average: one of the two sentences"
        " is wrong.",
        values,
    )
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def check_target(claim: Claim) -> Finding:
    """C14: a target and the growth that the text gives for it are the same number."""
    base, growth, target = (claim.number(name) for name in ("base", "growth", "target"))
    factor, step = 1 + growth / 100, half_step(growth) / 100
    computed = base * factor
    margin = half_step(base) * factor + step * base + half_step(target)
    values = {
        "base": phrase(base, claim.qualifier()),
        "growth": percentage(growth),
        "target": as_printed(target),
        "computed": Number(float(computed), decimals_of(target)),
        "implied": Number(float(target / base) - 1, max(1, decimals_of(growth)), percent=True),
        "reconciling": Number(float(target / factor) if factor else 0.0, decimals_of(base)),
    }
    found, expected = str(target), plain(computed, decimals_of(target))
    if abs(target - computed) <= margin:
        text = Message("{base} and {growth} more are {computed}, as the text says.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    if factor and agrees(target / factor, base, claim.qualifier()):
        text = Message(
            "{growth} over {base} would be {computed}, and the target says {target} ({implied});"
            " a base of {reconciling} would reconcile both.",
            values,
        )
    else:
        text = Message(
            "{growth} over {base} would be {computed}, and the target says {target} ({implied}).",
            values,
        )
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def check_months(claim: Claim) -> Finding:
    """C18: from one month to another is the difference of their numbers."""
    stated = claim.number("stated")
    months = claim.span("end").last - claim.span("start").first
    values = {"stated": as_printed(stated), "months": months, "both": months + 1}
    found, expected = str(stated), str(months)
    if stated == months:
        text = Message(
            "{months} months, as the text says (counting both end months gives {both}).", values
        )
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    if stated == months + 1:
        text = Message(
            "{stated} months counts both end months; the difference is {months}.", values
        )
        return answer(claim, "info", found=found, expected=expected, explanation=text)
    text = Message("The dates are {months} months apart; the text says {stated}.", values)
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def check_multiple(claim: Claim) -> Finding:
    """C19: what is said to have doubled has doubled."""
    before, after = claim.number("before"), claim.number("after")
    factor = claim.number("factor")
    ratio = after / before
    decimals = decimals_to_tell(ratio, factor)
    values = {
        "before": as_printed(before),
        "after": as_printed(after),
        "ratio": Number(float(ratio), decimals),
        "factor": phrase(factor, claim.qualifier()),
    }
    found, expected = plain(ratio, decimals), str(factor)
    if agrees(ratio, factor, claim.qualifier("about")):
        text = Message("From {before} to {after} is {ratio} times, as the text says.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    text = Message(
        "From {before} to {after} is {ratio} times; the text says {factor} times.", values
    )
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


_BEFORE: Final = Parameter("before", "number", Message("First number."), positive=True)
_AFTER: Final = Parameter("after", "number", Message("Second number."))

CHANGE: Final = ConsistencyRule(
    code="C07",
    title=Message("A change follows from its two numbers"),
    checks=Message(
        "Recomputes a percentage of change, and whether the two periods are apart and equally long."
    ),
    severities=("warning",),
    parameters=(
        _BEFORE,
        _AFTER,
        Parameter("stated", "number", Message("Percentage of change in the text."), required=False),
        QUALIFIER,
        Parameter(
            "period_before",
            "months",
            Message("First and last month of the first number (2012-01/2012-08)."),
            required=False,
        ),
        Parameter(
            "period_after", "months", Message("The same of the second number."), required=False
        ),
    ),
    check_claim=check_change,
)
GROWTH: Final = ConsistencyRule(
    code="C10",
    title=Message("Growth stated twice agrees"),
    checks=Message("Compares growth of every year with average growth."),
    severities=("warning",),
    parameters=(
        Parameter("each_year", "number", Message("Percentage that every year is said to exceed.")),
        Parameter("average", "number", Message("Average percentage in the text.")),
    ),
    check_claim=check_growth,
)
TARGET: Final = ConsistencyRule(
    code="C14",
    title=Message("A target matches the growth stated for it"),
    checks=Message("Applies the growth to the base and allows for rounding."),
    severities=("warning",),
    parameters=(
        Parameter("base", "number", Message("Number that the target starts from."), positive=True),
        Parameter("growth", "number", Message("Growth in per cent (50 for 50 % more).")),
        Parameter("target", "number", Message("Target in the text.")),
        Parameter(
            "qualifier",
            "qualifier",
            Message("The word the text puts before the base (more_than ...)."),
            required=False,
        ),
    ),
    check_claim=check_target,
)
MONTHS: Final = ConsistencyRule(
    code="C18",
    title=Message("A number of months follows from its dates"),
    checks=Message("Subtracts month numbers; counting both end months gives one more."),
    severities=("warning", "info"),
    parameters=(
        Parameter("start", "month", Message("First month (2012-03).")),
        Parameter("end", "month", Message("Last month (2013-11).")),
        Parameter("stated", "number", Message("Months in the text.")),
    ),
    check_claim=check_months,
)
MULTIPLE: Final = ConsistencyRule(
    code="C19",
    title=Message("What doubled has doubled"),
    checks=Message("Divides the second number by the first."),
    severities=("warning",),
    parameters=(
        _BEFORE,
        _AFTER,
        Parameter("factor", "number", Message("2 for doubled, 3 for tripled.")),
        QUALIFIER,
    ),
    check_claim=check_multiple,
)
