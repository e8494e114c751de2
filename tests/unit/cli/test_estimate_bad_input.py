"""What is no table of overlaps ends in one clear sentence, what cannot be estimated in reasons."""

from __future__ import annotations

import json

import pytest

from testigo.cli.entry import run_command

HEAD = "a,b,c,count\n"
SINGLE = "1,0,0,{}\n0,1,0,40\n0,0,1,20\n"
SIXTY = ",".join(f"l{at}" for at in range(60)) + ",count\n" + "1," * 60 + "5\n"
REFUSED = {
    "two lists": ("a,b,count\n1,0,50\n0,1,40\n1,1,20\n", "too_few_lists", "3 are needed"),
    "an empty list": (
        HEAD + "1,0,0,50\n0,1,0,40\n1,1,0,20\n",
        "too_few_lists",
        "Lists with fewer than 10 people: 1",
    ),
    "disconnected lists": (
        "a,b,c,d,count\n1,1,0,0,50\n1,0,0,0,9\n0,0,1,1,50\n0,1,0,0,7\n0,0,0,1,4\n",
        "lists_not_connected",
        "2 groups that share nobody",
    ),
    "one pattern": (HEAD + "1,1,1,90\n", "one_pattern", "Everybody is on the same lists"),
    "a stratum of three people": (
        "year," + HEAD + "1999,1,0,0,1\n1999,0,1,0,1\n1999,0,0,1,1\n",
        "too_few_people",
        "People in all: 3; 50 are needed",
    ),
}
WRONG = {
    "a negative count": (HEAD + SINGLE.format(-3), ("row 2", "'-3' is not a count")),
    "a fractional count": (HEAD + SINGLE.format(3.5), ("row 2", "not a whole number of people")),
    "a blank count": (HEAD + SINGLE.format(""), ("row 2", "is blank")),
    "no count column": (HEAD.replace("count", "n") + SINGLE.format(3), ("no column 'count'",)),
    "sixty lists": (SIXTY, ("60 lists, more than 40", "Merge lists")),
    "people on no list": (HEAD + SINGLE.format(3) + "0,0,0,9\n", ("row 5", "on no list")),
    "no rows": (HEAD, ("no rows below it",)),
    "nobody": (HEAD + "1,0,0,0\n0,1,1,0\n", ("holds nobody",)),
    "nothing": ("", ("is empty",)),
}


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "overlaps.csv"
        path.write_text(text, encoding="utf-8", newline="\n")
        return str(path)

    return write


@pytest.mark.parametrize("more", [[], ["--method", "all"], ["--sensitivity"]])
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_estimated_is_refused_with_its_reasons(file, capsys, what, more) -> None:
    text, code, words = REFUSED[what]

    assert run_command(["estimate", file(text), "--lang", "en", *more]) == 0
    shown = capsys.readouterr()
    assert "not estimable" in shown.out
    assert f"({code})" in shown.out
    assert words in shown.out
    assert "people in all (" not in shown.out
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_has_no_number_for_machines_either(file, capsys, what) -> None:
    for more in ([], ["--method", "all"], ["--sensitivity"]):
        assert run_command(["estimate", file(REFUSED[what][0]), "--json", *more]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert {row["verdict"] for row in rows} == {"refuse"}
        assert {row[name] for row in rows for name in ("median", "low", "high")} == {None}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_table_of_overlaps_is_told_with_its_place(file, capsys, what) -> None:
    text, words = WRONG[what]

    assert run_command(["estimate", file(text), "--lang", "en"]) == 11
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(each in shown.err for each in ("overlaps.csv", *words))
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("what", [*REFUSED, *WRONG])
def test_each_is_told_in_spanish_too(file, capsys, what) -> None:
    text = {**REFUSED, **WRONG}[what][0]

    code = run_command(["estimate", file(text), "--lang", "es"])
    shown = capsys.readouterr()
    assert code == (0 if what in REFUSED else 11)
    assert ("no estimable" in shown.out) == (what in REFUSED)
    assert not {"people", "count is", "list "} & set(shown.out.split())
