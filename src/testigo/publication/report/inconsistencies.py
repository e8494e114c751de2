"""What does not add up in the sources themselves, and what is blocked until somebody signs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.core import YEAR_LETTERS, Message, Number
from testigo.publication.report.charts import Bar, year_bars
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import number_in
from testigo.publication.report.figures import (
    DataTable,
    Figure,
    Finding,
    FindingsList,
    Note,
    Section,
)
from testigo.publication.report.palette import mark_of
from testigo.publication.report.printed_figures import SEVERITIES, printed_figure
from testigo.publication.report.sentences import Quoted
from testigo.publication.report.speech import Figures, Listing
from testigo.publication.report.told_findings import say_explanation, say_override, say_where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Drawing, Lineage

_MOST: Final = 40
_MOST_CELLS: Final = 15


def show_inconsistencies(evidence: Evidence) -> Section:
    """Build the section."""
    title = Message("What does not add up in the sources")
    parts: list[object] = [_block_note(evidence, name) for name in sorted(evidence.report.blocked)]
    findings = evidence.rows("consistency")
    parts += [
        figure
        for source in sorted({str(row["source"]) for row in evidence.rows("printed_rates")})
        if (figure := printed_figure(evidence, source, findings))
    ]
    parts += _subset_figures(evidence)
    if findings:
        parts.append(_findings_list(evidence, findings))
    elif "consistency" in evidence.report.tables:
        parts.append(Note(Message("No rule found anything to object to.")))
    else:
        parts.append(Note(Message("The consistency rules were not run.")))
    lead = Message(
        "Every figure that a source prints is computed again. An error blocks what rests on it "
        "until somebody signs for it with a reason, and the reason stays here for all to see."
    )
    return Section("inconsistencies", title, (lead,), tuple(parts))


def _block_note(evidence: Evidence, name: str) -> Note:
    errors = sorted(
        {
            (str(row["rule"]), str(row["where"] or ""))
            for row in evidence.rows("consistency", table=name, severity="error")
            if not row["override"]
        }
    )
    values = {
        "name": Quoted(evidence.name(name)),
        "rules": Listing(tuple(dict.fromkeys(rule for rule, _ in errors))),
        "id": name,
        "places": Listing(
            tuple(
                Message("{rule}, {where}", {"rule": rule, "where": say_where(evidence, where)})
                if where
                else rule
                for rule, where in errors
            )
        ),
    }
    return Note(
        Message(
            "An error ({places}) withholds every figure of {name}, those of other years too: who "
            "delivers one figure that cannot be right may have others. To unblock it, mend the "
            "delivery, or add "
            "a line to hand/overrides.csv for {id} and rule {rules}: table, rule, where, reason, "
            "who signs (a role, not a person) and the day.",
            values,
        ),
        "block",
        Message("Blocked: {name}", {"name": evidence.name(name)}),
    )


def _findings_list(evidence: Evidence, findings: Sequence[Row]) -> FindingsList:
    order = list(SEVERITIES)
    ranked = sorted(
        findings,
        key=lambda row: (order.index(str(row["severity"])), *map(str, (row["table"], row["rule"]))),
    )
    counts = Counter(str(row["severity"]) for row in findings)
    return FindingsList(
        Message(
            "Errors: {errors}. Warnings: {warnings}. Notes: {notes}.",
            {
                "errors": Number(counts["error"]),
                "warnings": Number(counts["warning"]),
                "notes": Number(counts["info"]),
            },
        ),
        tuple(_finding(evidence, row) for row in ranked[:_MOST]),
        left_out=max(0, len(ranked) - _MOST),
    )


def _finding(evidence: Evidence, row: Row) -> Finding:
    severity = str(row["severity"])
    return Finding(
        severity,
        SEVERITIES[severity],
        str(row["rule"]),
        evidence.name(str(row["table"])),
        say_where(evidence, str(row["where"] or "")),
        *_numbers(row),
        say_explanation(evidence, row),
        say_override(evidence, row) if row["override"] else None,
    )


def _numbers(row: Row) -> tuple[Figures | None, Figures | None]:
    """Return what was found and expected, where these are numbers and not codes."""
    found, expected = str(row["found"] or ""), str(row["expected"] or "")
    told = any(sign.isdigit() for sign in found + expected)
    return (Figures(found), Figures(expected)) if told else (None, None)


def _subset_figures(evidence: Evidence) -> list[Figure]:
    cells = evidence.rows("consistency_cells")
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in cells:
        grouped.setdefault((str(row["table"]), str(row["rule"])), []).append(row)
    return [_subset_figure(evidence, *key, rows) for key, rows in sorted(grouped.items())]


def _subset_figure(evidence: Evidence, table: str, rule: str, rows: Sequence[Row]) -> Figure:
    known = evidence.by_id.get(table)
    by_year = Counter(int(str(row["period"])[:YEAR_LETTERS]) for row in rows)
    excess = sum(_excess(row) for row in rows)
    values = {
        "cells": Number(len(rows)),
        "part": Quoted(evidence.name(table)),
        "whole": Quoted(evidence.name(known.subset_of or "") if known else ""),
        "excess": Number(excess),
        "first": min(by_year),
        "last": max(by_year),
        "rule": rule,
        "most": max(by_year, key=lambda year: (by_year[year], year)),
    }
    ident = f"cells-{evidence.places.get(table, 0) + 1}-{rule.lower()}"
    top = sorted(rows, key=lambda row: (-_excess(row), str(row["area"]), str(row["period"])))
    return Figure(
        ident,
        Message(
            "In {cells} places and months {part} counts more than the whole it is a part of", values
        ),
        Message(
            "Places and months in which that happens, by year, {first} to {last}. Rule {rule}.",
            values,
        ),
        Message("The year with most of them is {most}.", values),
        _year_drawing(evidence, table, by_year, ident) if len(by_year) > 1 else (),
        quote=Message(
            "In {cells} places and months {part} counts more people killed than {whole}, of which "
            "it should be a part: {excess} more in all.",
            values,
        ),
        table=_cells_table(evidence, top),
        lineage=_cells_lineage(evidence, table, top[0]),
    )


def _excess(row: Row) -> int:
    return int((number_in(row, "found") or 0) - (number_in(row, "expected") or 0))


def _year_drawing(
    evidence: Evidence, table: str, by_year: Counter[int], ident: str
) -> tuple[Drawing, ...]:
    mark = mark_of(evidence.places.get(table, 0))
    bars = [Bar(year, by_year[year]) for year in range(min(by_year), max(by_year) + 1)]
    return draw_variants(
        lambda _, width: year_bars(bars, mark=mark, width=width),
        named_by=f"{ident}-title {ident}-alt",
    )


def _cells_table(evidence: Evidence, top: Sequence[Row]) -> DataTable:
    cells = tuple(
        (
            evidence.area_name(str(row["area"])),
            str(row["period"]),
            Number(number_in(row, "found") or 0),
            Number(number_in(row, "expected") or 0),
        )
        for row in top[:_MOST_CELLS]
    )
    head = (Message("place"), Message("period"), Message("the part"), Message("the whole"))
    return DataTable(
        Message("The cells with the largest excess"),
        head,
        cells,
        frozenset({2, 3}),
        file="consistency_cells",
        left_out=max(0, len(top) - _MOST_CELLS),
    )


def _cells_lineage(evidence: Evidence, table: str, row: Row) -> Lineage:
    return evidence.lineage(
        (table,),
        table="counts",
        area=str(row["area"]),
        period=str(row["period"]),
        source=table,
    )
