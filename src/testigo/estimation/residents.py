"""Residents added up over sexes and over ages, where a series prints no total."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from testigo.estimation.age_groups import ALL

_GROUP: Final = ["area", "year", "sex"]


def add_sexes(table: pa.Table) -> pa.Table:
    """Give every area and year its line for both sexes, where it has none.

    Parameters
    ----------
    table
        Columns area, year, sex, age_group, population.

    Returns
    -------
    pyarrow.Table
        The same columns; sexes all, female and male. `all` as printed, else female, male and
        unknown together; an area that prints only one sex gets no line for all.
    """
    sexes = ("all", "female", "male")
    has = table.group_by(["area", "year"]).aggregate([("sex", "distinct")])
    sets = has["sex_distinct"].to_pylist()
    flags = {f"has_{sex}": pa.array([sex in each for each in sets], pa.bool_()) for sex in sexes}
    known = pa.table({"area": has["area"], "year": has["year"], **flags})
    marked = table.join(known, ["area", "year"])
    is_all = pc.equal(marked["sex"], ALL)
    both = pc.and_(pc.and_(marked["has_female"], marked["has_male"]), pc.invert(marked["has_all"]))
    parts = marked.filter(both)
    parts = parts.set_column(
        parts.column_names.index("sex"), "sex", pa.array([ALL] * parts.num_rows, pa.string())
    )
    single = pc.is_in(marked["sex"], value_set=pa.array(["female", "male"]))
    chosen = [marked.filter(is_all), parts, marked.filter(single)]
    return _summed(pa.concat_tables([each.select(table.column_names) for each in chosen]))


def add_ages(table: pa.Table) -> pa.Table:
    """Give every area, year and sex its line for all ages, where it has none.

    As printed, else all age groups together, the unknown included. Age groups are kept for both
    sexes together only.
    """
    is_all = pc.equal(table["age_group"], ALL)
    totals = table.filter(is_all)
    printed = totals.select(_GROUP).append_column(
        "printed", pa.array([True] * totals.num_rows, pa.bool_())
    )
    ages = table.filter(pc.invert(is_all))
    lacking = ages.join(printed, _GROUP, join_type="left outer")
    lacking = lacking.filter(pc.is_null(lacking["printed"])).drop_columns(["printed"])
    lacking = lacking.set_column(
        lacking.column_names.index("age_group"),
        "age_group",
        pa.array([ALL] * lacking.num_rows, pa.string()),
    )
    both = ages.filter(pc.equal(ages["sex"], ALL))
    return _summed(pa.concat_tables([totals, lacking.select(table.column_names), both]))


def _summed(table: pa.Table) -> pa.Table:
    keys = [*_GROUP, "age_group"]
    return sum_in_order(table, keys, [*keys, "population"])


def sum_in_order(table: pa.Table, keys: list[str], order: list[str]) -> pa.Table:
    """Sum `population` by key, in one order: fractions of residents would else add up anew."""
    ordered = table.sort_by([(name, "ascending") for name in order])
    summed = ordered.group_by(keys, use_threads=False).aggregate([("population", "sum")])
    return summed.select([*keys, "population_sum"]).rename_columns([*keys, "population"])
