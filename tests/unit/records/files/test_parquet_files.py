"""Parquet as text."""

from __future__ import annotations

import datetime as dt
import decimal

import pyarrow as pa
import pytest
from pyarrow import parquet

from testigo.records import read_table


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (
            pa.array([5030000.0, 2.5, None, float("nan"), 1e20]),
            ["5030000", "2.5", None, None, "1e+20"],
        ),
        (pa.array([1, None, 3]), ["1", None, "3"]),
        (pa.array([dt.date(2020, 1, 31)]), ["2020-01-31"]),
        (
            pa.array(
                [
                    dt.datetime.fromisoformat("2020-01-31"),
                    dt.datetime.fromisoformat("2020-01-31T05:00"),
                ],
                pa.timestamp("ns"),
            ),
            ["2020-01-31", "2020-01-31T05:00:00"],
        ),
        (pa.array(["x", " ", "", None, " y "]), ["x", None, None, None, " y "]),
        (pa.array(["x", "y", "x"]).dictionary_encode(), ["x", "y", "x"]),
        (pa.array(["x", " "], pa.large_string()), ["x", None]),
        (pa.array([b"x"], pa.binary()), ["x"]),
        (pa.array([True, False]), ["TRUE", "FALSE"]),
        (pa.array([decimal.Decimal("1.50")]), ["1.50"]),
        (pa.array([None, None]), [None, None]),
        (pa.array([[1, 2], None]), ["[1, 2]", None]),
    ],
)
def test_every_type_becomes_text(tmp_path, values, texts):
    path = tmp_path / "police.parquet"
    parquet.write_table(pa.table({"a": values, "b": pa.array(["1"] * len(values))}), path)
    table = read_table(path)
    assert table.cells["a"].to_pylist() == texts
    assert table.cells.schema.types == [pa.string(), pa.string()]


def test_rows_are_counted_from_one_because_there_is_no_header_row(tmp_path):
    path = tmp_path / "police.parquet"
    parquet.write_table(pa.table({"a": ["x", "y"]}), path)
    table = read_table(path)
    assert (table.header_row, table.rows.tolist()) == (0, [1, 2])
