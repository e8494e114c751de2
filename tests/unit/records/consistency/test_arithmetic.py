"""Wilson limits of domain.md 2.1 and 8.3, and what the words of a text allow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from testigo.records.consistency.arithmetic import (
    agrees,
    decimals_of,
    phrase,
    plain,
    rounded,
    wilson_interval,
)
from testigo.records.consistency.model import QUALIFIERS


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(14, 26, 35, 71), (20, 26, 58, 89), (6, 11, 28, 79), (11, 11, 74, 100)],
)
def test_wilson_limits_of_the_reviews(part: int, whole: int, low: int, high: int) -> None:
    interval = wilson_interval(part, whole)

    assert (round(100 * interval.low), round(100 * interval.high)) == (low, high)
    assert interval.share == part / whole


def test_wilson_limits_of_the_impunity_funnel() -> None:
    """domain.md 8.3: 82.8 % (82.3 to 83.3)."""
    interval = wilson_interval(21_046 - 3_614, 21_046)

    shown = [plain(100 * value, 1) for value in (interval.share, interval.low, interval.high)]
    assert shown == ["82.8", "82.3", "83.3"]


def test_no_case_at_all_has_a_lower_limit_of_zero() -> None:
    assert wilson_interval(0, 11).low == 0


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(0.5, 0, "1"), (1.5, 0, "2"), (-0.25, 1, "-0.3"), (2001.09, 0, "2001"), (1e6, 0, "1000000")],
)
def test_halves_are_rounded_away_from_zero(value: float, decimals: int, written: str) -> None:
    assert plain(value, decimals) == written
    assert rounded(value, decimals) == Decimal(written)


@pytest.mark.parametrize(
    ("qualifier", "holds", "fails"),
    [
        ("exactly", 70.4, 70.6),
        ("about", 73.5, 73.6),
        ("nearly", 69.9, 70.0),
        ("more_than", 70.1, 70.0),
        ("at_least", 70.0, 69.9),
        ("less_than", 69.9, 70.0),
        ("at_most", 70.0, 70.1),
    ],
)
def test_words_allow_what_they_say(qualifier, holds: float, fails: float) -> None:
    assert agrees(Decimal(str(holds)), Decimal(70), qualifier)
    assert not agrees(Decimal(str(fails)), Decimal(70), qualifier)


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_every_word_has_its_phrase_in_both_languages(qualifier) -> None:
    said = phrase(Decimal("70.5"), qualifier)

    assert "70.5" in str(said)
    assert "70,5" in said.in_language("es")
    assert qualifier == "exactly" or said.in_language("es") != str(said)


def test_digits_are_those_that_were_printed() -> None:
    assert [decimals_of(Decimal(text)) for text in ("70", "70.0", "0.125")] == [0, 1, 3]
