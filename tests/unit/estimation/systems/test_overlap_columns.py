"""Which columns are lists; what is nearly one stops, with its row, what was given and the mend."""

from __future__ import annotations

import pytest

from testigo.core import InputFileError
from testigo.estimation import read_overlaps

GOOD = (
    "press,police,ngo,count\n1,0,0,60\n0,1,0,50\n0,0,1,30\n1,1,0,20\n1,0,1,15\n0,1,1,15\n1,1,1,10\n"
)
SIXTY = ",".join(f"l{j}" for j in range(60)) + ",count\n" + ",".join(["1"] * 60) + ",5\n"
COUNTS = "press,police,ngo,count\n60,0,0,60\n0,50,0,50\n0,0,30,30\n20,20,0,20\n10,10,10,10\n"


@pytest.fixture
def file(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "overlaps.csv"
        path.write_text(text, encoding=encoding, newline="\n")
        return path

    return write


def marked(yes: str, no: str, *, only: str = "") -> str:
    """Write the good table with other marks than 1 and 0; `only` in one list."""
    head, *rows = GOOD.splitlines()
    names = head.split(",")
    told = [head]
    for row in rows:
        *marks, people = row.split(",")
        changed = [
            (yes if mark == "1" else no) if not only or name == only else mark
            for name, mark in zip(names[:-1], marks, strict=True)
        ]
        told.append(",".join([*changed, people]))
    return "\n".join(told) + "\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("1,1,1,10", "1,1,1,-3"), "row 8, column 'count'"),
        (GOOD.replace("1,1,1,10", "1,1,1,2.5"), "row 8, column 'count': is not a whole number"),
        (GOOD.replace("1,1,1,10", "1,1,1,"), "row 8, column 'count': is blank"),
        (
            GOOD.replace("1,1,1,10", "0,0,0,10"),
            r"row 8, column 'count': .* no list \(lists: press, police, ngo\)",
        ),
        (GOOD.replace("1,1,1,10", "1,1,2,10"), "row 8, column 'ngo': '2' is neither 0 nor 1"),
        (GOOD.replace("1,1,1,10", "1,1,x,10"), "row 8, column 'ngo': 'x' is neither 0 nor 1"),
        (GOOD.replace("1,1,1,10", "1,1,,10"), "row 8, column 'ngo': is blank"),
        (GOOD.replace(",0", ","), "column 'po.*': is blank"),
        (
            "a,b,c,count\n1,0,2,9\n0,1,2,9\n1,1,2,9\n1,0,1,9\n1,0,0,9\n",
            "row 2, column 'c': '2' is neither 0 nor 1",
        ),
        (GOOD.replace("1,1,1,10", "1,1,1,4000000000000"), "row 8, .* more than 100,000,000 people"),
        (GOOD.replace("1,1,1,10", "1,1,1,3,000,000,000"), "row 8: the row has more"),
        (GOOD.replace("1,1,1,10", "1,1,1,3000000000"), "row 8, .* more than 100,000,000 people"),
        (
            GOOD.replace(",60", ",1.412").replace(",10", ",1.5"),
            "row 8, column 'count': is not a whole number",
        ),
        (
            GOOD.replace(",60", ",1.412").replace(",10", ",3.0"),
            r"row 8, column 'count': '3.0' has decimals, so that row 2 is",
        ),
        ("a,b,c,count\n1,0,0,0\n0,1,0,0\n", "holds nobody: every count is 0"),
        ("name,count\nana,3\nbea,4\n", "no column of 0 and 1"),
        (SIXTY, "60 lists, more than 40"),
    ],
)
def test_what_is_no_table_of_overlaps_ends_in_one_sentence(file, text, words) -> None:
    with pytest.raises(InputFileError, match=words):
        read_overlaps(file(text))


@pytest.mark.parametrize(("yes", "no"), [("si", "no"), ("Sí", "No"), ("x", ""), ("yes", "0")])
@pytest.mark.parametrize("only", ["", "police"])
def test_words_for_yes_and_no_may_be_a_list_or_a_stratum_so_they_stop(file, yes, no, only) -> None:
    with pytest.raises(InputFileError, match=r"neither 0 nor 1(.|\n)*write 1 .*(.|\n)*a stratum"):
        read_overlaps(file(marked(yes, no, only=only)))


@pytest.mark.parametrize(
    ("yes", "no"), [("TRUE", "FALSE"), ("True", "False"), ("VERDADERO", "FALSO")]
)
def test_what_programs_write_for_1_and_0_is_read_so(file, yes, no) -> None:
    (plain,), (worded,) = (read_overlaps(file(text)).tables for text in (GOOD, marked(yes, no)))

    assert worded.patterns.tolist() == plain.patterns.tolist()


def test_a_list_that_holds_the_people_themselves_stops(file) -> None:
    with pytest.raises(InputFileError, match=r"row 2, column 'press': '60' .*(.|\n)*count alone"):
        read_overlaps(file(COUNTS))


@pytest.mark.parametrize(
    "head", ["press,press,ngo,count", "press,Press,ngo,count", "press,police,count,Count"]
)
def test_two_columns_of_one_name_stop(file, head) -> None:
    with pytest.raises(InputFileError, match="several columns with the same name"):
        read_overlaps(file(GOOD.replace("press,police,ngo,count", head)))


def test_a_number_in_a_name_is_no_repetition(file) -> None:
    read = read_overlaps(file(GOOD.replace("press,police", "press (1),press (2)")))

    assert read.lists == ("press (1)", "press (2)", "ngo")


@pytest.mark.parametrize("name", ["conteo", "n", "Total", "cantidad", "número", "víctimas"])
def test_a_column_that_is_meant_as_the_count_is_named(file, name) -> None:
    with pytest.raises(InputFileError, match=f"no column 'count'(.|\n)*Do you mean '{name}'"):
        read_overlaps(file(GOOD.replace(",count", f",{name}"), "latin-1"))


def test_a_table_of_persons_is_told_what_it_lacks(file) -> None:
    with pytest.raises(
        InputFileError, match=r"for instance: press,police,ngo,count(.|\n)*with 1 in"
    ):
        read_overlaps(file("press,police\n1,0\n1,1\n"))


def test_a_header_that_is_a_row_is_not_told(file) -> None:
    """Who stands first in a file without a header is nobody's business."""
    with pytest.raises(InputFileError) as found:
        read_overlaps(file("1,0,0,Ana\n0,1,0,Luis\n"))
    assert "Ana" not in str(found.value)


def test_a_list_of_a_single_value_is_still_a_list(file) -> None:
    """Every row on the list: a trap of readers that guess types."""
    assert read_overlaps(file("a,b,count\n1,0,5\n1,1,6\n")).lists == ("a", "b")


def test_codes_of_a_stratum_need_not_be_words(file) -> None:
    read = read_overlaps(file("a,b,sex,count\n1,0,1,5\n1,1,2,6\n0,1,1,5\n0,1,2,5\n"))

    assert [(each.lists, each.stratum) for each in read.tables] == [
        (("a", "b"), (("sex", "1"),)),
        (("a", "b"), (("sex", "2"),)),
    ]
