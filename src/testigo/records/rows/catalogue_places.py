"""From what a row says of its place to an area of the catalogue, or to an honest "unknown".

Codes come first, then names within their parent; the office's aliases win over both. What says
"unknown" is kept as unknown; what cannot be found is told, never guessed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from testigo.records.folding import fold
from testigo.records.reasons import ReasonCode
from testigo.records.rows.codes import common_length, digits_of, joined_code, parent_prefixes
from testigo.records.rows.place_names import NameIndex
from testigo.records.rows.place_readings import PlaceOutcome, PlaceReading
from testigo.records.rows.values import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.core import AreaCatalogue, AreaLevel
    from testigo.records.rows.place_readings import PlaceTexts, UnknownPlaces


class CataloguePlaces:
    """Places of a closed catalogue.

    Parameters
    ----------
    catalogue
        Its areas.
    level
        The level that the source's areas belong to: `area` or `parent`.
    unknown
        What says "unknown" or "total".
    aliases
        (folded parent text, folded area text) to code.
    area_codes, parent_codes
        Delivered text to code, from `read_codes`.
    """

    def __init__(
        self,
        catalogue: AreaCatalogue,
        *,
        level: AreaLevel,
        unknown: UnknownPlaces,
        aliases: Mapping[tuple[str, str], str],
        area_codes: Mapping[str, str],
        parent_codes: Mapping[str, str],
    ) -> None:
        self._areas = catalogue.areas
        self._level = level
        self._unknown = unknown
        self._aliases = aliases
        self._area_codes = area_codes
        self._parent_codes = parent_codes
        small = catalogue.of_level("area")
        self._prefixes = parent_prefixes(small)
        self._length = common_length({area.code for area in small})
        self._parents = NameIndex(
            [(area.code, area.name) for area in catalogue.of_level("parent")], long_forms=True
        )
        within: dict[str | None, list[tuple[str, str]]] = {None: []}
        for area in small:
            within[None].append((area.code, area.name))
            within.setdefault(area.parent, []).append((area.code, area.name))
        self._within = {parent: NameIndex(names) for parent, names in within.items()}
        self._respelled: dict[str, str] = {}  # parent text to code
        self._known_parents: dict[tuple[str | None, str | None], str | None] = {}

    def find(self, texts: PlaceTexts) -> PlaceReading:
        """Find the place of a row."""
        found = self._find(texts)
        large = self._level == "parent"
        shown = (large and texts.shown_area) or texts.shown_parent
        respelled = found.parent is not None and self._respelled.get(shown) == found.parent
        return replace(found, parent_short=True) if respelled else found

    def _find(self, texts: PlaceTexts) -> PlaceReading:
        if self._level == "parent":
            return self._find_large(texts)
        alias = self._alias(texts.shown_parent, texts.shown_area) if texts.shown_area else None
        if alias is not None:
            return self._meant(alias)
        if any(self._unknown.says_total(text) for text in texts):
            return PlaceReading(None, None, PlaceOutcome.TOTAL)
        parent = self._parent(texts.parent, texts.parent_name)
        if not texts.shown_area:
            return self._without_area(parent, texts)
        return self._find_small(parent, texts)

    def _find_large(self, texts: PlaceTexts) -> PlaceReading:
        code_text, name_text = texts.area or texts.parent, texts.area_name or texts.parent_name
        shown = tidy(name_text or code_text or "")
        if not shown:
            return self._without_area(None, texts)
        alias = self._alias("", shown) or self._alias(shown, "")
        if alias is None and self._unknown.says_total(shown):
            return PlaceReading(None, None, PlaceOutcome.TOTAL)
        parent = alias or self._parent(code_text, name_text)
        if parent is not None:
            return PlaceReading(None, parent, PlaceOutcome.FOUND)
        if self._said_unknown(code_text) or self._said_unknown(name_text):
            return PlaceReading(None, None, PlaceOutcome.UNKNOWN)
        return PlaceReading(None, None, PlaceOutcome.NOWHERE)

    def _without_area(self, parent: str | None, texts: PlaceTexts) -> PlaceReading:
        known = self._unknown.blank_is_unknown
        if known or (not parent and texts.shown_parent and self._said_unknown(texts.shown_parent)):
            return PlaceReading(None, parent, PlaceOutcome.UNKNOWN)
        return PlaceReading(None, parent, PlaceOutcome.BLANK)

    def _find_small(self, parent: str | None, texts: PlaceTexts) -> PlaceReading:
        code = self._code(parent, texts.area)
        if code is not None:
            return self._found(code, parent, texts)
        unknown = self._said_unknown(texts.area) or self._said_unknown(texts.area_name)
        if unknown:
            parent = parent or self._parent_of_code(texts.area)
            return PlaceReading(None, parent, PlaceOutcome.UNKNOWN)
        codes, short = self._by_name(parent, texts)
        if len(codes) == 1:
            return PlaceReading(codes[0], self._areas[codes[0]].parent, PlaceOutcome.FOUND, short)
        parent = parent or self._parent_of_code(texts.area)
        if parent is not None:
            return PlaceReading(None, parent, PlaceOutcome.NOT_MATCHED)
        outcome = PlaceOutcome.AMBIGUOUS if codes else PlaceOutcome.NOWHERE
        return PlaceReading(None, None, outcome)

    def _found(self, code: str, parent: str | None, texts: PlaceTexts) -> PlaceReading:
        own = self._areas[code].parent
        contradictions = []
        if parent is not None and parent != own:
            contradictions.append(ReasonCode.PARENT_CONTRADICTS_AREA)
        if texts.area_name:
            named = self._within[own].find(texts.area_name)
            if not named.short and named.codes and code not in named.codes:
                contradictions.append(ReasonCode.AREA_CONTRADICTS_NAME)
        return PlaceReading(code, own, PlaceOutcome.FOUND, False, tuple(contradictions))

    def _code(self, parent: str | None, text: str | None) -> str | None:
        if text is None:
            return None
        candidates = [text, self._area_codes.get(text)]
        if parent is not None:
            candidates.append(joined_code(parent, text, self._prefixes, self._length))
        found = (code for code in candidates if code and self._is_small(code))
        return next(found, None)

    def _by_name(self, parent: str | None, texts: PlaceTexts) -> tuple[tuple[str, ...], bool]:
        if parent is None and texts.shown_parent and not self._said_unknown(texts.shown_parent):
            return (), False  # a parent that is not understood may be any
        for text in (texts.area_name, texts.area):
            if text and digits_of(text) is None and parent in self._within:
                match = self._within[parent].find(text)
                if match.codes:
                    return match.codes, match.short or match.respelled
        return (), False

    def _parent(self, code_text: str | None, name_text: str | None) -> str | None:
        asked = (code_text, name_text)
        if asked not in self._known_parents:
            self._known_parents[asked] = self._find_parent(code_text, name_text)
        return self._known_parents[asked]

    def _find_parent(self, code_text: str | None, name_text: str | None) -> str | None:
        shown = tidy(name_text or code_text or "")
        alias = self._alias(shown, "") if shown else None
        if alias is not None:
            return alias
        for text in (code_text, name_text):
            for code in (text, self._parent_codes.get(text or "")):
                if code and code in self._areas and self._areas[code].level == "parent":
                    return code
        for text in (name_text, code_text):
            match = self._parents.find(text) if text else None
            if match is not None and len(match.codes) == 1:
                if match.short or match.respelled:
                    self._respelled[tidy(text or "")] = match.codes[0]
                return match.codes[0]
        return None

    def _parent_of_code(self, text: str | None) -> str | None:
        code = self._area_codes.get(text or "")
        if code is None or len(code) != self._length or not self._prefixes:
            return None
        return self._prefixes.get(code[: len(next(iter(self._prefixes)))])

    def _alias(self, parent_text: str, area_text: str) -> str | None:
        parent, area = fold(parent_text), fold(area_text)
        return self._aliases.get((parent, area)) or (
            self._aliases.get(("", area)) if area else None
        )

    def _meant(self, code: str) -> PlaceReading:
        area = self._areas[code]
        if area.level == "area":
            return PlaceReading(code, area.parent, PlaceOutcome.FOUND)
        parent = code if area.level == "parent" else None
        return PlaceReading(None, parent, PlaceOutcome.UNKNOWN)

    def _said_unknown(self, text: str | None) -> bool:
        return text is not None and self._unknown.says_unknown(text, self._area_codes.get(text))

    def _is_small(self, code: str) -> bool:
        return code in self._areas and self._areas[code].level == "area"
