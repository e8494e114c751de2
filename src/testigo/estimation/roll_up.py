"""Residents of larger areas: what a series prints, else the sum of the areas one level down."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import UNKNOWN_MARK
from testigo.estimation.age_groups import ALL
from testigo.estimation.residents import sum_in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue, AreaLevel

HALF: Final = 0.5
LEAST_SHARE: Final = 1e-9
_KEY: Final = ["area", "year", "sex", "age_group"]
_SUM_ONLY: Final = ("basis", "known_share")


def roll_up(
    people: pa.Table,
    levels: Mapping[str, AreaLevel],
    parents: Mapping[str, str | None],
    catalogue: AreaCatalogue,
) -> pa.Table:
    """Add residents up to the parents and the whole.

    Parameters
    ----------
    people
        Columns area, year, sex, age_group, population.
    levels, parents
        Of each area code in it; a code that begins with `?` is somewhere in its parent.
    catalogue
        The areas.

    Returns
    -------
    pyarrow.Table
        Columns of `POPULATION` without population_series. `known_share` of a sum is below 1
        where areas that had residents before have none any more, where fewer than half of the
        areas have any (some may have been founded later, but not most), or where one of the
        parents is missing from the whole.
    """
    level_of = dict(levels) | {area.code: area.level for area in catalogue.areas.values()}
    parent_of = dict(parents) | {
        area.code: None if area.level == "whole" else area.parent or catalogue.whole.code
        for area in catalogue.areas.values()
    }
    table = _standing(people, level_of, parent_of)
    has_parents = bool(catalogue.of_level("parent"))
    steps: list[tuple[AreaLevel, AreaLevel]] = [("whole", "area")]
    if has_parents:
        steps = [("parent", "area"), ("whole", "parent")]
    for larger, smaller in steps:
        children = table.filter(pc.equal(table["area_level"], smaller))
        if not _totals(children).num_rows:
            continue
        sums = _sums(children)
        printed = table.filter(pc.equal(table["area_level"], larger))
        sums = sums.join(printed.select(_KEY[:3]), _KEY[:3], join_type="left anti")
        shares = _known_shares(children, catalogue, smaller)
        sums = sums.join(shares, ["area", "year"], join_type="left outer")
        table = pa.concat_tables([table, _standing(sums, level_of, parent_of)])
    named = pc.invert(pc.starts_with(table["area"], UNKNOWN_MARK))
    return table.filter(named)


def _standing(
    table: pa.Table,
    level_of: Mapping[str, AreaLevel],
    parent_of: Mapping[str, str | None],
) -> pa.Table:
    """Say where each row stands in the catalogue; without a basis it was printed."""
    codes = table["area"].to_pylist()
    columns = {name: table[name] for name in [*_KEY, "population"]} | {
        "area_level": pa.array([level_of[code] for code in codes], pa.string()),
        "parent": pa.array([parent_of[code] for code in codes], pa.string()),
        "basis": pa.array(["given"] * table.num_rows, pa.string()),
        "known_share": pa.array(np.ones(table.num_rows)),
    }
    return pa.table(
        columns | {name: table[name] for name in _SUM_ONLY if name in table.column_names}
    )


def _totals(table: pa.Table) -> pa.Table:
    return table.filter(pc.and_(pc.equal(table["sex"], ALL), pc.equal(table["age_group"], ALL)))


def _sums(children: pa.Table) -> pa.Table:
    """Add up by parent; a sex or an age only where every child that has a total tells them."""
    of_all = pc.equal(children["sex"], ALL)
    total = pc.and_(of_all, pc.equal(children["age_group"], ALL))
    kinds = {"total": total, "ages": pc.and_(of_all, pc.invert(total)), "sexes": pc.invert(of_all)}
    told = {kind: _children_telling(children.filter(mask)) for kind, mask in kinds.items()}
    parts = []
    for kind, mask in kinds.items():
        complete = told["total"].join(told[kind], ["parent", "year", "children"], join_type="inner")
        rows = children.filter(mask).join(complete, ["parent", "year"], join_type="inner")
        keys = ["parent", "year", "sex", "age_group"]
        summed = sum_in_order(rows, keys, [*keys, "area"])
        parts.append(summed.rename_columns([*_KEY, "population"]))
    return pa.concat_tables(parts)


def _children_telling(rows: pa.Table) -> pa.Table:
    found = rows.group_by(["parent", "year"]).aggregate([("area", "count_distinct")])
    return found.rename_columns({"area_count_distinct": "children"})


def _known_shares(children: pa.Table, catalogue: AreaCatalogue, smaller: AreaLevel) -> pa.Table:
    """Say which share of the residents of each parent and year the children are known to hold."""
    totals = _totals(children)
    codes, child = np.unique(totals["area"].to_pylist(), return_inverse=True)
    years, year = np.unique(totals["year"].to_numpy(), return_inverse=True)
    held = np.full((len(codes), len(years)), np.nan)
    held[child, year] = totals["population"].to_numpy()
    doubt = np.zeros_like(held)  # residents that a child, itself a sum, is known to lack
    doubt[child, year] = totals["population"].to_numpy() * (
        1 / np.maximum(totals["known_share"].to_numpy(), LEAST_SHARE) - 1
    )
    above = dict(zip(totals["area"].to_pylist(), totals["parent"].to_pylist(), strict=True))
    parents, parent = np.unique([above[code] for code in codes], return_inverse=True)
    membership = (parent == np.arange(len(parents))[:, None]).astype(np.float64)
    unnamed = np.char.startswith(codes, UNKNOWN_MARK)[:, None]
    found = membership @ np.nan_to_num(held)
    elsewhere = membership @ np.where(unnamed, np.nan_to_num(held), 0)
    lost = membership @ np.where(unnamed, 0, _lost(held) + doubt) - elsewhere
    lost = np.maximum(lost, 0)
    known = np.divide(found, found + lost, out=np.ones_like(found), where=found + lost > 0)
    told = _share_told(membership @ (~np.isnan(held) & ~unnamed), parents, catalogue, smaller)
    grid = np.meshgrid(parents, years, indexing="ij")
    return pa.table(
        {
            "area": pa.array(grid[0].ravel().tolist(), pa.string()),
            "year": pa.array(grid[1].ravel(), pa.int64()),
            "basis": pa.array(np.where(elsewhere > 0, "sum_unnamed", "sum").ravel().tolist()),
            "known_share": pa.array(np.minimum(known, told).ravel()),
        }
    )


def _lost(held: NDArray[np.float64]) -> NDArray[np.float64]:
    """Residents last seen in areas that have none now; shape (area, year)."""
    seen = np.where(np.isnan(held), -1, np.arange(held.shape[1]))
    last = np.maximum.accumulate(seen, axis=1)
    before = np.take_along_axis(held, np.maximum(last, 0), axis=1)
    return np.where(np.isnan(held) & (last >= 0), before, 0.0)


def _share_told(
    present: NDArray[np.float64],
    parents: NDArray[np.str_],
    catalogue: AreaCatalogue,
    smaller: AreaLevel,
) -> NDArray[np.float64]:
    """Share of the areas of each parent with residents; 1 where the rest may be younger."""
    listed = Counter(area.parent or catalogue.whole.code for area in catalogue.of_level(smaller))
    expected = np.array([listed[str(code)] for code in parents], dtype=np.float64)[:, None]
    told = np.divide(present, expected, out=np.ones_like(present), where=expected > 0)
    enough = HALF if smaller == "area" else 1.0
    return np.where(told >= enough, 1.0, told)
