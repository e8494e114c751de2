"""All victims of the strata that share a value, added draw by draw, for the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.publication import OF, GroupSum

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa
    from numpy.typing import NDArray

_MOST_VALUES: Final = 8  # of a column whose groups are worth a sum each


def sum_groups(
    strata: pa.Table, draws: pa.Table, estimates: pa.Table, *, level: float
) -> tuple[GroupSum, ...]:
    """Add up the strata that have an answer, by each value of each column with few values.

    Parameters
    ----------
    strata
        Values of each stratum, in columns that begin with `OF`.
    draws
        `stratum`, `draw`, `victims`; strata without an answer have none.
    estimates
        People on at least one list (`observed`) by `stratum`.
    level
        Coverage of the intervals.
    """
    labels = strata["stratum"].to_pylist()
    observed = dict(zip(*(estimates[name].to_pylist() for name in ("stratum", "observed")),
                        strict=True))  # fmt: skip
    drawn = _drawn(draws)
    found = []
    for name in (one for one in strata.column_names if one.startswith(OF)):
        values = strata[name].to_pylist()
        distinct = [value for value in dict.fromkeys(values) if value is not None]
        for value in distinct if len(distinct) <= _MOST_VALUES else ():
            told = [label for label, own in zip(labels, values, strict=True)
                    if own == value and label in drawn]  # fmt: skip
            if told:
                sums = np.sum([drawn[label] for label in told], axis=0)
                tails = ((1 - level) / 2, 0.5, (1 + level) / 2)
                low, median, high = np.quantile(sums, tails).round().tolist()
                people = sum(observed[label] for label in told)
                found.append(GroupSum(name.removeprefix(OF), value, len(told), people,
                                      median, low, high))  # fmt: skip
    return tuple(found)


def _drawn(draws: pa.Table) -> Mapping[str, NDArray[np.float64]]:
    """Return the draws of each stratum that has an answer, shape (draw,)."""
    labels = np.asarray(draws["stratum"].to_pylist(), dtype=object)
    victims = draws["victims"].to_numpy()
    return {str(label): victims[labels == label] for label in dict.fromkeys(labels.tolist())}
