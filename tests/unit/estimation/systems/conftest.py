"""Small tables of overlaps and the shared ones."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from testigo.estimation import CaptureHistories

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def small() -> CaptureHistories:
    """Three lists, 200 people."""
    patterns = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
    return CaptureHistories.of(["press", "police", "ngo"], patterns, [60, 50, 30, 20, 15, 15, 10])


@pytest.fixture
def shared_table(shared: Path) -> Callable[[str], CaptureHistories]:
    def read(name: str) -> CaptureHistories:
        with (shared / "mse" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        cells = [[int(cell) for cell in row] for row in rows]
        return CaptureHistories.of(
            header[:-1], [row[:-1] for row in cells], [row[-1] for row in cells]
        )

    return read
