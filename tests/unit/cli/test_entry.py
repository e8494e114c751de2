"""Whatever goes wrong becomes a sentence with a mend and a documented exit code."""

import errno
import os
import subprocess
import sys

import pytest

from testigo.cli import entry
from testigo.cli.entry import run_command
from testigo.core import (
    ConfigurationError,
    InputFileError,
    Message,
    RowsLostError,
    StorageError,
    UsageError,
)


@pytest.fixture
def failing(monkeypatch):
    """Make every command fail with the error given."""

    def arrange(error: BaseException):
        def fail(_arguments, _voice):
            raise error

        monkeypatch.setattr(entry, "_run", fail)

    return arrange


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UsageError, 2),
        (ConfigurationError, 10),
        (InputFileError, 11),
        (RowsLostError, 12),
        (StorageError, 13),
    ],
)
def test_errors_of_ours_are_told_with_their_mend_and_code(failing, capsys, kind, code):
    failing(kind(Message("Report: {path}", {"path": "x"}), Message("Nothing was changed.")))

    assert run_command(["run", "x", "--lang", "es"]) == code
    assert capsys.readouterr() == ("", "Informe: x\n  No se cambió nada.\n")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "Stopped."),
        (MemoryError(), 13, "not enough memory"),
        (OSError(errno.ENOSPC, "no space", "f"), 13, "disk is full"),
        (PermissionError(errno.EACCES, "denied", "f.xlsx"), 13, "f.xlsx cannot be opened"),
        (FileNotFoundError(errno.ENOENT, "no such", "f.csv"), 13, "f.csv is not there"),
        (OSError(errno.EIO, "input/output error", "f.csv"), 13, "input/output error (f.csv)"),
        (ZeroDivisionError("secret of a person"), 1, "ZeroDivisionError"),
        (OSError("secret of a person"), 1, "OSError"),
    ],
)
def test_what_others_raise_is_told_in_one_sentence(failing, capsys, error, code, words):
    failing(error)

    assert run_command(["run", "x", "--lang", "en"]) == code
    said = capsys.readouterr().err
    assert words in said
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    assert "secret" not in said


def test_a_defect_names_the_place_in_our_code(capsys, monkeypatch):
    monkeypatch.setattr("testigo.cli.file_commands.read_level", lambda _text: 1 / 0)
    arguments = ["rates", "x.csv", "--count", "c", "--population", "p", "--lang", "en"]

    assert run_command(arguments) == 1
    assert "testigo.cli.file_commands:" in capsys.readouterr().err


def test_the_traceback_is_shown_when_asked_for(failing, capsys, monkeypatch):
    monkeypatch.setenv("TESTIGO_DEBUG", "1")
    failing(ZeroDivisionError())

    assert run_command(["run", "x"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["rn"], "Did you mean run?"),
        (["zzzzz"], "init, check, run"),
        (["init"], "FOLDER is missing."),
        (["run", "a", "b"], "'b' is one argument too many."),
        (["run", "a", "--jason"], "There is no option --jason."),
        (["run", "a", "--only"], "Option --only needs a value."),
        (["explain", "a"], "--table is missing."),
        (["--lang", "xx"], "not a language"),
        (["rates", "f", "--count", "c", "--population", "p", "--level", "2"], "0.95"),
    ],
)
def test_what_is_typed_wrongly_is_told_with_a_mend(typed, words, capsys, monkeypatch):
    monkeypatch.setenv("TESTIGO_LANG", "en")

    assert run_command(typed) == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert words in said
    assert len(said.splitlines()) == 2


def test_and_in_spanish(capsys):
    assert run_command(["explain", "a", "--lang", "es"]) == 2
    assert capsys.readouterr().err.startswith("Falta --table.")


def whole_program(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "testigo.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_the_program_as_a_whole_leaves_with_the_code():
    assert whole_program("--version").stdout.strip() == "0.1.0"
    assert whole_program("rn").returncode == 2


def test_help_on_a_console_that_knows_no_accents():
    shown = whole_program("run", "--help", "--lang", "es", PYTHONIOENCODING="ascii")

    assert shown.returncode == 0
    assert "ejecuci" in shown.stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from testigo.cli.entry import run_command; run_command(['--help']);"
        "heavy = {'numpy', 'pyarrow', 'pandas', 'ibis', 'duckdb', 'altair', 'scipy', 'rich',"
        " 'babel', 'shapely', 'testigo.observatory', 'testigo.records'} & set(sys.modules);"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TESTIGO_LANG": "en"},
    )

    assert done.returncode == 0, done.stderr


def test_a_reader_that_leaves_early_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-m", "testigo.cli", "--help"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        program.stdout.close()
        said = program.stderr.read()

    assert program.returncode == 0
    assert said == b""
