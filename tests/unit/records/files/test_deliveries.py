"""The files of a source, found inside the observatory folder and nowhere else."""

from __future__ import annotations

import hashlib
import sys

import pytest

from testigo.core import ConfigurationError, InputFileError, Text
from testigo.records import Source, find_deliveries


def source(*files):
    return Source(
        id="police",
        name=Text(es="Policía", en="Police"),
        kind="records",
        family="criminal_justice",
        files=files,
        columns={},
    )


@pytest.fixture
def folder(tmp_path):
    sources = tmp_path / "observatory" / "sources"
    (sources / "2020").mkdir(parents=True)
    for name in ("police_b.csv", "police_a.csv", "press.csv", "2020/police_c.csv"):
        (sources / name).write_text(name, encoding="utf-8")
    return tmp_path / "observatory"


def names(found):
    return [delivery.name for delivery in found]


def test_a_pattern_finds_its_files_by_name(folder):
    found = find_deliveries(source("sources/police_*.csv"), folder)
    assert names(found) == ["sources/police_a.csv", "sources/police_b.csv"]
    assert found[0].sha256 == hashlib.sha256(b"police_a.csv").hexdigest()
    assert found[0].path.read_text(encoding="utf-8") == "police_a.csv"


def test_a_file_that_two_patterns_find_counts_once(folder):
    found = find_deliveries(source("sources/police_a.csv", "sources/*_a.csv"), folder)
    assert names(found) == ["sources/police_a.csv"]


def test_folders_below_are_found_with_two_stars(folder):
    found = find_deliveries(source("sources/**/police_*.csv"), folder)
    assert "sources/2020/police_c.csv" in names(found)


def test_the_order_of_the_patterns_does_not_matter(folder):
    one = find_deliveries(source("sources/press.csv", "sources/police_a.csv"), folder)
    other = find_deliveries(source("sources/police_a.csv", "sources/press.csv"), folder)
    assert one == other


def test_locks_of_open_workbooks_and_hidden_files_are_no_deliveries(folder):
    for name in ("~$police_a.csv", "._police_a.csv"):
        (folder / "sources" / name).write_text("x", encoding="utf-8")
    found = find_deliveries(source("sources/*police_a.csv"), folder)
    assert names(found) == ["sources/police_a.csv"]


def test_backslashes_of_windows_are_understood(folder):
    assert names(find_deliveries(source("sources\\press.csv"), folder)) == ["sources/press.csv"]


def test_a_missing_file_is_said_with_the_likeliest_names(folder):
    with pytest.raises(InputFileError) as caught:
        find_deliveries(source("sources/polise_a.csv"), folder)
    said = str(caught.value)
    assert "sources.police.file = 'sources/polise_a.csv': there is no such file." in said
    assert said.index("police_a.csv") < said.index("press.csv")


def test_a_pattern_without_files_says_what_is_there_or_where_to_put_it(folder, tmp_path):
    with pytest.raises(InputFileError, match=r"Files that are there: .*press\.csv"):
        find_deliveries(source("sources/*.xlsx"), folder)
    with pytest.raises(InputFileError, match="Put the delivery into the folder sources/"):
        find_deliveries(source("sources/*.xlsx"), tmp_path / "nothing")


@pytest.mark.parametrize(
    "pattern",
    [
        "../secret.csv",
        "sources/../../secret.csv",
        "..\\secret.csv",
        "/etc/passwd",
        "C:\\secret.csv",
        "C:secret.csv",
        "\\\\server\\share\\x.csv",
        "",
        "sources/\0",
    ],
)
def test_a_pattern_that_leaves_the_folder_is_refused(folder, pattern):
    with pytest.raises(ConfigurationError, match="leads out of the observatory folder"):
        find_deliveries(source(pattern), folder)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("what", ["file", "folder", "gone"])
def test_a_link_to_somewhere_else_is_refused(folder, tmp_path, what):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text("x", encoding="utf-8")
    target = {"file": "outside/secret.csv", "folder": "outside", "gone": "nothing.csv"}[what]
    (folder / "sources" / "link").symlink_to(tmp_path / target)
    pattern = "sources/link/*.csv" if what == "folder" else "sources/link"
    with pytest.raises(InputFileError, match=r"link to a file elsewhere|no such file"):
        find_deliveries(source(pattern), folder)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_inside_the_folder_is_fine(folder):
    (folder / "sources" / "link.csv").symlink_to(folder / "sources" / "press.csv")
    assert names(find_deliveries(source("sources/link.csv"), folder)) == ["sources/link.csv"]
