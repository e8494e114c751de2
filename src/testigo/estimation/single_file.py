"""Rates of one file, for an analyst who has only that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.core import DAYS_IN_YEAR, MONTHS_IN_YEAR, Message, Period, UsageError
from testigo.estimation.file_columns import FileColumns
from testigo.estimation.model import FEW_VICTIMS, RATES
from testigo.estimation.poisson import check_level, poisson_rate
from testigo.estimation.reasons import judge
from testigo.estimation.shrinkage import shrink_rates

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TOTAL: Final = "total"
SEVERAL: Final = "all"
_AREA_NAMES: Final = (
    "area", "municipality", "municipio", "mun code", "code", "codigo", "name", "nombre", "state",
    "estado", "department", "departamento", "district", "distrito", "region", "country", "pais",
)  # fmt: skip
_PERIOD_NAMES: Final = ("period", "periodo", "date", "fecha")
_YEAR_NAMES: Final = ("year", "ano", "anio")
_MONTH_NAMES: Final = ("month", "mes")


def file_rates(path: Path, *, count: str, population: str, level: float = 0.95) -> pa.Table:
    """Rates of the rows of one file, and before them the rate of all rows together.

    The first line is the headline: the sum of the counts over the sum of the residents, never a
    mean of rates. A column of areas and one of periods are used when they are there (area,
    municipio, code, ...; period, year, año, month, ...); a month or a
    day is scaled to a year.

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
        Columns `RATES`, in the order of the file after the headline.

    Raises
    ------
    InputFileError
        For a file that cannot be read, a column that is not there, and the first row with a
        blank, a text, a negative number or no residents; names file, row and column.
    UsageError
        For a level that is not between 0 and 1.
    """
    check_level(level)
    if count == population:
        raise UsageError(
            Message("--count and --population name the same column."),
            Message("One holds the victims, the other the residents."),
        )
    delivered = FileColumns.read(path, (count, population))
    victims, people = delivered.numbers(count), delivered.numbers(population)
    _check_whole(delivered, count, victims)
    _check_residents(delivered, population, people)
    column = _column(delivered, _AREA_NAMES)
    areas = [str(row) for row in delivered.rows]
    if column is not None:
        areas = [text or "" for text in delivered.cells[column].to_pylist()]
    given = _periods(delivered)
    days = np.array([_days(period) for period in given])
    annualised = np.array([_is_part(period) for period in given])
    periods = [str(period) for period in given]
    years = np.where(annualised, days / DAYS_IN_YEAR, 1.0)
    one_period = periods[0] if len(set(periods)) == 1 else SEVERAL
    residents = people.sum()
    # The headline has one line for all: its days are those under which its own columns give it.
    total_years = (people * years).sum() / residents
    columns = {
        "area": [TOTAL, *areas],
        "area_level": ["whole", *["area"] * len(areas)],
        "period": [one_period, *periods],
        "source": [path.name] * (len(areas) + 1),
        "population_series": [delivered.find(population)] * (len(areas) + 1),
        "victims": np.r_[victims.sum(), victims].astype(np.int64),
        "population": np.r_[residents, people],
        "days": np.r_[total_years * DAYS_IN_YEAR if annualised.any() else days.mean(), days],
        "annualised": np.r_[annualised.any(), annualised],
    }
    return _rated(columns, np.r_[residents * total_years, people * years], periods, level)


def _rated(
    columns: dict[str, list[str] | NDArray[np.generic]],
    exposure: NDArray[np.float64],
    periods: list[str],
    level: float,
) -> pa.Table:
    victims = np.asarray(columns["victims"])
    found = poisson_rate(victims, exposure, level=level)
    _, period = np.unique(periods, return_inverse=True)
    verdict, reasons = judge({"fewer_than_20_victims": victims < FEW_VICTIMS})
    table = columns | {
        "rate": found.rate,
        "rate_low": found.low,
        "rate_high": found.high,
        "level": np.full(len(victims), level),
        "rate_shrunken": shrink_rates(victims, exposure, groups=np.r_[period.max() + 1, period]),
        "verdict": verdict,
        "reasons": reasons,
    }
    return pa.table({name: table[name] for name in RATES.arrow.names}).cast(RATES.arrow)


def _check_whole(delivered: FileColumns, column: str, victims: NDArray[np.float64]) -> None:
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


def _periods(delivered: FileColumns) -> list[Period | str]:
    """Read the period of each row: from one column, or from a year and a month."""
    months, years = _column(delivered, _MONTH_NAMES), _column(delivered, _YEAR_NAMES)
    single = _column(delivered, _PERIOD_NAMES) or years or months
    if single is None:
        return [SEVERAL] * len(delivered.rows)
    if single != years or months is None:
        return [_period(text or "") for text in delivered.cells[single].to_pylist()]
    numbers = delivered.numbers(months)
    wrong = ~np.isin(numbers, np.arange(1, MONTHS_IN_YEAR + 1))
    if wrong.any():
        what, mend = Message("is not a month"), Message("Write a number from 1 to 12.")
        delivered.refuse(int(np.argmax(wrong)), months, what, mend)
    texts = delivered.cells[years].to_pylist()
    pairs = zip(texts, numbers.astype(int), strict=True)
    return [_period(f"{year}-{month:02d}") for year, month in pairs]


def _column(delivered: FileColumns, names: tuple[str, ...]) -> str | None:
    from testigo.records import fold

    folded = {fold(name): name for name in reversed(delivered.cells.column_names)}
    return next((folded[name] for name in names if name in folded), None)


def _period(text: str) -> Period | str:
    try:
        return Period.parse(text)
    except UsageError:
        return text


def _days(period: Period | str) -> float:
    return DAYS_IN_YEAR if isinstance(period, str) else float(period.days)


def _is_part(period: Period | str) -> bool:
    return not isinstance(period, str) and period.length != "year"
