"""Lists against lists: what share of one list's victims another names too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.link_tally import say_count
from testigo.publication.report.sentences import Quoted
from testigo.publication.report.speech import SUPPRESSED

if TYPE_CHECKING:
    from testigo.publication.report.figures import Lineage
    from testigo.publication.report.link_tally import LinkTally

_MOST: Final = 12  # lists that a page has room for, side by side


def shares_figure(tally: LinkTally, lineage: Lineage) -> Figure | None:
    """Build the table of shares; None for a single list, and where all is suppressed."""
    shares = {
        (a, b): share
        for a in tally.lists
        for b in tally.lists
        if a != b and (share := _share(tally, a, b)) is not None
    }
    if not shares:
        return None
    return Figure(
        "shares",
        _title(shares),
        Message(
            "Of the victims that the list on the left names, how many the list above names too; "
            "victims, each counted once."
        ),
        "",
        quote=_quote(tally, shares),
        notes=(
            Message(
                "A low share says that a list sees what others do not. A share near {whole} may "
                "say that one list was made from the other.",
                {"whole": Number(1, percent=True)},
            ),
        ),
        table=_table(tally),
        lineage=lineage,
        open_table=True,
    )


def _share(tally: LinkTally, a: str, b: str) -> float | None:
    both, all_of_a = tally.count("victims_on_both", a, b), tally.count("victims_of_list", a)
    return both / all_of_a if both is not None and all_of_a else None


def _title(shares: dict[tuple[str, str], float]) -> Message:
    low, high = (
        Number(min(shares.values()), percent=True),
        Number(max(shares.values()), percent=True),
    )
    if len(shares) == 1 or low == high:
        return Message("{share} of one list's victims are on another", {"share": high})
    return Message(
        "Between {low} and {high} of one list's victims are on another",
        {"low": low, "high": high},
    )


def _quote(tally: LinkTally, shares: dict[tuple[str, str], float]) -> Message:
    (a, b), share = min(shares.items(), key=lambda pair: (pair[1], pair[0]))
    return Message(
        "Of the victims named by {a}, {b} names {share}.",
        {
            "a": Quoted(tally.evidence.name(a)),
            "b": Quoted(tally.evidence.name(b)),
            "share": Number(share, percent=True),
        },
    )


def _table(tally: LinkTally) -> DataTable:
    columns = tally.lists[:_MOST]
    rows = tuple(
        (
            tally.evidence.name(a),
            say_count(tally.count("victims_of_list", a)),
            *(_cell(tally, a, b) for b in columns),
        )
        for a in tally.lists
    )
    return DataTable(
        Message("Victims of each list, and the share that other lists name too"),
        (Message("list"), Message("victims"), *(tally.evidence.name(b) for b in columns)),
        rows,
        frozenset(range(1, len(columns) + 2)),
        file="links",
    )


def _cell(tally: LinkTally, a: str, b: str) -> object:
    if a == b:
        return ""
    share = _share(tally, a, b)
    return SUPPRESSED if share is None else Number(share, percent=True)
