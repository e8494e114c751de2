"""Standard populations for comparing areas with different ages."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.estimation.age_groups import AgeGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

# Ahmad, Boschi-Pinto, Lopez, Murray, Lozano and Inoue 2001, Age standardization of rates: a new
# WHO standard, GPE Discussion Paper 31, World Health Organization, table 4. The printed
# percentages add up to 100.03 by rounding; weights are taken relative to their own sum.
_WHO_2000_2025: Final = (
    8.86, 8.69, 8.60, 8.47, 8.22, 7.93, 7.61, 7.15, 6.59,
    6.04, 5.37, 4.55, 3.72, 2.96, 2.21, 1.52, 0.91, 0.63,
)  # fmt: skip
_WIDTH: Final = 5


def _five_years_each(weights: tuple[float, ...]) -> Mapping[AgeGroup, float]:
    last = len(weights) - 1
    return MappingProxyType(
        {
            AgeGroup(_WIDTH * place, None if place == last else _WIDTH * place + _WIDTH - 1): weight
            for place, weight in enumerate(weights)
        }
    )


STANDARDS: Final[Mapping[str, Mapping[AgeGroup, float]]] = MappingProxyType(
    {"who_2000_2025": _five_years_each(_WHO_2000_2025)}
)
