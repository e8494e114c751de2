"""Each stratum's estimate beside its recorded victims; a refused one is shown as refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded_chart import estimate_rows, make_legend, make_row
from testigo.publication.report.unrecorded_groups import (
    count_in_sums,
    count_leaning,
    count_refused,
    count_told,
    count_withheld,
    say_commonest,
)
from testigo.publication.report.unrecorded_words import (
    Together,
    estimate_cell,
    name_stratum,
    observed_cell,
    reasons_cell,
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


def show_strata(
    evidence: Evidence, rows: Sequence[Row], *, lineage: Lineage, grouped: bool
) -> Figure:
    """Build the figure of the strata, in the order of their names.

    Parameters
    ----------
    evidence, rows, lineage
        Of the page; of the strata; of the overlaps.
    grouped
        Whether a figure of their groups stands before, and says why strata are refused.
    """
    note = evidence.report.strata_note
    rows = sorted(rows, key=lambda row: _order(evidence, row))
    drawn = _choose_drawn(rows)
    values: dict[str, object] = {
        "all": Number(len(rows)),
        "told": Number(count_told(rows)),
        "withheld": Number(count_withheld(rows)),
        "warned": Number(
            sum(row["verdict"] == "warn" and number_in(row, "high") is not None for row in rows)
        ),
        "left": Number(len(rows) - len(drawn)),
        "whole": evidence.whole_name,
        "groups": say_groups(evidence, len(rows)),
        "file": "tables/estimates.csv",
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
        notes=(
            *_notes(rows, drawn, values),
            *(() if grouped else say_commonest(rows, most=_MOST_REASONS)),
            *((note,) if note and not grouped else ()),
        ),
        table=_table(evidence, rows),
        lineage=lineage,
    )


def _title(values: dict[str, object]) -> Message:
    if values["withheld"] != Number(0):
        return Message(
            "Strata with an estimate: {told} of {all} (with a warning: {warned}); suppressed, so "
            "that nobody is exposed: {withheld}",
            values,
        )
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
    alone = [row for row in told if not count_leaning([row])]
    return next((each for each in (list(rows), told, alone) if len(each) <= _MOST_DRAWN), [])


def _draw(evidence: Evidence, rows: Sequence[Row], language: Language, width: int) -> Plot:
    named = [
        replace(
            make_row(row, in_words(name_stratum(evidence, str(row["stratum"])), language)),
            beside=_write_numbers(row, language),
        )
        for row in rows
    ]
    return estimate_rows(named, width=width)


def _write_numbers(row: Row, language: Language) -> str:
    """Write what a printed bar and its interval stand for: 355 → 436-1,137."""
    observed, low, high = (number_in(row, name) for name in ("observed", "low", "high"))
    if observed is None or low is None or high is None:
        return ""
    recorded, least, most = (in_words(Number(each), language) for each in (observed, low, high))
    return f"{recorded} → {least}–{most}"


def _notes(
    rows: Sequence[Row], drawn: Sequence[Row], values: dict[str, object]
) -> tuple[Message, ...]:
    notes = [
        Message(
            "The strata stand in the order of their names. Where two intervals overlap, nobody "
            "knows which had more victims."
        ),
        Message("Beside a row, on a wide page: the people on a list → the limits for all."),
    ]
    if len(drawn) == len(rows):
        return tuple(notes)
    if len(drawn) < count_told(rows):
        left = Message(
            "{left} strata are not drawn; all of them are in the table of every stratum ({file}).",
            values,
        )
    else:
        left = Message("Strata not drawn, but in the table of every stratum ({file}): {kinds}.",
                       values | {"kinds": Together(_kinds(rows))})  # fmt: skip
    return (*notes, left)


def _kinds(rows: Sequence[Row]) -> tuple[Message, ...]:
    """Say of what kinds the strata without an estimate are, and how many of each."""
    counted = (
        (count_refused(rows), Message("refused: {count}")),
        (count_in_sums(rows), Message("too small for a figure, only in sums: {count}")),
        (count_withheld(rows), Message("suppressed: {count}")),
    )
    return tuple(replace(said, values={"count": Number(count)}) for count, said in counted if count)


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
