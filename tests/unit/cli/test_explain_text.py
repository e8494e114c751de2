"""What `testigo explain` answers."""

from types import SimpleNamespace

import pyarrow as pa

from testigo.cli.explain_text import tell_explanation
from testigo.cli.voice import Voice
from testigo.core import Message


def explanation(rows):
    return SimpleNamespace(
        figure=Message("together"),
        steps=(Message("file"), Message("column")),
        rows=pa.Table.from_pylist(
            rows,
            schema=pa.schema(
                [(name, pa.string()) for name in ("source", "file", "sha256", "rows")]
                + [("count", pa.int64())]
            ),
        ),
    )


def test_the_figure_its_steps_and_its_rows_are_told(capsys):
    row = {"source": "inegi", "file": "sources/a.parquet", "sha256": "f" * 64, "rows": "12-40, 57"}

    tell_explanation(Voice("es"), explanation([row | {"count": 30}]))

    shown = capsys.readouterr().out
    assert shown.startswith("en total\n")
    assert "  1. archivo\n  2. columna\n" in shown
    assert "inegi: sources/a.parquet" in shown
    assert "f" * 64 in shown
    assert "filas: 12-40, 57; su cuenta: 30" in shown


def test_a_suppressed_figure_has_no_rows_to_show(capsys):
    tell_explanation(Voice(), explanation([]))

    assert "Rows behind it" not in capsys.readouterr().out


def test_hundreds_of_ranges_are_cut(capsys):
    ranges = ", ".join(str(row) for row in range(2, 602, 2))
    row = {"source": "press", "file": "sources/a.csv", "sha256": "f" * 64, "rows": ranges}

    tell_explanation(Voice(), explanation([row | {"count": 300}]))

    shown = capsys.readouterr().out
    assert "22, 24 and more ranges: 288 (`--json` prints them all); their count: 300" in shown
