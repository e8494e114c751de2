"""Draws of the partition promise no more than they keep."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.linkage import Linked, link_victims, simulate_lists

LISTS = ("police", "forensic", "press", "ngo")


@pytest.fixture(scope="module")
def records() -> pa.Table:
    return simulate_lists(2_500, seed=31)


@pytest.fixture(scope="module")
def linked(records: pa.Table) -> Linked:
    return link_victims(records, LISTS, draws=100, seed=9)


@pytest.fixture(scope="module")
def truth(records: pa.Table, linked: Linked) -> np.ndarray:
    known = dict(zip(records["id"].to_pylist(), records["victim"].to_pylist(), strict=True))
    return np.array([known[name] for name in linked.links["source_record_id"].to_pylist()])


def test_the_true_number_of_victims_lies_within_the_limits(
    linked: Linked, truth: np.ndarray
) -> None:
    counts = [len(np.unique(draw)) for draw in linked.draws]
    low, high = np.quantile(counts, [0.025, 0.975])

    assert low <= len(np.unique(truth)) <= high
    assert high - low < 0.08 * len(np.unique(truth))


def test_pairs_that_some_draws_join_are_true_about_as_often(
    linked: Linked, truth: np.ndarray
) -> None:
    left, right = (linked.pairs[name].to_numpy() for name in ("left", "right"))
    joined = np.mean([draw[left] == draw[right] for draw in linked.draws], axis=0)
    same = truth[left] == truth[right]

    for low, high in ((0.0, 0.05), (0.05, 0.5), (0.5, 0.95), (0.95, 1.01)):
        chosen = (joined >= low) & (joined < high)
        assert same[chosen].mean() == pytest.approx(joined[chosen].mean(), abs=0.12)


def twice(victims: np.ndarray, sources: np.ndarray) -> int:
    """Count the records beyond the first that one list has of one victim."""
    return len(victims) - len({*zip(victims.tolist(), sources.tolist(), strict=True)})


def test_lists_name_a_person_twice_as_often_as_they_do(linked: Linked, truth: np.ndarray) -> None:
    """The three lists with names: of the press's double records many have none."""
    sources = np.array(linked.links["source"].to_pylist())
    named = sources != "press"
    counts = [twice(draw[named], sources[named]) for draw in linked.draws]
    low, high = np.quantile(counts, [0.025, 0.975])

    assert low <= twice(truth[named], sources[named]) <= high
    assert np.mean(counts) < 1.25 * twice(truth[named], sources[named])


def test_draws_do_not_depend_on_the_order_of_rows_and_lists(
    records: pa.Table, linked: Linked
) -> None:
    order = np.random.default_rng(2).permutation(records.num_rows)

    again = link_victims(records.take(pa.array(order)), LISTS[::-1], draws=100, seed=9, threads=1)

    np.testing.assert_array_equal(again.draws, linked.draws)


def test_another_seed_draws_otherwise(records: pa.Table, linked: Linked) -> None:
    other = link_victims(records, LISTS, draws=3, seed=10, model=linked.model)

    assert (other.draws != linked.draws[:3]).any()
