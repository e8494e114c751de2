"""A small observatory: a private list, a public one, two parents, five areas, one year."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa
import pytest

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import POPULATION, rate_by_area
from testigo.publication import DisclosurePolicy, describe_areas, describe_sources, protect
from testigo.records import COUNTS, Source, compare_sources

PARENT_OF = {"0101": "01", "0102": "01", "0103": "01", "0201": "02", "0202": "02", "?01": "01"}
POLICE = {"0101": 2, "0102": 7, "0103": 30, "0201": 40, "0202": 0, "?01": 6}
REGISTRY = {"0101": 3, "0102": 8, "0103": 28, "0201": 44, "0202": 1, "?01": 0}
RESIDENTS = {"0101": 9_000, "0102": 20_000, "0103": 80_000, "0201": 90_000, "0202": 8_000}


def source(name: str, *, published: bool) -> Source:
    return Source(
        id=name,
        name=Text(es=f"Lista {name}", en=f"List {name}"),
        kind="records",
        family="criminal_justice",
        files=(f"sources/{name}.csv",),
        columns={},
        published=published,
    )


def catalogue() -> AreaCatalogue:
    areas = [Area("00", "País", "whole", None)]
    areas += [Area(code, f"Estado {code}", "parent", "00") for code in ("01", "02")]
    areas += [
        Area(code, f"Municipio {code}", "area", parent)
        for code, parent in PARENT_OF.items()
        if not code.startswith("?")
    ]
    return AreaCatalogue({area.code: area for area in areas})


def counts(victims: dict[str, dict[str, int]], period: str = "2020") -> pa.Table:
    rows = []
    for name, of_area in victims.items():
        sums = {("whole", "00"): sum(of_area.values())}
        for area, number in of_area.items():
            sums["area", area] = number
            sums["parent", PARENT_OF[area]] = sums.get(("parent", PARENT_OF[area]), 0) + number
        rows += [
            {
                "source": name,
                "area_level": level,
                "area": area,
                "period": period,
                "victims": number,
                "months_covered": 12,
            }
            for (level, area), number in sums.items()
        ]
    return COUNTS.table(rows)


def population(residents: dict[str, int] = RESIDENTS) -> pa.Table:
    sums = {("whole", "00"): sum(residents.values())}
    for area, number in residents.items():
        sums["area", area] = number
        sums["parent", PARENT_OF[area]] = sums.get(("parent", PARENT_OF[area]), 0) + number
    return POPULATION.table(
        [
            {
                "population_series": series,
                "area_level": level,
                "area": area,
                "year": 2020,
                "sex": "all",
                "age_group": "all",
                "population": float(number * factor),
                "parent": None,
                "basis": "given",
                "known_share": 1.0,
            }
            for series, factor in (("census", 1), ("projection", 1.1))
            for (level, area), number in sums.items()
        ]
    )


@dataclass(frozen=True)
class Observatory:
    """What the rooms below hand to publication."""

    sources: tuple[Source, ...]
    catalogue: AreaCatalogue
    tables: dict[str, pa.Table]

    def protected(self, k: int = 5) -> dict[str, pa.Table]:
        return protect(
            self.tables,
            sources=self.sources,
            catalogue=self.catalogue,
            policy=DisclosurePolicy(k),
        )

    def with_tables(self, **tables: pa.Table) -> Observatory:
        return replace(self, tables=self.tables | tables)


def build(police: dict[str, int] = POLICE, registry: dict[str, int] = REGISTRY) -> Observatory:
    sources = source("police", published=False), source("registry", published=True)
    places = catalogue()
    counted = counts({"police": police, "registry": registry})
    tables = {
        "counts": counted,
        "population": population(),
        "rates": rate_by_area(counted, population(), sources),
        "convergence": compare_sources(counted, sources),
        "areas": describe_areas(places),
        "sources": describe_sources(sources),
    }
    return Observatory(sources, places, tables)


@pytest.fixture
def observatory() -> Observatory:
    return build()


@pytest.fixture
def build_observatory():
    return build


@pytest.fixture
def residents() -> pa.Table:
    return population()
