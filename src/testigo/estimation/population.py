"""Population series: delivered tables of residents become denominators at every level."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import UNKNOWN_MARK, InputFileError, Message
from testigo.estimation.age_groups import ALL, name_age_group, name_sexes
from testigo.estimation.file_columns import FileColumns
from testigo.estimation.file_dates import read_dates_of, read_years_of
from testigo.estimation.model import POPULATION
from testigo.estimation.places import find_places
from testigo.estimation.residents import add_ages, add_sexes
from testigo.estimation.roll_up import roll_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue

_NOTHING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


def read_population(
    path: Path,
    *,
    series: str,
    columns: Mapping[str, str],
    catalogue: AreaCatalogue,
    keep: Mapping[str, tuple[str, ...]] = _NOTHING,
    month: int = 7,
    sha256: str | None = None,
) -> pa.Table:
    """Read one population series and add it up to the larger areas.

    A series may stand at any level of the catalogue, or at several: what it prints for an area
    is used as it is, and what it does not print is the sum of the areas one level down. Sexes
    and ages are added up likewise where the series prints no total. Residents of an area that
    the catalogue does not know are the parent's, when the row names a parent that it knows.

    Parameters
    ----------
    path
        CSV (also compressed), XLSX, XLS or Parquet.
    series
        Id of the series.
    columns
        Field to delivered column: `area`, `parent`, `year` or `date`, `value`, `sex`,
        `age_group`. Without `area` the rows are the parents'; without both, the whole's.
    catalogue
        The areas.
    keep
        Delivered column to the values that count; other rows are left out.
    month
        With `date`: the month taken from a monthly series; 7 is mid-year.
    sha256
        Of the bytes that are meant; None: whatever they are.

    Returns
    -------
    pyarrow.Table
        Columns `POPULATION`, sorted by its key.

    Raises
    ------
    InputFileError
        For a missing column, a number, year, age group or place that cannot be read, and for
        two rows about the same area, year, sex and age; names file, row and column. For other
        bytes than are meant.
    """
    delivered = FileColumns.read(path, (*columns.values(), *keep), sha256=sha256)
    for column, wanted in keep.items():
        delivered = delivered.filtered(delivered.is_one_of(column, wanted))
    if "date" in columns:
        years, months = _year_and_month(delivered, columns["date"])
        delivered, years = delivered.filtered(months == month), years[months == month]
    else:
        years = read_years_of(delivered, columns["year"])
    values = delivered.numbers(columns["value"], blank=True)
    told = ~np.isnan(values)
    delivered, values, years = delivered.filtered(told), values[told], years[told]
    if not len(values):
        raise InputFileError(
            Message("{file}: no row is left to be a denominator.", {"file": delivered.name}),
            Message("Look at keep, month and the columns of this [[population]]."),
        )
    places = find_places(delivered, columns.get("area"), columns.get("parent"), catalogue)
    table = pa.table(
        {
            "area": pa.array(places.codes, pa.string()).take(pa.array(places.place)),
            "year": pa.array(years, pa.int64()),
            "sex": _sexes(delivered, columns.get("sex")),
            "age_group": _age_groups(delivered, columns.get("age_group")),
            "population": pa.array(values),
        }
    )
    _check_once(delivered, table)
    people = roll_up(add_ages(add_sexes(table)), places.levels, places.parents, catalogue)
    named = pa.array([series] * people.num_rows, pa.string())
    return POPULATION.checked(people.append_column("population_series", named))


def _year_and_month(
    delivered: FileColumns, column: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    readings, place = read_dates_of(delivered, column)
    yearly = np.array([each.precision == "year" for each in readings])[place]
    if yearly.any():
        index = int(np.argmax(yearly))
        given = delivered.texts(column)[index].as_py()
        what = Message("{given} tells no month", {"given": repr(given)})
        mend = Message("A column of years is called year in testigo.toml, not date.")
        delivered.refuse(index, column, what, mend)
    days = [each.first for each in readings if each.first is not None]
    pairs = np.array([(day.year, day.month) for day in days], dtype=np.int64).reshape(-1, 2)
    return pairs[place, 0], pairs[place, 1]


def _sexes(delivered: FileColumns, column: str | None) -> pa.Array:
    if column is None:
        return pa.array([ALL] * len(delivered.rows), pa.string())
    texts, place = delivered.distinct(column)
    words = name_sexes(text or "" for text in texts)
    return _words(delivered, column, [words[text or ""] for text in texts], place)


def _age_groups(delivered: FileColumns, column: str | None) -> pa.Array:
    if column is None:
        return pa.array([ALL] * len(delivered.rows), pa.string())
    texts, place = delivered.distinct(column)
    return _words(delivered, column, [name_age_group(text or "") for text in texts], place)


def _words(
    delivered: FileColumns, column: str, words: list[str | None], place: NDArray[np.int64]
) -> pa.Array:
    bad = np.array([word is None for word in words])[place]
    if bad.any():
        index = int(np.argmax(bad))
        given = delivered.texts(column)[index].as_py()
        what = Message("{given} is neither a sex nor an age group", {"given": repr(given)})
        mend = Message("Write it as female, male or total; as 15-19, 85+ or total.")
        delivered.refuse(index, column, what, mend)
    return pa.array(words, pa.string()).take(pa.array(place))


def _check_once(delivered: FileColumns, table: pa.Table) -> None:
    """Refuse two rows about the same residents: which of them counts is not ours to choose."""
    key = ["area", "year", "sex", "age_group"]
    named = pc.invert(pc.starts_with(table["area"], UNKNOWN_MARK))
    rows = table.append_column("row", pa.array(delivered.rows)).filter(named)
    groups = rows.group_by(key).aggregate([("row", "count"), ("row", "min"), ("row", "max")])
    twice = groups.filter(pc.greater(groups["row_count"], 1)).sort_by("row_min")
    if twice.num_rows:
        raise InputFileError(
            Message(
                "{file}: rows {first} and {last} both give the residents of {area} in {year}.",
                {
                    "file": delivered.name,
                    "first": twice["row_min"][0].as_py(),
                    "last": twice["row_max"][0].as_py(),
                    "area": twice["area"][0].as_py(),
                    "year": twice["year"][0].as_py(),
                },
            ),
            Message(
                "Name the columns of sex and age_group, or choose the rows that count with keep."
            ),
        )
