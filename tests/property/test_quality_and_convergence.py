"""Quality and convergence: what must hold whatever was delivered."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.core import Text
from testigo.records import (
    ACCEPTED,
    COUNTS,
    DELIVERIES,
    FLAGS,
    INDICATORS,
    SET_ASIDE,
    UNMATCHED_PLACES,
    Ingested,
    Source,
    compare_sources,
    describe_quality,
)

STATUSES = [name for name in ACCEPTED.arrow.names if name.endswith("_status")]


def source(name: str) -> Source:
    return Source(
        id=name,
        name=Text(es=name, en=name),
        kind="records",
        family="press",
        files=("x.csv",),
        columns={},
    )


@st.composite
def victims(draw: st.DrawFn) -> dict[str, object]:
    day = draw(st.none() | st.dates(date(2019, 12, 1), date(2021, 2, 1)))
    precision = draw(st.sampled_from(["day", "month", "year"])) if day else "unknown"
    status = st.sampled_from(["stated", "unknown", "not_collected", "withheld"])
    late = draw(st.none() | st.integers(-2, 400))
    return {name: draw(status) for name in STATUSES} | {
        "source": "s",
        "file": "x.csv",
        "cell": 0,
        "count": draw(st.integers(0, 3)),
        "date": day,
        "date_precision": precision,
        "area": draw(st.sampled_from(["0101", None])),
        "age": draw(st.none() | st.integers(0, 90)),
        "hour": draw(st.none() | st.integers(0, 23)),
        "lat": draw(st.sampled_from([None, 4.6, 4.61234])),
        "lon": draw(st.sampled_from([None, -74.08123])),
        "weapon": draw(st.sampled_from([None, "Otro", "Arma de fuego"])),
        "registration_date": (day and late is not None and day + timedelta(days=late)) or None,
    }


def card(rows: list[dict[str, object]]) -> pa.Table:
    numbered = [row | {"row": number} for number, row in enumerate(rows)]
    return describe_quality(
        [
            Ingested(
                source=source("s"),
                accepted=pa.Table.from_pylist(numbered, schema=ACCEPTED.arrow),
                set_aside=SET_ASIDE.arrow.empty_table(),
                flags=FLAGS.arrow.empty_table(),
                deliveries=DELIVERIES.arrow.empty_table(),
                unmatched_places=UNMATCHED_PLACES.arrow.empty_table(),
                notes=(),
            )
        ]
    )


@given(rows=st.lists(victims(), max_size=8), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_indicator(rows: list[dict[str, object]], order) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)

    assert card(rows).equals(card(shuffled))


@given(rows=st.lists(victims(), max_size=8))
def test_shares_are_shares_and_every_verdict_follows_from_its_line(
    rows: list[dict[str, object]],
) -> None:
    for line in card(rows).to_pylist():
        indicator = INDICATORS[line["indicator"]]
        if line["unit"] == "share":
            assert 0 <= line["value"] <= 1
        assert line["threshold"] == indicator.threshold_of(line["field"])
        assert line["met"] == indicator.judge(line["value"], line["field"])


@given(rows=st.lists(victims().filter(lambda row: row["date"] is not None), max_size=8))
def test_the_years_weighed_by_their_victims_make_the_whole(rows: list[dict[str, object]]) -> None:
    """Where every victim has a date; one without is in the whole and in no year."""
    everyone: dict[str, int] = {}
    for row in rows:
        year = str(row["date"].year)
        everyone[year] = everyone.get(year, 0) + row["count"]
    shares = {
        line["period"]: line["value"]
        for line in card(rows).to_pylist()
        if (line["indicator"], line["field"]) == ("missing_share", "sex")
    }

    weighed = sum(shares.get(year, 0) * number for year, number in everyone.items())
    assert shares.get("all", 0) * sum(everyone.values()) == pytest.approx(weighed)


@st.composite
def cells(draw: st.DrawFn) -> list[dict[str, object]]:
    found = {}
    for _ in range(draw(st.integers(0, 12))):
        key = (
            draw(st.sampled_from("abc")),
            draw(st.sampled_from(["MX", "?"])),
            draw(st.sampled_from(["2019", "2020", "2020-01", "2020-02", "?"])),
        )
        found[key] = draw(st.integers(0, 5))
    return [
        {
            "source": name,
            "area_level": "whole",
            "area": area,
            "period": period,
            "victims": number,
            "months_covered": 12,
        }
        for (name, area, period), number in found.items()
    ]


@given(given_cells=cells())
def test_turning_the_sources_round_turns_the_pairs_and_nothing_else(
    given_cells: list[dict[str, object]],
) -> None:
    counts = COUNTS.table(given_cells)
    sources = [source(name) for name in "abc"]
    there = compare_sources(counts, sources).to_pylist()
    back = compare_sources(counts, sources[::-1]).to_pylist()

    turned = {
        (line["period"], line["source_b"], line["source_a"]): (
            line["count_b"],
            line["count_a"],
            line["relative_difference"],
            line["ratio"],
            line["met"],
        )
        for line in back
    }
    assert turned == {
        (line["period"], line["source_a"], line["source_b"]): (
            line["count_a"],
            line["count_b"],
            line["relative_difference"],
            line["ratio"],
            line["met"],
        )
        for line in there
    }
