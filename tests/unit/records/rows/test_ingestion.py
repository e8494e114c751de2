from __future__ import annotations

import hashlib
from datetime import date

import pyarrow.compute as pc
import pytest

from testigo.core import ConfigurationError, InputFileError, RowsLostError, Text
from testigo.records import (
    ACCEPTED,
    DELIVERIES,
    FLAGS,
    SET_ASIDE,
    UNMATCHED_PLACES,
    Delivery,
    HandTables,
    Source,
    Span,
    ingest,
)
from testigo.records.rows import ingestion as module

HEADER = "date,dept,town,count\n"


def totals(ingested):
    line = ingested.deliveries.to_pylist()[0]
    return [line[f"rows_{name}"] for name in ("delivered", "accepted", "excluded", "quarantined")]


def test_every_table_is_what_it_is_declared_to_be(take_in):
    found = take_in(f"{HEADER}2020-01-01,Antioquia,Cali,1\n2020-01-02,Antioquia,Amagá,x\n")

    for table, schema in (
        (found.accepted, ACCEPTED),
        (found.set_aside, SET_ASIDE),
        (found.flags, FLAGS),
        (found.deliveries, DELIVERIES),
        (found.unmatched_places, UNMATCHED_PLACES),
    ):
        assert table.schema.equals(schema.arrow)
        assert schema.checked(table).equals(table.combine_chunks())


def test_a_tally_is_accepted_with_its_place_and_period(take_in):
    found = take_in(f"{HEADER}2020-03,VALLE,CALI (CT),12.0\n")

    line = found.accepted.to_pylist()[0]
    assert (line["count"], line["area"], line["parent"]) == (12, "76001", "76")
    assert (str(line["date"]), line["date_precision"]) == ("2020-03-01", "month")
    assert (line["sex"], line["sex_status"]) == (None, "not_collected")
    assert totals(found) == [1, 1, 0, 0]


def test_each_bad_row_ends_in_one_place_with_its_reason(take_in, reasons):
    lines = [
        "2020-01-01,Antioquia,Amagá,2",
        ",,,",
        "2020-01-01,Antioquia,Amagá,",
        "2020-01-01,Antioquia,Amagá,ND",
        "2020-01-01,Antioquia,Amagá,<5",
        "2020-01-01,Antioquia,Amagá,dos",
        "2020-01-01,Antioquia,Amagá,-2",
        "2020-01-01,Antioquia,Amagá,2.5",
        "2020-02-31,Antioquia,Amagá,2",
        "ayer,Antioquia,Amagá,2",
        ",Antioquia,Amagá,2",
        "2020-01-01,Atlántida,Ys,2",
        "2020-01-01,Antioquia,,2",
        "2020-01-01,Antioquia,Total,2",
        "2020-01-01,Colombia,,2",
        "2020-01-01,Antioquia,Amagá,2,9,9,9",
        "2020-01-01,Valle,Cali,3",
    ]

    found = take_in(HEADER + "\n".join(lines) + "\n")

    assert reasons(found) == {
        3: "blank_row",
        4: "value_not_collected",
        5: "value_unknown",
        6: "value_withheld",
        7: "value_not_a_number",
        8: "value_negative",
        9: "value_fractional",
        10: "date_impossible",
        11: "date_not_understood",
        12: "date_missing",
        13: "area_not_in_catalogue",
        14: "area_missing",
        15: "total_row",
        16: "total_row",
        17: "malformed_row",
    }
    assert totals(found) == [17, 2, 6, 9]
    assert pc.sum(found.accepted["count"]).as_py() == 5


def test_a_row_set_aside_says_column_value_and_mend(take_in):
    found = take_in(f"{HEADER}2020-02-31,Antioquia,Amagá,2\n2020-02-01,Antioquia,Amagá,2\n")

    line = found.set_aside.to_pylist()[0]
    assert (line["column"], line["given"], line["row"]) == ("date", "2020-02-31", 2)
    assert "hand/code_maps.csv" in line["mend"]
    assert '"town": "Amagá"' in line["content"]


def test_a_victim_without_date_or_place_still_counts(take_in):
    found = take_in("date,dept,town\n,,\n,Antioquia,\nS/D,Antioquia,Sin dato\n", kind="records")

    lines = found.accepted.to_pylist()
    assert [line["date_precision"] for line in lines] == ["unknown", "unknown"]
    assert [line["parent"] for line in lines] == ["05", "05"]
    assert totals(found) == [3, 2, 1, 0]
    assert any("Accepted rows without a date: 2." in str(note) for note in found.notes)


def test_a_total_can_be_said_to_be_a_place(take_in):
    hand = HandTables(place_aliases={("*", "Antioquia", "TOTAL"): "05030"})

    found = take_in(f"{HEADER}2020-01-01,Antioquia,Total,2\n", hand=hand)

    assert found.accepted["area"].to_pylist() == ["05030"]


def test_blank_counts_are_zero_only_when_said(take_in, reasons):
    text = f"{HEADER}2020-01-01,Antioquia,Amagá,\n2020-01-02,Antioquia,Amagá,1\n"

    assert reasons(take_in(text)) == {2: "value_not_collected"}
    assert take_in(text, blank="zero").accepted["count"].to_pylist() == [0, 1]


def test_scope_and_valid_range_exclude_by_name(take_in, reasons):
    text = (
        "date,dept,town,count,crime\n"
        "2020-01-01,Antioquia,Amagá,1,HOMICIDIO  DOLOSO\n"
        "2020-01-01,Antioquia,Amagá,1,Robo\n"
        "2019-12,Antioquia,Amagá,1,Homicidio doloso\n"
        "2020-01,Antioquia,Amagá,1,Homicidio doloso\n"
    )
    valid = Span(date(2020, 1, 15), date(2020, 12, 31), Text("x", "x"))

    found = take_in(text, keep={"crime": ("Homicidio doloso",)}, valid=valid)

    assert reasons(found) == {2: "outside_valid_range", 3: "out_of_scope", 4: "outside_valid_range"}


def test_a_scope_that_keeps_nothing_is_told(take_in):
    text = "date,dept,town,count,crime\n2020-01-01,Antioquia,Amagá,1,Robo\n"

    notes = [str(note) for note in take_in(text, keep={"crime": ("Homicidio",)}).notes]

    assert any("No row holds what `keep` asks of the column crime" in note for note in notes)


@pytest.mark.parametrize(
    ("name", "value", "attributes"),
    [
        ("DOC", "JUAN PEREZ GOMEZ", {"personal_columns": ("doc",)}),  # declared
        ("CÉDULA", "80123456", {}),  # by its name
        ("clave", "ana.ruiz@mail.co", {}),  # by what it holds
        ("clave", "PEGJ850101HDFRRN09", {}),
        ("clave", "JUAN PEREZ GOMEZ", {}),  # one row each: no category
    ],
)
def test_what_a_personal_column_holds_is_never_told_as_an_example(take_in, name, value, attributes):
    text = (
        f"date,dept,town,count,{name}\n2020-01-01,Antioquia,Amagá,1,{value}\n"
        f"2020-01-02,Antioquia,Amagá,1,{value[::-1]}\n"
    )

    notes = [str(note) for note in take_in(text, keep={name: ("Homicidio",)}, **attributes).notes]

    assert any(f"No row holds what `keep` asks of the column {name}" in note for note in notes)
    assert not any(value in note for note in notes)


def test_the_categories_of_a_scope_are_told_as_examples(take_in):
    row = "2020-01-01,Antioquia,Amagá,1,Robo\n"

    notes = [
        str(note)
        for note in take_in(
            f"date,dept,town,count,crime\n{row}{row}", keep={"crime": ("Homicidio",)}
        ).notes
    ]

    assert any("The column crime holds, for instance: Robo." in note for note in notes)


def test_a_wide_row_is_opened_into_months_and_placed_once(take_in, reasons):
    text = (
        "year,dept,town,Ene,Feb,Mar\n"
        "2020,Antioquia,Amagá,1,0,\n"
        "2020,Antioquia,Copacabana,,,\n"
        "2020,Valle,Cali,1,x,1\n"
    )
    columns = {"year": "year", "parent_name": "dept", "area_name": "town"}

    found = take_in(text, columns=columns, months=("ENE", "FEB", "MAR"))

    cells = found.accepted.select(["row", "cell", "count", "date"]).to_pylist()
    assert [tuple(map(str, cell.values())) for cell in cells] == [
        ("2", "1", "1", "2020-01-01"),
        ("2", "2", "0", "2020-02-01"),
    ]
    assert reasons(found) == {3: "value_not_collected", 4: "value_not_a_number"}
    assert totals(found) == [3, 1, 1, 1]


def test_the_same_bytes_delivered_twice_count_once(take_in):
    text = f"{HEADER}2020-01-01,Antioquia,Amagá,1\n"

    found = take_in({"a.csv": text, "b.csv": text})

    assert found.deliveries["rows_excluded"].to_pylist() == [0, 1]
    assert set(found.set_aside["reason"].to_pylist()) == {"delivery_repeated"}
    assert "sources/b.csv is, byte by byte, the same as sources/a.csv" in str(found.notes[0])


def test_files_may_differ_in_order_and_dress_of_their_columns(take_in):
    other = "COUNT ,Town,DEPT,Date,extra\n2,Cali,Valle,2020-01-02,x\n"

    found = take_in({"a.csv": f"{HEADER}2020-01-01,Antioquia,Amagá,1\n", "b.csv": other})

    assert found.accepted["count"].to_pylist() == [1, 2]
    assert found.accepted["area"].to_pylist() == ["05030", "76001"]


def test_a_missing_column_is_told_with_the_nearest(take_in):
    columns = {"date": "date", "area_name": "towns", "value": "count"}

    with pytest.raises(InputFileError) as caught:
        take_in(f"{HEADER}2020-01-01,Antioquia,Amagá,1\n", columns=columns)

    assert "no column 'towns'" in str(caught.value)
    assert "Did you mean 'town'?" in str(caught.value)


def test_a_file_without_header_names_nobody(take_in):
    text = "".join(f"{day},JUAN PEREZ GOMEZ,Cali,2020-01-{day}\n" for day in range(10, 31))
    columns = {"date": "fecha", "area_name": "municipio"}

    with pytest.raises(InputFileError) as caught:
        take_in(text, columns=columns, kind="records")

    assert "Row 1 is no header: none of its 4 cells" in str(caught.value)
    assert "JUAN" not in str(caught.value)


def test_a_file_that_changed_since_it_was_found_stops_the_run(tmp_path, catalogue):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}2020-01-01,Antioquia,Amagá,1\n", encoding="utf-8")
    found = Delivery(path, "sources/a.csv", hashlib.sha256(path.read_bytes()).hexdigest())
    path.write_text(f"{HEADER}2020-01-01,Antioquia,Amagá,2\n", encoding="utf-8")
    columns = {"date": "date", "area_name": "town", "value": "count"}
    source = Source("p", Text("p", "p"), "tallies", "press", ("*.csv",), columns)

    with pytest.raises(InputFileError, match=r"a\.csv: the file changed while it was being read"):
        ingest(source, [found], catalogue, HandTables())


@pytest.mark.parametrize(
    ("columns", "kind", "said"),
    [
        ({"date": "date", "area_name": "town"}, "tallies", "`columns` has no value"),
        ({"date": "date", "value": "count"}, "tallies", "no column says where"),
        ({"area_name": "town", "value": "count"}, "tallies", "no column says when"),
        ({"area_name": "town", "value": "count"}, "records", "a record counts as one"),
    ],
)
def test_what_cannot_be_meant_is_refused(take_in, columns, kind, said):
    with pytest.raises(ConfigurationError, match=said):
        take_in(f"{HEADER}2020-01-01,Antioquia,Amagá,1\n", columns=columns, kind=kind)


def test_an_alias_of_an_unknown_area_is_refused(take_in):
    hand = HandTables(place_aliases={("*", "", "Amaga"): "99999"})

    with pytest.raises(ConfigurationError, match="99999"):
        take_in(f"{HEADER}2020-01-01,Antioquia,Amagá,1\n", hand=hand)


def test_the_order_of_day_and_month_is_decided_for_the_delivery_or_refused(take_in, reasons):
    undecided = f"{HEADER}03/04/2020,Antioquia,Amagá,1\n2020-01-01,Antioquia,Amagá,1\n"
    decided = f"{undecided}25/12/2020,Antioquia,Amagá,1\n"

    assert reasons(take_in(undecided)) == {2: "date_ambiguous"}
    assert "date_order" in take_in(undecided).set_aside["mend"].to_pylist()[0]
    assert str(take_in(decided).accepted["date"][0]) == "2020-04-03"
    assert str(take_in(undecided, date_order="mdy").accepted["date"][0]) == "2020-03-04"


def test_an_undecided_file_follows_the_other_files_of_its_source(take_in):
    files = {
        "a.csv": f"{HEADER}25/12/2020,Antioquia,Amagá,1\n",
        "b.csv": f"{HEADER}03/04/2020,Antioquia,Amagá,1\n",
    }

    assert str(take_in(files).accepted["date"][1]) == "2020-04-03"


def test_dates_in_three_columns(take_in, reasons):
    lines = ["y,m,d", "2020,Marzo,5", "2020,99,", "2020,Total,", ",,", "2020,3,31.0"]
    text = "town," + "\nCali,".join(lines) + "\n"
    columns = {"year": "y", "month": "m", "day": "d", "area_name": "town"}

    found = take_in(text, columns=columns, kind="records")

    read = [(str(line["date"]), line["date_precision"]) for line in found.accepted.to_pylist()]
    assert read == [
        ("2020-03-05", "day"),
        ("2020-01-01", "year"),
        ("None", "unknown"),
        ("2020-03-31", "day"),
    ]
    assert reasons(found) == {4: "total_row"}


def test_personal_columns_are_named_and_never_stored(take_in, flags):
    lines = [
        f"2020-01-{day:02},Antioquia,Amagá,{day}2-90{day},a{day}@mail.co" for day in range(10, 31)
    ]
    text = "date,dept,town,CÉDULA,notes\n" + "\n".join(
        [*lines, "2020-02-31,Antioquia,Amagá,1,x@y.co"]
    )

    found = take_in(text, kind="records")

    assert {(1, "personal_column", "CÉDULA"), (1, "personal_column", "notes")} <= flags(found)
    assert found.set_aside["reason"].to_pylist() == ["date_impossible"]
    everything = str([found.accepted.to_pylist(), found.set_aside.to_pylist(), found.notes])
    assert "CÉDULA" in str([str(note) for note in found.notes])
    assert "@" not in everything
    assert "2-90" not in everything


def test_a_field_whose_column_holds_addresses_is_not_stored(take_in):
    lines = "".join(f"2020-01-{day},Cali,a{day}@mail.co\n" for day in range(10, 31))
    columns = {"date": "date", "area_name": "town", "place": "where"}

    found = take_in(f"date,town,where\n{lines}", columns=columns, kind="records")

    assert found.accepted["place"].null_count == found.accepted.num_rows


def test_the_value_of_a_personal_column_is_never_told(take_in):
    text = "id,date,town\nA1,2020-01-01,Cali\nA1,2020-01-02,Cali\n"
    columns = {"id": "id", "date": "date", "area_name": "town"}

    found = take_in(text, columns=columns, kind="records")

    assert found.set_aside["reason"].to_pylist() == ["identifier_conflict"] * 2
    assert found.set_aside["given"].to_pylist() == [None, None]


def test_unreadable_fields_become_unknown_and_the_victim_counts(take_in, flags):
    text = (
        "date,town,age,sex,hour,lat,lon\n"
        "2020-01-01,Cali,115,M,25:00,91,0\n"
        "2020-01-02,Cali,viejo,M,6:00,0,0\n"
        "2020-01-03,Cali,NO REPORTADO,M,,3.4,-76.5\n"
    )
    fields = ("date", "age", "sex", "hour", "lat", "lon")
    columns = {field: field for field in fields} | {"area_name": "town"}

    found = take_in(text, columns=columns, kind="records")

    assert found.accepted["age"].to_pylist() == [None] * 3
    assert found.accepted["age_status"].to_pylist() == ["unknown"] * 3
    assert found.accepted["hour_status"].to_pylist() == ["unknown", "stated", "not_collected"]
    assert found.accepted["lat"].to_pylist() == [None, None, 3.4]
    assert found.accepted["sex_status"].to_pylist() == ["unknown"] * 3
    assert flags(found) >= {
        (2, "age_implausible", "age"),
        (3, "field_not_understood", "age"),
        (2, "field_not_understood", "hour"),
        (2, "coordinates_impossible", "lat"),
        (3, "coordinates_impossible", "lat"),
        (2, "field_not_understood", "sex"),
    }
    assert found.deliveries["rows_flagged"].to_pylist() == [3]


def test_code_maps_of_the_office_are_applied_before_reading(take_in):
    text = "date,town,sex,arma,count\n2020-01-01,Cali,1,7,-\n"
    columns = {
        "date": "date",
        "area_name": "town",
        "sex": "sex",
        "weapon": "arma",
        "value": "count",
    }
    maps = {
        ("police", "sex", "1"): "male",
        ("*", "weapon", "7"): "withheld",
        ("*", "value", "-"): "0",
    }

    found = take_in(text, columns=columns, hand=HandTables(code_maps=maps))

    line = found.accepted.to_pylist()[0]
    assert (line["sex"], line["weapon"], line["weapon_status"]) == ("male", None, "withheld")
    assert line["count"] == 0


def test_a_printed_rate_keeps_its_decimals(take_in):
    text = "year,rate,pop,n\n2012,41.20,6.253.419,2576\n"
    columns = {"year": "year", "rate": "rate", "population": "pop", "value": "n"}

    line = take_in(text, columns=columns, area_level="whole").accepted.to_pylist()[0]

    assert (line["rate"], line["rate_decimals"], line["population"]) == (41.2, 2, 6253419.0)
    assert (line["area"], line["parent"]) == (None, None)


def test_rows_that_do_not_add_up_stop_the_run(take_in, monkeypatch):
    real = module.set_aside_table
    monkeypatch.setattr(module, "set_aside_table", lambda *given: real(*given).slice(1))

    with pytest.raises(RowsLostError, match="2 rows were delivered and 1 were placed"):
        take_in(f"{HEADER}2020-01-01,Antioquia,Amagá,1\n2020-01-01,Antioquia,Amagá,x\n")


def test_progress_is_told_file_by_file(tmp_path, catalogue):
    said = []
    deliveries = []
    for name in ("b.csv", "a.csv"):
        path = tmp_path / name
        path.write_text(f"{HEADER}2020-01-01,Antioquia,Amagá,{name}\n", encoding="utf-8")
        deliveries.append(Delivery(path, name, hashlib.sha256(path.read_bytes()).hexdigest()))
    columns = {"date": "date", "area_name": "town", "value": "count"}
    source = Source("p", Text("p", "p"), "tallies", "press", ("*.csv",), columns)

    ingest(source, deliveries, catalogue, HandTables(), progress=said.append)

    assert [str(message) for message in said] == ["Reading a.csv", "Reading b.csv"]


def test_a_code_that_is_not_understood_is_named_with_the_line_that_would_explain_it(take_in):
    rows = [*["A"] * 7, *["B"] * 2, *["44"] * 20]
    text = "date,dept,town,edad,full\n" + "".join(
        f"2020-01-{day % 28 + 1:02},Antioquia,Amagá,{age},Ana Secreta {age}\n"
        for day, age in enumerate(rows)
    )
    columns = {"date": "date", "parent_name": "dept", "area_name": "town", "age": "edad"}

    found = take_in(text, columns=columns | {"full_name": "full"}, kind="records")

    said = " ".join(map(str, found.notes))
    assert "age: 'A' was not understood (rows: 7)." in said
    assert f"hand/code_maps.csv: {found.source.id},age,A," in said
    assert "'B'" not in said  # so few that they could be somebody
    assert "Secreta" not in said


def test_a_delivery_without_rows_is_told(take_in):
    found = take_in(HEADER)

    assert totals(found) == [0, 0, 0, 0]
    assert any("no rows below it" in str(note) for note in found.notes)
