"""Weapons as classes that lists share: firearm, blade, blunt, strangling, vehicle, other."""

from __future__ import annotations

import re
from typing import Final, Literal

from testigo.records import fold

WeaponClass = Literal["firearm", "blade", "blunt", "strangling", "burning", "vehicle", "other"]

_FIREARM: Final = (
    r"fuego|\bpaf\b|hpaf|bala|tiro|dispar|revolver|pistola|escopeta|fusil|rifle|"
    r"gun|shot|firearm|\baf\b|proyectil|\bx9[3-5]"
)
_BLADE: Final = (
    r"blanca|cuchill|machet|punzo|cortopunz|cortant|navaja|pu.al|knife|stab|blade|"
    r"sharp|\bacp\b|\bx99"
)
_CLASSES: Final[tuple[tuple[WeaponClass, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern))  # type: ignore[misc]  # the literal is told by the table
    for name, pattern in (
        ("vehicle", r"vehic|atropell|arrollad|transito|\bcar\b|\bauto\b"),
        ("firearm", _FIREARM),
        ("strangling", r"ahorc|asfix|estrangul|strang|sofoc|suffoc|ligadura|hang|\bx91"),
        ("burning", r"incendi|quemad|fire\b|burn|calcina|\bx97"),
        ("blunt", r"contund|golpe|palo|piedra|martillo|beat|blunt|garrote|\bx99b|\by00"),
        ("blade", _BLADE),
    )
)  # fmt: skip
_UNKNOWN: Final = re.compile(
    r"^(no (se )?(identific|report|determin|consta|aplica|especific)\w*|sin \w+|desconocid\w*|"
    r"unknown\w*|undetermined|se ignora|ignorad\w*|nd|sd|na|n d|s d|x+)?$"
)


def weapon_class(text: str | None) -> WeaponClass | None:
    """Return the class of a weapon's text or code; None when unknown.

    Examples
    --------
    >>> [weapon_class(text) for text in ("HPAF", "a machetazos", "Gunshot", "veneno", "Ignorado")]
    ['firearm', 'blade', 'firearm', 'other', None]
    """
    folded = fold(text or "")
    if _UNKNOWN.match(folded):
        return None
    return next((name for name, words in _CLASSES if words.search(folded)), "other")
