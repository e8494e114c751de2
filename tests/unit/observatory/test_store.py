"""The store keeps what is unchanged, survives a broken manifest, and never half-writes."""

from __future__ import annotations

import errno
from pathlib import Path

import pyarrow as pa
import pytest

from testigo.core import Message, Number, StorageError
from testigo.observatory.store import MANIFEST, open_store, read_store


def small() -> pa.Table:
    return pa.table({"n": [1, 2, 3]})


def test_what_was_kept_is_found_again_by_its_key(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.keep("count", "k1", {"counts": small()}, notes=[Message("said")])
    again = read_store(tmp_path)

    assert again.holds("count", "k1")
    assert not again.holds("count", "k2")
    assert again.table("count", "counts").equals(small())
    assert again.notes("count") == (Message("said"),)


def test_a_table_that_is_gone_is_made_again(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.keep("count", "k1", {"counts": small()})
        store.path("count", "counts").unlink()
        assert not store.holds("count", "k1")


def test_a_broken_manifest_only_means_that_all_is_run_again(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.keep("count", "k1", {"counts": small()})
    (tmp_path / "store" / MANIFEST).write_text('{"count": {"key"', encoding="utf-8")

    assert not read_store(tmp_path).holds("count", "k1")


def test_tables_that_no_step_names_are_removed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.keep("count", "k1", {"counts": small()})
        store.keep("count", "k2", {"counts": pa.table({"n": [9]})})
        store.forget_unused()
        assert len(list((tmp_path / "store" / "tables").iterdir())) == 1
        assert store.table("count", "counts")["n"].to_pylist() == [9]


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with (
        open_store(tmp_path),
        pytest.raises(StorageError, match="Another run is at work"),
        open_store(tmp_path),
    ):
        pass


def test_a_full_disk_is_one_sentence_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with open_store(tmp_path) as store:
        store.keep("count", "k1", {"counts": small()})
        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(StorageError, match="disk is full") as caught:
            store.keep("count", "k2", {"counts": pa.table({"n": [4]})})
        monkeypatch.undo()

    assert read_store(tmp_path).holds("count", "k1")
    assert "Make room on the disk" in str(caught.value)
    left = [path.name for path in (tmp_path / "store").rglob("*") if "unfinished" in path.name]
    assert left == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be written"), open_store(tmp_path):
        pass


def test_a_sentence_is_kept_with_its_values_apart(tmp_path: Path) -> None:
    """Kept as a text, nobody could see that it tells a small number."""
    said = Message("{count} of {list}", {"count": Number(2), "list": "police"})
    with open_store(tmp_path) as store:
        store.keep("link", "k1", {}, notes=[said])
    assert read_store(tmp_path).notes("link") == (said,)
