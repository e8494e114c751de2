"""How long work tells how far it is."""

import io
import sys

from testigo.cli import progress as progress_module
from testigo.cli.progress import ProgressBar, ProgressLines, show_progress
from testigo.cli.voice import Voice
from testigo.core import Message

READING = Message("Reading {source}", {"source": "a[b]c"})


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_lines_say_each_step_once_and_on_standard_error(capsys):
    with ProgressLines(Voice()) as progress:
        progress(READING, 0, 3)
        progress(READING, 1, 3)
        progress(Message("together"), 0, None)

    assert capsys.readouterr() == ("", "- Reading a[b]c\n- together\n")


def test_a_long_step_is_spoken_of_now_and_then(capsys, monkeypatch):
    clock = iter([0.0, 1.0, 6.0, 12.0])
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(clock))
    with ProgressLines(Voice()) as progress:
        for done in (0, 1, 2):
            progress(READING, done, 3)
        progress(READING, 70, None)

    assert capsys.readouterr().err.splitlines() == [
        "- Reading a[b]c",
        "  Reading a[b]c: 2 / 3",
        "  Reading a[b]c: 70",
    ]


def test_a_terminal_gets_bars_with_the_step_as_it_is(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")

    shown = show_progress(Voice("es"))
    with shown as progress:
        progress(READING, 0, 2)
        progress(READING, 2, 2)
        progress(Message("together"), 0, None)

    assert isinstance(shown, ProgressBar)
    assert "a[b]c" in stream.getvalue()
    assert "en total" in stream.getvalue()
    assert "100%" in stream.getvalue()


def test_a_bar_is_taken_away_when_the_work_fails(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    bar = ProgressBar(Voice())
    bar.__enter__()
    bar(READING, 0, 2)
    bar.__exit__(ValueError, ValueError(), None)

    assert "100%" not in stream.getvalue()


def test_a_file_gets_lines(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    assert isinstance(show_progress(Voice()), ProgressLines)
