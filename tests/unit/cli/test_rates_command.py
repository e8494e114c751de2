"""`testigo rates` on a real file, with the published figure."""

import json

import pytest

from testigo.cli.entry import run_command


@pytest.fixture
def cities(tmp_path):
    """El Salvador 2012 (domain.md 1.7)."""
    path = tmp_path / "país.csv"
    path.write_text("año,víctimas,habitantes\n2012,2576,6253419\n", encoding="utf-8")
    return str(path)


def test_the_published_rate_comes_out(cities, capsys):
    typed = ["rates", cities, "--count", "víctimas", "--population", "habitantes"]

    assert run_command([*typed, "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[-3:] == ["41.2", "39.6", "42.8"]


def test_machines_get_the_rows_of_the_table_and_nothing_else(cities, capsys):
    typed = ["rates", cities, "--count", "víctimas", "--population", "habitantes", "--json"]

    assert run_command(typed) == 0
    out = capsys.readouterr().out
    line = json.loads(out)[0]
    assert line["victims"] == 2576
    assert [round(line[name], 1) for name in ("rate", "rate_low", "rate_high")] == [
        41.2,
        39.6,
        42.8,
    ]
    assert line["level"] == 0.95


def test_another_coverage_widens_the_interval(cities, capsys):
    typed = ["rates", cities, "--count", "víctimas", "--population", "habitantes", "--json"]

    assert run_command([*typed, "--level", "99%"]) == 0
    line = json.loads(capsys.readouterr().out)[0]
    assert line["level"] == 0.99
    assert line["rate_low"] < 39.6


def test_a_wrong_column_is_told_with_those_there_are(cities, capsys):
    typed = ["rates", cities, "--count", "victimas!", "--population", "residents"]

    assert run_command([*typed, "--lang", "en"]) in {2, 11}
    out, said = capsys.readouterr()
    assert out == ""
    assert "habitantes" in said


def test_a_missing_file_is_told(tmp_path, capsys):
    typed = ["rates", str(tmp_path / "no.csv"), "--count", "a", "--population", "b"]

    assert run_command([*typed, "--lang", "en"]) == 11
    assert "no.csv" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xfe" * 40])
def test_an_empty_or_binary_file_is_an_input_error(tmp_path, capsys, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    assert run_command(["rates", str(path), "--count", "a", "--population", "b"]) == 11
    assert "Traceback" not in capsys.readouterr().err
