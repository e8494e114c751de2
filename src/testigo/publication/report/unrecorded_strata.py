"""Each stratum's estimate beside its recorded victims; a refused one is shown as refused."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.estimation import read_reasons
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded_chart import estimate_rows, make_legend, make_row
from testigo.publication.report.unrecorded_words import (
    estimate_cell,
    name_stratum,
    observed_cell,
    reasons_cell,
    reasons_of,
    say_groups,
    verdict_cell,
)
from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.core import Language
    from testigo.publication.report.drawing import Plot
    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Lineage

_IDENT: Final = "unrecorded-strata"
_MOST_DRAWN: Final = 60
_MOST_ROWS: Final = 300
_MOST_REASONS: Final = 3
_LEANING: Final = "leans_on_other_strata"
_BELOW: Final = frozenset(  # rules that ask for more than was found: they can be said without it
    {"too_few_lists", "too_few_people", "too_few_on_several_lists", "no_pair_overlaps"}
)


def show_strata(evidence: Evidence, rows: Sequence[Row], *, lineage: Lineage) -> Figure:
    """Build the figure of the strata, in the order of their names."""
    rows = sorted(rows, key=lambda row: _order(evidence, row))
    drawn = _choose_drawn(rows)
    values: dict[str, object] = {
        "all": Number(len(rows)),
        "told": Number(sum(number_in(row, "high") is not None for row in rows)),
        "warned": Number(
            sum(row["verdict"] == "warn" and number_in(row, "high") is not None for row in rows)
        ),
        "left": Number(len(rows) - len(drawn)),
        "whole": evidence.whole.name,
        "groups": say_groups(evidence, len(rows)),
    }
    return Figure(
        _IDENT,
        _title(values),
        Message("Victims in {whole}, in {groups}: on a list, and in all.", values),
        Message("By name: a bar for the victims on the lists, a dot with its interval for all."),
        draw_variants(
            lambda language, width: _draw(evidence, drawn, language or "en", width),
            languages=evidence.report.languages,
            named_by=f"{_IDENT}-title {_IDENT}-alt",
        )
        if drawn
        else (),
        legend=make_legend(drawn),
        notes=(*_notes(rows, drawn, values), *_commonest(rows)),
        table=_table(evidence, rows),
        lineage=lineage,
    )


def _title(values: dict[str, object]) -> Message:
    if values["told"] == Number(0):
        return Message("None of {all} strata has an estimate", values)
    if values["warned"] == values["told"]:
        return Message("{told} of {all} strata have an estimate, each with a warning", values)
    return Message(
        "{told} of {all} strata have an estimate, {warned} of them with a warning", values
    )


def _order(evidence: Evidence, row: Row) -> tuple[object, ...]:
    """Order by name, numbers in it by size."""
    words = fold(name_stratum(evidence, str(row["stratum"])).in_language("es")).split()
    return tuple((word.isdigit(), int(word) if word.isdigit() else 0, word) for word in words)


def _choose_drawn(rows: Sequence[Row]) -> list[Row]:
    """Draw all strata; where these are too many, those with an estimate, or with their own."""
    told = [row for row in rows if number_in(row, "high") is not None]
    alone = [row for row in told if _LEANING not in str(row["reasons"]).split()]
    return next((each for each in (list(rows), told, alone) if len(each) <= _MOST_DRAWN), [])


def _draw(evidence: Evidence, rows: Sequence[Row], language: Language, width: int) -> Plot:
    named = [
        make_row(row, in_words(name_stratum(evidence, str(row["stratum"])), language))
        for row in rows
    ]
    return estimate_rows(named, width=width)


def _notes(
    rows: Sequence[Row], drawn: Sequence[Row], values: dict[str, object]
) -> tuple[Message, ...]:
    notes = [
        Message(
            "The strata stand in the order of their names. Where two intervals overlap, nobody "
            "knows which had more victims."
        )
    ]
    if len(drawn) < len(rows):
        notes.append(
            Message("{left} strata are not drawn; all of them are in the table below.", values)
        )
    return tuple(notes)


def _commonest(rows: Sequence[Row]) -> tuple[Message, ...]:
    """Say why most of the refused strata were refused."""
    limits = {
        reason.code: reason.threshold
        for row in rows
        if row["verdict"] == "refuse" and not is_suppressed(row)
        for reason in reasons_of(row)
        if reason.code in _BELOW
    }
    times = Counter(code for row in rows if row["verdict"] == "refuse"
                    for code in str(row["reasons"] or "").split() if code in limits)  # fmt: skip
    return tuple(
        Message(
            "Strata refused: {count}; reason: {reason}",
            {
                "count": Number(count),
                "reason": read_reasons(f"{code}=/{limits[code]:g}")[0].text,
            },
        )
        for code, count in times.most_common(_MOST_REASONS)
    )


def _table(evidence: Evidence, rows: Sequence[Row]) -> DataTable:
    return DataTable(
        Message("Every stratum, by name, with its verdict and the reasons"),
        (
            Message("stratum"),
            Message("on at least one list"),
            Message("all victims"),
            Message("verdict"),
            Message("reasons"),
        ),
        tuple(
            (
                name_stratum(evidence, str(row["stratum"])),
                observed_cell(row),
                estimate_cell(row),
                verdict_cell(row),
                reasons_cell(row),
            )
            for row in rows[:_MOST_ROWS]
        ),
        numeric=frozenset({1, 2}),
        file="estimates",
        left_out=max(0, len(rows) - _MOST_ROWS),
    )
