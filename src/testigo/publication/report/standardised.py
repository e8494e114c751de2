"""Crude rates beside age-standardised ones, for comparing places with different ages."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import YEAR_LETTERS, Message, Number
from testigo.publication.report.charts import PairRow, pair_rows
from testigo.publication.report.denominators import place_of
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import Evidence, Row, is_suppressed, number_in
from testigo.publication.report.figures import DataTable, Figure, Key
from testigo.publication.report.legends import mark_swatch
from testigo.publication.report.palette import Mark
from testigo.publication.report.rate_views import rate_cell
from testigo.publication.report.sentences import RATE_UNIT, Quoted
from testigo.publication.report.speech import NOT_STATED, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.publication.report.figures import Drawing

_IDENT: Final = "standardised"
_MOST: Final = 60
_CRUDE: Final = Mark("#8b857c", "circle", (1, 0))
_STANDARDISED: Final = Mark("#663a8f", "diamond", (1, 0))
STANDARD_NAMES: Final[Mapping[str, Message]] = MappingProxyType(
    {"who_2000_2025": Message("world standard of the World Health Organization, 2000-2025")}
)


def age_standardised(evidence: Evidence) -> Figure | None:
    """Build the figure of the year of the rates, or of the latest one; None without such rates."""
    rows = _chosen_rows(evidence)
    if not rows:
        return None
    first = rows[0]
    values = {
        "period": first["period"],
        "source": Quoted(evidence.name(str(first["source"]))),
        "series": Quoted(evidence.series_name(str(first["population_series"]))),
        "standard": STANDARD_NAMES.get(str(first["standard"]), str(first["standard"])),
        "unit": RATE_UNIT,
    }
    return Figure(
        _IDENT,
        _title(evidence, first),
        Message(
            "Victims {unit} in {period}, {source}; residents by age: {series}; {standard}.", values
        ),
        Message("The crude and the standardised rate of each place, by name."),
        _drawings(evidence, rows),
        legend=(
            Key(mark_swatch(_CRUDE), Message("crude rate")),
            Key(mark_swatch(_STANDARDISED), Message("standardised rate")),
        ),
        table=_table(evidence, rows),
        notes=(
            Message(
                "The standardised rate is only for comparing places with older and younger "
                "populations. Victims of unknown age are not in it; they are shown, not spread."
            ),
        ),
        lineage=evidence.lineage(
            (str(first["source"]),),
            table="standardised_rates",
            area=str(first["area"]),
            period=str(first["period"]),
            **{
                "source": str(first["source"]),
                "population-series": str(first["population_series"]),
            },
        ),
    )


def _chosen_rows(evidence: Evidence) -> list[Row]:
    """Return the rows of one year, source and denominator, in the order of the names."""
    rows = _yearly_rows(evidence)
    period = _latest(evidence, rows)
    if period is None:
        return []
    first = min(
        (row for row in rows if row["period"] == period), key=lambda row: place_of(evidence, row)
    )
    same = [row for row in rows if _key(row) == _key(first)]
    by_code = {str(row["area"]): row for row in same}
    return [by_code[code] for code in evidence.by_name(by_code)]


def _yearly_rows(evidence: Evidence) -> list[Row]:
    return [
        row
        for row in evidence.rows("standardised_rates", area_level=evidence.main_level)
        if len(str(row["period"])) == YEAR_LETTERS
        and str(row["area"]) in evidence.report.catalogue.areas
    ]


def _latest(evidence: Evidence, rows: Sequence[Row]) -> str | None:
    periods = {str(row["period"]) for row in rows if number_in(row, "rate") is not None}
    wanted = evidence.report.rates_period
    return wanted if wanted in periods else max(periods, default=None)


def standardised_period(evidence: Evidence) -> str | None:
    """Return the year of the figure of standardised rates; None without them."""
    return _latest(evidence, _yearly_rows(evidence))


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("period", "source", "population_series", "standard"))


def _title(evidence: Evidence, first: Row) -> Message:
    whole = [
        row
        for row in evidence.rows("standardised_rates", area_level="whole")
        if _key(row) == _key(first) and number_in(row, "rate") is not None
    ]
    if not whole:
        return Message("Places with different ages are compared by standardised rates")
    return Message(
        "With the ages of the standard population, the rate of {whole} in {period} would be "
        "{standardised} instead of {crude}",
        {
            "whole": evidence.whole_name,
            "period": first["period"],
            "standardised": Number(number_in(whole[0], "rate") or 0, 1),
            "crude": Number(number_in(whole[0], "crude_rate") or 0, 1),
        },
    )


def _drawings(evidence: Evidence, rows: Sequence[Row]) -> tuple[Drawing, ...]:
    pairs = [
        PairRow(
            name := evidence.area(str(row["area"])).name,
            number_in(row, "crude_rate") or 0,
            number_in(row, "rate") or 0,
            name,
        )
        for row in rows
        if number_in(row, "rate") is not None
    ]
    if not 0 < len(pairs) <= _MOST:
        return ()
    return draw_variants(
        lambda _, width: pair_rows(pairs, marks=(_CRUDE, _STANDARDISED), width=width),
        named_by=f"{_IDENT}-title {_IDENT}-alt",
    )


def _table(evidence: Evidence, rows: Sequence[Row]) -> DataTable:
    cells = tuple(
        (
            evidence.area_name(str(row["area"])),
            _cell(row, "crude_rate", 1),
            rate_cell({**row, "reasons": row.get("reasons") or ""}),
            _cell(row, "victims_age_unknown", 0),
        )
        for row in rows
    )
    head = (
        evidence.level_name(evidence.main_level),
        Message("crude rate"),
        Message("standardised rate and interval"),
        Message("victims of unknown age"),
    )
    return DataTable(
        Message("Crude and age-standardised rates, by name"),
        head,
        cells,
        frozenset({1, 2, 3}),
        file="standardised_rates",
    )


def _cell(row: Row, column: str, decimals: int) -> object:
    if is_suppressed(row):
        return SUPPRESSED
    value = number_in(row, column)
    return NOT_STATED if value is None else Number(value, decimals)
