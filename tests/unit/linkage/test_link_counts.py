"""Counting links: people, overlaps, incidents and limits, worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from testigo.linkage import BLOCKING, LINK_COUNTS, count_links, count_overlaps
from testigo.linkage.block_report import ALL_RULES

RECORDS = (  # list, victim, incident, probability
    ("police", "a", "i", 0.99),
    ("forensic", "a", "i", 0.99),
    ("press", "a", "i", 0.6),
    ("press", "a", "i", 0.95),  # the press names her twice
    ("police", "b", "i", 0.99),  # died with her
    ("police", "c", "j", 0.79),
    ("forensic", "c", "j", 0.8),
    ("press", "d", "k", 1.0),
)
LISTS = ("police", "forensic", "press")
ALL = " ".join(LISTS)


def links_of(records: Sequence[tuple[str, str, str, float]]) -> pa.Table:
    """The columns of links that counting needs."""
    names = ("source", "victim_id", "incident_id", "probability")
    return pa.table(dict(zip(names, zip(*records, strict=True), strict=True)))


def blocking_of(pairs: int) -> pa.Table:
    row = {"pairs_alone": 1, "records_left_out": 0, "true_share": None}
    return BLOCKING.table(
        [{"rule": "names", "pairs": 3, **row}, {"rule": ALL_RULES, "pairs": pairs, **row}]
    )


def counted(table: pa.Table) -> dict[tuple[str, str, int | None], int]:
    return {(row["measure"], row["lists"], row["size"]): row["count"] for row in table.to_pylist()}


@pytest.fixture
def links() -> pa.Table:
    return links_of(RECORDS)


def test_every_count_is_the_one_worked_out_by_hand(links: pa.Table) -> None:
    found = counted(count_links(links, blocking_of(11), lists=LISTS))

    assert found == {
        ("records", ALL, None): 8,
        ("records", "police", None): 3,
        ("records", "forensic", None): 2,
        ("records", "press", None): 3,
        ("records_twice_in_list", "police", None): 0,
        ("records_twice_in_list", "forensic", None): 0,
        ("records_twice_in_list", "press", None): 1,
        ("records_unsure", ALL, None): 2,
        ("victims", ALL, None): 4,
        ("victims_of_list", "police", None): 3,
        ("victims_of_list", "forensic", None): 2,
        ("victims_of_list", "press", None): 2,
        ("victims_on_both", "police forensic", None): 2,
        ("victims_on_both", "police press", None): 1,
        ("victims_on_both", "forensic press", None): 1,
        ("victims_on_exactly", ALL, None): 1,
        ("victims_on_exactly", "police forensic", None): 1,
        ("victims_on_exactly", "police", None): 1,
        ("victims_on_exactly", "press", None): 1,
        ("victims_of_size", ALL, 1): 2,
        ("victims_of_size", ALL, 2): 1,
        ("victims_of_size", ALL, 4): 1,
        ("incidents", ALL, None): 3,
        ("incidents_of_size", ALL, 1): 2,
        ("incidents_of_size", ALL, 2): 1,
        ("pairs_compared", ALL, None): 11,
    }


def test_without_draws_there_are_no_limits(links: pa.Table) -> None:
    table = count_links(links, blocking_of(11), lists=LISTS)

    assert {name: table[name].null_count for name in ("low", "high", "level")} == dict.fromkeys(
        ("low", "high", "level"), table.num_rows
    )


def test_limits_hold_the_draws_of_the_partition(links: pa.Table) -> None:
    best = np.unique(links["victim_id"].to_numpy(zero_copy_only=False), return_inverse=True)[1]
    alone = np.arange(8)[::-1] * 3  # nobody is linked; victim numbers may have gaps
    draws = np.array([best, best, alone], dtype=np.int32)

    rows = count_links(links, blocking_of(11), lists=LISTS, draws=list(draws)).to_pylist()
    limits = {
        (row["measure"], row["lists"], row["size"]): (row["low"], row["high"], row["level"])
        for row in rows
    }

    assert limits["victims", ALL, None] == (4, 8, 0.95)
    assert limits["victims_of_list", "press", None] == (2, 3, 0.95)
    assert limits["victims_on_exactly", ALL, None] == (0, 1, 0.95)
    assert limits["victims_of_size", ALL, 1] == (2, 8, 0.95)
    assert limits["records", ALL, None] == (None, None, None)
    assert limits["incidents", ALL, None] == (None, None, None)


def test_counts_are_those_of_the_middle_draw_and_add_up(links: pa.Table) -> None:
    best = np.unique(links["victim_id"].to_numpy(zero_copy_only=False), return_inverse=True)[1]
    alone = np.arange(8)
    together = np.zeros(8, dtype=np.int64)
    draws = [each.astype(np.int32) for each in (alone, best, together)]

    found = counted(count_links(links, blocking_of(11), lists=LISTS, draws=draws))

    assert found["victims", ALL, None] == 4
    exactly = sum(count for key, count in found.items() if key[0] == "victims_on_exactly")
    assert exactly == 4


def test_limits_hold_the_count_where_the_middle_draw_is_an_odd_one(links: pa.Table) -> None:
    """All draws have four victims; the middle one alone joins b, of the police, and d."""
    usual, odd = [0, 0, 0, 0, 1, 2, 2, 3], [0, 0, 0, 4, 1, 2, 2, 1]
    draws = [np.array(odd if number == 29 else usual, dtype=np.int32) for number in range(60)]

    rows = count_links(links, blocking_of(11), lists=LISTS, draws=draws).to_pylist()
    told = {(row["measure"], row["lists"]): row for row in rows}

    row = told["victims_on_exactly", "police press"]
    assert (row["low"], row["count"], row["high"]) == (0, 1, 1)
    assert all(one["low"] <= one["count"] <= one["high"] for one in rows if one["level"])


def test_the_largest_sizes_are_one_number() -> None:
    many = tuple(("police", "a", "i", 1.0) for _ in range(12))
    more = tuple(("police", "b", "j", 1.0) for _ in range(10))

    found = counted(count_links(links_of(many + more), blocking_of(0), lists=["police"]))

    assert found["victims_of_size_or_more", "police", 10] == 2
    assert ("victims_of_size", "police", 10) not in found


def test_a_table_of_overlaps_is_counted_the_same_way(links: pa.Table) -> None:
    """The same people as above; one overlap stands in two strata, another one is empty."""
    patterns = np.array([[1, 1, 1], [1, 0, 0], [1, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 1]])

    found = counted(count_overlaps(patterns, np.array([1, 1, 1, 1, 0, 0]), lists=LISTS))

    people = ("victims", "victims_of_list", "victims_on_both", "victims_on_exactly")
    linked = counted(count_links(links, blocking_of(11), lists=LISTS))
    assert found == {key: count for key, count in linked.items() if key[0] in people}


def test_seventy_lists_are_told_apart() -> None:
    names = [f"s{number}" for number in range(70)]
    on_all = [(name, "a", "i", 1.0) for name in names]
    on_two = [(name, "b", "i", 1.0) for name in ("s0", "s69")]
    records = (*on_all, *on_two, ("s69", "c", "i", 1.0))

    found = counted(count_links(links_of(records), blocking_of(0), lists=names))

    assert found["victims_on_exactly", " ".join(names), None] == 1
    assert found["victims_on_exactly", "s0 s69", None] == 1
    assert found["victims_on_exactly", "s69", None] == 1
    assert sum(key[0] == "victims_on_exactly" for key in found) == 3


def test_a_million_records_are_counted_in_seconds() -> None:
    """Nothing loops over records: ten times as many as here take less than a second."""
    generator = np.random.default_rng(5)
    count = 100_000
    table = pa.table(
        {
            "source": pa.array(LISTS).take(pa.array(generator.integers(0, 3, count))),
            "victim_id": pa.array(generator.integers(0, count // 2, count).astype(str)),
            "incident_id": pa.array(generator.integers(0, 9, count).astype(str)),
            "probability": pa.array(generator.random(count)),
        }
    )

    found = counted(count_links(table, blocking_of(0), lists=LISTS))

    assert found["records", ALL, None] == count
    assert (
        sum(number for key, number in found.items() if key[0] == "victims_on_exactly")
        == found["victims", ALL, None]
    )


def test_the_table_says_what_it_counts_and_names_nobody() -> None:
    assert LINK_COUNTS.name == "links"
    assert not any(column.personal for column in LINK_COUNTS.columns)
    assert "victim_id" not in LINK_COUNTS.arrow.names
