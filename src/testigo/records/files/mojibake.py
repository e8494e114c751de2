"""Accents that were broken before delivery are mended, and right ones are left alone.

Two families are known. UTF-8 read as a one-byte table ("MÃ©xico") proves itself, because hardly
any other text decodes; `ftfy` finds it. One one-byte table read as another ("AÒo": Latin-1 read
as MacRoman) proves nothing by itself, so the whole file is the witness: a confusion is believed
only if it turns misread words into well written ones and harms none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from testigo.records.files.plausibility import look_of, words_with_accents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_CONFUSIONS: Final = (  # (read as, really was), likeliest first
    ("mac_roman", "cp1252"),
    ("cp1252", "cp850"),
    ("cp1252", "mac_roman"),
    ("cp850", "cp1252"),
    ("cp437", "cp1252"),
    ("mac_roman", "cp850"),
    ("cp850", "mac_roman"),
)
_UTF8_READ_AS: Final = ("sloppy-windows-1252", "latin-1", "mac_roman", "cp850", "cp437")
_LEADS: Final = frozenset("ÃÂâÅ√¬├┬‚")  # what a first byte of UTF-8 looks like in those
_SPANISH: Final = frozenset("áéíóúñüÁÉÍÓÚÑÜ")
_ROUNDS: Final = 3  # a text may have been misread twice
_HARM_ALLOWED: Final = 0.01  # of the words mended, before a file counts as only partly misread
_MIXED_WORDS: Final = 5  # a partly misread file needs more witnesses ...
_MIXED_MARKS: Final = 2  # ... and more than one separator sign used in a strange way


@dataclass(frozen=True, slots=True)
class Repair:
    """What was mended.

    Attributes
    ----------
    texts
        Delivered text to mended text, only those that change.
    confusions
        What was taken for what, for the notes: (read as, really was).
    """

    texts: Mapping[str, str]
    confusions: tuple[tuple[str, str], ...]


def repair_accents(texts: Collection[str]) -> Repair:
    """Mend the broken accents of a file, given all its different texts.

    Examples
    --------
    >>> repair_accents({"AÒo", "Bien jurÌdico", "Sinaloa"}).texts["AÒo"]
    'Año'
    >>> repair_accents({"Año", "Òdena", "Müller"}).texts
    {}
    """
    now = {text: text for text in sorted(texts) if not text.isascii()}
    found: list[tuple[str, str]] = []
    for _ in range(_ROUNDS):
        if not _misread_words("\n".join(now.values())):
            break
        step = _undo_utf8(now.values()) or _undo_one_byte(now.values())
        if step is None:
            break
        found.extend(step.confusions)
        now = {given: step.texts.get(text, text) for given, text in now.items()}
    changed = {given: text for given, text in now.items() if given != text}
    return Repair(changed, tuple(dict.fromkeys(found)))


def _misread_words(text: str) -> int:
    return sum(look_of(word) < 0 for word in words_with_accents(text))


def _undo_utf8(texts: Iterable[str]) -> Repair | None:
    mended, codecs = {}, set()
    for text in set(texts):
        misread = _misread_words(text)
        if misread and not _LEADS.isdisjoint(text):
            better, codec = min(_as_utf8(text), key=lambda trial: _ugliness(trial[0]))
            if _misread_words(better) < misread:
                mended[text] = better
                codecs.add(codec)
    return Repair(mended, tuple((codec, "utf-8") for codec in sorted(codecs))) if mended else None


def _as_utf8(text: str) -> Iterable[tuple[str, str]]:
    from ftfy import fix_encoding

    for codec in _UTF8_READ_AS:
        try:
            yield text.encode(codec).decode("utf-8"), codec
        except UnicodeError:
            continue
    yield fix_encoding(text), "sloppy-windows-1252"  # a text of which only a part was misread


def _ugliness(text: str) -> tuple[int, int]:
    """Sort the readings of one text: fewest misread words first, then most well written ones."""
    looks = [look_of(word) for word in words_with_accents(text)]
    return sum(look < 0 for look in looks), -sum(look > 0 for look in looks)


def _undo_one_byte(texts: Iterable[str]) -> Repair | None:
    given = sorted(set(texts))
    words = {word for text in given for word in words_with_accents(text)}
    trials = [_try(confusion, words) for confusion in _CONFUSIONS]
    best = max(trials, key=lambda trial: (len(trial.mended) - len(trial.harmed), trial.spanish))
    if not best.believed:
        return None
    table = _table(*best.confusion)
    mended = {text: text.translate(table) for text in given if best.applies_to(text)}
    mended = {text: better for text, better in mended.items() if text != better}
    return Repair(mended, (best.confusion,)) if mended else None


@dataclass(frozen=True, slots=True)
class _Trial:
    """What one confusion would do to the words of a file."""

    confusion: tuple[str, str]
    mended: frozenset[str]  # misread before, well written after
    harmed: frozenset[str]

    @property
    def whole(self) -> bool:
        return bool(self.mended) and len(self.harmed) <= _HARM_ALLOWED * len(self.mended)

    @property
    def spanish(self) -> int:
        """How many letters of Spanish come out: it decides when a single word is the witness."""
        table = _table(*self.confusion)
        return sum(letter in _SPANISH for word in self.mended for letter in word.translate(table))

    @property
    def believed(self) -> bool:
        if self.whole:
            return True
        marks = {mark for word in self.mended for mark in word if not mark.isascii()}
        enough = len(self.mended) >= _MIXED_WORDS and len(marks) >= _MIXED_MARKS
        return enough and len(self.mended) > len(self.harmed) * _HARM_ALLOWED

    def applies_to(self, text: str) -> bool:
        words = words_with_accents(text)
        if any(word in self.harmed for word in words):
            return False
        return self.whole or any(word in self.mended for word in words)


def _try(confusion: tuple[str, str], words: Collection[str]) -> _Trial:
    table = _table(*confusion)
    mended, harmed = set(), set()
    for word in words:
        before = look_of(word)
        known = all(mark.isascii() or ord(mark) in table for mark in word)
        after = look_of(word.translate(table)) if known else -1
        if before < 0 < after:
            mended.add(word)
        elif after < before:
            harmed.add(word)
    return _Trial(confusion, frozenset(mended), frozenset(harmed))


@cache
def _table(read_as: str, was: str) -> Mapping[int, str]:
    """Return what each letter beyond ASCII would have been, for `str.translate`."""
    table = {}
    for byte in range(0x80, 0x100):
        seen = bytes([byte]).decode(read_as, "replace")
        meant = bytes([byte]).decode(was, "replace")
        if "\ufffd" not in (seen, meant):
            table[ord(seen)] = meant
    if read_as == "cp1252":  # Latin-1 leaves the same bytes as invisible controls
        table |= {byte: bytes([byte]).decode(was, "replace") for byte in range(0x80, 0xA0)}
    return table
