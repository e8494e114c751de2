"""A source's deliveries become accepted, excluded and quarantined rows; nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from testigo.core import Message
from testigo.records.columns import ACCEPTED, DELIVERIES, FLAGS, SET_ASIDE, UNMATCHED_PLACES
from testigo.records.files.reading import read_table
from testigo.records.model import PERSONAL_FIELDS, Ingested
from testigo.records.rows.accepted_rows import accepted_table
from testigo.records.rows.balance import balance_rows
from testigo.records.rows.column_keys import MonthKey
from testigo.records.rows.cross_checks import (
    check_birth_years,
    check_dates,
    check_order_of_events,
    wrong_year_note,
)
from testigo.records.rows.fields import read_fields, read_other_dates
from testigo.records.rows.finding_notes import finding_notes
from testigo.records.rows.overlaps import place_overlaps
from testigo.records.rows.personal import find_personal_columns
from testigo.records.rows.placement import (
    Placement,
    check_columns,
    place_by_area,
    place_by_date,
    place_in_scope,
)
from testigo.records.rows.places import find_places
from testigo.records.rows.repeats import place_repeats
from testigo.records.rows.replaced_text import flag_replaced_text
from testigo.records.rows.row_dates import find_dates
from testigo.records.rows.same_cells import place_same_cells
from testigo.records.rows.set_aside_rows import flags_table, set_aside_table
from testigo.records.rows.stacking import Stack, stack_tables, wanted_columns
from testigo.records.rows.tallies import place_by_count, read_cells
from testigo.records.rows.unmatched import unmatched_table
from testigo.records.rows.values import mapped_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from testigo.core import AreaCatalogue
    from testigo.records.files.raw import RawTable
    from testigo.records.model import Delivery, HandTables, Source
    from testigo.records.rows.personal import PersonalColumn
    from testigo.records.rows.places import Places
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.tallies import Cells


@dataclass(slots=True)
class _Read:
    """The files of a source as read: each content once, and the repeated deliveries apart."""

    deliveries: list[Delivery] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    repeated: dict[Delivery, RawTable] = field(default_factory=dict)


def ingest(
    source: Source,
    deliveries: Sequence[Delivery],
    catalogue: AreaCatalogue,
    hand: HandTables,
    *,
    progress: Callable[[Message], None] | None = None,
) -> Ingested:
    """Read all deliveries of a source and place every row.

    Parameters
    ----------
    source
        What is delivered and how to read it.
    deliveries
        Its files, in any order; none for a list of kind `overlaps`.
    catalogue
        The areas; not `closed` means that the texts are the areas.
    hand
        Place aliases and code maps of the office.
    progress
        Told which file is being read.

    Returns
    -------
    Ingested
        Tables whose bytes do not depend on the order of `deliveries`.

    Raises
    ------
    InputFileError
        When a file cannot be read, changed since it was found, or lacks a column that
        testigo.toml names.
    ConfigurationError
        When testigo.toml or hand/ asks for what cannot be meant.
    RowsLostError
        When accepted, excluded and quarantined rows do not add up to the rows delivered.
    """
    if source.kind == "overlaps":
        return _nothing_delivered(source)
    read = _read_files(source, deliveries, progress)
    stack = stack_tables(source, read.deliveries, read.tables)
    check_columns(stack)
    _apply_code_maps(stack, hand)
    found = find_personal_columns(stack)
    placement = Placement(len(stack))

    place_in_scope(placement, stack, source.keep)
    dates = find_dates(stack)
    places = find_places(stack, catalogue, hand)
    cells = read_cells(stack)
    _place(placement, stack, dates=dates, places=places, cells=cells)
    fields = _read_and_check(placement, stack, dates, _withheld(stack, found))

    accepted = accepted_table(
        stack, placement, dates=dates, places=places, cells=cells, fields=fields
    )
    set_aside = set_aside_table(stack, placement, found, read.repeated)
    year_note = wrong_year_note(stack, dates, fields.get("age"))
    notes = finding_notes(
        stack,
        placement,
        dates=dates,
        places=places,
        found=found,
        cells=cells,
        catalogue=catalogue,
        repeated=read.repeated,
    )
    return Ingested(
        source=source,
        accepted=accepted,
        set_aside=set_aside,
        flags=flags_table(stack, placement, found),
        deliveries=balance_rows(stack, placement, read.repeated, accepted, set_aside),
        unmatched_places=unmatched_table(stack, placement, places, catalogue),
        notes=(*([year_note] if year_note is not None else []), *notes),
    )


def _nothing_delivered(source: Source) -> Ingested:
    """Return no rows: of this list nothing but a table of overlaps tells."""
    return Ingested(
        source=source,
        accepted=ACCEPTED.table([]),
        set_aside=SET_ASIDE.table([]),
        flags=FLAGS.table([]),
        deliveries=DELIVERIES.table([]),
        unmatched_places=UNMATCHED_PLACES.table([]),
        notes=(),
    )


def _read_files(
    source: Source,
    deliveries: Sequence[Delivery],
    progress: Callable[[Message], None] | None,
) -> _Read:
    read = _Read()
    known: dict[str, RawTable] = {}
    expected = tuple(wanted_columns(source).values())
    for delivery in sorted(deliveries, key=lambda one: one.name):
        if delivery.sha256 in known:
            read.repeated[delivery] = known[delivery.sha256]
            continue
        if progress is not None:
            progress(Message("Reading {file}", {"file": delivery.name}))
        table = read_table(
            delivery.path,
            sheet=source.sheet,
            delimiter=source.delimiter,
            encoding=source.encoding,
            header_row=source.header_row,
            expected=expected,
            sha256=delivery.sha256,
        )
        known[delivery.sha256] = table
        read.deliveries.append(delivery)
        read.tables.append(table)
    return read


def _place(
    placement: Placement,
    stack: Stack,
    *,
    dates: RowDates,
    places: Places,
    cells: Sequence[Cells],
) -> None:
    """Set aside the rows that cannot be counted, each for the first reason that holds."""
    place_by_area(placement, stack, places)
    place_by_date(placement, stack, dates)
    place_by_count(placement, cells)
    place_overlaps(placement, stack, dates)
    place_same_cells(placement, stack)
    place_repeats(placement, stack, dates)


def _read_and_check(
    placement: Placement, stack: Stack, dates: RowDates, withheld: frozenset[str]
) -> dict[str, pa.Array]:
    """Return the other fields of the rows, and flag what contradicts itself."""
    fields = read_fields(placement, stack, withheld)
    others = read_other_dates(placement, stack)
    fields |= {key: pa.array(one.first) for key, one in others.items()}
    check_dates(placement, stack, dates)
    check_order_of_events(placement, dates, others)
    check_birth_years(placement, stack, dates, fields.get("age"))
    flag_replaced_text(placement, stack)
    return fields


def _apply_code_maps(stack: Stack, hand: HandTables) -> None:
    for key in stack.names:
        field_ = "value" if isinstance(key, MonthKey) else key
        if not isinstance(field_, str):
            continue
        column = stack.column(key) if hand.code_maps else None
        if column is not None:
            source = stack.source.id
            mapped = mapped_codes(column, hand.code_maps, source=source, field=field_)
            stack.replace_column(key, mapped)


def _withheld(stack: Stack, found: Sequence[PersonalColumn]) -> frozenset[str]:
    """Return the fields whose column holds personal data that nobody asked for."""
    declared = set(stack.source.personal_columns)
    looks = {(one.file, one.column) for one in found}
    return frozenset(
        key
        for key, names in stack.names.items()
        if isinstance(key, str)
        and key not in PERSONAL_FIELDS
        and (declared.intersection(names) or looks.intersection(enumerate(names)))
    )
