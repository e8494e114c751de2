"""Each command calls its door with what was typed, and prints the answer; the doors are fakes."""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pyarrow as pa
import pytest

from testigo.cli.entry import run_command
from testigo.core import Message


@pytest.fixture
def house(monkeypatch, checked, ran):
    """Stand in for the observatory; remembers how it was called."""
    called = {}
    fake = ModuleType("testigo.observatory")

    def work(name, answer):
        def door(*arguments, progress=None, **options):
            called[name] = (arguments, options)
            if progress is not None:
                progress(Message("together"), 0, 1)
            return answer

        setattr(fake, name, door)

    explanation = SimpleNamespace(
        figure=Message("together"),
        steps=(Message("file"),),
        rows=pa.table({"source": pa.array([], pa.string())}),
        as_dict=lambda language: {"language": language},
    )
    work("check_observatory", checked)
    work("run_observatory", ran)
    work("explain", explanation)
    work("start_observatory", (Path("x") / "testigo.toml",))
    work("copy_example", None)
    work("lacks_deliveries", False)
    work("minutes_of", None)
    fake.as_argument = str
    monkeypatch.setitem(sys.modules, "testigo.observatory", fake)
    monkeypatch.setenv("TESTIGO_LANG", "en")
    return called


def test_init_names_the_observatory_after_its_folder(house, capsys):
    assert run_command(["init", "my-city"]) == 0
    assert house["start_observatory"] == ((Path("my-city"),), {"name": "my-city"})
    assert "testigo check my-city" in capsys.readouterr().out


def test_init_takes_a_name(house):
    assert run_command(["init", "x", "--name", "Cuatro listas"]) == 0
    assert house["start_observatory"][1] == {"name": "Cuatro listas"}


def test_check_prints_on_one_stream_and_progresses_on_the_other(house, capsys):
    assert run_command(["check", "x"]) == 0

    out, err = capsys.readouterr()
    assert house["check_observatory"] == ((Path("x"),), {})
    assert out.endswith("Nothing was changed.\n")
    assert err == "- together\n"


def test_run_does_one_step_when_asked(house):
    assert run_command(["run", "x", "--only", "ingest"]) == 0
    assert house["run_observatory"] == ((Path("x"),), {"only": "ingest", "engine": "duckdb"})


def test_run_takes_another_engine_when_asked(house):
    assert run_command(["run", "x", "--engine", "spark"]) == 0
    assert house["run_observatory"] == ((Path("x"),), {"only": None, "engine": "spark"})


@pytest.mark.parametrize("command", ["run", "check"])
def test_json_alone_stands_on_standard_output(house, capsys, command):
    assert run_command([command, "x", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [line["rows_delivered"] for line in told["deliveries"]] == [12_000, 10]


def test_explain_hands_every_option_on(house, capsys):
    typed = ["explain", "x", "--table", "rates", "--area", "08037", "--period", "2010"]

    assert run_command([*typed, "--source", "inegi", "--population-series", "census"]) == 0
    assert house["explain"] == (
        (Path("x"),),
        {
            "table": "rates",
            "area": "08037",
            "period": "2010",
            "source": "inegi",
            "population_series": "census",
        },
    )
    assert capsys.readouterr().out.startswith("together\n")


def test_explain_speaks_the_language_to_machines_too(house, capsys):
    typed = ["explain", "x", "--table", "t", "--area", "a", "--period", "2010", "--json"]

    assert run_command([*typed, "--lang", "es"]) == 0
    assert json.loads(capsys.readouterr().out) == {"language": "es"}


def test_demo_copies_runs_and_says_where_the_report_is(house, capsys):
    assert run_command(["demo"]) == 0

    assert house["copy_example"] == (("mexico", Path("mexico")), {})
    assert house["run_observatory"] == ((Path("mexico"),), {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2].startswith("Report: ")
    assert "testigo run mexico" in lines[-1]


def test_a_long_demo_says_how_long_before_it_begins(house, capsys, monkeypatch):
    monkeypatch.setattr(sys.modules["testigo.observatory"], "minutes_of", lambda _: 3)

    assert run_command(["demo", "peru-truth-commission"]) == 0
    assert "about 3 minutes" in capsys.readouterr().out.splitlines()[0]


def test_an_example_without_data_says_where_the_data_are(house, capsys, monkeypatch):
    monkeypatch.setattr(sys.modules["testigo.observatory"], "lacks_deliveries", lambda _: True)

    assert run_command(["demo", "us-five-lists"]) == 0
    assert "run_observatory" not in house
    assert str(Path("us-five-lists", "SOURCES.md")) in capsys.readouterr().out


def test_the_folder_is_the_current_one_when_not_given(house):
    assert run_command(["run"]) == 0
    assert house["run_observatory"] == ((Path(),), {"only": None, "engine": "duckdb"})


@pytest.mark.parametrize("typed", [["-h"], ["run", "-h"]])
def test_h_is_help(house, capsys, typed):
    assert run_command(typed) == 0
    assert "--lang" in capsys.readouterr().out


def test_the_nearest_option_is_suggested(house, capsys):
    assert run_command(["run", "x", "--onlyy", "ingest"]) == 2
    assert "Did you mean --only?" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_not_looked_for_in_sources(house, capsys, monkeypatch):
    assert run_command(["rates", "no.csv", "--count", "a", "--population", "b"]) == 11
    assert "sources/" not in capsys.readouterr().err
