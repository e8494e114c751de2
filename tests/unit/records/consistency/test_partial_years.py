"""C21: a year is complete or says so."""

from __future__ import annotations

from testigo.records.consistency.partial_years import check_partial_years


def year(period: str, months: int, level: str = "whole") -> dict[str, object]:
    cell = {"area_level": level, "area": "MX", "period": period, "months_covered": months}
    return cell | {"source": "police", "victims": 1}


def test_last_year_of_nine_months_is_a_warning(a_source, evidence) -> None:
    counts = [year("2010", 12), year("2011", 9)]
    (finding,) = check_partial_years(evidence([a_source()], counts=counts))

    assert (finding.severity, finding.where) == ("warning", "2011")
    assert (finding.found, finding.expected) == ("9", "12")
    assert "the last year" in str(finding.explanation)


def test_first_year_and_years_with_gaps_are_told_too(a_source, evidence) -> None:
    counts = [year("2009", 1), year("2010", 11), year("2011", 12)]
    found = check_partial_years(evidence([a_source()], counts=counts))

    assert [finding.where for finding in found] == ["2009", "2010"]
    assert "the last year" not in str(found[0].explanation)


def test_months_smaller_areas_and_unknown_periods_are_not_years(a_source, evidence) -> None:
    counts = [year("2010", 3, "area"), year("2010-01", 1), year("?", 0), year("2010", 12)]

    assert check_partial_years(evidence([a_source()], counts=counts)) == []
