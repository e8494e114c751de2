"""How the letters of a text file are written: found by looking, and turned into UTF-8.

UTF-8 proves itself. The one-byte tables of Windows, DOS and the old Macintosh do not: they are
judged by how the words look in Spanish and Portuguese, and only when none of the three makes
sense is charset-normalizer asked about the rest of the world.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message, Number
from testigo.records.files.plausibility import look_of
from testigo.records.files.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKS: Final = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY: Final = ("cp1252", "mac_roman", "cp850")  # in the order in which they are met
_NAMES: Final = {
    "cp1252": "Windows-1252",
    "sloppy-windows-1252": "Windows-1252",
    "mac_roman": "MacRoman",
    "cp850": "DOS 850",
    "cp437": "DOS 437",
    "latin-1": "Latin-1",
}
_LOOKED_AT: Final = 1 << 16
_WORDS_LOOKED_AT: Final = 100_000  # from the top; the same ones come back all the time
_DISTINCT_WORDS: Final = 5_000
_GARBAGE_ALLOWED: Final = 20  # different words; so few are damage, not another alphabet
_PIECE: Final = 1 << 24
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b"))
_CONTROLS_ALLOWED: Final = 0.005
_ZEROS_OF_UTF16: Final = 0.3  # share of the high bytes that are zero in Latin text
_MIXED_FROM: Final = 0.1  # share of bytes that look like UTF-8; by chance it is far lower
_ASCII: Final = bytes(range(0x80))
_TWO_BYTES: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")
_ACCENTED: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_END_OF_DOS_FILE: Final = b"\x1a"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text file as UTF-8.

    Attributes
    ----------
    data
        The text, without mark.
    notes
        How it was written, when that had to be found out and is not UTF-8.
    """

    data: bytes
    notes: tuple[Message, ...] = ()


def decode_text(data: bytes, *, declared: str | None, file: object) -> Decoded:
    """Turn the bytes of a text file into UTF-8.

    Raises
    ------
    ConfigurationError
        When `declared` is not the name of an encoding.
    InputFileError
        When the bytes are not text, or not in the declared encoding.
    """
    if declared is not None:
        decoded = Decoded(_as_declared(data, declared, file))
    else:
        decoded = _decode(data, file)
    if codecs.BOM_UTF8[:1] not in decoded.data:  # one byte is found far sooner than three
        return decoded
    # Files that were put together carry marks in the middle.
    return Decoded(decoded.data.replace(codecs.BOM_UTF8, b""), decoded.notes)


def _decode(data: bytes, file: object) -> Decoded:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec, file)
    data = data.removeprefix(codecs.BOM_UTF8).rstrip(_END_OF_DOS_FILE)
    utf16 = _utf16_without_mark(data[:_LOOKED_AT])
    if utf16:
        return _decoded(data, utf16, file)
    if b"\0" in data or _control_share(data[:_LOOKED_AT]) > _CONTROLS_ALLOWED:
        raise refuse(file, "binary", kind=Message("something that is not text"))
    if _is_utf8(data):
        return Decoded(data)
    return _decode_legacy(data, file)


def _as_declared(data: bytes, declared: str, file: object) -> bytes:
    try:
        text = data.decode(declared)
    except (LookupError, ValueError) as problem:
        if isinstance(problem, UnicodeDecodeError):
            line = data.count(b"\n", 0, problem.start) + 1
            raise refuse(file, "wrong_encoding", line=line, encoding=declared) from None
        raise ConfigurationError(
            Message("encoding = {given!r} is not the name of an encoding.", {"given": declared}),
            Message('Write for instance "utf-8", "cp1252", "mac_roman", "cp850" or "utf-16".'),
        ) from None
    return text.encode("utf-8", "replace")


def _decoded(data: bytes, codec: str, file: object) -> Decoded:
    if b"\0" in data.decode(codec, "replace").encode("utf-8", "replace"):
        raise refuse(file, "binary", kind=Message("something that is not text"))
    return Decoded(_as_declared(data, codec, file), (_note(codec),))


def _note(codec: str) -> Message:
    return Message("The letters are written in {encoding}.", {"encoding": encoding_name(codec)})


def encoding_name(codec: str) -> str:
    """Return what people call an encoding.

    Examples
    --------
    >>> encoding_name("cp1252"), encoding_name("utf-16-le")
    ('Windows-1252', 'UTF-16-LE')
    """
    return _NAMES.get(codec, codec.upper())


def _utf16_without_mark(sample: bytes) -> str | None:
    half = len(sample) // 2
    if not half or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _ZEROS_OF_UTF16 and not even:
        return "utf-16-le"
    if even > _ZEROS_OF_UTF16 and not odd:
        return "utf-16-be"
    return None


def _control_share(sample: bytes) -> float:
    kept = len(sample.translate(None, _CONTROLS))
    return 1 - kept / len(sample) if sample else 0.0


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decode_legacy(data: bytes, file: object) -> Decoded:
    beyond = len(data.translate(None, _ASCII))
    letters = sum(1 for _ in _TWO_BYTES.finditer(data))  # of UTF-8, those of our languages
    if 2 * letters >= _MIXED_FROM * beyond:
        return _decode_mixed(data, file)
    codec = _likeliest(data, file)
    return Decoded(_by_table(data, codec), (_note(codec),))


def _decode_mixed(data: bytes, file: object) -> Decoded:
    lines = data.split(b"\n")
    wrong = [line for line in lines if not _is_utf8(line)]
    codec = _likeliest(b"\n".join(wrong), file)
    read = {line: _by_table(line, codec) for line in wrong}
    note = Message(
        "The letters are written in UTF-8, but in {lines} lines in {encoding}: it was put "
        "together from several files.",
        {"lines": Number(len(wrong)), "encoding": encoding_name(codec)},
    )
    return Decoded(b"\n".join(read.get(line, line) for line in lines), (note,))


def _by_table(data: bytes, codec: str) -> bytes:
    if codec == "cp1252":
        import ftfy.bad_codecs  # noqa: F401  # registers the table without its five holes

        codec = "sloppy-windows-1252"
    return data.decode(codec, "replace").encode("utf-8", "replace")


def _likeliest(data: bytes, file: object) -> str:
    found = (match[0] for match in islice(_ACCENTED.finditer(data), _WORDS_LOOKED_AT))
    words = list(dict.fromkeys(found))
    looks = {codec: Counter(_looks(words, codec)) for codec in _LEGACY}
    best = max(_LEGACY, key=lambda codec: looks[codec][1] - looks[codec][-1])
    if looks[best][-1] <= looks[best][1]:
        return best
    from charset_normalizer import from_bytes

    guess = from_bytes(b" ".join(words[:_DISTINCT_WORDS])).best()
    if guess is not None:
        return str(guess.encoding)
    if len(words) > _GARBAGE_ALLOWED:
        raise refuse(file, "unknown_encoding")
    return best


def _looks(words: Iterable[bytes], codec: str) -> Iterator[int]:
    for word in words:
        yield look_of(_by_table(word, codec).decode("utf-8"))
