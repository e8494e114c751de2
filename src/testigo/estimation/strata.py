"""Age groups in which a population series and a standard population can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.estimation.age_groups import AgeGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from numpy.typing import NDArray

NO_AGE: Final = -1
_LEAST_STRATA: Final = 2  # with one stratum the standard would change nothing


@dataclass(frozen=True, slots=True)
class Strata:
    """Age groups in which a population series and a standard can be laid side by side.

    Attributes
    ----------
    groups
        From 0 upwards without gaps; the last has no end.
    weights
        Of the standard, shape (group,).
    """

    groups: tuple[AgeGroup, ...]
    weights: NDArray[np.float64]

    def place_of(self, group: AgeGroup | None) -> int:
        """Say which stratum holds the whole age group; -1: none does."""
        if group is None:
            return NO_AGE
        return next((at for at, each in enumerate(self.groups) if group in each), NO_AGE)


def find_strata(groups: Set[AgeGroup], standard: Mapping[AgeGroup, float]) -> Strata | None:
    """Give the finest age groups that are unions of groups of both; None: none worth having.

    Examples
    --------
    >>> from testigo.estimation.standards import STANDARDS
    >>> every_ten = {AgeGroup(low, low + 9) for low in range(0, 80, 10)} | {AgeGroup(80, None)}
    >>> [str(each) for each in find_strata(every_ten, STANDARDS["who_2000_2025"]).groups][-2:]
    ['70-79', '80+']
    """
    starts = sorted({each.low for each in groups} & {each.low for each in standard})
    if len(starts) < _LEAST_STRATA or starts[0] != 0:
        return None
    ends = [start - 1 for start in starts[1:]]
    strata = tuple(AgeGroup(*pair) for pair in zip(starts, [*ends, None], strict=True))
    if any(not any(group in each for each in strata) for group in groups):
        return None
    weights = [sum(w for group, w in standard.items() if group in each) for each in strata]
    return Strata(strata, np.array(weights))
