"""hand/link_decisions.csv: read whole, refused with the line, obeyed."""

from __future__ import annotations

import pyarrow as pa
import pytest

from testigo.core import ConfigurationError
from testigo.linkage import LinkDecision, read_link_decisions
from testigo.linkage.decisions import apply_decisions

HEADER = "source_a,record_a,source_b,record_b,decision,signed_by,signed_on,reason\n"


def written(tmp_path, text: str):
    path = tmp_path / "link_decisions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_is_no_decision(tmp_path) -> None:
    assert read_link_decisions(tmp_path / "link_decisions.csv") == ()


def test_decisions_are_read_in_both_languages(tmp_path) -> None:
    path = written(
        tmp_path,
        HEADER + "police,1,press,9,same,M. R.,2024-02-01,same photograph\n"
        "police,2,press,8,distinta,,,\n",
    )

    first, second = read_link_decisions(path)

    assert first == LinkDecision(
        "police", "1", "press", "9", "same", "M. R.", "2024-02-01", "same photograph"
    )
    assert second.decision == "different"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("police,1,press,,same,,,\n", "line 3"),
        ("police,1,press,Juan Pérez,maybe,,,\n", "line 3"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named_and_nobody_else(tmp_path, line, said) -> None:
    path = written(tmp_path, HEADER + "police,1,press,9,same,,,\n" + line)

    with pytest.raises(ConfigurationError, match=said) as caught:
        read_link_decisions(path)

    assert "Juan" not in str(caught.value)
    assert caught.value.hint is not None


def test_a_missing_column_is_named(tmp_path) -> None:
    path = written(tmp_path, "source_a,record_a,source_b,record_b\npolice,1,press,9\n")

    with pytest.raises(ConfigurationError, match="decision"):
        read_link_decisions(path)


RECORDS = pa.table({"source": ["police", "police", "press"], "id": ["1", "1", "9"]})


def test_an_identifier_that_several_records_bear_decides_nothing() -> None:
    with pytest.raises(ConfigurationError, match="decision 1"):
        apply_decisions([LinkDecision("police", "1", "press", "9", "same")], RECORDS)


def test_decisions_about_records_that_are_gone_are_counted() -> None:
    constraints, absent = apply_decisions(
        [LinkDecision("police", "7", "press", "9", "same")], RECORDS
    )

    assert absent == (1,)
    assert constraints.same.shape == (2, 0)


def test_a_list_that_is_not_linked_is_refused_with_the_line(tmp_path) -> None:
    path = written(tmp_path, HEADER + "police,7,press,9,same,,,\npolcie,7,press,9,same,,,\n")

    with pytest.raises(ConfigurationError, match="line 3") as caught:
        apply_decisions(read_link_decisions(path), RECORDS)

    assert caught.value.hint is not None
    assert "police, press" in str(caught.value.hint.in_language("en"))


def test_a_record_is_not_compared_with_itself() -> None:
    with pytest.raises(ConfigurationError, match="itself"):
        apply_decisions([LinkDecision("press", "9", "press", "9", "same")], RECORDS)


def test_a_contradiction_names_both_lines(tmp_path) -> None:
    records = pa.table({"source": ["police", "press", "ngo"], "id": ["1", "2", "3"]})
    lines = "police,1,press,2,same,,,\npress,2,ngo,3,same,,,\npolice,1,ngo,3,different,,,\n"

    with pytest.raises(ConfigurationError, match=r"line 4.*line 2"):
        apply_decisions(read_link_decisions(written(tmp_path, HEADER + lines)), records)


def test_a_line_with_another_separator_is_refused(tmp_path) -> None:
    path = written(tmp_path, HEADER + "police,1,press,9,same,,,\npolice;1;press;9;same;;;\n")

    with pytest.raises(ConfigurationError, match="line 3"):
        read_link_decisions(path)
