"""What each reason for doubt says: from its code, what was measured and the limit, a sentence.

A published table holds codes and numbers only; whoever shows it asks here for the words.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number, Reason
from testigo.estimation.systems.reason_catalogue import ESTIMATE_REASONS
from testigo.estimation.systems.reason_model import ReasonText

if TYPE_CHECKING:
    from testigo.core import VerdictStatus

R_HAT_WARN: Final = 1.01  # Vehtari et al. 2021
R_HAT_REFUSE: Final = 1.05


def make_reason(code: str, measured: float, threshold: float) -> Reason:
    """Put a reason into words.

    Parameters
    ----------
    code
        One of `ESTIMATE_REASONS`; another one is told by its code.
    measured
        Not a number where it may not be told: then it is said to be below the limit.
    threshold
        The limit.

    Examples
    --------
    >>> str(make_reason("too_few_people", 17, 50).text)
    'People in all: 17; 50 are needed. Join strata.'
    """
    rule = ESTIMATE_REASONS.get(code)
    if rule is None:
        unknown = Message("{code}: {measured} ({threshold} is the limit).")
        rule = ReasonText("warn", unknown, decimals=(2, 2))
    limit = Number(threshold, rule.decimals[1], percent=rule.percent)
    values: dict[str, object] = {
        "code": code,
        "measured": _say(measured, rule, limit),
        "threshold": limit,
    }
    refused = code == "replicates_disagree" and measured > R_HAT_REFUSE
    status: VerdictStatus = "refuse" if refused else rule.status
    return Reason(code, status, measured, threshold, replace(rule.text, values=values))


def _say(measured: float, rule: ReasonText, limit: Number) -> Message | Number:
    """Say what was measured: in words, as a number, or that it is below the limit."""
    if rule.in_words:
        reached = [words for least, words in rule.in_words if measured > least]
        return reached[-1] if reached else rule.in_words[0][1]
    if math.isnan(measured):
        return Message("fewer than {threshold}", {"threshold": limit})
    return Number(measured, rule.decimals[0], percent=rule.percent)


def read_reasons(measured: str | None) -> tuple[Reason, ...]:
    """Put the column `measured` of the table of estimates into words.

    Examples
    --------
    >>> [reason.status for reason in read_reasons("too_few_people=17/50 small_list=1/0")]
    ['refuse', 'warn']
    """
    found = []
    for word in (measured or "").split():
        code, _, numbers = word.partition("=")
        value, _, limit = numbers.partition("/")
        found.append(make_reason(code, float(value or "nan"), float(limit or "nan")))
    return tuple(found)
