"""The commands that are printed can be typed as they stand."""

import sys

import pytest

from testigo.cli.as_typed import as_started
from testigo.cli.entry import run_command


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program in a folder that is not on the path."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    path = tmp_path / ".venv" / "bin" / "testigo"
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_program_that_is_not_on_the_path_is_named_by_its_path(program):
    assert as_started(".venv/bin/testigo") == str(program.relative_to(program.parents[2]))
    assert as_started(str(program)) == str(program.relative_to(program.parents[2]))


def test_a_program_on_the_path_is_named_as_it_is_known(program, monkeypatch):
    monkeypatch.setenv("PATH", str(program.parent))

    assert as_started(str(program)) == "testigo"


def test_a_module_is_named_with_its_python(program, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))

    assert as_started("x/testigo/cli/__main__.py").endswith("python -m testigo.cli")


def test_another_starter_says_testigo(program):
    assert as_started("/usr/bin/pytest") == "testigo"


def test_init_prints_the_next_command_as_it_was_started_and_quotes_the_folder(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TESTIGO_LANG", "en")

    assert run_command(["init", "Mi ciudad"], program=".venv/bin/testigo") == 0

    assert '`.venv/bin/testigo check "Mi ciudad"`' in capsys.readouterr().out


def test_a_folder_with_a_space_is_quoted_in_every_mend(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TESTIGO_LANG", "en")

    assert run_command(["run", "Mi ciudad"]) == 11
    assert 'testigo init "Mi ciudad"' in capsys.readouterr().err
