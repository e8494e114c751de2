"""Whose victims have an estimate: the strata by the column with the fewest values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.estimation import LEANS, ONLY_IN_SUM, read_reasons
from testigo.publication.report.card_tables import sum_told
from testigo.publication.report.evidence import is_suppressed, number_in, whole_number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.speech import Paragraph, number_or_suppressed
from testigo.publication.report.unrecorded_quotes import interval_values, quote_row
from testigo.publication.report.unrecorded_reasons import reads_low
from testigo.publication.report.unrecorded_words import (
    PLAINEST,
    Together,
    name_column,
    name_value,
    reasons_of,
)
from testigo.publication.strata_values import choose_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.publication.model import GroupSum
    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Lineage

_NOT_FEWER: Final = Message(
    "That a group has no estimate does not mean that it had fewer victims: it means that these "
    "lists cannot tell how many there were."
)


@dataclass(frozen=True, slots=True)
class Group:
    """The strata that have one value in one column.

    Attributes
    ----------
    name
        Of the value.
    rows
        Of `estimates`, one for each stratum.
    sum
        All victims of those with an answer; None: not told.
    """

    name: object
    rows: tuple[Row, ...]
    sum: GroupSum | None = None

    @property
    def told(self) -> int:
        """Strata that have an estimate."""
        return count_told(self.rows)


def count_told(rows: Sequence[Row]) -> int:
    """Count the strata that have an estimate."""
    return sum(number_in(row, "high") is not None for row in rows)


def count_leaning(rows: Sequence[Row]) -> int:
    """Count the strata whose estimate leans on those that stand alone."""
    return sum(
        number_in(row, "high") is not None and LEANS in str(row["reasons"] or "").split()
        for row in rows
    )


def count_alone(rows: Sequence[Row]) -> int:
    """Count the strata that have an estimate of their own."""
    return count_told(rows) - count_leaning(rows)


def count_in_sums(rows: Sequence[Row]) -> int:
    """Count the strata too small for a figure of their own, which are in sums all the same."""
    return sum(ONLY_IN_SUM in str(row["reasons"] or "").split() for row in rows)


def count_withheld(rows: Sequence[Row]) -> int:
    """Count the strata whose answer the policy hides, whatever it is."""
    return sum(map(is_suppressed, rows))


def count_refused(rows: Sequence[Row]) -> int:
    """Count the strata whose lists allow no estimate, as far as that is told."""
    return len(rows) - count_told(rows) - count_in_sums(rows) - count_withheld(rows)


def group_strata(evidence: Evidence, rows: Sequence[Row]) -> tuple[object, tuple[Group, ...]]:
    """Group strata by the column that has the fewest values, two at least.

    Returns
    -------
        Name of the column, and its groups in the order of the table; no group where there is no
        such column, or where what a stratum is may not be told.
    """
    values = [evidence.strata.get(str(row["stratum"])) for row in rows]
    column = choose_column(values)
    if not column:
        return "", ()
    found: dict[str, list[Row]] = {}
    for row, given in zip(rows, values, strict=True):
        if given and column in given:
            found.setdefault(given[column], []).append(row)
    sums = {(one.column, one.value): one for one in evidence.report.group_sums}
    return name_column(evidence, column), tuple(
        Group(name_value(evidence, column, value), tuple(own), sums.get((column, value)))
        for value, own in found.items()
    )


def say_shares(column: object, groups: Sequence[Group]) -> Message:
    """Say how many strata of each group have an estimate, in one sentence."""
    shares = [
        Message("{name} {share}", {"name": group.name, "share": _share(group)}) for group in groups
    ]
    return Message(
        "With an estimate, by {column}: {shares}",
        {"column": column, "shares": Together(tuple(shares))},
    )


def _share(group: Group) -> Message:
    leaning = count_leaning(group.rows)
    counted = (
        (leaning and count_alone(group.rows), Message("of their own: {count}")),
        (leaning, Message("leaning on others: {count}")),
        (count_withheld(group.rows), Message("suppressed: {count}")),
    )
    more = [replace(said, values={"count": Number(count)}) for count, said in counted if count]
    values = {"told": Number(group.told), "all": Number(len(group.rows)),
              "more": Together(tuple(more))}  # fmt: skip
    if more:
        return Message("{told} of {all} ({more})", values)
    return Message("{told} of {all}", values)


def caution_groups(groups: Sequence[Group]) -> tuple[Message, ...]:
    """Say what it does not mean that lists allow no estimate of a whole group; () without one."""
    silent = any(not group.told and count_refused(group.rows) for group in groups)
    return (_NOT_FEWER,) if silent else ()


def show_groups(evidence: Evidence, rows: Sequence[Row], *, lineage: Lineage) -> Figure | None:
    """Build the table of the groups; None without groups, or where every stratum has an answer."""
    column, groups = group_strata(evidence, rows)
    if not groups or all(group.told == len(group.rows) for group in groups):
        return None
    caption = Message("By {column}: recorded people, and strata with an estimate",
                      {"column": column})  # fmt: skip
    head = (column, Message("on at least one list"), Message("strata with an estimate"))
    cells = tuple(
        (
            group.name,
            number_or_suppressed(
                sum_told([whole_number_in(row, "observed") for row in group.rows])
            ),
            _share(group),
        )
        for group in groups
    )
    note = evidence.report.strata_note
    sums = tuple(_say_sum(group, group.sum) for group in groups if group.sum)
    return Figure(
        "unrecorded-groups",
        say_shares(column, groups),
        Message("Strata in {whole} that have an estimate, of all strata.",
                {"whole": evidence.whole_name}),
        caption,
        quote=Paragraph(sums) if sums else None,
        notes=(
            *caution_groups(groups),
            *(_say_lack(group) for group in groups if say_commonest(group.rows, most=1)),
            *((note,) if note else ()),
        ),
        table=DataTable(caption, head, cells, frozenset({1, 2})),
        open_table=True,
        lineage=lineage,
    )  # fmt: skip


def _say_lack(group: Group) -> Message:
    return Message(
        "{name}: {why}", {"name": group.name, "why": say_commonest(group.rows, most=1)[0]}
    )


def _say_sum(group: Group, found: GroupSum) -> Paragraph:
    """Say the sum of a group: of which strata, the limits, and what speaks against it."""
    values = {
        "name": group.name,
        "strata": Number(found.strata),
        "all": Number(len(group.rows)),
        "observed": Number(found.observed),
    } | interval_values(found.observed, found.low, found.high, found.level)
    row: Row = {"verdict": found.verdict.status, "observed": found.observed, "high": found.high}
    low = any(reads_low(one, ()) for one in group.rows)
    rest = Message("The victims of the other strata are not in this sum.")
    return Paragraph(
        (
            Message("{name}: {strata} of {all} strata together.", values),
            quote_row(row, values, low=low),
            *(reason.text for reason in found.verdict.reasons),
            *((rest,) if found.strata < len(group.rows) else ()),
        )
    )


def say_commonest(rows: Sequence[Row], *, most: int) -> tuple[Message, ...]:
    """Say what most of the refused strata lack, the commonest first."""
    refused = [
        row
        for row in rows
        if row["verdict"] == "refuse" and not is_suppressed(row) and not count_in_sums([row])
    ]
    limits = {
        reason.code: reason.threshold
        for row in refused
        for reason in reasons_of(row)
        if reason.code in PLAINEST
    }
    times = Counter(code for row in refused for code in str(row["reasons"] or "").split()
                    if code in limits)  # fmt: skip
    said = [
        (count, read_reasons(f"{code}=/{limits[code]:g}")[0].text)
        for code, count in sorted(
            times.items(), key=lambda told: (-told[1], PLAINEST.index(told[0]))
        )[:most]
    ]
    if not said and len(refused) == 1:
        said = [(1, reason.text) for reason in reasons_of(refused[0])[:most]]
    return tuple(
        Message("strata refused, {all}; reason in {count} of them: {reason}",
                {"count": Number(count), "all": Number(len(refused)), "reason": reason})
        for count, reason in said
    )  # fmt: skip
