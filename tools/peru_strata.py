"""Estimates of the bundled example of Peru: by zone and actor, and by zone with all actors joined.

Of tools/write_peru_page.py, which lays them out and prints what the prose of the pages quotes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Estimate
from testigo.estimation import (
    LEANS,
    CaptureHistories,
    LinkedHistories,
    estimate_strata,
    read_capture_histories,
    sum_strata,
)
from testigo.observatory.analyses import SEED
from testigo.observatory.fit_folder import FitFolder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.core import Message, Verdict
    from testigo.estimation import FitCache, StrataEstimates

ROOT: Final = Path(__file__).resolve().parent.parent
EXAMPLE: Final = ROOT / "src/testigo/examples/peru-truth-commission/sources/overlaps.csv"
TOO_LOW: Final = "unequal_people"


@dataclass(frozen=True)
class Stratum:
    """A table with what was answered.

    Attributes
    ----------
    draws
        Of all victims; None where nothing is told. With draws and without a median it is too
        small for a figure of its own, and counts in sums only.
    """

    histories: CaptureHistories
    verdict: Verdict
    median: float | None
    low: float | None
    high: float | None
    draws: np.ndarray | None

    @property
    def standing(self) -> str:
        """One of `own`, `leans`, `in sum`, `refused`."""
        if self.draws is None:
            return "refused"
        if self.median is None:
            return "in sum"
        return "leans" if LEANS in {one.code for one in self.verdict.reasons} else "own"

    @property
    def mark(self) -> str:
        """How the pages show the verdict of an estimate; nothing where it may be published."""
        codes = {one.code for one in self.verdict.reasons}
        if LEANS in codes:
            return " †"
        return " ≥" if TOO_LOW in codes else " °" if codes else ""


@dataclass(frozen=True)
class Peru:
    """All tables with their answers.

    Attributes
    ----------
    strata
        By zone and actor.
    zones
        By zone, all actors in one table.
    pooled
        Verdict on one table for the country.
    """

    strata: Mapping[tuple[str, ...], Stratum]
    zones: Mapping[tuple[str, ...], Stratum]
    pooled: Verdict

    def of_actor(self, actor: str) -> list[Stratum]:
        """Return the tables of an actor in all zones."""
        return [one for (_, own), one in self.strata.items() if own == actor]

    def of_zone(self, zone: str) -> list[Stratum]:
        """Return the tables of all actors in a zone."""
        return [one for (own, _), one in self.strata.items() if own == zone]


def estimate_peru(folder: Path) -> Peru:
    """Estimate everything; `folder` keeps the fits."""
    apart = read_capture_histories(EXAMPLE)
    joined = tuple(_join(apart, zone) for zone in dict.fromkeys(_zone(one) for one in apart))
    cache = FitFolder(folder)
    whole = [LinkedHistories(_join(apart, None))]
    return Peru(
        _estimate(apart, cache, pool=True),
        _estimate(joined, cache, pool=False),
        estimate_strata(whole, seed=SEED, workers=1, cache=cache).verdicts[0],
    )


def _zone(histories: CaptureHistories) -> str:
    return dict(histories.stratum)["zona"]


def _join(tables: Sequence[CaptureHistories], zone: str | None) -> CaptureHistories:
    """Put the tables of a zone (None: of the country) into one."""
    chosen = [one for one in tables if zone in (None, _zone(one))]
    return CaptureHistories.of(
        chosen[0].lists,
        np.concatenate([one.patterns for one in chosen]),
        np.concatenate([one.counts for one in chosen]),
        stratum=[("zona", zone)] if zone else [],
    )


def _estimate(
    tables: Sequence[CaptureHistories], cache: FitCache, *, pool: bool
) -> dict[tuple[str, ...], Stratum]:
    found = estimate_strata(
        list(map(LinkedHistories, tables)),
        seed=SEED, pool=pool, workers=1, cache=cache, progress=_tell,
    )  # fmt: skip
    return {
        tuple(value for _, value in one.stratum): _stratum(one, found, place + 1)
        for place, one in enumerate(tables)
    }


def _stratum(histories: CaptureHistories, found: StrataEstimates, row: int) -> Stratum:
    line = found.table.slice(row, 1).to_pylist()[0]
    labels = found.draws["stratum"].values.tolist()
    label = LinkedHistories(histories).label
    draws = found.draws.values[labels.index(label)] if label in labels else None
    return Stratum(histories, found.verdicts[row], line["median"], line["low"], line["high"], draws)


def _tell(step: Message, done: int, total: int | None) -> None:
    if not done % 10:
        print(f"{step} {done} / {total}", file=sys.stderr)


def sum_draws(strata: Sequence[Stratum]) -> np.ndarray:
    """Add the strata that have an answer as the report does."""
    drawn = [
        Estimate.from_draws(one.draws, unit="victims", method="latent-class", verdict=one.verdict)
        for one in strata
        if one.draws is not None
    ]
    return sum_strata(drawn, seed=SEED, level=0.95).total()


def count_unseen(strata: Sequence[Stratum]) -> float:
    """Median of the victims on no list, over the strata that have an answer."""
    told = [one for one in strata if one.draws is not None]
    on_list = sum(one.histories.observed for one in told)
    return float(np.median(sum_draws(told))) - on_list if told else 0.0


def count_added(parts: Sequence[Stratum], whole: Stratum) -> float | None:
    """People whom the zone's one table has beyond what its actors' tables have.

    An actor without an estimate counts with the people on its lists.
    """
    if whole.median is None:
        return None
    alone = sum(one.histories.observed if one.median is None else one.median for one in parts)
    return whole.median - alone


def count_only_first(histories: CaptureHistories) -> int:
    """Count the people whom no list but the first has: that of the commission."""
    alone = (histories.patterns == np.eye(1, len(histories.lists))).all(axis=1)
    return int(histories.counts[alone].sum())
