"""Rates of one file, for an analyst who has only that."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.core import DAYS_IN_YEAR, Message, UsageError
from testigo.estimation.file_columns import FileColumns
from testigo.estimation.file_periods import read_periods
from testigo.estimation.file_totals import leave_totals_out
from testigo.estimation.model import FEW_VICTIMS, RATES
from testigo.estimation.poisson import check_level, poisson_rate
from testigo.estimation.reasons import judge
from testigo.estimation.shrinkage import shrink_rates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from testigo.core import Period

TOTAL: Final = "total"
NO_PERIOD: Final = "all"
MOST_PEOPLE: Final = 1e10
_AREA_NAMES: Final = (
    "area", "municipality", "municipio", "mun code", "code", "codigo", "name", "nombre", "state",
    "estado", "department", "departamento", "district", "distrito", "region", "country", "pais",
)  # fmt: skip
_Columns = dict[str, "list[str] | NDArray[np.generic]"]


def file_rates(path: Path, *, count: str, population: str, level: float = 0.95) -> pa.Table:
    """Rates of the rows of one file, and before them one headline for each period.

    A headline is the sum of the counts of the period over the sum of its residents, never a mean
    of rates, and never a sum over periods. A column of areas and one of periods are used when
    they are there (area, municipio, code, ...; period, year, año, mes, ...); a month or a day is
    scaled to a year, and without periods the counts are taken for one year. A file without areas
    that has one row for each period has headlines only. A row that says it is a total is left
    out, and the headline says so.

    Parameters
    ----------
    path
        CSV (also compressed), XLSX, XLS or Parquet.
    count, population
        Names of the columns of victims and residents; case and accents do not matter.
    level
        Coverage of the exact Poisson limits.

    Returns
    -------
    pyarrow.Table
        Columns `RATES`: the headlines by period, and the rows in the order of the file.

    Raises
    ------
    InputFileError
        For a file that cannot be read, a column that is not there, and the first row with a
        blank, a text, a negative number, no residents, or a period that is not understood; names
        file, row and column.
    UsageError
        For a level that is not between 0 and 1.
    """
    check_level(level)
    if count == population:
        raise UsageError(
            Message("--count and --population name the same column."),
            Message("One holds the victims, the other the residents."),
        )
    read = FileColumns.read(path, (count, population))
    delivered, summed = leave_totals_out(read, (count, population))
    victims, people = delivered.numbers(count), delivered.numbers(population)
    _check_whole(delivered, count, victims)
    _check_residents(delivered, population, people)
    given = read_periods(delivered)
    periods = sorted({each for each in given if each is not None})
    place = np.array([periods.index(each) if each else 0 for each in given])
    headlines = _lines(
        [TOTAL] * max(len(periods), 1),
        periods or [None],
        np.bincount(place, weights=victims).astype(np.float64),
        np.bincount(place, weights=people).astype(np.float64),
    )
    number = np.arange(len(headlines["area"]))
    areas = _areas(delivered)
    notes = {
        "area_repeated": _repeated(areas, place, len(number)),
        "total_row_left_out": np.bincount(place, weights=summed) > 0,
        "period_not_stated": np.full(len(number), not periods),
    }
    tables = [_rated(headlines, level, groups=number, notes=notes)]
    if areas is not None or len(given) > len(number):
        lines = _lines(areas or [str(row) for row in delivered.rows], given, victims, people)
        lines["area_level"] = ["area"] * len(given)
        tables.append(_rated(lines, level, groups=place, notes={}))
    table = pa.concat_tables(tables)
    for name, text in (("source", path.name), ("population_series", delivered.find(population))):
        table = table.append_column(name, pa.array([text] * table.num_rows, pa.string()))
    return table.select(RATES.arrow.names).cast(RATES.arrow)


def _areas(delivered: FileColumns) -> list[str] | None:
    column = delivered.first_of(_AREA_NAMES)
    return None if column is None else [text or "" for text in delivered.cells[column].to_pylist()]


def _repeated(areas: list[str] | None, place: NDArray[np.int64], periods: int) -> NDArray[np.bool_]:
    """Say for each period whether an area stands in it more than once, shape (period,)."""
    seen = Counter(zip(place.tolist(), areas or (), strict=False))
    twice = {period for (period, _), rows in seen.items() if rows > 1}
    return np.array([period in twice for period in range(periods)], dtype=bool)


def _lines(
    areas: list[str],
    periods: Sequence[Period | None],
    victims: NDArray[np.float64],
    people: NDArray[np.float64],
) -> _Columns:
    return {
        "area": areas,
        "area_level": ["whole"] * len(areas),
        "period": [NO_PERIOD if each is None else str(each) for each in periods],
        "victims": victims.astype(np.int64),
        "population": people,
        "days": np.array([DAYS_IN_YEAR if each is None else each.days for each in periods]),
        "annualised": np.array([each is not None and each.length != "year" for each in periods]),
    }


def _rated(
    lines: _Columns,
    level: float,
    *,
    groups: NDArray[np.int64],
    notes: Mapping[str, NDArray[np.bool_]],
) -> pa.Table:
    victims, people, days, annualised = (
        np.asarray(lines[name]) for name in ("victims", "population", "days", "annualised")
    )
    exposure = np.where(annualised, people * days / DAYS_IN_YEAR, people)
    found = poisson_rate(victims, exposure, level=level)
    rules = {
        "fewer_than_20_victims": victims < FEW_VICTIMS,
        "more_victims_than_residents": victims > people,
    }
    verdict, reasons = judge({**rules, **notes})
    return pa.table(
        lines
        | {
            "rate": found.rate,
            "rate_low": found.low,
            "rate_high": found.high,
            "level": np.full(len(victims), level),
            "rate_shrunken": shrink_rates(victims, exposure, groups=groups),
            "verdict": verdict,
            "reasons": reasons,
        }
    )


def _check_whole(delivered: FileColumns, column: str, victims: NDArray[np.float64]) -> None:
    absurd = victims > MOST_PEOPLE
    if absurd.any():
        what = Message("there have never been so many people")
        mend = Message("Is this the column of victims? It may hold a code or a total of money.")
        delivered.refuse(int(np.argmax(absurd)), column, what, mend)
    parts = victims != np.floor(victims)
    if parts.any():
        index = int(np.argmax(parts))
        given = delivered.texts(column)[index].as_py()
        what = Message("{given} is not a whole number of victims", {"given": repr(given)})
        mend = Message("A count has no decimals; is it a rate already?")
        delivered.refuse(index, column, what, mend)


def _check_residents(delivered: FileColumns, column: str, people: NDArray[np.float64]) -> None:
    if (people == 0).any():
        what = Message("there are no residents")
        mend = Message("A rate needs residents: correct the number or take the row out.")
        delivered.refuse(int(np.argmax(people == 0)), column, what, mend)
