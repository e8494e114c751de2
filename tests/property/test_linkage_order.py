"""Whatever the order of rows, the thread count and the decisions: the same people, obeyed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from testigo.linkage import LinkDecision, link_victims, simulate_lists
from testigo.linkage.identifiers import keep_identifiers

LISTS = ("police", "forensic", "press", "ngo")


def victims_by_record(table: pa.Table, **options: object) -> dict[str, str]:
    links = link_victims(table, LISTS, **options).links
    ids = links["source_record_id"].to_pylist()
    return dict(zip(ids, links["victim_id"].to_pylist(), strict=True))


@settings(max_examples=4)
@given(seed=st.integers(0, 1_000))
def test_identifiers_do_not_depend_on_order_or_threads(seed: int) -> None:
    lists = simulate_lists(300, seed=seed)
    order = np.random.default_rng(seed).permutation(lists.num_rows)

    first = victims_by_record(lists, threads=1)

    assert victims_by_record(lists.take(pa.array(order)), threads=2) == first


@settings(max_examples=4)
@given(seed=st.integers(0, 1_000))
def test_any_decisions_that_agree_are_obeyed(seed: int) -> None:
    lists = simulate_lists(200, seed=seed)
    drawn = np.random.default_rng(seed).permutation(lists.num_rows)[:12].tolist()
    records = [(lists["source"][k].as_py(), lists["id"][k].as_py()) for k in drawn]
    same = [LinkDecision(*records[k], *records[k + 1], "same") for k in (0, 2, 4)]
    apart = [LinkDecision(*records[k], *records[k + 1], "different") for k in (1, 6, 8, 10)]

    ids = victims_by_record(lists, decisions=[*same, *apart])

    for one in same:
        assert ids[one.record_a] == ids[one.record_b]
    for one in apart:
        assert ids[one.record_a] != ids[one.record_b]


@settings(max_examples=1_000)
@example(deliveries=[(0, 0, 0, -1, -1), (0, 1, 1, 0, 0), (0, 1, 1, 2, 2)])
@given(deliveries=st.lists(st.tuples(*[st.integers(-1, 2)] * 5), min_size=3, max_size=6))
def test_each_cluster_has_one_identifier_however_often_groups_are_cut_and_joined(
    deliveries: list[tuple[int, ...]],
) -> None:
    """A cluster bears the name of its first record, as `name_clusters` gives it, or an old one.

    -1: the record is not in this delivery.
    """
    before: dict[int, str] = {}
    for clusters in deliveries:
        there = [record for record, cluster in enumerate(clusters) if cluster >= 0]
        groups = [clusters[record] for record in there]
        new = [f"v{clusters.index(group)}" for group in groups]

        named = keep_identifiers(new, [before.get(record) for record in there])

        assert len({*zip(groups, named, strict=True)}) == len({*groups}) == len({*named})
        before = dict(zip(there, named, strict=True))
