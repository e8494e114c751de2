"""The accents of the SESNSP file come out as in the file that was repaired elsewhere."""

from __future__ import annotations

import csv

import pyarrow.compute as pc
import pytest
from pyarrow import parquet

from testigo.records import read_table

COLUMNS = {
    "Entidad": "state",
    "Bien jurídico afectado": "bien_juridico",
    "Tipo de delito": "tipo",
    "Subtipo de delito": "subtipo",
    "Modalidad": "modalidad",
}
MONTHS = "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"


@pytest.fixture(scope="module")
def delivered(shared):
    return shared / "dirty_files" / "sesnsp_state_mojibake_sample.csv"


@pytest.fixture(scope="module")
def table(delivered):
    return read_table(delivered)


@pytest.fixture(scope="module")
def repaired(shared):
    name = "sesnsp_state_month_investigations_2015_2022.parquet"
    return parquet.read_table(shared / "mexico" / name)


def test_the_header_comes_out_right(table):
    words = ("Año", "Clave_Ent", *COLUMNS)
    assert table.header == (*words, *MONTHS.split(","))


@pytest.mark.parametrize(("delivered_name", "name"), COLUMNS.items())
def test_every_text_is_spelled_as_in_the_repaired_file(table, repaired, delivered_name, name):
    found = set(table.cells[delivered_name].unique().to_pylist())
    assert found <= set(repaired[name].unique().to_pylist())


def test_no_row_and_no_number_changes(delivered, table):
    with delivered.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))[1:]
    assert table.rows_delivered == len(lines) == 3_999
    numbers = [0, 1, *range(7, 19)]
    ours = [table.cells.column(index).to_pylist() for index in numbers]
    assert ours == [[line[index] or None for line in lines] for index in numbers]


def test_intentional_homicides_of_a_state_are_those_of_the_repaired_file(table, repaired):
    """Aguascalientes 2015, all modalities, month by month."""
    chosen = ("2015", "Aguascalientes", "Homicidio doloso")
    ours = [
        sum(
            int(row[month])
            for row in table.cells.to_pylist()
            if (row["Año"], row["Entidad"], row["Subtipo de delito"]) == chosen
        )
        for month in MONTHS.split(",")
    ]
    theirs = repaired.filter(
        (pc.field("year") == 2015)
        & (pc.field("state") == chosen[1])
        & (pc.field("subtipo") == chosen[2])
    )
    sums = theirs.group_by("month").aggregate([("investigations", "sum")]).sort_by("month")
    assert ours == sums["investigations_sum"].to_pylist()
