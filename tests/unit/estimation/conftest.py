from __future__ import annotations

import pytest

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import POPULATION
from testigo.records import COUNTS, Source

PARENTS = {"0101": "01", "0102": "01", "0201": "02"}


def make_source(name: str, **changes: object) -> Source:
    given: dict[str, object] = {
        "id": name,
        "name": Text(es=name, en=name),
        "kind": "tallies",
        "family": "criminal_justice",
        "files": ("x.csv",),
        "columns": {},
    }
    return Source(**(given | changes))


def level_of(area: str) -> str:
    if area == "XX":
        return "whole"
    return "parent" if len(area.strip("?")) == 2 and not area.startswith("?") else "area"


@pytest.fixture(scope="session")
def source():
    """Make a source by its id."""
    return make_source


@pytest.fixture(scope="session")
def catalogue() -> AreaCatalogue:
    """XX holds 01 (0101, 0102) and 02 (0201)."""
    areas = [Area("XX", "Todo", "whole", None)]
    areas += [Area(code, f"Estado {code}", "parent", "XX") for code in ("01", "02")]
    areas += [Area(code, f"Lugar {code}", "area", parent) for code, parent in PARENTS.items()]
    return AreaCatalogue({area.code: area for area in areas})


@pytest.fixture(scope="session")
def counts():
    """Make counts of (area, period, victims[, months_covered]) rows."""

    def make(*rows: tuple, source: str = "police"):
        return COUNTS.table(
            [
                {
                    "source": source,
                    "area_level": level_of(row[0]),
                    "area": row[0],
                    "period": row[1],
                    "victims": row[2],
                    "months_covered": row[3] if len(row) > 3 else (12 if len(row[1]) == 4 else 1),
                }
                for row in rows
            ]
        )

    return make


@pytest.fixture(scope="session")
def population():
    """Make denominators of (area, year, residents) rows."""

    def make(*rows: tuple, series: str = "census", **changes: object):
        parent_of = PARENTS | {"01": "XX", "02": "XX"}
        return POPULATION.table(
            [
                {
                    "population_series": series,
                    "area_level": level_of(area),
                    "area": area,
                    "year": year,
                    "sex": "all",
                    "age_group": "all",
                    "population": float(residents),
                    "parent": parent_of.get(area),
                    "basis": "given" if level_of(area) == "area" else "sum",
                    "known_share": 1.0,
                }
                | changes
                for area, year, residents in rows
            ]
        )

    return make
