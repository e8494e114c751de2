"""What does not add up, and how it is let go."""

import csv
from types import SimpleNamespace

from testigo.cli.findings_text import SHOWN, tell_blocked, tell_findings, tell_unused
from testigo.cli.voice import Voice


def test_errors_come_first_and_information_stays_in_the_table(findings, capsys):
    tell_findings(Voice(), findings)

    shown = capsys.readouterr().out
    assert shown.index("C01 explained") < shown.index("C02 explained")
    assert "C20" not in shown


def test_the_explanation_is_in_the_readers_language(findings, capsys):
    tell_findings(Voice("es"), findings)

    assert "aviso C02 · police · 2012: C02 explicada" in capsys.readouterr().out


def test_many_findings_are_cut(findings, capsys):
    line = findings.to_pylist()[0]
    many = [line | {"where": str(year), "severity": "error"} for year in range(1990, 2020)]

    tell_findings(Voice(), findings.from_pylist(many))

    assert f"and {30 - SHOWN} more" in capsys.readouterr().out


def test_a_blocked_table_comes_with_the_line_that_would_let_it_go(findings, capsys):
    tell_blocked(Voice(), findings, frozenset({"police"}))

    lines = capsys.readouterr().out.splitlines()
    where = next(at for at, line in enumerate(lines) if line.startswith("  table,"))
    header, line = csv.reader(text.strip() for text in lines[where : where + 2])
    assert header == ["table", "rule", "where", "reason", "signed_by", "signed_on"]
    assert line[:3] == ["police", "C01", "2012"]


def test_what_is_signed_for_is_not_asked_again(findings, capsys):
    signed = [line | {"override": "seen"} for line in findings.to_pylist()]

    tell_blocked(Voice(), findings.from_pylist(signed, schema=findings.schema), frozenset({"x"}))

    assert "C01" not in capsys.readouterr().out


def test_nothing_wrong_prints_nothing(findings, capsys):
    tell_findings(Voice(), findings.slice(0, 0))
    tell_blocked(Voice(), findings, frozenset())

    assert capsys.readouterr().out == ""


def test_a_signed_error_is_told_with_its_signature(findings, capsys):
    signed = [
        line | {"override": "a misprint (comité, 2026-11-21)"} for line in findings.to_pylist()
    ]

    tell_findings(Voice("es"), findings.from_pylist(signed, schema=findings.schema))

    assert "C01 explicada Firmado: a misprint (comité, 2026-11-21)" in capsys.readouterr().out


def test_a_signature_that_answers_nothing_is_told(capsys):
    tell_unused(Voice(), [SimpleNamespace(table="polcie", rule="C01", where="2012")])
    tell_unused(Voice(), [])

    shown = capsys.readouterr().out
    assert "C01 · polcie · 2012" in shown
    assert shown.count("answer nothing") == 1
