"""Ages as ranges of years: stated ages are one year wide, groups and "adult" are wider."""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_RANGE: Final = re.compile(r"^\s*(\d{1,3})\s*(?:-|–|a|to)\s*(\d{1,3})")
_OPEN: Final = re.compile(r"^\s*(\d{1,3})\s*(?:\+|y mas|y más|or more|and over)")
_OLDEST: Final = 110
_WORDS: Final = {
    "adulto": (18, _OLDEST), "adult": (18, _OLDEST), "menor": (0, 17), "minor": (0, 17),
    "menor de edad": (0, 17), "mayor de edad": (18, _OLDEST), "adulto mayor": (60, _OLDEST),
    "joven": (14, 29), "adolescente": (12, 17), "niño": (0, 12), "niña": (0, 12),
}  # fmt: skip


def age_range(text: str | None) -> tuple[int, int] | None:
    """Return the youngest and oldest age that a group allows; None when it tells nothing.

    Examples
    --------
    >>> age_range("15-19"), age_range("85+"), age_range("adulto"), age_range("?")
    ((15, 19), (85, 110), (18, 110), None)
    """
    plain = (text or "").strip().lower()
    if plain in _WORDS:
        return _WORDS[plain]
    if found := _RANGE.match(plain):
        return int(found[1]), int(found[2])
    if found := _OPEN.match(plain):
        return int(found[1]), _OLDEST
    return None


def age_bounds(age: pa.Array, group: pa.Array) -> dict[str, pa.Array]:
    """Return `age_low` and `age_high` in years (int32), from the age or else from its group."""
    encoded = group.cast(pa.string()).dictionary_encode()
    ranges = [age_range(text) for text in encoded.dictionary.to_pylist()]
    lows = pa.array([found and found[0] for found in ranges], pa.int32()).take(encoded.indices)
    highs = pa.array([found and found[1] for found in ranges], pa.int32()).take(encoded.indices)
    stated = age.cast(pa.int32())
    return {"age_low": pc.coalesce(stated, lows), "age_high": pc.coalesce(stated, highs)}
