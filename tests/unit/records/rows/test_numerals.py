from __future__ import annotations

import pytest

from testigo.records.rows.numerals import decide_decimal, decimals_of, read_count, read_number


@pytest.mark.parametrize(
    ("texts", "whole", "mark"),
    [
        (["12", "7"], True, "."),
        (["1.234", "12"], True, ","),
        (["1,234", "12"], True, "."),
        (["1.234", "12.5"], True, "."),
        (["1.234.567"], False, ","),
        (["1.234"], False, "."),
        (["1.234,5"], False, ","),
        (["5.0", "12.0"], True, "."),
        (["1,5", "1.5"], True, "."),
        (["1.2.3"], True, "."),
    ],
)
def test_the_decimal_mark_is_decided_by_the_whole_column(texts, whole, mark):
    assert decide_decimal(texts, whole=whole) == mark
    assert decide_decimal(reversed(texts), whole=whole) == mark


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1.234,5", ",", 1234.5),
        ("1 234", ".", 1234.0),
        ("1\u202f234", ".", 1234.0),
        ("1'234.5", ".", 1234.5),
        ("-3", ".", -3.0),
        (".5", ".", 0.5),
        ("1.2e3", ".", 1200.0),
        ("12,34", ".", None),
        ("doce", ".", None),
        ("1.2.3", ".", None),
    ],
)
def test_numbers_as_institutions_write_them(text, decimal, number):
    assert read_number(text, decimal) == number


@pytest.mark.parametrize(
    ("text", "count", "problem"),
    [
        ("12", 12, None),
        ("12.0", 12, None),
        ("0", 0, None),
        ("1.5", None, "value_fractional"),
        ("-1", None, "value_negative"),
        ("doce", None, "value_not_a_number"),
        ("9" * 15, None, "value_not_a_number"),
    ],
)
def test_a_count_is_whole_and_not_below_zero(text, count, problem):
    reading = read_count(text, ".")

    assert (reading.count, reading.problem) == (count, problem)


def test_the_decimals_of_a_printed_rate_are_kept():
    assert [decimals_of(text, ".") for text in ("41.20", "41.2", "41", "41.")] == [2, 1, 0, 0]
