"""The nouns and tables of the estimation room, as far as rates go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import (
    AREA_COLUMN,
    AREA_LEVEL_COLUMN,
    PARENT_COLUMN,
    PERIOD_COLUMN,
    SOURCE_COLUMN,
    VERDICT_STATUSES,
    Column,
    Message,
    TableSchema,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PER: Final = 100_000  # residents; domain.md 1.7
BASES: Final = ("given", "sum", "sum_unnamed")
FEW_VICTIMS: Final = 20  # below it a rate is shown but not coloured; domain.md 1.7


@dataclass(frozen=True, slots=True)
class PoissonRate:
    """Crude rates and their exact Poisson limits.

    Attributes
    ----------
    rate, low, high
        Victims per 100,000 residents per year, shape (area,).
    level
        Coverage of [low, high], between 0 and 1.
    """

    rate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    level: float


@dataclass(frozen=True, slots=True)
class StandardisedRate:
    """Directly standardised rates and their gamma limits.

    Attributes
    ----------
    rate, low, high
        Victims per 100,000 residents per year in the standard population, shape (area,).
    level
        Coverage of [low, high], between 0 and 1.
    """

    rate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    level: float


_SERIES = Column(
    "population_series",
    "text",
    Message("population series"),
    Message("Id in testigo.toml, or none."),
)
_VERDICT = Column(
    "verdict",
    "text",
    Message("verdict"),
    Message("publish, warn or refuse."),
    allowed=VERDICT_STATUSES,
)
_REASONS = Column(
    "reasons",
    "text",
    Message("reasons"),
    Message("Stable codes, separated by a space; empty when there is none."),
)
_RATE_UNIT = Message("per 100,000 residents per year")


def _rate(name: str, label: Message, meaning: Message) -> Column:
    return Column(name, "number", label, meaning, unit=_RATE_UNIT, required=False)


POPULATION: Final = TableSchema(
    name="population",
    title=Message("Population series"),
    meaning=Message("Every denominator, side by side; mid-year unless it says otherwise."),
    key=("population_series", "area_level", "area", "year", "sex", "age_group"),
    columns=(
        _SERIES,
        AREA_LEVEL_COLUMN,
        AREA_COLUMN,
        Column("year", "integer", Message("year"), Message("Calendar year.")),
        Column("sex", "text", Message("sex"), Message("female, male or all.")),
        Column("age_group", "text", Message("age group"), Message("15-19, 85+, unknown or all.")),
        Column(
            "population",
            "number",
            Message("population"),
            Message("Residents on the reference date."),
            unit=Message("residents"),
        ),
        PARENT_COLUMN,
        Column(
            "basis",
            "text",
            Message("basis"),
            Message(
                "given: the series prints it. sum: added up from the areas one level down. "
                "sum_unnamed: the same, with residents whose area the series does not name."
            ),
            allowed=BASES,
        ),
        Column(
            "known_share",
            "number",
            Message("known share"),
            Message("Share of the residents that the sum is known to hold; 1 when complete."),
            unit=Message("share"),
        ),
    ),
)

RATES: Final = TableSchema(
    name="rates",
    title=Message("Homicide rates"),
    meaning=Message(
        "Victims per 100,000 residents with exact Poisson limits, one line for each denominator."
    ),
    key=("source", "population_series", "area_level", "area", "period"),
    columns=(
        AREA_COLUMN,
        AREA_LEVEL_COLUMN,
        PERIOD_COLUMN,
        SOURCE_COLUMN,
        _SERIES,
        Column(
            "victims",
            "integer",
            Message("victims"),
            Message("In the source's unit; blank when suppressed."),
            unit=Message("the source's unit"),
            required=False,
        ),
        Column(
            "population",
            "number",
            Message("population"),
            Message("Residents; the sum of the areas' for a larger area."),
            unit=Message("residents"),
            required=False,
        ),
        _rate("rate", Message("rate"), Message("100,000 x victims / population.")),
        _rate("rate_low", Message("rate, low"), Message("Lower exact Poisson limit.")),
        _rate("rate_high", Message("rate, high"), Message("Upper exact Poisson limit.")),
        Column("level", "number", Message("level"), Message("Coverage of the interval, 0 to 1.")),
        _rate(
            "rate_shrunken",
            Message("shrunken rate"),
            Message("Gamma-Poisson mean, drawn towards the areas of the same level and year."),
        ),
        Column(
            "annualised",
            "boolean",
            Message("annualised"),
            Message("Whether a part of a year was scaled to a year (x 365.25 / days)."),
        ),
        Column(
            "days",
            "number",
            Message("days"),
            Message("Days of the period that the source covers."),
            unit=Message("days"),
        ),
        _VERDICT,
        _REASONS,
    ),
)

STANDARDISED_RATES: Final = TableSchema(
    name="standardised_rates",
    title=Message("Age-standardised rates"),
    meaning=Message("Direct standardisation; only for comparing areas, beside the crude rate."),
    key=("source", "population_series", "standard", "area_level", "area", "period"),
    columns=(
        AREA_COLUMN,
        AREA_LEVEL_COLUMN,
        PERIOD_COLUMN,
        SOURCE_COLUMN,
        _SERIES,
        Column("standard", "text", Message("standard"), Message("Id of the standard population.")),
        Column(
            "victims",
            "integer",
            Message("victims"),
            Message("With a stated age."),
            unit=Message("victims"),
        ),
        Column(
            "victims_age_unknown",
            "integer",
            Message("victims of unknown age"),
            Message("Not in the standardised rate; shown, never spread silently."),
            unit=Message("victims"),
        ),
        _rate("crude_rate", Message("crude rate"), Message("Of victims with a stated age.")),
        _rate("rate", Message("standardised rate"), Message("Sum of weight x age rate.")),
        _rate("rate_low", Message("rate, low"), Message("Gamma limits of Fay and Feuer 1997.")),
        _rate("rate_high", Message("rate, high"), Message("Gamma limits of Fay and Feuer 1997.")),
        Column("level", "number", Message("level"), Message("Coverage of the interval, 0 to 1.")),
        _VERDICT,
        _REASONS,
    ),
)
