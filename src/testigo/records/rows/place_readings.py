"""What can become of a row's place, and which texts say "unknown" or "total"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from testigo.records.folding import fold
from testigo.records.rows.total_words import says_total
from testigo.records.rows.values import tidy

if TYPE_CHECKING:
    from collections.abc import Collection

    from testigo.core import AreaCatalogue
    from testigo.records.reasons import ReasonCode

_folded = lru_cache(maxsize=100_000)(fold)  # one parent stands beside each of its areas


class PlaceOutcome(Enum):
    """What became of a row's place."""

    FOUND = "found"
    UNKNOWN = "unknown"
    NOT_MATCHED = "not matched"  # the area; its parent is known
    NOWHERE = "nowhere"
    AMBIGUOUS = "ambiguous"
    BLANK = "blank"
    TOTAL = "total"


class PlaceTexts(NamedTuple):
    """What a row says of its place; None: blank, or no such column."""

    area: str | None = None
    area_name: str | None = None
    parent: str | None = None
    parent_name: str | None = None

    @property
    def shown_area(self) -> str:
        """The area's text for people, on one line."""
        return tidy(self.area_name or self.area or "")

    @property
    def shown_parent(self) -> str:
        """The parent's text for people, on one line."""
        return tidy(self.parent_name or self.parent or "")


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """An area and its parent, and how they were found.

    Attributes
    ----------
    area, parent
        Codes of the catalogue; None: unknown.
    outcome
        What became of the place.
    short
        Whether the area was found by another spelling than the catalogue's: a short form, an
        abbreviation, words joined or parted.
    parent_short
        The same of its parent.
    contradictions
        What does not fit, for flags.
    """

    area: str | None
    parent: str | None
    outcome: PlaceOutcome
    short: bool = False
    contradictions: tuple[ReasonCode, ...] = ()
    parent_short: bool = False


class PlaceFinder(Protocol):
    """Whatever can find the place of a row."""

    def find(self, texts: PlaceTexts) -> PlaceReading:
        """Find it."""
        ...


class UnknownPlaces:
    """Which texts say that the place is not known, or that the row is a total.

    Parameters
    ----------
    patterns
        The source's `unknown_areas` (`*999`); "" makes a blank place unknown.
    unknown_words
        Delivered texts that say "unknown" anyway (NO REPORTADO).
    catalogue
        A name of the whole is a total, unless a smaller area bears it too.
    """

    def __init__(
        self, patterns: Collection[str], unknown_words: Collection[str], catalogue: AreaCatalogue
    ) -> None:
        self.blank_is_unknown = "" in patterns
        self._patterns = tuple(pattern for pattern in patterns if pattern)
        self._folded = tuple(folded for pattern in patterns if (folded := fold(pattern)))
        self._words = frozenset(unknown_words)
        smaller = {fold(area.name) for area in catalogue.areas.values() if area.level != "whole"}
        self._whole = fold(catalogue.whole.name)
        self._named = smaller

    def says_unknown(self, text: str, code: str | None) -> bool:
        """Say whether a text, or the code it stands for, means "unknown"."""
        if text in self._words or _folded(text) in self._folded:
            return True
        spellings = {text, tidy(text), code or text}
        return any(
            fnmatchcase(spelling, pattern) for spelling in spellings for pattern in self._patterns
        )

    def says_total(self, text: str | None) -> bool:
        """Say whether a text means the sum of other rows."""
        folded = _folded(text) if text else ""
        if folded in self._named:
            return False
        return says_total(folded) or (bool(folded) and folded == self._whole)
