"""Items add up to their total: C06."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message, Number
from testigo.records.consistency.answers import answer
from testigo.records.consistency.arithmetic import (
    as_printed,
    decimals_of,
    half_step,
    plain,
)
from testigo.records.consistency.model import Claim, ConsistencyRule, Evidence, Finding, Parameter
from testigo.records.folding import fold
from testigo.records.reasons import ReasonCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.records.model import Ingested, Source

_WHOLE_NUMBER: Final = re.compile(r"(\d+|\d{1,3}(?:[.,\s]\d{3})+)(?:[.,]0{1,2})?")
_SCOPE: Final = (  # with them, a total of the whole file says nothing about what we accepted
    ReasonCode.OUT_OF_SCOPE,
    ReasonCode.OUTSIDE_VALID_RANGE,
)
_NO_DATA: Final = (ReasonCode.FOOTER, ReasonCode.BLANK_ROW, ReasonCode.TOTAL_ROW)


def check_sum(claim: Claim) -> Finding:
    """C06: the items of a sentence add up to its total, within their rounding."""
    items, total = claim.numbers("items"), claim.number("total")
    added = sum(items)
    rounding = sum(half_step(number) for number in (*items, total) if decimals_of(number))
    values = {
        "sum": Number(float(added), max(decimals_of(item) for item in items)),
        "total": as_printed(total),
        "rest": Number(float(abs(total - added) / total), 1, percent=True),
    }
    found, expected = str(added), str(total)
    if abs(added - total) <= rounding:
        text = Message("The parts add up to {sum}, as the text says.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    if added < total:
        text = Message(
            "The parts add up to {sum} of {total}: {rest} of the total is unexplained.", values
        )
    else:
        text = Message("The parts add up to {sum}, {rest} more than the total {total}.", values)
    return answer(claim, "warning", found=found, expected=expected, explanation=text)


def check_total_rows(evidence: Evidence) -> list[Finding]:
    """C06: the total printed below a delivered table is the sum of the rows accepted from it."""
    return [finding for one in evidence.ingested for finding in _check_source(one)]


def _check_source(ingested: Ingested) -> list[Finding]:
    totals = _total_rows(ingested.set_aside)
    if not totals:
        return []
    narrowed = _files_with(ingested.set_aside, *_SCOPE)
    counted = _counted_by_file(ingested)
    findings = []
    for row in totals:
        total = _printed_total(row["content"], ingested.source)
        file = row["file"]
        if total is not None and file not in narrowed and total != counted.get(file, 0):
            findings.append(_finding(ingested, row, total, counted.get(file, 0)))
    return findings


def _total_rows(aside: pa.Table) -> list[dict[str, str]]:
    """Lines below the table, and a line of total inside it when it is the only one of its file.

    Several totals in one file are those of its parts, and none of them is that of the file.
    """
    below = aside.filter(pc.equal(aside["reason"], ReasonCode.FOOTER.value))
    inside = aside.filter(pc.equal(aside["reason"], ReasonCode.TOTAL_ROW.value))
    times = Counter(inside["file"].to_pylist())
    alone = [row for row in inside.to_pylist() if times[row["file"]] == 1]
    return [*below.to_pylist(), *alone]


def _files_with(aside: pa.Table, *reasons: ReasonCode) -> set[str]:
    codes = pa.array([reason.value for reason in reasons])
    return set(aside.filter(pc.is_in(aside["reason"], value_set=codes))["file"].to_pylist())


def _counted_by_file(ingested: Ingested) -> Mapping[str, int]:
    sums = ingested.accepted.group_by("file").aggregate([("count", "sum")])
    return dict(zip(sums["file"].to_pylist(), sums["count_sum"].to_pylist(), strict=True))


def _printed_total(content: str | None, source: Source) -> int | None:
    """Read the number of a footer that calls itself a total; None when it does not say one."""
    cells = {name: text for name, text in json.loads(content or "{}").items() if text}
    if not any(fold(str(text)).startswith("total") for text in cells.values()):
        return None
    column = fold(source.columns.get("value", ""))
    named = [text for name, text in cells.items() if column and fold(name) == column]
    numbers = [_whole_number(str(text)) for text in named or cells.values()]
    whole = [number for number in numbers if number is not None]
    return whole[0] if len(whole) == 1 else None


def _whole_number(text: str) -> int | None:
    found = _WHOLE_NUMBER.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found[1])) if found else None


def _finding(ingested: Ingested, footer: Mapping[str, object], total: int, counted: int) -> Finding:
    aside = pc.and_(
        pc.equal(ingested.set_aside["file"], footer["file"]),
        pc.invert(
            pc.is_in(
                ingested.set_aside["reason"],
                value_set=pa.array([reason.value for reason in _NO_DATA]),
            )
        ),
    )
    return Finding(
        table=ingested.source.id,
        rule="C06",
        severity="warning",
        where=f"{footer['file']} {footer['row']}",
        found=plain(counted, 0),
        expected=plain(total, 0),
        explanation=Message(
            "A line of {file} prints a total of {total}; the rows accepted from it add up to"
            " {counted}, a difference of {difference}. Rows of this file that were set aside:"
            " {aside}.",
            {
                "file": footer["file"],
                "total": Number(total),
                "counted": Number(counted),
                "difference": Number(abs(total - counted)),
                "aside": Number(pc.sum(aside).as_py() or 0),
            },
        ),
    )


SUM: Final = ConsistencyRule(
    code="C06",
    title=Message("Items add up to their total"),
    checks=Message(
        "Adds the items of a text, and the accepted rows of a delivery that prints its total in a"
        " line below the table."
    ),
    severities=("warning",),
    needs=Message("A delivery with a line of totals below the table."),
    parameters=(
        Parameter("items", "numbers", Message("Numbers that the text adds up.")),
        Parameter("total", "number", Message("Total in the text."), positive=True),
    ),
    check_evidence=check_total_rows,
    check_claim=check_sum,
)
