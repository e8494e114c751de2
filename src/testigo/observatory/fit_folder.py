"""Fits of the estimates, kept in the store so that an unchanged stratum is not fitted again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from testigo.publication import told_as_storage_error, write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FitFolder:
    """A folder of small arrays, each file named by the hash of what it was made from.

    Attributes
    ----------
    folder
        Made when the first fit is kept.
    used
        Keys that were asked for or kept since it was opened.
    """

    folder: Path
    used: set[str] = field(default_factory=set)

    def get(self, key: str) -> Mapping[str, NDArray[np.float64]] | None:
        """Return what was kept under `key`; None when there is nothing, or nothing whole."""
        self.used.add(key)
        try:
            content = io.BytesIO(self._path(key).read_bytes())
            with np.load(content, allow_pickle=False) as arrays:
                return {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            return None

    def put(self, key: str, arrays: Mapping[str, NDArray[np.float64]]) -> None:
        """Keep arrays under `key`, whole or not at all."""
        self.used.add(key)
        content = io.BytesIO()
        np.savez(content, **arrays)  # type: ignore[arg-type]  # its stub mixes names and flags
        write_bytes(self._path(key), content.getvalue())

    def forget_unused(self) -> None:
        """Remove the fits that nobody asked for since the folder was opened."""
        with told_as_storage_error(self.folder):
            for path in self.folder.glob("*.npz"):
                if path.stem not in self.used:
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"
