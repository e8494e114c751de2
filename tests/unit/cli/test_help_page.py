"""Help pages: both languages, an example each, the exit codes."""

import re
import shlex

import pytest
import typer
from typer.testing import CliRunner

from testigo.cli.application import application
from testigo.cli.entry import run_command
from testigo.cli.manual import EXIT_CODES, MANUAL
from testigo.cli.voice import Voice
from testigo.core import LANGUAGES, TestigoError

COMMANDS = typer.main.get_command(application).commands


def test_every_command_is_in_the_manual_and_the_other_way_round():
    assert list(COMMANDS) == list(MANUAL)


@pytest.mark.parametrize("name", MANUAL)
def test_the_manual_speaks_of_every_argument_and_option(name):
    assert {parameter.name for parameter in COMMANDS[name].params} == set(MANUAL[name].parameters)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MANUAL)
def test_help_has_an_example_and_every_exit_code(name, language, capsys):
    assert run_command([name, "--help", "--lang", language]) == 0

    shown = capsys.readouterr().out
    assert MANUAL[name].examples
    for example in MANUAL[name].examples:
        assert example.command in shown
    assert {"es": "Ejemplo", "en": "Example"}[language] in shown
    for code in EXIT_CODES:
        assert re.search(rf"^  {code} +\S", shown, re.MULTILINE)


@pytest.mark.parametrize("name", MANUAL)
def test_examples_are_commands_that_can_be_typed(name):
    for example in MANUAL[name].examples:
        program, command, *rest = shlex.split(example.command)
        assert (program, command) == ("testigo", name)
        with COMMANDS[name].make_context(name, rest):
            pass


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_lists_every_command(language):
    result = CliRunner().invoke(application, ["--help"], obj=Voice(language))

    assert result.exit_code == 0
    for name, page in MANUAL.items():
        assert name in result.stdout
        assert page.summary.in_language(language).split(":")[0] in result.stdout


def test_testigo_alone_shows_the_first_page(capsys):
    assert run_command([]) == 0
    assert "testigo demo mexico" in capsys.readouterr().out


def test_help_without_a_voice_is_english():
    assert "Commands:" in CliRunner().invoke(application, ["--help"]).stdout


def test_every_error_of_ours_leaves_with_a_documented_code():
    kinds = [TestigoError]
    while kinds:
        kind = kinds.pop()
        assert kind.exit_code in EXIT_CODES
        kinds += kind.__subclasses__()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MANUAL)
def test_help_fits_a_narrow_terminal(name, language, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run_command([name, "--help", "--lang", language])

    lines = capsys.readouterr().out.splitlines()
    to_be_copied = "  testigo "  # an example stays on one line
    assert max(len(line) for line in lines if not line.startswith(to_be_copied)) <= 84
