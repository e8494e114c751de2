from __future__ import annotations

from datetime import date

import ibis
import pyarrow as pa
import pytest

from testigo.core import UsageError
from testigo.estimation import poisson_rate, standardise_directly, standardise_rates
from testigo.records import ACCEPTED

BANDS = ("0-14", "15-29", "30+")
WEIGHTS = (26.15, 24.62, 49.26)  # of the WHO standard, gathered into these groups


def accepted(*rows: dict):
    """Rows of ACCEPTED, with what a test does not care about filled in."""
    blank = {column.name: None for column in ACCEPTED.columns}
    blank |= {
        column.name: "unknown" for column in ACCEPTED.columns if column.name.endswith("_status")
    }
    usual = blank | {
        "source": "police", "file": "x.csv", "cell": 0, "count": 1, "date": date(2010, 1, 1),
        "date_precision": "year", "area": "0101", "parent": "01",
    }  # fmt: skip
    filled = [usual | {"row": number} | row for number, row in enumerate(rows)]
    return ibis.memtable(ACCEPTED.table(filled))


@pytest.fixture(scope="module")
def residents(population):
    """Ages of 01 and of the whole in 2010."""
    ages = dict(zip(BANDS, (300_000, 250_000, 450_000), strict=True))
    return pa.concat_tables(
        population((area, 2010, people), age_group=band)
        for area in ("01", "XX")
        for band, people in ages.items()
    )


def test_rates_are_those_of_the_strata(residents, source):
    rows = accepted(
        {"count": 30, "age_group": "0-14"},
        {"count": 200, "age_group": "15-29"},
        {"count": 90, "age_group": "30+"},
    )
    table = standardise_rates(rows, residents, [source("police")])
    by_hand = standardise_directly([[30, 200, 90]], [[300_000, 250_000, 450_000]], WEIGHTS)

    assert {row["area"] for row in table.to_pylist()} == {"01", "XX"}
    for row in table.to_pylist():
        assert row["rate"] == pytest.approx(by_hand.rate[0])
        assert row["rate_low"] == pytest.approx(by_hand.low[0])
        assert row["rate_high"] == pytest.approx(by_hand.high[0])
        assert row["crude_rate"] == pytest.approx(32)
        assert (row["victims"], row["victims_age_unknown"]) == (320, 0)
        assert (row["period"], row["standard"]) == ("2010", "who_2000_2025")
        assert (row["verdict"], row["reasons"]) == ("publish", "")


def test_single_years_and_wider_groups_are_placed_or_told_apart(residents, source):
    rows = accepted(
        {"count": 20, "age": 14},
        {"count": 10, "age": 15},
        {"count": 5, "age_group": "0-17"},
        {"count": 4},
    )
    row = standardise_rates(rows, residents, [source("police")]).to_pylist()[0]

    assert (row["victims"], row["victims_age_unknown"]) == (30, 9)
    assert row["reasons"] == "age_often_unknown"
    assert row["crude_rate"] == pytest.approx(3)


def test_a_source_that_tells_no_ages_has_no_line(residents, source):
    rows = accepted({"count": 30}, {"count": 9, "age_group": "0-17"})

    assert standardise_rates(rows, residents, [source("police")]).num_rows == 0


def test_a_source_of_files_has_no_line(residents, source):
    rows = accepted({"count": 30, "age": 20})

    assert standardise_rates(rows, residents, [source("police", unit="file")]).num_rows == 0


def test_without_ages_in_the_population_there_is_nothing(population, source):
    rows = accepted({"count": 30, "age": 20})

    assert standardise_rates(rows, population(("01", 2010, 5)), [source("police")]).num_rows == 0


def test_the_part_of_a_year_at_either_end_is_left_out(population, source):
    people = pa.concat_tables(
        population(("XX", year, 1_000_000), age_group=band)
        for band in BANDS
        for year in (2009, 2010, 2011)
    )
    months = [(2009, month) for month in range(4, 13)]
    months += [(2010, month) for month in range(2, 12)]  # quiet months inside are no gap
    months += [(2011, month) for month in range(1, 4)]
    rows = accepted(
        *(
            {"count": 5, "age": 20, "date": date(*month, 1), "date_precision": "month"}
            for month in months
        )
    )

    table = standardise_rates(rows, people, [source("police")])

    assert table["period"].to_pylist() == ["2010"]


def test_an_age_group_without_residents_is_not_estimable(population, source):
    people = pa.concat_tables(
        population(("01", 2010, 0 if band == "30+" else 9_000), age_group=band) for band in BANDS
    )
    row = standardise_rates(accepted({"count": 30, "age": 20}), people, [source("police")])

    (row,) = row.to_pylist()
    assert (row["rate"], row["rate_low"], row["rate_high"], row["crude_rate"]) == (None,) * 4
    assert (row["verdict"], row["reasons"]) == ("refuse", "age_population_zero")


def test_a_standard_that_we_do_not_have_is_refused(residents, source):
    with pytest.raises(UsageError, match="who_2000_2025"):
        standardise_rates(accepted(), residents, [source("police")], standard="mars")


def test_the_crude_rate_agrees_with_the_exact_one(residents, source):
    rows = accepted({"count": 37, "age": 20})
    row = standardise_rates(rows, residents, [source("police")]).to_pylist()[0]

    assert row["crude_rate"] == pytest.approx(poisson_rate([37], [1_000_000]).rate[0])
