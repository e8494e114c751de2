"""The ten places that make most of the difference between two sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.choices import Pair, difference
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.legends import mark_keys
from testigo.publication.report.seen_pairs import (
    Seen,
    draw_pair,
    pair_lineage,
    pair_values,
    say_pair,
    seen_cell,
)
from testigo.publication.report.speech import Listing

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Evidence

_TOP: Final = 10


def widest_gaps(evidence: Evidence, pair: Pair, seen: list[Seen]) -> Figure | None:
    """Build the figure of the ten places; None where there are not more than ten."""
    total = sum(difference(one.row) for one in seen)
    known = [one for one in seen if one.first is not None and one.second is not None]
    if len(known) <= _TOP or not total:
        return None
    top = sorted(known, key=lambda one: (-difference(one.row), one.code))[:_TOP]
    values = pair_values(evidence, pair) | _gap_values(known, top, total)
    ident = "ten-places"
    return Figure(
        ident,
        Message(
            "In {period}, {count} {places} hold {share} of the gaps between the two counts", values
        ),
        say_pair(evidence, pair),
        Message("The widest gaps are in {names}.", values),
        draw_pair(evidence, pair, top, f"{ident}-title {ident}-alt"),
        quote=Message(
            "In {period}, {count} {places} held {share} of the gaps between {first} and {second}, "
            "added up place by place whichever counts more, with {names} at the head.",
            values,
        ),
        legend=mark_keys(evidence, (pair.first, pair.second)),
        notes=(
            Message(
                "The gaps of all places, added up whichever source counts more, make {total}; "
                "these {count} make {gaps}. Where gaps of both directions cancel out, {net} remain "
                "in all, and {net_top} in these {count}.",
                values,
            ),
            Message(
                "Sorted by how many victims the two counts differ, not by how violent a place is."
            ),
        ),
        table=_top_table(evidence, pair, top),
        lineage=pair_lineage(evidence, pair, top),
    )


def _gap_values(known: list[Seen], top: list[Seen], total: float) -> dict[str, object]:
    """Return what the sentences say of the gaps of the `top` places, beside those of all."""
    gaps = sum(difference(one.row) for one in top)
    return {
        "gaps": Number(gaps),
        "total": Number(total),
        "net": Number(abs(_net(known))),
        "net_top": Number(abs(_net(top))),
        "share": Number(gaps / total, percent=True),
        "count": Number(_TOP),
        "names": Listing(tuple(one.name for one in top[:3])),
    }


def _net(seen: list[Seen]) -> float:
    return sum((one.second or 0) - (one.first or 0) for one in seen)


def _top_table(evidence: Evidence, pair: Pair, top: list[Seen]) -> DataTable:
    rows = tuple(
        (
            one.name,
            seen_cell(one, one.first),
            seen_cell(one, one.second),
            Number((one.second or 0) - (one.first or 0)),
        )
        for one in top
    )
    head = (
        evidence.level_name(pair.level),
        evidence.name(pair.first),
        evidence.name(pair.second),
        Message("second less first count"),
    )
    return DataTable(
        Message("The places that make most of the difference"),
        head,
        rows,
        frozenset({1, 2, 3}),
        file="convergence",
    )
