"""C06: the total below a delivered table is the sum of its rows."""

from __future__ import annotations

import json

import pytest

from testigo.records.consistency.totals import check_total_rows

FOOTER = {"row": 99, "reason": "footer"}


def aside(cells: dict[str, str], **more: object) -> dict[str, object]:
    return FOOTER | {"content": json.dumps(cells)} | more


@pytest.fixture
def check(a_source, accepted, an_ingested, evidence):
    def run(*set_aside: dict[str, object], counted: int = 12_460, **changes: object):
        source = a_source(**({"columns": {"value": "CANTIDAD"}} | changes))
        rows = accepted([{"year": 2015, "count": counted}])
        one = an_ingested(source, accepted=rows, aside=set_aside)
        return check_total_rows(evidence([source], rows, ingested=[one]))

    return run


def test_a_total_that_agrees_is_no_finding(check) -> None:
    assert check(aside({"DEPARTAMENTO": "TOTAL", "CANTIDAD": "12460"})) == []


@pytest.mark.parametrize("written", ["12461", "12,461", "12.461", "12 461", "12461.0", "12461,00"])
def test_a_total_that_differs_is_a_warning_however_it_is_written(check, written: str) -> None:
    quarantined = {"row": 7, "reason": "date_not_understood", "placement": "quarantined"}
    (finding,) = check(aside({"DEPARTAMENTO": "TOTAL", "Cantidad ": written}), quarantined)

    assert (finding.rule, finding.severity, finding.where) == ("C06", "warning", "police.csv 99")
    assert (finding.found, finding.expected) == ("12460", "12461")
    assert "set aside: 1." in str(finding.explanation)


def test_notes_below_the_table_are_no_total(check) -> None:
    assert check(aside({"DEPARTAMENTO": "FUENTE: extraído el día 15", "CANTIDAD": "3"})) == []
    assert check(aside({"DEPARTAMENTO": "Total de páginas: dos"})) == []
    assert check(FOOTER | {"content": None}) == []


def test_records_have_one_number_in_their_total(check) -> None:
    records = {"kind": "records", "columns": {}}

    assert check(aside({"A": "Total general", "B": "1"}), counted=1, **records) == []
    assert len(check(aside({"A": "Total general", "B": "2"}), counted=1, **records)) == 1
    assert check(aside({"A": "Total", "B": "2", "C": "3"}), counted=1, **records) == []


def test_a_file_read_only_in_part_is_not_compared(check) -> None:
    narrowed = {"row": 3, "reason": "out_of_scope"}

    assert check(aside({"A": "TOTAL", "CANTIDAD": "99"}), narrowed) == []


def test_a_delivery_without_accepted_rows_counts_nothing(check) -> None:
    (finding,) = check(aside({"A": "TOTAL", "CANTIDAD": "9"}, file="other.csv"))

    assert (finding.found, finding.expected) == ("0", "9")


def test_a_line_of_total_inside_the_table_is_compared_when_it_is_alone(check) -> None:
    row = aside({"DEPARTAMENTO": "TOTAL", "CANTIDAD": "12461"}, reason="total_row")

    assert len(check(row)) == 1
    assert check(row, row | {"row": 50}) == []
