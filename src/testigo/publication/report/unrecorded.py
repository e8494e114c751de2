"""The section on those whom no list recorded: an estimate with its verdict, or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.estimation import METHOD_NAMES
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable, Figure, Note, Section, Texts
from testigo.publication.report.unrecorded_answers import (
    estimate_values,
    list_ids,
    order_methods,
)
from testigo.publication.report.unrecorded_chart import estimate_rows, make_legend, make_row
from testigo.publication.report.unrecorded_groups import show_groups
from testigo.publication.report.unrecorded_quotes import quote_row
from testigo.publication.report.unrecorded_reasons import lift_reasons, reads_low
from testigo.publication.report.unrecorded_strata import show_strata
from testigo.publication.report.unrecorded_words import (
    advise,
    estimate_cell,
    observed_cell,
    reasons_cell,
    tabulate_reasons,
    verdict_cell,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.core import Language
    from testigo.publication.report.drawing import Plot
    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Lineage

IDENT: Final = "unrecorded"


def show_unrecorded(evidence: Evidence) -> Section:
    """Build the section; where nothing was estimated it says so."""
    title = Message("Those whom no list recorded")
    rows = sorted(evidence.rows("estimates"), key=order_methods)
    if not rows:
        return Section(IDENT, title, parts=(_nothing(evidence),))
    strata = list(dict.fromkeys(str(row["stratum"] or "") for row in rows))
    main = [row for row in rows if not row["stratum"] or len(strata) == 1]
    parts = [row for row in rows if row["stratum"]] if len(strata) > 1 else []
    found: list[object] = []
    if main:
        found += _everybody(evidence, main, rows)
    groups = show_groups(evidence, parts, lineage=_lineage(evidence))
    if groups:
        found.insert(1, groups)  # the plain cause, before the rules
    help_ = advise(rows)
    if help_:
        found.append(Texts(Message("What would help"), help_))
    found.append(Texts(Message("How it was done"), _method(rows[0])))
    if parts:  # last: a chart of many strata takes a sheet of paper
        found.append(
            show_strata(evidence, parts, lineage=_lineage(evidence), grouped=groups is not None)
        )
    return Section(IDENT, title, (_LEAD,), tuple(found))


_LEAD: Final = Message(
    "No list is whole. From how the lists overlap one can say how many victims are on none of "
    "them, if the lists allow it; where they do not, there is no number here, and the reasons."
)


def _nothing(evidence: Evidence) -> Note:
    if evidence.report.blocked and "estimates" in evidence.report.tables:
        return Note(
            Message("The estimate rests on a list that is blocked, so it is not published."),
            "block",
        )
    return Note(
        Message(
            "Nothing was estimated: it takes lists that are linked, or a table of how they overlap."
        )
    )


def _everybody(evidence: Evidence, rows: Sequence[Row], every: Sequence[Row]) -> list[object]:
    """Answer for all people together: the figure, the verdict, and its reasons."""
    row = rows[0]
    values = estimate_values(evidence, row)
    low = reads_low(row, every)
    named_by = f"{IDENT}-title {IDENT}-alt"
    figure = Figure(
        IDENT,
        _title(row, values, low=low),
        Message("Victims in {whole}; recorded by {lists}; {method}.", values),
        Message("A bar for the victims on the lists, a dot with its interval for all victims."),
        draw_variants(
            lambda language, width: _draw(rows, language or "en", width),
            languages=evidence.report.languages,
            named_by=named_by,
        )
        if not is_suppressed(row)
        else (),
        quote=quote_row(row, values, low=low),
        legend=make_legend(rows),
        table=_table(rows),
        lineage=_lineage(evidence),
    )
    verdict = Message("Verdict: {verdict}", {"verdict": verdict_cell(row)})
    reasons = tabulate_reasons(row)
    said = lift_reasons(evidence, row, every) if reasons else (_no_doubt(row),)
    return [figure, Texts(verdict, said), *([reasons] if reasons else [])]


def _no_doubt(row: Row) -> Message:
    if is_suppressed(row):
        return Message("Numbers behind it are so small that an answer would expose somebody.")
    return Message("None of the rules speaks against it.")


def _title(row: Row, values: dict[str, object], *, low: bool) -> Message:
    if is_suppressed(row):
        return Message("No estimate can be published without exposing somebody")
    if number_in(row, "high") is None:
        return Message(
            "{observed} victims are on at least one list; how many more there were cannot be said",
            values,
        )
    if low or row["method"] == "lower-bound":
        return Message("There were at least {low} victims; {observed} are on a list", values)
    return Message("In all there were {range} victims; {observed} are on at least one list", values)


def _draw(rows: Sequence[Row], language: Language, width: int) -> Plot:
    names = (_label(row, rows).in_language(language) for row in rows)
    return estimate_rows(
        [make_row(row, name) for row, name in zip(rows, names, strict=True)], width=width
    )


def _label(row: Row, rows: Sequence[Row]) -> Message:
    """Name a bar; where it stands alone without an estimate, by what it counts."""
    if len(rows) == 1 and number_in(row, "high") is None:
        return Message("recorded")
    return METHOD_NAMES[str(row["method"])]


def _table(rows: Sequence[Row]) -> DataTable:
    return DataTable(
        Message("Every method, with its verdict"),
        (
            Message("method"),
            Message("on at least one list"),
            Message("all victims"),
            Message("verdict"),
            Message("reasons"),
        ),
        tuple(
            (
                METHOD_NAMES[str(row["method"])],
                observed_cell(row),
                estimate_cell(row),
                verdict_cell(row),
                reasons_cell(row),
            )
            for row in rows
        ),
        numeric=frozenset({1, 2}),
        file="estimates",
    )


def _lineage(evidence: Evidence) -> Lineage:
    """Deliveries behind the overlaps, and the walk back from the estimate."""
    return evidence.lineage_of_overlaps(list_ids(evidence), table="estimates")


def _method(row: Row) -> tuple[Message, ...]:
    how = (
        Message(
            "People fall into groups, seen by nobody, that are not equally easy to record; within "
            "a group the lists know nothing of each other, and how many groups there are is left "
            "to the data (latent class model, Manrique-Vallier 2016)."
        )
        if row["method"] == "latent-class"
        else Message("Method: {method}.", {"method": METHOD_NAMES[str(row["method"])]})
    )
    return (
        how,
        Message(
            "Several runs that begin apart must agree before there is a number; where lists were "
            "linked, the doubt about who is who is in the interval; a sum of strata adds draws, "
            "never limits."
        ),
        Message(
            "No list and no model can know people whom every list missed for the same reason: "
            "that there is no such group is assumed, not found."
        ),
    )
