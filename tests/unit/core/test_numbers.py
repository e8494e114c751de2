"""Numbers as each language writes them, rounded half away from zero."""

from __future__ import annotations

import math

import numpy as np
import pytest

from testigo.core import Number

THIN, FIRM = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "english", "spanish"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (3766, 0, "3,766", "3766"),  # Spanish leaves four digits together
        (9999.5, 0, "10,000", f"10{THIN}000"),
        (35787, 0, "35,787", f"35{THIN}787"),
        (6253419, 0, "6,253,419", f"6{THIN}253{THIN}419"),
        (282.7, 1, "282.7", "282,7"),
        (1234.5, 1, "1,234.5", "1234,5"),
        (-1234.5, 1, "-1,234.5", "-1234,5"),
    ],
)
def test_each_language_has_its_marks(
    value: float, decimals: int, english: str, spanish: str
) -> None:
    number = Number(value, decimals)

    assert number.in_language("en") == english
    assert number.in_language("es") == spanish


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (2.675, 2, "2.68"),
    ],
)
def test_halves_go_away_from_zero(value: float, decimals: int, printed: str) -> None:
    """domain.md 11; Python's own round would print 0, 2, 2 and 2.67."""
    assert Number(value, decimals).in_language("en") == printed


def test_shares_are_printed_as_percentages() -> None:
    assert Number(0.9528, 1, percent=True).in_language("en") == "95.3%"
    assert Number(0.9528, 1, percent=True).in_language("es") == f"95,3{FIRM}%"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(value: float) -> None:
    assert Number(value).in_language("es") == "–"


def test_a_zero_has_no_sign() -> None:
    assert Number(-0.04, 1).in_language("en") == "0.0"


@pytest.mark.parametrize("value", [np.float64(41.15), np.float32(41.25), np.int64(41)])
def test_numbers_of_numpy_are_numbers_too(value: float) -> None:
    assert Number(value, 0).in_language("es") == "41"
