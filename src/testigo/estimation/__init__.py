"""The estimation room: how many, and how sure. So far: rates."""

from testigo.estimation.model import (
    FEW_VICTIMS,
    PER,
    POPULATION,
    RATES,
    STANDARDISED_RATES,
    PoissonRate,
)

__all__ = ["FEW_VICTIMS", "PER", "POPULATION", "RATES", "STANDARDISED_RATES", "PoissonRate"]
