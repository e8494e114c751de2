from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from testigo.observatory.fit_folder import FitFolder

if TYPE_CHECKING:
    from pathlib import Path

KEY = "a" * 64
OTHER = "b" * 64


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    FitFolder(tmp_path / "fits").put(KEY, {"draws": np.arange(6.0).reshape(2, 3)})
    found = FitFolder(tmp_path / "fits").get(KEY)
    assert found is not None
    assert found["draws"].tolist() == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{KEY}.npz").write_bytes(content)
    assert FitFolder(tmp_path).get(KEY) is None


def test_only_what_was_asked_for_is_kept(tmp_path: Path) -> None:
    old = FitFolder(tmp_path)
    old.put(KEY, {"draws": np.ones(1)})
    old.put(OTHER, {"draws": np.ones(1)})
    new = FitFolder(tmp_path)
    assert new.get(KEY) is not None
    new.forget_unused()
    assert [path.stem for path in tmp_path.iterdir()] == [KEY]
