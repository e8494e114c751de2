"""Place names that the catalogue does not know, with the areas that they are most like.

The likeness only orders suggestions for a person to decide; no row is placed by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.records.columns import UNMATCHED_PLACES
from testigo.records.folding import fold
from testigo.records.reasons import ReasonCode, number_of
from testigo.records.rows.place_names import NameIndex
from testigo.records.rows.place_readings import PlaceOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from testigo.core import Area, AreaCatalogue
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.places import Places
    from testigo.records.rows.stacking import Stack

SUGGESTIONS: Final = 3
GOOD_ENOUGH: Final = 90.0  # likeness above which a suggestion within the parent comes first
_TOLD: Final = (PlaceOutcome.NOT_MATCHED, PlaceOutcome.NOWHERE, PlaceOutcome.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class _Suggestion:
    area: Area
    score: float
    shown: str


def unmatched_table(
    stack: Stack, placement: Placement, places: Places, catalogue: AreaCatalogue
) -> pa.Table:
    """Tell the place texts that were not matched, by how many rows carry them."""
    rows = placement.accepted
    for code in (ReasonCode.AREA_NOT_IN_CATALOGUE, ReasonCode.PLACE_AMBIGUOUS):
        rows = rows | (placement.reason == number_of(code))
    counts = np.bincount(places.codes[rows], minlength=len(places.readings))
    told: dict[tuple[str, str], tuple[int, str | None]] = {}
    for texts, reading, count in zip(places.texts, places.readings, counts.tolist(), strict=True):
        if reading.outcome in _TOLD and count:
            parent, area = texts.shown_parent, texts.shown_area
            if stack.source.area_level == "parent":
                parent, area = "", area or parent
            elif reading.outcome is PlaceOutcome.NOWHERE and parent:
                area = ""  # an alias of the parent finds its areas
            before = told.get((parent, area), (0, None))[0]
            told[parent, area] = (before + count, reading.parent)
    suggest = _Suggesting(catalogue, large=stack.source.area_level == "parent")
    return UNMATCHED_PLACES.table(
        [
            {"source": stack.source.id, "parent_text": parent, "area_text": area, "rows": count}
            | _suggested(suggest.for_text(area or parent, within, large=not area))
            for (parent, area), (count, within) in told.items()
        ]
    )


def _suggested(found: Sequence[_Suggestion]) -> dict[str, object]:
    best = found[0] if found else None
    return {
        "candidate_code": best.area.code if best else None,
        "candidate_name": best.shown if best else None,
        "score": round(best.score, 1) if best else None,
        "other_candidates": "; ".join(f"{one.area.code} {one.shown}" for one in found[1:]) or None,
    }


class _Suggesting:
    def __init__(self, catalogue: AreaCatalogue, *, large: bool) -> None:
        self._names = {code: area.name for code, area in catalogue.areas.items()}
        self._parents = catalogue.of_level("parent")
        self._areas = self._parents if large else catalogue.of_level("area")
        self._everywhere = NameIndex([(area.code, area.name) for area in self._areas])
        self._by_code = catalogue.areas

    def for_text(self, text: str, within: str | None, *, large: bool) -> list[_Suggestion]:
        """Suggest areas for a text; those of the parent first, unless another is the very name."""
        pool = self._parents if large else self._areas
        if within is not None:
            pool = tuple(area for area in pool if area.parent == within)
        near = self._nearest(text, pool)
        if within is None or (near and near[0].score >= GOOD_ENOUGH):
            return near
        elsewhere = self._everywhere.find(text)
        if len(elsewhere.codes) != 1 or elsewhere.short:
            return near
        area = self._by_code[elsewhere.codes[0]]
        return [_Suggestion(area, 100.0, self._shown(area, with_parent=True)), *near]

    def _nearest(self, text: str, pool: Iterable[Area]) -> list[_Suggestion]:
        from rapidfuzz import fuzz, process

        pool = list(pool)
        alone = len({area.parent for area in pool}) <= 1
        found = process.extract(
            fold(text), [fold(area.name) for area in pool], scorer=fuzz.WRatio, limit=SUGGESTIONS
        )
        return [
            _Suggestion(pool[place], score, self._shown(pool[place], with_parent=not alone))
            for _, score, place in found
            if score > 0
        ]

    def _shown(self, area: Area, *, with_parent: bool) -> str:
        parent = self._names.get(area.parent or "")
        return f"{area.name} ({parent})" if with_parent and parent else area.name
