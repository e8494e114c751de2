"""The rates that a source prints, as evidence of what does not fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from testigo.core import YEAR_LETTERS, Message, Number
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import number_in
from testigo.publication.report.figures import (
    DataTable,
    Figure,
)
from testigo.publication.report.palette import mark_of
from testigo.publication.report.sentences import RATE_UNIT, Quoted
from testigo.publication.report.speech import Listing
from testigo.publication.report.timelines import Line, Point, Timeline, draw_timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.publication.report.evidence import Evidence, Row

SEVERITIES: Final = {
    "error": Message("error"),
    "warning": Message("warning"),
    "info": Message("note"),
}
_A_YEAR: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def printed_figure(evidence: Evidence, source: str, findings: Sequence[Row]) -> Figure | None:
    """Build the line of the rates a source prints, what does not fit ringed; None without them."""
    rows = [
        row
        for row in evidence.rows("printed_rates", source=source, area_level="whole")
        if len(str(row["period"])) == YEAR_LETTERS
    ]
    if len(rows) < 2:  # noqa: PLR2004  # a line needs two ends
        return None
    flagged = _flagged(source, findings)
    place = evidence.places.get(source, 0)
    timeline = _printed_line(rows, flagged, place)
    ident = f"printed-{place + 1}"
    values = {
        "source": Quoted(evidence.name(source)),
        "flagged": Listing(tuple(sorted(flagged))),
        "years": Number(len(rows)),
        "unit": RATE_UNIT,
    }
    return Figure(
        ident,
        Message("The rates that {source} prints do not fit its own counts in {flagged}", values)
        if flagged
        else Message("The {years} rates that {source} prints fit its own counts", values),
        Message(
            "Printed rates, victims {unit}, as delivered. A ring marks what does not fit.", values
        ),
        Message("Ringed: {flagged}.", values) if flagged else Message("No year is ringed."),
        draw_variants(
            lambda _, width: draw_timeline(timeline, width), named_by=f"{ident}-title {ident}-alt"
        ),
        notes=_notes(flagged),
        table=_printed_table(rows, flagged),
        lineage=evidence.lineage(
            (source,),
            table="counts",
            area=evidence.whole.code,
            period=max(str(row["period"]) for row in rows),
            source=source,
        ),
    )


def _flagged(source: str, findings: Sequence[Row]) -> dict[str, str]:
    """Return the years whose printed rate does not fit, with the severity."""
    return {
        year: str(row["severity"])
        for row in findings
        if row["table"] == source and row["rule"] in {"C01", "C02"} and row["severity"] != "info"
        for year in _A_YEAR.findall(str(row["where"]))
    }


def _printed_line(rows: Sequence[Row], flagged: dict[str, str], place: int) -> Timeline:
    points = tuple(_printed_point(row) for row in rows)
    by_year = {str(point.year): point.value for point in points}
    return Timeline(
        (Line(str(place + 1), mark_of(place), points),),
        flagged=tuple((int(year), by_year[year]) for year in sorted(flagged) if year in by_year),
    )


def _printed_point(row: Row) -> Point:
    rate = number_in(row, "rate") or 0
    year = int(str(row["period"]))
    return Point(year, rate, f"{year}: {rate:g}")


def _notes(flagged: dict[str, str]) -> tuple[Message, ...]:
    """Say whose figures these are, and point to the findings, which tell both repairs once."""
    below = Message("What each ring is about, and both repairs, stand below among the findings.")
    evidence = Message(
        "These are the source's own figures, shown as evidence; this observatory does not vouch "
        "for them."
    )
    return (below, evidence) if flagged else (evidence,)


def _printed_table(rows: Sequence[Row], flagged: dict[str, str]) -> DataTable:
    cells = tuple(
        (
            str(row["period"]),
            Number(number_in(row, "victims") or 0),
            Number(number_in(row, "rate") or 0, int(number_in(row, "rate_decimals") or 0)),
            Number(number_in(row, "implied_population") or 0)
            if row["implied_population"]
            else None,
            SEVERITIES[flagged[str(row["period"])]] if str(row["period"]) in flagged else "",
        )
        for row in rows
    )
    head = (
        Message("year"),
        Message("victims"),
        Message("printed rate"),
        Message("residents that it implies"),
        Message("finding"),
    )
    return DataTable(
        Message("What the source prints, and the population that follows from it"),
        head,
        cells,
        frozenset({1, 2, 3}),
        file="printed_rates",
    )
