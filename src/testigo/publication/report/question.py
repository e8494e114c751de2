"""The top of the page: one question, one sentence, one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import Message, Number
from testigo.publication.report.answers import (
    Answer,
    answer_sentence,
    find_answers,
    lowest_and_highest,
)
from testigo.publication.report.blocks import tell_block
from testigo.publication.report.charts import DotRow, dot_rows
from testigo.publication.report.choices import choose_main_period
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import DataTable, Figure, Note, Section
from testigo.publication.report.linked_answers import answer_of_lists, quote_of_lists
from testigo.publication.report.palette import mark_of
from testigo.publication.report.sentences import DATE_BASES, PLACE_BASES, UNITS, Quoted
from testigo.publication.report.speech import SUPPRESSED, Listing, in_words
from testigo.publication.report.told_findings import say_override, say_where
from testigo.publication.report.unrecorded_answers import (
    explain_refusal,
    quote_estimate,
    tell_published,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.core import Language
    from testigo.publication.model import Report
    from testigo.publication.report.drawing import Plot
    from testigo.publication.report.figures import Drawing

_IDENT = "question"


_APART = {
    "unit": Message("They count something else: not in the range"),
    "subset": Message("They count only a part of the killings: not in the range"),
    "partial": Message("They cover only a part of the year: not in the range"),
}


def headline(report: Report) -> Message | None:
    """Return the question of the page and its answer in one breath; None without a figure."""
    evidence = Evidence(report)
    period = choose_main_period(evidence)
    answers = find_answers(evidence, period) if period else []
    estimate = None if answers else quote_estimate(evidence)
    if not answers and not report.blocked and estimate is None:
        return None
    return Message(
        "{question} {answer}",
        {"question": _question(evidence, period), "answer": _answer(evidence, period, answers)},
    )


def _question(evidence: Evidence, period: str | None) -> Message:
    values = {
        "fate": evidence.fate,
        "whole": evidence.whole_name,
        "period": period,
    }
    if period is None:
        return Message("How many people {fate} in {whole}?", values)
    return Message("How many people {fate} in {whole} in {period}?", values)


def ask_question(evidence: Evidence) -> Section:
    """Build the head of the page."""
    period = choose_main_period(evidence)
    answers = find_answers(evidence, period) if period else []
    estimate = None if answers else quote_estimate(evidence)
    parts: list[object] = []
    if answers:
        parts += _figures(evidence, str(period), answers)
    elif estimate is None:
        parts += _why_nothing(evidence)
    else:
        why = explain_refusal(evidence)
        parts += [why] if why else []
    others = tell_published(evidence)
    parts += [others] if others else []
    answer = _answer(evidence, period, answers)
    return Section(_IDENT, _question(evidence, period), (answer,), tuple(parts))


def rests_on_estimate(evidence: Evidence, period: str | None) -> bool:
    """Whether no source counts everybody, so that the estimate is the answer of the page."""
    counted = find_answers(evidence, period) if period else []
    return not counted and quote_estimate(evidence) is not None


def _answer(evidence: Evidence, period: str | None, answers: Sequence[Answer]) -> Message:
    if not answers or period is None:
        estimate = quote_estimate(evidence)
        return estimate or Message("This observatory publishes no figure yet.")
    if all(answer.standing == "suppressed" for answer in answers):
        return Message("So few that no figure can be published without exposing somebody.")
    counted = [answer for answer in answers if answer.standing == "counted"]
    return answer_of_lists(evidence, period, counted) or answer_sentence(counted)


def _why_nothing(evidence: Evidence) -> list[Note]:
    if not evidence.report.blocked:
        return [Note(Message("No source has a count for the whole territory."))]
    return [tell_block(evidence, name) for name in sorted(evidence.report.blocked)]


def _figures(evidence: Evidence, period: str, answers: Sequence[Answer]) -> list[Figure]:
    shown = [answer for answer in answers if answer.standing != "suppressed"]
    counted = [answer for answer in shown if answer.standing == "counted"]
    if not shown:
        return []
    named_by = f"{_IDENT}-title {_IDENT}-alt"
    drawings: tuple[Drawing, ...] = draw_variants(
        lambda language, width: _draw(evidence, shown, language, width),
        languages=evidence.report.languages,
        named_by=named_by,
    )
    return [
        Figure(
            _IDENT,
            _finding(counted),
            Message(
                "What each source counts in {whole}, {period}; its unit and date are in the table.",
                {"whole": evidence.whole_name, "period": period},
            ),
            _told(shown),
            drawings,
            quote=_quote(evidence, period, counted),
            notes=(*_notes(shown), *_signed(evidence, shown)),
            table=_table(answers),
            lineage=evidence.lineage(
                [answer.source.id for answer in shown],
                table="counts",
                area=evidence.whole.code,
                period=period,
                source=shown[0].source.id,
            ),
        )
    ]


def _finding(counted: Sequence[Answer]) -> Message:
    if len(counted) < 2:  # noqa: PLR2004  # nothing to compare
        return Message("A single source cannot be checked against another")
    low, high = lowest_and_highest(counted)
    if not low.number:
        return Message("The sources do not agree on whether anybody was killed")
    return Message(
        "{count} sources count victims; the highest count is {excess} above the lowest",
        {
            "count": Number(len(counted)),
            "excess": Number(high.number / low.number - 1, percent=True),
        },
    )


def _quote(evidence: Evidence, period: str, counted: Sequence[Answer]) -> Message | None:
    if not counted:
        return None
    linked = quote_of_lists(evidence, period, counted)
    if linked is not None:
        return linked
    low, high = lowest_and_highest(counted)
    values = {
        "fate": evidence.fate,
        "whole": evidence.whole_name,
        "period": period,
        "low": Number(low.number),
        "high": Number(high.number),
        "lowest": Quoted(low.source.name),
        "highest": Quoted(high.source.name),
    }
    if len(counted) == 1:
        return Message("In {period}, {lowest} counted {low} people who {fate} in {whole}.", values)
    return Message(
        "In {period} between {low} and {high} people {fate} in {whole}, depending on who "
        "counts. Lowest count: {lowest}; highest: {highest}.",
        values,
    )


def _told(shown: Sequence[Answer]) -> Listing:
    return Listing(
        tuple(
            Message(
                "{source}: {number} {unit}",
                {
                    "source": answer.source.name,
                    "number": Number(answer.number),
                    "unit": UNITS[answer.source.unit],
                },
            )
            for answer in shown
        )
    )


def _notes(shown: Sequence[Answer]) -> list[Message]:
    standings = {answer.standing for answer in shown}
    notes = [Message("The shaded band runs from the lowest to the highest count of victims.")]
    if "unit" in standings:
        notes.append(
            Message(
                "A file can hold several victims, so files are drawn hollow and kept out of the "
                "range: the two numbers are not of the same thing."
            )
        )
    return notes if len(shown) > 1 else []


def _signed(evidence: Evidence, shown: Sequence[Answer]) -> list[Message]:
    """Say which errors somebody signed for, wherever their figures stand."""
    return [
        Message(
            "In {source} an error was found ({rule}, {where}); it is published all the same, "
            "signed: {override}",
            {
                "source": Quoted(answer.source.name),
                "rule": row["rule"],
                "where": say_where(evidence, str(row["where"] or "-")),
                "override": say_override(evidence, row),
            },
        )
        for answer in shown
        for row in evidence.rows("consistency", table=answer.source.id, severity="error")
        if row["override"]
    ]


def _table(answers: Sequence[Answer]) -> DataTable:
    rows = tuple(
        (
            answer.source.name,
            SUPPRESSED if answer.standing == "suppressed" else Number(answer.number),
            UNITS[answer.source.unit],
            DATE_BASES[answer.source.date_basis],
            PLACE_BASES[answer.source.place_basis],
            Number(answer.count.months),
        )
        for answer in answers
    )
    head = (
        Message("source"),
        Message("count"),
        Message("unit"),
        Message("date"),
        Message("place"),
        Message("months covered"),
    )
    return DataTable(
        Message("What each source counts"), head, rows, frozenset({1, 5}), file="counts"
    )


def _draw(
    evidence: Evidence, shown: Sequence[Answer], language: Language | None, width: int
) -> Plot:
    spoken: Language = language or "en"
    rows = [_row(evidence, answer, spoken) for answer in shown if answer.standing == "counted"]
    for standing, heading in _APART.items():
        apart = [answer for answer in shown if answer.standing == standing]
        if apart:
            rows.append(DotRow(heading.in_language(spoken), None))
            rows += [_row(evidence, answer, spoken) for answer in apart]
    counted = [answer.number for answer in shown if answer.standing == "counted"]
    band = (min(counted), max(counted)) if counted else None
    return dot_rows(rows, band=band, width=width)


def _row(evidence: Evidence, answer: Answer, language: Language) -> DotRow:
    label = in_words(answer.source.name, language)
    if answer.standing == "unit":
        label += f" · {UNITS[answer.source.unit].in_language(language)}"
    return DotRow(
        label,
        answer.number,
        Number(answer.number).in_language(language),
        mark_of(evidence.places[answer.source.id]),
        apart=answer.standing != "counted",
    )
