"""C24: records that look like one victim."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from testigo.records.consistency.duplicates import check_duplicates


def record(day: int, age: int | None = 30, **more: object) -> dict[str, object]:
    stated = {"sex": "male", "sex_status": "stated", "weapon": "knife", "area": "01"}
    return stated | {"date": date(2020, 1, 1) + timedelta(day), "age": age} | more


@pytest.fixture
def check(a_source, accepted, evidence):
    def run(*records: dict[str, object], kind: str = "records"):
        source = a_source(kind=kind, columns={})
        return check_duplicates(evidence([source], accepted(records)))

    return run


@pytest.mark.parametrize(
    "other",
    [record(0), record(1), record(0, 31), record(0, 29), record(1, 31), record(1, 29)],
    ids=str,
)
def test_dates_and_ages_one_apart_are_a_pair(check, other: dict[str, object]) -> None:
    (finding,) = check(record(0), other)

    assert (finding.rule, finding.found, finding.expected) == ("C24", "1", "0")


@pytest.mark.parametrize(
    "other",
    [
        record(2), record(0, 32), record(0, sex="female"), record(0, weapon="gun"),
        record(0, area="02"), record(0, None), record(0, area=None),
        record(0, sex_status="unknown"), record(0, date_precision="month"),
        record(0, weapon=None),
    ],
    ids=str,
)  # fmt: skip
def test_anything_else_apart_is_no_pair(check, other: dict[str, object]) -> None:
    assert check(record(0), other) == []


def test_three_alike_are_three_pairs(check) -> None:
    (finding,) = check(record(0), record(0), record(0))

    assert finding.found == "3"


def test_unknown_weapons_are_alike(check) -> None:
    assert len(check(record(0, weapon=None), record(0, weapon=None))) == 1


def test_tallies_are_not_records(check) -> None:
    assert check(record(0), record(0), kind="tallies") == []


def test_a_crowded_city_makes_pairs_by_chance_and_no_warning(check) -> None:
    random = np.random.default_rng(1)
    days, ages = random.integers(0, 365, 3_000), random.integers(18, 40, 3_000)
    (finding,) = check(*map(record, days.tolist(), ages.tolist()))

    assert finding.severity == "info"
    assert float(finding.found) == pytest.approx(float(finding.expected), rel=0.1)


def test_records_written_twice_stand_out_from_chance(check) -> None:
    random = np.random.default_rng(1)
    days, ages = random.integers(0, 365, 600), random.integers(18, 40, 600)
    records = [*map(record, days.tolist(), ages.tolist())]
    (finding,) = check(*records, *records[:200])

    assert finding.severity == "warning"


def test_pairs_are_those_of_a_plain_count(check) -> None:
    random = np.random.default_rng(2)
    days, ages = random.integers(0, 20, 60).tolist(), random.integers(20, 30, 60).tolist()
    (finding,) = check(*map(record, days, ages))

    pairs = sum(
        abs(days[i] - days[j]) <= 1 and abs(ages[i] - ages[j]) <= 1
        for i in range(60)
        for j in range(i)
    )
    assert finding.found == str(pairs)
