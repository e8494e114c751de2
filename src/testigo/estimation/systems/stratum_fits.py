"""The work behind strata: every table that needs an answer, made once, kept, and told of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from testigo.core import Estimate, Message, Verdict
from testigo.estimation.systems.estimate_rows import refuse_estimate
from testigo.estimation.systems.fit_cache import fit_key, fit_table, pack_fit, unpack_fit
from testigo.estimation.systems.gate import judge_table
from testigo.estimation.systems.latent_class import LatentClassFit
from testigo.estimation.systems.methods import estimate_total, judge_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.fit_cache import FitCache, FitOptions
    from testigo.estimation.systems.linked_tables import LinkedHistories
    from testigo.estimation.systems.model import Method

    Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
    Progress = Callable[[Message, int, int | None], None]

FEW_REPLICATES: Final = 2  # of each linkage draw: what one lacks in draws the others have
FEW_BLOCKS: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class FitJob:
    """A table to be answered by a method; it can be sent to another process."""

    histories: CaptureHistories
    method: Method
    options: FitOptions
    level: float

    @property
    def key(self) -> str:
        """The same for tables that are the same, whatever their lists and stratum are called."""
        return fit_key(self.histories, self.options)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Answers to the tables of strata, by table and options.

    Attributes
    ----------
    method, level
        As asked for.
    made
        By key of the job; a table that is refused before any model has none.
    """

    method: Method
    level: float
    made: Mapping[str, LatentClassFit | Estimate]

    def give(self, histories: CaptureHistories, options: FitOptions) -> Estimate:
        """Return the answer to a table, with the verdict of its own lists and people."""
        found = self.made.get(fit_key(histories, options))
        if found is None:
            return refuse_estimate(self.method, judge_table(histories), self.level)
        return judge_fit(histories, found) if isinstance(found, LatentClassFit) else found

    def draws(self, histories: CaptureHistories, options: FitOptions) -> NDArray[np.float64] | None:
        """Return the draws of N alone, shape (draw,), without judging them; None if refused."""
        found = self.made.get(fit_key(histories, options))
        if isinstance(found, LatentClassFit):
            return found.draws.ravel()
        return None if found is None or found.draws is None else found.total()


def lighten_options(options: FitOptions) -> FitOptions:
    """Return the options for each of many linkage draws, whose draws are pooled."""
    return replace(options, replicates=FEW_REPLICATES, most_blocks=FEW_BLOCKS)


def answer_tables(
    strata: Sequence[LinkedHistories],
    method: Method,
    options: FitOptions,
    *,
    level: float,
    workers: int = 1,
    spread: Spread | None = None,
    cache: FitCache | None = None,
    progress: Progress | None = None,
) -> Answers:
    """Answer the best table and the draws of every stratum, each table once.

    An answer is kept in `cache` as soon as it and those before it are there, so that a stopped run
    goes on where it was.

    Parameters
    ----------
    strata, method, level, workers, spread, cache, progress
        As `estimate_strata` takes them.
    options
        For the best tables.
    """
    jobs = _jobs(strata, method, options, level)
    kept = cache if method == "latent-class" else None
    found = _held(jobs, kept) if kept is not None else {}
    left = [job for key, job in jobs.items() if key not in found]
    do = partial(_do, workers=workers if len(left) == 1 else 1)
    with ThreadPoolExecutor(max_workers=workers) as threads:
        for job, result in zip(left, (spread or threads.map)(do, left), strict=True):
            found[job.key] = result
            if kept is not None and isinstance(result, LatentClassFit):
                kept.put(job.key, pack_fit(result))
            if progress is not None:
                progress(Message("Estimating"), len(found), len(jobs))
    return Answers(method, level, found)


def _jobs(
    strata: Sequence[LinkedHistories], method: Method, options: FitOptions, level: float
) -> dict[str, FitJob]:
    """Tables that need work, each once: most linkage draws of a stratum are alike."""
    found: dict[str, FitJob] = {}
    light = lighten_options(options)
    for linked in strata:
        for histories, wanted in (
            (linked.best, options),
            *((each, light) for each in linked.draws),
        ):
            if method != "latent-class" or Verdict(judge_table(histories)).status != "refuse":
                job = FitJob(histories, method, wanted, level)
                found.setdefault(job.key, job)
    return found


def _held(jobs: Mapping[str, FitJob], cache: FitCache) -> dict[str, LatentClassFit | Estimate]:
    held = {key: cache.get(key) for key in jobs}
    return {
        key: unpack_fit(arrays, jobs[key].histories, jobs[key].options)
        for key, arrays in held.items()
        if arrays is not None
    }


def _do(job: FitJob, workers: int) -> LatentClassFit | Estimate:
    if job.method == "latent-class":
        return fit_table(job.histories, job.options, workers=workers)
    return estimate_total(job.histories, seed=job.options.seed, method=job.method, level=job.level)
