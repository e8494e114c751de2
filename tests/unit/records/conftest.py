"""Shared by the tests of the records room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from testigo.records import RawTable, read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., RawTable]:
    """Write what was delivered to a file and read it."""

    def write_and_read(content: str | bytes, name: str = "police.csv", **asked: object) -> RawTable:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(path, **asked)

    return write_and_read
