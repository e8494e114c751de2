"""Counts by area and period against a plain Python judge, on every engine there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
from hypothesis import strategies as st

from testigo.core import Area, AreaCatalogue, Text
from testigo.records import ACCEPTED, Source, count_victims

if TYPE_CHECKING:
    import ibis

CATALOGUE = AreaCatalogue(
    {
        "MX": Area("MX", "México", "whole", None),
        "01": Area("01", "Norte", "parent", "MX"),
        "02": Area("02", "Sur", "parent", "MX"),
        "0101": Area("0101", "Uno", "area", "01"),
        "0102": Area("0102", "Dos", "area", "01"),
        "0201": Area("0201", "Tres", "area", "02"),
    }
)
DATES = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29), date(2021, 7, 15))


def source(number: int, level: str, absent: str) -> Source:
    return Source(
        id=f"s{number}",
        name=Text(es="Fuente", en="Source"),
        kind="tallies",
        family="press",
        files=("x.csv",),
        columns={},
        area_level=level,
        absent=absent,
    )


SOURCES = tuple(source(n, level, "missing") for n, level in enumerate(("area", "parent", "whole")))


@dataclass(frozen=True)
class Row:
    source: str
    count: int
    date: date | None
    date_precision: str
    area: str | None
    parent: str | None


@st.composite
def rows(draw: st.DrawFn) -> Row:
    day = draw(st.sampled_from([*DATES, None]))
    precision = draw(st.sampled_from(["day", "month", "year"])) if day else "unknown"
    area = draw(st.sampled_from(["0101", "0102", "0201", None]))
    known = CATALOGUE.areas[area].parent if area else draw(st.sampled_from(["01", "02"]))
    parent = draw(st.sampled_from([known, None]))
    where = draw(st.sampled_from([each.id for each in SOURCES]))
    return Row(where, draw(st.integers(0, 5)), day, precision, area, parent)


def load(engine, given_rows: list[Row]) -> ibis.Table:
    filled = [
        dict.fromkeys(ACCEPTED.arrow.names) | {"file": "x.csv", "row": n, "cell": 0} | vars(row)
        for n, row in enumerate(given_rows)
    ]
    return engine.load(pa.Table.from_pylist(filled, schema=ACCEPTED.arrow))


def places(row: Row) -> dict[str, str]:
    parent = row.parent or (CATALOGUE.areas[row.area].parent if row.area else None)
    codes = {
        "area": row.area or "?" + (parent or ""),
        "parent": parent or "?",
        "whole": "MX",
    }
    levels = list(codes)
    return {level: codes[level] for level in levels[levels.index(level_of(row.source)) :]}


def level_of(source_id: str) -> str:
    return next(each.area_level for each in SOURCES if each.id == source_id)


def periods(row: Row) -> list[str]:
    if row.date is None:
        return ["?"]
    year, month = row.date.isoformat()[:4], row.date.isoformat()[:7]
    return [year] if row.date_precision == "year" else [year, month]


def judged(given_rows: list[Row]) -> dict[tuple[str, ...], int]:
    """Count one row at a time, as a person would with a pencil."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in given_rows:
        for level, code in places(row).items():
            for period in periods(row):
                found[row.source, level, code, period] += row.count
    return dict(found)


def counted(table: pa.Table) -> dict[tuple[str, ...], int]:
    names = ("source", "area_level", "area", "period")
    return {tuple(row[name] for name in names): row["victims"] for row in table.to_pylist()}


def test_counts_are_those_of_a_person_with_a_pencil(engine) -> None:
    """An unknown place and an unknown date are counted as unknown, never dropped."""

    @engine.given(given_rows=st.lists(rows(), max_size=12))
    def check(given_rows: list[Row]) -> None:
        table = count_victims(load(engine, given_rows), SOURCES, CATALOGUE)

        assert counted(table) == judged(given_rows)

    check()


def test_months_covered_are_the_months_with_a_row_of_the_whole(engine) -> None:
    @engine.given(given_rows=st.lists(rows(), max_size=12))
    def check(given_rows: list[Row]) -> None:
        told: dict[tuple[str, str], set[str]] = {}
        for row in given_rows:
            if row.date is not None and row.date_precision != "year":
                told.setdefault((row.source, str(row.date.year)), set()).add(str(row.date)[:7])

        for line in count_victims(load(engine, given_rows), SOURCES, CATALOGUE).to_pylist():
            year = line["period"]
            expected = {1: 0, 7: 1}.get(len(year)) if len(year) != 4 else None
            if expected is None:
                expected = len(told.get((line["source"], year), range(12)))
            assert line["months_covered"] == expected

    check()


def test_the_order_of_rows_and_sources_changes_nothing(engine) -> None:
    @engine.given(given_rows=st.lists(rows(), max_size=12), order=st.randoms(use_true_random=False))
    def check(given_rows: list[Row], order) -> None:
        shuffled, sources = list(given_rows), list(SOURCES)
        order.shuffle(shuffled)
        order.shuffle(sources)

        once = count_victims(load(engine, given_rows), SOURCES, CATALOGUE)
        again = count_victims(load(engine, shuffled), sources, CATALOGUE)

        assert once.equals(again)

    check()


def test_zeros_are_added_to_covered_years_and_change_no_other_figure(engine) -> None:
    silent = tuple(source(n, each.area_level, "zero") for n, each in enumerate(SOURCES))

    @engine.given(given_rows=st.lists(rows(), max_size=12))
    def check(given_rows: list[Row]) -> None:
        plain = counted(count_victims(load(engine, given_rows), SOURCES, CATALOGUE))
        filled = counted(count_victims(load(engine, given_rows), silent, CATALOGUE))

        assert {key: filled[key] for key in plain} == plain
        assert {filled[key] for key in filled.keys() - plain.keys()} <= {0}
        for name, _, _, year in plain:
            if len(year) == 4 and level_of(name) == "area":
                assert all(
                    (name, "area", code, year) in filled for code in ("0101", "0102", "0201")
                )

    check()
