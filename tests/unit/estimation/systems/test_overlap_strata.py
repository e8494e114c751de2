"""A total, names of people, the number of lists: what stands where strata do and is none stops."""

from __future__ import annotations

import pytest

from testigo.core import InputFileError
from testigo.estimation import read_overlaps

HEAD = "press,police,ngo,count\n"
PATTERNS = ("1,0,0", "0,1,0", "0,0,1", "1,1,0", "1,0,1", "0,1,1", "1,1,1")
LIMA = (60, 50, 30, 20, 15, 15, 10)
CUSCO = (31, 22, 13, 14, 5, 6, 7)
BOTH = tuple(map(sum, zip(LIMA, CUSCO, strict=True)))


@pytest.fixture
def read(tmp_path):
    def write(text: str):
        path = tmp_path / "overlaps.csv"
        path.write_text(text, encoding="utf-8", newline="\n")
        return read_overlaps(path)

    return write


def rows(label: str, counts: tuple[int, ...]) -> str:
    return "".join(f"{label},{p},{n}\n" for p, n in zip(PATTERNS, counts, strict=True))


def table(total: str) -> str:
    return f"zone,{HEAD}{rows('Lima', LIMA)}{rows('Cusco', CUSCO)}{rows(total, BOTH)}"


def with_zone_last(text: str) -> str:
    """Put the first column behind the others, where no rule on footers looks for a total."""
    cells = (line.split(",") for line in text.splitlines())
    return "".join(",".join([*rest, first]) + "\n" for first, *rest in cells)


@pytest.mark.parametrize("word", ["Total", "TOTALES", "Suma", "todas", "All", "ambos", "both"])
def test_a_stratum_that_means_total_stops_with_its_rows(read, word) -> None:
    with pytest.raises(
        InputFileError,
        match=rf"row 16, column 'zone': '{word}' .*rows 16, 17, .*22\)(.|\n)*Take these rows out",
    ):
        read(with_zone_last(table(word)))


def test_totals_under_the_table_are_left_out(read) -> None:
    found = read(table("Total"))

    assert [each.observed for each in found.tables] == [200, 98]
    assert found.left_out == 7


def test_a_total_in_the_middle_is_no_third_stratum(read) -> None:
    text = f"zone,{HEAD}{rows('Lima', LIMA)}Total,1,1,1,200\n{rows('Cusco', CUSCO)}"
    with pytest.raises(InputFileError, match="row 9, column 'zone': 'Total'"):
        read(text)


@pytest.mark.parametrize("label", ["Perú", ""])
def test_a_stratum_that_is_the_sum_of_the_others_stops(read, label) -> None:
    with pytest.raises(InputFileError, match=r"rows 16, 17, .*22 are the sum of the other strata"):
        read(table(label))


def test_a_sum_over_one_of_two_columns_stops(read) -> None:
    text = "sex," + table("Perú").replace("\n", "\nm,").removesuffix("m,")
    women = "".join(f"f,{row}\n" for row in table("Perú").splitlines()[1:])

    with pytest.raises(InputFileError, match="column 'zone': rows 16, 17"):
        read(text + women)
    with pytest.raises(InputFileError, match="are the sum of the other strata"):
        read(f"sex,zone,{HEAD}{rows('m,Lima', LIMA)}{rows('f,Cusco', CUSCO)}{rows('x,Perú', BOTH)}")


def test_strata_that_are_alike_are_no_totals(read) -> None:
    found = read(f"zone,{HEAD}{rows('Lima', LIMA)}{rows('Cusco', LIMA)}")

    assert sum(each.observed for each in found.tables) == 400


@pytest.mark.parametrize("label", ["zone,", ""])
def test_a_last_row_of_totals_without_a_label_is_left_out_and_told(read, label) -> None:
    value = "," if label else ""
    good = label + HEAD + "".join(
        (f"Lima,{row}" if label else row) + "\n"
        for row in (f"{p},{n}" for p, n in zip(PATTERNS, LIMA, strict=True))
    )  # fmt: skip
    found = read(f"{good}{value}1,1,1,200\n")

    assert sum(each.observed for each in found.tables) == 200
    assert found.left_out == 1
    assert "left out, as totals" in found.remarks[1].in_language("en")


def test_a_last_row_of_its_own_pattern_is_no_total(read) -> None:
    found = read(HEAD + "1,0,0,60\n0,1,0,50\n0,0,1,30\n1,1,1,140\n")

    assert (found.left_out, found.tables[0].observed) == (0, 280)


def test_names_of_people_stop_and_are_not_told(read) -> None:
    text = f"name,{HEAD}" + "".join(f"Ana {at},{PATTERNS[at % 7]},1\n" for at in range(60))
    with pytest.raises(InputFileError, match="60 strata in 60 rows, by name: too few") as found:
        read(text)
    assert "Ana" not in str(found.value)


def test_rows_of_persons_and_many_strata_of_few_rows_are_read(read) -> None:
    persons = f"zone,{HEAD}" + "".join(
        f"{'abc'[at % 3]},{PATTERNS[at % 7]},1\n" for at in range(60)
    )
    small = f"zone,{HEAD}" + "".join(rows(f"zone {at}", (at + 1, *LIMA[1:])) for at in range(200))

    assert len(read(persons).tables) == 3
    assert len(read(small).tables) == 200


@pytest.mark.parametrize("mark", ["\x1b[31m", "\u202e", "\u2066", "\u200f", "\u00ad"])
def test_what_a_terminal_would_obey_stops(read, mark) -> None:
    good = f"zone,{HEAD}{rows('Lima', LIMA)}{rows('Cusco', CUSCO)}"
    for text in (good.replace("police", f"po{mark}lice"), good.replace("Cusco", f"Cu{mark}sco")):
        with pytest.raises(InputFileError, match="characters that nobody sees") as found:
            read(text)
        assert mark not in str(found.value)


def test_a_space_that_does_not_break_and_accents_are_letters(read) -> None:
    zone = "Áncash\u00a0norte"
    found = read(f"zone,{HEAD}{rows(zone, LIMA)}{rows('Cusco', CUSCO)}")

    assert len(found.tables) == 2


def test_how_many_lists_people_are_on_is_no_stratum(read) -> None:
    lines = "".join(f"{p.count('1')},{p},{n}\n" for p, n in zip(PATTERNS, LIMA, strict=True))
    with pytest.raises(InputFileError, match=r"column 'total': the column follows from how many"):
        read(f"total,{HEAD}{lines}")


def test_no_published_strata_are_taken_for_a_slip(shared) -> None:
    names = ("peru_cvr_1980_2000_by_stratum_agent", "peru_cvr_1980_2000_by_situation_agent",
             "gaza_2023_24_by_sex_age", "scot_pwid_2006_strata")  # fmt: skip
    for name in names:
        assert read_overlaps(shared / "mse" / f"{name}.csv").left_out == 0
