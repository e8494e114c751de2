from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from testigo.core import Area, Number
from testigo.estimation import rate_by_area, read_population, standardise_rates
from testigo.observatory import read_configuration
from testigo.records import (
    compare_sources,
    count_victims,
    find_deliveries,
    find_inconsistencies,
    ingest,
    read_catalogue,
    read_hand_tables,
)

if TYPE_CHECKING:
    from testigo.records import Ingested

pytestmark = pytest.mark.xdist_group("mexico")


@dataclass(frozen=True)
class Mexico:
    """The example, ingested and counted."""

    ingested: dict[str, Ingested]
    counts: pa.Table
    convergence: pa.Table
    rates: pa.Table
    standardised: pa.Table
    findings: pa.Table
    cells: pa.Table


@pytest.fixture(scope="module")
def mexico() -> Mexico:
    configuration = read_configuration(Path(str(files("testigo") / "examples" / "mexico")))
    folder, areas = configuration.folder, configuration.areas
    catalogue = read_catalogue(
        folder / areas.file,
        code=areas.code,
        name=areas.name,
        parent=areas.parent,
        parent_name=areas.parent_name,
        whole=Area(configuration.whole_code, configuration.whole_name, "whole", None),
        level_names=configuration.level_names,
    )
    sources = configuration.sources
    hand = read_hand_tables(folder / "hand")
    ingested = [ingest(each, find_deliveries(each, folder), catalogue, hand) for each in sources]
    accepted = ibis.memtable(pa.concat_tables([each.accepted for each in ingested]))
    counts = count_victims(accepted, sources, catalogue)
    population = pa.concat_tables(
        read_population(
            folder / each.file,
            series=each.series,
            columns=each.columns,
            catalogue=catalogue,
            keep=each.keep,
            month=each.month,
        )
        for each in configuration.population
    )
    found = find_inconsistencies(
        sources=sources,
        ingested=ingested,
        counts=counts,
        accepted=accepted,
        claims=(),
        overrides=(),
    )
    return Mexico(
        ingested={each.source.id: each for each in ingested},
        counts=counts,
        convergence=compare_sources(counts, sources),
        rates=rate_by_area(counts, population, sources),
        standardised=standardise_rates(accepted, population, sources),
        findings=found.findings,
        cells=found.cells,
    )


@pytest.fixture(scope="module")
def expected(shared):
    return json.loads((shared / "expected_answers.json").read_text(encoding="utf-8"))["mexico"]


def rows_of(given: pa.Table, /, **wanted: object) -> list[dict]:
    mask = None
    for name, value in wanted.items():
        hit = pc.equal(given[name], value)
        mask = hit if mask is None else pc.and_(mask, hit)
    return given.filter(mask).to_pylist()


def counted(mexico: Mexico, source: str, period: str, area: str = "MX") -> int:
    (row,) = rows_of(mexico.counts, source=source, area=area, period=period)
    return row["victims"]


def rate(mexico: Mexico, series: str, period: str, area: str = "MX") -> float:
    (row,) = rows_of(
        mexico.rates,
        source="inegi_registered",
        population_series=series,
        area=area,
        period=period,
    )
    return row["rate"]


def printed(value: float, decimals: int) -> str:
    return Number(value, decimals).in_language("en")


@pytest.mark.parametrize(
    ("source", "victims"),
    [
        ("inegi_occurrence", 35_787),
        ("sesnsp_victims", 35_545),
        ("sesnsp_investigations", 28_830),
        ("police", 28_804),
        ("press", 26_673),
    ],
)
def test_five_institutions_count_2020(mexico, source, victims):
    assert counted(mexico, source, "2020") == victims


@pytest.mark.parametrize(
    ("sources", "state", "ratio"),
    [
        (("inegi_occurrence", "press"), "18", "0.40"),  # Nayarit
        (("inegi_occurrence", "press"), "15", "0.41"),  # Estado de México
        (("inegi_occurrence", "press"), "07", "0.46"),  # Chiapas
        (("inegi_occurrence", "press"), "08", "0.51"),  # Chihuahua
        (("inegi_occurrence", "press"), "30", "1.24"),  # Veracruz
        (("inegi_occurrence", "press"), "10", "1.12"),  # Durango
        (("inegi_occurrence", "sesnsp_victims"), "10", "1.40"),
        (("inegi_occurrence", "sesnsp_victims"), "30", "1.36"),
        (("inegi_occurrence", "sesnsp_victims"), "08", "0.81"),
    ],
)
def test_states_in_which_two_institutions_disagree_in_2020(mexico, sources, state, ratio):
    (row,) = rows_of(
        mexico.convergence, area=state, period="2020", source_a=sources[0], source_b=sources[1]
    )

    assert printed(row["b_over_a"], 2) == ratio


def test_registered_deaths_of_all_26_years_are_those_printed(mexico, shared, expected):
    path = shared / "mexico" / "national_year_inegi_vs_sesnsp_1990_2017.csv"
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        lines = [line for line in csv.reader(stream) if line]
    table = {line[0]: int(line[2]) for line in lines if line[0].isdigit() and line[0] <= "2015"}
    found = {year: counted(mexico, "inegi_registered", year) for year in table}

    assert len(table) == 26
    assert found == table
    values = expected["inegi_registered_national"]["values"]
    assert {year: found[year] for year in values} == values


@pytest.mark.parametrize(("state", "victims"), [("08", 6_421), ("02", 1_525), ("10", 1_112)])
def test_states_of_2010_are_those_that_inegi_prints(mexico, state, victims):
    """Deaths of unknown municipality included: two of Chihuahua's."""
    assert counted(mexico, "inegi_registered", "2010", state) == victims


def test_2012_has_two_rates_for_two_denominators(mexico, expected):
    by_year = expected["inegi_rate_per_100k_conapo_july"]["values"]

    assert {year: round(rate(mexico, "conapo", year), 2) for year in by_year} == by_year
    municipal = {
        year: rate(mexico, "municipal_1990_2012", year) for year in ("2010", "2011", "2012")
    }
    assert [printed(value, 2) for value in municipal.values()] == ["22.93", "23.93", "22.56"]
    assert printed(rate(mexico, "conapo", "2012"), 2) == "21.99"


def test_juarez_2010(mexico, expected):
    juarez = expected["juarez_2010"]
    code = juarez["mun_code"]

    assert counted(mexico, "inegi_registered", "2010", code) == juarez["registered_deaths"]
    assert printed(rate(mexico, "census", "2010", code), 1) == str(juarez["rate"])
    assert counted(mexico, "inegi_municipal", "2010", code) == juarez["occurred_adjusted"]
    assert counted(mexico, "federal", "2010", code) == juarez["drug_war_attributed"]
    assert counted(mexico, "inegi_municipal", "2010-10", code) == 473
    assert counted(mexico, "federal", "2010-10", code) == 304


def test_the_federal_count_by_year(mexico, expected):
    values = expected["drugwar_national"]["values"]

    assert counted(mexico, "federal", "2006-12") == values["2006-12"]
    for year in ("2007", "2008", "2009", "2010"):
        assert counted(mexico, "federal", year) == values[year]
    assert counted(mexico, "federal", "2011") == values["2011 Jan-Sep"]


def test_years_that_are_not_whole_say_so(mexico):
    for source, year, days in (("federal", "2011", 273), ("sesnsp_victims", "2025", 181)):
        rows = rows_of(mexico.rates, source=source, period=year, area="MX")
        assert rows
        for row in rows:
            assert (row["annualised"], row["days"]) == (True, days)
            assert "partial_year" in row["reasons"]


def test_months_in_which_the_federal_part_exceeds_the_whole_are_found(mexico):
    (finding,) = rows_of(mexico.findings, table="federal", rule="C13")

    assert finding["found"] == "2166"
    assert len(rows_of(mexico.cells, table="federal", rule="C13")) == 2_166


def test_the_press_is_matched_to_municipalities_without_any_alias(mexico):
    accepted = mexico.ingested["press"].accepted
    matched = accepted.num_rows - accepted["area"].null_count

    assert matched / 36_810 >= 0.953


def test_every_row_is_in_one_place(mexico):
    for each in mexico.ingested.values():
        for row in each.deliveries.to_pylist():
            placed = ("rows_accepted", "rows_excluded", "rows_quarantined")
            assert sum(row[name] for name in placed) == row["rows_delivered"]


def test_files_have_no_rate(mexico):
    rows = rows_of(mexico.rates, source="sesnsp_investigations")

    assert {row["verdict"] for row in rows} == {"refuse"}
    assert {row["rate"] for row in rows} == {None}


def test_ages_are_standardised_for_the_states_and_the_country(mexico):
    rows = rows_of(mexico.standardised, period="2010")

    assert {row["source"] for row in rows} == {"inegi_age_sex"}
    assert len(rows) == 33
    (country,) = rows_of(mexico.standardised, period="2010", area="MX")
    assert (country["victims"], country["victims_age_unknown"]) == (24_315, 685)
    assert country["rate_low"] < country["rate"] < country["rate_high"]
