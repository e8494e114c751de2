"""`testigo estimate`: one sentence, its reasons, or one refusal; JSON alone for machines."""

from __future__ import annotations

import json

import pytest

from testigo.cli.entry import run_command
from testigo.estimation.systems import comparison, sensitivity

GOOD = (
    "press,police,ngo,count\n1,0,0,60\n0,1,0,50\n0,0,1,30\n1,1,0,20\n1,0,1,15\n0,1,1,15\n1,1,1,10\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "overlaps.csv"
    path.write_text(GOOD, encoding="utf-8", newline="\n")
    return path


def test_the_estimate_is_a_sentence(file, capsys) -> None:
    code = run_command(["estimate", str(file), "--method", "graphs", "--lang", "en"])

    assert code == 0
    out = capsys.readouterr().out
    assert out.startswith("decomposable graphs averaged: ")
    assert "of whom 200 are recorded" in out


def test_it_speaks_spanish(file, capsys) -> None:
    assert run_command(["estimate", str(file), "--method", "independence", "--lang", "es"]) == 0
    assert "de las cuales 200 están registradas" in capsys.readouterr().out


def test_json_is_the_rows_of_the_table_and_the_same_each_time(file, capsys) -> None:
    printed = []
    for _ in range(2):
        assert run_command(["estimate", str(file), "--seed", "7", "--json"]) == 0
        printed.append(capsys.readouterr().out)
    (row,) = json.loads(printed[0])

    assert printed[0] == printed[1]
    assert row["method"] == "latent-class"
    assert row["low"] < row["median"] < row["high"]


def test_a_refused_estimate_is_an_answer(tmp_path, capsys) -> None:
    path = tmp_path / "two.csv"
    path.write_text("a,b,count\n1,0,50\n0,1,40\n1,1,20\n", encoding="utf-8", newline="\n")

    assert run_command(["estimate", str(path), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["verdict"], row["median"], row["reasons"]) == ("refuse", None, "too_few_lists")
    assert row["measured"] == "too_few_lists=2/3"
    assert run_command(["estimate", str(path), "--lang", "en"]) == 0
    assert "not estimable (people recorded: 110)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--seed", "-1"], 2),
        (["--seed", "x"], 2),
        (["--method", "lincoln"], 2),
        (["--method", "all", "--sensitivity"], 2),
        (["--level", "2"], 2),
    ],
)
def test_what_is_not_offered_is_refused(file, capsys, more, code) -> None:
    file.write_text("year," + GOOD.replace("\n", "\n1998,").removesuffix("1998,"), encoding="utf-8")
    assert run_command(["estimate", str(file), *more]) == code
    assert capsys.readouterr().out == ""


def test_a_missing_file_is_told(tmp_path, capsys) -> None:
    assert run_command(["estimate", str(tmp_path / "none.csv"), "--lang", "en"]) == 11
    told = capsys.readouterr().err
    assert "none.csv" in told
    assert "sources/" not in told


def test_what_was_read_as_strata_is_told(tmp_path, capsys) -> None:
    path = tmp_path / "years.csv"
    path.write_text(
        "year,a,b,count\n1999,1,0,50\n1999,0,1,40\n1998,1,1,20\n", encoding="utf-8", newline="\n"
    )

    assert run_command(["estimate", str(path), "--lang", "es"]) == 0
    assert capsys.readouterr().out.startswith("Listas: a, b. Estratos: 2, por year.\n")
    assert run_command(["estimate", str(path), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_other_assumptions_are_told_in_sentences(file, capsys, monkeypatch) -> None:
    monkeypatch.setattr(sensitivity, "METHODS", ("graphs", "lower-bound"))
    command = ["estimate", str(file), "--method", "graphs", "--sensitivity"]

    assert run_command([*command, "--lang", "es"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("promedio de grafos descomponibles: ")
    assert "Si se supone otra cosa:\n  - Con los supuestos habituales" in shown.out
    assert "Probando otros supuestos" in shown.err
    assert run_command([*command, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["kind"] for row in rows} == {
        "main", "method", "highest_order", "list_left_out", "lists_merged"}  # fmt: skip


def test_what_other_assumptions_move_is_a_reason_of_the_estimate(tmp_path, capsys, monkeypatch):
    """The fourth list was copied from the first: taken for one, they give fewer people."""
    monkeypatch.setattr(sensitivity, "METHODS", ())
    rows = [row.split(",") for row in GOOD.splitlines()[1:]]
    copied = "".join(f"{','.join(row[:3])},{row[0]},{row[3]}\n" for row in rows)
    path = tmp_path / "copied.csv"
    path.write_text(
        f"press,police,ngo,copy,count\n{copied}0,0,0,1,40\n1,0,0,0,20\n", encoding="utf-8"
    )
    command = ["estimate", str(path), "--method", "independence", "--lang", "en"]

    assert run_command(command) == 0
    assert "lists_merged_move" not in capsys.readouterr().out
    assert run_command([*command, "--sensitivity"]) == 0
    assert "(lists_merged_move)" in capsys.readouterr().out


def test_all_methods_are_compared_stratum_by_stratum_under_one_heading(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(comparison, "METHODS", ("graphs", "lower-bound"))
    head, *rows = GOOD.splitlines()
    path = tmp_path / "years.csv"
    path.write_text(
        "\n".join([f"year,{head}", *(f"{year},{row}" for year in (1998, 1999) for row in rows)]),
        encoding="utf-8",
    )

    assert run_command(["estimate", str(path), "--method", "all", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.count("year=1998\n") == 1
    assert told.count("decomposable graphs averaged: ") == 3  # all together, then each year
    assert "(no_draws_to_add)" in told
