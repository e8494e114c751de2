"""Promise 1 on generated tables with generated damage: every delivered row is in one place."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from testigo.core import Area, AreaCatalogue, InputFileError, Text
from testigo.records import Delivery, HandTables, Source, ingest

NAMES = {"05001": "Medellín", "05030": "Amagá", "76001": "Cali", "76109": "Buenaventura"}
CATALOGUE = AreaCatalogue(
    {"CO": Area("CO", "Colombia", "whole", None)}
    | {"05": Area("05", "Antioquia", "parent", "CO"), "76": Area("76", "Valle", "parent", "CO")}
    | {code: Area(code, name, "area", code[:2]) for code, name in NAMES.items()}
)
OPEN = AreaCatalogue({"CO": CATALOGUE.areas["CO"]}, closed=False)
HEADER = ("fecha", "depto", "municipio", "cantidad", "edad", "sexo", "id", "dia")
COLUMNS = {
    "date": "fecha",
    "parent_name": "depto",
    "area_name": "municipio",
    "age": "edad",
    "sex": "sexo",
    "weekday": "dia",
}
GOOD = (
    ("2020-03-01", "2020-03-02", "02/04/2020", "25/12/2020", "2020-03", "2020"),
    ("Antioquia", "VALLE"),
    ("Amagá", "MEDELLIN", "Cali", "Buenaventura"),
    ("0", "1", "12", "3.0"),
    ("44", "0", "NO REPORTADO"),
    ("H", "M", "Masculino"),
    ("1", "2", "3", "4", "5"),
    ("Lunes", "domungo"),
)
DAMAGE = st.one_of(
    st.sampled_from(
        [
            "",
            "-",
            "ND",
            "*",
            "TOTAL",
            "31/02/2020",
            "99/99/9999",
            "12:00",
            "-1",
            "1.5",
            "1,234",
            "<5",
        ]
    ),
    st.sampled_from(["Ys", "Atlántida", "999", "5030000.0", "CNO REPORTADO6", "a@b.co", "   "]),
    st.text(st.characters(codec="utf-8", exclude_characters='"\r\n,\x00'), max_size=8),
)


def cells(number):
    return st.sampled_from(GOOD[number]) | DAMAGE


good_row = st.tuples(*map(st.sampled_from, GOOD)).map(list)
damaged_row = st.tuples(*(cells(number) for number in range(len(GOOD)))).map(list)
odd_row = st.lists(st.sampled_from(["x", "", "1", "TOTAL"]), max_size=12)
row = good_row | damaged_row | odd_row
table = st.lists(row, min_size=1, max_size=25)


def ingest_tables(folder, tables, kind, areas, **attributes):
    """Write tables as CSV files and ingest them as one source."""
    deliveries = []
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        lines = [",".join(HEADER), *(",".join(cells) for cells in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        deliveries.append(Delivery(path, path.name, digest))
    columns = COLUMNS | ({"value": "cantidad"} if kind == "tallies" else {"id": "id"})
    name = Text(es="Policía", en="Police")
    source = Source(
        "police",
        name,
        kind,
        "criminal_justice",
        ("*.csv",),
        columns,
        header_row=1,
        delimiter=",",
        encoding="utf-8",
        **attributes,
    )
    return ingest(source, deliveries, areas, HandTables())


@settings(max_examples=60)
@given(
    tables=st.dictionaries(st.sampled_from("abc"), table, min_size=1, max_size=3),
    kind=st.sampled_from(["records", "tallies"]),
    areas=st.sampled_from([CATALOGUE, OPEN]),
    repeated=st.sampled_from([None, "exclude", "keep"]),
)
def test_delivered_is_accepted_plus_excluded_plus_quarantined(
    tables, kind, areas, repeated, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("deliveries")
    try:
        found = ingest_tables(folder, tables, kind, areas, repeated_rows=repeated)
    except InputFileError:
        return  # a file without any data row, or of which nothing can be read

    for line in found.deliveries.to_pylist():
        name = line["file"].removesuffix(".csv")
        places = (line["rows_accepted"], line["rows_excluded"], line["rows_quarantined"])
        assert line["rows_delivered"] == sum(places)
        assert line["rows_delivered"] == len(tables[name])
        assert line["rows_flagged"] <= line["rows_accepted"]
    placed = [
        (line["file"], line["row"])
        for part in (found.accepted, found.set_aside)
        for line in part.select(["file", "row"]).to_pylist()
    ]
    assert len(placed) == len(set(placed))
    accepted = {(line["file"], line["row"]) for line in found.accepted.to_pylist()}
    flagged = {
        (line["file"], line["row"])
        for line in found.flags.to_pylist()
        if line["reason"] != "personal_column"
    }
    assert flagged <= accepted
    assert all(count >= 0 for count in found.accepted["count"].to_pylist())
