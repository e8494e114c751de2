"""`testigo simulate`: what is typed is what is invented, and bad values are refused with a mend."""

import json

import pytest

from testigo.cli.entry import run_command


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TESTIGO_LANG", "en")
    return tmp_path


def test_it_says_first_that_the_data_are_synthetic(capsys, here):
    assert run_command(["simulate", "x", "--records", "200"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Synthetic data: nobody in these lists exists or ever did."
    assert lines[-1] == "Next: `testigo run x`."
    assert (here / "x" / "testigo.toml").is_file()


def test_it_speaks_spanish(capsys):
    assert run_command(["simulate", "x", "--records", "200", "--lang", "es"]) == 0

    assert capsys.readouterr().out.startswith("Datos sintéticos: ")


def test_options_reach_the_lists(capsys):
    typed = ["--records", "900", "--coverage", "0.9,0.2", "--damage", "0", "--co-victims", "0,5"]

    assert run_command(["simulate", "x", *typed, "--duplicates", "0", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told["records"]) == ["police", "forensic"]
    assert told["records"]["police"] / told["killed"] == pytest.approx(0.87, abs=0.06)
    assert told["incidents"] / told["killed"] < 0.75
    assert told["synthetic"] is True


@pytest.mark.parametrize(
    "typed",
    [
        ["--records", "0"],
        ["--records", "many"],
        ["--records", "99999999999"],
        ["--coverage", "0.5,0"],
        ["--coverage", "0,7"],
        ["--coverage", "1.2"],
        ["--coverage", ""],
        ["--coverage", "0.1,0.1,0.1,0.1,0.1"],
        ["--damage", "awful"],
        ["--damage", "-1"],
        ["--damage", "nan"],
        ["--co-victims", "2"],
        ["--duplicates", "x"],
        ["--dependence", "9"],
        ["--seed", "-3"],
    ],
)
def test_bad_values_are_refused_and_nothing_is_made(capsys, typed, here):
    assert run_command(["simulate", "x", *typed]) == 2

    said = capsys.readouterr().err
    assert typed[1][:8] in said or "coverages" in said
    assert "Write" in said or "Give" in said
    assert list(here.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(capsys, here):
    (here / "mine").mkdir()

    assert run_command(["simulate", "mine"]) == 2
    assert "already there" in capsys.readouterr().err
    assert list((here / "mine").iterdir()) == []
