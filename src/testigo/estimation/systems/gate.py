"""Whether an estimate may be published: every rule gives a reason with what it measured.

The thresholds are estimation.md's proposal (end of its section 4), which holds until they are
calibrated; the ones that come from a peer say so.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, Number, Reason, VerdictStatus

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.latent_class import LatentClassFit

LEAST_LISTS: Final = 3  # verdata, dga and the rest ask for as many
LEAST_ON_LIST: Final = 10  # dga warns below
LEAST_ON_SEVERAL: Final = 20
LEAST_OVERLAP: Final = 5
LEAST_PEOPLE: Final = 50
LEAST_PATTERNS: Final = 2
R_HAT_WARN: Final = 1.01  # Vehtari et al. 2021
R_HAT_REFUSE: Final = 1.05
LEAST_EFFECTIVE: Final = 400  # idem
FAR: Final = 5  # times the observed
FAR_PROBABILITY: Final = 0.25
PRIOR_SHARE: Final = 0.8
OVERLAP_BINS: Final = 40
VALLEY: Final = 0.6  # of the lower peak
MINOR_MODE: Final = 0.1
SURE: Final = 2.0  # standard errors


def judge_table(histories: CaptureHistories) -> tuple[Reason, ...]:
    """Say what speaks against estimating from this table, before any model."""
    usable = histories.of_list >= LEAST_ON_LIST
    overlaps = histories.overlaps - np.diag(histories.of_list)
    largest = int(overlaps.max()) if len(histories.lists) > 1 else 0
    found = [
        _less(
            "too_few_lists", "refuse", int(usable.sum()), LEAST_LISTS,
            Message("{measured} lists with 10 people or more; {threshold} are needed.",
                    _values(int(usable.sum()), LEAST_LISTS)),
        ),
        _less(
            "too_few_people", "refuse", histories.observed, LEAST_PEOPLE,
            Message("{measured} people in all; {threshold} are needed. Join strata.",
                    _values(histories.observed, LEAST_PEOPLE)),
        ),
        _less(
            "too_few_on_several_lists", "refuse", histories.on_several, LEAST_ON_SEVERAL,
            Message("{measured} people are on two lists or more; {threshold} are needed.",
                    _values(histories.on_several, LEAST_ON_SEVERAL)),
        ),
        _less(
            "no_pair_overlaps", "refuse", largest, LEAST_OVERLAP,
            Message("The two lists that share most share {measured} people; {threshold} are "
                    "needed.", _values(largest, LEAST_OVERLAP)),
        ),
    ]  # fmt: skip
    small = int((~usable).sum())
    if small:
        found.append(
            Reason("small_list", "warn", small, 0,
                   Message("Lists with fewer than 10 people: {measured}. They say little; see "
                           "what happens without them.", _values(small, 0)))
        )  # fmt: skip
    if len(histories.counts) < LEAST_PATTERNS:
        found.append(
            Reason("one_pattern", "refuse", len(histories.counts), LEAST_PATTERNS,
                   Message("Everybody is on the same lists; nothing says whom these lists miss."))
        )  # fmt: skip
    islands = count_islands(histories)
    if islands > 1:
        found.append(
            Reason("lists_not_connected", "refuse", islands, 1,
                   Message("The lists fall into {measured} groups that share nobody; nothing says "
                           "how large one is for the other.", _values(islands, 1)))
        )  # fmt: skip
    found.append(_one_sided(histories))
    return tuple(reason for reason in found if reason is not None)


def judge_draws(fit: LatentClassFit, lists: int) -> tuple[Reason, ...]:
    """Say what speaks against the draws of a latent class model."""
    draws = fit.draws.ravel()
    far = float(np.mean(draws > FAR * fit.observed))
    ratio = prior_overlap(fit, lists)
    found: list[Reason | None] = [
        _agreement(fit.r_hat),
        _less(
            "too_few_effective_draws", "refuse", fit.effective, LEAST_EFFECTIVE,
            Message("The draws are worth {measured} independent ones; {threshold} are needed.",
                    _values(fit.effective, LEAST_EFFECTIVE)),
        ),
    ]  # fmt: skip
    if far > FAR_PROBABILITY:
        found.append(
            Reason("far_beyond_observed", "warn", far, FAR_PROBABILITY,
                   Message("The probability that there were more than five times "
                           "as many as recorded is {measured}: most of the answer is the model.",
                           {"measured": Number(far, percent=True)}))
        )  # fmt: skip
    if ratio > PRIOR_SHARE:
        found.append(
            Reason("prior_unmoved", "refuse", ratio, PRIOR_SHARE,
                   Message("The data have hardly moved what was assumed: {measured} "
                           "of the answer was there before them.",
                           {"measured": Number(ratio, percent=True)}))
        )  # fmt: skip
    minor = minor_mode(np.log(draws - fit.observed + 0.5))
    if minor > MINOR_MODE:
        found.append(
            Reason("two_answers", "warn", minor, MINOR_MODE,
                   Message("The data allow two answers far from each other; the lesser has "
                           "{measured} of the probability. Read the interval, not the point.",
                           {"measured": Number(minor, percent=True)}))
        )  # fmt: skip
    return tuple(reason for reason in found if reason is not None)


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


def _one_sided(histories: CaptureHistories) -> Reason | None:
    """Warn where people clearly differ in how easily they are listed, in one direction."""
    pairs = list(combinations(range(len(histories.lists)), 2))
    if len(histories.lists) < LEAST_LISTS:
        return None
    signs = [_dependence(histories, one, two) for one, two in pairs]
    together = sum(sign > SURE for sign in signs)
    if 2 * together < len(pairs) or any(sign < -SURE for sign in signs):
        return None
    return Reason(
        "unequal_people", "warn", together, len(pairs) / 2,
        Message(
            "{measured} of {pairs} pairs of lists share more people than chance, and none fewer: "
            "some people are easier to record on every list. Those hardest to record may be more "
            "than any model sees; read the estimate as a lower one.",
            {"measured": together, "pairs": len(pairs)},
        ),
    )  # fmt: skip


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


def _agreement(r_hat: float) -> Reason | None:
    if r_hat <= R_HAT_WARN:
        return None
    status: VerdictStatus = "refuse" if r_hat > R_HAT_REFUSE else "warn"
    threshold = R_HAT_REFUSE if status == "refuse" else R_HAT_WARN
    return Reason(
        "replicates_disagree", status, r_hat, threshold,
        Message(
            "Independent runs do not agree (R-hat {measured}; {threshold} is the limit): the "
            "table may allow several answers.",
            {"measured": Number(r_hat, 3), "threshold": Number(threshold, 2)},
        ),
    )  # fmt: skip


def _less(
    code: str, status: VerdictStatus, measured: float, threshold: float, text: Message
) -> Reason | None:
    return Reason(code, status, measured, threshold, text) if measured < threshold else None


def _values(measured: float, threshold: float) -> dict[str, object]:
    return {"measured": Number(measured), "threshold": Number(threshold)}
