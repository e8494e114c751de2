"""Where two texts differ, so that an eye finds it at once."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from testigo.records import fold

Part = tuple[str, bool]  # a piece of text, and whether it differs
_PIECES: Final = re.compile(r"\S+|\s+")
_ALIKE: Final = 0.55  # words less alike than this are marked whole


def mark_differences(first: str, second: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Cut two texts into pieces that agree and pieces that differ.

    Words that only stand in another order, or differ in accents, capitals or punctuation, agree.

    Examples
    --------
    >>> mark_differences("PEREZ Ana", "Ana Péres")[0]
    (('PERE', False), ('Z', True), (' Ana', False))
    """
    one, other = _PIECES.findall(first), _PIECES.findall(second)
    partner = _partners(one, other)
    back = {there: here for here, there in partner.items()}
    return _marked(one, other, partner), _marked(other, one, back)


def _marked(words: list[str], others: list[str], partner: dict[int, int]) -> tuple[Part, ...]:
    pieces = [_cut(word, others, partner.get(place)) for place, word in enumerate(words)]
    return _joined([piece for cut in pieces for piece in cut])


def _partners(one: list[str], other: list[str]) -> dict[int, int]:
    """Pair the words of two texts: the same ones first, then those most alike."""
    here = [place for place, word in enumerate(one) if word.strip()]
    there = [place for place, word in enumerate(other) if word.strip()]
    likeness = sorted(
        ((-_likeness(one[a], other[b]), abs(a - b), a, b) for a in here for b in there),
    )
    partner: dict[int, int] = {}
    for ratio, _, a, b in likeness:
        if -ratio >= _ALIKE and a not in partner and b not in partner.values():
            partner[a] = b
    return partner


def _likeness(one: str, other: str) -> float:
    if fold(one) == fold(other):
        return 1.0
    return SequenceMatcher(None, _flat(one), _flat(other), autojunk=False).ratio()


def _cut(word: str, others: list[str], partner: int | None) -> list[Part]:
    if not word.strip():
        return [(word, False)]
    if partner is None:
        return [(word, True)]
    mate = others[partner]
    if fold(word) == fold(mate):
        return [(word, False)]
    matcher = SequenceMatcher(None, _flat(word), _flat(mate), autojunk=False)
    return [
        (word[start:end], tag != "equal")
        for tag, start, end, _, _ in matcher.get_opcodes()
        if end > start
    ] or [(word, True)]


def _flat(word: str) -> str:
    """Fold a word letter by letter, so that places stay."""
    return "".join((fold(letter) or letter)[:1] for letter in word)


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    found: list[Part] = []
    for text, differs in parts:
        if found and found[-1][1] == differs:
            found[-1] = (found[-1][0] + text, differs)
        else:
            found.append((text, differs))
    return tuple(found)
