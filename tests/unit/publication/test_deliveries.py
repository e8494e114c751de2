"""The rows of a private source's files tell no count that is hidden elsewhere."""

from __future__ import annotations

import pytest

from testigo.records import CONSISTENCY, DELIVERIES, REASONS

ROWS = ("rows_delivered", "rows_accepted", "rows_excluded", "rows_quarantined", "rows_flagged")
QUIET = {"0101": 9, "0102": 7, "0103": 30, "0201": 40, "0202": 0, "?01": 6}  # nothing to hide


def file(name: str, accepted: int, source: str = "police", **other: int) -> dict[str, object]:
    rows = dict.fromkeys(ROWS, 0) | {"rows_accepted": accepted} | other
    rows["rows_delivered"] = accepted + rows["rows_excluded"] + rows["rows_quarantined"]
    told = {"source": source, "file": f"{name}.csv", "sha256": "0" * 64}
    return told | rows | {"count_accepted": accepted}


def reason(name: str, rows: int, placement: str = "excluded", source: str = "police") -> dict:
    return {
        "source": source, "file": f"{name}.csv", "placement": placement,
        "reason": "repeated_row", "column": "", "rows": rows,
    }  # fmt: skip


def told(observatory, files: list[dict], reasons: list[dict] = (), findings: list[dict] = ()):
    given = {
        "deliveries": DELIVERIES.table(list(files)),
        "reasons": REASONS.table(list(reasons)),
        "consistency": CONSISTENCY.table(list(findings)),
    }
    tables = observatory.with_tables(**given).protected()
    return [tables[name].to_pylist() for name in given]


def test_a_file_of_few_victims_hides_the_rows_of_all_files_of_its_source(build_observatory) -> None:
    files, _, _ = told(build_observatory(QUIET), [file("2020-01", 89), file("2020-02", 3)])

    for line in files:
        assert line["value_status"] == "suppressed"
        assert [line[name] for name in (*ROWS[:2], "count_accepted")] == [None, None, None]
        assert line["rows_excluded"] == 0  # a stated zero stays one


def test_one_file_of_all_places_is_told_although_some_areas_are_hidden(observatory) -> None:
    ((line,), _, _) = told(observatory, [file("all", 85, rows_excluded=8)])

    assert (line["rows_delivered"], line["rows_accepted"], line["rows_excluded"]) == (93, 85, 8)
    assert line["value_status"] == "stated"


def test_files_that_may_be_of_one_place_each_are_hidden_with_it(observatory) -> None:
    files, _, _ = told(observatory, [file("north", 45), file("south", 40)])

    assert {line["count_accepted"] for line in files} == {None}


def test_files_are_told_where_nothing_is_hidden(build_observatory) -> None:
    files, _, _ = told(build_observatory(QUIET), [file("north", 52), file("south", 40)])

    assert [line["count_accepted"] for line in files] == [52, 40]


def test_a_file_of_a_year_that_is_hidden_as_a_whole_is_hidden(build_observatory) -> None:
    ((line,), _, _) = told(build_observatory({"0101": 3}), [file("all", 60)])

    assert line["count_accepted"] is None


def test_files_of_a_public_source_are_told_whatever_they_hold(observatory) -> None:
    files, reasons, _ = told(
        observatory,
        [file("one", 2, "registry", rows_excluded=1), file("two", 82, "registry")],
        [reason("one", 1, source="registry")],
    )

    assert [line["count_accepted"] for line in files] == [2, 82]
    assert [line["rows"] for line in reasons] == [1]


@pytest.mark.parametrize("placement", ["excluded", "quarantined"])
def test_few_rows_set_aside_are_hidden_with_all_that_add_up_to_them(
    build_observatory, placement: str
) -> None:
    given = file("all", 92, **{f"rows_{placement}": 12})
    two = [reason("all", 2, placement), reason("all", 10, placement) | {"reason": "total_row"}]

    ((line,), reasons, _) = told(build_observatory(QUIET), [given], two)

    assert [one["rows"] for one in reasons] == [None, None]
    assert {one["value_status"] for one in reasons} == {"suppressed"}
    assert (line["rows_delivered"], line[f"rows_{placement}"]) == (None, None)
    assert line["rows_accepted"] == 92


@pytest.mark.parametrize(
    ("rule", "found", "hidden"), [("C22", 2, True), ("C24", 2, True), ("C22", 12, False)]
)
def test_a_finding_about_few_rows_tells_no_numbers(
    build_observatory, rule: str, found: int, hidden: bool
) -> None:
    row = {
        "table": "police", "rule": rule, "severity": "warning", "where": "age_impossible",
        "found": str(found), "expected": "0", "explanation": f"{found} of 92 rows.",
        "explanation_es": f"{found} de 92 filas.",
    }  # fmt: skip

    _, _, (finding,) = told(build_observatory(QUIET), [file("all", 92)], findings=[row])

    assert (finding["found"] == "suppressed") is hidden


def test_a_printed_total_beside_the_rows_of_a_hidden_file_is_hidden(build_observatory) -> None:
    row = {
        "table": "police", "rule": "C06", "severity": "warning", "where": "2020-02.csv 9",
        "found": "89", "expected": "92", "explanation": "89 of 92.", "explanation_es": "89 de 92.",
    }  # fmt: skip

    _, _, findings = told(
        build_observatory(QUIET), [file("2020-01", 89), file("2020-02", 3)], findings=[row]
    )

    assert findings[0]["expected"] == "suppressed"
