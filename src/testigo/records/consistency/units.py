"""Units and currencies of a text: C08, C09."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

from testigo.core import Message, Number
from testigo.records.consistency.answers import answer
from testigo.records.consistency.arithmetic import as_printed, half_step, plain
from testigo.records.consistency.model import Claim, ConsistencyRule, Finding, Parameter
from testigo.records.consistency.printed_rates import check_rate_base

IMPOSSIBLE: Final = 10.0  # project default: a count this many times off is a slip of the unit
SCALES: Final = (1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9)  # thousand, million, billion and back
RATE_SLACK: Final = Decimal("0.01")  # a rate of exchange moves in a day; project default


def check_unit(claim: Claim) -> Finding:
    """C08: an amount divided by a unit cost gives a count that can be; else the unit is wrong."""
    amount, per_unit, known = (claim.number(name) for name in ("amount", "per_unit", "plausible"))
    implied = float(amount / per_unit)
    values = {
        "amount": as_printed(amount),
        "per_unit": as_printed(per_unit),
        "implied": Number(implied),
        "known": as_printed(known),
    }
    found = plain(implied, 0)
    if _times_off(implied, float(known)) < IMPOSSIBLE:
        text = Message(
            "{amount} at {per_unit} each are {implied}, beside a known count of {known}: the unit"
            " can be right.",
            values,
        )
        return answer(claim, "ok", found=found, expected=str(known), explanation=text)
    scale = min(SCALES, key=lambda scale: _times_off(implied / scale, float(known)))
    if _times_off(implied / scale, float(known)) >= IMPOSSIBLE:
        text = Message(
            "{amount} at {per_unit} each would be {implied}, and the known count is {known}: this"
            " cannot be the unit.",
            values,
        )
        return answer(claim, "error", found=found, expected=str(known), explanation=text)
    text = Message(
        "{amount} at {per_unit} each would be {implied}, and the known count is {known}: this"
        " cannot be the unit. In units of {scale} it would be {repaired}, which is plausible.",
        values
        | {
            "scale": Number(scale, max(0, round(-math.log10(scale)))),
            "repaired": Number(implied / scale),
        },
    )
    expected = f"{plain(implied / scale, 0)} (x {scale:g})"
    return answer(claim, "error", found=found, expected=expected, explanation=text)


def _times_off(value: float, known: float) -> float:
    return max(value, known) / min(value, known) if min(value, known) > 0 else math.inf


def check_currency(claim: Claim) -> Finding:
    """C09: two amounts of money are one at the stated rate; the rate and its day are told."""
    amount, converted = claim.number("amount"), claim.number("converted")
    implied = converted / amount
    low = (converted - half_step(converted)) / (amount + half_step(amount))
    high = (converted + half_step(converted)) / (amount - half_step(amount))
    values: dict[str, object] = {
        "amount": as_printed(amount),
        "converted": as_printed(converted),
        "implied": Number(float(implied), 2),
    }
    found = plain(implied, 2)
    if not (claim.has("rate") and claim.has("on")):
        text = Message(
            "{amount} = {converted} implies a rate of {implied}; write the rate and its day beside"
            " it.",
            values,
        )
        return answer(claim, "info", found=found, expected="-", explanation=text)
    rate = claim.number("rate")
    values |= {"rate": as_printed(rate), "on": claim.text("on")}
    if low * (1 - RATE_SLACK) <= rate <= high * (1 + RATE_SLACK):
        text = Message("{amount} = {converted} at {rate} ({on}).", values)
        return answer(claim, "ok", found=found, expected=str(rate), explanation=text)
    text = Message(
        "{amount} = {converted} implies a rate of {implied}; the rate of {on} was {rate}.", values
    )
    return answer(claim, "warning", found=found, expected=str(rate), explanation=text)


UNIT: Final = ConsistencyRule(
    code="C08",
    title=Message("The unit can be right"),
    checks=Message(
        "Divides an amount by its unit cost, and a count by its printed rate and population: a"
        " result ten times off means that thousands, millions or the base of the rate were lost."
    ),
    severities=("error",),
    parameters=(
        Parameter("amount", "number", Message("Whole amount, written out (2250000000).")),
        Parameter("per_unit", "number", Message("Amount for one, as printed."), positive=True),
        Parameter(
            "plausible", "number", Message("A known count of the same thing."), positive=True
        ),
    ),
    needs=Message("A source with both a `rate` and a `population` column."),
    check_evidence=check_rate_base,
    check_claim=check_unit,
)
CURRENCY: Final = ConsistencyRule(
    code="C09",
    title=Message("Two currencies, one amount"),
    checks=Message("Recomputes the rate of exchange and asks for its day."),
    severities=("warning", "info"),
    parameters=(
        Parameter("amount", "number", Message("Amount in the first currency."), positive=True),
        Parameter("converted", "number", Message("The same amount in the second currency.")),
        Parameter(
            "rate", "number", Message("Units of the second for one of the first."), required=False
        ),
        Parameter("on", "text", Message("Day or year of the rate."), required=False),
    ),
    check_claim=check_currency,
)
