"""The whole territory's rate, by who counts the dead and by who counts the residents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import YEAR_LETTERS, Message, Number
from testigo.publication.report.choices import counts_everybody
from testigo.publication.report.drawing import WIDTHS, draw_variants
from testigo.publication.report.evidence import Evidence, Row, number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.intervals import IntervalRow, interval_rows
from testigo.publication.report.rate_views import victims_cell
from testigo.publication.report.sentences import RATE_UNIT, Quoted, describe_basis, interval
from testigo.publication.report.speech import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.core import Language
    from testigo.publication.report.drawing import Plot
    from testigo.publication.report.figures import Drawing, Lineage

_TOGETHER: Final = 2


def _whole_rates(evidence: Evidence) -> list[Row]:
    """Rates of whole years and of the whole territory, by sources that count everybody."""
    rows = evidence.rows("rates", area_level="whole")
    return [
        row
        for row in rows
        if len(str(row["period"])) == YEAR_LETTERS
        and number_in(row, "rate") is not None
        and not row["annualised"]
        and str(row["source"]) in evidence.by_id
        and counts_everybody(evidence.by_id[str(row["source"])])
    ]


def place_of(evidence: Evidence, row: Row) -> tuple[int, int, str]:
    """Return the place of a row's source and denominator in the configuration."""
    series = str(row["population_series"])
    return (
        evidence.places[str(row["source"])],
        evidence.series_order.get(series, len(evidence.series_order)),
        series,
    )


def rates_by_everybody(evidence: Evidence, period: str | None) -> Figure | None:
    """Build the figure of the question's year: every source on every denominator."""
    found = [row for row in _whole_rates(evidence) if row["period"] == period]
    rows = sorted(found, key=lambda row: place_of(evidence, row))
    if len(rows) < _TOGETHER:
        return None
    low = min(rows, key=_rate)
    high = max(rows, key=_rate)
    values = {
        "period": period,
        "whole": evidence.whole_name,
        "low": _said(low),
        "high": _said(high),
        "lowest": Quoted(evidence.name(str(low["source"]))),
        "highest": Quoted(evidence.name(str(high["source"]))),
        "low_series": Quoted(evidence.series_name(str(low["population_series"]))),
        "high_series": Quoted(evidence.series_name(str(high["population_series"]))),
        "unit": RATE_UNIT,
    }
    return Figure(
        "whole-rates",
        _whole_title(rows, values),
        Message("Victims {unit} in {whole}, {period}, by source and population series.", values),
        Message(
            "The lowest is {low}, by {lowest} and the residents of {low_series}; the highest "
            "{high}, by {highest} and the residents of {high_series}.",
            values,
        ),
        _drawn(evidence, rows, "whole-rates", from_zero=True),
        quote=_whole_quote(rows, values),
        notes=(_interval_note(rows),),
        table=_table(evidence, rows, Message("Every source on every denominator"), printed=True),
        lineage=_lineage(evidence, rows),
    )


def _whole_title(rows: list[Row], values: Mapping[str, object]) -> Message:
    """Name what the rate depends on: only what differs between the rows."""
    if _one(rows, "population_series"):
        return Message("The rate of {whole} in {period} depends on who counts the dead", values)
    if _one(rows, "source"):
        return Message(
            "The rate of {whole} in {period} depends on who counts the residents", values
        )
    return Message(
        "The rate of {whole} in {period} depends on who counts the dead and on who counts "
        "the residents",
        values,
    )


def _whole_quote(rows: list[Row], values: Mapping[str, object]) -> Message:
    """Say both ends with the residents that each is divided by."""
    if _one(rows, "population_series"):
        return Message(
            "In {period} the homicide rate of {whole} lay between {low} per 100,000 residents, by "
            "{lowest}, and {high}, by {highest}, both on the population of {low_series}.",
            values,
        )
    return Message(
        "In {period} the homicide rate of {whole} lay between {low} per 100,000 residents, by "
        "{lowest} on the population of {low_series}, and {high}, by {highest} on that of "
        "{high_series}.",
        values,
    )


def _one(rows: list[Row], column: str) -> bool:
    return len({row[column] for row in rows}) == 1


def _rate(row: Row) -> float:
    return number_in(row, "rate") or 0


def _said(row: Row, decimals: int = 1) -> Message:
    return interval(
        _rate(row), number_in(row, "rate_low") or 0, number_in(row, "rate_high") or 0, decimals
    )


def _interval_note(rows: list[Row]) -> Message:
    return Message(
        "Intervals of {level}: they hold the play of chance in the number of victims, not what a "
        "source fails to count.",
        {"level": Number(number_in(rows[0], "level") or 0, percent=True)},
    )


def rival_denominators(evidence: Evidence) -> Figure | None:
    """Build the figure of the year and source that have the most denominators side by side."""
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in _whole_rates(evidence):
        grouped.setdefault((str(row["source"]), str(row["period"])), []).append(row)
    rivals = {key: rows for key, rows in grouped.items() if len(rows) >= _TOGETHER}
    if not rivals:
        return None
    source, period = max(rivals, key=lambda key: _preference(evidence, key))
    rows = sorted(rivals[source, period], key=lambda row: place_of(evidence, row))
    values = _rival_values(evidence, rows)
    return Figure(
        "denominators",
        Message(
            "The same {victims} victims of {period} make {low} or {high} per 100,000: it depends "
            "on who counts the residents",
            values,
        ),
        Message("Victims {unit} in {whole}, {period}. {source}: {basis}.", values),
        Message("{low_said} on {more}; {high_said} on {fewer}.", values),
        _drawn(evidence, rows, "denominators", from_zero=False),
        quote=Message(
            "In {period} the homicide rate of {whole} was {low_said} per 100,000 residents on the "
            "population of {more} and {high_said} on that of {fewer}, for the same {victims} "
            "victims counted by {source}.",
            values,
        ),
        notes=(Message("The axis of this figure does not begin at zero."),),
        table=_table(
            evidence,
            [row for key in sorted(rivals) if key[0] == source for row in rivals[key]],
            Message("The same victims on each denominator, year by year"),
        ),
        lineage=_lineage(evidence, rows),
    )


def _rival_values(evidence: Evidence, rows: list[Row]) -> Mapping[str, object]:
    """Return what the sentences say of one year and source on each denominator."""
    low, high = min(rows, key=_rate), max(rows, key=_rate)
    return {
        "period": rows[0]["period"],
        "whole": evidence.whole_name,
        "source": Quoted(evidence.name(str(rows[0]["source"]))),
        "basis": describe_basis(evidence.by_id[str(rows[0]["source"])]),
        "victims": victims_cell(rows[0]),
        "low": Number(_rate(low), 2),
        "high": Number(_rate(high), 2),
        "low_said": _said(low, 2),
        "high_said": _said(high, 2),
        "fewer": Quoted(evidence.series_name(str(high["population_series"]))),
        "more": Quoted(evidence.series_name(str(low["population_series"]))),
        "unit": RATE_UNIT,
    }


def _preference(evidence: Evidence, key: tuple[str, str]) -> tuple[bool, bool, str, int]:
    source, period = key
    return (
        source == evidence.report.rates_source,
        period == evidence.report.rates_period,
        period,
        -evidence.places[source],
    )


def _drawn(
    evidence: Evidence, rows: list[Row], ident: str, *, from_zero: bool
) -> tuple[Drawing, ...]:
    def build(language: Language | None, width: int) -> Plot:
        told = [
            IntervalRow(
                _label(evidence, row, language or "en", rows, width),
                _rate(row),
                number_in(row, "rate_low") or 0,
                number_in(row, "rate_high") or 0,
                "above",
                _said(row, 2).in_language(language or "en"),
            )
            for row in rows
        ]
        return interval_rows(
            told,
            reference=None,
            width=width,
            decimals=None if from_zero else language or "en",
            names_above=True,
        )

    return draw_variants(
        build, languages=evidence.report.languages, named_by=f"{ident}-title {ident}-alt"
    )


def _label(evidence: Evidence, row: Row, language: Language, rows: list[Row], width: int) -> str:
    series = in_words(evidence.series_name(str(row["population_series"])), language)
    if _one(rows, "source"):
        return series
    joint = " · " if width == WIDTHS["wide"] else "\n"
    return in_words(evidence.name(str(row["source"])), language) + joint + series


def _table(
    evidence: Evidence, rows: list[Row], caption: Message, *, printed: bool = False
) -> DataTable:
    cells = tuple(
        (
            str(row["period"]),
            evidence.name(str(row["source"])),
            evidence.series_name(str(row["population_series"])),
            victims_cell(row),
            Number(number_in(row, "population") or 0),
            _said(row, 2),
        )
        for row in rows
    )
    head = (
        Message("year"),
        Message("source"),
        Message("residents by"),
        Message("victims"),
        Message("residents"),
        Message("rate and interval"),
    )
    return DataTable(caption, head, cells, frozenset({3, 4, 5}), file="rates", printed=printed)


def _lineage(evidence: Evidence, rows: list[Row]) -> Lineage:
    first = rows[0]
    return evidence.lineage(
        list(dict.fromkeys(str(row["source"]) for row in rows)),
        table="rates",
        area=evidence.whole.code,
        period=str(first["period"]),
        **{
            "source": str(first["source"]),
            "population-series": str(first["population_series"]),
        },
    )
