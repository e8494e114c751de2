"""What was read of a file of overlaps is told before any answer, with what looks like a slip."""

from __future__ import annotations

import pytest

from testigo.estimation import read_capture_histories, read_overlaps

HEAD = "press,police,ngo,count\n"
ROWS = ("1,0,0,60", "0,1,0,50", "0,0,1,30", "1,1,0,20", "1,0,1,15", "0,1,1,15", "1,1,1,10")
GOOD = HEAD + "\n".join(ROWS) + "\n"


@pytest.fixture
def read(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "overlaps.csv"
        path.write_text(text, encoding=encoding, newline="\n")
        return read_overlaps(path)

    return write


def told(found, language="en") -> list[str]:
    return [remark.in_language(language) for remark in found.remarks]


def by(column: str, *values: str) -> str:
    return f"{column},{HEAD}" + "".join(f"{value},{row}\n" for value in values for row in ROWS)


def test_lists_strata_count_rows_and_people_are_in_the_first_line(read) -> None:
    assert told(read(GOOD)) == [
        (
            "Rows: 7. People, from column count: 200. Lists (columns of 0 and 1): press, police, "
            "ngo. Strata (other columns): none."
        )
    ]
    assert told(read(by("year", "1998", "1999")), "es") == [
        (
            "Filas: 14. Personas, de la columna count: 400. Listas (columnas de 0 y 1): press, "
            "police, ngo. Estratos (otras columnas): 2, por year."
        )
    ]


def test_a_stratum_of_0_and_1_looks_like_a_list_on_which_nobody_is_alone(read) -> None:
    (first, second) = told(read(by("sex", "0", "1")))

    assert "Lists (columns of 0 and 1): sex, press, police, ngo." in first
    assert second.startswith("Nobody is on sex alone. If that is no list but a stratum, write word")
    assert len(told(read(by("sex", "m", "f")))) == 1


@pytest.mark.parametrize("gap", range(len(ROWS)))
def test_it_looks_so_too_where_a_cell_of_it_is_missing(read, gap) -> None:
    text = by("sex", "0", "1").splitlines()
    del text[1 + len(ROWS) + gap]

    assert read("\n".join(text) + "\n").never_alone == ("sex",)


def test_a_small_list_on_which_nobody_is_alone_may_be_one(read) -> None:
    rows = "".join(f"{row[:5]},0{row[5:]}\n" for row in ROWS)
    found = read("press,police,ngo,church,count\n" + rows + "1,0,0,1,4\n1,1,0,1,3\n")

    assert found.never_alone == ()


def test_a_list_that_holds_nobody_is_named(read) -> None:
    rows = "".join(f"{row[:5]},0{row[5:]}\n" for row in ROWS)

    assert told(read("press,police,ngo,church,count\n" + rows))[1:] == [
        "Lists that hold nobody: church. They tell nothing of anybody else."
    ]


def test_rows_that_repeat_a_pattern_are_added_and_told(read) -> None:
    found = read(GOOD + "1,0,0,7\n1,0,0,3\n")
    (table,) = found.tables

    assert table.counts[table.patterns.tolist().index([1, 0, 0])] == 70
    assert told(found)[1:] == [
        "Rows that repeat a pattern of the same stratum: 2. Their counts were added."
    ]
    assert read(by("year", "1998", "1999")).repeated == 0


def test_rows_left_out_as_totals_are_told(read) -> None:
    found = read(GOOD + "TOTAL,,,200\n")

    assert told(found)[1:] == ["Rows at the end left out, as totals or notes: 1."]
    assert found.tables[0].observed == 200


def test_a_date_that_was_left_in_is_told_from_a_stratum(read) -> None:
    rows = "".join(f"north,{day:02d}/03/1999,{row}\n" for day, row in enumerate(ROWS, 1))

    found = read("zone,date," + HEAD + rows)
    assert found.fine == ("date",)
    assert "If date is no stratum but a date or an identifier, take that" in told(found)[1]


def test_values_that_only_capitals_or_accents_tell_apart_are_told(read) -> None:
    found = read(by("zone", "Junín", "JUNIN", "Lima"))

    assert len(found.tables) == 3
    assert told(found)[1].startswith("Values of zone that only capitals")


def test_spaces_around_the_name_of_a_stratum_do_not_make_another(tmp_path) -> None:
    path = tmp_path / "overlaps.csv"
    path.write_text("zone," + HEAD + "north,1,0,0,5\n north ,0,1,1,6\n", encoding="utf-8")
    (table,) = read_capture_histories(path)

    assert table.stratum == (("zone", "north"),)


def test_a_file_saved_by_excel_in_spanish_is_read(read) -> None:
    """Semicolons, Latin-1, and thousands written with a point."""
    text = "fiscalía;prensa;ong;count\n1;0;0;1.412\n0;1;0;2.388\n0;0;1;297\n1;1;1;121\n"
    found = read(text, "latin-1")

    assert found.lists == ("fiscalía", "prensa", "ong")
    assert found.tables[0].observed == 1412 + 2388 + 297 + 121


def test_no_published_table_is_taken_for_a_slip(shared) -> None:
    """Of the real tables none has a list that looks like a stratum; rows of strata repeat none."""
    names = ("kosovo_1999", "uk_slavery_2013_5lists", "peru_cvr_1980_2000_by_stratum_agent",
             "new_orleans_trafficking_5lists", "scot_pwid_2006_strata", "hiv_rome")  # fmt: skip
    for name in names:
        found = read_overlaps(shared / "mse" / f"{name}.csv")
        assert found.never_alone == (), name
