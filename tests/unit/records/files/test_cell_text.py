"""Typed cells as text."""

from __future__ import annotations

import datetime as dt

import pytest

from testigo.records.files.cell_text import text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (2.0**53, "9007199254740992"),
        (1e300, "1e+300"),
        (float("nan"), None),
        (float("inf"), "inf"),
        (7, "7"),
        (True, "TRUE"),
        (dt.date(2020, 2, 29), "2020-02-29"),
        (dt.datetime.fromisoformat("2020-02-29"), "2020-02-29"),
        (dt.datetime.fromisoformat("2020-02-29T01:00"), "2020-02-29T01:00:00"),
        ("", None),
        (" \n", None),
        (None, None),
        ("05", "05"),
    ],
)
def test_a_value_is_written_as_an_office_would_type_it(value, text):
    assert text_of(value) == text
