"""The place of every row of a source, found once for each distinct combination of texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import ConfigurationError, Message
from testigo.records.folding import fold
from testigo.records.rows.catalogue_places import CataloguePlaces
from testigo.records.rows.coded import Combined, combine
from testigo.records.rows.codes import read_codes
from testigo.records.rows.open_places import OpenPlaces
from testigo.records.rows.place_readings import (
    PlaceOutcome,
    PlaceReading,
    PlaceTexts,
    UnknownPlaces,
)
from testigo.records.rows.values import UNKNOWN, WITHHELD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue
    from testigo.records.model import HandTables
    from testigo.records.reasons import ReasonCode
    from testigo.records.rows.place_readings import PlaceFinder
    from testigo.records.rows.stacking import Stack

PLACE_FIELDS: Final = ("area", "area_name", "parent", "parent_name")  # as in PlaceTexts


@dataclass(frozen=True, slots=True)
class Places:
    """Where every row happened, by distinct combination of place texts.

    Attributes
    ----------
    texts, readings
        What each combination says and what it was found to mean.
    codes
        Combination of each row, shape (row,).
    """

    texts: tuple[PlaceTexts, ...]
    readings: tuple[PlaceReading, ...]
    codes: NDArray[np.int32]

    def rows_with(self, *outcomes: PlaceOutcome) -> NDArray[np.bool_]:
        """Return the rows whose place had one of these outcomes, shape (row,)."""
        return np.array([reading.outcome in outcomes for reading in self.readings] or [False])[
            self.codes
        ]

    def rows_against(self, contradiction: ReasonCode) -> NDArray[np.bool_]:
        """Return the rows whose place texts contradict each other in this way, shape (row,)."""
        against = [contradiction in reading.contradictions for reading in self.readings]
        return np.array(against or [False])[self.codes]


def find_places(stack: Stack, catalogue: AreaCatalogue, hand: HandTables) -> Places:
    """Find the place of every row.

    Raises
    ------
    ConfigurationError
        When the source names no column of places, or an alias names an unknown area.
    """
    source = stack.source
    aliases = _aliases(source.id, hand, catalogue)
    if source.area_level == "whole":
        found = PlaceReading(None, None, PlaceOutcome.FOUND)
        return Places((PlaceTexts(),), (found,), np.zeros(len(stack), np.int32))
    _check_columns(stack)
    combined = combine([stack.column(field) for field in PLACE_FIELDS])
    texts = _texts(stack, combined)
    finder = _finder(stack, catalogue, aliases, texts, combined)
    return Places(texts, tuple(finder.find(text) for text in texts), combined.codes)


def _texts(stack: Stack, combined: Combined) -> tuple[PlaceTexts, ...]:
    values = [[*stack.column(field).values(), None] for field in PLACE_FIELDS]  # -1 is the None
    return tuple(
        PlaceTexts(*(texts[place] for texts, place in zip(values, places, strict=True)))
        for places in combined.parts.tolist()
    )


def _finder(
    stack: Stack,
    catalogue: AreaCatalogue,
    aliases: Mapping[tuple[str, str], str],
    texts: tuple[PlaceTexts, ...],
    combined: Combined,
) -> PlaceFinder:
    source = stack.source
    unknown = UnknownPlaces(source.unknown_areas, _unknown_words(stack), catalogue)
    if not catalogue.closed:
        counts = np.bincount(combined.codes, minlength=len(texts)).tolist()
        rows = zip(texts, counts, strict=True)
        return OpenPlaces(
            rows, catalogue, level=source.area_level, unknown=unknown, aliases=aliases
        )
    large = source.area_level == "parent"
    parents = {area.code for area in catalogue.of_level("parent")}
    areas = parents if large else {area.code for area in catalogue.of_level("area")}
    area_codes = read_codes(stack.column("area").values(), areas, source.code_length)
    parent_codes = read_codes(stack.column("parent").values(), parents)
    return CataloguePlaces(
        catalogue,
        level=source.area_level,
        unknown=unknown,
        aliases=aliases,
        area_codes=area_codes,
        parent_codes=parent_codes | area_codes if large else parent_codes,
    )


def _unknown_words(stack: Stack) -> set[str]:
    words: set[str] = set()
    for field in PLACE_FIELDS:
        said = np.isin(stack.statuses(field), (UNKNOWN, WITHHELD))
        words.update(stack.column(field).texts.filter(said).to_pylist())
    return words


def _aliases(source: str, hand: HandTables, catalogue: AreaCatalogue) -> dict[tuple[str, str], str]:
    aliases: dict[tuple[str, str], str] = {}
    for owner in ("*", source):  # the source's own lines win
        for (of_source, parent, area), code in hand.place_aliases.items():
            if of_source != owner:
                continue
            if catalogue.closed and code not in catalogue.areas:
                raise ConfigurationError(
                    Message(
                        "hand/place_aliases.csv: {area!r} is said to be {code!r}, which is not in "
                        "the catalogue.",
                        {"area": area or parent, "code": code},
                    ),
                    Message("Write a code of the catalogue that [areas] names."),
                )
            aliases[fold(parent), fold(area)] = code
    return aliases


def _check_columns(stack: Stack) -> None:
    if any(stack.has(field) for field in PLACE_FIELDS):
        return
    raise ConfigurationError(
        Message(
            "sources.{source}: no column says where; `columns` names neither area, area_name, "
            "parent nor parent_name.",
            {"source": stack.source.id},
        ),
        Message('Name the column, or write area_level = "whole" if the file is about one place.'),
    )
