"""C20 and C23: what is laid side by side counts the same thing."""

from __future__ import annotations

from testigo.core import Text
from testigo.records.consistency.comparability import check_source_names, check_units


def year(source: str, victims: int, period: str = "2020", months: int = 12) -> dict[str, object]:
    cell = {"area_level": "whole", "area": "MX", "period": period, "months_covered": months}
    return cell | {"source": source, "victims": victims}


def test_two_sources_of_one_name_and_two_units_are_told(a_source, evidence) -> None:
    name = Text(es="Policía", en="Police")
    sources = [a_source("a", name=name), a_source("b", name=name, unit="file")]
    (finding,) = check_source_names(evidence(sources))

    assert (finding.severity, finding.where, finding.found) == ("info", "a / b", "unit")


def test_sources_of_one_name_and_one_way_of_counting_pass(a_source, evidence) -> None:
    name = Text(es="Policía", en="Police")

    assert check_source_names(evidence([a_source("a", name=name), a_source("b", name=name)])) == []
    assert check_source_names(evidence([a_source("a"), a_source("b", unit="file")])) == []


def test_files_beside_victims_are_a_warning_with_their_ratio(a_source, evidence) -> None:
    """Mexico 2020: 28,830 investigations, 35,545 victims of the same institution."""
    sources = [
        a_source("inegi", family="public_health"), a_source("victims"),
        a_source("files", unit="file"),
    ]  # fmt: skip
    counts = [year("inegi", 35_787), year("victims", 35_545), year("files", 28_830)]
    counts += [year("victims", 9, "2021", 3), year("files", 9, "2021", 3)]
    (finding,) = check_units(evidence(sources, counts=counts))

    assert (finding.table, finding.severity, finding.where) == ("files", "warning", "unit")
    assert (finding.found, finding.expected) == ("file", "victim")
    assert "28,830 in 2020" in str(finding.explanation)
    assert "1.23" in str(finding.explanation)


def test_without_a_common_year_the_units_are_told_all_the_same(a_source, evidence) -> None:
    (finding,) = check_units(evidence([a_source("a"), a_source("b", unit="incident")]))

    assert "incidents" in str(finding.explanation)


def test_one_unit_is_no_finding(a_source, evidence) -> None:
    assert check_units(evidence([a_source("a"), a_source("b")])) == []
    assert check_units(evidence([a_source("a", unit="file"), a_source("b", unit="file")])) == []
