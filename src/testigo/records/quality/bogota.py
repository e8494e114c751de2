"""The Bogotá Protocol on homicide data quality (2015), as far as data can be held against it.

Thresholds marked [M] in domain.md 1.5 were read in summaries, not in the protocol itself; so
each is printed beside the value it judges, never as a bare pass.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

BOGOTA_CATEGORIES: Final = ("definition", "detail", "quality", "convergence", "transparency")
HIGHEST_SCORE: Final = 10

MINIMUM_FIELDS: Final = (  # B3; the three on suspects are not read: nothing here lists persons
    "sex",
    "age",
    "occupation",
    "date",
    "hour",
    "area",
    "location_type",
    "weapon",
)
MISSING_THRESHOLDS: Final[Mapping[str, float]] = {  # B4
    "sex": 0.05,
    "date": 0.05,
    "area": 0.05,
    "parent": 0.05,  # for a source that speaks of nothing smaller
    "age": 0.10,
    "age_group": 0.10,
    "weapon": 0.10,
    "hour": 0.20,
    "location_type": 0.20,
}
UNDETERMINED_THRESHOLD: Final = 0.10  # B5
CONVERGENCE_THRESHOLD: Final = 0.20  # B7


def quality_index(scores: Mapping[str, float]) -> float:
    """Return the index of homicide data quality: the plain mean of the five categories.

    Parameters
    ----------
    scores
        Category (each of `BOGOTA_CATEGORIES`) to score, 0 to 10.

    Raises
    ------
    UsageError
        When a category is missing or unknown, or a score lies outside 0 to 10.

    Notes
    -----
    Source: the index of the Institute for Economics & Peace (Mexico, 2018), domain.md 1.5.

    Examples
    --------
    >>> hidalgo = (2.5, 4.375, 4, 0, 3.5)
    >>> quality_index(dict(zip(BOGOTA_CATEGORIES, hidalgo, strict=True)))
    2.875
    """
    wrong = sorted(scores.keys() ^ set(BOGOTA_CATEGORIES))
    if wrong:
        raise UsageError(
            Message("Missing or unknown quality categories: {names}.", {"names": ", ".join(wrong)}),
            Message("Give each of these once: {names}.", {"names": ", ".join(BOGOTA_CATEGORIES)}),
        )
    for name, score in scores.items():
        if not 0 <= score <= HIGHEST_SCORE:
            raise UsageError(
                Message("{name} = {given} is not a score.", {"name": name, "given": score}),
                Message("Scores go from 0 to 10."),
            )
    return math.fsum(scores.values()) / len(scores)
