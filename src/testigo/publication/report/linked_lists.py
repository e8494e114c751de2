"""How many people the lists speak of, and who is on which: the section on linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import number_in, whole_number_in
from testigo.publication.report.figures import DataTable, Figure, Key, Note, Section
from testigo.publication.report.legends import mark_swatch, shade_swatch
from testigo.publication.report.link_doubts import tell_doubts
from testigo.publication.report.link_groups import incidents_figure, sizes_figure
from testigo.publication.report.link_shares import shares_figure
from testigo.publication.report.link_tally import LinkTally, limits_of, say_count, say_limits
from testigo.publication.report.overlaps import Overlap, overlap_rows
from testigo.publication.report.palette import SUPPRESSED_SHADE, mark_of
from testigo.publication.report.speech import Listing

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Evidence, Row
    from testigo.publication.report.figures import Lineage

IDENT: Final = "linkage"
_MOST_ROWS: Final = 15
_MOST_LINES: Final = 63  # overlaps of six lists
_TOLD: Final = 6
_LEAD: Final = Message(
    "Several institutions write down the same killings. Here their records were compared, and "
    "those that speak of one person were put together, so that each person counts once. A computer "
    "did it by names, dates, places and ages; people can overrule it. How sure it is stands below."
)

_LEAD_OF_TABLE: Final = Message(
    "Several institutions write down the same people. Who is on which lists was delivered here "
    "as a table ready made, each person counted once; how the records were linked it does not say."
)
_TOO_FEW: Final = Message(
    "How many records and people the lists hold is hidden: they are few, or from their number one "
    "could tell a figure of few people."
)
_HIDDEN: Final = Message("hidden: too few people, or it would tell another figure of few")


def show_linkage(evidence: Evidence) -> Section:
    """Build the section; without linked lists it says so."""
    title = Message("The same people on several lists")
    tally = LinkTally(evidence)
    if not tally.lists:
        return Section(IDENT, title, parts=(_nothing(evidence),))
    if all(tally.count(measure) is None for measure in ("victims", "records")):
        return Section(IDENT, title, parts=(Note(_TOO_FEW),))
    lineage = evidence.lineage_of_overlaps(tally.lists, table="links")
    lead = _LEAD if tally.linked else _LEAD_OF_TABLE
    figures = [
        _overlaps_figure(tally, lineage),
        shares_figure(tally, lineage),
        sizes_figure(tally, lineage),
        incidents_figure(tally, lineage),
    ]
    parts = [figure for figure in figures if figure is not None]
    return Section(IDENT, title, (lead,), (*parts, *tell_doubts(tally)))


def _nothing(evidence: Evidence) -> Note:
    links = evidence.report.tables.get("links")
    if links is not None and links.num_rows:
        return Note(
            Message("One of the linked lists is blocked, so nothing that rests on it is told."),
            "block",
        )
    return Note(
        Message(
            "No lists of records were linked. Where two institutions list the same killings, this "
            "part tells how many people they speak of."
        )
    )


def _overlaps_figure(tally: LinkTally, lineage: Lineage) -> Figure:
    ident = "overlaps"
    evidence = tally.evidence
    marks = [mark_of(evidence.places[source]) for source in tally.lists]
    overlaps = _overlaps(tally)
    return Figure(
        ident,
        _title(tally),
        _subtitle(tally),
        _told(tally),
        draw_variants(
            lambda _, width: overlap_rows(overlaps, marks=marks, width=width),
            named_by=f"{ident}-title {ident}-alt",
        ),
        quote=_quote(tally),
        legend=_legend(tally),
        notes=_notes(tally),
        table=_table(tally),
        lineage=lineage,
    )


def _subtitle(tally: LinkTally) -> Message:
    values = {"lists": Listing(tuple(tally.evidence.name(source) for source in tally.lists))}
    if tally.linked:
        return Message(
            "Victims, each counted once, by exactly which lists name them; all accepted records, "
            "whatever their date. Lists: {lists}.",
            values,
        )
    return Message(
        "Victims, each counted once, by exactly which lists name them, as delivered. Lists: "
        "{lists}.",
        values,
    )


def _values(tally: LinkTally) -> dict[str, object]:
    row = tally.row("victims")
    low, high = limits_of(row) or (float("nan"), float("nan"))
    return {
        "lists": Number(len(tally.lists)),
        "records": say_count(tally.count("records")),
        "victims": say_count(tally.count("victims")),
        "low": Number(low),
        "high": Number(high),
        "level": Number(number_in(row, "level") or 0, percent=True),
    }


def _title(tally: LinkTally) -> Message:
    if not tally.linked and tally.count("victims") is not None:
        return Message("{lists} lists name {victims} people", _values(tally))
    if tally.count("victims") is None:
        return Message(
            "{records} records on {lists} lists; how many people they speak of is suppressed",
            _values(tally),
        )
    if tally.count("records") is None:
        return Message("{lists} lists name {victims} people", _values(tally))
    if len(tally.lists) == 1:
        return Message("One list with {records} records speaks of {victims} people", _values(tally))
    return Message("{lists} lists with {records} records speak of {victims} people", _values(tally))


def _quote(tally: LinkTally) -> Message | None:
    if not tally.linked and tally.count("victims") is not None:
        return Message("{lists} lists name {victims} people, each counted once.", _values(tally))
    if tally.count("victims") is None or tally.count("records") is None:
        return None
    values = _values(tally)
    if limits_of(tally.row("victims")) is None:
        return Message(
            "The {records} records of {lists} lists speak of {victims} people, by the best linkage "
            "of the records; no interval was computed.",
            values,
        )
    return Message(
        "The {records} records of {lists} lists speak of about {victims} people; {level} of the "
        "draws of the linkage lie between {low} and {high}.",
        values,
    )


def _overlaps(tally: LinkTally) -> list[Overlap]:
    """Make the rows of the picture: the largest groups, and the others together."""
    rows = tally.largest_first
    if len(rows) <= _MOST_ROWS:
        return [_overlap(tally, row) for row in rows]
    head, rest = rows[: _MOST_ROWS - 1], rows[_MOST_ROWS - 1 :]
    others = sum(whole_number_in(row, "count") or 0 for row in rest)
    return [*(_overlap(tally, row) for row in head), Overlap((), others)]


def _overlap(tally: LinkTally, row: Row) -> Overlap:
    named = str(row["lists"]).split()
    held = tuple(source in named for source in tally.lists)
    numbers = " + ".join(str(at + 1) for at, there in enumerate(held) if there)
    return Overlap(held, number_in(row, "count"), limits_of(row), numbers)


def _names(tally: LinkTally, row: Row) -> Listing:
    return Listing(tuple(tally.evidence.name(source) for source in str(row["lists"]).split()))


def _told(tally: LinkTally) -> Listing:
    return Listing(
        tuple(
            Message(
                "only {lists}: {victims}",
                {"lists": _names(tally, row), "victims": say_count(whole_number_in(row, "count"))},
            )
            for row in tally.largest_first[:_TOLD]
        )
    )


def _legend(tally: LinkTally) -> tuple[Key, ...]:
    evidence = tally.evidence
    keys = [
        Key(mark_swatch(mark_of(evidence.places[source])), _say_list(tally, at, source))
        for at, source in enumerate(tally.lists, start=1)
    ]
    hidden = sum(row["count"] is None for row in tally.largest_first)
    if hidden:
        swatch = shade_swatch(SUPPRESSED_SHADE.fill)
        keys.append(Key(swatch, _HIDDEN, hidden))
    return tuple(keys)


def _say_list(tally: LinkTally, place: int, source: str) -> Message:
    victims = tally.count("victims_of_list", source)
    values = {"place": str(place), "source": tally.evidence.name(source)}
    if victims is None:
        return Message("{place}: {source}, its victims suppressed", values)
    return Message("{place}: {source}, {victims} victims", values | {"victims": Number(victims)})


def _notes(tally: LinkTally) -> tuple[Message, ...]:
    notes = [
        Message(
            "Each row is one group: a mark under each list that names these people, and the bar "
            "says how many they are. A person stands in one row only."
        )
    ]
    rows = tally.largest_first
    if len(rows) > _MOST_ROWS:
        notes.append(
            Message(
                "The last row holds {count} smaller groups together; those suppressed are not in "
                "its sum.",
                {"count": Number(len(rows) - _MOST_ROWS + 1)},
            )
        )
    if any(limits_of(row) for row in rows):
        notes += [
            Message("The thin line shows where the draws of the linkage put the count."),
            Message(
                "The counts are those of the draw of the linkage that lies in the middle by its "
                "number of people. So they differ from the links kept in store/links.parquet, "
                "which join only what is more likely one person than not. For single groups the "
                "limits are on the narrow side."
            ),
        ]
    return tuple(notes)


def _table(tally: LinkTally) -> DataTable:
    rows = tally.largest_first
    cells = tuple(
        (_names(tally, row), say_count(whole_number_in(row, "count")), say_limits(row))
        for row in rows[:_MOST_LINES]
    )
    return DataTable(
        Message("Victims on exactly these lists and on no other"),
        (Message("lists"), Message("victims"), Message("limits of the draws")),
        cells,
        frozenset({1, 2}),
        file="links",
        left_out=max(0, len(rows) - _MOST_LINES),
    )
