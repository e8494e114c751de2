"""Who can run the program on every table that agrees with what is published reads no small count.

The attacker knows the published tables, the method, the seed and the code. They write down every
table of overlaps that fits the published numbers, ask the program for its answer on each, and keep
those whose answer is the published one.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import (
    ESTIMATED_RATES,
    ESTIMATES,
    SENSITIVITY,
    CaptureHistories,
    estimate_total,
)
from testigo.estimation.systems.estimate_rows import estimate_row
from testigo.linkage import count_overlaps
from testigo.publication import SMALLEST, STRATA, TABLES, DisclosurePolicy, protect
from testigo.records import Source

K = 5
LISTS = ("police", "ngo", "press")
PATTERNS = np.array([held for held in product((0, 1), repeat=3) if any(held)])
CATALOGUE = AreaCatalogue({"X": Area("X", "x", "whole", None)}, closed=False)
SOURCES = tuple(
    Source(
        id=name,
        name=Text(name, name),
        kind="records",
        family="press",
        files=(f"{name}.csv",),
        columns={},
    )
    for name in LISTS
)
few_or_many = st.one_of(st.integers(0, 9), st.integers(10, 40))
Rows = list[dict[str, object]]


def histories_of(cells: np.ndarray) -> CaptureHistories:
    return CaptureHistories.of(LISTS, PATTERNS[cells > 0], cells[cells > 0])


def answer(cells: np.ndarray, method: str = "lower-bound") -> dict[str, object]:
    """Ask the program for a method that is a formula of the overlaps."""
    estimate = estimate_total(histories_of(cells), seed=1, method=method)
    return estimate_row(int(cells.sum()), "year=2020", estimate, 0.95)


def publish(cells: np.ndarray, row: dict[str, object], tables: int = 0) -> dict[str, Rows]:
    """Protect what the program knows of one table of private lists."""
    moved = {name: row[name] for name in ("stratum", "level", "verdict", "reasons")}
    moved |= {"kind": "list_left_out", "setting": "ngo", "strata": 1, "strata_refused": 0}
    moved |= dict.fromkeys(
        ("median", "low", "high", "usual", "usual_low", "usual_high"), row["median"]
    )
    moved |= {"recorded": row["observed"], "recorded_refused": 0}
    rate = {"area": "X", "area_level": "whole", "period": "2020", "population_series": "census"}
    rate |= {"population": 200_000.0, "level": 0.95, "verdict": row["verdict"]}
    for at, name in (("", "median"), ("_low", "low"), ("_high", "high")):
        people = row[name]
        rate[f"victims{at}"] = people
        rate[f"rate{at}"] = None if people is None else float(str(people)) / 2
    given_tables = {
        "links": count_overlaps(PATTERNS, cells, lists=LISTS),
        "estimates": ESTIMATES.table([row]),
        "sensitivity": SENSITIVITY.table(
            [{name: moved.get(name) for name in SENSITIVITY.arrow.names}]
        ),
        "estimated_rates": ESTIMATED_RATES.table([rate]),
        STRATA: pa.table(
            {
                "stratum": ["year=2020"],
                SMALLEST: [int(cells[cells > 0].min())],
                TABLES: [tables],
                "of_year": ["2020"],
            }
        ),
    }
    published = protect(
        given_tables, sources=SOURCES, catalogue=CATALOGUE, policy=DisclosurePolicy(K)
    )
    return {name: table.to_pylist() for name, table in published.items()}


def tables_of_size(on_list: tuple[int, ...], people: int) -> np.ndarray:
    """Write down all tables with so many people on each list and in all, shape (table, 7)."""
    several = sum(on_list) - people
    one, two, three = (axis.ravel() for axis in np.indices((several + 1,) * 3))
    all_three = (several - one - two - three) // 2
    pairs = (two + three, one + three, one + two)
    police, ngo, press = (
        on - others - all_three for on, others in zip(on_list, pairs, strict=True)
    )
    found = np.column_stack([press, ngo, one, police, two, three, all_three])
    return found[(found >= 0).all(axis=1) & ((several - one - two - three) % 2 == 0)]


def tables_that_fit(links: Rows) -> np.ndarray:
    """Write down every table that the published counts allow; none where a list is not told."""
    counts = {(row["measure"], row["lists"]): row["count"] for row in links}
    on_list = [counts["victims_of_list", name] for name in LISTS]
    people = counts["victims", " ".join(LISTS)]
    if None in (*on_list, people):
        return np.zeros((0, len(PATTERNS)), dtype=np.int64)
    found = tables_of_size(tuple(int(str(each)) for each in on_list), int(str(people)))
    for at, held in enumerate(PATTERNS):
        count = counts.get(("victims_on_exactly", " ".join(np.array(LISTS)[held == 1])), 0)
        found = found[found[:, at] >= 1 if count is None else found[:, at] == count]
    for (measure, lists), count in counts.items():
        if measure == "victims_on_both" and count is not None:
            both = [LISTS.index(name) for name in str(lists).split()]
            found = found[found @ PATTERNS[:, both].all(axis=1) == count]
    return found


@st.composite
def overlaps(draw: st.DrawFn) -> np.ndarray:
    return np.array([draw(few_or_many) for _ in PATTERNS])


@given(overlaps(), st.sampled_from(["lower-bound", "independence"]))
@settings(max_examples=30, deadline=None)
def test_of_a_table_with_a_hidden_overlap_no_fit_is_told(cells: np.ndarray, method: str) -> None:
    if not cells.any():
        return
    row = answer(cells, method)

    published = publish(cells, row)

    (told,), (moved,), (rate,) = (published[name] for name in
                                  ("estimates", "sensitivity", "estimated_rates"))  # fmt: skip
    numbers = {name: value for line in (told, moved, rate) for name, value in line.items()
               if isinstance(value, float) and name not in {"level", "population"}}  # fmt: skip
    hidden = any(one["count"] is None for one in published["links"])
    if hidden or cells[cells > 0].min() < K:
        assert numbers == {}
        assert not moved.get("recorded")
        assert "=" not in told["measured"] or told["high"] is row["high"] is None
    else:  # whoever knows all overlaps knows what the program says of them
        assert (told["median"], told["high"]) == (row["median"], row["high"])
        assert told["measured"] == row["measured"]


@given(st.lists(st.integers(1, 20), min_size=7, max_size=7))
@settings(max_examples=20, deadline=None)
def test_no_small_overlap_is_left_alone_by_verdict_and_reasons(drawn: list[int]) -> None:
    cells = np.array(drawn)
    published = publish(cells, answer(cells))
    (told,) = published["estimates"]
    tables = tables_that_fit(published["links"])[:400]
    if not len(tables) or told["reasons"] == "suppressed":
        return

    alike = tables[[answer(other)["reasons"] == told["reasons"] for other in tables]]
    for at in np.flatnonzero((cells > 0) & (cells < K)):
        assert len(np.unique(alike[:, at])) > 1


def test_two_significant_digits_would_give_small_overlaps_away() -> None:
    """Why a fit to a table that can be guessed is not told at all: docs/decisions/0018."""
    tables = tables_of_size((50, 25, 10), 64)
    told = [_two_digits(answer(cells)) for cells in tables]
    small = pinned = 0
    for cells, answered in zip(tables, told, strict=True):
        if answered is None:
            continue
        like = tables[[one == answered for one in told]]
        few = (cells > 0) & (cells < K)
        small += few.any()
        pinned += bool((few & (like == cells).all(axis=0)).any())
    assert small > 50
    assert pinned > small / 4


@given(overlaps(), st.integers(K, 20))
@settings(max_examples=20, deadline=None)
def test_a_fit_to_draws_that_nobody_has_is_told_in_steps(cells: np.ndarray, tables: int) -> None:
    if not cells.any():
        return
    row = answer(cells)

    published = publish(cells, row, tables)

    (told,), (moved,), (rate,) = (published[name] for name in
                                  ("estimates", "sensitivity", "estimated_rates"))  # fmt: skip
    hidden = any(one["count"] is None for one in published["links"])
    if told["high"] is None or not (hidden or cells[cells > 0].min() < K):
        return
    low, median, high = (float(str(told[name])) for name in ("low", "median", "high"))
    assert low <= row["low"] <= row["high"] <= high  # type: ignore[operator]
    assert low >= told["observed"]
    assert all(number % 1 == 0 for number in (low, median, high))
    assert moved["median"] is None  # of one table, the one whose overlaps are published
    assert rate["rate"] == rate["victims"] / 2  # no other digits of the same answer


def _two_digits(row: dict[str, object]) -> tuple[str, ...] | None:
    if row["high"] is None:
        return None
    return tuple(f"{float(str(row[name])):.1e}" for name in ("median", "low", "high"))
