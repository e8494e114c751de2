"""Two sources seen side by side, place by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.charts import PairRow, pair_rows
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.palette import (
    mark_of,
)
from testigo.publication.report.sentences import Plural, Quoted, describe_basis
from testigo.publication.report.speech import NOT_APPLICABLE, SUPPRESSED

if TYPE_CHECKING:
    from testigo.publication.report.choices import Pair
    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Drawing, Lineage

CONVERGE: Final = 0.2  # Bogotá Protocol, B7
LIMIT: Final = Number(CONVERGE, percent=True)
OVER_THE_MEAN: Final = Message("difference over the mean")
OVER_THE_MEAN_NOTE: Final = Message(
    "Difference over the mean: what the two counts differ by, divided by their mean, as the Bogotá "
    "Protocol does; it goes up to {most}. By how much one count is above the other is another "
    "number.",
    {"most": Number(2, percent=True)},
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One area as the two sources see it; None: not known or suppressed."""

    code: str
    name: object
    first: float | None
    second: float | None
    row: Row

    @property
    def ratio(self) -> float | None:
        """The second over the first."""
        if not self.first or self.second is None:
            return None
        return self.second / self.first


def pair_values(evidence: Evidence, pair: Pair) -> dict[str, object]:
    """Return what the sentences about a pair are made of."""
    return {
        "first": Quoted(evidence.name(pair.first)),
        "second": Quoted(evidence.name(pair.second)),
        "period": pair.period,
        "places": Plural(evidence.level_name(pair.level)),
        "whole": evidence.whole_name,
        "limit": LIMIT,
    }


def say_pair(evidence: Evidence, pair: Pair) -> Message:
    """Say which two sources are compared, with unit, date and place of each."""
    first, second = evidence.by_id[pair.first], evidence.by_id[pair.second]
    values = pair_values(evidence, pair) | {
        "first_basis": describe_basis(first),
        "second_basis": describe_basis(second),
    }
    if first.unit == second.unit == "victim":
        return Message(
            "Victims by {second} ({second_basis}) for each one by {first} ({first_basis}), "
            "{period}.",
            values,
        )
    return Message(
        "Count by {second} ({second_basis}) for each one by {first} ({first_basis}), {period}.",
        values,
    )


def plain_count(value: float | None) -> str:
    """Write a count without a word of any language; `?` when it is not known."""
    return "?" if value is None else f"{value:,.0f}".replace(",", "\u202f")


def draw_pair(
    evidence: Evidence, pair: Pair, seen: list[Seen], named_by: str
) -> tuple[Drawing, ...]:
    """Draw two dots for each place."""
    marks = (
        mark_of(evidence.places[pair.first]),
        mark_of(evidence.places[pair.second]),
    )
    rows = [
        PairRow(
            str(one.name),
            one.first or 0,
            one.second or 0,
            f"{one.name}: {plain_count(one.first)} · {plain_count(one.second)}",
        )
        for one in seen
    ]
    return draw_variants(
        lambda _, width: pair_rows(rows, marks=marks, width=width), named_by=named_by
    )


def seen_cell(seen: Seen, value: float | None) -> object:
    """Write the count of one of the two sources."""
    if is_suppressed(seen.row):
        return SUPPRESSED
    return None if value is None else Number(value)


def relative_cell(row: Row) -> object:
    """Write the relative difference of a row of the convergence table."""
    if is_suppressed(row):
        return SUPPRESSED
    value = number_in(row, "relative_difference")
    return NOT_APPLICABLE if value is None else Number(value, percent=True)


def pair_lineage(evidence: Evidence, pair: Pair, seen: list[Seen]) -> Lineage:
    """Return the deliveries of both sources, and the command that walks back."""
    return evidence.lineage(
        (pair.first, pair.second),
        table="convergence",
        area=seen[0].code if seen else evidence.whole.code,
        period=pair.period,
        source=f"{pair.first},{pair.second}",
    )
