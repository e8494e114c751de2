"""Decisions teach: labelled pairs are of the class that was told, and stand for pairs like them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from tests.unit.linkage.test_training import mixed_pairs

from testigo.linkage import LinkDecision, link_victims, measure_linkage, simulate_lists
from testigo.linkage.labels import DIFFERENT, SAME, UNLABELLED, labels_of, weigh_labels
from testigo.linkage.model import DECIDED_DIFFERENT, DECIDED_SAME
from testigo.linkage.training import class_chances, default_model, learn_model

POSSIBLE = (10**7, 4 * 10**7, 4 * 10**7)
LISTS = ("police", "forensic", "press", "ngo")


def test_marks_of_decisions_are_read_beside_the_rules() -> None:
    rules = np.array([0b101, 0b1 | DECIDED_SAME, DECIDED_DIFFERENT])

    assert labels_of(rules).tolist() == [UNLABELLED, SAME, DIFFERENT]


def test_labelled_pairs_are_of_the_class_that_was_told() -> None:
    pairs, _, _ = mixed_pairs()
    labels = pairs.labels.copy()
    labels[:50], labels[4_000:4_050] = DIFFERENT, SAME  # all wrong, and obeyed

    chances = class_chances(
        default_model(), replace(pairs, labels=labels), records=10_000, all_pairs=POSSIBLE
    )

    assert chances[0, :50].max() == 0
    assert chances[0, 4_000:4_050].min() == 1
    assert chances.sum(axis=0) == pytest.approx(1)


def test_few_labels_hardly_count_and_the_weight_of_a_stretch_stays() -> None:
    odds = np.repeat([-8.0, 1.0], [900, 100])
    labels = np.full(1_000, UNLABELLED, dtype=np.int8)
    labels[900:910] = SAME

    weight = weigh_labels(odds, labels, np.ones(1_000))

    assert weight[:900] == pytest.approx(1)  # nobody was asked about sure pairs
    assert weight[900:].sum() == pytest.approx(100)
    assert weight[900:910] == pytest.approx(1)  # ten of a hundred, against a prior of 200


def test_many_labels_stand_for_the_pairs_that_score_alike() -> None:
    odds = np.full(100_000, 1.0)
    labels = np.full(100_000, UNLABELLED, dtype=np.int8)
    labels[:200] = SAME

    weight = weigh_labels(odds, labels, np.ones(100_000))

    assert weight[:200].sum() == pytest.approx(50_000)  # 200 / (200 + 200) of the whole
    assert weight.sum() == pytest.approx(100_000)


def test_labels_teach_what_learning_without_them_must_not_believe() -> None:
    """Names of one person that share nothing in two of five: far beyond what is usual."""
    pairs, truth, _ = mixed_pairs()
    generator = np.random.default_rng(5)
    damaged = np.array([0.40, 0.05, 0.05, 0.10, 0.10, 0.30])
    levels = pairs.levels.copy()
    levels[truth == 0, 0] = generator.choice(6, int((truth == 0).sum()), p=damaged)
    labels = pairs.labels.copy()
    asked = generator.choice(len(truth), 1_500, replace=False)
    labels[asked] = np.where(truth[asked] == 0, SAME, DIFFERENT)

    def learned(labels: np.ndarray) -> np.ndarray:
        told = replace(pairs, levels=levels, labels=labels)
        model = learn_model(default_model(), told, records=10_000, all_pairs=POSSIBLE)
        return model.levels["given"][0]

    without, taught = learned(pairs.labels), learned(labels)

    assert np.abs(taught - damaged).sum() < 0.5 * np.abs(without - damaged).sum()


def test_labels_chosen_at_random_or_among_unsure_pairs_do_no_harm() -> None:
    """By the model alone: pairs are linked with what was taught, not with what was decided."""
    records = simulate_lists(2_500, seed=17)
    truth = dict(zip(records["id"].to_pylist(), records["victim"].to_pylist(), strict=True))
    plain = link_victims(records, LISTS)
    links = plain.links
    ids, sources = links["source_record_id"].to_pylist(), links["source"].to_pylist()
    left, right = (plain.pairs[name].to_pylist() for name in ("left", "right"))
    unsure = np.flatnonzero(np.abs(plain.pairs["person"].to_numpy()) < 3)

    def f1(victims: pa.ChunkedArray) -> float:
        return measure_linkage(victims.to_pylist(), [truth[name] for name in ids]).f1

    for pool in (np.arange(len(left)), unsure):
        asked = np.random.default_rng(1).choice(pool, min(300, len(pool)), replace=False)
        told = [
            LinkDecision(
                sources[left[k]], ids[left[k]], sources[right[k]], ids[right[k]],
                "same" if truth[ids[left[k]]] == truth[ids[right[k]]] else "different",
            )
            for k in asked.tolist()
        ]  # fmt: skip
        taught = link_victims(records, LISTS, decisions=told)
        by_model = link_victims(records, LISTS, model=taught.model)

        assert f1(by_model.links["victim_id"]) > f1(links["victim_id"]) - 0.008
        assert f1(taught.links["victim_id"]) > f1(links["victim_id"]) - 0.003
