"""All victims of the strata that share a value, added draw by draw, for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Estimate, Verdict
from testigo.estimation import read_reasons, sum_strata
from testigo.publication import GroupSum, group_labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

_LEAST_TOLD: Final = 2  # strata with an estimate of their own; one by itself is no sum


def sum_groups(
    strata: pa.Table, draws: pa.Table, estimates: pa.Table, *, seed: int, level: float
) -> tuple[GroupSum, ...]:
    """Add up the strata that have an answer, by each value of the column that the page shows.

    Parameters
    ----------
    strata
        Values of each stratum, in columns that begin with `OF`.
    draws
        `stratum`, `draw`, `victims`; strata without an answer have none.
    estimates
        Columns `ESTIMATES`.
    seed
        Of the order in which draws meet.
    level
        Coverage of the intervals.

    Returns
    -------
        None of a group in which fewer than two strata are told, or whose sum is refused.
    """
    column, groups = group_labels(strata)
    rows = {row["stratum"]: row for row in estimates.to_pylist()}
    drawn = _drawn(draws, rows) if groups else {}
    found = []
    for value, labels in groups.items():
        own = [label for label in labels if label in drawn]
        if sum(drawn[label].verdict.status != "refuse" for label in own) < _LEAST_TOLD:
            continue
        total = sum_strata([drawn[label] for label in own], seed=seed, level=level)
        if total.verdict.status != "refuse":
            people = sum(rows[label]["observed"] for label in own)
            low, high = total.interval(level)
            found.append(GroupSum(column, value, len(own), people, low, high, level, total.verdict))
    return tuple(found)


def _drawn(draws: pa.Table, rows: Mapping[str, Mapping[str, str]]) -> Mapping[str, Estimate]:
    """Return the answer of each stratum that has one, with its verdict."""
    labels = np.asarray(draws["stratum"].to_pylist(), dtype=object)
    victims = draws["victims"].to_numpy()
    return {
        str(label): Estimate.from_draws(
            victims[labels == label],
            unit="victims",
            method=rows[label]["method"],
            verdict=Verdict(read_reasons(rows[label]["measured"])),
        )
        for label in dict.fromkeys(labels.tolist())
    }
