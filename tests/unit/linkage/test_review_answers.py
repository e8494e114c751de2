"""Answers are checked line by line; a file with a wrong line is not read at all."""

from __future__ import annotations

import pytest

from testigo.core import InputFileError, TestigoError
from testigo.linkage import read_review_answers

SHEETS = {"s1": ["pa", "pb", "pc"], "s2": ["pz"]}
PERSON = "Fulano Perengano"


def written(tmp_path, text: str | bytes):
    path = tmp_path / "answers.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_what_the_page_saves_is_read(tmp_path) -> None:
    text = "sheet,pair,answer,reason\ns1,pa,same,names\ns1,pb,different,\ns1,pc,unsure,\n"
    found = read_review_answers(written(tmp_path, text), SHEETS)

    assert found.sheet == "s1"
    assert {pair: one.answer for pair, one in found.given.items()} == {
        "pa": "same", "pb": "different", "pc": "unsure",
    }  # fmt: skip
    assert found.given["pa"].reason == "names"


def test_a_table_filled_in_by_hand_is_read(tmp_path) -> None:
    """With a spreadsheet of an office: semicolons, Spanish words, other columns, blanks."""
    text = "sheet;pair;answer;given_names_a\ns1;pa;Misma;Ana\ns1;pb;DISTINTA;Luis\ns1;pc;;Eva\n"
    found = read_review_answers(written(tmp_path, text.encode("cp1252")), SHEETS)

    assert {pair: one.answer for pair, one in found.given.items()} == {
        "pa": "same", "pb": "different",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"s1,pa,{PERSON},\n", "line 2: the answer is not"),
        ("s1,pq,same,\n", "line 2: the sheet has no such pair"),
        ("s1,pa,same,\ns2,pz,same,\n", "line 3: it answers another sheet"),
        ("s1,pa,same,\ns1,pa,different,\n", "line 3: the pair was answered otherwise in line 2"),
        (f"s1,pa,same,{PERSON}\n", "line 2: the reason is not one of"),
        ("s9,pa,same,\n", "line 2: it answers a sheet that was not made"),
    ],
)
def test_a_wrong_line_is_named_and_never_quoted(tmp_path, lines, said) -> None:
    path = written(tmp_path, "sheet,pair,answer,reason\n" + lines)
    with pytest.raises(InputFileError, match=said) as caught:
        read_review_answers(path, SHEETS)

    assert PERSON not in str(caught.value)
    assert PERSON not in caught.value.in_language("es")


def test_a_pair_answered_alike_twice_counts_once(tmp_path) -> None:
    text = "sheet,pair,answer\ns1,pa,same\ns1,pa,same\n"

    assert len(read_review_answers(written(tmp_path, text), SHEETS).given) == 1


def test_many_wrong_lines_are_not_all_told(tmp_path) -> None:
    text = "sheet,pair,answer\n" + "s1,nobody,same\n" * 30
    with pytest.raises(InputFileError, match="and more wrong lines: 20"):
        read_review_answers(written(tmp_path, text), SHEETS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02" * 100,
        b"\xff\xfe\x00",
        b"PK\x03\x04 not a workbook",
        b"sheet,pair\n1,2\n",
        b"a" * 10_000,
        b"\n\n\n",
        b"sheet,pair,answer\n",
    ],
)
def test_any_bytes_are_refused_in_a_sentence(tmp_path, content) -> None:
    with pytest.raises(TestigoError):
        read_review_answers(written(tmp_path, content), SHEETS)


def test_a_file_that_is_not_there_is_said(tmp_path) -> None:
    with pytest.raises(InputFileError):
        read_review_answers(tmp_path / "nothing.csv", SHEETS)
