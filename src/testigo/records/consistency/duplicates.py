"""Records of one source that look like one victim: C24."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.records.consistency.arithmetic import plain
from testigo.records.consistency.model import ConsistencyRule, Evidence, Finding

if TYPE_CHECKING:
    import ibis

    from testigo.records.model import Source

NEAR_DAYS: Final = (0, 1)  # domain.md 10: the same date or the next
CHANCE_DAY: Final = 7  # the same weekday: alike in all else, too far apart to be one event
SIGNIFICANT: Final = 3.0  # standard deviations of a Poisson count; project default
_SHIFTS: Final = (  # days and years of age from one record to the other; each pair once
    (0, 1),
    *((days, years) for days in (1, CHANCE_DAY) for years in (-1, 0, 1)),
)
_BLOCK: Final = ("source", "area", "sex", "weapon")


def check_duplicates(evidence: Evidence) -> list[Finding]:
    """C24: pairs of records with the same place, sex and weapon, dates and ages one apart.

    Chance makes such pairs too, in a large city many. How many is read off the same records a
    week apart, where two rows cannot be one event. No row is removed.
    """
    records = [source for source in evidence.sources if source.kind == "records"]
    if not records:
        return []
    pairs = _pairs_by_lag(evidence.accepted, [source.id for source in records])
    findings = [_finding(source, pairs.get(source.id, {})) for source in records]
    return [finding for finding in findings if finding is not None]


def _pairs_by_lag(accepted: ibis.Table, sources: list[str]) -> dict[str, dict[int, int]]:
    """Count the pairs of alike records by source and days between them.

    Records are first counted by cell, and cells joined by equality only, so that the cost grows
    with the records and not with their pairs.
    """
    import ibis
    import pyarrow as pa

    lag, older = (pa.array(part, pa.int64()) for part in zip(*_SHIFTS, strict=True))
    shifts = ibis.memtable(pa.table({"lag": lag, "older": older}))
    with _cells(accepted, sources).cache() as cells:
        first = cells.cross_join(shifts)
        first = first.mutate(day=first["day"] + first["lag"], age=first["age"] + first["older"])
        joined = first.join(cells, [*_BLOCK, "day", "age"], rname="{name}_other")
        across = joined.group_by("source", "lag").aggregate(
            pairs=(joined["n"] * joined["n_other"]).sum().cast("int64")
        )
        within = cells.group_by("source").aggregate(
            lag=ibis.literal(0, "int64"),
            pairs=(cells["n"] * (cells["n"] - 1) / 2).sum().cast("int64"),
        )
        rows = [*across.to_pyarrow().to_pylist(), *within.to_pyarrow().to_pylist()]
    pairs: dict[str, dict[int, int]] = {}
    for row in rows:
        by_lag = pairs.setdefault(row["source"], {})
        by_lag[row["lag"]] = by_lag.get(row["lag"], 0) + (row["pairs"] or 0)
    return pairs


def _cells(accepted: ibis.Table, sources: list[str]) -> ibis.Table:
    """Count the records that agree in all that the rule compares; only rows that state it all."""
    import ibis

    rows = accepted.filter(
        accepted["source"].isin(sources),
        accepted["date_precision"] == "day",
        accepted["area"].notnull(),
        accepted["sex_status"] == "stated",
        accepted["age"].notnull(),
    )
    # an unknown weapon is alike only to another unknown one
    cells = rows.group_by(
        "source",
        "area",
        "sex",
        weapon=rows["weapon"].fill_null(""),
        day=rows["date"].delta(ibis.date(1970, 1, 1), unit="day"),
        age=rows["age"],
    )
    return cells.aggregate(n=rows.count())


def _finding(source: Source, pairs: dict[int, int]) -> Finding | None:
    found = sum(pairs.get(day, 0) for day in NEAR_DAYS)
    if not found:
        return None
    # on one day, n records make half as many pairs as between two days of n records
    chance = 1.5 * pairs.get(CHANCE_DAY, 0)
    beyond_chance = found - chance > SIGNIFICANT * math.sqrt(max(found, chance))
    values = {"pairs": Number(found), "chance": Number(chance), "source": source.name}
    if beyond_chance:
        text = Message(
            "{source}: {pairs} pairs of records agree in place, sex and weapon, with dates and ages"
            " at most one apart; chance would make about {chance}. Some may be victims of one"
            " event, others one victim written twice: look at them before you publish. Nothing"
            " was removed.",
            values,
        )
    else:
        text = Message(
            "{source}: {pairs} pairs of records agree in place, sex and weapon, with dates and ages"
            " at most one apart; chance alone would make about {chance}.",
            values,
        )
    return Finding(
        table=source.id,
        rule="C24",
        severity="warning" if beyond_chance else "info",
        where="-",
        found=plain(found, 0),
        expected=plain(chance, 0),
        explanation=text,
    )


DUPLICATES: Final = ConsistencyRule(
    code="C24",
    title=Message("No victim is written twice"),
    checks=Message(
        "Counts pairs of records of one source with the same place, sex and weapon, dates at most"
        " one day and ages at most one year apart, beside what chance would make."
    ),
    severities=("warning", "info"),
    needs=Message("A source of records with day, area, sex and age."),
    check_evidence=check_duplicates,
)
