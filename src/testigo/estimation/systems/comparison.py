"""All methods on one table, or on the strata of one, and what to say when they disagree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from testigo.core import Estimate, Message, Verdict
from testigo.estimation.systems.estimate_rows import is_told, refuse_estimate, sum_strata
from testigo.estimation.systems.gate import judge_width
from testigo.estimation.systems.method_names import METHOD_NAMES
from testigo.estimation.systems.methods import estimate_total, usual_limits
from testigo.estimation.systems.model import METHODS
from testigo.estimation.systems.reason_texts import make_reason
from testigo.estimation.systems.setting_names import JoinedNames

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from testigo.core import Reason
    from testigo.estimation.systems.capture_histories import CaptureHistories

RIVALS = ("latent-class", "graphs", "log-linear", "sparse")  # the others are bounds or a foil


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Every method's answer.

    Attributes
    ----------
    estimates
        In the order of `METHODS`, refused ones too.
    agree
        Whether the intervals of latent-class, graphs, log-linear and sparse all meet each other, of
        those that were not refused.
    envelope
        From the lowest to the highest limit of these; None when all were refused.
    verdict
        Of the envelope: `models_disagree` where they do not agree, and how wide it is.
    level
        Coverage of the intervals.
    """

    estimates: tuple[Estimate, ...]
    agree: bool
    envelope: tuple[float, float] | None
    verdict: Verdict
    level: float


def compare(
    histories: CaptureHistories, *, seed: int, level: float = 0.95, workers: int = 1
) -> Comparison:
    """Run every method on one table.

    When two intervals are disjoint, every estimate gets a warning and the envelope is the answer,
    unless it is refused because it is too wide.

    Parameters
    ----------
    histories
        The table of overlaps.
    seed
        Of the methods that draw.
    level
        Coverage of the intervals.
    workers
        Threads; they do not change the answer.
    """
    return _compared(
        [
            estimate_total(histories, seed=seed, method=method, level=level, workers=workers)
            for method in METHODS
        ],
        histories.observed,
        level,
    )


def compare_strata(
    tables: Sequence[CaptureHistories],
    *,
    seed: int,
    level: float = 0.95,
    workers: int = 1,
    progress: Callable[[Message, int, int | None], None] | None = None,
) -> tuple[Comparison, ...]:
    """Run every method on every stratum, and add the strata of each method that draws.

    Parameters
    ----------
    tables
        One for each stratum.
    seed, level, workers
        As `compare` takes them.
    progress
        Told of each stratum that is done.

    Returns
    -------
    tuple of Comparison
        Where there are several strata, first that of their sums: by draws, refused where a stratum
        is refused (`strata_refused`) or the method has no draws (`no_draws_to_add`). Then of each
        stratum.
    """
    found = []
    for place, table in enumerate(tables):
        if progress is not None:
            progress(Message("Estimating"), place, len(tables))
        found.append(compare(table, seed=seed, level=level, workers=workers))
    if len(tables) < 2:  # noqa: PLR2004
        return tuple(found)
    by_method = zip(*(each.estimates for each in found), strict=True)
    sums = [_added(each, seed, level) for each in by_method]
    return (_compared(sums, sum(each.observed for each in tables), level), *found)


def explain_comparison(rows: Sequence[Mapping[str, Any]]) -> Message:
    """Say which methods were compared, whether they agree, and which were refused.

    Parameters
    ----------
    rows
        Of the table `estimates`: one stratum, by all methods.
    """
    rivals = [row for row in rows if row["method"] in RIVALS]
    told = _names([row for row in rivals if row["low"] is not None])
    refused = _names([row for row in rivals if row["low"] is None])
    if len(told.names) < 2:  # noqa: PLR2004
        return Message("Fewer than two models have an answer here: none can be compared.")
    found = Message("Compared: {names}. All of their intervals meet.", {"names": told})
    if any("models_disagree" in row["reasons"].split() for row in rows):
        found = Message("Compared: {names}. Not all of their intervals meet.", {"names": told})
    if not refused.names:
        return found
    return Message(
        "{compared} Without an answer to compare: {names}.", {"compared": found, "names": refused}
    )


def _names(rows: Sequence[Mapping[str, Any]]) -> JoinedNames:
    return JoinedNames(tuple(METHOD_NAMES[row["method"]] for row in rows))


def _added(estimates: Sequence[Estimate], seed: int, level: float) -> Estimate:
    """Add the strata of one method; all of one method draw, or none does."""
    if all(each.draws is not None for each in estimates if is_told(each)):
        return sum_strata(estimates, seed=seed, level=level)
    reasons = (make_reason("no_draws_to_add", len(estimates), 0),)
    return refuse_estimate(estimates[0].method, reasons, level)


def _compared(found: list[Estimate], observed: int, level: float) -> Comparison:
    rivals = [each for each in found if each.method in RIVALS and is_told(each)]
    limits = [each.interval(level) for each in rivals]
    apart = sum(max(a[0], b[0]) > min(a[1], b[1]) for a, b in combinations(limits, 2))
    envelope = (min(low for low, _ in limits), max(high for _, high in limits)) if limits else None
    disagree = (make_reason("models_disagree", apart, 0),) if apart else ()
    found = [replace(each, verdict=Verdict((*each.verdict.reasons, *disagree))) for each in found]
    verdict = Verdict((*disagree, *_judge_envelope(rivals, observed, level)))
    return Comparison(tuple(found), not apart, envelope, verdict, level)


def _judge_envelope(rivals: Sequence[Estimate], observed: int, level: float) -> tuple[Reason, ...]:
    """Say whether the range of all answers tells enough, as every interval is asked."""
    limits = [usual_limits(each, level) for each in rivals]
    if not limits:
        return ()
    lowest, highest = min(low for low, _ in limits), max(high for _, high in limits)
    return judge_width(max(lowest, observed), highest)
