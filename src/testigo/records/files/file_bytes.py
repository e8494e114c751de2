"""The bytes of a delivered file, within limits."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from typing import TYPE_CHECKING, Final

from testigo.core import InputFileError, Message, Number
from testigo.records.files.refusals import refuse

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE: Final = 2 << 30  # bytes, also after unpacking .gz
_GZIP: Final = b"\x1f\x8b"
_PIECE: Final = 1 << 22


def file_bytes(path: Path, sha256: str | None = None) -> bytes:
    """Return the bytes of a file, unpacked when it is gzipped.

    Parameters
    ----------
    path
        The file.
    sha256
        Of the bytes that are meant, before unpacking; None: whatever they are.

    Raises
    ------
    InputFileError
        When it is missing, cannot be opened, is damaged, too large, or no longer what it was.
    """
    data = _delivered(path)
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise refuse(path.name, "changed")
    return _unpacked(data, path)


def _delivered(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise refuse(path, "not_a_file")
        _check_size(path.stat().st_size, path)
        return path.read_bytes()
    except FileNotFoundError:
        raise refuse(path, "missing") from None
    except (OSError, ValueError) as problem:
        if isinstance(problem, InputFileError):
            raise
        why = getattr(problem, "strerror", None) or type(problem).__name__
        raise refuse(path, "unreadable", problem=why) from None


def _check_size(size: int, path: Path) -> None:
    if size > LARGEST_FILE:
        raise refuse(path, "too_large", limit=Number(LARGEST_FILE >> 30), what="GiB")


def _unpacked(data: bytes, path: Path) -> bytes:
    if not data.startswith(_GZIP):
        return data
    pieces, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while piece := stream.read(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if size > LARGEST_FILE:
                    break
    except (OSError, EOFError, zlib.error):
        raise refuse(path, "damaged", kind=Message("a gzip file")) from None
    _check_size(size, path)
    return b"".join(pieces)
