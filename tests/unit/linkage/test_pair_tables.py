"""The table of compared pairs: whose rows they are, and what they were worth."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.linkage import PAIRS, Linked, link_victims, simulate_lists
from testigo.linkage.comparisons import COMPARISONS


@pytest.fixture(scope="module")
def links_of_500() -> Linked:
    return link_victims(simulate_lists(500, seed=4), ["police", "forensic", "press", "ngo"])


def test_a_pair_names_the_rows_of_the_links_that_it_compares(draw) -> None:
    linked = draw("""
        source | given_names | surnames   | age | date       | victim
        press  | Ana         | Peña       | 51  | 2021-07-02 | B
        police | Carlos      | Rojas Lima | 22  | 2021-05-14 | A
        police | Ana         | Peña Díaz  | 51  | 2021-07-01 | B
        press  | Carlos      | Rojas Lima |     | 2021-05-14 | A
        """).linked()
    ids = linked.links["source_record_id"].to_pylist()
    best = {one.name: len(one.levels) for one in COMPARISONS}

    pairs = {
        frozenset((ids[pair["left"]], ids[pair["right"]])): pair
        for pair in linked.pairs.to_pylist()
    }

    carlos, ana = pairs[frozenset(("r1", "r3"))], pairs[frozenset(("r0", "r2"))]
    assert carlos["level_given"] == best["given"]
    assert carlos["level_surnames"] == best["surnames"]
    assert carlos["level_age"] == -1
    assert carlos["level_date"] == best["date"]
    assert ana["level_surnames"] < best["surnames"]
    assert ana["level_date"] < best["date"]
    assert carlos["person"] > 0
    assert carlos["incident"] > 0
    assert carlos["rules"] > 0


def test_pairs_are_typed_sorted_and_each_told_once(links_of_500) -> None:
    pairs, links = links_of_500.pairs, links_of_500.links

    assert pairs.schema == PAIRS
    left, right = (pairs[name].to_numpy().astype(np.int64) for name in ("left", "right"))
    assert (left < right).all()
    assert (np.diff(left * links.num_rows + right) > 0).all()
    assert right.max() < links.num_rows


def test_pairs_that_speak_for_one_victim_mostly_share_one(links_of_500) -> None:
    pairs = links_of_500.pairs
    victims = np.array(links_of_500.links["victim_id"].to_pylist())
    together = victims[pairs["left"].to_numpy()] == victims[pairs["right"].to_numpy()]

    assert ((pairs["person"].to_numpy() > 0) == together).mean() > 0.95
