"""The tree of errors: each has an exit code, a builtin for a parent, and a line in the manual."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest

import testigo
from testigo.core import (
    ConfigurationError,
    DisclosureError,
    InputFileError,
    Message,
    PromiseError,
    RowsLostError,
    StorageError,
    TestigoError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRONG = Message("{given!r} is not a period.", {"given": "hoy"})
MEND = Message("Write a year (2020), a month (2020-03) or a day (2020-03-15).")


def descendants(kind: type[TestigoError]) -> Iterator[type[TestigoError]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


@pytest.fixture(scope="module")
def every_error() -> list[type[TestigoError]]:
    for module in pkgutil.walk_packages(testigo.__path__, "testigo."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted(set(descendants(TestigoError)), key=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs" / "reference" / "exit-codes.md").read_text(encoding="utf-8")


def test_every_error_is_in_the_manual_with_its_exit_code(
    every_error: list[type[TestigoError]], manual: str
) -> None:
    lines = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", manual, flags=re.MULTILINE))

    assert {kind.__name__: str(kind.exit_code) for kind in every_error} == lines


def test_every_error_is_also_the_builtin_a_caller_expects(
    every_error: list[type[TestigoError]],
) -> None:
    for kind in every_error:
        assert issubclass(kind, ValueError | RuntimeError | OSError), kind
        assert kind.exit_code > 1, kind


@pytest.mark.parametrize(
    ("kind", "code", "builtin"),
    [
        (UsageError, 2, ValueError),
        (ConfigurationError, 10, ValueError),
        (InputFileError, 11, ValueError),
        (PromiseError, 12, RuntimeError),
        (RowsLostError, 12, PromiseError),
        (DisclosureError, 12, PromiseError),
        (StorageError, 13, OSError),
    ],
)
def test_the_codes_that_scripts_rely_on(
    kind: type[TestigoError], code: int, builtin: type[Exception]
) -> None:
    assert kind.exit_code == code
    assert issubclass(kind, builtin)


@pytest.mark.parametrize("kind", [UsageError, PromiseError, StorageError])
def test_an_error_says_what_and_how_to_mend_it_in_either_language(
    kind: type[TestigoError],
) -> None:
    error = kind(WRONG, MEND)

    assert str(error).splitlines() == [
        "'hoy' is not a period.",
        "  Write a year (2020), a month (2020-03) or a day (2020-03-15).",
    ]
    assert error.in_language("es").startswith("'hoy' no es un período.\n  Escriba un año")


def test_an_error_without_a_mend_is_one_line() -> None:
    assert str(StorageError(WRONG)) == "'hoy' is not a period."
