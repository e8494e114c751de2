"""Which cells of the counts may be shown: the one answer that all published tables follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import MONTH_LETTERS, UNKNOWN_MARK, YEAR_LETTERS
from testigo.publication.suppression import Cells, hide_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Place = tuple[str, str]

SEPARATOR: Final = "\x1f"
CELL: Final = ("source", "area_level", "area", "period")


@dataclass(frozen=True, slots=True)
class Shown:
    """The cells of the sources that are not public, and which of them are hidden.

    Attributes
    ----------
    public
        Ids of the sources whose deliveries are public at this detail.
    cells
        Columns `COUNTS`; months without victims are among them where they are hidden.
    keys
        Each cell as one text (`key_of`), shape (cell,).
    hidden
        Shape (cell,).
    k
        Smallest count that is shown, beside zero.
    """

    public: frozenset[str]
    cells: pa.Table
    keys: pa.Array
    hidden: Flags
    k: int

    def hides(self, table: pa.Table, victims: str | None, source: str = "source") -> Flags:
        """Return the rows of a table whose count must be blank, shape (row,).

        A row is shown when the same cell with the same count is shown among the counts: a
        number that differs (a sum without some areas, say) is one more equation for a reader.
        A figure of the whole that the counts do not know is shown when it is not small.

        Parameters
        ----------
        table
            With the columns of `CELL`.
        victims, source
            Columns with the count and with the source's id. Without a count (None) a row is
            hidden only when its cell is.
        """
        private = ~among(table[source], self.public)
        at = pc.index_in(key_of(table, source), value_set=self.keys)
        known = private & pc.is_valid(at).to_numpy(zero_copy_only=False)
        cell = at.to_numpy(zero_copy_only=False)[known].astype(np.int64)
        hidden: Flags = np.zeros(table.num_rows, dtype=bool)
        hidden[known] = self.hidden[cell]
        if victims is None:
            return hidden
        told = pc.fill_null(table[victims], -1).to_numpy()
        hidden[known] |= self.cells["victims"].to_numpy()[cell] != told[known]
        large_whole = pc.equal(table["area_level"], "whole").to_numpy() & (told >= self.k)
        hidden |= private & ~known & ~large_whole
        return hidden

    def hidden_levels(self) -> frozenset[tuple[str, str, str]]:
        """Return each source, level of area and period in which some cell is hidden."""
        keys = self.keys.filter(pa.array(self.hidden)).to_pylist()
        parts = (key.split(SEPARATOR) for key in keys)
        return frozenset((source, level, period) for source, level, _, period in parts)


def key_of(table: pa.Table, source: str = "source") -> pa.Array:
    """Write the cell of each row as one text."""
    columns = [table[name].combine_chunks() for name in (source, *CELL[1:])]
    keys: pa.Array = pc.binary_join_element_wise(*columns, SEPARATOR)
    return keys


def choose_hidden(
    counts: pa.Table,
    *,
    public: frozenset[str],
    silent: frozenset[str],
    catalogue: AreaCatalogue,
    k: int,
) -> Shown:
    """Decide for every cell of the counts whether it is hidden.

    Parameters
    ----------
    counts
        Columns `COUNTS`.
    public
        Ids of the sources that are left alone.
    silent
        Ids of the sources in which a month without a line is a month without victims.
    catalogue
        Which areas add up to which.
    k
        Cells of 1 to k - 1 victims are hidden, and what would give them away.
    """
    rows = counts.filter(pc.invert(pa.array(among(counts["source"], public))))
    tables, masks = [rows.slice(0, 0)], [np.zeros(0, dtype=bool)]
    for source in sorted(rows["source"].unique().to_pylist()):
        mine = rows.filter(pc.equal(rows["source"], source))
        table, hidden = _decide(mine, catalogue, k, silent=source in silent)
        tables.append(table)
        masks.append(hidden)
    table = pa.concat_tables(tables)
    return Shown(public, table, key_of(table), np.concatenate(masks), k)


def _decide(
    rows: pa.Table, catalogue: AreaCatalogue, k: int, *, silent: bool
) -> tuple[pa.Table, Flags]:
    """Hide cells of one source; returns its rows, hidden quiet months with them, and the mask."""
    victims = rows["victims"].to_numpy()
    hidden: Flags = (victims > 0) & (victims < k)
    least = np.ones(len(hidden), dtype=np.int64)
    if silent:
        rows, hidden = _with_quiet_months(rows, hidden)
        victims = rows["victims"].to_numpy()
        least = 1 - is_month_of_part(rows).astype(np.int64)  # it may be a quiet month
    layout, astray = lay_out(rows, catalogue)
    hidden |= astray & (victims > 0)
    firm = np.flatnonzero(~astray)
    can_rise = (victims > 0) | hidden
    cells = layout.cells(firm, victims[firm], can_rise=can_rise[firm], least=least[firm])
    hidden[firm] |= hide_cells(cells, hidden[firm])
    return _with_quiet_months(rows, hidden) if silent else (rows, hidden)


def _with_quiet_months(rows: pa.Table, hidden: Flags) -> tuple[pa.Table, Flags]:
    """Hide the months without victims of each place and year in which some month is hidden.

    Where the quiet months can be told from the hidden ones, readers know that the others hold
    somebody, and most years of small places would have to be hidden too.
    """
    year = pc.utf8_slice_codeunits(rows["period"], 0, YEAR_LETTERS)
    dated = rows.append_column("year", year)
    place = ["source", "area_level", "area", "year"]
    touched = dated.filter(pa.array(hidden & is_month_of_part(rows)))
    is_month = pc.equal(pc.utf8_length(rows["period"]), MONTH_LETTERS)
    busy = dated.filter(pc.and_(is_month, pc.greater(rows["victims"], 0)))
    months = busy.group_by(["period", "year"]).aggregate([])
    told = touched.group_by(place).aggregate([]).join(months, "year", None, "inner")
    cell = ["area_level", "area", "period"]
    quiet = told.join(rows.select(cell), cell, None, "left anti")
    quiet = quiet.sort_by([(name, "ascending") for name in cell])
    zeros = pa.array(np.zeros(quiet.num_rows, dtype=np.int64))
    quiet = quiet.append_column("victims", zeros).append_column("months_covered", pc.add(zeros, 1))
    table = pa.concat_tables([rows, quiet.select(rows.column_names)]).combine_chunks()
    return table, np.concatenate([hidden, np.ones(quiet.num_rows, dtype=bool)])


def is_month_of_part(rows: pa.Table) -> Flags:
    """Return the rows about a month of a place that is not the whole, shape (row,)."""
    is_month = pc.equal(pc.utf8_length(rows["period"]), MONTH_LETTERS)
    found: Flags = pc.and_(is_month, pc.not_equal(rows["area_level"], "whole")).to_numpy()
    return found


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of one source add up: place, year and month of each row, and the tree."""

    place: Numbers
    year: Numbers
    month: Numbers
    parent: Numbers

    def cells(self, rows: Numbers, victims: Numbers, *, can_rise: Flags, least: Numbers) -> Cells:
        """Take some rows as the cells of a suppression problem."""
        return Cells(
            place=self.place[rows],
            year=self.year[rows],
            month=self.month[rows],
            victims=victims,
            can_rise=can_rise,
            can_fall=victims > least,
            parent=self.parent,
        )


def lay_out(rows: pa.Table, catalogue: AreaCatalogue) -> tuple[Layout, Flags]:
    """Find out how the rows of one source add up.

    Returns
    -------
    Layout
        Of all rows.
    astray
        Shape (row,): smallest areas of which nobody knows the parent although parents are
        printed (there is no catalogue). No sum that holds them can be checked.
    """
    names = pc.binary_join_element_wise(
        rows["area_level"].combine_chunks(), rows["area"].combine_chunks(), SEPARATOR
    ).dictionary_encode()
    places: list[Place] = [_place(name) for name in names.dictionary.to_pylist()]
    place = names.indices.to_numpy().astype(np.int64)
    number = {name: at for at, name in enumerate(places)}
    parent = np.array([_parent(name, number, catalogue) for name in places], dtype=np.int64)
    has_parents = any(level == "parent" for level, _ in places)
    lost = has_parents and any(
        level == "area" and not code.startswith(UNKNOWN_MARK) and code not in catalogue.areas
        for level, code in places
    )
    astray = np.array([lost and level == "area" for level, _ in places], dtype=bool)
    period = rows["period"]
    is_month = pc.equal(pc.utf8_length(period), MONTH_LETTERS)
    year = pc.if_else(
        pc.equal(period, UNKNOWN_MARK), "0", pc.utf8_slice_codeunits(period, 0, YEAR_LETTERS)
    )
    month = pc.if_else(is_month, pc.utf8_slice_codeunits(period, 5, 7), "0")
    layout = Layout(
        place,
        year.cast(pa.int64()).to_numpy(),
        month.cast(pa.int64()).to_numpy(),
        parent,
    )
    return layout, astray[place]


def _place(name: str) -> Place:
    level, code = name.split(SEPARATOR, 1)
    return level, code


def _parent(place: Place, number: Mapping[Place, int], catalogue: AreaCatalogue) -> int:
    """Return the place that a place is added to, among those printed; -1: none."""
    level, code = place
    whole = number.get(("whole", catalogue.whole.code), -1)
    if level == "whole":
        return -1
    if level == "parent":
        return whole
    listed = catalogue.areas.get(code)
    told = code.removeprefix(UNKNOWN_MARK) or UNKNOWN_MARK
    above = told if listed is None else listed.parent or ""
    return number.get(("parent", above), whole)


def among(column: pa.ChunkedArray, values: frozenset[str]) -> Flags:
    """Return where a column holds one of some values, shape (row,)."""
    found: Flags = pc.is_in(column, value_set=pa.array(sorted(values), pa.string())).to_numpy()
    return found
