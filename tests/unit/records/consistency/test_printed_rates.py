"""C01, C02, C08 on deliveries that print rates."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from testigo.records.consistency.implied_population import find_jumps
from testigo.records.consistency.printed_rates import check_rate_base, check_rates
from testigo.records.consistency.printed_series import read_printed_series

POPULATION = {year: 5_000_000 * 1.01 ** (year - 2000) for year in range(2000, 2012)}


@pytest.fixture
def whole(a_source):
    return a_source(area_level="whole")


def printed(rates: dict[int, float], **more: object) -> list[dict[str, object]]:
    """Rows of 2,000 victims a year with the right rate, but for the years given."""
    return [
        {
            "year": year,
            "count": 2000,
            "rate": rates.get(year, round(100_000 * 2000 / people, 1)),
            "rate_decimals": 1,
        }
        | more
        for year, people in POPULATION.items()
    ]


def test_a_smooth_population_gives_no_finding(whole, accepted, evidence) -> None:
    seen = evidence([whole], accepted(printed({})))

    assert check_rates(seen) == []


def test_a_wrong_rate_is_an_error_and_names_its_area(whole, accepted, evidence) -> None:
    seen = evidence([whole], accepted(printed({2005: 27.7}, area="07")))
    (finding,) = check_rates(seen)

    assert (finding.rule, finding.where, finding.severity) == ("C01", "07 2005", "error")
    assert finding.found == "27.7"
    # 2,000 over 5,255,050 residents; 27.7 x 5,255,050 / 100,000 = 1,455.6
    rate, victims = (float(number) for number in finding.expected.split(" / "))
    assert (rate, victims) == (38.1, pytest.approx(1455.6, abs=1))


def test_a_small_slip_is_a_warning_of_c02(whole, accepted, evidence) -> None:
    (finding,) = check_rates(evidence([whole], accepted(printed({2005: 38.5}))))

    assert (finding.where, finding.severity, finding.found) == ("2005", "warning", "38.5")


def test_final_zeros_lost_on_the_way_do_not_coarsen_the_series(whole, accepted, evidence) -> None:
    rows = printed({2005: 38.5})
    rows[-1]["rate_decimals"] = 0  # 35.0 delivered as 35
    (series,) = read_printed_series(evidence([whole], accepted(rows)))

    assert series.decimals == 1
    assert len(check_rates(evidence([whole], accepted(rows)))) == 1


def test_decimals_that_nobody_counted_are_read_off_the_rates(whole, accepted, evidence) -> None:
    rows = [row | {"rate_decimals": None} for row in printed({})]
    (series,) = read_printed_series(evidence([whole], accepted(rows)))

    assert series.decimals == 1


def test_a_row_of_unknown_place_has_no_population(a_source, accepted, evidence) -> None:
    rows = accepted([*printed({}, area="07"), *printed({})])
    series = read_printed_series(evidence([a_source()], rows))

    assert [one.label for one in series] == ["07"]


def test_fewer_than_six_years_say_nothing() -> None:
    assert find_jumps(range(5), [10] * 5, [1.0, 1.0, 9.0, 1.0, 1.0], decimals=1) == ()


def test_years_of_zero_victims_and_monthly_rates_are_left_out(whole, accepted, evidence) -> None:
    rows = [*printed({}), {"year": 2012, "count": 0, "rate": 0.0, "rate_decimals": 1}]
    month = {"count": 9, "rate": 99.0, "rate_decimals": 1, "date_precision": "month"}
    (series,) = read_printed_series(evidence([whole], accepted([*rows, month])))

    assert [rate.year for rate in series.rates] == list(POPULATION)


def test_a_year_with_two_rates_is_told_and_not_checked(whole, accepted, evidence) -> None:
    rows = [*printed({}), *printed({2005: 99.9})[5:6]]
    (finding,) = check_rates(evidence([whole], accepted(rows)))

    assert (finding.severity, finding.found) == ("info", "2005")


def test_a_printed_population_is_used_to_recompute(whole, accepted, evidence) -> None:
    rows = printed({2005: 32.0})
    rows = [row | {"population": POPULATION[int(str(row["year"]))]} for row in rows]
    (finding,) = check_rates(evidence([whole], accepted(rows)))

    assert (finding.where, finding.expected) == ("2005", "38.1 / 1682")
    assert "the source prints" in str(finding.explanation)


@pytest.mark.parametrize(("factor", "shown"), [(0.01, "0.01"), (10, "10")])
def test_a_rate_of_another_base_is_an_error_of_c08_once(
    whole, accepted, evidence, factor, shown
) -> None:
    rows = [
        row | {"rate": float(str(row["rate"])) * factor, "rate_decimals": 3}
        | {"population": POPULATION[int(str(row["year"]))]}
        for row in printed({})
    ]  # fmt: skip
    seen = evidence([whole], accepted(rows))
    (finding,) = check_rate_base(seen)

    assert (finding.rule, finding.severity) == ("C08", "error")
    assert f"factor near {shown}" in str(finding.explanation)
    assert check_rates(seen) == []


def test_published_series_of_the_region_pass(shared: Path) -> None:
    """UNODC/OAS 1995-2011, 69.2 for El Salvador 2011: the table corrected, nothing to find."""
    path = shared / "central_america" / "un_country_year_homicides_1995_2010.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    countries = {row["Country or Area"] for row in rows}

    flagged = {
        country: find_jumps(
            [int(row["Year"]) for row in rows if row["Country or Area"] == country],
            [float(row["Count"]) for row in rows if row["Country or Area"] == country],
            [float(row["Rate"]) for row in rows if row["Country or Area"] == country],
            decimals=1,
        )
        for country in countries
    }

    assert len(countries) == 8
    assert not any(flagged.values())
