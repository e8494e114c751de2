"""Identifiers that depend on what records say."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from testigo.linkage.identifiers import keep_identifiers, name_clusters
from testigo.linkage.record_keys import record_contents, record_keys

RECORDS = pa.table(
    {
        "source": ["a", "a", "b", "b", "b"],
        "id": ["1", "2", "1", None, None],
        "surnames": ["x", "y", "z", "z", "z"],
    }
)


def keys_of(records: pa.Table) -> np.ndarray:
    source, ids = (records[name].combine_chunks() for name in ("source", "id"))
    return record_keys(source, ids, record_contents(records))


def test_keys_move_with_their_records() -> None:
    order = [3, 1, 4, 0, 2]
    keys, moved = keys_of(RECORDS), keys_of(RECORDS.take(pa.array(order)))

    assert len(set(keys.tolist())) == 5
    assert set(moved.tolist()) == set(keys.tolist())
    assert moved[[1, 3, 4]].tolist() == keys[[1, 0, 2]].tolist()


def test_a_cluster_is_named_by_its_smallest_key() -> None:
    keys = np.array([5, 3, 9], dtype=np.uint64)

    first = name_clusters(np.array([0, 0, 1]), keys, "v").to_pylist()
    other = name_clusters(np.array([7, 7, 2]), keys, "v").to_pylist()

    assert first == other == ["v0000000000003", "v0000000000003", "v0000000000009"]


def test_the_larger_claim_keeps_the_old_name() -> None:
    new = ["v1", "v2", "v2", "v2"]
    old = ["v8", "v8", "v8", None]

    assert keep_identifiers(new, old) == ["v1", "v8", "v8", "v8"]


def test_no_two_clusters_get_one_name() -> None:
    """A cluster's new name may be what another one was called before."""
    named = keep_identifiers(["v1", "v2", "v2"], ["v2", None, None])

    assert named[0] == "v2"
    assert named[1] == named[2] != "v2"


def test_the_number_behind_a_name_may_be_another_clusters_already() -> None:
    named = keep_identifiers(["v1", "v2", "v3"], [None, "v1", "v1-2"])

    assert named == ["v1-3", "v1", "v1-2"]
