"""Age-standardised rates of areas: only to compare areas with each other, beside the crude rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import AREA_LEVELS, MONTHS_IN_YEAR, Message, UsageError, tuples_of
from testigo.estimation.age_groups import ALL, UNKNOWN, AgeGroup
from testigo.estimation.direct import standardise_directly
from testigo.estimation.model import FEW_VICTIMS, PER, STANDARDISED_RATES
from testigo.estimation.reasons import AGE_UNKNOWN_SHARE, MISSING_SHARE, judge, refused
from testigo.estimation.standards import STANDARDS
from testigo.estimation.strata import NO_AGE, Strata, find_strata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis
    from numpy.typing import NDArray

    from testigo.records import Source

_Place = tuple[str, str, int]  # level, area, year


def standardise_rates(
    accepted: ibis.Table,
    population: pa.Table,
    sources: Sequence[Source],
    *,
    standard: str = "who_2000_2025",
    level: float = 0.95,
) -> pa.Table:
    """Standardise the rates of every source that tells ages by every series that has them.

    A year that a source covers in part is left out, and so is an area in a year without any row.
    Victims of unknown age, or of an age group too wide for the strata, are not in the rate; they
    stand beside it.

    Parameters
    ----------
    accepted
        Columns `testigo.records.ACCEPTED`, the rows of all sources.
    population
        Columns `POPULATION`.
    sources
        What is known of each source; only those that count victims are used.
    standard
        Id of the standard population: `who_2000_2025`.
    level
        Coverage of the limits.

    Returns
    -------
    pyarrow.Table
        Columns `STANDARDISED_RATES`, sorted by its key; empty without ages.

    Raises
    ------
    UsageError
        For a standard that we do not have.
    """
    if standard not in STANDARDS:
        raise UsageError(
            Message("There is no standard population {given}.", {"given": repr(standard)}),
            Message("Write one of: {known}.", {"known": ", ".join(STANDARDS)}),
        )
    no_ages = pa.array([ALL, UNKNOWN])
    with_ages = population.filter(
        pc.and_(
            pc.equal(population["sex"], ALL),
            pc.invert(pc.is_in(population["age_group"], value_set=no_ages)),
        )
    )
    if not with_ages.num_rows:
        return STANDARDISED_RATES.table([])
    victims = _victims_by_age(accepted, sources)
    series = with_ages["population_series"].unique().to_pylist()
    parts = [
        _of_series(
            victims,
            with_ages.filter(pc.equal(with_ages["population_series"], each)),
            standard,
            level,
        )
        for each in series
    ]
    return STANDARDISED_RATES.checked(
        pa.concat_tables([part.select(STANDARDISED_RATES.arrow.names) for part in parts])
    )


def _victims_by_age(accepted: ibis.Table, sources: Sequence[Source]) -> pa.Table:
    """Sum the rows that have a year, by source, place, year and age."""
    import ibis

    countable = [source.id for source in sources if source.unit == "victim"]
    dated = accepted.date.notnull() & (accepted.date_precision != "unknown")
    rows = accepted.filter(dated & accepted.source.isin(countable))
    to_the_month = rows.date_precision.isin(("day", "month"))
    rows = rows.select(
        "source", "area", "parent", "age_group",
        year=rows.date.year().cast("int64"),
        month=ibis.ifelse(to_the_month, rows.date.month(), 0).cast("int64"),
        age=rows.age.cast("int64"),
        victims=rows["count"],
    )  # fmt: skip
    months = rows.group_by(["source", "year"]).aggregate(
        first=rows.month.min(), last=rows.month.max()
    )
    keys = ["source", "area", "parent", "year", "age", "age_group"]
    cells = rows.group_by(keys).aggregate(victims=rows.victims.sum().cast("int64"))
    return _in_whole_years(cells.to_pyarrow(), months.to_pyarrow())


def _in_whole_years(cells: pa.Table, months: pa.Table) -> pa.Table:
    """Leave out the first and the last year of a source when it begins late or ends early."""
    partial = pc.and_(
        pc.greater(months["last"], 0),
        pc.or_(pc.greater(months["first"], 1), pc.less(months["last"], MONTHS_IN_YEAR)),
    )
    bounds = months.group_by("source").aggregate([("year", "min"), ("year", "max")])
    marked = months.append_column("partial", partial).join(bounds, "source")
    at_edge = pc.or_(
        pc.equal(marked["year"], marked["year_min"]), pc.equal(marked["year"], marked["year_max"])
    )
    cut = marked.filter(pc.and_(marked["partial"], at_edge)).select(["source", "year"])
    return cells.join(cut, ["source", "year"], join_type="left anti").combine_chunks()


def _of_series(victims: pa.Table, people: pa.Table, standard: str, level: float) -> pa.Table:
    """Standardise every cell that has both victims and residents."""
    groups = {text: AgeGroup.parse(text) for text in people["age_group"].unique().to_pylist()}
    strata = find_strata({each for each in groups.values() if each}, STANDARDS[standard])
    if strata is None:
        return STANDARDISED_RATES.table([])
    place_of = {text: strata.place_of(group) for text, group in groups.items()}
    residents, known = _residents(people, place_of, len(strata.groups))
    counted = _counted(victims, residents, strata)
    keys = sorted(counted)
    counts = np.array([counted[key] for key in keys]).reshape(-1, len(strata.groups) + 1)
    held = np.array([residents[key[1:]] for key in keys]).reshape(-1, len(strata.groups))
    stated, unknown = counts[:, :-1], counts[:, -1]
    total = stated.sum(axis=1)
    given = _reasons(held, np.array([known[key[1:]] for key in keys]), total, unknown)
    verdict, reasons = judge(given)
    held = np.where(refused(given)[:, None], np.nan, held)
    found = standardise_directly(stated, held, strata.weights, level=level)
    crude = total / held.sum(axis=1) * PER
    sources, levels, areas, years = zip(*keys, strict=True) if keys else ([], [], [], [])
    return pa.table(
        {
            "area": pa.array(areas, pa.string()),
            "area_level": pa.array(levels, pa.string()),
            "period": pa.array([str(year) for year in years], pa.string()),
            "source": pa.array(sources, pa.string()),
            "population_series": pa.array([people["population_series"][0].as_py()] * len(keys)),
            "standard": pa.array([standard] * len(keys), pa.string()),
            "victims": pa.array(total.astype(np.int64)),
            "victims_age_unknown": pa.array(unknown.astype(np.int64)),
            "crude_rate": pa.array(crude, from_pandas=True),
            "rate": pa.array(found.rate, from_pandas=True),
            "rate_low": pa.array(found.low, from_pandas=True),
            "rate_high": pa.array(found.high, from_pandas=True),
            "level": pa.array(np.full(len(keys), level)),
            "verdict": verdict,
            "reasons": reasons,
        }
    )


def _reasons(
    held: NDArray[np.float64],
    share: NDArray[np.float64],
    total: NDArray[np.float64],
    unknown: NDArray[np.float64],
) -> dict[str, NDArray[np.bool_]]:
    """Say by code what speaks against the rate of each cell, given the share of residents known."""
    return {
        "age_population_zero": np.any(held <= 0, axis=1),
        "population_incomplete": share < 1 - MISSING_SHARE,
        "population_nearly_complete": (share < 1) & (share >= 1 - MISSING_SHARE),
        "age_often_unknown": unknown > AGE_UNKNOWN_SHARE * (unknown + total),
        "fewer_than_20_victims": total < FEW_VICTIMS,
    }


def _residents(
    people: pa.Table, place_of: Mapping[str, int], strata: int
) -> tuple[dict[_Place, NDArray[np.float64]], dict[_Place, float]]:
    """Residents of each place and year by stratum, and the share of them that is known."""
    held: dict[_Place, NDArray[np.float64]] = {}
    known: dict[_Place, float] = {}
    names = ("area_level", "area", "year", "age_group", "population", "known_share")
    for level, area, year, group, residents, share in tuples_of(people, names):
        key = (level, area, year)
        held.setdefault(key, np.zeros(strata))[place_of[group]] += residents
        known[key] = min(known.get(key, 1.0), share)
    return held, known


def _counted(
    victims: pa.Table, residents: Mapping[_Place, object], strata: Strata
) -> dict[tuple[str, str, str, int], NDArray[np.float64]]:
    """Victims of each source, place and year by stratum; the last column: age unknown."""
    whole = {place[1] for place in residents if place[0] == "whole"}
    counted: dict[tuple[str, str, str, int], NDArray[np.float64]] = {}
    telling: set[str] = set()
    place_of: dict[tuple[int | None, str | None], int] = {}
    names = ("source", "area", "parent", "year", "age", "age_group", "victims")
    for source, area, parent, year, age, group, count in tuples_of(victims, names):
        if (age, group) not in place_of:
            place_of[age, group] = strata.place_of(_group(age, group))
        stratum = place_of[age, group]
        if stratum != NO_AGE:
            telling.add(source)
        codes = {"area": area, "parent": parent, "whole": next(iter(whole), None)}
        for level in AREA_LEVELS:
            if (level, codes[level], year) in residents:
                key = (source, level, codes[level] or "", year)
                counted.setdefault(key, np.zeros(len(strata.groups) + 1))[stratum] += count
    return {key: counts for key, counts in counted.items() if key[0] in telling}


def _group(age: int | None, group: str | None) -> AgeGroup | None:
    if age is not None:
        return AgeGroup(age, age)
    return None if group is None else AgeGroup.parse(group)
