"""Findings of the records room in the words of the page: names for codes, one language each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from testigo.core import Text
from testigo.publication.report.speech import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from testigo.core import Language
    from testigo.publication.report.evidence import Evidence, Row

_PART_OF: Final = " <= "
_BOTH: Final = " / "  # Spanish first, as in the examples and the manual
_CODE: Final = re.compile(r"(?<![\w-])([\w-]+)(?=, \d{4}(?:-\d{2})?:)")  # `12055, 2010-05: 55`
_WORDS: Final = 3  # fewer on one side of a stroke are no sentence of its own
_SIGNATURE: Final = re.compile(r"^(?P<reason>.*?)(?P<signed> \([^()]*\))?$", re.DOTALL)


def say_where(evidence: Evidence, where: str) -> Text | None:
    """Say where a finding is: sources and places by name, a pair with a sign between them."""
    if not where:
        return None
    return _in_each(
        lambda language: " ≤ ".join(
            _named(evidence, part, language) for part in where.split(_PART_OF)
        )
    )


def _named(evidence: Evidence, code: str, language: Language) -> str:
    if code in evidence.by_id:
        return in_words(evidence.name(code), language)
    return code


def say_explanation(evidence: Evidence, row: Row) -> Text:
    """Say what was found; a code of a place before its period becomes the name of the place."""

    def named(found: re.Match[str]) -> str:
        area = evidence.report.catalogue.areas.get(found.group(1))
        return area.name if area else found.group(1)

    return Text(
        es=_CODE.sub(named, str(row["explanation_es"])),
        en=_CODE.sub(named, str(row["explanation"])),
    )


def say_override(evidence: Evidence, row: Row) -> Text:
    """Say the signed reason; of one written in both languages, the half that is read.

    Both halves stand around one stroke with spaces, Spanish before English.
    """
    told = str(row["override"])
    found = _SIGNATURE.match(told)
    reason, signed = (found["reason"], found["signed"] or "") if found else (told, "")
    halves = reason.split(_BOTH)
    several = len(evidence.report.languages) > 1
    if several and len(halves) == len(("es", "en")) and min(map(_length, halves)) >= _WORDS:
        return Text(es=halves[0] + signed, en=halves[1] + signed)
    return Text(es=told, en=told)


def _length(half: str) -> int:
    return len(half.split())


def _in_each(said: Callable[[Language], str]) -> Text:
    return Text(es=said("es"), en=said("en"))
