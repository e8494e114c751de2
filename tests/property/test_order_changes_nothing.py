"""The order of files changes no byte; the order of rows changes nothing but row numbers."""

from __future__ import annotations

import hashlib
import random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from testigo.core import Area, AreaCatalogue, Text
from testigo.records import Delivery, HandTables, Ingested, Source, ingest

NAMES = {"05001": "Medellín", "05030": "Amagá", "76001": "Cali", "76109": "Buenaventura"}
WHOLE = Area("CO", "Colombia", "whole", None)
CLOSED = AreaCatalogue(
    {"CO": WHOLE}
    | {"05": Area("05", "Antioquia", "parent", "CO"), "76": Area("76", "Valle", "parent", "CO")}
    | {code: Area(code, name, "area", code[:2]) for code, name in NAMES.items()}
)
OPEN = AreaCatalogue({"CO": WHOLE}, closed=False)
HEADER = ("fecha", "depto", "municipio", "cantidad", "edad", "sexo", "id", "dia", "nota")
COLUMNS = {
    "date": "fecha",
    "parent_name": "depto",
    "area_name": "municipio",
    "age": "edad",
    "sex": "sexo",
    "weekday": "dia",
}
CELLS = (
    ("2020-03-01", "2020-03-02", "02/04/2020", "25/12/2020", "13/13/2020", "2020-03", "ayer"),
    ("Antioquia", "ANTIOQUIA", "VALLE", "Ys"),
    ("Amagá", "AMAGA", "MEDELLIN", "Cali", "cali", "Caly", "Se desconoce"),
    ("0", "1", "12", "3.0", "1.5", "ND", "dos"),
    ("44", "115", "NO REPORTADO"),
    ("H", "M", "Masculino"),
    ("1", "2", "3", "4", "5"),
    ("Lunes", "domungo", "miércoles"),
    ("NO REPORTADO", "CNO REPORTADO6", "a@b.co", "x"),
)
row = st.tuples(*map(st.sampled_from, CELLS))
tables = st.dictionaries(
    st.sampled_from("abc"), st.lists(row, min_size=1, max_size=20), min_size=1, max_size=3
)


def take_in(folder, tables, kind, areas, *, backwards=False) -> Ingested:
    folder.mkdir()
    deliveries = []
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        lines = [",".join(HEADER), *map(",".join, rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        deliveries.append(Delivery(path, path.name, digest))
    columns = COLUMNS | ({"value": "cantidad"} if kind == "tallies" else {"id": "id"})
    name = Text(es="Policía", en="Police")
    source = Source("police", name, kind, "criminal_justice", ("*.csv",), columns, header_row=1)
    if backwards:
        deliveries.reverse()
    return ingest(source, deliveries, areas, HandTables())


def parts(found: Ingested) -> dict[str, pa.Table]:
    names = ("accepted", "set_aside", "flags", "deliveries", "unmatched_places")
    return {name: getattr(found, name) for name in names}


def without_row_numbers(table: pa.Table) -> list[str]:
    """Lines without row numbers and fingerprints, in an order of their own."""
    kept = [name for name in table.column_names if name not in {"row", "sha256"}]
    return sorted(map(str, table.select(kept).to_pylist()))


@settings(max_examples=40)
@given(tables=tables, kind=st.sampled_from(["records", "tallies"]), areas=st.booleans())
def test_the_order_of_files_changes_no_byte(tables, kind, areas, tmp_path_factory):
    folder = tmp_path_factory.mktemp("order")
    catalogue = CLOSED if areas else OPEN

    first = take_in(folder / "a", tables, kind, catalogue)
    second = take_in(folder / "b", tables, kind, catalogue, backwards=True)

    for name, table in parts(first).items():
        assert table.equals(parts(second)[name]), name
    assert list(map(str, first.notes)) == list(map(str, second.notes))


@settings(max_examples=40)
@given(
    tables=tables,
    kind=st.sampled_from(["records", "tallies"]),
    areas=st.booleans(),
    seed=st.integers(0, 2**16),
)
def test_the_order_of_rows_changes_row_numbers_only(tables, kind, areas, seed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("order")
    catalogue = CLOSED if areas else OPEN
    draw = random.Random(seed)  # noqa: S311  # no secret
    shuffled = {name: draw.sample(rows, len(rows)) for name, rows in tables.items()}

    first = take_in(folder / "a", tables, kind, catalogue)
    second = take_in(folder / "b", shuffled, kind, catalogue)

    alike = len({tuple(sorted(rows)) for rows in tables.values()}) == len(tables)
    if not alike:
        return  # two files with the same rows may be the same bytes in one order only
    for name, table in parts(first).items():
        assert without_row_numbers(table) == without_row_numbers(parts(second)[name]), name
    assert sorted(map(str, first.notes)) == sorted(map(str, second.notes))
