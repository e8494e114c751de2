"""What the declared ids of a source mean in a sentence."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

UNIT_WORDS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "victim": Message("victim"),
        "file": Message("case file"),
        "incident": Message("incident"),
    }
)
DATE_WORDS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "event": Message("day of the event"),
        "death": Message("day of death"),
        "registration": Message("day of registration"),
    }
)
PLACE_WORDS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "event": Message("place of the event"),
        "death": Message("place of death"),
        "residence": Message("place of residence"),
    }
)
