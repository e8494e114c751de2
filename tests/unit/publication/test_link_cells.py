"""The counts of linked lists under the policy: pooled tails, hidden incidents, public lists."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from testigo.linkage import LINK_COUNTS
from testigo.publication import DisclosurePolicy, describe_areas, protect, withhold
from testigo.publication.link_cells import find_tail
from testigo.records import COUNTS

BOTH = "police registry"
BASE = {
    ("records", BOTH, None): 205,
    ("records", "police", None): 105,
    ("records", "registry", None): 100,
    ("records_twice_in_list", "police", None): 5,
    ("records_twice_in_list", "registry", None): 0,
    ("records_unsure", BOTH, None): 3,
    ("victims", BOTH, None): 140,
    ("victims_of_list", "police", None): 100,
    ("victims_of_list", "registry", None): 100,
    ("victims_on_both", BOTH, None): 60,
    ("victims_on_exactly", "police", None): 40,
    ("victims_on_exactly", "registry", None): 40,
    ("victims_on_exactly", BOTH, None): 60,
    ("victims_of_size", BOTH, 1): 80,
    ("victims_of_size", BOTH, 2): 55,
    ("victims_of_size", BOTH, 3): 5,
    ("incidents", BOTH, None): 122,
    ("incidents_of_size", BOTH, 1): 108,
    ("incidents_of_size", BOTH, 2): 10,
    ("incidents_of_size", BOTH, 3): 4,
    ("pairs_compared", BOTH, None): 3,
}


def table_of(counts: dict[tuple[str, str, int | None], int]) -> pa.Table:
    return LINK_COUNTS.table(
        [
            dict(zip(LINK_COUNTS.key, key, strict=True))
            | {"count": count, "low": count, "high": count, "level": 0.95}
            for key, count in counts.items()
        ]
    )


@pytest.fixture
def shown(observatory):
    def protected(
        changed: dict[tuple[str, str, int | None], int] | None = None, **sources: object
    ) -> dict[tuple[str, str, int | None], int | None]:
        tables = {"links": table_of(BASE | (changed or {}))}
        kept = tuple(replace(source, **sources) for source in observatory.sources)
        done = protect(
            tables, sources=kept, catalogue=observatory.catalogue, policy=DisclosurePolicy()
        )["links"]
        rows = done.to_pylist()
        assert all((row["count"] is None) == (row["value_status"] == "suppressed") for row in rows)
        return {(row["measure"], row["lists"], row["size"]): row["count"] for row in rows}

    return protected


def test_counts_of_public_lists_stand_as_they_are(shown) -> None:
    assert shown(published=True) == BASE


def test_one_private_list_is_enough(shown) -> None:
    found = shown({("victims_on_exactly", "registry", None): 3})

    assert found["victims_on_exactly", "registry", None] is None


def test_rare_large_incidents_become_one_number(shown) -> None:
    found = shown()

    assert found["incidents", BOTH, None] == 122
    assert found["incidents_of_size", BOTH, 1] == 108
    assert found["incidents_of_size_or_more", BOTH, 2] == 14
    assert ("incidents_of_size", BOTH, 3) not in found
    assert found["victims_of_size", BOTH, 3] == 5


def test_a_few_pairs_of_victims_are_not_told_by_victims_and_incidents(shown) -> None:
    """Three incidents more than victims would say that six people died in pairs."""
    few = {("incidents", BOTH, None): 137, ("incidents_of_size", BOTH, 1): 134}

    found = shown({**few, ("incidents_of_size", BOTH, 2): 3, ("incidents_of_size", BOTH, 3): 0})

    assert found["victims", BOTH, None] == 140
    assert found["incidents", BOTH, None] is None
    assert {count for key, count in found.items() if key[0] == "incidents_of_size"} == {None}


def test_sizes_are_hidden_where_only_all_incidents_together_are_vague_enough(shown) -> None:
    sizes = {1: 118, 2: 9, 3: 0, 4: 1}
    counts = {("incidents_of_size", BOTH, size): count for size, count in sizes.items()}

    found = shown(counts | {("incidents", BOTH, None): 128})

    assert found["incidents", BOTH, None] == 128
    assert {count for key, count in found.items() if key[0].startswith("incidents_of")} == {None}


def test_a_hidden_overlap_hides_how_many_records_its_victims_have(shown) -> None:
    """Victims on two lists have two records, unless a list repeats itself."""
    found = shown({("victims_on_both", BOTH, None): 2, ("victims_on_exactly", BOTH, None): 2})

    assert {count for key, count in found.items() if key[0] == "victims_of_size"} == {None}


def test_how_often_a_list_repeats_itself_and_is_compared_is_told(shown) -> None:
    found = shown({("records_twice_in_list", "police", None): 1})

    assert found["records_twice_in_list", "police", None] == 1
    assert found["records_unsure", BOTH, None] is None
    assert found["pairs_compared", BOTH, None] == 3


def test_a_list_with_a_hidden_year_does_not_tell_its_total(observatory) -> None:
    """The years that are shown, taken from the total, would tell the year that is not."""
    tables = {
        "counts": COUNTS.table(
            [
                {
                    "source": "police",
                    "area_level": "whole",
                    "area": "00",
                    "period": period,
                    "victims": victims,
                    "months_covered": 12,
                }
                for period, victims in (("2019", 3), ("2020", 102))
            ]
        ),
        "links": table_of(BASE),
        "areas": describe_areas(observatory.catalogue),
    }

    rows = protect(
        tables,
        sources=observatory.sources,
        catalogue=observatory.catalogue,
        policy=DisclosurePolicy(),
    )["links"].to_pylist()

    hidden = {(row["measure"], row["lists"]) for row in rows if row["count"] is None}
    assert {("records", "police"), ("records", BOTH), ("victims_of_list", "police")} <= hidden
    assert ("records", "registry") not in hidden


def test_a_blocked_list_takes_all_counts_of_the_linkage_with_it() -> None:
    links = {"links": table_of(BASE)}

    assert withhold(links, frozenset({"police"}))["links"].num_rows == 0
    assert withhold(links, frozenset({"press"}))["links"].num_rows == len(BASE)


@pytest.mark.parametrize(
    ("counts", "units", "start"),
    [
        ({1: 900, 2: 40, 3: 6, 4: 1}, 1_002, 2),  # 7 of three or more would tell: one has a fourth
        ({1: 900, 2: 40, 3: 9, 4: 4}, 1_023, 3),
        ({1: 900, 2: 40, 3: 30, 4: 4, 5: 4}, 1_106, 3),
        ({1: 50, 2: 1}, 52, 0),  # nothing hides a single pair
        ({10: 7, 1: 20}, 95, 10),
    ],
)
def test_the_tail_begins_where_a_reader_cannot_tell(counts, units, start) -> None:
    assert find_tail(counts, units=units, k=5) == start
