"""Numbers of a fit, told less exactly: with all its digits a fit tells the table it was made from.

Whoever has this program, the seed and some tables that fit what is shown can fit each of them.
"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from testigo.estimation import ESTIMATE_REASONS

if TYPE_CHECKING:
    from testigo.estimation import ReasonText

OF_ALL: Final = "too_few_people"  # the rule that measures what `observed` says
_THREE_FROM: Final = 3  # power of ten: of 1,040 three digits are told, of 104 and 5,040 two


def coarsen(value: float, rounding: str = ROUND_HALF_UP) -> float:
    """Round to two significant digits, to three where they begin with 1 and it is 1,000 or more.

    Examples
    --------
    >>> coarsen(648.2), coarsen(1944.1), coarsen(354.98, ROUND_FLOOR), coarsen(4.074)
    (650.0, 1940.0, 350.0, 4.1)
    """
    if not value or not math.isfinite(value):
        return value
    exact = Decimal(str(value))
    power = exact.adjusted()
    digits = 3 if power >= _THREE_FROM and exact.scaleb(-power) < 2 else 2  # noqa: PLR2004
    return float(exact.quantize(Decimal(1).scaleb(power - digits + 1), rounding))


def coarsen_interval(
    row: dict[str, object], names: tuple[str, str, str], *, least: float = 0.0
) -> dict[str, object]:
    """Round an answer and its limits; the limits outwards, so that they hold what they held.

    Parameters
    ----------
    row
        Of a published table.
    names
        Columns of the answer, of its lower and of its upper limit; each may be blank.
    least
        What a reader knows that there are.
    """
    ways = (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING)
    return {
        name: max(coarsen(float(value), way), least) if isinstance(value, (int, float)) else None
        for name, way in zip(names, ways, strict=True)
        for value in [row[name]]
    }


def coarsen_measured(measured: str) -> str:
    """Leave out how many people on several lists a rule found, and round what else was found.

    One decimal, or as many as the limit has, away from the limit: what a rule decides stays true.

    Examples
    --------
    >>> coarsen_measured("too_few_on_several_lists=4/20 unequal_people=4.07423/1")
    'too_few_on_several_lists=/20 unequal_people=4.1/1'
    """
    words = []
    for word in measured.split():
        code, _, numbers = word.partition("=")
        found, _, limit = numbers.partition("/")
        rule = ESTIMATE_REASONS.get(code)
        secret = rule is None or (rule.of_people and code != OF_ALL)
        words.append(f"{code}={'' if secret else _beyond(found, limit)}/{limit}")
    return " ".join(words)


def tells_of_overlaps(measured: str) -> bool:
    """Whether some rule measured more than how many people or lists there are."""
    rules = (ESTIMATE_REASONS.get(word.partition("=")[0]) for word in measured.split())
    return any(_is_fitted(rule) for rule in rules)


def _is_fitted(rule: ReasonText | None) -> bool:
    return rule is None or rule.percent or any(rule.decimals)


def _beyond(found: str, limit: str) -> str:
    exact, edge = Decimal(found or "nan"), Decimal(limit or "nan")
    if not (exact.is_finite() and edge.is_finite()):
        return found
    step = Decimal(1).scaleb(min(-1, int(edge.as_tuple().exponent)))
    rounded = exact.quantize(step, ROUND_CEILING if exact > edge else ROUND_FLOOR)
    return f"{float(rounded):g}"
