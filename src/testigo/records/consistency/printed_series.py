"""The series of printed rates in the deliveries: what C01, C02 and C08 read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis

    from testigo.records.consistency.model import Evidence


@dataclass(frozen=True, slots=True)
class PrintedRate:
    """A count that a source printed with its rate.

    Attributes
    ----------
    year, count, rate
        As printed; count and rate are positive.
    population
        Residents, where the source prints them too.
    """

    year: int
    count: int
    rate: float
    population: float | None


@dataclass(frozen=True, slots=True)
class PrintedSeries:
    """The printed rates of one source and place (and sex, and age group), by year.

    Attributes
    ----------
    source
        Id of the source.
    label
        Place, sex and age group, as far as there are any; empty for the whole territory.
    decimals
        Of the rates as printed. A table loses its final zeros on the way (95.0 becomes 95), so
        it is the number of decimals that most of its rates have.
    rates
        Years that carry one rate, in order.
    repeated
        Years that carry several rates and cannot be checked.
    """

    source: str
    label: str
    decimals: int
    rates: tuple[PrintedRate, ...]
    repeated: tuple[int, ...]

    def where(self, year: int) -> str:
        """Name one year of the series."""
        return f"{self.label} {year}".strip()


def read_printed_series(evidence: Evidence) -> list[PrintedSeries]:
    """Collect the yearly rates that the sources print, by series."""
    wholes = {source.id for source in evidence.sources if source.area_level == "whole"}
    rows = [
        row
        for row in _printed(evidence.accepted).to_pyarrow().to_pylist()
        # in a source of smaller areas a row without one is of unknown place: no population
        if row["area"] or row["parent"] or row["source"] in wholes
    ]
    rows.sort(key=lambda row: (*_series_of(row), row["year"]))
    return [_series(key, list(group)) for key, group in groupby(rows, key=_series_of)]


def _printed(accepted: ibis.Table) -> ibis.Table:
    # only whole years: a monthly rate may or may not be annualised, and does not say
    chosen = accepted.filter(
        accepted["rate"] > 0, accepted["count"] > 0, accepted["date_precision"] == "year"
    )
    return chosen.select(
        "source",
        "parent",
        "area",
        "sex",
        "age_group",
        "count",
        "rate",
        "rate_decimals",
        "population",
        year=chosen["date"].year(),
    )


def _series_of(row: dict[str, object]) -> tuple[str, str]:
    named = (row["area"] or row["parent"], row["sex"], row["age_group"])
    return str(row["source"]), " ".join(str(name) for name in named if name)


def _series(key: tuple[str, str], rows: list[dict[str, object]]) -> PrintedSeries:
    times = Counter(row["year"] for row in rows)
    return PrintedSeries(
        source=key[0],
        label=key[1],
        decimals=_decimals(rows),
        rates=tuple(_rate(row) for row in rows if times[row["year"]] == 1),
        repeated=tuple(sorted(int(str(year)) for year, n in times.items() if n > 1)),
    )


def _rate(row: dict[str, object]) -> PrintedRate:
    population = row["population"]
    return PrintedRate(
        year=int(str(row["year"])),
        count=int(str(row["count"])),
        rate=float(str(row["rate"])),
        population=float(str(population)) if population else None,
    )


def _decimals(rows: list[dict[str, object]]) -> int:
    seen = Counter(
        int(str(row["rate_decimals"]))
        if row["rate_decimals"] is not None
        else _decimals_shown(float(str(row["rate"])))
        for row in rows
    )
    return max(seen, key=lambda decimals: (seen[decimals], decimals))


def _decimals_shown(rate: float) -> int:
    return max(0, -int(Decimal(repr(rate)).normalize().as_tuple().exponent))
