"""What the estimate would be under other assumptions: one picture, one sentence."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.core import Message, Number
from testigo.estimation import SENSITIVITY, explain_sensitivity
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.intervals import IntervalRow, interval_rows
from testigo.publication.report.speech import Listing, in_words
from testigo.publication.report.unrecorded_words import estimate_cell, verdict_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.core import Language
    from testigo.publication.report.drawing import Plot
    from testigo.publication.report.evidence import Evidence, Row

_IDENT: Final = "unrecorded-sensitivity"
_KINDS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "main": Message("as published above"),
        "highest_order": Message("odds ratio of all lists: {setting}"),
        "list_left_out": Message("without {setting}"),
        "lists_merged": Message("{setting} as one list"),
        "classes": Message("{setting} groups of people"),
        "prior": Message("other prior: {setting}"),
    }
)


def show_sensitivity(evidence: Evidence, main: Row | None) -> Figure | None:
    """Build the figure; None where there is no estimate whose assumptions could be moved."""
    if main is None:
        return None
    stratum = main["stratum"] or ""
    rows = [row for row in evidence.rows("sensitivity") if (row["stratum"] or "") == stratum]
    rows.sort(key=lambda row: tuple(_KINDS).index(str(row["kind"])))
    told = [row for row in rows if number_in(row, "high") is not None]
    if len(told) < 2 or told[0]["kind"] != "main":  # noqa: PLR2004  # something to compare
        return None
    _, *sentences, summary = explain_sensitivity(
        pa.Table.from_pylist([{name: row.get(name) for name in SENSITIVITY.arrow.names}
                              for row in rows], schema=SENSITIVITY.arrow)
    )  # fmt: skip
    medians = [number_in(row, "median") or 0 for row in told]
    values = {"low": Number(min(medians)), "high": Number(max(medians))}
    return Figure(
        _IDENT,
        Message("Under other assumptions the estimate goes from {low} to {high}", values),
        Message("All victims, estimated again with one assumption moved at a time."),
        Message("An estimate with its interval for each assumption; the line is the main one."),
        draw_variants(
            lambda language, width: _draw(evidence, told, language or "en", width),
            languages=evidence.report.languages,
            named_by=f"{_IDENT}-title {_IDENT}-alt",
        ),
        quote=summary,
        notes=tuple(sentences),
        table=_table(evidence, rows),
    )


def _name(evidence: Evidence, row: Row) -> Message:
    """Name a setting; lists by the names of their sources."""
    text, setting = _KINDS[str(row["kind"])], str(row["setting"])
    named: object = setting
    if row["kind"] in {"list_left_out", "lists_merged"}:
        named = Listing(tuple(evidence.name(name) for name in setting.split("+")))
    elif row["kind"] == "highest_order":
        named = Number(float(setting), 0 if float(setting).is_integer() else 2)
    return replace(text, values={"setting": named})


def _draw(evidence: Evidence, rows: Sequence[Row], language: Language, width: int) -> Plot:
    shown = [
        IntervalRow(
            in_words(_name(evidence, row), language),
            number_in(row, "median") or 0,
            number_in(row, "low") or 0,
            number_in(row, "high") or 0,
            "above" if row["kind"] == "main" else "alike",
            "",
        )
        for row in rows
    ]
    return interval_rows(shown, reference=shown[0].rate, width=width)


def _table(evidence: Evidence, rows: Sequence[Row]) -> DataTable:
    return DataTable(
        Message("The estimate under each assumption"),
        (Message("assumption"), Message("all victims"), Message("verdict")),
        tuple((_name(evidence, row), estimate_cell(row), verdict_cell(row)) for row in rows),
        numeric=frozenset({1}),
        file="sensitivity",
    )
