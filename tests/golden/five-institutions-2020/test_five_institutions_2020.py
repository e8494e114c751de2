"""Mexico 2020: the same dead, counted by five institutions; see SOURCE.md."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from testigo.core import Area, AreaCatalogue, Number, Text
from testigo.records import (
    ACCEPTED,
    DELIVERIES,
    FLAGS,
    SET_ASIDE,
    UNMATCHED_PLACES,
    Ingested,
    Source,
    compare_sources,
    count_victims,
    describe_quality,
)

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {
    "inegi": "victim",
    "sesnsp_victims": "victim",
    "sesnsp_files": "file",
    "police": "victim",
    "press": "victim",
}
SOURCES = tuple(
    Source(
        id=name,
        name=Text(es=name, en=name),
        kind="tallies",
        family="public_health" if name == "inegi" else "criminal_justice",
        files=("*.parquet",),
        columns={},
        unit=unit,
        area_level="parent",
    )
    for name, unit in UNITS.items()
)


@pytest.fixture(scope="module")
def states(shared: Path) -> dict[str, str]:
    path = shared / "mexico" / "municipality_catalogue_2020.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        known = {row["state_name"]: row["state_code"] for row in csv.DictReader(stream)}
    return known | {"Estado de México": "15"}


@pytest.fixture(scope="module")
def catalogue(states: dict[str, str]) -> AreaCatalogue:
    named = {code: Area(code, name, "parent", "00") for name, code in states.items()}
    return AreaCatalogue({"00": Area("00", "México", "whole", None), **named})


@pytest.fixture(scope="module")
def accepted(shared: Path, states: dict[str, str]) -> pa.Table:
    """What ingestion makes of the five files, made here by hand so that it is not under test."""
    folder = shared / "mexico"
    inegi = pq.read_table(folder / "inegi_state_month_occurrence_2000_2022.parquet")
    victims = pq.read_table(folder / "sesnsp_state_month_victims_sex_age_2015_2025.parquet")
    chosen = pa.array(["Homicidio doloso", "Feminicidio"])
    victims = victims.filter(pc.is_in(victims["subtipo_de_delito"].cast("string"), chosen))
    files = pq.read_table(folder / "sesnsp_state_month_investigations_2015_2022.parquet")
    files = files.filter(pc.equal(files["subtipo"], "Homicidio doloso"))
    police = pq.read_table(folder / "police_interinstitutional_state_day_2019_2021.parquet")
    press = pq.read_table(folder / "press_mun_day_2019_2021.parquet")
    return pa.concat_tables(
        [
            rows("inegi", monthly(inegi, "year", "month"), inegi["cve_ent"], inegi["homicides"]),
            rows(
                "sesnsp_victims",
                monthly(victims, "n_year", "n_month"),
                victims["cve_ent"],
                victims["n_victimas"],
            ),
            rows(
                "sesnsp_files",
                monthly(files, "year", "month"),
                files["state_code"],
                files["investigations"],
            ),
            rows("police", daily(police), by_name(police, states), police["victims"]),
            rows("press", daily(press), by_name(press, states), press["victims"]),
        ]
    )


def monthly(table: pa.Table, year: str, month: str) -> pa.Array:
    months = zip(table[year].to_pylist(), table[month].to_pylist(), strict=True)
    return pa.array([f"{y}-{m:02d}-01" for y, m in months]).cast(pa.date32())


def daily(table: pa.Table) -> pa.Array:
    return table["date"].cast(pa.date32())


def by_name(table: pa.Table, states: dict[str, str]) -> list[int]:
    return [int(states[name]) for name in table["state"].to_pylist()]


def rows(source: str, dates: pa.Array, states: object, counts: pa.Array) -> pa.Table:
    codes = [f"{code:02d}" for code in (states if isinstance(states, list) else states.to_pylist())]
    size = len(codes)
    precision = "day" if source in {"police", "press"} else "month"
    given = {
        "source": [source] * size,
        "file": [f"{source}.parquet"] * size,
        "row": list(range(size)),
        "cell": [0] * size,
        "count": counts.cast(pa.int64()),
        "date": dates,
        "date_precision": [precision] * size,
        "parent": codes,
    }
    columns = [
        pa.array(given[field.name], field.type)
        if isinstance(given.get(field.name), list)
        else given[field.name].cast(field.type)
        if field.name in given
        else pa.array(["not_collected"] * size)
        if field.name.endswith("_status")
        else pa.nulls(size, field.type)
        for field in ACCEPTED.arrow
    ]
    return pa.table(columns, schema=ACCEPTED.arrow)


@pytest.fixture(scope="module")
def counts(accepted: pa.Table, catalogue: AreaCatalogue) -> pa.Table:
    import ibis

    table = ibis.duckdb.connect().create_table("accepted", accepted)
    return count_victims(table, SOURCES, catalogue)


@pytest.fixture(scope="module")
def convergence(counts: pa.Table) -> pa.Table:
    return compare_sources(counts, SOURCES)


def only(table: pa.Table, **wanted: str) -> list[dict[str, object]]:
    chosen = [row for row in table.to_pylist() if wanted.items() <= row.items()]
    assert chosen, f"no line with {wanted}"
    return chosen


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("inegi", 35_787),
        ("sesnsp_victims", 35_545),
        ("sesnsp_files", 28_830),
        ("police", 28_804),
        ("press", 26_673),
    ],
)
def test_each_institution_counts_its_own_number_of_the_dead(
    counts: pa.Table, source: str, printed: int
) -> None:
    (line,) = only(counts, source=source, area="00", period="2020")

    assert line["victims"] == printed
    assert line["months_covered"] == 12


@pytest.mark.parametrize(
    ("other", "state", "printed"),
    [
        ("press", "Nayarit", "0.40"),
        ("press", "México", "0.41"),
        ("press", "Chiapas", "0.46"),
        ("press", "Chihuahua", "0.51"),
        ("press", "Durango", "1.12"),
        ("press", "Veracruz", "1.24"),
        ("sesnsp_victims", "Chihuahua", "0.81"),
        ("sesnsp_victims", "Veracruz", "1.36"),
        ("sesnsp_victims", "Durango", "1.40"),
    ],
)
def test_the_states_where_they_disagree_most(
    convergence: pa.Table, states: dict[str, str], other: str, state: str, printed: str
) -> None:
    (line,) = only(convergence, source_a="inegi", source_b=other, area=states[state], period="2020")

    assert Number(line["b_over_a"], 2).in_language("en") == printed
    expected = line["count_b"] / line["count_a"]
    assert line["ratio"] == pytest.approx(min(expected, 1 / expected))


def test_files_are_set_beside_victims_and_not_judged(convergence: pa.Table) -> None:
    lines = only(convergence, source_b="sesnsp_files", area="00", period="2020")

    assert [(line["comparable"], line["met"]) for line in lines] == [("unit", "not_applicable")] * 2


def test_part_of_a_year_is_compared_only_with_the_same_part(convergence: pa.Table) -> None:
    """Police and press both end with March 2021; in 2019 the police begin in April."""
    of_2021 = only(convergence, area="00", period="2021")
    of_2019 = only(convergence, area="00", period="2019")

    assert ("police", "press") in {(line["source_a"], line["source_b"]) for line in of_2021}
    assert not {"police"} & {
        name for line in of_2019 for name in (line["source_a"], line["source_b"])
    }
    assert ("inegi", "press") not in {(line["source_a"], line["source_b"]) for line in of_2021}


def test_the_one_day_the_press_files_lack_is_found(accepted: pa.Table) -> None:
    press = accepted.filter(pc.equal(accepted["source"], "press"))
    ingested = Ingested(
        source=SOURCES[-1],
        accepted=press,
        set_aside=SET_ASIDE.arrow.empty_table(),
        flags=FLAGS.arrow.empty_table(),
        deliveries=DELIVERIES.arrow.empty_table(),
        unmatched_places=UNMATCHED_PLACES.arrow.empty_table(),
        notes=(),
    )

    quality = describe_quality([ingested])

    (line,) = only(quality, indicator="missing_days", period="2019")
    assert (line["value"], line["met"]) == (1, "no")
    (months,) = only(quality, indicator="missing_months", period="all")
    assert (months["value"], months["met"]) == (0, "yes")
