"""Estimates of one file of overlaps, for an analyst who has only that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from testigo.core import Bounds, Estimate, Message, UsageError
from testigo.estimation.systems.comparison import compare_strata
from testigo.estimation.systems.estimate_rows import UNIT, estimate_row
from testigo.estimation.systems.linked_tables import LinkedHistories
from testigo.estimation.systems.model import ENVELOPE, ESTIMATES, METHODS
from testigo.estimation.systems.sensitivity import sweep_assumptions
from testigo.estimation.systems.sensitivity_verdicts import warn_of_sensitivity
from testigo.estimation.systems.stratified import estimate_strata

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.core import Verdict
    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.comparison import Comparison
    from testigo.estimation.systems.fit_cache import FitCache
    from testigo.estimation.systems.model import Method

ALL: Final = "all"


def file_estimates(
    tables: Sequence[CaptureHistories],
    *,
    seed: int,
    method: Method | str = "latent-class",
    level: float = 0.95,
    workers: int = 1,
    cache: FitCache | None = None,
    progress: Callable[[Message, int, int | None], None] | None = None,
) -> tuple[pa.Table, tuple[Verdict, ...]]:
    """Estimate every stratum of a file.

    Parameters
    ----------
    tables
        Of the file, one for each stratum, as `read_overlaps` gives them.
    seed
        Of the methods that draw.
    method
        One of `METHODS`, or `all`.
    level
        Coverage of the intervals.
    workers
        Threads; they do not change the answer.
    cache
        Keeps fits of one method, for `file_sensitivity` to find.
    progress
        Told of each stratum.

    Returns
    -------
    table, verdicts
        Columns `ESTIMATES` and the verdict of each row: where there are strata, first their sum by
        draws, then each in the order of the file. With `all` a method that has no draws is refused
        there; with such a method alone there is no sum.
    """
    if method != ALL:
        chosen: Method = method  # type: ignore[assignment]  # estimate_total refuses the rest
        found = estimate_strata(
            [LinkedHistories(each) for each in tables],
            seed=seed,
            method=chosen,
            level=level,
            workers=workers,
            cache=cache,
            progress=progress,
        )
        return found.table, found.verdicts
    return _all_methods(tables, seed, level, workers, progress)


def file_sensitivity(
    tables: Sequence[CaptureHistories],
    *,
    seed: int,
    method: Method | str = "latent-class",
    level: float = 0.95,
    workers: int = 1,
    cache: FitCache | None = None,
    progress: Callable[[Message, int, int | None], None] | None = None,
) -> tuple[pa.Table, pa.Table]:
    """Estimate a file, and make its estimate again under other assumptions.

    Parameters
    ----------
    tables, seed, method, level, workers, cache, progress
        As `file_estimates` takes them; `all` is no method here.

    Returns
    -------
    estimates, sensitivity
        Columns `ESTIMATES`, with what the other assumptions do to the verdict of the sum; and
        columns `SENSITIVITY`, as `sweep_assumptions` gives them.

    Raises
    ------
    UsageError
        As `check_file_method` does.
    """
    check_file_method(method, sensitivity=True)
    strata = [LinkedHistories(each) for each in tables]
    chosen: Method = method  # type: ignore[assignment]  # estimate_total refuses the rest
    work: dict[str, Any] = {
        "seed": seed,
        "method": chosen,
        "level": level,
        "workers": workers,
        "cache": HeldFits() if cache is None else cache,
        "progress": progress,
    }
    estimates = estimate_strata(strata, **work).table
    sensitivity = sweep_assumptions(strata, **work)
    return warn_of_sensitivity(estimates, sensitivity), sensitivity


def check_file_method(method: str, *, sensitivity: bool) -> None:
    """Refuse a method that there is not, before anything is read.

    Raises
    ------
    UsageError
        For a method that is neither of `METHODS` nor `all`, and for `all` with `sensitivity`.
    """
    known = METHODS if sensitivity else (*METHODS, ALL)
    if method in known:
        return
    if method == ALL:
        raise UsageError(
            Message("--sensitivity moves the assumptions of one method, not of all."),
            Message("Leave --method out; the other methods are among what is tried."),
        )
    raise UsageError(
        Message("There is no method {given}.", {"given": repr(method)}),
        Message("Write one of: {known}.", {"known": ", ".join(known)}),
    )


class HeldFits(dict[str, "Mapping[str, NDArray[np.float64]]"]):
    """Fits that two calls share; a `FitCache` that lasts as long as the program."""

    def put(self, key: str, arrays: Mapping[str, NDArray[np.float64]]) -> None:
        """Keep arrays under `key`."""
        self[key] = arrays


def _all_methods(
    tables: Sequence[CaptureHistories],
    seed: int,
    level: float,
    workers: int,
    progress: Callable[[Message, int, int | None], None] | None,
) -> tuple[pa.Table, tuple[Verdict, ...]]:
    import pyarrow as pa

    rows, verdicts = [], []
    found = compare_strata(tables, seed=seed, level=level, workers=workers, progress=progress)
    whole = [("", sum(each.observed for each in tables))] if len(tables) > 1 else []
    strata = [(LinkedHistories(each).label, each.observed) for each in tables]
    for (label, observed), compared in zip([*whole, *strata], found, strict=True):
        for estimate in _headed(compared):
            rows.append(estimate_row(observed, label, estimate, level))
            verdicts.append(estimate.verdict)
    return pa.Table.from_pylist(rows, schema=ESTIMATES.arrow), tuple(verdicts)


def _headed(found: Comparison) -> tuple[Estimate, ...]:
    """Put the envelope first where the methods disagree."""
    if found.agree or found.envelope is None:
        return found.estimates
    bounds = Bounds(float("nan"), *found.envelope, found.level)
    head = Estimate.from_bounds(bounds, unit=UNIT, method=ENVELOPE, verdict=found.verdict)
    return (head, *found.estimates)
