"""Whether an estimate may be published: every rule gives a reason with what it measured.

Thresholds come from peers or from proposals of the literature, and those marked so were calibrated
on made tables of known truth: docs/explanation/gate-calibration.md has how often what passes is
right.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Verdict
from testigo.estimation.systems.attraction import total_if_attracted
from testigo.estimation.systems.reason_texts import R_HAT_REFUSE, R_HAT_WARN, make_reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.core import Bounds, Reason
    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.latent_class import LatentClassFit

LEAST_LISTS: Final = 3  # verdata, dga and the rest ask for as many
LEAST_ON_LIST: Final = 10  # dga warns below
LEAST_ON_SEVERAL: Final = 20
LEAST_OVERLAP: Final = 5
LEAST_PEOPLE: Final = 50
FEW_PEOPLE: Final = 100  # below, people who differ do not show: calibrated
ATTRACTION: Final = 0.25  # of the way from the median to the upper limit: calibrated
LEAST_PATTERNS: Final = 2
LEAST_EFFECTIVE: Final = 400  # Vehtari et al. 2021
FAR: Final = 2  # times the observed: calibrated
FAR_PROBABILITY: Final = 0.5
PRIOR_SHARE: Final = 0.8
OVERLAP_BINS: Final = 40
VALLEY: Final = 0.6  # of the lower peak
MINOR_MODE: Final = 0.1
EXPLAINED: Final = 0.1  # tables from the model itself stay above 0.3: docs/decisions/0050
FAR_EVIDENCE: Final = 50.0  # of its logarithm: docs/decisions/0050
LEAST_OUTSIDE: Final = LEAST_ON_LIST  # people whom the largest list missed: docs/decisions/0052
WIDE: Final = 3.0  # times the lower limit: docs/decisions/0052
TOO_WIDE: Final = 10.0
MOST_TIMES: Final = 1e6  # an upper limit may have run to infinity


def judge_table(histories: CaptureHistories) -> tuple[Reason, ...]:
    """Say what speaks against estimating from this table, before any model."""
    usable = histories.of_list >= LEAST_ON_LIST
    overlaps = histories.overlaps - np.diag(histories.of_list)
    largest = int(overlaps.max()) if len(histories.lists) > 1 else 0
    lists, small = int(usable.sum()), int((~usable).sum())
    people, islands = histories.observed, count_islands(histories)
    several, patterns = histories.on_several, len(histories.counts)
    # In a thin table nobody outside is chance, and its answer is not made from them.
    asked = people >= LEAST_PEOPLE and several >= LEAST_ON_SEVERAL and patterns >= LEAST_PATTERNS
    outside = people - int(histories.of_list.max(initial=0))  # of any other list there are more
    twins = count_twins(histories)
    rules = (
        ("too_few_lists", lists, LEAST_LISTS, lists < LEAST_LISTS),
        ("too_few_people", people, LEAST_PEOPLE, people < LEAST_PEOPLE),
        ("too_few_on_several_lists", several, LEAST_ON_SEVERAL, several < LEAST_ON_SEVERAL),
        ("no_pair_overlaps", largest, LEAST_OVERLAP, largest < LEAST_OVERLAP),
        ("small_list", small, 0, small > 0),
        ("one_pattern", patterns, LEAST_PATTERNS, patterns < LEAST_PATTERNS),
        ("one_list_holds_all", outside, 1, asked and outside == 0),
        ("lists_with_same_people", twins, 0, asked and twins > 0),
        ("lists_not_connected", islands, 1, islands > 1),
        ("few_people", people, FEW_PEOPLE, LEAST_PEOPLE <= people < FEW_PEOPLE),
        ("few_outside_one_list", outside, LEAST_OUTSIDE, asked and 0 < outside < LEAST_OUTSIDE),
    )
    return tuple(
        make_reason(code, measured, limit) for code, measured, limit, holds in rules if holds
    )


def judge_attraction(histories: CaptureHistories, median: float, high: float) -> tuple[Reason, ...]:
    """Say whether an estimate leaves room for people who differ, as far as the lists show it.

    Measured is how far from the median to the upper limit the estimate would move if all pairs of
    lists attracted each other as they seem to.
    """
    moved = (total_if_attracted(histories) - median) / max(high - median, 1.0)
    return (make_reason("unequal_people", moved, ATTRACTION),) if moved > ATTRACTION else ()


def judge_width(low: float, high: float) -> tuple[Reason, ...]:
    """Say whether an interval tells enough.

    Measured is how many times its lower limit the upper one is, up to 5, 10, 20, 50 and so on: with
    more digits it would say more than an interval that is published in steps.
    """
    times = min(high / max(low, 1.0), MOST_TIMES)
    if not times > WIDE:
        return ()
    code, limit = ("interval_too_wide", TOO_WIDE) if times > TOO_WIDE else ("interval_wide", WIDE)
    zeros = 10.0 ** np.floor(np.log10(times))
    up_to = next(first * zeros for first in (1, 2, 5, 10) if first * zeros >= times)
    return (make_reason(code, float(up_to), limit),)


def judge_mixture(
    verdict: Verdict, draws: NDArray[np.float64], bounds: Bounds | None = None
) -> Verdict:
    """Judge the interval of a mixture, instead of that of the fit whose verdict it has.

    Where a rule gives other limits (`bounds`) those are asked too, and the wider of the two counts.
    """
    low, high = (float(each) for each in np.quantile(draws, [0.025, 0.975]))
    if bounds is not None and bounds.high / max(bounds.low, 1.0) > high / max(low, 1.0):
        low, high = bounds.low, bounds.high
    kept = [reason for reason in verdict.reasons if reason.code != "interval_wide"]
    return Verdict((*kept, *judge_width(low, high)))


def judge_draws(histories: CaptureHistories, fit: LatentClassFit) -> tuple[Reason, ...]:
    """Say what speaks against the draws of a latent class model of this table."""
    draws = fit.draws.ravel()
    lists = len(histories.lists)
    low, median, high = (float(each) for each in np.quantile(draws, [0.025, 0.5, 0.975]))
    share = prior_overlap(fit, lists)
    minor = minor_mode(np.log(draws - fit.observed + 0.5))
    limit = R_HAT_REFUSE if fit.r_hat > R_HAT_REFUSE else R_HAT_WARN
    few = fit.effective < LEAST_EFFECTIVE
    chance, spread = float(fit.predictive.min()), float(np.ptp(fit.log_evidence))
    rules = (
        ("replicates_disagree", fit.r_hat, limit, fit.r_hat > limit),
        ("too_few_effective_draws", fit.effective, LEAST_EFFECTIVE, few),
        ("prior_unmoved", share, PRIOR_SHARE, share > PRIOR_SHARE),
        ("two_answers", minor, MINOR_MODE, minor > MINOR_MODE),
        ("overlaps_not_explained", chance, EXPLAINED, chance < EXPLAINED),
        ("evidence_spread", spread, FAR_EVIDENCE, spread > FAR_EVIDENCE),
    )
    found = (make_reason(code, measured, limit) for code, measured, limit, holds in rules if holds)
    return (
        *found,
        *judge_distance(fit.observed, draws),
        *judge_width(low, high),
        *judge_attraction(histories, median, high),
    )


def judge_distance(observed: int, draws: NDArray[np.float64]) -> tuple[Reason, ...]:
    """Say whether most of the answer is the model: more than twice as many as were recorded."""
    far = float(np.mean(draws > FAR * observed))
    over = far > FAR_PROBABILITY
    return (make_reason("far_beyond_observed", far, FAR_PROBABILITY),) if over else ()


def count_twins(histories: CaptureHistories) -> int:
    """Count the pairs of lists, small ones apart, that hold the same people: one list twice."""
    overlaps, sizes = histories.overlaps, histories.of_list
    return sum(
        bool(LEAST_ON_LIST <= overlaps[one, two] == sizes[one] == sizes[two])
        for one, two in combinations(range(len(sizes)), 2)
    )


def count_islands(histories: CaptureHistories) -> int:
    """Count the groups of lists that are tied by people they share; small lists tie, not count."""
    group = list(range(len(histories.lists)))
    overlaps = histories.overlaps
    for one, two in combinations(group.copy(), 2):
        if overlaps[one, two] > 0 and group[one] != group[two]:
            group = [group[one] if each == group[two] else each for each in group]
    usable = histories.of_list >= LEAST_ON_LIST
    return len({each for each, counts in zip(group, usable, strict=True) if counts})


def prior_overlap(fit: LatentClassFit, lists: int) -> float:
    """Share of the posterior of log(N/n) that its prior in one class covers, between 0 and 1."""
    from testigo.estimation.systems.priors import draw_expansion

    before = np.log(draw_expansion(fit.prior, lists, seed=0))
    after = np.log(fit.draws.ravel() / fit.observed)
    edges = np.quantile(np.concatenate([before, after]), np.linspace(0, 1, OVERLAP_BINS + 1))
    shares = [np.histogram(each, np.unique(edges))[0] / len(each) for each in (before, after)]
    return float(np.minimum(*shares).sum())


def minor_mode(values: NDArray[np.float64]) -> float:
    """Share of the draws beyond the deepest valley between two peaks; 0 with one peak.

    Peaks are those of a normal kernel density whose width is Silverman's, 0.9 x the smaller of
    standard deviation and scaled interquartile range x n^(-1/5).
    """
    quarter, three = np.quantile(values, [0.25, 0.75])
    width = 0.9 * min(values.std(), (three - quarter) / 1.34) * len(values) ** -0.2
    if not width > 0:
        return 0.0
    grid = np.linspace(values.min(), values.max(), 256)
    counts, _ = np.histogram(values, bins=1024, range=(grid[0], grid[-1]))
    centres = grid[0] + (np.arange(1024) + 0.5) * (grid[-1] - grid[0]) / 1024
    density = np.exp(-0.5 * ((grid[:, None] - centres) / width) ** 2) @ counts
    before = np.maximum.accumulate(density)
    after = np.maximum.accumulate(density[::-1])[::-1]
    depth = density / np.minimum(before, after)
    deepest = int(np.argmin(depth))
    if depth[deepest] > VALLEY:
        return 0.0
    below = float(np.mean(values < grid[deepest]))
    return min(below, 1.0 - below)


def pair_scores(histories: CaptureHistories) -> NDArray[np.float64]:
    """Return how much more each pair of lists shares than chance, in standard errors.

    Among the people that some third list holds; pairs in the order of `itertools.combinations`.
    """
    pairs = combinations(range(len(histories.lists)), 2)
    return np.array([_dependence(histories, one, two) for one, two in pairs])


def _dependence(histories: CaptureHistories, one: int, two: int) -> float:
    """Log odds ratio of two lists over its error, among the people that some third list holds."""
    others = np.delete(histories.patterns, [one, two], axis=1).any(axis=1)
    held, counts = histories.patterns[others], histories.counts[others]
    cells = [
        float(counts[(held[:, one] == a) & (held[:, two] == b)].sum()) + 0.5
        for a, b in ((1, 1), (0, 0), (1, 0), (0, 1))
    ]
    signs = np.array([1.0, 1.0, -1.0, -1.0])
    return float(signs @ np.log(cells) / np.sqrt(np.sum(1.0 / np.array(cells))))
