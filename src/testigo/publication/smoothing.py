"""Shrunken rates from what is shown only: with all counts in them they would give some away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import DAYS_IN_YEAR
from testigo.estimation import shrink_rates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_GROUP: Final = ("source", "population_series", "area_level", "period")


def smooth_again(rates: pa.Table, hidden: Flags, counts: pa.Table) -> pa.Array:
    """Return the shrunken rates anew wherever a hidden count took part in them.

    Areas are drawn towards each other, so each shrunken rate depends on every count of its
    group, and those of the shown areas together would tell the hidden ones. In a group with
    hidden counts the hidden victims, known as a sum because the whole is shown, are spread over
    the hidden areas by their residents before the rates are shrunk: nothing enters that a reader
    could not work out. Where the whole is hidden too, there is no shrunken rate.

    Parameters
    ----------
    rates
        Columns `RATES`, counts not yet blanked.
    hidden
        Shape (row,).
    counts
        Columns `COUNTS`, hidden victims blank.

    Returns
    -------
    pyarrow.Array
        The column `rate_shrunken`, shape (row,); blank in hidden rows.
    """
    shrunken = _numbers(rates["rate_shrunken"])
    group = _number(rates, _GROUP)
    touched = np.isin(group, np.unique(group[hidden]))
    if touched.any():
        rows = np.flatnonzero(touched)
        shrunken[rows] = _shrunken(rates.take(pa.array(rows)), hidden[rows], group[rows], counts)
    shrunken[hidden] = np.nan
    return pa.array(shrunken, from_pandas=True)


def _shrunken(rates: pa.Table, hidden: Flags, group: Numbers, counts: pa.Table) -> Floats:
    people, days = _numbers(rates["population"]), _numbers(rates["days"])
    annualised = rates["annualised"].to_numpy()
    exposure = np.where(annualised, people * days / DAYS_IN_YEAR, people)
    exposure[np.isnan(_numbers(rates["rate"]))] = np.nan
    rest = _hidden_sums(rates, counts)
    weight = np.where(hidden & (exposure > 0), exposure, 0.0)
    total = np.bincount(group, weights=weight)[group]
    spread = np.divide(rest * weight, total, out=np.full(len(rest), np.nan), where=total > 0)
    victims = np.where(hidden, spread, _numbers(rates["victims"]))
    victims[np.isnan(rest)] = np.nan
    found: Floats = shrink_rates(victims, exposure, groups=group)
    return found


def _hidden_sums(rates: pa.Table, counts: pa.Table) -> Floats:
    """Return for each row how many victims of its group are hidden; NaN where nobody can tell."""
    shown = counts.group_by(["source", "area_level", "period"]).aggregate([("victims", "sum")])
    whole = counts.filter(pc.equal(counts["area_level"], "whole"))
    of_group = _looked_up(rates, shown, ("source", "area_level", "period"), "victims_sum")
    of_whole = _looked_up(rates, whole, ("source", "period"), "victims")
    rest: Floats = np.maximum(of_whole - np.nan_to_num(of_group), 0.0)
    return rest


def _looked_up(rows: pa.Table, table: pa.Table, key: tuple[str, ...], value: str) -> Floats:
    at = pc.index_in(_joined(rows, key), value_set=_joined(table, key))
    found = table[value].combine_chunks().take(at)
    return _numbers(found)


def _joined(table: pa.Table, names: tuple[str, ...]) -> pa.Array:
    return pc.binary_join_element_wise(*(table[name].combine_chunks() for name in names), "\x1f")


def _number(table: pa.Table, names: tuple[str, ...]) -> Numbers:
    number: Numbers = _joined(table, names).dictionary_encode().indices.to_numpy().astype(np.int64)
    return number


def _numbers(column: pa.ChunkedArray | pa.Array) -> Floats:
    numbers = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
    return np.array(numbers.cast(pa.float64()).to_numpy(), dtype=np.float64)
