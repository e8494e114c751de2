"""Files that are either whole or not there: written beside their place and then moved into it."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from testigo.core import Message, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

_NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def write_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Write a file under a temporary name in its own folder, then rename it.

    Parameters
    ----------
    path
        Where the file shall be.
    write
        Writes everything to the path it is given.

    Raises
    ------
    StorageError
        When it cannot be written; what stood at `path` before is untouched, and nothing
        half-written is left.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with told_as_storage_error(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write(unfinished)
            unfinished.replace(path)
    finally:
        _remove(unfinished)
    return path


def write_bytes(path: Path, content: bytes | pa.Buffer) -> Path:
    """Write bytes as a whole file or not at all.

    Parameters
    ----------
    path
        Where the file shall be; its folder is made.
    content
        All of it.

    Raises
    ------
    StorageError
        When it cannot be written; what stood at `path` before is untouched.
    """
    return write_whole(path, lambda unfinished: unfinished.write_bytes(memoryview(content)))


@contextmanager
def told_as_storage_error(place: Path) -> Iterator[None]:
    """Turn a refusal of the operating system into one sentence with its mend.

    Parameters
    ----------
    place
        File or folder that is being written.

    Raises
    ------
    StorageError
        In the place of any `OSError`.
    """
    try:
        yield
    except StorageError:  # an OSError too, and told already
        raise
    except OSError as error:
        raise _told(error, place) from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # the first error is the one to tell
        return


def _told(error: OSError, path: Path) -> StorageError:
    if error.errno in _NO_ROOM:
        return StorageError(
            Message("{path} cannot be written: the disk is full.", {"path": path}),
            Message("Make room on the disk and run again; nothing was lost."),
        )
    if isinstance(error, PermissionError):
        return StorageError(
            Message("{path} cannot be written: it is not allowed.", {"path": path}),
            Message(
                "Close the file if another program holds it open, or ask for the right to write"
                " in {folder}.",
                {"folder": path.parent},
            ),
        )
    why = os.strerror(error.errno) if error.errno else str(error)
    return StorageError(
        Message("{path} cannot be written: {why}.", {"path": path, "why": why}),
        Message("Look at the folder and the disk, then run again; nothing was lost."),
    )
