"""The tutorial does what it says: its own blocks are run, in order."""

import csv
import json
import re
import shutil

import pytest

from testigo.cli.entry import run_command

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


PAGES = ("docs/tutorials/first-observatory.md", "docs/es/primer-observatorio.md")


@pytest.fixture(params=PAGES)
def page(request, root, tmp_path, monkeypatch):
    """The blocks of the page, in a folder where they can be followed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TESTIGO_LANG", "en")
    text = (root / request.param).read_text(encoding="utf-8")
    return BLOCK.findall(text)


def test_the_tutorial_works_as_it_stands(page, root, tmp_path, capsys):
    told = []
    for kind, block in page:
        if kind == "toml":
            (tmp_path / "west" / "testigo.toml").write_text(block, encoding="utf-8")
        elif kind == "csv":
            path = tmp_path / "west" / "hand" / "place_aliases.csv"
            path.write_text(block, encoding="utf-8")
        else:
            told.append(follow(block, root, tmp_path, capsys))

    _, before, after, ran, explained, again = told
    assert "73" in before
    assert "police,,Gto.,11" in before
    assert "place_aliases" not in after
    assert "Rows: delivered 145 = accepted 144 + excluded 1 + quarantined 0." in ran
    assert "Report: " in ran
    assert "80.1 per 100,000" in explained  # 597 / 745,122
    assert "publish" in again.partition("Not done again")[2]
    figures_as_written(tmp_path)


def follow(block, root, tmp_path, capsys):
    """Type one block; after the first, lay the three files where the page says."""
    program, *typed = block.split()
    assert program == "testigo"
    assert run_command(typed) == 0, capsys.readouterr().err
    if typed[0] == "init":
        shutil.copytree(
            root / "docs" / "tutorials" / "first-observatory",
            tmp_path / "west" / "sources",
            dirs_exist_ok=True,
        )
    return capsys.readouterr().out


def figures_as_written(tmp_path):
    """What the page says in words stands in the tables."""
    with (tmp_path / "west/output/tables/convergence.csv").open(encoding="utf-8") as stream:
        lines = {line["area"]: line for line in csv.DictReader(stream)}
    assert (lines["west"]["count_a"], lines["west"]["count_b"]) == ("11420", "9755")
    assert (lines["18"]["count_a"], lines["18"]["count_b"]) == ("168", "103")
    assert json.loads((tmp_path / "west/output/provenance.json").read_text(encoding="utf-8"))


def test_the_example_of_the_readme_works_as_it_stands(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    for name in ("README.md", "README.es.md"):
        text = (root / name).read_text(encoding="utf-8")
        (typed,) = re.findall(r"^testigo (rates .*)$", text, re.MULTILINE)

        assert run_command(["--lang", "en", *typed.split()]) == 0, capsys.readouterr().err
        assert "11,420  24,681,310  46.3" in capsys.readouterr().out
