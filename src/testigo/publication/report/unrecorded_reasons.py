"""Why a sum of strata has its verdict, and whether an estimate is to be read as a lower one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.evidence import is_suppressed, number_in
from testigo.publication.report.unrecorded_words import name_stratum, reasons_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.publication.report.evidence import Evidence, Row

_TOO_LOW: Final = frozenset({"unequal_people", "leans_on_low_strata", "lower_bound_only"})
_MOST_REASONS: Final = 4
_LAST: Final = frozenset(  # why a stratum cannot lean comes after why it has to
    {"no_stratum_like_it", "unlike_other_strata", "counts_only_in_sum"}
)


def reads_low(row: Row, rows: Sequence[Row]) -> bool:
    """Say whether an estimate is more likely too low than not, by its reasons or its strata's.

    Parameters
    ----------
    row
        Of the table `estimates`.
    rows
        All of the table, for the strata of a sum.
    """
    if number_in(row, "high") is None:
        return False
    codes = {reason.code for one in (row, *_behind(row, rows)) for reason in reasons_of(one)}
    return bool(codes & _TOO_LOW)


def lift_reasons(evidence: Evidence, row: Row, rows: Sequence[Row]) -> tuple[Message, ...]:
    """Say what speaks against the strata of a sum: the commonest first, leaning last."""
    behind = _behind(row, rows)
    found = [
        (one, reason)
        for one in behind
        for reason in reasons_of(one)
        if reason.status == row["verdict"]
    ]
    times = Counter(reason.code for _, reason in found)
    examples = {reason.code: (one, reason) for one, reason in reversed(found)}
    return tuple(
        Message(
            "In {count} of {all} strata, for example {stratum}: {reason}",
            {
                "count": Number(count),
                "all": Number(len(behind)),
                "stratum": name_stratum(evidence, str(examples[code][0]["stratum"])),
                "reason": examples[code][1].text,
            },
        )
        for code, count in sorted(times.most_common(), key=lambda told: told[0] in _LAST)[
            :_MOST_REASONS
        ]
    )


def _behind(row: Row, rows: Sequence[Row]) -> list[Row]:
    """Return the strata of a sum that may be told; none for a row that is a stratum itself."""
    if row["stratum"]:
        return []
    return [
        one
        for one in rows
        if one["stratum"] and one["method"] == row["method"] and not is_suppressed(one)
    ]
