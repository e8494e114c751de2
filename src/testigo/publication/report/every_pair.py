"""Every pair of sources in the whole territory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import Message, Number
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.seen_pairs import OVER_THE_MEAN, OVER_THE_MEAN_NOTE, relative_cell
from testigo.publication.report.sentences import Quoted
from testigo.publication.report.speech import NOT_APPLICABLE, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.publication.report.evidence import Evidence, Row

_MET = {
    "yes": Message("yes"),
    "no": Message("no"),
    "not_applicable": NOT_APPLICABLE,
    "suppressed": SUPPRESSED,
}


def every_pair(evidence: Evidence, period: str | None) -> Figure | None:
    """Build the table of all pairs in the year of the question."""
    rows = evidence.rows("convergence", area_level="whole", period=period) if period else []
    if not rows:
        return None
    met = [row for row in rows if row["met"] == "yes"]
    judged = [row for row in rows if row["met"] in {"yes", "no"}]
    values = {
        "met": Number(len(met)),
        "pairs": Number(len(judged)),
        "period": period,
        "whole": evidence.whole_name,
    }
    return Figure(
        "pairs",
        Message("Pairs of sources that converge in {whole} in {period}: {met} of {pairs}", values)
        if judged
        else Message("No pair of sources can be judged in {whole}", values),
        Message("Counts of {whole} in {period}, in the unit of each source.", values),
        Message("A table of every pair of sources."),
        table=_pairs_table(evidence, rows),
        open_table=True,
    )


def _pairs_table(evidence: Evidence, rows: Sequence[Row]) -> DataTable:
    cells = tuple(
        (
            Message(
                "{first} and {second}",
                {
                    "first": Quoted(evidence.name(str(row["source_a"]))),
                    "second": Quoted(evidence.name(str(row["source_b"]))),
                },
            ),
            _MET[str(row["met"])],
            _count_cell(row, "count_a"),
            _count_cell(row, "count_b"),
            relative_cell(row),
        )
        for row in rows
    )
    head = (
        Message("pair"),
        Message("converge"),
        Message("first count"),
        Message("second count"),
        OVER_THE_MEAN,
    )
    return DataTable(
        Message("Every pair of sources in the whole territory"),
        head,
        cells,
        frozenset({2, 3, 4}),
        file="convergence",
        note=OVER_THE_MEAN_NOTE,
    )


def _count_cell(row: Row, column: str) -> object:
    if is_suppressed(row):
        return SUPPRESSED
    value = number_in(row, column)
    return None if value is None else Number(value)
