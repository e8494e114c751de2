"""Places without a catalogue: the texts are the areas, and spellings of one name are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.records.folding import fold
from testigo.records.rows.codes import digits_of
from testigo.records.rows.place_readings import PlaceOutcome, PlaceReading
from testigo.records.rows.values import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from testigo.core import AreaCatalogue, AreaLevel
    from testigo.records.rows.place_readings import PlaceTexts, UnknownPlaces


class OpenPlaces:
    """Places as a source calls them.

    The most frequent spelling of a name stands for all (the first in the alphabet among equals);
    an area of the catalogue, where there are any, lends its code. A name that occurs under two
    parents gets the parent's name added.

    Parameters
    ----------
    rows
        Pairs of what a row says of its place and how many rows say so.
    catalogue
        The areas known so far; often the whole alone.
    level
        The level that the source's areas belong to: `area` or `parent`.
    unknown
        What says "unknown" or "total".
    aliases
        (folded parent text, folded area text) to code.
    """

    def __init__(
        self,
        rows: Iterable[tuple[PlaceTexts, int]],
        catalogue: AreaCatalogue,
        *,
        level: AreaLevel,
        unknown: UnknownPlaces,
        aliases: Mapping[tuple[str, str], str],
    ) -> None:
        self._level = level
        self._unknown = unknown
        self._aliases = aliases
        spellings: dict[str, dict[str, int]] = {}
        parents_of: dict[str, set[str]] = {}
        for texts, count in rows:
            area, parent = _shown(texts, level)
            for text in (area, parent):
                found = spellings.setdefault(_key(text), {})
                found[text] = found.get(text, 0) + count
            parents_of.setdefault(_key(area), set()).add(_key(parent))
        self._spelled = {
            key: min(found, key=lambda text: (-found[text], text))
            for key, found in spellings.items()
        } | {_key(area.name): area.code for area in catalogue.areas.values()}
        self._shared = {key for key, parents in parents_of.items() if len(parents - {""}) > 1}

    def find(self, texts: PlaceTexts) -> PlaceReading:
        """Find the place of a row."""
        shown_area, shown_parent = _shown(texts, self._level)
        aliased = (fold(shown_parent), fold(shown_area)) in self._aliases
        if not aliased and any(self._unknown.says_total(text) for text in texts):
            return PlaceReading(None, None, PlaceOutcome.TOTAL)
        parent = self._named("", shown_parent) or self._named(shown_parent, "")
        if self._level == "parent":
            outcome = PlaceOutcome.FOUND if parent else self._missing(shown_parent)
            return PlaceReading(None, parent, outcome)
        area = self._named(shown_parent, shown_area) if shown_area else None
        if area is None:
            return PlaceReading(None, parent, self._missing(shown_area))
        if _key(shown_area) in self._shared and parent:
            area = f"{area} ({parent})"
        return PlaceReading(area, parent, PlaceOutcome.FOUND)

    def _named(self, parent: str, area: str) -> str | None:
        alias = self._aliases.get((fold(parent), fold(area)))
        text = area or parent
        if alias is not None or not text or self._unknown.says_unknown(text, digits_of(text)):
            return alias
        return self._spelled.get(_key(text), text)

    def _missing(self, text: str) -> PlaceOutcome:
        known = bool(text) or self._unknown.blank_is_unknown
        return PlaceOutcome.UNKNOWN if known else PlaceOutcome.BLANK


def _shown(texts: PlaceTexts, level: AreaLevel) -> tuple[str, str]:
    """Return the texts of area and parent; numbers without the decimals of a spreadsheet."""
    area = _plain(texts.area or texts.area_name)
    parent = _plain(texts.parent_name or texts.parent)
    return ("", area or parent) if level == "parent" else (area, parent)


def _plain(text: str | None) -> str:
    return (digits_of(text) or tidy(text)) if text else ""


def _key(text: str) -> str:
    return fold(text) or text
