"""Tables as files."""

from __future__ import annotations

import csv
import errno
import io
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from testigo.core import DisclosureError, PromiseError, StorageError
from testigo.publication import PUBLISHED, write_tables
from testigo.publication.tables import csv_bytes


@pytest.fixture
def protected(observatory) -> dict[str, pa.Table]:
    return observatory.protected()


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_table_is_written_as_csv_and_as_parquet(protected, tmp_path: Path) -> None:
    written = write_tables(protected, tmp_path / "tables")

    expected = [f"{name}.{form}" for name in sorted(protected) for form in ("csv", "parquet")]
    assert [path.name for path in written] == expected
    assert sorted(files_of(tmp_path / "tables")) == sorted(expected)


def test_csv_and_parquet_say_the_same(protected, tmp_path: Path) -> None:
    write_tables(protected, tmp_path)

    for name in protected:
        table = pq.read_table(tmp_path / f"{name}.parquet")
        text = (tmp_path / f"{name}.csv").read_text(encoding="utf-8")
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        assert head == table.column_names == PUBLISHED[name].arrow.names
        assert len(rows) == table.num_rows
        for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True):
            for value, cell in zip(column.to_pylist(), cells, strict=True):
                if isinstance(value, float):
                    assert float(cell) == value
                elif isinstance(value, bool):
                    assert cell == str(value).lower()
                else:
                    assert cell == ("" if value is None else str(value))


def test_the_order_of_rows_changes_no_byte(protected, tmp_path: Path) -> None:
    order = np.random.default_rng(7)
    shuffled = {name: t.take(order.permutation(len(t))) for name, t in protected.items()}

    write_tables(protected, tmp_path / "one")
    write_tables(dict(reversed(shuffled.items())), tmp_path / "other")

    assert files_of(tmp_path / "one") == files_of(tmp_path / "other")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (41.2, "41.2"),
        (1 / 3, "0.3333333333333333"),
        (126_014_024.0, "126014024"),
        (-0.0, "0"),
        (float("nan"), ""),
        (float("inf"), ""),
        (None, ""),
    ],
)
def test_numbers_have_the_shortest_digits_that_give_them_back(
    observatory, tmp_path: Path, value: float | None, expected: str
) -> None:
    table = observatory.protected()["rates"].slice(0, 1)
    at = table.column_names.index("rate")
    write_tables({"rates": table.set_column(at, "rate", pa.array([value]))}, tmp_path)

    (row,) = csv.DictReader(io.StringIO((tmp_path / "rates.csv").read_text(encoding="utf-8")))
    assert row["rate"] == expected


def test_lines_end_with_a_line_feed_and_quotes_stand_where_they_must() -> None:
    table = pa.table({"name": ["plain", 'a "quote"', "a, comma", "two\nlines", None, "ñandú"]})

    assert csv_bytes(table).decode("utf-8") == (
        'name\nplain\n"a ""quote"""\n"a, comma"\n"two\nlines"\n\nñandú\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+SUM(A1)", "'+SUM(A1)"),
        ("-cmd", "'-cmd"),
        ("@SUM", "'@SUM"),
        ("\tcmd", "'\tcmd"),
        ("-1.33", "-1.33"),
        ("-", "'-"),
        ("85+", "85+"),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(text: str, expected: str) -> None:
    assert csv_bytes(pa.table({"text": [text]})) == f"text\n{expected}\n".encode()


def test_parquet_keeps_the_text_as_it_is(observatory, tmp_path: Path) -> None:
    areas = observatory.protected()["areas"]
    names = pa.array(["=1+1"] * len(areas))
    areas = areas.set_column(areas.column_names.index("name"), "name", names)

    write_tables({"areas": areas}, tmp_path)

    assert set(pq.read_table(tmp_path / "areas.parquet")["name"].to_pylist()) == {"=1+1"}
    assert ",'=1+1," in (tmp_path / "areas.csv").read_text(encoding="utf-8")


def test_an_empty_table_has_its_head(tmp_path: Path) -> None:
    write_tables({"areas": PUBLISHED["areas"].arrow.empty_table()}, tmp_path)

    assert (tmp_path / "areas.csv").read_bytes() == b"area,area_level,name,parent\n"


def test_nothing_is_written_when_one_table_may_not_leave(protected, tmp_path: Path) -> None:
    with pytest.raises(DisclosureError):
        write_tables(protected | {"accepted": pa.table({"id": ["1"]})}, tmp_path / "tables")

    assert not (tmp_path / "tables").exists()


def test_nothing_is_written_when_a_table_breaks_its_declaration(protected, tmp_path: Path) -> None:
    twice = pa.concat_tables([protected["areas"]] * 2)

    with pytest.raises(PromiseError, match="areas: key"):
        write_tables(protected | {"areas": twice}, tmp_path / "tables")

    assert not (tmp_path / "tables").exists()


FAILURES = {
    "disk full": (OSError(errno.ENOSPC, "No space left on device"), "disk is full", "Make room"),
    "not allowed": (PermissionError(errno.EACCES, "Permission denied"), "not allowed", "Close"),
    "broken disk": (OSError(errno.EIO, "Input/output error"), "cannot be written", "Look at"),
}


@pytest.mark.parametrize("step", ["write csv", "write parquet", "rename"])
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    protected, tmp_path: Path, monkeypatch, step: str, failure: tuple[OSError, str, str]
) -> None:
    error, what, mend = failure
    (tmp_path / "areas.csv").write_text("old", encoding="utf-8")
    (tmp_path / "areas.parquet").write_text("old", encoding="utf-8")

    def fail_half_way(path: object, *_: object) -> int:
        Path(path).touch()
        raise error

    if step == "write csv":
        monkeypatch.setattr(Path, "write_bytes", fail_half_way)
    elif step == "write parquet":
        monkeypatch.setattr(pq, "write_table", lambda _, path, **__: fail_half_way(path))
    else:
        monkeypatch.setattr(Path, "replace", fail_half_way)
    with pytest.raises(StorageError, match=what) as caught:
        write_tables({"areas": protected["areas"]}, tmp_path)
    monkeypatch.undo()

    assert mend in str(caught.value)
    assert caught.value.exit_code == 13
    assert "areas." in str(caught.value)
    left = files_of(tmp_path)
    assert sorted(left) == ["areas.csv", "areas.parquet"]
    assert left["areas.parquet"] == b"old"
    assert (left["areas.csv"] == b"old") == (step != "write parquet")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_without_the_right_to_write_is_told(protected, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="not allowed"):
            write_tables(protected, tmp_path / "tables")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_where_the_folder_should_be_is_told(protected, tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("", encoding="utf-8")

    with pytest.raises(StorageError, match="cannot be written"):
        write_tables(protected, tmp_path / "tables")
