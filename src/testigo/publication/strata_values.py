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
    from collections.abc import Collection, Mapping

    import pyarrow as pa

    Strata = Mapping[str, Mapping[str, str]]

STRATA: Final = "strata"  # the table: `stratum`, a column for each value, and these two:
SMALLEST: Final = "smallest"
TABLES: Final = "tables"
OF: Final = "of_"  # before the name of a column of strata
_PLAIN: Final = re.compile(r"|\d{4}|female|male")  # unknown, a year, a code of ours
_KNOWN: Final = (SMALLEST, TABLES)


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
