"""Numbers of a fit, told less exactly: with all its digits a fit tells the table it was made from.

Whoever has this program, the seed and some tables that fit what is shown can fit each of them.
"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

from testigo.estimation import ESTIMATE_REASONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_OF_ALL: Final = frozenset({"too_few_people", "few_people"})  # they measure what `observed` says
_BEFORE_A_FIT: Final = _OF_ALL | {
    "too_few_lists", "too_few_on_several_lists", "no_pair_overlaps", "small_list", "one_pattern",
    "lists_not_connected", "too_many_lists", "strata_refused", "no_draws_to_add",
    "no_stratum_like_it", "counts_only_in_sum", "one_list_holds_all", "few_outside_one_list",
    "lists_with_same_people",
}  # fmt: skip
_PARTS: Final = 4  # steps in an interval: about one standard error each
_LEAST_STEP: Final = 1.0  # of people
_ONE_DIGIT: Final = 10.0  # from here on, of what is no whole number


def find_step(low: object, high: object) -> float:
    """Return the step in which an answer is told: 1, 2 or 5 with zeros, four or more to its width.

    Examples
    --------
    >>> find_step(2456, 2784), find_step(355, 1944), find_step(60, 62), find_step(None, None)
    (50.0, 200.0, 1.0, 1.0)
    """
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return _LEAST_STEP
    part = (high - low) / _PARTS
    if not _LEAST_STEP < part < math.inf:
        return _LEAST_STEP
    zeros = 10.0 ** math.floor(math.log10(part))
    return zeros * next(first for first in (5, 2, 1) if first * zeros <= part)


def coarsen_interval(
    row: Mapping[str, object], names: tuple[str, str, str], *, step: float, least: float = 0.0
) -> dict[str, object]:
    """Round an answer and its limits; the limits outwards, so that they hold what they held.

    Parameters
    ----------
    row
        Of a published table.
    names
        Columns of the answer, of its lower and of its upper limit; each may be blank.
    step
        All three are told in multiples of it.
    least
        What a reader knows that there are.

    Examples
    --------
    >>> row = {"median": 648.2, "low": 354.975, "high": 1944.1}
    >>> coarsen_interval(row, ("median", "low", "high"), step=200.0, least=238)
    {'median': 600.0, 'low': 238.0, 'high': 2000.0}
    """
    ways: tuple[Callable[[float], int], ...] = (round, math.floor, math.ceil)
    return {
        name: max(way(value / step) * step, float(least))
        if isinstance(value, (int, float))
        else None
        for name, way in zip(names, ways, strict=True)
        for value in [row[name]]
    }


def coarsen_measured(measured: str, observed: object) -> str:
    """Leave out how many people on several lists a rule found, and round what else was found.

    One decimal, or as many as the limit has, away from the limit, and of fractions from ten on one
    digit: what a rule decides stays true. What is told in words is rounded up as far as the words
    stay the same.

    Parameters
    ----------
    measured
        As in the table of estimates.
    observed
        The people on any list, where they are told; in another draw there may be others.

    Examples
    --------
    >>> coarsen_measured("few_people=64/100 no_pair_overlaps=3/5 unequal_people=0.41/0.25", 64)
    'few_people=64/100 no_pair_overlaps=/5 unequal_people=1/0.25'
    """
    words = []
    for word in measured.split():
        code, _, numbers = word.partition("=")
        found, _, limit = numbers.partition("/")
        rule = ESTIMATE_REASONS.get(code)
        known = code in _OF_ALL and found == str(observed)
        if rule is None or (rule.of_people and not known):
            found = ""
        elif rule.in_words:
            found = _up_to(found, [least for least, _ in rule.in_words])
        elif not known:
            found = _beyond(found, limit, least=_ONE_DIGIT if rule.decimals[0] else math.inf)
        words.append(f"{code}={found}/{limit}")
    return " ".join(words)


def tells_of_fit(measured: str) -> bool:
    """Whether some rule measured a fit, and not just how many people or lists there are."""
    return any(word.partition("=")[0] not in _BEFORE_A_FIT for word in measured.split())


def _up_to(found: str, edges: Sequence[float]) -> str:
    """Round up to the edge of a class; beyond the last one to 1, 2 or 5 with zeros."""
    exact = float(found or "nan")
    if not math.isfinite(exact) or exact <= 0:
        return found
    zeros = 10.0 ** math.floor(math.log10(exact))
    far = next(first * zeros for first in (1, 2, 5, 10) if first * zeros >= exact)
    return f"{next((edge for edge in edges if exact <= edge), far):g}"


def _beyond(found: str, limit: str, *, least: float) -> str:
    """Round away from the limit, and to one digit what is at least so much."""
    exact, edge = Decimal(found or "nan"), Decimal(limit or "nan")
    if not (exact.is_finite() and edge.is_finite()):
        return found
    digits = exact.adjusted() if exact >= least else min(-1, int(edge.as_tuple().exponent))
    step = Decimal(1).scaleb(digits)
    rounded = exact.quantize(step, ROUND_CEILING if exact > edge else ROUND_FLOOR)
    return f"{float(rounded):g}"
