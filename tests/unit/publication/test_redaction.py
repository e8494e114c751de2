"""What is hidden in each table, and what must go with it."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from testigo.core import Area, AreaCatalogue
from testigo.estimation import STANDARDISED_RATES, rate_by_area
from testigo.publication import PRINTED_RATES, PUBLISHED, VALUE_STATUSES
from testigo.records import CONSISTENCY, CONSISTENCY_CELLS, COUNTS, QUALITY


def lines(table: pa.Table, **wanted: str) -> list[dict]:
    return [
        row
        for row in table.to_pylist()
        if all(row[name] == value for name, value in wanted.items())
    ]


def test_the_smallest_area_takes_the_cheapest_other_with_it(observatory) -> None:
    counts = lines(observatory.protected()["counts"], source="police", area_level="area")

    hidden = {row["area"] for row in counts if row["value_status"] == "suppressed"}
    assert hidden == {"0101", "?01"}  # 2, and 6 whose place is unknown: fewer than the 7 of 0102
    assert {row["victims"] for row in counts if row["area"] == "0202"} == {0}


def test_a_hidden_count_is_hidden_on_every_population_series(observatory) -> None:
    rates = lines(observatory.protected()["rates"], source="police", area="0101")

    assert [row["population_series"] for row in rates] == ["census", "projection"]
    for row in rates:
        told = ("victims", "rate", "rate_low", "rate_high", "rate_shrunken")
        assert [row[name] for name in told] == [None] * 5
        assert row["population"] > 0
        assert (row["verdict"], row["reasons"]) == ("refuse", "suppressed")
        assert row["value_status"] == "suppressed"


def test_the_five_kinds_of_nothing_stay_apart(observatory) -> None:
    rates = observatory.protected()["rates"]

    def status(source: str, area: str) -> set[str]:
        return {row["value_status"] for row in lines(rates, source=source, area=area)}

    assert status("police", "0101") == {"suppressed"}
    assert status("police", "0202") == {"stated"}  # zero
    assert status("registry", "?01") == {"not_applicable"}  # no place, no residents
    assert {"unknown", "not_collected", "not_estimable"} <= set(VALUE_STATUSES)


def test_a_rate_without_residents_is_not_estimable(observatory) -> None:
    rates = observatory.tables["rates"]
    nothing = pa.nulls(len(rates), pa.float64())
    for name in ("population", "rate", "rate_low", "rate_high", "rate_shrunken"):
        rates = rates.set_column(rates.column_names.index(name), name, nothing)
    at = rates.column_names.index("reasons")
    rates = rates.set_column(at, "reasons", pa.array(["no_population"] * len(rates)))

    protected = observatory.with_tables(rates=rates).protected()["rates"]

    registry = lines(protected, source="registry", area="0101")
    assert {row["value_status"] for row in registry} == {"not_estimable"}


def test_one_hidden_count_hides_all_that_compares_it(observatory) -> None:
    (row,) = lines(observatory.protected()["convergence"], area="0101")

    assert row["count_a"] is None
    assert row["count_b"] == 3
    assert [row[name] for name in ("relative_difference", "ratio", "b_over_a")] == [None] * 3
    assert row["met"] == row["value_status"] == "suppressed"


def test_tables_that_differ_only_in_what_is_hidden_are_published_alike(build_observatory) -> None:
    """0101 and the unknown place hide each other: 2 and 6, or 3 and 5, nobody can tell."""
    police = {"0101": 2, "0102": 7, "0103": 30, "0201": 40, "0202": 0, "?01": 6}
    others = police | {"0101": 3, "?01": 5}

    one, other = (build_observatory(victims).protected() for victims in (police, others))

    for name in ("counts", "rates", "convergence"):
        assert one[name].equals(other[name]), name


def test_shrunken_rates_of_shown_areas_do_not_depend_on_hidden_counts(build_observatory) -> None:
    police = {"0101": 2, "0102": 6, "0103": 30, "0201": 40, "0202": 0, "?01": 90}
    others = police | {"0101": 3, "0102": 5}

    one, other = (build_observatory(victims).protected()["rates"] for victims in (police, others))

    shown = lines(one, source="police", area="0103", population_series="census")
    assert shown[0]["rate_shrunken"] > 0
    assert one.equals(other)


def test_a_rate_of_other_victims_than_the_counts_is_hidden(observatory) -> None:
    """A sum without some areas, beside the whole sum, would give those areas away."""
    rates = observatory.tables["rates"]
    parent = pc.and_(pc.equal(rates["area"], "02"), pc.equal(rates["source"], "police"))
    less = pc.if_else(parent, pc.subtract(rates["victims"], 3), rates["victims"])
    at = rates.column_names.index("victims")

    protected = observatory.with_tables(rates=rates.set_column(at, "victims", less)).protected()

    told = lines(protected["rates"], source="police", area="02")
    assert {row["value_status"] for row in told} == {"suppressed"}


def monthly(victims: dict[tuple[str, str, str], int], source: str = "police") -> pa.Table:
    return COUNTS.table(
        [
            {
                "source": source,
                "area_level": level,
                "area": area,
                "period": period,
                "victims": number,
                "months_covered": 12 if len(period) == 4 else 1,
            }
            for (level, area, period), number in victims.items()
        ]
    )


ONE_A_MONTH = {("area", "0103", "2020"): 8, ("area", "0201", "2020"): 30}
ONE_A_MONTH |= {("area", "0103", f"2020-{month:02d}"): 1 for month in range(1, 9)}
ONE_A_MONTH |= {("area", "0201", f"2020-{month:02d}"): 10 for month in (1, 8, 12)}
ONE_A_MONTH |= {
    ("parent", "01", period): n for (_, a, period), n in ONE_A_MONTH.items() if a[1] == "1"
}
ONE_A_MONTH |= {
    ("parent", "02", period): n for (_, a, period), n in ONE_A_MONTH.items() if a == "0201"
}
ONE_A_MONTH |= {("whole", "00", "2020"): 38, ("whole", "00", "2020-12"): 10}
ONE_A_MONTH |= {("whole", "00", f"2020-{month:02d}"): 11 for month in (1, 8)}
ONE_A_MONTH |= {("whole", "00", f"2020-{month:02d}"): 1 for month in range(2, 8)}


def test_quiet_months_hide_with_small_ones_so_that_the_year_can_be_told(observatory) -> None:
    """One victim in each of eight months: the year may be told, not in which months."""
    alone = observatory.with_tables(counts=monthly(ONE_A_MONTH))

    rows = lines(alone.protected()["counts"], area="0103", source="police")

    told = {row["period"]: row["victims"] for row in rows}
    assert told.pop("2020") == 8
    assert told == {f"2020-{month:02d}": None for month in (*range(1, 9), 12)}
    assert {row["value_status"] for row in rows[1:]} == {"suppressed"}


def test_a_hidden_month_of_a_part_has_no_line_among_the_rates(observatory, residents) -> None:
    """The line alone would tell it from a month without victims."""
    counts = monthly(ONE_A_MONTH)
    rates = rate_by_area(counts, residents, observatory.sources)

    told = observatory.with_tables(counts=counts, rates=rates).protected()["rates"]

    of_parent = lines(told, area="01", population_series="census")
    assert [(row["period"], row["victims"]) for row in of_parent] == [("2020", 8)]


def quality(period: str, value: float | None, met: str = "yes") -> dict[str, object]:
    told = {"source": "police", "indicator": "missing_share", "field": "age", "period": period}
    return told | {"value": value, "unit": "share", "threshold": 0.1, "met": met}


def test_shares_of_a_year_that_is_hidden_as_a_whole_are_hidden(build_observatory) -> None:
    few = dict.fromkeys(("0101", "0102", "0103", "0201", "0202", "?01"), 0) | {"0101": 3}
    table = QUALITY.table([quality("2020", 0.5), quality("all", 0.2), quality("2019", None)])

    told = build_observatory(few).with_tables(quality=table).protected()["quality"].to_pylist()

    assert [(row["period"], row["value"], row["met"], row["value_status"]) for row in told] == [
        ("2019", None, "yes", "unknown"),
        ("2020", None, "suppressed", "suppressed"),
        ("all", None, "suppressed", "suppressed"),  # three people in all
    ]


def standardised(area: str, level: str, stated: int, unknown: int) -> dict[str, object]:
    numbers = {"crude_rate": 20.123, "rate": 21.2345, "rate_low": 10.0, "rate_high": 30.0}
    return {
        "area": area,
        "area_level": level,
        "period": "2020",
        "source": "police",
        "population_series": "census",
        "standard": "who_2000_2025",
        "victims": stated,
        "victims_age_unknown": unknown,
        **numbers,
        "level": 0.95,
        "verdict": "warn",
        "reasons": "age_often_unknown",
    }


LARGE = {"0101": 25, "0102": 27, "0103": 30, "0201": 40, "0202": 0, "?01": 6}


def test_parts_of_a_total_hide_each_other(build_observatory) -> None:
    """Of 0103's 30 two have no age; 0102 is hidden with it, since their parent is told."""
    table = STANDARDISED_RATES.table(
        [
            standardised("0102", "area", 22, 5),
            standardised("0103", "area", 28, 2),
            standardised("0201", "area", 33, 7),
            standardised("02", "parent", 33, 7),
            standardised("01", "parent", 80, 8),
        ]
    )

    protected = build_observatory(LARGE).with_tables(standardised_rates=table).protected()

    rows = {row["area"]: row for row in protected["standardised_rates"].to_pylist()}
    told = {area: (row["victims"], row["victims_age_unknown"]) for area, row in rows.items()}
    nothing = (None, None)
    assert told == {
        "0102": nothing,
        "0103": nothing,
        "0201": (33, 7),
        "01": (80, 8),
        "02": (33, 7),
    }
    assert rows["0103"]["crude_rate"] is rows["0103"]["rate"] is None
    assert rows["0103"]["reasons"] == rows["0103"]["value_status"] == "suppressed"
    assert (rows["0201"]["rate"], rows["0201"]["rate_low"]) == (21.2, 10.0)
    assert (rows["0201"]["verdict"], rows["0201"]["reasons"]) == ("warn", "age_often_unknown")


def test_a_hidden_total_takes_the_parts_of_its_level(observatory) -> None:
    table = STANDARDISED_RATES.table(
        [standardised("0103", "area", 30, 0), standardised("02", "parent", 33, 7)]
    )

    told = observatory.with_tables(standardised_rates=table).protected()["standardised_rates"]

    rows = {row["area"]: (row["victims"], row["value_status"]) for row in told.to_pylist()}
    assert rows == {"0103": (None, "suppressed"), "02": (33, "stated")}


def test_a_standardised_rate_of_few_victims_does_not_tell_their_ages(build_observatory) -> None:
    few = LARGE | {"0102": 7}
    table = STANDARDISED_RATES.table([standardised("0102", "area", 7, 0)])

    told = build_observatory(few).with_tables(standardised_rates=table).protected()

    (row,) = told["standardised_rates"].to_pylist()
    assert (row["victims"], row["rate"], row["value_status"]) == (7, None, "suppressed")


def printed(area: str, level: str, victims: int) -> dict[str, object]:
    told = {"source": "police", "area": area, "area_level": level, "period": "2020"}
    return told | {
        "victims": victims,
        "rate": 10.5,
        "rate_decimals": 1,
        "implied_population": victims / 10.5 * 100_000,
    }


def test_a_printed_rate_of_a_hidden_count_is_hidden(observatory) -> None:
    table = PRINTED_RATES.table([printed("0101", "area", 2), printed("0103", "area", 30)])

    told = observatory.with_tables(printed_rates=table).protected()["printed_rates"].to_pylist()

    assert [told[0][name] for name in ("victims", "rate", "implied_population")] == [None] * 3
    assert (told[0]["value_status"], told[1]["victims"]) == ("suppressed", 30)


def test_without_counts_only_large_figures_of_the_whole_are_shown(observatory) -> None:
    table = PRINTED_RATES.table([printed("00", "whole", 85), printed("0103", "area", 30)])
    alone = observatory.with_tables(printed_rates=table, counts=COUNTS.arrow.empty_table())

    told = alone.protected()["printed_rates"].to_pylist()

    assert {row["area"]: row["victims"] for row in told} == {"00": 85, "0103": None}


def finding(where: str, explanation: str = "It is 2, not 3.", table: str = "police") -> dict:
    numbers = {"found": "2", "expected": "3"}
    said = {"explanation": explanation, "explanation_es": explanation, "override": None}
    return {"table": table, "rule": "C01", "severity": "warning", "where": where} | numbers | said


@pytest.mark.parametrize(
    ("where", "explanation", "hidden"),
    [
        ("0101 2020", "It is 2, not 3.", True),
        ("police <= registry", "The largest cell is 0101 in 2020: 2, not 3.", True),
        ("0103 2020", "It is 2, not 3.", False),
        ("2020", "It is 2, not 3.", False),
    ],
)
def test_a_finding_about_a_hidden_cell_tells_no_numbers(
    observatory, where: str, explanation: str, hidden: bool
) -> None:
    table = CONSISTENCY.table([finding(where, explanation)])

    (told,) = observatory.with_tables(consistency=table).protected()["consistency"].to_pylist()

    assert told["where"] == where
    if hidden:
        assert (told["found"], told["expected"]) == ("suppressed", "suppressed")
        assert "5" in told["explanation"]
        assert told["explanation"] != told["explanation_es"]
    else:
        assert told == {name: told[name] for name in PUBLISHED["consistency"].arrow.names}
        assert (told["found"], told["explanation"]) == ("2", explanation)


@pytest.mark.parametrize(
    ("table", "quotes", "hidden"),
    [
        ("registry", "police", True),
        ("police", "registry", True),
        ("registry", None, False),
    ],
)
def test_a_finding_of_a_public_source_tells_no_hidden_number_of_another(
    observatory, table: str, quotes: str | None, hidden: bool
) -> None:
    said = "The largest is 0101, 2020: 3 against 2."
    row = finding("registry <= police", said, table) | {"rule": "C13", "quotes": quotes}
    findings = CONSISTENCY.table([row])

    (told,) = observatory.with_tables(consistency=findings).protected()["consistency"].to_pylist()

    assert (told["found"] == "suppressed") is hidden
    assert ("against 2" in told["explanation"]) is not hidden
    assert "quotes" not in told


def test_sums_over_cells_of_two_sources_go_when_any_of_those_cells_is_hidden(observatory) -> None:
    said = "It counts more in 2 of 5 cells, by 2 in all; the largest is 0103, 2020: 30 against 28."
    row = finding("registry <= police", said, "registry") | {"rule": "C13", "quotes": "police"}
    cell = {"table": "registry", "rule": "C13", "period": "2020", "found": 30}
    cells = [cell | {"area": "0103", "expected": 28}, cell | {"area": "0101", "expected": 2}]
    tables = {
        "consistency": CONSISTENCY.table([row]),
        "consistency_cells": CONSISTENCY_CELLS.table(cells),
    }

    (told,) = observatory.with_tables(**tables).protected()["consistency"].to_pylist()

    assert told["explanation"].startswith("Something does not add up here")


def test_counts_of_two_units_are_not_told_when_one_of_them_is_hidden(build_observatory) -> None:
    observatory = build_observatory({"0101": 3})
    said = "The registry counts files (75 in 2020), the police counts victims (3)."
    row = finding("unit", said, "registry") | {"rule": "C23", "quotes": "police"}
    findings = CONSISTENCY.table([row])

    (told,) = observatory.with_tables(consistency=findings).protected()["consistency"].to_pylist()

    assert "(3)" not in told["explanation"] + told["explanation_es"]


def test_a_cell_where_a_part_exceeds_its_whole_goes_when_one_of_them_is_hidden(
    observatory,
) -> None:
    cell = {"rule": "C13", "period": "2020", "expected": 1, "found": 2}
    table = CONSISTENCY_CELLS.table(
        [
            {"table": "police", "area": "0101"} | cell,
            {"table": "police", "area": "0103"} | cell | {"found": 30, "expected": 30},
            {"table": "registry", "area": "0202"} | cell | {"found": 1, "expected": 1},
        ]
    )

    told = observatory.with_tables(consistency_cells=table).protected()["consistency_cells"]

    assert told["area"].to_pylist() == ["0103", "0202"]


def open_counts(levels: tuple[str, ...]) -> pa.Table:
    """Places that no catalogue lists, some under parents."""
    victims = {
        ("area", "Barrio Alto"): 12,
        ("area", "Barrio Bajo"): 9,
        ("area", "Juana Canaria"): 3,
        ("parent", "Norte"): 24,
        ("whole", "00"): 24,
    }
    return COUNTS.table(
        [
            {
                "source": "police",
                "area_level": level,
                "area": area,
                "period": "2020",
                "victims": number,
                "months_covered": 12,
            }
            for (level, area), number in victims.items()
            if level in levels
        ]
    )


def test_a_place_text_that_no_catalogue_knows_is_printed_from_k_victims_on(observatory) -> None:
    places = AreaCatalogue({"00": Area("00", "País", "whole", None)}, closed=False)
    counts = open_counts(("area", "whole"))
    alone = type(observatory)(
        observatory.sources, places, {"counts": counts, "areas": observatory.tables["areas"]}
    )

    told = alone.protected()

    shown = {row["area"]: row["victims"] for row in told["counts"].to_pylist()}
    assert shown == {"00": 24, "Barrio Alto": 12, "Barrio Bajo": None}
    assert "Barrio Alto" in told["areas"]["area"].to_pylist()
    assert "Juana Canaria" not in told["areas"]["area"].to_pylist()


def test_areas_under_parents_that_no_catalogue_lists_are_hidden(observatory) -> None:
    """Nobody told which area is in which parent, so no sum can be checked."""
    places = AreaCatalogue({"00": Area("00", "País", "whole", None)}, closed=False)
    counts = open_counts(("area", "parent", "whole"))
    alone = type(observatory)(observatory.sources, places, {"counts": counts})

    shown = {row["area"]: row["victims"] for row in alone.protected()["counts"].to_pylist()}

    assert shown == {"00": 24, "Norte": 24, "Barrio Alto": None, "Barrio Bajo": None}
