"""Victims of stated and of unknown age: with both totals and all sums nobody gets a part back."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import STANDARDISED_RATES
from testigo.publication import DisclosurePolicy, protect
from testigo.records import COUNTS, Source

SOURCE = Source(
    id="forensic",
    name=Text("Forense", "Forensic"),
    kind="records",
    family="public_health",
    files=("forensic.csv",),
    columns={},
)
K = 5
PARTS = ("stated", "unknown")
Place = tuple[str, str]
Parts = dict[Place, tuple[int, int]]

numbers = st.one_of(st.integers(0, 6), st.sampled_from([0, 0, 12, 40]))
territories = st.lists(
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4), min_size=1, max_size=3
)


def laid_out(drawn: list[list[tuple[int, int]]]) -> tuple[AreaCatalogue, Parts, dict]:
    """Add up areas to parents and parents to the whole; say which place is in which."""
    areas, parts, above = [Area("00", "whole", "whole", None)], {("whole", "00"): (0, 0)}, {}
    for number, pairs in enumerate(drawn, start=1):
        parent = f"{number:02d}"
        areas.append(Area(parent, "p", "parent", "00"))
        parts["parent", parent] = tuple(np.sum(pairs, axis=0).tolist())
        above["parent", parent] = ("whole", "00")
        for at, pair in enumerate(pairs):
            areas.append(Area(f"{parent}{at}", "a", "area", parent))
            parts["area", f"{parent}{at}"] = pair
            above["area", f"{parent}{at}"] = ("parent", parent)
    totals = np.sum([parts["parent", code] for level, code in parts if level == "parent"], axis=0)
    parts["whole", "00"] = tuple(totals.tolist())
    return AreaCatalogue({area.code: area for area in areas}), parts, above


def tables(parts: Parts) -> dict[str, pa.Table]:
    named = [
        {"source": "forensic", "area_level": level, "area": area, "period": "2020"}
        for level, area in parts
    ]
    told = {"population_series": "census", "standard": "who", "level": 0.95, "verdict": "publish"}
    rates = dict.fromkeys(("crude_rate", "rate", "rate_low", "rate_high"), 20.0)
    return {
        "counts": COUNTS.table(
            [
                name | {"victims": sum(pair), "months_covered": 12}
                for name, pair in zip(named, parts.values(), strict=True)
            ]
        ),
        "standardised_rates": STANDARDISED_RATES.table(
            [
                name | told | rates | {"victims": s, "victims_age_unknown": u, "reasons": ""}
                for name, (s, u) in zip(named, parts.values(), strict=True)
            ]
        ),
    }


def bounds_of(parts: Parts, above: dict, told: dict) -> dict[tuple[Place, str], tuple]:
    """Smallest and largest value of each hidden number that fit everything published."""
    columns = [(place, part) for place in parts for part in (*PARTS, "total")]
    at = {column: number for number, column in enumerate(columns)}
    equations: list[tuple[dict, int]] = []
    for place in parts:
        below = [child for child, parent in above.items() if parent == place]
        equations.append(({(place, part): 1 for part in PARTS} | {(place, "total"): -1}, 0))
        for part in (*PARTS, "total"):
            if told[place][part] is not None:
                equations.append(({(place, part): 1}, told[place][part]))
            if below:
                sums = {(child, part): 1 for child in below}
                equations.append(({(place, part): -1} | sums, 0))
    rows = [[terms.get(column, 0) for column in columns] for terms, _ in equations]
    sums = [value for _, value in equations]
    limits = [(int(part == "total" and told[p][part] is None), None) for p, part in columns]
    found = {}
    for place, part in columns:
        if told[place][part] is None:
            goal = np.zeros(len(columns))
            goal[at[place, part]] = 1
            least = linprog(goal, A_eq=rows, b_eq=sums, bounds=limits)
            most = linprog(-goal, A_eq=rows, b_eq=sums, bounds=limits)
            assert least.status == 0
            found[place, part] = (least.fun, np.inf if most.status == 3 else -most.fun)
    return found


@given(territories)
def test_no_part_of_a_total_can_be_worked_out(drawn: list[list[tuple[int, int]]]) -> None:
    catalogue, parts, above = laid_out(drawn)

    published = protect(
        tables(parts), sources=[SOURCE], catalogue=catalogue, policy=DisclosurePolicy(K)
    )

    told = {
        (row["area_level"], row["area"]): {
            "stated": row["victims"],
            "unknown": row["victims_age_unknown"],
        }
        for row in published["standardised_rates"].to_pylist()
    }
    for row in published["counts"].to_pylist():
        told[row["area_level"], row["area"]]["total"] = row["victims"]
    for place, pair in told.items():
        for part in PARTS:
            assert place[0] == "whole" or pair[part] is None or not 0 < pair[part] < K
    # a place that holds all victims is the whole, whose missing ages the quality table tells
    truth = {
        place: dict(zip(PARTS, pair, strict=True))
        for place, pair in parts.items()
        if sum(pair) < sum(parts["whole", "00"])
    }
    for (place, part), (least, most) in bounds_of(parts, above, told).items():
        # larger parts are hidden for the sake of the small ones
        if part == "total" or 0 < truth.get(place, {}).get(part, 0) < K:
            assert most - least > 1 - 1e-6, (place, part)
