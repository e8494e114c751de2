"""The default: replicates that must agree, exact seeds, a prior that is told."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import UsageError
from testigo.estimation import CaptureHistories, fit_latent_class
from testigo.estimation.systems import annealing
from testigo.estimation.systems.diagnostics import effective_draws, potential_scale_reduction
from testigo.estimation.systems.gibbs import sample_gibbs
from testigo.estimation.systems.particles import Effort
from testigo.estimation.systems.priors import choose_prior, implied_expansion

QUICK = Effort(particles=30, mutations=5)


def test_the_same_seed_gives_the_same_draws_whatever_the_threads(small) -> None:
    found = [
        fit_latent_class(small, seed=5, effort=QUICK, most_blocks=1, workers=workers).draws
        for workers in (1, 2)
    ]

    assert (found[0] == found[1]).all()
    other = fit_latent_class(small, seed=6, effort=QUICK, most_blocks=1).draws
    assert not (found[0] == other).all()


def test_replicates_agree_with_the_plain_gibbs_sampler(small) -> None:
    """Gibbs with latent counts and moves on the likelihood without them: one posterior."""
    fit = fit_latent_class(small, seed=1, classes=4)
    plain = sample_gibbs(small, seed=2, classes=4, samples=20_000)

    assert fit.r_hat <= 1.01
    assert np.quantile(fit.draws, [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(plain, [0.1, 0.5, 0.9]), rel=0.03
    )


def test_too_little_work_is_noticed(shared_table) -> None:
    """The trap of the study: a starved sampler is tidy-looking and wrong; the alarm must ring."""
    fit = fit_latent_class(
        shared_table("kosovo_1999"), seed=1, effort=Effort(10, 1, trajectories=0), most_blocks=1
    )

    assert fit.r_hat > 1.05
    assert np.ptp(fit.log_evidence) > 1


def test_cost_does_not_depend_on_the_number_of_people(small) -> None:
    """As many sweeps for a thousand times the people, within the steps that more data take."""
    large = CaptureHistories.of(small.lists, small.patterns, small.counts * 1_000)
    sweeps = [
        fit_latent_class(table, seed=1, effort=QUICK, most_blocks=1).sweeps
        for table in (small, large)
    ]

    assert sweeps[1] < 2.5 * sweeps[0]


def test_both_ways_to_the_data_lead_to_the_same_place(small, monkeypatch) -> None:
    """From the prior itself, and from a nearer one that is moved with lambda integrated out."""
    found = []
    for few_lists in (annealing.FEW_LISTS, 0):
        monkeypatch.setattr(annealing, "FEW_LISTS", few_lists)
        fit = fit_latent_class(small, seed=3, classes=4, most_blocks=4)
        found.append((*np.quantile(fit.draws, [0.1, 0.5, 0.9]), fit.log_evidence.mean()))

    assert found[1][:3] == pytest.approx(found[0][:3], rel=0.04)
    assert found[1][3] == pytest.approx(found[0][3], abs=0.5)


def test_an_empty_list_and_one_pattern_do_no_harm() -> None:
    table = CaptureHistories.of("abc", [[1, 1, 0]], [40])
    fit = fit_latent_class(table, seed=1, effort=QUICK, most_blocks=1)

    assert np.isfinite(fit.draws).all()
    assert (fit.draws >= 40).all()


@pytest.mark.parametrize(
    ("lists", "patterns", "replicates"), [("a", [[1]], 4), ("ab", [[1, 1]], 1)]
)
def test_what_cannot_be_fitted_is_refused(lists, patterns, replicates) -> None:
    table = CaptureHistories.of(lists, patterns, [5])

    with pytest.raises(UsageError):
        fit_latent_class(table, seed=1, replicates=replicates)


def test_an_unknown_prior_is_refused(small) -> None:
    with pytest.raises(UsageError, match="uniform, coverage"):
        fit_latent_class(small, seed=1, prior="flat")


@pytest.mark.parametrize("lists", [4, 20, 34])
def test_the_prior_on_coverage_is_as_wide_as_it_says(lists) -> None:
    low, _, high = implied_expansion(choose_prior("coverage", lists), lists, seed=1)

    assert low == pytest.approx(1.01, abs=0.003)
    assert high == pytest.approx(5, rel=0.08)


def test_the_uniform_prior_insists_on_coverage_with_many_lists() -> None:
    """Estimation.md's warning, with twenty lists."""
    assert implied_expansion(choose_prior("uniform", 20), 20, seed=1)[2] < 1.001


def test_r_hat_tells_chains_apart() -> None:
    rng = np.random.default_rng(1)
    same = rng.normal(0, 1, (4, 10, 50))

    assert potential_scale_reduction(same) < 1.01
    assert potential_scale_reduction(same + np.arange(4)[:, None, None]) > 1.3


def test_r_hat_of_draws_that_tie_is_that_of_their_law() -> None:
    """Where lists found everybody most draws of the unseen are nought: that is agreement."""
    rng = np.random.default_rng(1)
    rare = rng.poisson(0.02, (4, 10, 50)).astype(float)

    assert potential_scale_reduction(rare) < 1.01
    assert potential_scale_reduction(np.zeros((4, 10, 50))) == 1
    apart = np.repeat(np.arange(4.0), 500).reshape(4, 10, 50)
    assert potential_scale_reduction(apart) > 1_000


def test_effective_draws_of_independent_and_of_autocorrelated_chains() -> None:
    """First-order autoregression: n (1 - rho) / (1 + rho)."""
    rng = np.random.default_rng(2)
    noise = rng.normal(0, 1, (4, 20, 500))
    chain = noise.copy()
    for t in range(1, 500):
        chain[:, :, t] = 0.8 * chain[:, :, t - 1] + 0.6 * noise[:, :, t]

    assert effective_draws(noise) == pytest.approx(noise.size, rel=0.15)
    assert effective_draws(chain) == pytest.approx(noise.size / 9, rel=0.2)
