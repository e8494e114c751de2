"""Which strata of the estimates are hidden, and how exactly the fits of the others are told.

Each stratum adds victims to the sum of all, and the strata of one place and year hold the victims
whom the counts of that place and year speak of. A stratum may therefore be hidden because it is
small, because a list that has all but a few of its victims would learn how many it lacks, because
it would tell a hidden count of a list, or because another one would be told without it.

A fit tells more: whoever can think of the tables that agree with what is shown fits each of them
(docs/decisions/0018). So fits of private lists are told where nothing small is behind any of them,
or where the draws of a linkage give tables that nobody outside can know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import UNKNOWN_MARK, YEAR_LETTERS
from testigo.estimation import LEANS, ONLY_IN_SUM
from testigo.publication.link_cells import PEOPLE
from testigo.publication.strata_values import FittedTable, find_nameless, read_fitted, read_strata
from testigo.publication.sums import Sums, hide_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from testigo.core import AreaCatalogue
    from testigo.publication.cells import Shown
    from testigo.publication.strata_values import Strata

    Place = tuple[str, str, str]  # level, area, year
    Cells = Mapping[Place, Sequence[int | None]]

EVERYBODY: Final = ""
_DEAR: Final = 1e4  # hiding the sum of all strata is the last resort


@dataclass(frozen=True, slots=True)
class HiddenStrata:
    """Which strata are hidden, and what is told of the fits of the others.

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
    exact
        Whether fits may be told as they are: nothing is hidden and nothing small is behind them.
    drawn
        Strata that were fitted to enough different draws of the linkage: if fits are not told as
        they are, these are told in steps and the others not at all.
    drawn_places
        Where all strata with a fit are of those.
    summed
        How many strata everybody is the sum of where all are of those and none of them makes most
        of it, else 0: the sum of so many, and of no fewer, is told as an assumption moves it, which
        is one more fit of the tables.
    told
        Victims on the lists of the strata that are not hidden.
    told_places
        The same of the places that they make: no limit lies below what a reader knows.
    """

    private: bool = False
    names: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()
    places: frozenset[Place] | None = frozenset()
    exact: bool = True
    drawn: frozenset[str] = frozenset()
    drawn_places: frozenset[Place] = frozenset()
    summed: int = 0
    told: Mapping[str, int] = field(default_factory=dict)
    told_places: Mapping[Place, int] = field(default_factory=dict)


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
        The values of each stratum, and what its fitted table is like; one that is not there is
        not named.
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
    cells = _count_cells(counts, shown, lists)
    whole = catalogue.whole.code
    groups = _groups(named, values, whole)
    people = np.array([observed[name] for name in named])
    secret = np.array([name in nameless for name in named] + [_hides(links, "victims")])
    found = _hide(people, secret, _giving_away(groups, people, cells, shown.k), shown.k)
    hidden = [name for name, is_hidden in zip(named, found, strict=False) if is_hidden]
    lost = any(name and name not in values for name in hidden)
    made = read_fitted(strata)
    tables = {name: made.get(name, FittedTable()) for name in named}
    drawn = [name for name in named if tables[name].tables >= shown.k]
    guessed = [name for name in named if name not in drawn and name in _fitted(estimates)]
    names = frozenset([*hidden, EVERYBODY] if found[-1] else hidden)
    near = any(None in cells.get(place, []) for place in groups) or _hides(links, *PEOPLE)
    return HiddenStrata(
        private=True,
        names=names,
        nameless=nameless,
        places=None if lost else frozenset(_groups(hidden, values, whole)),
        exact=not (near or found.any()) and all(one.smallest >= shown.k for one in tables.values()),
        drawn=frozenset([*drawn, EVERYBODY] if drawn and not guessed else drawn),
        drawn_places=_places(drawn, values, whole) - _places(guessed, values, whole),
        summed=0 if guessed else _count_summed(drawn, estimates),
        told={name: people for name, people in observed.items() if name not in names},
        told_places=_count_places({name: observed[name] for name in named}, hidden, values, whole),
    )


def _fitted(estimates: pa.Table) -> frozenset[str]:
    """Return the strata behind whose answer, or whose part of a sum, there is a fit."""
    rows = estimates.select(["stratum", "high", "reasons"]).to_pylist()
    return frozenset(
        row["stratum"]
        for row in rows
        if row["high"] is not None or ONLY_IN_SUM in str(row["reasons"]).split()
    )


def _count_summed(strata: Sequence[str], estimates: pa.Table) -> int:
    """Count the strata with an answer of their own; 0 where one has most of those on no list."""
    rows = estimates.select(["stratum", "median", "observed", "reasons"]).to_pylist()
    missed = [row["median"] - row["observed"] for row in rows
              if row["stratum"] in strata and row["median"] is not None
              and LEANS not in str(row["reasons"]).split()]  # fmt: skip
    return 0 if 2 * max(missed, default=0.0) > sum(missed) else len(missed)


def _lists(links: pa.Table | None) -> set[str]:
    """Return the lists that were linked or laid over each other; none where nobody knows."""
    names = links["lists"].to_pylist() if links is not None else []
    return {name for together in names for name in together.split()}


def _hides(links: pa.Table | None, *measures: str) -> bool:
    rows = links.to_pylist() if links is not None else []
    return any(row["measure"] in measures and row["count"] is None for row in rows)


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


def _places(strata: Sequence[str], named: Strata, whole: str) -> frozenset[Place]:
    """Return the places of which some strata are a part: their own, and the whole in their year."""
    years = {named.get(name, {}).get("year", "") for name in strata}
    return frozenset([*_groups(strata, named, whole), *(("whole", whole, year) for year in years)])


def _count_places(
    observed: Mapping[str, int], hidden: Sequence[str], named: Strata, whole: str
) -> dict[Place, int]:
    """Count the victims on the lists of each place of which all strata are told."""
    found: dict[Place, int] = {}
    for name, people in observed.items():
        for place in _places([name], named, whole):
            found[place] = found.get(place, 0) + people
    lost = _places(hidden, named, whole) if hidden else frozenset()
    return {place: people for place, people in found.items() if place not in lost}


def _count_cells(counts: pa.Table, shown: Shown, lists: set[str]) -> Cells:
    """Victims of each list by place and year, and in all years; None: hidden."""
    hidden = shown.hides(counts, "victims")
    told: dict[Place, list[int | None]] = {}
    sums: dict[tuple[str, str, str], int | None] = {}
    for row, is_hidden in zip(counts.to_pylist(), hidden.tolist(), strict=True):
        if len(row["period"]) > YEAR_LETTERS or (lists and row["source"] not in lists):
            continue
        place, victims = (row["area_level"], row["area"]), None if is_hidden else row["victims"]
        told.setdefault((*place, row["period"]), []).append(victims)
        key = (*place, row["source"])
        before = sums.get(key, 0)
        sums[key] = None if victims is None or before is None else before + victims
    for (level, area, _), number in sums.items():
        told.setdefault((level, area, ""), []).append(number)
    return told


def _giving_away(
    groups: Mapping[Place, list[int]],
    observed: np.ndarray[tuple[int], np.dtype[np.int64]],
    cells: Cells,
    k: int,
) -> list[list[int]]:
    """Return the strata of each place whose sum would tell what a list lacks, or a count."""
    return [
        rows
        for place, rows in groups.items()
        if _tells(int(observed[rows].sum()), cells.get(place, []), k)
    ]


def _tells(victims: int, cells: Sequence[int | None], k: int) -> bool:
    """Whether the victims on any list tell how many one list lacks, or a hidden count.

    The lists together have at least as many lines as victims, so what the shown ones leave over
    is in the hidden ones; and what they have more is on several lists.

    Examples
    --------
    >>> _tells(60, [58, 20], 5), _tells(60, [40, 24], 5), _tells(60, [30, 26, None], 5)
    (True, True, True)
    >>> _tells(60, [40, 30], 5), _tells(60, [40, 20], 5)
    (False, False)
    """
    stated = [cell for cell in cells if cell is not None]
    lacking = any(0 < victims - cell < k for cell in stated)
    over = victims - sum(stated)
    if len(stated) < len(cells):
        return lacking or over > len(cells) - len(stated)
    return lacking or 0 < -over < k
