"""Rates of all victims, those on no list included: the draws of the estimates over residents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import (
    AREA_COLUMN,
    AREA_LEVEL_COLUMN,
    PERIOD_COLUMN,
    VERDICT_STATUSES,
    Column,
    Message,
    TableSchema,
    Verdict,
)
from testigo.estimation.model import PER
from testigo.estimation.systems.gate import judge_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.core import Area, VerdictStatus

_VICTIMS: Final = Message("victims")
_UNIT: Final = Message("per 100,000 residents per year")


def _number(name: str, label: Message, meaning: Message, unit: Message) -> Column:
    return Column(name, "number", label, meaning, unit=unit, required=False)


ESTIMATED_RATES: Final = TableSchema(
    name="estimated_rates",
    title=Message("Rates of all victims, recorded or not"),
    meaning=Message(
        "Estimated victims per 100,000 residents: each draw of the estimate over each denominator."
    ),
    key=("population_series", "area_level", "area", "period"),
    columns=(
        AREA_COLUMN,
        AREA_LEVEL_COLUMN,
        PERIOD_COLUMN,
        Column(
            "population_series",
            "text",
            Message("population series"),
            Message("Id in testigo.toml."),
        ),
        _number("victims", Message("victims"), Message("Median of the draws."), _VICTIMS),
        _number("victims_low", Message("victims, low"), Message("Lower limit."), _VICTIMS),
        _number("victims_high", Message("victims, high"), Message("Upper limit."), _VICTIMS),
        _number("population", Message("population"), Message("Residents."), Message("residents")),
        _number("rate", Message("rate"), Message("100,000 x victims / population."), _UNIT),
        _number("rate_low", Message("rate, low"), Message("Lower limit of the risk."), _UNIT),
        _number("rate_high", Message("rate, high"), Message("Upper limit of the risk."), _UNIT),
        Column("level", "number", Message("level"), Message("Coverage of the intervals, 0 to 1.")),
        Column(
            "verdict",
            "text",
            Message("verdict"),
            Message(
                "publish, warn or refuse: the worst of the strata that were added, or of their sum."
            ),
            allowed=VERDICT_STATUSES,
        ),
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnStratum:
    """The victims of one stratum, as far as they can be told.

    Attributes
    ----------
    values
        Stratum column to its value; an unknown one is an empty text.
    status
        Of the verdict on its estimate.
    draws
        Of all victims, shape (draw,), in the order in which those of other strata meet them; None
        where the estimate was refused. A refused stratum with draws is too small for a figure and
        counts in sums with larger ones.
    """

    values: Mapping[str, str]
    status: VerdictStatus
    draws: NDArray[np.float64] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """An area and year, and the strata that make it up."""

    level: str
    area: str
    period: str
    strata: tuple[DrawnStratum, ...]

    @property
    def is_told(self) -> bool:
        """Whether nobody is lacking, and not all strata are too small for a figure."""
        lacking = any(one.draws is None for one in self.strata)
        return not lacking and any(one.status != "refuse" for one in self.strata)

    @property
    def verdict(self) -> VerdictStatus:
        """The worst of its strata; strata that are only too small for a figure warn."""
        worst = max((one.status for one in self.strata), key=VERDICT_STATUSES.index)
        return "warn" if worst == "refuse" and self.is_told else worst


def rate_estimates(
    strata: Sequence[DrawnStratum],
    population: pa.Table,
    *,
    whole: Area,
    seed: int,
    level: float = 0.95,
) -> pa.Table:
    """Lay the estimates of areas and years over every population series.

    Strata of one area and year (by sex, say) are added draw by draw, and all of a year make the
    whole territory, those of unknown area included. A sum that would lack a refused stratum, or is
    itself too wide (`interval_too_wide`), is refused. As in `RATES`, the limits are of the risk
    behind the deaths: each draw of N victims gives one of Gamma(N + 1/2), Jeffreys' posterior of a
    Poisson mean.

    Parameters
    ----------
    strata
        Those without a `year` are left aside.
    population
        Columns `testigo.estimation.POPULATION`.
    whole
        The whole territory.
    seed
        Of the Gamma draws.
    level
        Coverage of the intervals.

    Returns
    -------
    pyarrow.Table
        Columns `ESTIMATED_RATES`, sorted by its key; no row without a year, draws or residents.
    """
    people = _residents(population)
    rng = np.random.default_rng(seed)
    rows = []
    for cell in _cells(strata, whole):
        draws = _draws(cell)
        verdict = _judge_sum(cell, draws)
        draws = None if verdict == "refuse" else draws
        for series, residents in people.get((cell.level, cell.area, cell.period), []):
            row = _row(cell, verdict, draws, level)
            rows.append(row | _rate(draws, residents, level, rng) | {"population_series": series})
    import pyarrow as pa

    table = pa.Table.from_pylist(rows, schema=ESTIMATED_RATES.arrow)
    return ESTIMATED_RATES.checked(table)


def _cells(strata: Sequence[DrawnStratum], whole: Area) -> list[_Cell]:
    found: dict[tuple[str, str, str], list[DrawnStratum]] = {}
    for stratum in strata:
        period = stratum.values.get("year")
        if not period:
            continue
        found.setdefault(("whole", whole.code, period), []).append(stratum)
        for name in ("area", "parent"):
            if stratum.values.get(name):
                found.setdefault((name, stratum.values[name], period), []).append(stratum)
                break
    return [_Cell(*place, tuple(each)) for place, each in sorted(found.items())]


def _residents(population: pa.Table) -> dict[tuple[str, str, str], list[tuple[str, float]]]:
    import pyarrow.compute as pc

    everybody = pc.and_(
        pc.equal(population["sex"], "all"), pc.equal(population["age_group"], "all")
    )
    found: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for row in population.filter(everybody).to_pylist():
        if row["population"] > 0:
            place = (row["area_level"], row["area"], str(row["year"]))
            found.setdefault(place, []).append((row["population_series"], row["population"]))
    return found


def _draws(cell: _Cell) -> NDArray[np.float64] | None:
    """Add the strata of a cell draw by draw, as they meet: those that lean are wrong together."""
    if not cell.is_told:
        return None
    drawn = [one.draws for one in cell.strata if one.draws is not None]
    return np.asarray(np.sum(drawn, axis=0), dtype=np.float64)


def _judge_sum(cell: _Cell, draws: NDArray[np.float64] | None) -> VerdictStatus:
    """Give the worst verdict of the strata, or of how wide their sum is."""
    if draws is None or len(cell.strata) == 1:  # the stratum has been asked
        return cell.verdict
    low, high = np.quantile(draws, [0.025, 0.975]).tolist()
    return max(cell.verdict, Verdict(judge_width(low, high)).status, key=VERDICT_STATUSES.index)


def _row(
    cell: _Cell, verdict: VerdictStatus, draws: NDArray[np.float64] | None, level: float
) -> dict[str, object]:
    row: dict[str, object] = {
        "area": cell.area, "area_level": cell.level, "period": cell.period,
        "level": level, "verdict": verdict,
    }  # fmt: skip
    if draws is None:
        return row
    low, median, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2]).tolist()
    return row | {"victims": median, "victims_low": low, "victims_high": high}


def _rate(
    draws: NDArray[np.float64] | None, residents: float, level: float, rng: np.random.Generator
) -> dict[str, object]:
    if draws is None:
        return {"population": residents}
    risks = rng.gamma(draws + 0.5)
    low, high = (np.quantile(risks, [(1 - level) / 2, (1 + level) / 2]) * PER / residents).tolist()
    rate = float(np.median(draws)) * PER / residents
    return {"population": residents, "rate": rate, "rate_low": low, "rate_high": high}
