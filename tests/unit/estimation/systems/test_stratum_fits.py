"""Tables of strata: each answered once, kept at once, told of, whatever the workers."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, LinkedHistories, estimate_strata
from testigo.estimation.systems import stratum_fits
from testigo.estimation.systems.fit_cache import FitOptions, fit_key
from testigo.estimation.systems.stratum_fits import answer_tables

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
OPTIONS = FitOptions(1, replicates=2, most_blocks=1)


def strata(many: int) -> list[LinkedHistories]:
    """Make strata of which every other is as the one before."""
    return [
        LinkedHistories(
            CaptureHistories.of("abc", PATTERNS, [60, 50, 31, 22, 15, 15, 7 + place // 2],
                                stratum=[("area", str(place))])
        )
        for place in range(many)
    ]  # fmt: skip


class Memory(dict):
    put = dict.__setitem__


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """Keys of the fits that were made, with one block of sweeps each."""
    found: list[str] = []
    fit_table = stratum_fits.fit_table

    def fit(histories, options, *, workers=1):
        found.append(fit_key(histories, options))
        return fit_table(histories, OPTIONS, workers=workers)

    monkeypatch.setattr(stratum_fits, "fit_table", fit)
    return found


def test_a_run_that_was_stopped_goes_on_where_it_was(made) -> None:
    cache, told = Memory(), []

    def until_the_second(_, done, total) -> None:
        told.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer_tables(strata(12), "latent-class", OPTIONS, level=0.95, cache=cache,
                      progress=until_the_second)  # fmt: skip
    kept = set(cache)

    assert told == [(1, 6), (2, 6)]
    assert len(kept) == 2
    made.clear()
    answer_tables(strata(12), "latent-class", OPTIONS, level=0.95, cache=cache,
                  progress=lambda *each: told.append(each[1:]))  # fmt: skip
    assert not kept & set(made)
    assert told[2:] == [(3, 6), (4, 6), (5, 6), (6, 6)]


def test_a_table_that_two_strata_have_is_answered_once(made) -> None:
    answers = answer_tables(strata(4), "latent-class", OPTIONS, level=0.95)

    assert len(made) == len(set(made)) == len(answers.made) == 2


def test_draws_are_the_same_with_one_worker_or_two(made) -> None:
    one, two = (estimate_strata(strata(6), seed=1, workers=workers) for workers in (1, 2))

    assert one.table == two.table
    assert np.array_equal(one.draws, two.draws)
    assert len(made) == 6
