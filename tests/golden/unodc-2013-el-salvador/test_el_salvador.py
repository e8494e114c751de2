"""Homicides of El Salvador 1995-2012: two rates do not belong to their counts (SOURCE.md)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from testigo.core import Text
from testigo.records import ACCEPTED, COUNTS, Source
from testigo.records.consistency.engine import find_inconsistencies
from testigo.records.consistency.implied_population import Jump, find_jumps
from testigo.records.consistency.model import Inconsistencies
from testigo.records.consistency.overrides import blocked

TABLE = Path(__file__).parent / "homicides.csv"
STATUSES = ("sex", "age", "age_group", "hour", "place", "weapon", "location_type", "occupation")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def jumps(rows: list[dict[str, str]]) -> tuple[Jump, ...]:
    return find_jumps(
        [int(row["year"]) for row in rows],
        [int(row["homicides"]) for row in rows],
        [float(row["rate"]) for row in rows],
        decimals=1,
    )


@pytest.fixture(scope="module")
def found(rows: list[dict[str, str]]) -> Inconsistencies:
    source = Source(
        id="police",
        name=Text(es="Policía Nacional Civil", en="National police"),
        kind="tallies",
        family="criminal_justice",
        files=("homicides.csv",),
        columns={"year": "year", "value": "homicides", "rate": "rate"},
        area_level="whole",
    )
    return find_inconsistencies(
        sources=(source,),
        ingested=(),
        counts=COUNTS.arrow.empty_table(),
        accepted=ibis.memtable(_accepted(rows)),
        claims=(),
        overrides=(),
    )


def _accepted(rows: list[dict[str, str]]) -> pa.Table:
    unknown = {f"{name}_status": "not_collected" for name in STATUSES}
    return ACCEPTED.table(
        [
            {
                "source": "police",
                "file": "homicides.csv",
                "row": number,
                "cell": 0,
                "count": int(row["homicides"]),
                "date": date(int(row["year"]), 1, 1),
                "date_precision": "year",
                "rate": float(row["rate"]),
                "rate_decimals": len(row["rate"].partition(".")[2]),
            }
            | unknown
            for number, row in enumerate(rows, start=2)
        ]
    )


def test_error_for_2012_warning_for_2011_and_nothing_else(found: Inconsistencies) -> None:
    findings = found.findings.select(["where", "rule", "severity", "found", "expected"]).to_pylist()

    assert [tuple(finding.values()) for finding in findings] == [
        ("2012", "C01", "error", "32.0", "41.2 / 2001"),
        ("2011", "C02", "warning", "70.2", "69.2 / 4370"),
    ]
    assert blocked(found.findings) == {"police"}


def test_both_repairs_are_told_in_both_languages(found: Inconsistencies) -> None:
    worst = found.findings.slice(0, 1).to_pylist()[0]

    assert "41.2" in worst["explanation"]
    assert "2,001" in worst["explanation"]
    assert "41,2" in worst["explanation_es"]
    assert "2001" in worst["explanation_es"]


def test_residuals_are_those_of_the_worked_check(jumps: tuple[Jump, ...]) -> None:
    assert [(jump.year, round(jump.residual, 2)) for jump in jumps] == [
        (2012, 26.39),
        (2011, -1.33),
    ]


def test_trend_uses_the_years_that_were_not_flagged(jumps: tuple[Jump, ...]) -> None:
    trend = {jump.year: (round(jump.trend), round(jump.repaired_rate, 1)) for jump in jumps}

    assert trend == {2012: (6_253_419, 41.2), 2011: (6_224_668, 69.2)}


def test_implied_population_of_the_two_years(jumps: tuple[Jump, ...]) -> None:
    assert {jump.year: round(jump.implied) for jump in jumps} == {2012: 8_050_000, 2011: 6_136_752}


def test_thresholds_are_half_a_per_cent_and_the_rounding(jumps: tuple[Jump, ...]) -> None:
    assert [jump.threshold for jump in jumps] == pytest.approx(
        [0.5 + 100 * 0.05 / 32.0, 0.5 + 100 * 0.05 / 70.2]
    )


def test_order_of_the_rows_changes_nothing(rows: list[dict[str, str]]) -> None:
    backwards = rows[::-1]

    found = find_jumps(
        [int(row["year"]) for row in backwards],
        [int(row["homicides"]) for row in backwards],
        [float(row["rate"]) for row in backwards],
        decimals=1,
    )

    assert [jump.year for jump in found] == [2012, 2011]


def test_without_the_two_years_nothing_is_flagged(rows: list[dict[str, str]]) -> None:
    """The false-positive test: 2003 passes, and so does 1995."""
    clean = [row for row in rows if int(row["year"]) < 2011]

    assert not find_jumps(
        [int(row["year"]) for row in clean],
        [int(row["homicides"]) for row in clean],
        [float(row["rate"]) for row in clean],
        decimals=1,
    )
