"""`[[sources]]` without a file: lists that only a table of overlaps tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from testigo.core import ConfigurationError, InputFileError
from testigo.observatory import check_observatory, explain, read_configuration, run_observatory
from testigo.publication import PUBLISHED

if TYPE_CHECKING:
    from pathlib import Path

OBSERVATORY = '[observatory]\nname = "x"\n'
LIST = """
[[sources]]
id = "{id}"
name = "Lista {id}"
kind = "overlaps"
family = "civil_society"
published = true
licence = "CC0"
"""
ESTIMATION = '[estimation]\nfile = "sources/overlaps.csv"\nmethod = "graphs"\nsensitivity = false\n'
CELLS = {"100": 60, "010": 50, "001": 40, "110": 20, "101": 18, "011": 15, "111": 8}


def silent(*_: object) -> None:
    """Say nothing."""


def write(folder: Path, text: str) -> Path:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "testigo.toml").write_text(text, encoding="utf-8")
    lines = [f"{','.join(held)},2019,{people}" for held, people in CELLS.items()]
    overlaps = "\n".join(["a,b,c,year,count", *lines]) + "\n"
    (folder / "sources" / "overlaps.csv").write_text(overlaps, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three lists of which nothing but their overlaps is known."""
    lists = "".join(LIST.format(id=name) for name in "abc")
    return write(tmp_path, OBSERVATORY + lists + ESTIMATION)


def test_a_list_of_overlaps_has_no_file_and_no_columns(folder: Path) -> None:
    assert {(one.kind, one.files) for one in read_configuration(folder).sources} == {
        ("overlaps", ())
    }


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ('kind = "overlaps"', 'kind = "tallies"', 4, "sources.file is missing"),
        ('kind = "overlaps"', 'kind = "overlaps"\nfile = "sources/a.csv"', 8, "sources.file says"),
        ('kind = "overlaps"', 'kind = "overlaps"\ncolumns = { area = "a" }', 8, "sources.columns"),
        ('kind = "overlaps"', 'kind = "overlaps"\nunit = "file"', 8, "sources.unit says nothing"),
        (ESTIMATION, "", 7, "needs a table of overlaps"),
    ],
)
def test_what_it_cannot_mean_is_told_with_its_line(
    folder: Path, wrong: str, right: str, line: int, told: str
) -> None:
    text = (folder / "testigo.toml").read_text(encoding="utf-8")
    (folder / "testigo.toml").write_text(text.replace(wrong, right, 1), encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        read_configuration(folder)

    assert str(caught.value).startswith(f"testigo.toml:{line}: ")
    assert told in str(caught.value)


@pytest.mark.parametrize("does", [check_observatory, run_observatory])
def test_a_list_that_is_no_column_of_the_table_is_refused(folder: Path, does) -> None:
    text = (folder / "testigo.toml").read_text(encoding="utf-8")
    (folder / "testigo.toml").write_text(text.replace('"c"', '"d"'), encoding="utf-8")

    with pytest.raises(ConfigurationError, match="no column 'd'"):
        does(folder, progress=silent)


def test_a_table_without_rows_is_refused_before_anything_else(folder: Path) -> None:
    (folder / "sources" / "overlaps.csv").write_text("a,b,c,count\n", encoding="utf-8")

    with pytest.raises(InputFileError, match=r"overlaps\.csv"):
        check_observatory(folder, progress=silent)


def test_check_reads_the_table_and_finds_nothing_to_set_aside(folder: Path) -> None:
    checked = check_observatory(folder, progress=silent)

    assert checked.deliveries.num_rows == checked.reasons.num_rows == 0
    assert [note.in_language("en") for note in checked.notes] == [
        (
            "sources/overlaps.csv: Rows: 7. People, from column count: 211. Lists (columns of 0 "
            "and 1): a, b, c. Strata (other columns): 1, by year."
        )
    ]


@pytest.mark.parametrize("does", [check_observatory, run_observatory])
def test_a_stratum_of_0_and_1_does_not_become_a_list_that_nobody_named(folder: Path, does) -> None:
    path = folder / "sources" / "overlaps.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{head},woman", *(f"{row},{woman}" for woman in (0, 1) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"no source: 'woman'\.\s.* stratum, write words"):
        does(folder, progress=silent)


@pytest.mark.parametrize("does", [check_observatory, run_observatory])
def test_what_looks_like_a_slip_in_the_table_is_said(folder: Path, does) -> None:
    path = folder / "sources" / "overlaps.csv"
    path.write_text(path.read_text(encoding="utf-8") + "1,1,1,2019,2\n", encoding="utf-8")

    said = [note.in_language("en") for note in does(folder, progress=silent).notes]

    assert any("repeat a pattern of the same stratum: 1" in note for note in said)


def test_a_run_publishes_the_lists_and_the_estimate_and_no_empty_counts(folder: Path) -> None:
    ran = run_observatory(folder, progress=silent)
    tables = {
        name: pq.read_table(folder / "output" / "tables" / f"{name}.parquet")
        for name in PUBLISHED
        if (folder / "output" / "tables" / f"{name}.parquet").is_file()
    }

    assert ran.headline is not None
    assert "211" in ran.headline.in_language("en")
    assert tables["sources"]["date_basis"].to_pylist() == [None] * 3
    assert {tables[name].num_rows for name in ("deliveries", "reasons", "counts", "quality")} == {0}
    assert tables["estimates"]["observed"].to_pylist() == [211]
    page = (folder / "output" / "report" / "index.html").read_text(encoding="utf-8")
    assert page.index('id="unrecorded"') < page.index('id="linkage"')  # the answer goes first
    assert page.count("sources/overlaps.csv") >= 3  # both sections, and where everything comes from


def test_the_estimate_is_walked_back_to_the_table(folder: Path) -> None:
    run_observatory(folder, progress=silent)

    told = [step.in_language("en") for step in explain(folder, table="estimates").steps]

    assert any("sources/overlaps.csv" in step for step in told)


def test_a_run_again_does_nothing_again(folder: Path) -> None:
    run_observatory(folder, progress=silent)

    assert not run_observatory(folder, progress=silent).seconds
