from __future__ import annotations

import hashlib
import importlib.util
import sys

import pyarrow.compute as pc
import pytest

from testigo.core import Text
from testigo.records import Delivery, HandTables, Source, ingest

COLUMNS = {
    "date": "Fecha hecho",
    "area": "Código DANE",
    "area_name": "Municipio",
    "parent_name": "Departamento",
    "sex": "Género",
    "weapon": "Armas medios",
    "age_group": "Agrupa edad persona",
    "value": "Cantidad",
}
TRUE = {
    "year changed": 12_396,
    "weekday misspelled": 2_876,
    "date or time broken": 4,
    "last row is no data": 1,
    "year of birth cannot be": 232,
    "text damaged by a replacement": 1_819,
    "identifier of several people": 1_627,
    "column of personal data (columns)": 2,
}


@pytest.fixture(scope="module")
def tool(root):
    """The script that works out what is true."""
    path = root / "tools" / "measure_dirty_files.py"
    spec = importlib.util.spec_from_file_location("measure_dirty_files", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measured(tool, shared):
    return [*tool.measure_teaching_file(shared), *tool.measure_press(shared)]


@pytest.mark.parametrize(
    ("file", "victims", "rows"),
    [
        ("dirty_files/colombia_police_homicidios_2015.xlsx", 12_460, 10_236),
        ("dirty_files/colombia_police_homicidios_2024.xls", 13_341, 11_012),
    ],
)
def test_raw_workbooks_go_in_by_configuration_alone(tool, shared, file, victims, rows):
    path = shared / file
    delivery = Delivery(path, file, hashlib.sha256(path.read_bytes()).hexdigest())
    name = Text("Policía", "Police")
    source = Source("police", name, "tallies", "criminal_justice", (file,), COLUMNS, code_length=5)

    found = ingest(source, [delivery], tool.colombia(shared), HandTables())

    line = found.deliveries.to_pylist()[0]
    assert (line["count_accepted"], line["rows_accepted"]) == (victims, rows)
    assert line["rows_quarantined"] == 0
    assert pc.sum(pc.equal(found.accepted["sex"], "male")).as_py() > 0.9 * rows
    assert found.accepted["area"].null_count < 0.005 * rows
    assert found.accepted["parent"].null_count == 0


def test_what_is_true_of_the_teaching_file_is_what_the_workbook_says(measured):
    assert {one.name: one.true for one in measured if one.name in TRUE} == TRUE


def test_every_planted_error_is_found_and_nothing_else(measured):
    assert len(measured) == len(TRUE) + 1
    for one in measured:
        assert one.precision == 1, one.name
        assert one.true - one.both <= 1, one.name
        assert one.false_alarms == 0, one.name


def test_the_changed_year_is_told_of_the_whole_delivery(tool, shared):
    lines = tool.read_lines(shared / tool.DIRTY)

    note = tool.taken_in(lines, tool.colombia(shared), tool.COLUMNS).notes[0]

    assert "fit 2015. The year was probably changed." in str(note)
    assert "concuerdan con 2015" in note.in_language("es")


def test_places_of_the_teaching_file_are_those_of_the_workbook(tool, shared):
    placed, right, absent = tool.measure_places(shared)

    assert right + absent == placed
    assert absent / placed < 0.002


def test_the_page_tells_what_is_measured(tool, shared, measured):
    page = tool.PAGE.read_text(encoding="utf-8")

    assert page == tool.page(measured, tool.measure_places(shared))
