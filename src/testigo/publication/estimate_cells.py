"""Hiding strata of the estimates: the recorded victims of a small stratum, and what tells them.

Each stratum adds victims to the sum of all, and the strata of one place and year hold the victims
whom the counts of that place and year speak of. A stratum may therefore be hidden because it is
small, because a list that has all but a few of its victims would learn how many it lacks, because
it would tell a hidden count of a list, or because another one would be told without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.core import UNKNOWN_MARK, YEAR_LETTERS
from testigo.publication.coarse_numbers import coarsen_interval, coarsen_measured, tells_of_overlaps
from testigo.publication.schemas import SUPPRESSED, VALUE_STATUS
from testigo.publication.strata_values import find_nameless, read_strata
from testigo.publication.sums import Sums, hide_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.core import AreaCatalogue, TableSchema
    from testigo.publication.cells import Shown
    from testigo.publication.strata_values import Strata

    Row = dict[str, object]
    Place = tuple[str, str, str]  # level, area, year

EVERYBODY: Final = ""
_ANSWER: Final = ("median", "low", "high")
_OF_OVERLAPS: Final = ("victims_on_both", "victims_on_exactly")
_OF_ALL_CELLS: Final = "highest_order"  # a product of all overlaps: with its limits it tells them
_DEAR: Final = 1e4  # hiding the sum of all strata is the last resort


@dataclass(frozen=True, slots=True)
class HiddenStrata:
    """Which strata are hidden.

    Attributes
    ----------
    private
        Whether any list is not public; if none is, nothing is hidden.
    names
        As in the column `stratum`; the empty one is the sum of all.
    nameless
        Strata whose label may not be told: their rows are left out.
    places
        Level, area and year of the hidden strata; None: nobody knows, so it may be any.
    overlaps
        Whether some overlap of what was fitted is not published.
    """

    private: bool = False
    names: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()
    places: frozenset[Place] | None = frozenset()
    overlaps: bool = False


def choose_hidden_strata(
    estimates: pa.Table,
    counts: pa.Table,
    shown: Shown,
    *,
    links: pa.Table | None,
    strata: pa.Table | None,
    catalogue: AreaCatalogue,
    rare: frozenset[str],
) -> HiddenStrata:
    """Decide which strata are hidden, for all tables that speak of them.

    Parameters
    ----------
    estimates
        Columns `ESTIMATES`.
    counts, shown
        Columns `COUNTS`, and which of their cells are hidden.
    links
        The counts of the lists behind the estimates, as they are published; lists that it does
        not name are private, whatever the sources are.
    strata
        The values of each stratum; one that is not there is not named.
    catalogue
        Gives the whole its code.
    rare
        Names of places that may not be told.
    """
    lists = _lists(links)
    if not estimates.num_rows or (lists and lists <= shown.public):
        return HiddenStrata()
    observed = dict(
        zip(estimates["stratum"].to_pylist(), estimates["observed"].to_pylist(), strict=True)
    )
    values = read_strata(strata)
    nameless = find_nameless(observed, values, known=catalogue.areas, rare=rare, k=shown.k)
    named = [name for name in observed if name != EVERYBODY] or [EVERYBODY]
    told = _count_cells(counts, shown)
    groups = _groups(named, values, catalogue.whole.code)
    gives_away = [
        rows
        for place, rows in groups.items()
        if _tells(sum(observed[named[row]] for row in rows), told.get(place, []), shown.k)
    ]
    hide_total = links is not None and _hides(links, "victims")
    found = _hide(
        np.array([observed[name] for name in named]),
        np.array([name in nameless for name in named] + [hide_total]),
        gives_away,
        shown.k,
    )
    hidden = [name for name, is_hidden in zip(named, found, strict=False) if is_hidden]
    lost = any(name and name not in values for name in hidden)
    return HiddenStrata(
        private=True,
        names=frozenset([*hidden, EVERYBODY] if found[-1] else hidden),
        nameless=nameless,
        places=None if lost else frozenset(_groups(hidden, values, catalogue.whole.code)),
        overlaps=named != [EVERYBODY] or links is None or not lists or _hides(links, *_OF_OVERLAPS),
    )


def hide_fitted_overlaps(links: pa.Table, estimates: pa.Table) -> pa.Table:
    """Hide every overlap where one is hidden and an estimate was fitted to all of them.

    A few hidden overlaps leave a few possible tables; whoever fits each of them knows which one
    gives the estimate. The lists, all victims and the estimate are told, the overlaps are not.

    Parameters
    ----------
    links
        As `redact_links` returns it.
    estimates
        Columns `ESTIMATES`; a sum of strata was fitted to none of the overlaps of the whole.
    """
    rows = estimates.to_pylist()
    fitted = all(row["stratum"] == EVERYBODY for row in rows) and any(
        row["high"] is not None or tells_of_overlaps(row["measured"]) for row in rows
    )
    if not fitted or not _hides(links, *_OF_OVERLAPS):
        return links
    blank = dict.fromkeys(("count", "low", "high", "level")) | {VALUE_STATUS: SUPPRESSED}
    return pa.Table.from_pylist(
        [row | blank if row["measure"] in _OF_OVERLAPS else row for row in links.to_pylist()],
        schema=links.schema,
    )


def _lists(links: pa.Table | None) -> set[str]:
    """Return the lists that were linked or laid over each other; none where nobody knows."""
    names = links["lists"].to_pylist() if links is not None else []
    return {name for together in names for name in together.split()}


def _hides(links: pa.Table, *measures: str) -> bool:
    return any(row["measure"] in measures and row["count"] is None for row in links.to_pylist())


def redact_estimates(table: pa.Table, hidden: HiddenStrata, schema: TableSchema) -> pa.Table:
    """Blank the hidden strata in a table of estimates or of their sensitivity.

    Parameters
    ----------
    table
        With the columns stratum, median, low, high and verdict.
    hidden
        As `choose_hidden_strata` decided.
    schema
        The columns of `table`.
    """
    only = {EVERYBODY} >= set(table["stratum"].to_pylist())  # fitted itself, not a sum of parts
    rows: list[Row] = []
    for row in table.to_pylist():
        if row["stratum"] in hidden.nameless:
            continue
        is_hidden = row["stratum"] in hidden.names or (
            hidden.overlaps and row.get("kind") == _OF_ALL_CELLS
        )
        is_fitted = only or row["stratum"] != EVERYBODY
        told = _coarse(row, is_fitted=is_fitted) if hidden.private else row
        rows.append(_blanked(row) if is_hidden else _stated(told))
    columns = schema.arrow.append(pa.field(VALUE_STATUS, pa.string()))
    return pa.Table.from_pylist(rows, schema=columns)


def _stated(row: Row) -> Row:
    status = "not_estimable" if row["high"] is None else "stated"
    return row | {VALUE_STATUS: status}


def _coarse(row: Row, *, is_fitted: bool) -> Row:
    """Tell a fit less exactly, so that it does not tell the overlaps behind it."""
    least = row.get("observed")
    told = coarsen_interval(row, _ANSWER, least=least if isinstance(least, int) else 0)
    if is_fitted and "measured" in row:
        told["measured"] = coarsen_measured(str(row["measured"]))
    return row | told


def redact_estimated_rates(table: pa.Table, hidden: HiddenStrata) -> pa.Table:
    """Blank the rates of the places and years that hold a hidden stratum.

    Parameters
    ----------
    table
        Columns `ESTIMATED_RATES`.
    hidden
        As `choose_hidden_strata` decided.
    """
    rows = []
    for row in table.to_pylist():
        place = (row["area_level"], row["area"], row["period"])
        if hidden.places is not None and place not in hidden.places:
            told = row
            for name in ("victims", "rate") if hidden.private else ():
                told = told | coarsen_interval(row, (name, f"{name}_low", f"{name}_high"))
            status = "not_estimable" if row["victims"] is None else "stated"
            rows.append(told | {VALUE_STATUS: status})
            continue
        blank = {name: None for name in row if name.startswith(("victims", "rate"))}
        rows.append(row | blank | {"verdict": "refuse", VALUE_STATUS: SUPPRESSED})
    columns = table.schema.append(pa.field(VALUE_STATUS, pa.string()))
    return pa.Table.from_pylist(rows, schema=columns)


def _blanked(row: Row) -> Row:
    """Say `refuse` and `suppressed`: the reasons of a stratum tell how large it is."""
    blank = dict.fromkeys(("observed", *_ANSWER))
    said = {"verdict": "refuse", "reasons": SUPPRESSED, "measured": ""}
    return {name: (blank | said).get(name, value) for name, value in row.items()} | {
        VALUE_STATUS: SUPPRESSED
    }


def _hide(
    observed: np.ndarray[tuple[int], np.dtype[np.int64]],
    secret: np.ndarray[tuple[int], np.dtype[np.bool_]],
    gives_away: Sequence[Sequence[int]],
    k: int,
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which strata, and last whether their sum, must be hidden, shape (stratum + 1,).

    A sum over the strata of one place that would tell a count is a number too: one that is hidden.
    """
    many = len(observed)
    sums = np.zeros((1 + len(gives_away), many), dtype=np.int64)
    sums[0] = 1
    for row, members in enumerate(gives_away, start=1):
        sums[row, list(members)] = 1
    values = np.concatenate([observed, sums @ observed])
    primary = ((values > 0) & (values < k)) | np.concatenate(
        [secret, np.ones(len(gives_away), dtype=bool)]
    )
    cost = 1 + np.log10(1 + values)
    cost[many] *= _DEAR
    matrix = np.concatenate([np.eye(many, dtype=np.int64), sums])
    found = hide_sums(Sums(matrix, observed, np.minimum(observed, 1), cost), primary, k)
    return found[: many + 1]


def _groups(strata: Sequence[str], named: Strata, whole: str) -> dict[Place, list[int]]:
    """Strata that together hold the victims of one place and time, by place; not of the whole."""
    found: dict[Place, list[int]] = {}
    for row, name in enumerate(strata):
        values = named.get(name, {})
        level = next((level for level in ("area", "parent") if level in values), "whole")
        if level == "whole" and "year" not in values:
            continue  # who is on which list of the whole is told by the table `links`
        area = values.get(level, whole) or UNKNOWN_MARK
        found.setdefault((level, area, values.get("year", "")), []).append(row)
    return found


def _count_cells(counts: pa.Table, shown: Shown) -> dict[Place, list[int | None]]:
    """Victims of each source by place and year, and in all years; None: hidden."""
    hidden = shown.hides(counts, "victims")
    told: dict[Place, list[int | None]] = {}
    sums: dict[tuple[str, str, str], int | None] = {}
    for row, is_hidden in zip(counts.to_pylist(), hidden.tolist(), strict=True):
        if len(row["period"]) > YEAR_LETTERS:
            continue
        place, victims = (row["area_level"], row["area"]), None if is_hidden else row["victims"]
        told.setdefault((*place, row["period"]), []).append(victims)
        key = (*place, row["source"])
        before = sums.get(key, 0)
        sums[key] = None if victims is None or before is None else before + victims
    for (level, area, _), number in sums.items():
        told.setdefault((level, area, ""), []).append(number)
    return told


def _tells(victims: int, cells: Sequence[int | None], k: int) -> bool:
    """Whether the victims on any list tell how many one list lacks, or a hidden count.

    The lists together have at least as many lines as victims, so what the shown ones leave over
    is in the hidden ones.

    Examples
    --------
    >>> _tells(60, [58, 20], 5), _tells(60, [40, 20], 5), _tells(60, [30, 26, None], 5)
    (True, False, True)
    """
    stated = [cell for cell in cells if cell is not None]
    lacking = any(0 < victims - cell < k for cell in stated)
    over = victims - sum(stated)
    return lacking or (len(stated) < len(cells) and over > len(cells) - len(stated))
