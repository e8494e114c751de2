"""What offices meet: each bad input is one message with a place and a mend, and harms nothing."""

import errno
import os
import shutil
import sys
import zipfile

import pytest

from testigo.cli.entry import run_command

CONFIGURATION = """[observatory]
name = "x"
languages = ["en", "es"]

[areas]
file = "sources/areas.csv"
code = "code"
name = "name"

[[sources]]
id = "police"
name = "Police"
kind = "tallies"
family = "criminal_justice"
file = "sources/police.csv"
columns = { area = "code", year = "year", value = "victims" }
published = true
"""
POLICE = "code,year,victims\n01,2020,12\n02,2020,7\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small observatory that runs."""
    monkeypatch.setenv("TESTIGO_LANG", "en")
    place = tmp_path / "city"
    (place / "sources").mkdir(parents=True)
    (place / "testigo.toml").write_text(CONFIGURATION, encoding="utf-8")
    (place / "sources" / "areas.csv").write_text("code,name\n01,North\n02,South\n", "utf-8")
    (place / "sources" / "police.csv").write_text(POLICE, encoding="utf-8")
    return place


def configure(folder, old, new):
    """Change testigo.toml."""
    text = CONFIGURATION.replace(old, new)
    assert text != CONFIGURATION
    (folder / "testigo.toml").write_text(text, encoding="utf-8")


def refused(folder, capsys, code, *words, command="run"):
    """Type the command and see that it is refused well."""
    assert run_command([command, str(folder)]) == code
    out, said = capsys.readouterr()
    told = [line for line in said.splitlines() if not line.startswith("- ")]
    assert out == ""
    assert "Traceback" not in said
    assert len(told) in {1, 2}, told
    for word in words:
        assert word in "\n".join(told)
    assert not (folder / "output").exists()
    left = [path.name for path in folder.iterdir()]
    assert sorted(left) in (
        ["sources", "testigo.toml"],
        ["sources", "store", "testigo.toml"],
    )


def test_the_small_observatory_runs(folder, capsys):
    assert run_command(["run", str(folder)]) == 0
    assert "delivered 2 = accepted 2" in capsys.readouterr().out


def test_no_folder(folder, capsys):
    assert run_command(["run", str(folder / "nothing")]) == 11
    assert "testigo init" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_missing_delivery(folder, capsys, command):
    (folder / "sources" / "police.csv").rename(folder / "sources" / "Police_2020.csv")

    refused(folder, capsys, 11, "sources/police.csv", "Police_2020.csv", command=command)


def test_a_missing_column(folder, capsys):
    configure(folder, 'value = "victims"', 'value = "homicides"')

    refused(folder, capsys, 11, "homicides", "police.csv")


def test_an_unknown_key(folder, capsys):
    configure(folder, "published", "publish")

    refused(folder, capsys, 10, "testigo.toml", "publish", "published")


def test_a_missing_key(folder, capsys):
    configure(folder, 'family = "criminal_justice"\n', "")

    refused(folder, capsys, 10, "family")


def test_a_value_that_is_not_allowed(folder, capsys):
    configure(folder, '"tallies"', '"tally"')

    refused(folder, capsys, 10, "tally", "tallies")


def test_a_file_that_is_no_toml(folder, capsys):
    configure(folder, "languages = [", "languages = ")

    refused(folder, capsys, 10, "testigo.toml:3: ")


def test_an_alias_to_an_area_that_does_not_exist(folder, capsys):
    (folder / "hand").mkdir()
    (folder / "hand" / "place_aliases.csv").write_text(
        "source,parent_text,area_text,area\npolice,,Centre,99\n", encoding="utf-8"
    )

    assert run_command(["run", str(folder)]) == 10
    assert "99" in capsys.readouterr().err


def test_an_area_code_that_is_not_in_the_catalogue_is_set_aside_not_lost(folder, capsys):
    (folder / "sources" / "police.csv").write_text(POLICE + "77,2020,1\n", encoding="utf-8")

    assert run_command(["run", str(folder)]) == 0
    assert "delivered 3 = accepted 2 + excluded 0 + quarantined 1." in capsys.readouterr().out


def test_an_empty_delivery(folder, capsys):
    (folder / "sources" / "police.csv").write_bytes(b"")

    refused(folder, capsys, 11, "police.csv")


def test_a_picture_called_csv(folder, capsys):
    (folder / "sources" / "police.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(512))

    refused(folder, capsys, 11, "police.csv")


def test_a_truncated_workbook(folder, capsys):
    whole = folder.parent / "whole.xlsx"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 200)
    (folder / "sources" / "police.xlsx").write_bytes(whole.read_bytes()[:150])
    configure(folder, "police.csv", "police.xlsx")

    refused(folder, capsys, 11, "police.xlsx")


def test_a_folder_called_like_the_delivery(folder, capsys):
    (folder / "sources" / "police.csv").unlink()
    (folder / "sources" / "police.csv").mkdir()

    refused(folder, capsys, 11, "police.csv")


@pytest.mark.skipif(
    sys.platform == "win32" or getattr(os, "geteuid", lambda: 0)() == 0,
    reason="an administrator may write anywhere",
)
def test_a_folder_that_cannot_be_written(folder, capsys):
    folder.chmod(0o500)
    try:
        assert run_command(["run", str(folder)]) == 13
        assert str(folder) in capsys.readouterr().err
    finally:
        folder.chmod(0o700)


def test_a_store_that_cannot_be_made(folder, capsys):
    """As for an administrator, who may write everywhere: a file stands where a folder must."""
    (folder / "store").write_text("in the way", encoding="utf-8")

    assert run_command(["run", str(folder)]) == 13
    assert "Traceback" not in capsys.readouterr().err


def test_a_full_disk_leaves_the_earlier_result(folder, capsys, monkeypatch):
    assert run_command(["run", str(folder)]) == 0
    before = contents(folder / "output")
    (folder / "sources" / "police.csv").write_text(POLICE + "01,2021,3\n", encoding="utf-8")

    def full(*_arguments, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.replace", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    monkeypatch.setattr("pathlib.Path.rename", full)
    capsys.readouterr()

    assert run_command(["run", str(folder)]) == 13
    assert "full" in capsys.readouterr().err
    assert contents(folder / "output") == before


def test_a_killed_run_can_be_run_again_with_the_same_bytes(folder, capsys, monkeypatch):
    other = folder.parent / "elsewhere" / folder.name  # the report names the folder
    shutil.copytree(folder, other)
    assert run_command(["run", str(other)]) == 0

    with monkeypatch.context() as patched:
        patched.setattr("testigo.observatory.publishing.render_report", _stop)
        assert run_command(["run", str(folder)]) == 130
    assert not (folder / "output").exists()
    assert run_command(["run", str(folder)]) == 0

    assert contents(folder / "output") == contents(other / "output")


def _stop(*_arguments, **_options):
    raise KeyboardInterrupt


def contents(folder):
    """Every file below a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_demo_does_not_overwrite_a_folder_of_that_name(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mexico").mkdir()
    (tmp_path / "mexico" / "mine.txt").write_text("mine", encoding="utf-8")

    assert run_command(["demo", "mexico", "--lang", "en"]) == 2
    assert "mexico" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "mexico").iterdir()] == ["mine.txt"]


def test_a_demo_that_does_not_exist(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert run_command(["demo", "mejico", "--lang", "en"]) == 2
    assert "el-salvador, mexico" in capsys.readouterr().err


def test_a_step_that_does_not_exist(folder, capsys):
    assert run_command(["run", str(folder), "--only", "rate"]) == 2
    assert "rates" in capsys.readouterr().err


def test_init_over_an_observatory(folder, capsys):
    assert run_command(["init", str(folder)]) == 2
    assert (folder / "testigo.toml").read_text(encoding="utf-8") == CONFIGURATION


def test_explain_before_a_run(folder, capsys):
    typed = ["explain", str(folder), "--table", "rates", "--area", "01", "--period", "2020"]

    assert run_command(typed) in {2, 11}
    assert "testigo run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "given"), [("--period", "twenty"), ("--area", "99"), ("--table", "rats")]
)
def test_explain_what_is_not_there(folder, capsys, option, given):
    assert run_command(["run", str(folder)]) == 0
    asked = {"--table": "counts", "--area": "01", "--period": "2020", option: given}
    capsys.readouterr()

    assert run_command(["explain", str(folder), *(w for pair in asked.items() for w in pair)]) == 2
    assert given in capsys.readouterr().err
