"""Which files a source has delivered: its patterns, resolved inside the observatory folder."""

from __future__ import annotations

import difflib
import hashlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, InputFileError, Message
from testigo.records.files.refusals import refuse
from testigo.records.model import Delivery

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.records.model import Source

_NAMES_SHOWN: Final = 8
_NOT_DELIVERED: Final = ("~$", ".")  # locks of open workbooks, hidden files of file managers


def find_deliveries(source: Source, folder: Path) -> tuple[Delivery, ...]:
    """Return the files of a source with their fingerprints, by name.

    Parameters
    ----------
    source
        Whose `files` are patterns such as `sources/police_*.csv`.
    folder
        The observatory.

    Raises
    ------
    ConfigurationError
        When a pattern would leave the folder.
    InputFileError
        When a pattern finds nothing, or finds a file that lies elsewhere by a link.
    """
    found: dict[str, Path] = {}
    for pattern in source.files:
        paths = _matching(_checked(pattern, source), folder)
        if not paths:
            raise _nothing_found(pattern, source, folder)
        found |= paths
    return tuple(_delivery(name, found[name], folder) for name in sorted(found))


def _checked(pattern: str, source: Source) -> str:
    """Return the pattern with forward slashes, if it stays inside the folder."""
    plain = pattern.replace("\\", "/")
    parts = PurePosixPath(plain).parts
    anchored = PurePosixPath(plain).anchor or PureWindowsPath(pattern).anchor
    if not parts or anchored or ".." in parts or "\0" in plain or PureWindowsPath(pattern).drive:
        raise ConfigurationError(
            Message(
                "sources.{source}.file = {given!r} leads out of the observatory folder.",
                {"source": source.id, "given": pattern},
            ),
            Message("Copy the delivery into sources/ and name it from there."),
        )
    return plain


def _matching(pattern: str, folder: Path) -> dict[str, Path]:
    try:
        paths = [path for path in folder.glob(pattern) if path.is_file() or path.is_symlink()]
    except (ValueError, OSError, NotImplementedError):
        paths = []
    return {
        path.relative_to(folder).as_posix(): path
        for path in paths
        if not path.name.startswith(_NOT_DELIVERED)
    }


def _delivery(name: str, path: Path, folder: Path) -> Delivery:
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            raise InputFileError(
                Message("{file}: this is a link to a file elsewhere.", {"file": name}),
                Message("Copy the file itself into sources/."),
            )
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
    except FileNotFoundError:
        raise refuse(name, "missing") from None
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise refuse(name, "unreadable", problem=why) from None
    return Delivery(path=path, name=name, sha256=digest.hexdigest())


def _nothing_found(pattern: str, source: Source, folder: Path) -> InputFileError:
    there = _files_near(pattern, folder)
    values = {"source": source.id, "given": pattern, "there": ", ".join(there)}
    if not there:
        return InputFileError(
            Message("sources.{source}.file = {given!r}: there is no such file.", values),
            Message("Put the delivery into the folder sources/ of the observatory."),
        )
    return InputFileError(
        Message("sources.{source}.file = {given!r}: there is no such file.", values),
        Message("Correct the name, or deliver the file. Files that are there: {there}.", values),
    )


def _files_near(pattern: str, folder: Path) -> list[str]:
    """Return what lies in the folder that the pattern means, the likeliest names first."""
    fixed = PurePosixPath(pattern.replace("\\", "/")).parent
    place = folder / fixed if not any(sign in str(fixed) for sign in "*?[") else folder
    if not place.is_dir():
        place = folder / "sources"
    names = [path.relative_to(folder).as_posix() for path in place.glob("*") if path.is_file()]
    near = difflib.get_close_matches(pattern, names, n=3, cutoff=0.6)
    return [*near, *sorted(set(names) - set(near))][:_NAMES_SHOWN]
