"""Learning without labels returns what the pairs were made of, and falls in no trap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from testigo.linkage.blocking import RULES
from testigo.linkage.comparisons import COMPARISONS, NAMES
from testigo.linkage.labels import UNLABELLED
from testigo.linkage.training import (
    TrainingPairs,
    class_chances,
    default_model,
    learn_model,
    learn_unrelated,
)

EVENT_RULES = sum(1 << n for n, rule in enumerate(RULES) if not rule.fields & {"given", "surnames"})
NAME_RULES = sum(1 << n for n, rule in enumerate(RULES) if rule.fields >= {"given", "surnames"})


def drawn_levels(shares, count: int, generator) -> np.ndarray:
    return np.stack(
        [generator.choice(len(shares[name]), count, p=shares[name]) for name in NAMES], axis=1
    ).astype(np.int8)


def mixed_pairs(seed: int = 1):
    """Pairs of three classes whose shares differ from the default."""
    generator = np.random.default_rng(seed)
    model = default_model()
    kinds = {number: {name: model.levels[name][number] for name in NAMES} for number in range(3)}
    given = np.array([0.10, 0.05, 0.05, 0.20, 0.20, 0.40])  # names more damaged than we think
    kinds[0]["given"] = given
    counts = (4_000, 1_500, 3_000)
    levels = np.concatenate([drawn_levels(kinds[k], counts[k], generator) for k in range(3)])
    levels[:, [NAMES.index("birth"), NAMES.index("nid")]] = -1
    incident = [n for n, one in enumerate(COMPARISONS) if one.side == "incident"]
    unrelated = slice(counts[0] + counts[1], None)
    levels[unrelated, incident[0]] = 6  # met because of the day, as in a city
    truth = np.repeat([0, 1, 2], counts)
    pairs = TrainingPairs(
        levels=levels,
        rarity=np.zeros(len(levels)),
        stratum=np.full(len(levels), 1, dtype=np.int8),
        rules=np.full(len(levels), EVENT_RULES),
        weight=np.ones(len(levels)),
        labels=np.full(len(levels), UNLABELLED, dtype=np.int8),
    )
    return pairs, truth, given


def test_shares_of_one_person_are_found_without_labels() -> None:
    pairs, truth, given = mixed_pairs()

    learned = learn_model(
        default_model(), pairs, records=10_000, all_pairs=(10**7, 4 * 10**7, 4 * 10**7)
    )
    chances = class_chances(learned, pairs, records=10_000, all_pairs=(10**7, 4 * 10**7, 4 * 10**7))

    assert learned.levels["given"][0] == pytest.approx(given, abs=0.04)
    assert chances[0].sum() == pytest.approx((truth == 0).sum(), rel=0.1)
    assert chances[0, truth == 1].mean() < 0.1  # co-victims are not one person


def test_rules_that_use_names_teach_nothing_about_names() -> None:
    pairs, _, _ = mixed_pairs()
    by_name = replace(pairs, rules=np.full(len(pairs.levels), NAME_RULES))
    start = default_model()

    learned = learn_model(start, by_name, records=10_000, all_pairs=(10**7, 4 * 10**7, 4 * 10**7))

    assert learned.levels["given"][0] == pytest.approx(start.levels["given"][0], abs=1e-9)
    assert not np.allclose(learned.levels["hour"][0], start.levels["hour"][0], atol=1e-6)


def test_agreement_on_the_incident_alone_never_makes_one_person() -> None:
    """However many fields of the incident agree, names that differ keep co-victims apart."""
    model = default_model()
    levels = np.full((1, len(COMPARISONS)), -1, dtype=np.int8)
    for place, one in enumerate(COMPARISONS):
        if one.side == "incident":
            levels[0, place] = len(one.levels)
    levels[0, NAMES.index("given")] = 0
    levels[0, NAMES.index("surnames")] = 0
    pairs = TrainingPairs(
        levels,
        np.zeros(1),
        np.array([1], dtype=np.int8),
        np.array([1]),
        np.ones(1),
        np.array([UNLABELLED], dtype=np.int8),
    )

    chances = class_chances(model, pairs, records=1_000, all_pairs=(10**5, 10**5, 10**5))

    assert chances[0, 0] < 0.01
    assert chances[1, 0] > 0.9


def test_few_pairs_hardly_move_the_default() -> None:
    pairs, _, _ = mixed_pairs()
    few = TrainingPairs(*(getattr(pairs, name)[:5] for name in TrainingPairs.__slots__))
    start = default_model()

    learned = learn_model(start, few, records=8, all_pairs=(10, 18, 18))

    for name in NAMES:
        assert learned.levels[name] == pytest.approx(start.levels[name], abs=0.03)


def test_shares_of_strangers_come_from_random_pairs() -> None:
    levels = np.full((50_000, len(COMPARISONS)), -1, dtype=np.int8)
    levels[:, NAMES.index("sex")] = np.random.default_rng(1).random(50_000) < 0.5

    learned = learn_unrelated(default_model(), levels)

    assert learned.levels["sex"][2] == pytest.approx([0.5, 0.5], abs=0.01)


def test_every_share_of_the_default_is_a_share() -> None:
    for one in COMPARISONS:
        shares = default_model().levels[one.name]
        assert shares.shape == (3, len(one.levels) + 1)
        assert (shares > 0).all()
        assert shares.sum(axis=1) == pytest.approx(1)
