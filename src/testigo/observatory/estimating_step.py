"""The step `estimate`: overlaps become estimates of all victims, those on no list included."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message
from testigo.estimation import (
    DrawnStratum,
    LinkedHistories,
    estimate_strata,
    rate_estimates,
    split_histories,
    sweep_assumptions,
    warn_of_sensitivity,
)
from testigo.linkage import LINK_COUNTS, count_overlaps
from testigo.observatory.fit_folder import FitFolder
from testigo.observatory.overlap_sources import find_undeclared
from testigo.observatory.store import hash_of_file
from testigo.publication import OF, SMALLEST, STRATA, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from testigo.core import Speaking
    from testigo.estimation import StrataEstimates
    from testigo.observatory.model import EstimationConfiguration
    from testigo.observatory.run_state import RunState

DRAWS_FILE: Final = "draws/estimates.parquet"
FITS: Final = "fits"
STRATUM: Final = "stratum"
_UNDECLARED: Final = Message(
    "No source has the name of these lists: {lists}. So the overlaps are taken for private, and "
    "the report does not show them. If one is no list but a stratum, write words in it instead of "
    "0 and 1."
)


def estimate_victims(run: RunState) -> None:
    """Estimate how many there were in each stratum, and in all."""
    given = run.configuration.estimation
    if given is None:
        return
    run.progress(Message("Estimating those whom no list recorded"), 0, None)
    overlaps = (
        hash_of_file(run.input_path("estimation.file", given.file))
        if given.file
        else run.keys["histories"]
    )
    lists = [(one.id, one.kind) for one in run.configuration.sources] if given.file else []
    if given.file and run.configuration.linkage is None:
        run.make("link_counts", (overlaps, lists), partial(_count_overlaps, run, given))
    run.make("estimate", (overlaps, lists, given), partial(_estimate, run, given))
    run.store.show("estimate", "draws", DRAWS_FILE)
    if given.sensitivity:
        run.make("sensitivity", (run.keys["estimate"],), partial(_sweep, run, given))


def describe_overlaps(run: RunState) -> tuple[Message, ...]:
    """Say what was read from a table of overlaps, if there is one, and what looks like a slip."""
    given, found = run.configuration.estimation, run.overlap_file
    if given is None or found is None:
        return ()
    said: list[Speaking] = [*found.remarks]
    undeclared = find_undeclared(found.lists, run.configuration.sources)
    if undeclared:
        said.append(replace(_UNDECLARED, values={"lists": ", ".join(undeclared)}))
    return tuple(
        Message("{file}: {remark}", {"file": given.file, "remark": remark}) for remark in said
    )


def rate_estimated(run: RunState) -> None:
    """Lay the estimates over the residents, where there are both."""
    given = run.configuration
    if given.estimation is None or not given.population or "estimate" not in run.keys:
        return
    run.make(
        "estimated_rates",
        (
            run.keys[judging_step(run)],
            run.keys["rates"],
            given.estimation.seed,
            given.estimation.level,
        ),
        partial(_rates, run, given.estimation),
    )


def _estimate(
    run: RunState, given: EstimationConfiguration
) -> tuple[Mapping[str, pa.Table], tuple[Speaking, ...]]:
    strata = _strata(run, given)
    fits = FitFolder(run.store.folder / FITS)
    found = estimate_strata(
        strata,
        seed=given.seed,
        method=given.method,
        level=given.level,
        pool=True,
        workers=os.cpu_count() or 1,
        spread=run.engine.spread,
        cache=fits,
        progress=run.progress,
    )
    if not given.sensitivity:  # which needs the same fits, and more
        fits.forget_unused()
    return {
        "estimates": found.table,
        STRATA: _as_table(strata),
        "draws": _drawn(found),
    }, describe_overlaps(run)


def _count_overlaps(
    run: RunState, given: EstimationConfiguration
) -> tuple[Mapping[str, pa.Table], tuple[Speaking, ...]]:
    """Count who is on which lists, where the lists of the table are sources of the observatory."""
    best = [one.best for one in _strata(run, given)]
    lists = best[0].lists if best else ()
    if not lists or find_undeclared(lists, run.configuration.sources):
        return {"links": LINK_COUNTS.table([])}, ()
    patterns, counts = (
        np.concatenate([getattr(one, name) for one in best]) for name in ("patterns", "counts")
    )
    return {"links": count_overlaps(patterns, counts, lists=lists)}, ()


def _sweep(
    run: RunState, given: EstimationConfiguration
) -> tuple[Mapping[str, pa.Table], tuple[Speaking, ...]]:
    """Move the assumptions, and let the verdict know what that does."""
    fits = FitFolder(run.store.folder / FITS)
    swept = sweep_assumptions(
        _strata(run, given),
        seed=given.seed,
        method=given.method,
        level=given.level,
        workers=os.cpu_count() or 1,
        spread=run.engine.spread,
        cache=fits,
        progress=run.progress,
    )
    fits.forget_unused()
    estimates = run.store.table("estimate", "estimates")
    return {"sensitivity": swept, "estimates": warn_of_sensitivity(estimates, swept)}, ()


def judging_step(run: RunState) -> str:
    """Name the step that had the last word on the verdicts of the estimates."""
    return "sensitivity" if "sensitivity" in run.keys else "estimate"


def _strata(run: RunState, given: EstimationConfiguration) -> tuple[LinkedHistories, ...]:
    if given.file:
        return tuple(map(LinkedHistories, run.overlaps))
    linkage = run.configuration.linkage
    lists = linkage.sources if linkage else ()
    return split_histories(
        run.store.table("histories", "histories"), lists=lists, strata=given.strata
    )


def _as_table(strata: Sequence[LinkedHistories]) -> pa.Table:
    """Write down the values of each stratum, and how much its fitted table would tell."""
    import pyarrow as pa

    rows = [
        {
            STRATUM: one.label,
            SMALLEST: min(
                int(each.counts.min(initial=each.observed)) for each in (one.best, *one.draws)
            ),
            TABLES: one.different,
        }
        | {OF + name: value for name, value in one.stratum}
        for one in strata
    ]
    return pa.Table.from_pylist(rows)


def _drawn(found: StrataEstimates) -> pa.Table:
    """Make a line of each stratum and draw."""
    import pyarrow as pa

    labels = pa.array(found.draws["stratum"].values.tolist(), pa.string())
    strata, draws = found.draws.shape
    return pa.table(
        {
            STRATUM: labels.take(pa.array(np.repeat(np.arange(strata), draws))),
            "draw": np.tile(np.arange(1, draws + 1, dtype=np.int32), strata),
            "victims": found.draws.values.ravel(),
        }
    )


def _drawn_strata(run: RunState) -> list[DrawnStratum]:
    """Read back from the store what was estimated of each stratum."""
    import pyarrow.compute as pc

    draws = run.store.table("estimate", "draws")
    estimates = run.store.table(judging_step(run), "estimates")
    statuses = dict(zip(estimates[STRATUM].to_pylist(), estimates["verdict"].to_pylist(),
                        strict=True))  # fmt: skip
    found = []
    for row in run.store.table("estimate", STRATA).to_pylist():
        label = row.pop(STRATUM)
        victims = draws.filter(pc.equal(draws[STRATUM], label))["victims"].to_numpy()
        values = {
            name.removeprefix(OF): value for name, value in row.items() if name.startswith(OF)
        }
        found.append(DrawnStratum(values, statuses[label], victims if len(victims) else None))
    return found


def _rates(
    run: RunState, given: EstimationConfiguration
) -> tuple[Mapping[str, pa.Table], tuple[Speaking, ...]]:
    rates = rate_estimates(
        _drawn_strata(run),
        run.store.table("rates", "population"),
        whole=run.catalogue.whole,
        seed=given.seed,
        level=given.level,
    )
    return {"estimated_rates": rates}, ()
