"""Shares of private sources tell no number that is hidden, and no share of few victims."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from testigo.records import DELIVERIES, QUALITY, REASONS

QUIET = {"0101": 9, "0102": 7, "0103": 30, "0201": 40, "0202": 0, "?01": 6}  # 92, nothing hidden
LARGE = QUIET | {"0103": 438}  # 500: a percent is five people


def share(indicator: str, field: str, value: float | None, period: str = "2020") -> dict:
    return {
        "source": "police", "indicator": indicator, "field": field, "period": period,
        "value": value, "unit": "share", "threshold": None, "met": "not_applicable",
    }  # fmt: skip


def told(observatory, *rows: dict, **tables) -> list[tuple[object, object]]:
    given = observatory.with_tables(quality=QUALITY.table(list(rows)), **tables)
    return [(row["value"], row["value_status"]) for row in given.protected()["quality"].to_pylist()]


def test_shares_are_told_in_whole_percent(build_observatory) -> None:
    (line,) = told(build_observatory(QUIET), share("missing_share", "age", 30 / 92))

    assert line == (0.33, "stated")


@pytest.mark.parametrize("few", [1, 4, 88, 91])
def test_a_share_of_few_victims_is_hidden(build_observatory, few: int) -> None:
    (line,) = told(build_observatory(QUIET), share("missing_share", "age", few / 92))

    assert line == (None, "suppressed")


@pytest.mark.parametrize("number", [0, 5, 87, 92])
def test_a_share_of_nobody_of_all_or_of_many_is_told(build_observatory, number: int) -> None:
    (line,) = told(build_observatory(QUIET), share("missing_share", "age", number / 92))

    assert line == (round(number / 92, 2), "stated")


def test_where_a_percent_is_k_people_a_share_is_vague_enough(build_observatory) -> None:
    (line,) = told(build_observatory(LARGE), share("missing_share", "age", 3 / 500))

    assert line == (0.01, "stated")


def test_all_years_do_not_tell_the_share_of_one(build_observatory) -> None:
    rows = [share("missing_share", "age", 3 / 92), share("missing_share", "age", 9 / 92, "all")]

    assert {value for value, _ in told(build_observatory(QUIET), *rows)} == {None}


def test_a_share_of_rows_is_hidden_with_the_number_of_rows(build_observatory) -> None:
    """0.0029910269 is 3 of 1,003: the rows set aside and the rows delivered, both hidden."""
    value = 3 / 1003
    assert Fraction(value).limit_denominator(2000) == Fraction(3, 1003)
    file = dict.fromkeys(DELIVERIES.arrow.names, 0)
    file |= {"source": "police", "file": "a.csv", "sha256": "0" * 64, "rows_delivered": 1003}
    file |= {"rows_accepted": 1000, "rows_excluded": 3, "count_accepted": 1000}
    reason = {"source": "police", "file": "a.csv", "placement": "excluded", "column": ""}
    reason |= {"reason": "row_repeated", "rows": 3}
    tables = {"deliveries": DELIVERIES.table([file]), "reasons": REASONS.table([reason])}

    lines = told(
        build_observatory(LARGE),
        share("excluded_share", "", value, "all"),
        share("repeated_rows_share", "", value, "all"),
        share("missing_share", "age", 0.25, "all"),
        **tables,
    )

    assert sorted(lines, key=str) == [(0.25, "stated"), *[(None, "suppressed")] * 2]


def test_victims_of_unknown_place_are_not_told_by_their_share(build_observatory) -> None:
    """Four of ninety have no municipality: the cell of the unknown place is hidden."""
    (line,) = told(build_observatory(LARGE | {"?01": 4}), share("missing_share", "area", 4 / 498))

    assert line == (None, "suppressed")


def test_shares_of_public_sources_have_all_their_digits(build_observatory) -> None:
    observatory = build_observatory(QUIET)
    open_ = replace(
        observatory,
        sources=tuple(replace(source, published=True) for source in observatory.sources),
    )

    assert told(open_, share("missing_share", "age", 3 / 92)) == [(3 / 92, "stated")]
