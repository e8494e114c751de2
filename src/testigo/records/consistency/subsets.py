"""A part never exceeds its whole: C13."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.records.columns import CONSISTENCY_CELLS
from testigo.records.consistency.answers import answer
from testigo.records.consistency.arithmetic import as_printed
from testigo.records.consistency.model import Claim, ConsistencyRule, Evidence, Finding, Parameter

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from testigo.records.model import Source


def check_subset_claim(claim: Claim) -> Finding:
    """C13: a part is at most its whole, and its own parts add up to it."""
    part, whole, parts = claim.number("part"), claim.number("whole"), claim.numbers("parts")
    total = sum(parts)
    values: dict[str, object] = {"part": as_printed(part), "whole": as_printed(whole)}
    found, expected = str(part), f"<= {whole}"
    if part > whole:
        text = Message("The part, {part}, exceeds the whole, {whole}.", values)
        return answer(claim, "error", found=found, expected=expected, explanation=text)
    if parts and total != part:
        text = Message(
            "{part} is not the sum of its parts, {total}.",
            values | {"total": Number(float(total))},
        )
        return answer(claim, "warning", found=str(total), expected=found, explanation=text)
    text = Message("{part} of {whole}, as it must be.", values)
    return answer(claim, "ok", found=found, expected=expected, explanation=text)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Part and whole in the cells in which both state a number, and where the part is larger."""

    cells: int
    part_sum: int
    whole_sum: int
    worse: pa.Table

    @property
    def is_no_subset(self) -> bool:
        return self.part_sum > self.whole_sum


def check_subsets(evidence: Evidence) -> list[Finding]:
    """C13: a source counts nowhere more than the source that it is a subset of.

    Compared in the finest cells that both can speak of: the coarser of the two levels of area,
    months where both are dated by month. Rows of unknown place or too coarse a date are left out.
    """
    sources = {source.id: source for source in evidence.sources}
    findings = []
    for part in evidence.sources:
        whole = sources.get(part.subset_of or "")
        if whole is not None:
            found = _check_pair(evidence.accepted, part, whole)
            findings += [found] if found is not None else []
    return findings


def _check_pair(accepted: ibis.Table, part: Source, whole: Source) -> Finding | None:
    compared = _compare(_common_cells(accepted, part, whole))
    if not compared.worse.num_rows:
        return None
    return Finding(
        table=part.id,
        rule="C13",
        severity="error" if compared.is_no_subset else "warning",
        where=f"{part.id} <= {whole.id}",
        found=str(compared.worse.num_rows),
        expected="0",
        explanation=_explain(part, whole, compared),
        cells=_cells(compared.worse, part),
        quotes=(whole.id,),
    )


def _compare(both: ibis.Table) -> _Comparison:
    worse = both.filter(both["found"] > both["expected"]).to_pyarrow()
    if not worse.num_rows:
        return _Comparison(0, 0, 0, worse)
    row = both.aggregate(
        cells=both.count(), part=both["found"].sum(), whole=both["expected"].sum()
    ).to_pyarrow()
    cells, part, whole = (int(row[name][0].as_py()) for name in ("cells", "part", "whole"))
    return _Comparison(cells, part, whole, worse)


def _explain(part: Source, whole: Source, compared: _Comparison) -> Message:
    worse = sorted(compared.worse.to_pylist(), key=lambda cell: (cell["area"], cell["period"]))
    largest = max(worse, key=lambda cell: cell["found"] - cell["expected"])
    values = {
        "part": part.name,
        "whole": whole.name,
        "cells": Number(len(worse)),
        "all_cells": Number(compared.cells),
        "share": Number(len(worse) / compared.cells, 1, percent=True),
        "excess": Number(sum(cell["found"] - cell["expected"] for cell in worse)),
        "part_sum": Number(compared.part_sum),
        "whole_sum": Number(compared.whole_sum),
        "area": largest["area"],
        "period": largest["period"],
        "found": Number(largest["found"]),
        "expected": Number(largest["expected"]),
    }
    if compared.is_no_subset:
        return Message(
            "{part} should be a part of {whole}, yet it counts more in {cells} of {all_cells} cells"
            " and in all of them together ({part_sum} against {whole_sum}). It is no subset: do not"
            " subtract one from the other.",
            values,
        )
    return Message(
        "{part} should be a part of {whole}, yet it counts more in {cells} of {all_cells} cells of"
        " area and period ({share}), by {excess} in all; the largest is {area}, {period}: {found}"
        " against {expected}. Together they keep the order ({part_sum} of {whole_sum}), so place,"
        " date or definition differ between the two: do not subtract cell by cell.",
        values,
    )


def _cells(worse: pa.Table, part: Source) -> pa.Table:
    import pyarrow as pa

    names = worse.num_rows * [part.id]
    codes = worse.num_rows * ["C13"]
    return CONSISTENCY_CELLS.checked(
        worse.append_column("table", pa.array(names)).append_column("rule", pa.array(codes))
    )


def _common_cells(accepted: ibis.Table, part: Source, whole: Source) -> ibis.Table:
    """Cells (area, period) with what the part (`found`) and the whole (`expected`) count."""
    level = "parent" if "parent" in {part.area_level, whole.area_level} else "area"
    rows = accepted.filter(accepted["source"].isin([part.id, whole.id]), accepted[level].notnull())
    monthly = rows.filter(rows["date_precision"].isin(["day", "month"]))
    dated = monthly.group_by("source").aggregate(rows=monthly.count()).to_pyarrow().num_rows
    rows, form = (monthly, "%Y-%m") if dated == 2 else (rows, "%Y")  # noqa: PLR2004  # both
    rows = rows.filter(rows["date"].notnull()).mutate(
        area=rows[level], period=rows["date"].strftime(form)
    )
    found, expected = (_counted(rows, source) for source in (part, whole))
    silent_means_zero = whole.silence_is_zero
    joined = found.join(expected, ["area", "period"], how="left" if silent_means_zero else "inner")
    joined = joined.select(
        "area", "period", found=found["counted"], expected=expected["counted"].fill_null(0)
    )
    if not silent_means_zero:
        return joined
    covered = rows.filter(rows["source"] == whole.id).select("period").distinct()
    return joined.semi_join(covered, "period")


def _counted(rows: ibis.Table, source: Source) -> ibis.Table:
    chosen = rows.filter(rows["source"] == source.id)
    counted = chosen.group_by("area", "period").aggregate(counted=chosen["count"].sum())
    return counted.mutate(counted=counted["counted"].cast("int64"))


SUBSET: Final = ConsistencyRule(
    code="C13",
    title=Message("A part is at most its whole"),
    checks=Message(
        "Compares a source with the source that `subset_of` names, in every area and month that"
        " both state; and a part of a text with its whole."
    ),
    severities=("error", "warning"),
    needs=Message("A source with `subset_of`."),
    parameters=(
        Parameter("part", "number", Message("Number of the part.")),
        Parameter("whole", "number", Message("Number of the whole.")),
        Parameter(
            "parts",
            "numbers",
            Message("Numbers that should add up to the part."),
            required=False,
        ),
    ),
    check_evidence=check_subsets,
    check_claim=check_subset_claim,
)
