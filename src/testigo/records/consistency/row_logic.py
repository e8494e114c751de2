"""Dates and ages that cannot be, counted over the rows of a source: C22."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.records.consistency.model import ConsistencyRule, Evidence, Finding
from testigo.records.reasons import REASON_RULES, ReasonCode

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from testigo.records.model import Ingested

MOST: Final = 0.5  # project default: beyond it the column is wrong, not the rows
IMPOSSIBLE: Final = frozenset(  # rows that count although their dates cannot be true
    {ReasonCode.DEATH_BEFORE_EVENT, ReasonCode.EVENT_AFTER_REGISTRATION}
)
DOUBTFUL: Final = frozenset(  # one of two columns is wrong, or a value was taken as unknown
    {
        ReasonCode.WEEKDAY_CONTRADICTS_DATE,
        ReasonCode.YEAR_CONTRADICTS_DATE,
        ReasonCode.MONTH_CONTRADICTS_DATE,
        ReasonCode.AGE_IMPLAUSIBLE,
        ReasonCode.BIRTH_YEAR_IMPLAUSIBLE,
        ReasonCode.AGE_CONTRADICTS_BIRTH_YEAR,
    }
)
FUTURE: Final = "future_date"
SET_ASIDE: Final = frozenset({ReasonCode.DATE_IMPOSSIBLE})  # rows that do not count


def check_row_logic(evidence: Evidence) -> list[Finding]:
    """C22: no death before its event, no day that has not come, no weekday of another day.

    Impossible rows that count are an error. Contradictions are a warning, and an error when most
    of the rows have them: then a whole column is wrong, the year of every date for instance.
    """
    found = [finding for one in evidence.ingested for finding in _check_source(one)]
    if evidence.as_of is None:
        return found
    return found + [
        finding for one in evidence.ingested for finding in _check_future(one, evidence.as_of)
    ]


def _check_future(ingested: Ingested, as_of: date) -> list[Finding]:
    """Find rows that count although their day has not come yet."""
    import pyarrow as pa
    import pyarrow.compute as pc

    dates = ingested.accepted["date"]
    rows = pc.sum(pc.greater(dates, pa.scalar(as_of))).as_py() or 0
    if not rows:
        return []
    values = {"rows": Number(rows), "latest": str(pc.max(dates).as_py()), "as_of": str(as_of)}
    return [
        Finding(
            table=ingested.source.id,
            rule="C22",
            severity="error",
            where=FUTURE,
            found=str(rows),
            expected="0",
            explanation=Message(
                "{rows} rows are dated after the day of the run ({as_of}), the latest {latest}:"
                " a year or a month was mistyped, or the columns are confused.",
                values,
            ),
        )
    ]


def _check_source(ingested: Ingested) -> list[Finding]:
    flagged, aside = _rows_by_reason(ingested.flags), _rows_by_reason(ingested.set_aside)
    rows = ingested.accepted.num_rows
    findings = [
        _finding(ingested, code, flagged[code], _rows_looked_at(code, rows, flagged))
        for code in sorted(IMPOSSIBLE | DOUBTFUL)
        if flagged[code]
    ]
    return findings + [
        _finding(ingested, code, aside[code], rows + aside[code])
        for code in sorted(SET_ASIDE)
        if aside[code]
    ]


def _rows_by_reason(table: pa.Table) -> Counter[str]:
    counted = table["reason"].value_counts().to_pylist()
    return Counter({entry["values"]: entry["counts"] for entry in counted})


def _rows_looked_at(code: ReasonCode, rows: int, flagged: Counter[str]) -> int:
    if code is ReasonCode.WEEKDAY_CONTRADICTS_DATE:
        return rows - flagged[ReasonCode.WEEKDAY_MISSPELLED]
    return rows


def _finding(ingested: Ingested, code: ReasonCode, rows: int, looked_at: int) -> Finding:
    share = rows / max(rows, looked_at)
    most = code in DOUBTFUL and share > MOST
    values = {
        "rows": Number(rows),
        "all": Number(max(rows, looked_at)),
        "share": Number(share, 1, percent=True),
        "meaning": REASON_RULES[code].meaning,
    }
    if most:
        text = Message(
            "{rows} of {all} rows ({share}): {meaning} In most rows, so it is the column that is"
            " wrong and not the rows: find out what it holds before you publish from it.",
            values,
        )
    elif code in SET_ASIDE:
        text = Message(
            "{rows} of {all} rows ({share}): {meaning} They wait in quarantine and do not count.",
            values,
        )
    else:
        text = Message("{rows} of {all} rows ({share}): {meaning}", values)
    return Finding(
        table=ingested.source.id,
        rule="C22",
        severity="error" if most or code in IMPOSSIBLE else "warning",
        where=str(code),
        found=str(rows),
        expected="0",
        explanation=text,
    )


ROW_LOGIC: Final = ConsistencyRule(
    code="C22",
    title=Message("Dates and ages can be true"),
    checks=Message(
        "Counts the rows whose dates, weekday, age or year of birth cannot be true together."
    ),
    severities=("error", "warning"),
    needs=Message("Any source."),
    check_evidence=check_row_logic,
)
