"""A year of which a source covers only some months: C21."""

from __future__ import annotations

from typing import Final

import pyarrow.compute as pc

from testigo.core import MONTHS_IN_YEAR, UNKNOWN_MARK, Message
from testigo.records.consistency.model import ConsistencyRule, Evidence, Finding

_YEAR_LENGTH: Final = 4  # letters of 2020


def check_partial_years(evidence: Evidence) -> list[Finding]:
    """C21: a year that a source covers only in part has no annual figure to compare."""
    counts = evidence.counts
    years = counts.filter(
        pc.and_(
            pc.equal(counts["area_level"], "whole"),
            pc.equal(pc.utf8_length(counts["period"]), _YEAR_LENGTH),
        )
    )
    years = years.filter(pc.not_equal(years["period"], UNKNOWN_MARK))
    last = {row["source"]: row["period"] for row in years.sort_by("period").to_pylist()}
    names = {source.id: source.name for source in evidence.sources}
    partial = years.filter(pc.less(years["months_covered"], MONTHS_IN_YEAR)).to_pylist()
    return [
        _finding(row, names[row["source"]], is_last=row["period"] == last[row["source"]])
        for row in partial
        if row["source"] in names
    ]


def _finding(row: dict[str, object], name: object, *, is_last: bool) -> Finding:
    values = {"year": row["period"], "months": row["months_covered"], "source": name}
    if is_last:
        text = Message(
            "{year}, the last year of {source}, covers {months} of 12 months: its total is no"
            " annual figure and must not be compared with full years.",
            values,
        )
    else:
        text = Message(
            "{source} covers {months} of the 12 months of {year}: its total is no annual figure"
            " and must not be compared with full years.",
            values,
        )
    return Finding(
        table=str(row["source"]),
        rule="C21",
        severity="warning",
        where=str(row["period"]),
        found=str(row["months_covered"]),
        expected=str(MONTHS_IN_YEAR),
        explanation=text,
    )


PARTIAL_YEAR: Final = ConsistencyRule(
    code="C21",
    title=Message("A year is complete"),
    checks=Message("Counts the months of each year in which the source says anything."),
    severities=("warning",),
    needs=Message("A source that is dated by month or day."),
    check_evidence=check_partial_years,
)
