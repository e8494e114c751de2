"""What the estimates are called on the page: strata, verdicts, reasons, what would help."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import AREA_LEVELS, Message, Number
from testigo.estimation import ESTIMATE_REASONS, read_reasons
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.figures import DataTable
from testigo.publication.report.speech import (
    NOT_ESTIMABLE,
    SUPPRESSED,
    Listing,
    Paragraph,
    in_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.core import Language, Reason
    from testigo.publication.report.evidence import Evidence, Row

VERDICT_WORDS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "publish": Message("may be published"),
        "warn": Message("with a warning"),
        "refuse": NOT_ESTIMABLE,
    }
)
_DECIDES: Final[Mapping[str, Message]] = MappingProxyType(
    {"warn": Message("warns"), "refuse": Message("refuses")}
)
_SEXES: Final[Mapping[str, Message]] = MappingProxyType(
    {"female": Message("women"), "male": Message("men")}
)
_COLUMNS: Final[Mapping[str, Message]] = MappingProxyType(
    {"sex": Message("sex"), "year": Message("year")}
)
_UNKNOWN_VALUE: Final = Message("unknown")
_JOIN: Final = Message(
    "Join strata that are alike (years, neighbouring places): each needs people on several lists."
)
_ANOTHER_LIST: Final = Message(
    "Look for another list, made by other people in another way: it says more than a better model."
)
_SPLIT: Final = Message(
    "Split the victims by what makes them more alike (place, year, to whom it is attributed), or "
    "join lists of one kind; more computing does not help where the table allows several answers."
)
_AT_LEAST: Final = Message("Quote the number as “at least”: it is more likely too low than not.")
PLAINEST: Final = (  # reasons that a reader can count after, the plainest first
    "too_few_on_several_lists", "too_few_people", "no_pair_overlaps", "too_few_lists",
)  # fmt: skip
_HELP: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "too_few_lists": _ANOTHER_LIST,
        "small_list": _ANOTHER_LIST,
        "one_list_holds_all": _ANOTHER_LIST,
        "few_outside_one_list": _ANOTHER_LIST,
        "lists_with_same_people": Message(
            "Leave one of the two lists out: it tells nothing that the other does not."
        ),
        "interval_too_wide": _ANOTHER_LIST,
        "far_beyond_observed": _ANOTHER_LIST,
        "prior_unmoved": _ANOTHER_LIST,
        "too_few_people": _JOIN,
        "too_few_on_several_lists": _JOIN,
        "no_pair_overlaps": _JOIN,
        "leans_on_other_strata": _JOIN,
        "leans_on_low_strata": _AT_LEAST,
        "counts_only_in_sum": _JOIN,
        "no_stratum_like_it": _JOIN,
        "unlike_other_strata": _JOIN,
        "lists_not_connected": Message(
            "Check the linkage: a list that writes names in another way seems to share nobody."
        ),
        "one_pattern": Message(
            "Check the lists: if all hold the same people, one was made from the other."
        ),
        "replicates_disagree": _SPLIT,
        "too_few_effective_draws": _SPLIT,
        "two_answers": _SPLIT,
        "unequal_people": _AT_LEAST,
        "lower_bound_only": _AT_LEAST,
        "models_disagree": Message(
            "Quote the range of all methods: the lists do not decide which of them is right."
        ),
        "overlaps_not_explained": Message(
            "See what the other methods answer, and what the answer is without each list; where "
            "they differ, quote the whole range."
        ),
        "evidence_spread": Message(
            "Estimate again with another seed: if the answer stays, it can be trusted as before; "
            "if it moves, quote the range of both."
        ),
        "draws_refused": Message(
            "Review doubtful links: whether two records are one person changes the answer."
        ),
        "strata_refused": Message(
            "Quote the strata that have an estimate, each by itself; say that the others have none."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Together:
    """Several things with a comma between.

    Examples
    --------
    >>> Together(("Villa 00", "2020")).in_language("es")
    'Villa 00, 2020'
    """

    things: tuple[object, ...]

    def in_language(self, language: Language) -> str:
        """Say them."""
        return ", ".join(in_words(thing, language) for thing in self.things)


def name_stratum(evidence: Evidence, stratum: str) -> Together:
    """Name a stratum as people do: places by their names, other columns with theirs."""
    values = evidence.strata.get(stratum)
    if values is None:
        return Together((stratum,))
    return Together(tuple(_part(evidence, column, value) for column, value in values.items()))


def _part(evidence: Evidence, column: str, value: str) -> object:
    said = name_value(evidence, column, value)
    if column in {"area", "parent"} or (column == "year" and value) or value in _SEXES:
        return said
    return Message("{column} {value}", {"column": name_column(evidence, column), "value": said})


def name_value(evidence: Evidence, column: str, value: str) -> object:
    """Name a value of a column of strata as people do, without the column."""
    if column in {"area", "parent"}:
        return evidence.area_name(value) if value else Message("unknown place")
    if column == "sex" and value in _SEXES:
        return _SEXES[value]
    return evidence.call(value) if value else _UNKNOWN_VALUE


def say_groups(evidence: Evidence, count: int) -> Message:
    """Say into how many groups the victims were split, and by what, if that may be told."""
    columns = list(dict.fromkeys(name for values in evidence.strata.values() for name in values))
    values = {
        "count": Number(count),
        "columns": Listing(tuple(name_column(evidence, name) for name in columns)),
    }
    if not columns:
        return Message("{count} groups", values)
    return Message("{count} groups ({columns})", values)


def name_column(evidence: Evidence, column: str) -> object:
    """Name a column of strata as people do."""
    for level in AREA_LEVELS:
        if column == level:
            return evidence.level_name(level)
    return _COLUMNS.get(column) or evidence.call(column)


def verdict_cell(row: Row) -> Message:
    """Say the verdict of a row."""
    return SUPPRESSED if is_suppressed(row) else VERDICT_WORDS[str(row["verdict"])]


def observed_cell(row: Row) -> object:
    """Write how many victims are on any list."""
    observed = number_in(row, "observed")
    return SUPPRESSED if observed is None else Number(observed)


def estimate_cell(row: Row) -> object:
    """Write an estimate with its interval."""
    if is_suppressed(row):
        return SUPPRESSED
    low, high, median = (number_in(row, name) for name in ("low", "high", "median"))
    if low is None or high is None:
        return NOT_ESTIMABLE
    values = {"low": Number(low), "high": Number(high)}
    if median is None:
        return Message("{low} to {high}", values)
    return Message("{rate} ({low} to {high})", values | {"rate": Number(median)})


def reasons_of(row: Row) -> tuple[Reason, ...]:
    """Return the reasons of a row: those that refuse first, the plainest of these before."""
    found = read_reasons(str(row["measured"] or ""))
    refusing = {reason.code for reason in found if reason.status == "refuse"}
    if "too_few_effective_draws" in refusing:
        refusing.add("replicates_disagree")  # the same finding, in words that say what is wrong
    return tuple(
        sorted(
            found,
            key=lambda reason: (
                reason.code not in refusing,
                PLAINEST.index(reason.code) if reason.code in PLAINEST else len(PLAINEST),
            ),
        )
    )


def reasons_cell(row: Row) -> object:
    """Say the reasons of a row."""
    if is_suppressed(row):
        return SUPPRESSED
    return Paragraph(tuple(reason.text for reason in reasons_of(row))) if row["reasons"] else ""


def tabulate_reasons(row: Row) -> DataTable | None:
    """Lay out each reason with what was found and the limit; None without reasons."""
    reasons = reasons_of(row)
    if not reasons:
        return None
    return DataTable(
        Message("Why: each reason, what was found, and the limit"),
        (Message("reason"), Message("found"), Message("limit"), Message("what it decides")),
        tuple(
            (reason.text, *_numbers(reason), _DECIDES[reason.status])
            for reason in reasons
            if reason.status in _DECIDES
        ),
        numeric=frozenset({1, 2}),
    )


def _numbers(reason: Reason) -> tuple[object, object]:
    rule = ESTIMATE_REASONS.get(reason.code)
    decimals, percent = (rule.decimals, rule.percent) if rule else ((2, 2), False)
    found = Number(reason.measured, decimals[0], percent=percent)
    limit = Number(reason.threshold, decimals[1], percent=percent)
    return SUPPRESSED if math.isnan(reason.measured) else found, limit


def advise(rows: Sequence[Row]) -> tuple[Message, ...]:
    """Say what would help, once each, for the reasons of some rows."""
    codes = [reason.code for row in rows for reason in reasons_of(row)]
    told = {_HELP[code].template: _HELP[code] for code in codes if code in _HELP}
    return tuple(told.values())
