"""What accepted rows say beside the count: birth dates and identity documents, for linkage."""

from __future__ import annotations

COLUMNS = {
    "date": "date",
    "parent_name": "dept",
    "area_name": "town",
    "birth_date": "born",
    "national_id": "document",
}
HEADER = "date,dept,town,born,document\n"
PLACE = "2020-01-01,Antioquia,Amagá"


def test_birth_dates_and_documents_are_stored_as_they_are_meant(take_in) -> None:
    lines = [f"{PLACE},1971-07-08,8 123.456", f"{PLACE},19710708,", f"{PLACE},,N/A"]

    found = take_in(HEADER + "\n".join(lines) + "\n", kind="records", columns=COLUMNS)

    told = found.accepted.select(["birth_date", "national_id"]).to_pylist()
    assert [str(row["birth_date"]) for row in told] == ["1971-07-08", "1971-07-08", "None"]
    assert [row["national_id"] for row in told] == ["8 123.456", None, None]


def test_a_year_of_birth_is_no_first_of_january(take_in) -> None:
    lines = [f"{PLACE},1971,1", f"{PLACE},1971-07,2", f"{PLACE},1971-07-08,3"]

    found = take_in(HEADER + "\n".join(lines) + "\n", kind="records", columns=COLUMNS)

    assert found.accepted["birth_date"].null_count == 2


def test_a_birth_date_that_is_none_is_flagged_and_not_repeated(take_in) -> None:
    found = take_in(f"{HEADER}{PLACE},canary 31,9977\n", kind="records", columns=COLUMNS)

    flagged = {row["column"]: row["reason"] for row in found.flags.to_pylist()}
    assert flagged["born"] == "field_not_understood"
    said = str([found.flags.to_pylist(), found.set_aside.to_pylist(), list(map(str, found.notes))])
    assert "canary" not in said
    assert "9977" not in said
    assert found.accepted["birth_date"].to_pylist() == [None]
