"""What the store knows of each stratum: its values, and the table that was fitted.

A label cannot be taken apart, because a value may hold ` x=`. The store keeps all this beside the
estimates; it is read to decide and to name, and not published.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pyarrow as pa

    Strata = Mapping[str, Mapping[str, str]]

STRATA: Final = "strata"  # the table: `stratum`, a column for each value, and these two:
SMALLEST: Final = "smallest"
TABLES: Final = "tables"
OF: Final = "of_"  # before the name of a column of strata
_PLAIN: Final = re.compile(r"|\d{4}|female|male")  # unknown, a year, a code of ours
_KNOWN: Final = (SMALLEST, TABLES)
_MOST_GROUPS: Final = 8  # more are no table that a reader takes in


@dataclass(frozen=True, slots=True)
class FittedTable:
    """The table of overlaps behind the estimate of a stratum.

    Attributes
    ----------
    smallest
        Victims of the smallest overlap that holds somebody, in any draw; 0: nobody knows.
    tables
        How many different tables the draws of the linkage give, those counted less that are few
        (`LinkedHistories.different`); 0 where nothing was drawn.
    """

    smallest: int = 0
    tables: int = 0


def read_strata(table: pa.Table | None) -> dict[str, dict[str, str]]:
    """Return the values of each stratum by its label.

    A label that two strata share is left out: nobody can say which of them is meant.

    Examples
    --------
    >>> import pyarrow as pa
    >>> read_strata(pa.table({"stratum": ["area=a year=1"], "of_area": ["a year=1"]}))
    {'area=a year=1': {'area': 'a year=1'}}
    """
    return {
        str(row["stratum"]): {
            name.removeprefix(OF): str(value)
            for name, value in row.items()
            if name.startswith(OF) and value is not None
        }
        for row in _distinct(table)
    }


def choose_column(values: Sequence[Mapping[str, str] | None]) -> str:
    """Choose the column by which strata are grouped for a reader: the one with the fewest values.

    Parameters
    ----------
    values
        Of each stratum; None where they may not be told, or nobody can say which are meant.

    Returns
    -------
        Empty where there is no column beside another with two values or more, and not too many.

    Examples
    --------
    >>> choose_column([{"year": year, "sex": sex} for year in "123" for sex in "fm"])
    'sex'
    """
    found: dict[str, set[str]] = {}
    for given in values:
        for column, value in (given or {}).items():
            found.setdefault(column, set()).add(value)
    if None in values or len(found) < 2:  # noqa: PLR2004  # by one column strata stand already
        return ""
    column = min(found, key=lambda name: (len(found[name]) == 1, len(found[name])))
    return column if 1 < len(found[column]) <= min(_MOST_GROUPS, len(values) - 1) else ""


def group_labels(table: pa.Table) -> tuple[str, dict[str, list[str]]]:
    """Return the column that `choose_column` finds, and the labels of strata by its values.

    Examples
    --------
    >>> import pyarrow as pa
    >>> values = {"of_year": [*"123"], "of_sex": [*"ffm"]}
    >>> group_labels(pa.table({"stratum": [*"abc"]} | values))
    ('sex', {'f': ['a', 'b'], 'm': ['c']})
    """
    values = read_strata(table)
    labels = table["stratum"].to_pylist()
    column = choose_column([values.get(label) for label in labels])
    groups: dict[str, list[str]] = {}
    for label in labels if column else ():
        if column in values[label]:
            groups.setdefault(values[label][column], []).append(label)
    return column, groups


def read_fitted(table: pa.Table | None) -> dict[str, FittedTable]:
    """Return what is known of the fitted table of each stratum by its label.

    Examples
    --------
    >>> import pyarrow as pa
    >>> read_fitted(pa.table({"stratum": ["year=1"], "smallest": [3], "tables": [20]}))
    {'year=1': FittedTable(smallest=3, tables=20)}
    """
    return {
        str(row["stratum"]): FittedTable(*(int(str(row.get(name) or 0)) for name in _KNOWN))
        for row in _distinct(table)
    }


def _distinct(table: pa.Table | None) -> list[dict[str, object]]:
    rows = table.to_pylist() if table is not None else []
    times = Counter(row["stratum"] for row in rows)
    return [row for row in rows if times[row["stratum"]] == 1]


def find_nameless(
    observed: Mapping[str, int],
    values: Strata,
    *,
    known: Collection[str],
    rare: frozenset[str],
    k: int,
) -> frozenset[str]:
    """Return the strata whose label may not be told: it holds a text that few people bear.

    Parameters
    ----------
    observed
        Label to the victims on any list.
    values
        As `read_strata` gives them; a label that is not among them is not told.
    known
        Codes of the catalogue.
    rare
        Names of places that may not be told.
    k
        As in the policy.
    """
    bearers: dict[tuple[str, str], int] = {}
    for label, people in observed.items():
        for part in values.get(label, {}).items():
            bearers[part] = bearers.get(part, 0) + people

    def is_told(column: str, value: str) -> bool:
        plain = _PLAIN.fullmatch(value) is not None or value in known
        return plain or (value not in rare and bearers[column, value] >= k)

    return frozenset(
        label
        for label in observed
        if label and not (label in values and all(is_told(*part) for part in values[label].items()))
    )
