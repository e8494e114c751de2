"""An error blocks until somebody signs, and the signature stays visible."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from testigo.core import ConfigurationError
from testigo.records import CONSISTENCY
from testigo.records.consistency.model import Override
from testigo.records.consistency.overrides import blocked, read_overrides

HEADER = "table,rule,where,reason,signed_by,signed_on\n"
GOOD = 'police,C01,2012,"The ministry confirmed, in writing",comité editorial,2026-11-21\n'


@pytest.fixture
def overrides(tmp_path: Path):
    def read(text: str) -> tuple[Override, ...]:
        path = tmp_path / "overrides.csv"
        path.write_text(text, encoding="utf-8")
        return read_overrides(path)

    return read


def test_a_signed_override_is_read(overrides) -> None:
    (override,) = overrides(HEADER + GOOD)

    assert override == Override(
        table="police",
        rule="C01",
        where="2012",
        reason="The ministry confirmed, in writing",
        signed_by="comité editorial",
        signed_on=date(2026, 11, 21),
    )
    assert override.shown == "The ministry confirmed, in writing (comité editorial, 2026-11-21)"


@pytest.mark.parametrize("text", [HEADER, HEADER + "\n", HEADER + ",,,,,\n"])
def test_a_table_without_lines_is_no_override(overrides, text: str) -> None:
    assert overrides(text) == ()


def test_a_spreadsheet_may_save_it_with_semicolons(overrides) -> None:
    (override,) = overrides(
        HEADER.replace(",", ";") + "police;C01;2012;Confirmed, in writing;directora;2026-11-21\n"
    )

    assert override.reason == "Confirmed, in writing"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("police,C01,2012,,directora,2026-11-21\n", "row 2, column 'reason'"),
        ("police,C01,2012,Confirmed,,2026-11-21\n", "row 2, column 'signed_by'"),
        ("police,C01,2012,Confirmed,directora,\n", "row 2, column 'signed_on'"),
        ("police,C01,2012,Confirmed,directora,21.11.26\n", "row 2, column 'signed_on'"),
        ("police,C91,2012,Confirmed,directora,2026-11-21\n", "row 2, column 'rule'"),
        (",C01,2012,Confirmed,directora,2026-11-21\n", "row 2, column 'table'"),
        ("police,C01,,Confirmed,directora,2026-11-21\n", "row 2, column 'where'"),
        (GOOD + "police,C02,2011,,directora,2026-11-21\n", "row 3, column 'reason'"),
    ],
)
def test_an_override_that_lacks_something_is_refused(overrides, line: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says) as refused:
        overrides(HEADER + line)

    assert "overrides.csv" in str(refused.value)
    assert refused.value.hint is not None


def test_a_comma_without_quotation_marks_is_refused(overrides) -> None:
    with pytest.raises(ConfigurationError, match="row 2: the row has more or fewer cells"):
        overrides(HEADER + "police,C01,2012,Confirmed, in writing,directora,2026-11-21\n")


def test_a_missing_column_is_refused(overrides) -> None:
    with pytest.raises(ConfigurationError, match="signed_by"):
        overrides("table,rule,where,reason,signed_on\npolice,C01,2012,Confirmed,2026-11-21\n")


@pytest.mark.parametrize(
    ("severity", "override", "expected"),
    [
        ("error", None, {"police"}),
        ("error", "Confirmed (directora, 2026-11-21)", set()),
        ("warning", None, set()),
        ("info", None, set()),
    ],
)
def test_only_an_unsigned_error_blocks(severity: str, override: str | None, expected) -> None:
    row = {"table": "police", "rule": "C01", "severity": severity, "where": "2012"}
    texts = dict.fromkeys(("found", "expected", "explanation", "explanation_es"), "x")

    assert blocked(CONSISTENCY.table([row | texts | {"override": override}])) == expected
