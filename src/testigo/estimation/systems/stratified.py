"""Hundreds of strata in one call: each once, none twice, their sum by draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from testigo.core import Estimate, Message, UsageError
from testigo.estimation.systems.combination import combine_by_rule, mix_draws
from testigo.estimation.systems.estimate_rows import (
    UNIT,
    estimate_row,
    is_counted,
    is_told,
    refuse_estimate,
    sum_strata,
)
from testigo.estimation.systems.fit_cache import FitOptions
from testigo.estimation.systems.gate import judge_mixture
from testigo.estimation.systems.model import ESTIMATES
from testigo.estimation.systems.reason_texts import make_reason
from testigo.estimation.systems.stratum_fits import answer_tables, lighten_options
from testigo.estimation.systems.thin_strata import lean_on_others

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    import xarray
    from numpy.typing import NDArray

    from testigo.core import Verdict
    from testigo.estimation.systems.fit_cache import FitCache
    from testigo.estimation.systems.linked_tables import LinkedHistories
    from testigo.estimation.systems.model import Method
    from testigo.estimation.systems.stratum_fits import Answers, Progress, Spread

Rule = Literal["mixture", "hrdag"]
DRAWING: Final = ("latent-class", "graphs")
KEPT: Final = 4_000  # draws of each stratum
MOST_REFUSED: Final = 0.1  # of the linkage draws


@dataclass(frozen=True, slots=True, eq=False)
class StrataEstimates:
    """Estimates of all strata.

    Attributes
    ----------
    table
        Columns `ESTIMATES`; where there are several strata, first the sum of all (stratum empty),
        then each in the order given.
    verdicts
        Of each row.
    draws
        Of N, dimensions (stratum, draw), for the strata that a sum may hold: those that may be
        told, and those that lean on the others and are too small for a figure of their own
        (`counts_only_in_sum`). Draws of different strata meet at random, so that sums over strata
        are taken draw by draw. Empty for methods without draws.
    """

    table: pa.Table
    verdicts: tuple[Verdict, ...]
    draws: xarray.DataArray


def estimate_strata(
    strata: Sequence[LinkedHistories],
    *,
    seed: int,
    method: Method = "latent-class",
    level: float = 0.95,
    rule: Rule = "mixture",
    pool: bool = False,
    workers: int = 1,
    spread: Spread | None = None,
    cache: FitCache | None = None,
    progress: Progress | None = None,
) -> StrataEstimates:
    """Estimate every stratum, through all its linkage draws or replicates, and their sum.

    Parameters
    ----------
    strata
        As `split_histories` or `gather_replicates` gives them.
    seed
        The same seed and table give the same draws, whatever the other strata, `workers` and
        `spread` are.
    method
        One of `METHODS`; linkage draws and sums need one that draws (latent-class, graphs).
    level
        Coverage of the intervals.
    rule
        How draws of the linkage combine: `mixture` pools the draws of N; `hrdag` gives the
        log-normal interval of HRDAG's rule (`combine_by_rule`) in the table; draws stay a mixture.
        The wider of the two intervals is judged.
    pool
        Whether a stratum refused because it holds too few people leans on those that were not;
        see `pool_strata`.
    workers
        Threads; the compiled sweeps do not hold each other up.
    spread
        Instead of threads: a function like `map` that takes a function and a list and gives the
        results in order, for instance over the executors of a cluster.
    cache
        Fits of the latent class model that were made before.
    progress
        Told of each table that is done.

    Raises
    ------
    UsageError
        For no strata, or linkage draws with a method that does not draw.
    """
    found = estimate_each(
        strata,
        FitOptions(seed),
        method=method,
        level=level,
        rule=rule,
        workers=workers,
        spread=spread,
        cache=cache,
        progress=progress,
    )
    if pool:
        found = lean_on_others([each.best for each in strata], found, seed=seed)
    return _told(strata, found, method, seed, level)


def estimate_each(
    strata: Sequence[LinkedHistories],
    options: FitOptions,
    *,
    method: Method = "latent-class",
    level: float = 0.95,
    rule: Rule = "mixture",
    workers: int = 1,
    spread: Spread | None = None,
    cache: FitCache | None = None,
    progress: Progress | None = None,
) -> list[Estimate]:
    """Estimate every stratum by itself, in the order given.

    Parameters
    ----------
    strata, method, level, rule, workers, spread, cache, progress
        As `estimate_strata` takes them.
    options
        The seed; for the latent class model also its classes and its prior.

    Raises
    ------
    UsageError
        For no strata, or linkage draws with a method that does not draw.
    """
    _check(strata, method)
    answers = answer_tables(
        strata, method, options,
        level=level, workers=workers, spread=spread, cache=cache, progress=progress,
    )  # fmt: skip
    return [
        _combined(linked, answers, options, rule=rule, rng=_stream(linked, options.seed))
        for linked in strata
    ]


def _stream(linked: LinkedHistories, seed: int) -> np.random.Generator:
    """Give a stratum random numbers of its own, whatever the other strata are."""
    named = sha256(repr(linked.stratum).encode()).digest()[:8]
    return np.random.default_rng([seed, int.from_bytes(named, "big")])


def _check(strata: Sequence[LinkedHistories], method: Method) -> None:
    if not strata:
        raise UsageError(Message("There are no strata to estimate."))
    if method not in DRAWING and any(each.draws for each in strata):
        raise UsageError(
            Message("The method {method} gives no draws.", {"method": method}),
            Message("Use latent-class or graphs."),
        )


def _combined(
    linked: LinkedHistories,
    answers: Answers,
    options: FitOptions,
    *,
    rule: Rule,
    rng: np.random.Generator,
) -> Estimate:
    """Mix the draws of a stratum; the verdict is that of its best table, but for the width."""
    best = answers.give(linked.best, options)
    if best.draws is None:
        return best
    if not linked.draws or not is_told(best):
        draws = _resized(best.total(), rng)
        return Estimate.from_draws(draws, unit=UNIT, method=best.method, verdict=best.verdict)
    light = lighten_options(options)
    parts = [(answers.draws(each, light), each.observed) for each in linked.draws]
    kept = [(draws, observed) for draws, observed in parts if draws is not None]
    refused = 1.0 - len(kept) / len(parts)
    if refused > MOST_REFUSED:
        reasons = (*best.verdict.reasons, make_reason("draws_refused", refused, MOST_REFUSED))
        return refuse_estimate(best.method, reasons, answers.level)
    mixed = mix_draws([draws for draws, _ in kept], seed=int(rng.integers(2**32)))
    found = Estimate.from_draws(_resized(mixed, rng), unit=UNIT, method=best.method)
    if rule == "mixture":
        return replace(found, verdict=judge_mixture(best.verdict, mixed))
    # The table has the limits of the rule, sums have the draws: neither may leave all open.
    usual, bounds = (
        combine_by_rule(*zip(*kept, strict=True), level=level) for level in (0.95, answers.level)
    )
    verdict = judge_mixture(best.verdict, mixed, usual)
    return replace(found, verdict=verdict, bounds=bounds)


def _resized(values: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Take `KEPT` draws in random order, so that strata fitted by one seed do not move together."""
    if len(values) >= KEPT:
        return rng.permutation(values)[:KEPT]
    return rng.permutation(np.resize(rng.permutation(values), KEPT))


def _everybody(strata: Sequence[LinkedHistories]) -> int:
    """Count the people of all strata, in the middle draw where all have draws."""
    drawn = list(zip(*(each.draws for each in strata), strict=False))
    sums = sorted(sum(each.observed for each in draw) for draw in drawn)
    return sums[(len(sums) - 1) // 2] if sums else sum(each.observed for each in strata)


def _told(
    strata: Sequence[LinkedHistories],
    found: Sequence[Estimate],
    method: Method,
    seed: int,
    level: float,
) -> StrataEstimates:
    import pyarrow as pa
    import xarray as xr

    rows = [
        estimate_row(linked.observed, linked.label, estimate, level)
        for linked, estimate in zip(strata, found, strict=True)
    ]
    verdicts = [estimate.verdict for estimate in found]
    if len(strata) > 1 and method in DRAWING:
        total = sum_strata(found, seed=seed, level=level)
        rows.insert(0, estimate_row(_everybody(strata), "", total, level))
        verdicts.insert(0, total.verdict)
    drawn = [
        (linked.label, estimate.total())
        for linked, estimate in zip(strata, found, strict=True)
        if is_counted(estimate) and estimate.draws is not None
    ]
    draws = xr.DataArray(
        np.array([values for _, values in drawn]).reshape(len(drawn), KEPT if drawn else 0),
        dims=("stratum", "draw"),
        coords={"stratum": [label for label, _ in drawn]},
    )
    return StrataEstimates(
        pa.Table.from_pylist(rows, schema=ESTIMATES.arrow), tuple(verdicts), draws
    )
