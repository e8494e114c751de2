"""C22: dates and ages that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from testigo.records.consistency.row_logic import check_row_logic


@pytest.fixture
def check(a_source, accepted, an_ingested, evidence):
    def run(flags: dict[str, int], aside: dict[str, int] | None = None, rows: int = 100):
        source = a_source(kind="records", columns={})
        table = accepted([{"year": 2020}] * rows)
        one = an_ingested(source, accepted=table, flags=_rows(flags), aside=_rows(aside or {}))
        return check_row_logic(evidence([source], table, ingested=[one]))

    return run


def _rows(reasons: dict[str, int]) -> list[dict[str, object]]:
    return [
        {"row": number, "reason": reason}
        for reason, times in reasons.items()
        for number in range(2, 2 + times)
    ]


@pytest.mark.parametrize("reason", ["death_before_event", "event_after_registration"])
def test_an_impossible_order_of_dates_is_an_error(check, reason: str) -> None:
    (finding,) = check({reason: 1})

    assert (finding.rule, finding.severity, finding.where) == ("C22", "error", reason)
    assert (finding.found, finding.expected) == ("1", "0")
    assert "1 of 100 rows (1.0%)" in str(finding.explanation)


@pytest.mark.parametrize(("rows", "severity"), [(50, "warning"), (51, "error")])
def test_most_weekdays_wrong_is_an_error_of_the_column(check, rows: int, severity: str) -> None:
    (finding,) = check({"weekday_contradicts_date": rows})

    assert finding.severity == severity


def test_misspelled_weekdays_are_not_among_the_rows_looked_at(check) -> None:
    (finding,) = check({"weekday_contradicts_date": 50, "weekday_misspelled": 20})

    assert finding.severity == "error"
    assert "50 of 80 rows" in str(finding.explanation)


def test_rows_in_quarantine_are_a_warning(check) -> None:
    (finding,) = check({}, aside={"date_impossible": 5})

    assert finding.severity == "warning"
    assert "5 of 105 rows" in str(finding.explanation)
    assert "quarantine" in str(finding.explanation)


def test_other_flags_are_none_of_this_rule(check) -> None:
    assert check({"area_not_matched": 90}, aside={"footer": 1}) == []


def test_a_day_that_has_not_come_is_an_error(a_source, accepted, an_ingested, evidence) -> None:
    source = a_source(kind="records", columns={})
    table = accepted([{"year": 2020}, {"year": 2030}, {"year": 2031}])
    one = an_ingested(source, accepted=table, flags=[], aside=[])
    seen = replace(evidence([source], table, ingested=[one]), as_of=date(2026, 11, 21))
    (finding,) = check_row_logic(seen)

    assert (finding.severity, finding.where, finding.found) == ("error", "future_date", "2")
    assert "2031" in str(finding.explanation)


def test_without_a_day_nothing_is_held_to_be_in_the_future(check) -> None:
    assert check({}) == []
