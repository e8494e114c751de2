"""How sentences and JSON leave the program, also on old consoles."""

import io
import json
import sys
from datetime import date

import pytest

from testigo.cli.voice import Voice, prepare_streams, print_json
from testigo.core import Message, Number


def test_a_voice_speaks_its_language(capsys):
    Voice("es").say(Message("Report: {path}", {"path": "x"}), indent=2)

    assert capsys.readouterr().out == "  Informe: x\n"


def test_a_remark_stays_out_of_the_result(capsys):
    Voice().remark("aside")

    assert capsys.readouterr() == ("", "aside\n")


def test_json_is_valid_whatever_stands_in_it(capsys):
    print_json([{"a": float("nan"), "b": date(2020, 1, 2), "c": (1, None), "d": "ñ"}])

    assert json.loads(capsys.readouterr().out) == [
        {"a": None, "b": "2020-01-02", "c": [1, None], "d": "ñ"}
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii", "utf-8"])
def test_no_letter_stops_an_old_console(encoding, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding=encoding))

    prepare_streams()
    Voice("es").say(Message("Report: {path}", {"path": "Ñuble → 漢"}))
    Voice("es").say(Number(35787).in_language("es"))
    sys.stdout.flush()

    text = written.getvalue().decode(encoding).replace("\u202f", " ")
    assert "Informe: " in text
    assert "35 787" in text


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_can_be_read_back_from_an_old_console(encoding, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))

    print_json({"place": "Cancún 漢"})
    sys.stdout.flush()

    assert json.loads(written.getvalue().decode("ascii")) == {"place": "Cancún 漢"}
