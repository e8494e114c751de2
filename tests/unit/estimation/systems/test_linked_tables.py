"""One table of counts becomes a table for each stratum and draw."""

from __future__ import annotations

import pyarrow as pa
import pytest

from testigo.core import UsageError
from testigo.estimation import (
    CaptureHistories,
    LinkedHistories,
    gather_replicates,
    split_histories,
)

ROWS = [
    # area, year, press, police, draw, count
    ("A", "2001", 1, 0, 0, 5),
    ("A", "2001", 1, 1, 0, 2),
    ("A", "2001", 1, 0, 1, 6),
    ("A", "2001", 1, 1, 2, 3),
    ("B", "2001", 0, 1, 0, 4),
    ("B", "2001", 0, 1, 1, 4),
    (None, "2001", 0, 1, 0, 1),
]


def table(rows=ROWS) -> pa.Table:
    columns = list(zip(*rows, strict=True))
    names = ["area", "year", "press", "police", "draw", "count"]
    return pa.table(dict(zip(names, map(list, columns), strict=True)))


def test_each_stratum_has_its_best_table_and_its_draws() -> None:
    first, second, unknown = split_histories(
        table(), lists=["press", "police"], strata=["area", "year"]
    )

    assert first.stratum == (("area", "A"), ("year", "2001"))
    assert first.label == "area=A year=2001"
    assert first.best.observed == 7
    assert [each.observed for each in first.draws] == [6, 3]
    assert [each.observed for each in second.draws] == [4, 0]
    assert unknown.label == "area= year=2001"
    assert unknown.best.observed == 1


def test_without_strata_everybody_is_one_stratum() -> None:
    (everybody,) = split_histories(table(), lists=["press", "police"])

    assert (everybody.label, everybody.best.observed) == ("", 12)
    assert [each.observed for each in everybody.draws] == [10, 3]


def test_imputed_replicates_have_no_best_partition_and_all_are_mixed() -> None:
    rows = [row for row in ROWS if row[4] > 0]
    first, _ = split_histories(table(rows), lists=["press", "police"], strata=["area"])

    assert first.best is first.draws[0]
    assert len(first.draws) == 2


def test_a_table_without_draws_is_the_best_partition() -> None:
    plain = table().drop_columns(["draw"])
    (everybody,) = split_histories(plain, lists=["press", "police"])

    assert everybody.draws == ()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UsageError, match="no column church"):
        split_histories(table(), lists=["press", "church"])


def test_replicates_are_put_side_by_side_by_stratum() -> None:
    def replicate(people: int) -> tuple[CaptureHistories, ...]:
        return tuple(
            CaptureHistories.of("ab", [[1, 1]], [people + more], stratum=[("area", name)])
            for more, name in enumerate("XY")
        )

    first, second = gather_replicates([replicate(10), replicate(20)])

    assert [each.observed for each in first.draws] == [10, 20]
    assert [each.observed for each in second.draws] == [11, 21]
    with pytest.raises(UsageError, match="same strata"):
        gather_replicates([replicate(10), replicate(20)[:1]])


def with_draws(*people: int) -> LinkedHistories:
    """Draws of a table in which so many people are on both lists."""
    tables = [CaptureHistories.of("ab", [[1, 1], [0, 1]], [each, 20]) for each in people]
    return LinkedHistories(tables[0], tuple(tables))


def test_draws_of_one_table_are_one_table_and_rare_ones_hardly_count() -> None:
    assert with_draws(*range(10, 20)).different == 10
    assert with_draws(*[10, 11] * 10).different == 2
    assert with_draws(*[10] * 196, 11, 12, 13, 14).different == 1  # five, of which four are rare
    assert LinkedHistories(with_draws(10).best).different == 0
