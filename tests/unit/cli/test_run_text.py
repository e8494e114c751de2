"""What `testigo run` answers."""

import json
from pathlib import Path

from testigo.cli.run_text import nearest, ran_as_dict, tell_ran
from testigo.cli.voice import Voice, print_json


def test_the_report_comes_last(ran, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    tell_ran(Voice(), ran)

    shown = capsys.readouterr().out
    assert shown.endswith(f"Report: {Path('output', 'report', 'index.html')}\n")
    assert "Done in 3.3 s: rates, publish." in shown
    assert "Not done again, because nothing they use has changed: ingest." in shown
    assert "Not published until an error is mended or signed for: police." in shown
    assert "and 2 more; `testigo check` prints them all." in shown


def test_a_run_of_one_step_speaks_of_no_report(ran, capsys):
    ran.report = ran.headline = None
    ran.skipped = ()

    tell_ran(Voice(), ran)

    assert "Report" not in capsys.readouterr().out


def test_machines_get_the_same(ran, capsys):
    print_json(ran_as_dict(Voice(), ran))

    told = json.loads(capsys.readouterr().out)
    assert told["blocked"] == ["police"]
    assert told["seconds"] == {"rates": 1.25, "publish": 2.0}
    assert told["report"].endswith("output/report/index.html")
    assert [line["rows_delivered"] for line in told["deliveries"]] == [12_000, 10]


def test_invented_data_are_called_so_before_anything_else(ran, capsys):
    ran.configuration.synthetic = True

    tell_ran(Voice("es"), ran)

    assert capsys.readouterr().out.startswith("Datos sintéticos: ")
    assert ran_as_dict(Voice(), ran)["synthetic"] is True


def test_a_path_elsewhere_is_written_whole(tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    assert nearest(Path("a")) == "a"
    assert nearest(tmp_path / "b") == str(tmp_path / "b")
