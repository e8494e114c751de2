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
    assert out.startswith("Rows: 7. People, from column count: 200. Lists (columns of 0 and 1): ")
    assert "\ndecomposable graphs averaged: " in out
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


def test_machines_get_what_was_read_beside_the_json(tmp_path, capsys) -> None:
    """A stratum of 0 and 1, totals left out: as serious for a script as for a person."""
    rows = GOOD.splitlines()[1:]
    text = (
        "sex,"
        + GOOD.splitlines()[0]
        + "\n"
        + "".join(f"{sex},{row}\n" for sex in "01" for row in rows)
    )
    path = tmp_path / "sex.csv"
    path.write_text(text + "Total,,,,400\n", encoding="utf-8")
    command = ["estimate", str(path), "--method", "independence", "--lang", "en"]

    assert run_command(command) == 0
    told = capsys.readouterr().out.splitlines()
    assert run_command([*command, "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)
    assert told[:3] == shown.err.splitlines()[:3]
    assert told[1] == "Rows at the end left out, as totals or notes: 1."
    assert told[2].startswith("Nobody is on sex alone.")


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
    told = capsys.readouterr().out
    assert told.startswith("Filas: 3. Personas, de la columna count: 110. Listas (columnas de 0 y ")
    assert "1): a, b. Estratos (otras columnas): 2, por year.\nTodos los estratos juntos\n" in told
    assert run_command(["estimate", str(path), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_other_assumptions_are_told_in_sentences(file, capsys, monkeypatch) -> None:
    monkeypatch.setattr(sensitivity, "METHODS", ("graphs", "lower-bound"))
    command = ["estimate", str(file), "--method", "graphs", "--sensitivity"]

    assert run_command([*command, "--lang", "es"]) == 0
    shown = capsys.readouterr()
    assert "\npromedio de grafos descomponibles: " in shown.out
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
    told = capsys.readouterr().out
    added = told.partition("If something else is assumed:")[2].partition("\nSo the estimate is to")[
        2
    ]
    assert "(lists_merged_move)" in added
    assert told.count("(lists_merged_move)") == 1


def test_the_estimate_is_told_before_other_assumptions_are_tried(file, capsys, monkeypatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("testigo.estimation.file_sensitivity", stop)
    command = ["estimate", str(file), "--method", "graphs", "--sensitivity", "--lang", "en"]

    assert run_command(command) == 130
    assert "\ndecomposable graphs averaged: " in capsys.readouterr().out


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
    assert told.count("year: 1998\n") == told.count("All strata together\n") == 1
    assert told.count("decomposable graphs averaged: ") == 3  # all together, then each year
    assert "(no_draws_to_add)" in told


def test_a_stratum_without_a_value_is_said_to_be_blank(tmp_path, capsys) -> None:
    head, *rows = GOOD.splitlines()
    path = tmp_path / "sex.csv"
    path.write_text(
        "\n".join([f"sex,{head}", *(f"{sex},{row}" for sex in ("m", "") for row in rows)]),
        encoding="utf-8",
    )
    command = ["estimate", str(path), "--method", "independence"]

    assert run_command([*command, "--lang", "en"]) == 0
    assert "\nsex: (blank)\n" in capsys.readouterr().out
    assert run_command([*command, "--lang", "es"]) == 0
    assert "\nsex: (en blanco)\n" in capsys.readouterr().out
    assert run_command([*command, "--json"]) == 0
    assert [row["stratum"] for row in json.loads(capsys.readouterr().out)] == ["sex=m", "sex="]


def test_with_all_methods_a_reason_is_told_once_and_who_is_not_compared_and_why(
    file, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(comparison, "METHODS", ("graphs", "sparse", "lower-bound", "independence"))
    file.write_text(GOOD.replace("1,1,1,10", "1,1,1,60"), encoding="utf-8")

    assert run_command(["estimate", str(file), "--method", "all", "--lang", "en"]) == 0
    told = capsys.readouterr().out.splitlines()
    full = [
        line.rpartition(" (")[2] for line in told if line.startswith("  - ") and line[-1] == ")"
    ]
    assert len(full) == len(set(full))
    assert any(line.startswith("  - As above: unequal_people") for line in told)
    assert told[-2].startswith("Compared: decomposable graphs averaged, sparse log-linear model.")
    assert told[-1].startswith("Not compared: the lower bound, which only says how many there were")


def test_what_no_method_can_estimate_is_told_once(tmp_path, capsys) -> None:
    path = tmp_path / "two.csv"
    path.write_text("a,b,count\n1,0,50\n0,1,40\n1,1,20\n", encoding="utf-8", newline="\n")

    assert run_command(["estimate", str(path), "--method", "all", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.count("not estimable") == told.count("(too_few_lists)") == 1
    assert "every method: not estimable (people recorded: 110)." in told
    assert "ompared" not in told
