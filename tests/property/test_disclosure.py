"""An attacker with all published cells and all sums cannot pin any hidden cell to one value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Literal

import numpy as np
import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from testigo.core import Area, AreaCatalogue, Text
from testigo.publication import DisclosurePolicy, protect
from testigo.records import COUNTS, Source

K = 5
MONTHS = ("01", "02", "03")
UNDATED = "rest"  # victims of the year whose month is unknown: a column that is never printed
SOURCE = Source(
    id="police",
    name=Text("Policía", "Police"),
    kind="records",
    family="criminal_justice",
    files=("police.csv",),
    columns={},
)
Cell = tuple[str, str, str]  # level, area, column

few_or_many = st.one_of(st.integers(0, 3), st.integers(0, 9), st.sampled_from([0, 1, 12, 40]))


@st.composite
def smallest_places(draw: st.DrawFn, parents: int) -> list[tuple[str, str]]:
    """Draw the smallest areas and the unknown places, each with what it is added to."""
    if not parents:
        places = [(f"a{at}", "00") for at in range(draw(st.integers(1, 5)))]
    else:
        places = []
        for parent in (f"{number:02d}" for number in range(1, parents + 1)):
            places += [(f"{parent}{at}", parent) for at in range(draw(st.integers(1, 4)))]
            places += draw(st.sampled_from([[], [(f"?{parent}", parent)]]))
    return places + draw(st.sampled_from([[], [("?", "?" if parents else "00")]]))


@st.composite
def territories(draw: st.DrawFn) -> tuple[AreaCatalogue, dict[Cell, int]]:
    """Draw a small tree and the victims of each smallest area by month."""
    parents = draw(st.integers(0, 3))
    smallest = draw(smallest_places(parents))
    columns = (*draw(st.sampled_from([MONTHS, MONTHS[:1], ()])), UNDATED)
    rest = few_or_many if draw(st.booleans()) or len(columns) == 1 else st.just(0)
    victims = {
        (code, column): draw(rest if column == UNDATED else few_or_many)
        for code, _ in smallest
        for column in columns
    }
    return added_up(dict(smallest), victims, parents)


def added_up(
    parent_of: dict[str, str], victims: dict[tuple[str, str], int], parents: int
) -> tuple[AreaCatalogue, dict[Cell, int]]:
    """Add the victims of each place and column up to years, parents and the whole."""
    cells: dict[Cell, int] = defaultdict(int)
    for (code, column), number in victims.items():
        above = [("parent", parent_of[code])] if parents else []
        for level, place in (("area", code), *above, ("whole", "00")):
            cells[level, place, column] += number
            cells[level, place, "year"] += number
    return catalogue_of(list(parent_of.items()), parents), dict(cells)


def catalogue_of(smallest: list[tuple[str, str]], parents: int) -> AreaCatalogue:
    areas = [Area("00", "whole", "whole", None)]
    areas += [Area(f"{number:02d}", "p", "parent", "00") for number in range(1, parents + 1)]
    areas += [Area(code, "a", "area", above) for code, above in smallest if code[0] != "?"]
    return AreaCatalogue({area.code: area for area in areas})


def counts(cells: dict[Cell, int]) -> pa.Table:
    """Print the cells as the counts table does: no line for a month without victims."""
    rows = [
        {
            "source": "police",
            "area_level": level,
            "area": area,
            "period": "2020" if column == "year" else f"2020-{column}",
            "victims": victims,
            "months_covered": 12 if column == "year" else 1,
        }
        for (level, area, column), victims in cells.items()
        if column != UNDATED and (victims or column == "year")
    ]
    return COUNTS.table(rows)


class Attacker:
    """Knows every shown cell and every sum; and that a hidden cell holds somebody.

    Not so in a source of records: there the months without victims of a part are hidden with
    the others (`silent`).
    """

    def __init__(self, cells: dict[Cell, int], hidden: set[Cell], *, silent: bool) -> None:
        unknown = {cell for cell, victims in cells.items() if cell[2] == UNDATED and victims}
        secret = sorted(hidden | unknown)
        self.place = {cell: at for at, cell in enumerate(secret)}
        self.least = [
            int(not silent or column == "year" or level == "whole") for level, _, column in secret
        ]
        for at, cell in enumerate(secret):
            if cell in unknown:
                self.least[at] = 0
        self.rows: list[np.ndarray] = []
        self.sums: list[float] = []
        for total, parts in sums_of(cells):
            self.learn(cells, total, parts)

    def learn(self, cells: dict[Cell, int], total: Cell, parts: list[Cell]) -> None:
        row, known = np.zeros(len(self.place)), 0
        for cell, sign in [(total, 1), *((part, -1) for part in parts)]:
            if cell in self.place:
                row[self.place[cell]] += sign
            else:
                known += sign * cells.get(cell, 0)
        self.rows.append(row)
        self.sums.append(-known)

    def bounds(self, cell: Cell) -> tuple[float, float]:
        """Return the smallest and the largest value that fit everything known."""
        goal = np.zeros(len(self.place))
        goal[self.place[cell]] = 1
        limits = [(least, None) for least in self.least]
        least = linprog(goal, A_eq=np.array(self.rows), b_eq=self.sums, bounds=limits)
        most = linprog(-goal, A_eq=np.array(self.rows), b_eq=self.sums, bounds=limits)
        assert least.status == 0
        return least.fun, np.inf if most.status == 3 else -most.fun


def sums_of(cells: dict[Cell, int]) -> list[tuple[Cell, list[Cell]]]:
    """Every sum that a reader knows: months of a year, areas of a parent, parents of the whole."""
    places = sorted({(level, area) for level, area, _ in cells})
    columns = sorted({column for _, _, column in cells})
    has_parents = any(level == "parent" for level, _ in places)
    found: list[tuple[Cell, list[Cell]]] = []
    for level, area in places:
        months = [(level, area, column) for column in columns if column != "year"]
        found.append(((level, area, "year"), months))
        below = [
            place for place in places if above(place, has_parents=has_parents) == (level, area)
        ]
        if below:
            found += [
                ((level, area, column), [(*place, column) for place in below])
                for column in columns
                if column != UNDATED
            ]
    return found


def above(place: tuple[str, str], *, has_parents: bool) -> tuple[str, str] | None:
    level, code = place
    if level == "whole":
        return None
    if level == "parent" or not has_parents:
        return "whole", "00"
    return "parent", code if code == "?" else code.removeprefix("?")[:2]


QUIET_AREA_IN_A_BUSY_PARENT = added_up(
    {"010": "01", "?01": "01", "?03": "03", "?": "?"},
    {
        ("010", "02"): 0,
        ("010", "03"): 3,
        ("?01", "03"): 2,
        ("?01", UNDATED): 1,
        ("?03", "03"): 1,
        ("?", "02"): 1,
        ("?", "03"): 1,
    },
    3,
)
QUIET_MONTH_THAT_THE_PARENT_TELLS = added_up(
    {"010": "01", "020": "02", "?02": "02"},
    {("010", "03"): 1, ("020", "01"): 2, ("?02", "01"): 3},
    2,
)


@given(territories(), st.sampled_from(["records", "tallies"]))
@example(QUIET_AREA_IN_A_BUSY_PARENT, "records")
@example(QUIET_MONTH_THAT_THE_PARENT_TELLS, "records")
def test_no_hidden_cell_can_be_worked_out(
    drawn: tuple[AreaCatalogue, dict[Cell, int]], kind: Literal["records", "tallies"]
) -> None:
    catalogue, cells = drawn
    silent = kind == "records"

    published = protect(
        {"counts": counts(cells)},
        sources=[replace(SOURCE, kind=kind)],
        catalogue=catalogue,
        policy=DisclosurePolicy(K),
    )["counts"].to_pylist()

    of_row = {
        (row["area_level"], row["area"], row["period"][5:] or "year"): row for row in published
    }
    hidden = {cell for cell, row in of_row.items() if row["value_status"] == "suppressed"}
    for cell, row in of_row.items():
        if cell in hidden:
            assert row["victims"] is None
            assert cells.get(cell, 0) > 0 or (silent and cell[0] != "whole" and cell[2] != "year")
        else:
            assert row["victims"] == cells.get(cell, 0)
            assert not 0 < cells.get(cell, 0) < K
    attacker = Attacker(cells, hidden, silent=silent)
    for cell in sorted(cell for cell in hidden if cells.get(cell, 0)):
        least, most = attacker.bounds(cell)
        assert most - least > 1 - 1e-6, cell
