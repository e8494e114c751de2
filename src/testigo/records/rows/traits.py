"""What a record says of a victim: sex, age, age group, hour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from testigo.records.folding import fold
from testigo.records.reasons import ReasonCode
from testigo.records.rows.values import tidy

if TYPE_CHECKING:
    from collections.abc import Collection

OLDEST: Final = 110  # years; domain.md C22
HOURS_IN_DAY: Final = 24
NOON: Final = 12

_SEXES: Final = {
    "female": "female",
    "femenina": "female",
    "femenino": "female",
    "fem": "female",
    "mujer": "female",
    "mujeres": "female",
    "woman": "female",
    "women": "female",
    "f": "female",
    "male": "male",
    "masculina": "male",
    "masculino": "male",
    "masc": "male",
    "hombre": "male",
    "hombres": "male",
    "varon": "male",
    "man": "male",
    "men": "male",
    "h": "male",
    "v": "male",
}
_AGE: Final = re.compile(r"(-?\d{1,4})(?:[.,]\d+)?\s*(?:anos?|years?|y|a)?\.?")
_BELOW_ONE: Final = re.compile(r"\d{1,3}\s*(?:mes(?:es)?|dias?|horas?|months?|days?|hours?)")
_INFANT: Final = re.compile(r"(?:<|menor(?:es)? de|menos de|under|less than)\s*(?:1|un)\b.*")
_RANGE: Final = re.compile(
    r"(?<!\d)(\d{1,3})(?:\s*[-–—._/]\s*|\s+(?:a|al|to|y|hasta)\s+)(\d{1,3})(?!\d)"
)
_OPEN: Final = re.compile(
    r"(?<!\d)(\d{1,3})\s*(?:anos|years|yrs)?\s*"
    r"(?:\+|plus|[yoe] mas|en adelante|(?:and|or) (?:over|older|more))"
)
_SINGLE: Final = re.compile(r"(\d{1,3})(?:\s*(?:anos?|years?|yrs))?(?: de edad| old)?")
_YOUNGER: Final = re.compile(r"(?:<|menor(?:es)? (?:de|a)|menos de|under|less than)\s*(\d{1,3})\b")
_CLOCK: Final = re.compile(
    r"(?:.*\s|.*T)?(\d{1,2})(?::[0-5]\d){0,2}(?:\.\d+)?\s*"
    r"(?:([ap])\.?\s?m\.?|h|hs|hrs?|horas?)?\.?",
    re.IGNORECASE,
)
_HALF_MINUTE: Final = Decimal(1) / 2880  # of a day
_PART_OF_DAY: Final = re.compile(r"0?[.,](\d+)")


@dataclass(frozen=True, slots=True)
class AgeReading:
    """What a text says as an age.

    Attributes
    ----------
    age
        In completed years; None when it was not read or cannot be meant.
    problem
        Why not.
    """

    age: int | None
    problem: ReasonCode | None = None


def sex_words(texts: Collection[str]) -> dict[str, str]:
    """Say each text of a column of sexes as `female` or `male`; what is neither is left out.

    "M" is a man beside "F", and a woman beside "H"; alone it is not understood.

    Examples
    --------
    >>> sex_words(["H", "M"]), sex_words(["M", "F"]), sex_words(["M", "Otro"])
    ({'H': 'male', 'M': 'female'}, {'M': 'male', 'F': 'female'}, {})
    """
    folded = {text: fold(text) for text in texts}
    words = dict(_SEXES)
    letters = set(folded.values()) & {"f", "h", "v"}
    if letters == {"f"}:
        words["m"] = "male"
    elif letters and "f" not in letters:
        words["m"] = "female"
    return {text: words[plain] for text, plain in folded.items() if plain in words}


def read_age(text: str) -> AgeReading:
    """Read an age in completed years; months and days are 0 years.

    Examples
    --------
    >>> read_age("44.0").age, read_age("6 meses").age, read_age("menor de 1 año").age
    (44, 0, 0)
    >>> read_age("115").problem
    <ReasonCode.AGE_IMPLAUSIBLE: 'age_implausible'>
    """
    plain = _unaccented(text)
    if _BELOW_ONE.fullmatch(plain) or _INFANT.fullmatch(plain):
        return AgeReading(0)
    found = _AGE.fullmatch(plain)
    if found is None:
        return AgeReading(None, ReasonCode.FIELD_NOT_UNDERSTOOD)
    age = int(found[1])
    if not 0 <= age <= OLDEST:
        return AgeReading(None, ReasonCode.AGE_IMPLAUSIBLE)
    return AgeReading(age)


def read_age_group(text: str) -> tuple[int, int | None] | None:
    """Read the completed years from which and up to which a group of ages goes.

    Returns
    -------
    tuple or None
        First and last year, both included; None as the last: no upper end. None: no ages.

    Examples
    --------
    >>> read_age_group("15-19 años"), read_age_group("a85plus"), read_age_group("menos de 1 año")
    ((15, 19), (85, None), (0, 0))
    >>> read_age_group("7 años"), read_age_group("ADULTOS"), read_age_group("19-15")
    ((7, 7), None, None)
    """
    plain = _unaccented(text)
    if found := _RANGE.search(plain):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last else None
    if found := _OPEN.search(plain):
        return int(found[1]), None
    if found := _YOUNGER.search(plain):
        return (0, int(found[1]) - 1) if int(found[1]) > 0 else None
    if found := _SINGLE.fullmatch(plain):
        return int(found[1]), int(found[1])
    return None


def age_group_word(text: str) -> str:
    """Say an age group in the one way that tables use; what is not understood stays.

    Examples
    --------
    >>> age_group_word("15-19 años"), age_group_word("85 y más"), age_group_word("De 0 a 4 años")
    ('15-19', '85+', '0-4')
    >>> age_group_word("Menores de edad (0-17)"), age_group_word("ADULTOS")
    ('0-17', 'ADULTOS')
    """
    years = read_age_group(text)
    if years is None:
        return tidy(text)
    first, last = years
    if last is None:
        return f"{first}+"
    return str(first) if first == last else f"{first}-{last}"


def read_hour(text: str) -> int | None:
    """Read the hour of a time of day, 0 to 23; None when it is none.

    Examples
    --------
    >>> read_hour("6:30"), read_hour("12:05 a. m."), read_hour("0.75"), read_hour("25:00")
    (6, 0, 18, None)
    """
    plain = text.strip()
    part = _PART_OF_DAY.fullmatch(plain)
    if part is not None:  # a spreadsheet's share of a day
        share = Decimal(f"0.{part[1]}")
        rounded = min(Decimal(5) / 10 ** (len(part[1]) + 1), _HALF_MINUTE)  # 0.7083 is 17:00
        return min(int((share + rounded) * HOURS_IN_DAY), HOURS_IN_DAY - 1)
    plain = re.sub(r"(?<=\d)[.,]0+$", "", plain)
    if re.fullmatch(r"\d{4}", plain):  # 0630
        plain = f"{plain[:2]}:{plain[2:]}"
    found = _CLOCK.fullmatch(plain)
    if found is None:
        return None
    hour = int(found[1])
    if found[2]:
        hour = hour % NOON + (NOON if found[2].lower() == "p" else 0)
    return hour if hour < HOURS_IN_DAY else None


def _unaccented(text: str) -> str:
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return tidy(text.lower())
