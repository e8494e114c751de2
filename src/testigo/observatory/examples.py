"""The bundled examples: observatories that are copied to where the user wants them.

Most are whole; one is configuration without data, because its lists may not be passed on.
"""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message, UsageError
from testigo.observatory.configuration import FILE_NAME, read_configuration
from testigo.publication import told_as_storage_error

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MINUTES: Final[Mapping[str, int]] = MappingProxyType(
    {"cuatro-listas": 4, "peru-truth-commission": 3}
)
LEFT_OUT: Final = shutil.ignore_patterns("__pycache__", "store", "output")


def example_names() -> tuple[str, ...]:
    """Names of the examples that ship with the program.

    Examples
    --------
    >>> "el-salvador" in example_names()
    True
    """
    place = files("testigo") / "examples"
    return tuple(sorted(entry.name for entry in place.iterdir() if (entry / FILE_NAME).is_file()))


def minutes_of(name: str) -> int | None:
    """Return how long the first run of an example takes on two cores; None: less than a minute.

    Examples
    --------
    >>> minutes_of("el-salvador") is None
    True
    """
    return MINUTES.get(name)


def copy_example(name: str, folder: Path) -> None:
    """Copy an example into `folder`, which may already hold that same example.

    Raises
    ------
    UsageError
        When there is no such example, or `folder` holds something else.
    StorageError
        When it cannot be written.
    """
    if name not in example_names():
        raise UsageError(
            Message("There is no example {name}.", {"name": repr(name)}),
            Message("Examples: {names}.", {"names": ", ".join(example_names())}),
        )
    with as_file(files("testigo") / "examples" / name) as origin:
        if folder.exists():
            _refuse_another(origin, folder)
            return
        with told_as_storage_error(folder):
            unfinished = folder.with_name(f".{folder.name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(origin, unfinished, ignore=LEFT_OUT)
            unfinished.rename(folder)


def lacks_deliveries(folder: Path) -> bool:
    """Say whether a source of an observatory has no file yet."""
    patterns = (file for source in read_configuration(folder).sources for file in source.files)
    return any(not any(folder.glob(pattern)) for pattern in patterns)


def _refuse_another(origin: Path, folder: Path) -> None:
    """Keep an earlier copy of the same example, which is the user's by now; refuse the rest."""
    is_observatory = (folder / FILE_NAME).is_file()
    if is_observatory and (folder / "SOURCES.md").is_file() and (origin / "SOURCES.md").is_file():
        first = (folder / "SOURCES.md").read_text(encoding="utf-8").splitlines()[:1]
        if first == (origin / "SOURCES.md").read_text(encoding="utf-8").splitlines()[:1]:
            return
    raise UsageError(
        Message("{folder} is already there and is not this example.", {"folder": folder}),
        Message("Move it away, or work in another folder."),
    )
