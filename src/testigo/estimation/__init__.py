"""The estimation room: how many, and how sure. So far: rates."""

from testigo.estimation.direct import standardise_directly
from testigo.estimation.model import (
    FEW_VICTIMS,
    PER,
    POPULATION,
    RATES,
    STANDARDISED_RATES,
    PoissonRate,
    StandardisedRate,
)
from testigo.estimation.poisson import poisson_rate
from testigo.estimation.population import read_population
from testigo.estimation.rates import rate_by_area
from testigo.estimation.reasons import RATE_REASONS, RateReason
from testigo.estimation.shrinkage import shrink_rates
from testigo.estimation.single_file import file_rates
from testigo.estimation.standardisation import standardise_rates

__all__ = [
    "FEW_VICTIMS",
    "PER",
    "POPULATION",
    "RATES",
    "RATE_REASONS",
    "STANDARDISED_RATES",
    "PoissonRate",
    "RateReason",
    "StandardisedRate",
    "file_rates",
    "poisson_rate",
    "rate_by_area",
    "read_population",
    "shrink_rates",
    "standardise_directly",
    "standardise_rates",
]
