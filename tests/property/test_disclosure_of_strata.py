"""An attacker with all published strata, their sum and the counts cannot pin a hidden stratum.

What the fits of strata tell is in test_disclosure_of_fits.py.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import ESTIMATED_RATES, ESTIMATES, SENSITIVITY
from testigo.linkage import count_overlaps
from testigo.publication import DisclosurePolicy, protect
from testigo.records import COUNTS, Source

K = 5
CATALOGUE = AreaCatalogue(
    {"X": Area("X", "x", "whole", None)}
    | {f"a{at}": Area(f"a{at}", "a", "area", "X") for at in range(7)}
)
SOURCES = tuple(
    Source(
        id=name,
        name=Text(name, name),
        kind="records",
        family="press",
        files=(f"{name}.csv",),
        columns={},
        published=False,
    )
    for name in ("police", "ngo")
)
victims = st.one_of(st.integers(1, 9), st.integers(1, 400))


def estimate(stratum: str, observed: int) -> dict[str, object]:
    thin = observed < 50
    return {
        "stratum": stratum,
        "method": "latent-class",
        "observed": observed,
        "median": None if thin else observed * 1.5,
        "low": None if thin else observed * 1.2,
        "high": None if thin else observed * 2.0,
        "level": 0.95,
        "verdict": "refuse" if thin else "publish",
        "reasons": "too_few_people too_few_on_several_lists" if thin else "",
        "measured": f"too_few_people={observed}/50 too_few_on_several_lists=2/20" if thin else "",
    }


def assumption(row: dict[str, object]) -> dict[str, object]:
    moved = {"kind": "classes", "setting": "20", "recorded": row["observed"], "strata": 1}
    return {name: (row | moved).get(name, 0) for name in SENSITIVITY.arrow.names}


def rate(stratum: str, observed: int) -> dict[str, object]:
    numbers = dict.fromkeys(("victims", "victims_low", "victims_high"), 1.5 * observed)
    numbers |= dict.fromkeys(("rate", "rate_low", "rate_high"), 0.75 * observed)
    return {
        "area": stratum[5:7],
        "area_level": "area",
        "period": "2020",
        "population_series": "census",
        "population": 200_000.0,
        "level": 0.95,
        "verdict": "warn",
    } | numbers


def count(source: str, area: str, number: int) -> dict[str, object]:
    return {
        "source": source,
        "area_level": "area" if area != "X" else "whole",
        "area": area,
        "period": "2020",
        "victims": number,
        "months_covered": 12,
    }


@settings(max_examples=40)
@given(
    st.lists(st.tuples(victims, st.floats(0.1, 1.0), st.floats(0.1, 1.0)), min_size=1, max_size=7)
)
def test_no_hidden_stratum_can_be_worked_out(drawn: list[tuple[int, float, float]]) -> None:
    observed = {f"area=a{at} year=2020": number for at, (number, _, _) in enumerate(drawn)}
    rows = [estimate("", sum(observed.values()))] if len(drawn) > 1 else []
    rows += [estimate(*each) for each in observed.items()]
    cells = {
        source: [max(1, round(share[at] * share[0])) for share in drawn]
        for at, source in enumerate(("police", "ngo"), start=1)
    }
    counts = [
        count(source, f"a{at}", number)
        for source, numbers in cells.items()
        for at, number in enumerate(numbers)
    ] + [count(source, "X", sum(numbers)) for source, numbers in cells.items()]

    published = protect(
        {
            "estimates": ESTIMATES.table(rows),
            "sensitivity": SENSITIVITY.table([assumption(row) for row in rows]),
            "estimated_rates": ESTIMATED_RATES.table([rate(*each) for each in observed.items()]),
            "counts": COUNTS.table(counts),
            "strata": pa.Table.from_pylist(
                [
                    {
                        "stratum": name,
                        "of_area": name[5:7],
                        "of_year": "2020",
                        "smallest": 1,
                        "tables": 20,
                    }
                    for name in observed
                ]
            ),
        },
        sources=SOURCES,
        catalogue=CATALOGUE,
        policy=DisclosurePolicy(K),
    )
    told = {row["stratum"]: row for row in published["estimates"].to_pylist()}
    of_lists: dict[str, list[int | None]] = {}
    for row in published["counts"].to_pylist():
        of_lists.setdefault(f"area={row['area']} year=2020", []).append(row["victims"])

    hidden = [name for name in observed if told[name]["value_status"] == "suppressed"]
    silent = {f"area={row['area']} year=2020" for row in published["estimated_rates"].to_pylist()
              if row["rate"] is None}  # fmt: skip
    assert silent >= set(hidden)
    for row in published["sensitivity"].to_pylist():
        assert row["stratum"] == "" or row["median"] is None
        assert row.get("recorded") in {None, told.get("", {}).get("observed")}
        assert not hidden or row["median"] is None or told[""]["observed"] is not None
    for name, number in observed.items():
        row = told[name]
        assert "several_lists=/" in row["measured"] or "several" not in row["measured"]
        if name in hidden:
            assert [row[column] for column in ("observed", "median", "low", "high")] == [None] * 4
            assert row["reasons"] == "suppressed"
            continue
        assert row["observed"] == number >= K
        stated = [cell for cell in of_lists[name] if cell is not None]
        assert not any(0 < number - cell < K for cell in stated)
        unseen = len(of_lists[name]) - len(stated)
        assert not unseen or number - sum(stated) <= unseen  # a hidden list holds somebody anyway
    total = told.get("", {}).get("observed")
    if total is not None and hidden:
        rest = total - sum(number for name, number in observed.items() if name not in hidden)
        for at in range(len(hidden)):
            least, most = (
                sign * linprog(sign * np.eye(len(hidden))[at], A_eq=[[1.0] * len(hidden)],
                               b_eq=[rest], bounds=(1, None)).fun
                for sign in (1, -1)
            )  # fmt: skip
            assert most - least >= K - 1e-6


@given(st.lists(victims, min_size=1, max_size=6))
def test_of_public_lists_nothing_is_hidden(numbers: list[int]) -> None:
    rows = [estimate(f"year={2000 + at}", number) for at, number in enumerate(numbers)]
    links = count_overlaps(np.ones((1, 2), int), np.array([sum(numbers)]), lists=("police", "ngo"))

    published = protect(
        {"estimates": ESTIMATES.table(rows), "links": links},
        sources=[replace(source, published=True) for source in SOURCES],
        catalogue=CATALOGUE,
        policy=DisclosurePolicy(K),
    )["estimates"].to_pylist()

    assert [row["observed"] for row in published] == numbers
    assert [row["measured"] for row in published] == [row["measured"] for row in rows]
    assert {row["value_status"] for row in published} <= {"stated", "not_estimable"}
