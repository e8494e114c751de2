"""Rates of areas and periods: every source of victims over every population series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import (
    DAYS_IN_YEAR,
    MONTH_LETTERS,
    MONTHS_IN_YEAR,
    UNKNOWN_MARK,
    YEAR_LETTERS,
    Period,
    among,
    tuples_of,
)
from testigo.estimation.denominators import missing_shares
from testigo.estimation.model import FEW_VICTIMS, RATES
from testigo.estimation.poisson import poisson_rate
from testigo.estimation.reasons import MISSING_SHARE, judge, refused
from testigo.estimation.shrinkage import shrink_rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from testigo.records import Source

NO_SERIES: Final = "none"


def rate_by_area(
    counts: pa.Table, population: pa.Table, sources: Sequence[Source], *, level: float = 0.95
) -> pa.Table:
    """Lay the counts of every source over every population series that has the area and year.

    A larger area's rate is the sum of its victims over the sum of its residents, never a mean of
    rates. Years stand at every level; months at the levels above the smallest, scaled to a year
    (x 365.25 / days) and labelled so, as are years that a source covers in part. A count that
    cannot be a rate stays in the table with the verdict `refuse` and its reason, so that the
    victims of a level still add up.

    Parameters
    ----------
    counts
        Columns `testigo.records.COUNTS`.
    population
        Columns `POPULATION`; all series.
    sources
        What is known of each source; counts of others are left out.
    level
        Coverage of the exact Poisson limits.

    Returns
    -------
    pyarrow.Table
        Columns `RATES`, sorted by its key. Each rate is
        100,000 x victims / population (x 365.25 / days where `annualised`).

    Raises
    ------
    UsageError
        For a level that is not between 0 and 1.
    """
    countable = {source.id for source in sources if source.unit == "victim"}
    rows = _rows(counts, [source.id for source in sources], countable)
    days = _days(rows, counts)
    people = _all_ages(population)
    missing = missing_shares(rows, people)
    table = _with_population(rows.append_column("days", days), people, missing, countable)
    return RATES.checked(_rated(table, countable, level))


def _rows(counts: pa.Table, ids: Sequence[str], countable: set[str]) -> pa.Table:
    """Choose the cells that get a line: years, and months above the smallest areas."""
    letters = pc.utf8_length(counts["period"])
    large = pc.not_equal(counts["area_level"], "area")
    of_victims = pc.is_in(counts["source"], value_set=pa.array(sorted(countable), pa.string()))
    is_month = pc.and_(pc.equal(letters, MONTH_LETTERS), pc.and_(large, of_victims))
    wanted = pc.or_(pc.equal(letters, YEAR_LETTERS), is_month)
    listed = pc.is_in(counts["source"], value_set=pa.array(ids, pa.string()))
    rows = counts.filter(pc.and_(wanted, listed)).combine_chunks()
    year = pc.utf8_slice_codeunits(rows["period"], 0, YEAR_LETTERS).cast(pa.int64())
    return rows.append_column("year", year)


def _days(rows: pa.Table, counts: pa.Table) -> pa.Array:
    """Days of each period that the source covers: all, or those of the months it tells."""
    whole_months = counts.filter(
        pc.and_(
            pc.equal(counts["area_level"], "whole"),
            pc.equal(pc.utf8_length(counts["period"]), MONTH_LETTERS),
        )
    )
    told: dict[tuple[str, str], int] = {}
    pairs = zip(*(whole_months[name].to_pylist() for name in ("source", "period")), strict=True)
    for source, month in pairs:
        year = (source, month[:YEAR_LETTERS])
        told[year] = told.get(year, 0) + Period.parse(month).days
    cells = rows.select(["source", "period", "months_covered"])
    distinct = cells.group_by(["source", "period", "months_covered"]).aggregate([])
    of_cell = {
        (source, period, months): float(
            told.get((source, period), months * DAYS_IN_YEAR / MONTHS_IN_YEAR)
            if len(period) == YEAR_LETTERS and months < MONTHS_IN_YEAR
            else Period.parse(period).days
        )
        for source, period, months in tuples_of(distinct, cells.column_names)
    }
    return pa.array([of_cell[cell] for cell in tuples_of(cells, cells.column_names)], pa.float64())


def _all_ages(population: pa.Table) -> pa.Table:
    everybody = pc.and_(
        pc.equal(population["sex"], "all"), pc.equal(population["age_group"], "all")
    )
    return population.filter(everybody).drop_columns(["sex", "age_group"])


def _with_population(
    rows: pa.Table, people: pa.Table, missing: pa.Table, countable: set[str]
) -> pa.Table:
    """Repeat each row for each series that has its area and year; once where none has."""
    of_victims = pc.is_in(rows["source"], value_set=pa.array(sorted(countable), pa.string()))
    place = ["area_level", "area", "year"]
    series = people.select(["population_series", *place, "population"])
    joined = rows.filter(of_victims).join(series, place, join_type="left outer")
    found = joined.join(missing, ["source", "population_series", *place], join_type="left outer")
    others = rows.filter(pc.invert(of_victims))
    table = pa.concat_tables([found, others], promote_options="permissive").combine_chunks()
    named = pc.fill_null(table["population_series"], NO_SERIES)
    position = table.column_names.index("population_series")
    table = table.set_column(position, "population_series", named)
    # A join leaves no order, and the shrunken rates add fractions up.
    return table.sort_by([(name, "ascending") for name in RATES.key])


def _rated(table: pa.Table, countable: set[str], level: float) -> pa.Table:
    victims = table["victims"].to_numpy()
    people = table["population"].to_numpy()
    days = table["days"].to_numpy()
    is_month = pc.equal(pc.utf8_length(table["period"]), MONTH_LETTERS).to_numpy()
    partial = ~is_month & (table["months_covered"].to_numpy() < MONTHS_IN_YEAR)
    annualised = is_month | partial
    exposure = np.where(annualised, people * days / DAYS_IN_YEAR, people)
    share = np.nan_to_num(table["missing_share"].to_numpy())
    given = {
        "unit_is_not_victim": ~among(table["source"], countable),
        "area_unknown": pc.starts_with(table["area"], UNKNOWN_MARK).to_numpy(),
        "population_incomplete": share > MISSING_SHARE,
        "population_nearly_complete": (share > 0) & (share <= MISSING_SHARE),
        "partial_year": partial,
        "fewer_than_20_victims": victims < FEW_VICTIMS,
    }
    excused = given["unit_is_not_victim"] | given["area_unknown"]
    given["no_population"] = ~(people > 0) & ~excused
    verdict, reasons = judge(given)
    exposure = np.where(refused(given), np.nan, exposure)
    rates = poisson_rate(victims, exposure, level=level)
    shrunken = shrink_rates(victims, exposure, groups=_groups(table))
    numbers = {
        "rate": rates.rate,
        "rate_low": rates.low,
        "rate_high": rates.high,
        "rate_shrunken": shrunken,
    }
    columns = {name: table[name] for name in _DELIVERED}
    columns |= {name: pa.array(column, from_pandas=True) for name, column in numbers.items()}
    columns |= {
        "annualised": pa.array(annualised),
        "level": pa.array(np.full(len(victims), level)),
        "verdict": verdict,
        "reasons": reasons,
    }
    return pa.table(columns)


_DELIVERED: Final = (
    "area",
    "area_level",
    "period",
    "source",
    "population_series",
    "victims",
    "population",
    "days",
)


def _groups(table: pa.Table) -> NDArray[np.int64]:
    """Give a number to each set of areas that are drawn towards each other."""
    number = np.zeros(table.num_rows, dtype=np.int64)
    for name in ("source", "population_series", "area_level", "period"):
        codes = table[name].combine_chunks().dictionary_encode().indices.to_numpy()
        _, number = np.unique(number * (codes.max(initial=0) + 1) + codes, return_inverse=True)
    return number.astype(np.int64)
