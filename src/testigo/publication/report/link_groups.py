"""How many records speak of one person, and how many people died in one incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import Message, Number
from testigo.publication.report.evidence import whole_number_in
from testigo.publication.report.figures import DataTable, Figure
from testigo.publication.report.link_tally import limits_of, say_count, say_limits
from testigo.publication.report.speech import Listing

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Row
    from testigo.publication.report.figures import Lineage
    from testigo.publication.report.link_tally import LinkTally


def sizes_figure(tally: LinkTally, lineage: Lineage) -> Figure | None:
    """Build the table of victims by their number of records."""
    rows = _rows(tally, "victims_of_size")
    if not rows:
        return None
    one = next((whole_number_in(row, "count") for row in rows if row["size"] == 1), 0)
    victims = tally.count("victims")
    title = Message("How many records speak of each person is suppressed")
    if one is not None and victims:
        title = Message(
            "A single record speaks of {share} of the people",
            {"share": Number(one / victims, percent=True)},
        )
    return Figure(
        "records-per-victim",
        title,
        Message("Victims by how many records speak of them, on whichever lists."),
        "",
        notes=_repeats(tally),
        table=_table(
            rows, Message("records of one victim"), Message("victims"),
            Message("Victims by their number of records"),
        ),
        lineage=lineage,
        open_table=True,
    )  # fmt: skip


def incidents_figure(tally: LinkTally, lineage: Lineage) -> Figure | None:
    """Build the table of incidents by their number of victims."""
    rows = _rows(tally, "incidents_of_size")
    incidents = tally.count("incidents")
    if not rows:
        return None
    one = next((whole_number_in(row, "count") for row in rows if row["size"] == 1), 0)
    title = Message("In how many incidents several people died is suppressed")
    if one is not None and incidents is not None:
        title = Message(
            "In {several} of {incidents} incidents more than one person died",
            {"several": Number(incidents - one), "incidents": Number(incidents)},
        )
    return Figure(
        "victims-per-incident",
        title,
        Message(
            "Incidents by their number of victims. Deaths of one day, place and weapon make one "
            "incident; only those that a list holds are in it."
        ),
        "",
        table=_table(
            rows, Message("victims of one incident"), Message("incidents"),
            Message("Incidents by their number of victims"),
        ),
        lineage=lineage,
        open_table=True,
    )  # fmt: skip


def _rows(tally: LinkTally, measure: str) -> list[Row]:
    rows = [*tally.of(measure), *tally.of(f"{measure}_or_more")]
    return sorted(rows, key=lambda row: whole_number_in(row, "size") or 0)


def _table(rows: list[Row], what: Message, counted: Message, caption: Message) -> DataTable:
    limited = any(row["low"] is not None for row in rows)
    cells = tuple(
        (
            _size(row),
            say_count(whole_number_in(row, "count")),
            *((say_limits(row),) if limited else ()),
        )
        for row in rows
    )
    head = (what, counted, *((Message("limits of the draws"),) if limited else ()))
    return DataTable(caption, head, cells, frozenset({1, 2}), file="links")


def _size(row: Row) -> object:
    size = Number(whole_number_in(row, "size") or 0)
    if str(row["measure"]).endswith("_or_more"):
        return Message("{size} or more", {"size": size})
    return size


def _repeats(tally: LinkTally) -> tuple[Message, ...]:
    rows = {source: tally.row("records_twice_in_list", source) for source in tally.lists}
    told = tuple(
        _repeat(tally, source, row) for source, row in rows.items()
        if whole_number_in(row, "count")
    )  # fmt: skip
    if not told:
        return ()
    return (
        Message(
            "Records that, according to the linkage, repeat a victim of their own list: {lists}.",
            {"lists": Listing(told)},
        ),
    )


def _repeat(tally: LinkTally, source: str, row: Row) -> Message:
    values = {
        "source": tally.evidence.name(source),
        "records": Number(whole_number_in(row, "count") or 0),
    }
    limits = limits_of(row)
    if limits is None:
        return Message("{source}: about {records}", values)
    low, high = map(Number, limits)
    return Message(
        "{source}: about {records} ({low} to {high})", {**values, "low": low, "high": high}
    )
