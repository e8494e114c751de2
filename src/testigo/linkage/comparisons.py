"""The comparisons of two records: their levels in SQL, and what is thought of them beforehand.

Each comparison says which side of the question it is about: fields of the incident agree for
co-victims too, fields of the person do not. Shares are the default model: what is usual where
lists of killings were compared, before anything is learned from the records at hand; the worst
level ("none of these") comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Side = Literal["person", "kin", "incident"]

VERSION: Final = 1  # of comparisons and rules: what one version scored, the next does not keep


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison.

    Attributes
    ----------
    name
        Of the field.
    side
        `incident`: co-victims agree as one person's records do. `person`: they do no more
        than strangers. `kin`: they often share it (surnames).
    missing
        SQL: the comparison says nothing.
    levels
        SQL of each level, best first; what is none of them is the worst.
    same, unrelated
        Default shares, worst level first; one longer than `levels`.
    kin
        Default shares among co-victims; empty: as `unrelated` (or `same`, for an incident).
    namesakes
        Share of co-victims at each level beyond chance: brothers who share a first name, a son
        named after his father. Empty: none.
    most_apart
        Largest share of one person's records that may be learned to be none of the levels.
        Without it, learning may take all who share a common name for one person whose other
        fields never agree.
    """

    name: str
    side: Side
    missing: str
    levels: tuple[str, ...]
    same: tuple[float, ...]
    unrelated: tuple[float, ...]
    kin: tuple[float, ...] = ()
    namesakes: tuple[float, ...] = ()
    most_apart: float = 0.1


def _alike(column_l: str, column_r: str) -> str:
    """Return SQL: two words sound alike, look alike, or differ by a slip."""
    l, r = f"{column_l}_l", f"{column_r}_r"  # noqa: E741
    sound = f"{column_l}_sound_l = {column_r}_sound_r"
    shape = f"{column_l}_shape_l = {column_r}_shape_r"
    return f"({sound} or {shape} or jaro_winkler_similarity({l}, {r}) >= 0.9)"


def _either(text: str) -> str:
    """Return SQL that may hold with the two records exchanged."""
    swapped = text.replace("_l", "_@").replace("_r", "_l").replace("_@", "_r")
    return f"(({text}) or ({swapped}))"


_SAME_WORDS: Final = "(words_l = words_r)"
_INITIAL: Final = "(length(g1_l) = 1 or length(g1_r) = 1) and left(g1_l, 1) = left(g1_r, 1)"
_SECONDS_FIT: Final = (
    "(g2_l is null or g2_r is null or g2_sound_l = g2_sound_r or g2_shape_l = g2_shape_r"
    " or jaro_winkler_similarity(g2_l, g2_r) >= 0.9"
    " or (length(g2_l) = 1 or length(g2_r) = 1) and left(g2_l, 1) = left(g2_r, 1))"
)
_BOTH_SECOND: Final = "s2_l is not null and s2_r is not null"
_ONE_SECOND: Final = "(s2_l is null or s2_r is null)"
_KM: Final = (
    "sqrt(pow((lat_l - lat_r) * 111.2, 2) + pow((lon_l - lon_r) * 111.2 * cos(radians(lat_l)), 2))"
)
_GAP: Final = "greatest(day_low_l - day_high_r, day_low_r - day_high_l, 0)"
_EXACT_DAYS: Final = "(day_l is not null and day_r is not null)"
_SWAPPED_DAY: Final = "(day_l is not null and day_r is not null and swapped_l = day_r)"
_AGE_GAP: Final = "greatest(age_low_l - age_high_r, age_low_r - age_high_l, 0)"
_SAME_PLACE: Final = (
    "(place_l = place_r or (length(place_l) > 4 and length(place_r) > 4 and "
    "(contains(place_l, place_r) or contains(place_r, place_l) "
    "or jaro_winkler_similarity(place_l, place_r) >= 0.92)))"
)
_SAME_AREA: Final = "(area_l = area_r)"
_ALIKE_AREA: Final = (
    "(area_l = area_r or (jaro_winkler_similarity(area_l, area_r) >= 0.92 "
    "and (parent_l is null or parent_r is null or parent_l = parent_r)))"
)
_HOURS: Final = "least(abs(hour_l - hour_r), 24 - abs(hour_l - hour_r))"

COMPARISONS: Final = (
    Comparison(
        "given",
        "person",
        "given_l is null or given_r is null",
        (
            f"given_l = given_r or {_SAME_WORDS}",
            f"p1_l = p1_r and {_SECONDS_FIT} or " + _either("g1_l = g2_r") + " or g2_l = g2_r",
            f"({_alike('g1', 'g1')} or {_INITIAL}) and {_SECONDS_FIT}",
            "p1_l = p1_r",
            _either(_alike("g1", "g2"))
            + " or "
            + _alike("g2", "g2")
            + " or "
            + _either("g1_l = s1_r or g1_l = s2_r"),
        ),
        (0.02, 0.03, 0.015, 0.13, 0.13, 0.675),
        (0.93, 0.02, 0.01, 0.015, 0.015, 0.01),
        namesakes=(0.0, 0.0, 0.05, 0.0, 0.0, 0.04),  # José Luis and José Carlos; Juan and Juan
        most_apart=0.12,
    ),
    Comparison(
        "surnames",
        "kin",
        "s1_l is null or s1_r is null",
        (
            f"{_BOTH_SECOND} and (s1_l = s1_r and s2_l = s2_r or {_SAME_WORDS})",
            f"{_alike('s1', 's1')} and {_alike('s2', 's2')} or s1_l = s2_r and s2_l = s1_r",
            f"s1_l = s1_r and {_ONE_SECOND} or {_SAME_WORDS}",
            f"{_alike('s1', 's1')} and {_ONE_SECOND}",
            "s1_l = s1_r or s2_l = s2_r or " + _either("s1_l = s2_r"),
            _alike("s1", "s1")
            + " or "
            + _alike("s2", "s2")
            + " or "
            + _either(_alike("s1", "s2"))
            + " or "
            + _either("g1_l = s1_r or g1_l = s2_r"),
        ),
        (0.02, 0.02, 0.05, 0.07, 0.24, 0.15, 0.45),
        (0.93, 0.03, 0.03, 0.0015, 0.008, 0.0001, 0.0004),
        (0.62, 0.03, 0.06, 0.03, 0.08, 0.06, 0.12),
        most_apart=0.12,
    ),
    Comparison(
        "age",
        "person",
        "age_low_l is null or age_low_r is null",
        (
            f"{_AGE_GAP} = 0",
            f"{_AGE_GAP} = 1",
            f"{_AGE_GAP} <= 3",
            f"{_AGE_GAP} <= 6",
            f"{_AGE_GAP} <= 12",
        ),
        (0.003, 0.015, 0.04, 0.10, 0.16, 0.682),
        (0.36, 0.23, 0.19, 0.11, 0.06, 0.05),
        most_apart=0.012,
    ),
    Comparison(
        "sex",
        "person",
        "sex_l is null or sex_r is null",
        ("sex_l = sex_r",),
        (0.02, 0.98),
        (0.16, 0.84),
        most_apart=0.06,
    ),
    Comparison(
        "birth",
        "person",
        "birth_l is null or birth_r is null",
        (
            "birth_l = birth_r",
            "birth_swapped_l = birth_r or damerau_levenshtein(birth_text_l, birth_text_r) <= 1",
            "abs(birth_l - birth_r) <= 366",
        ),
        (0.04, 0.05, 0.11, 0.80),
        (0.97, 0.02, 0.00996, 0.00004),
        most_apart=0.16,
    ),
    Comparison(
        "nid",
        "person",
        "nid_l is null or nid_r is null",
        ("nid_l = nid_r", "damerau_levenshtein(nid_l, nid_r) <= 1"),
        (0.02, 0.08, 0.90),
        (0.99995, 0.00004, 0.00001),
        most_apart=0.08,
    ),
    Comparison(
        "date",
        "incident",
        "day_low_l is null or day_low_r is null",
        (
            f"{_GAP} = 0 and {_EXACT_DAYS}",
            f"{_GAP} = 0",
            f"{_GAP} <= 1",
            f"{_GAP} <= 3",
            f"{_GAP} <= 10 or {_SWAPPED_DAY}",
            f"{_GAP} <= 45",
        ),
        (0.004, 0.026, 0.05, 0.08, 0.12, 0.02, 0.70),
        (0.90, 0.07, 0.018, 0.005, 0.0025, 0.003, 0.0015),
        most_apart=0.02,
    ),
    Comparison(
        "place",
        "incident",
        "area_l is null and parent_l is null and lat_l is null"
        " or area_r is null and parent_r is null and lat_r is null"
        " or (area_l is null or area_r is null) and (parent_l is null or parent_r is null)"
        " and (lat_l is null or lat_r is null)",
        (
            f"{_KM} <= 0.3 or ({_ALIKE_AREA} and {_SAME_PLACE})",
            f"{_KM} <= 2",
            f"{_SAME_AREA} and (place_l is null or place_r is null)",
            f"{_SAME_AREA}",
            f"{_ALIKE_AREA} or {_SAME_PLACE} and place_l = place_r or {_KM} <= 15",
            "parent_l = parent_r",
        ),
        (0.01, 0.04, 0.05, 0.12, 0.25, 0.13, 0.40),
        (0.85, 0.12, 0.012, 0.008, 0.008, 0.001, 0.001),
        most_apart=0.12,
    ),
    Comparison(
        "weapon",
        "incident",
        "weapon_l is null or weapon_r is null",
        ("weapon_l = weapon_r", "weapon_l = 'other' or weapon_r = 'other'"),
        (0.06, 0.06, 0.88),
        (0.32, 0.06, 0.62),
        most_apart=0.2,
    ),
    Comparison(
        "hour",
        "incident",
        "hour_l is null or hour_r is null",
        (f"{_HOURS} <= 1", f"{_HOURS} <= 3"),
        (0.10, 0.15, 0.75),
        (0.74, 0.14, 0.12),
        most_apart=0.3,
    ),
)
NAMES: Final = tuple(comparison.name for comparison in COMPARISONS)
