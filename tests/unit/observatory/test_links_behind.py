"""The counts of linked lists can be walked back to files and rows, and name nobody."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from testigo.core import UsageError
from testigo.linkage import simulate_lists
from testigo.observatory import explain, run_observatory
from testigo.observatory.store import read_store

FIELDS = ("id", "given_names", "surnames", "sex", "age", "date", "area", "weapon")
LISTS = ("police", "press")


def silent(*_: object) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two-lists")
    (folder / "sources").mkdir()
    records = simulate_lists(400, seed=4)
    told = '[observatory]\nname = "Two"\n[linkage]\nsources = ["press", "police"]\n'
    columns = ", ".join(f'{name} = "{name}"' for name in FIELDS)
    for name in LISTS:
        one = records.filter(pc.equal(records["source"], name)).select(FIELDS)
        pyarrow.csv.write_csv(one, folder / "sources" / f"{name}.csv")
        told += (
            f'[[sources]]\nid = "{name}"\nname = "{name}"\nkind = "records"\nfamily = "press"\n'
            f'file = "sources/{name}.csv"\ncolumns = {{ {columns} }}\n'
        )
    (folder / "testigo.toml").write_text(told, encoding="utf-8")
    run_observatory(folder, progress=silent)
    return folder


def test_every_linked_row_is_behind_the_count(folder: Path) -> None:
    told = explain(folder, table="links")
    links = pq.read_table(folder / "store" / "links.parquet")

    assert told.status == "stated"
    assert sum(told.rows["count"].to_pylist()) == links.num_rows
    assert told.rows["file"].to_pylist() == ["sources/press.csv", "sources/police.csv"]
    draws = read_store(folder).table("link", "draws")
    people = sorted(len(column.unique()) for column in draws.columns)
    victims = people[(len(people) - 1) // 2]
    assert told.figure.in_language("en").startswith(f"{victims} people on the lists press, police")


def test_model_and_decisions_are_named_and_no_victim(folder: Path) -> None:
    said = " ".join(step.in_language("en") for step in explain(folder, table="links").steps)

    assert "store/linkage_model.json" in said
    assert "hand/link_decisions.csv, always obeyed: 0" in said
    victims = pq.read_table(folder / "store" / "links.parquet")["victim_id"].to_pylist()
    assert not any(one in said for one in victims)


def test_the_published_counts_hide_small_overlaps_and_name_nobody(folder: Path) -> None:
    links = pq.read_table(folder / "output" / "tables" / "links.parquet")

    assert links.column_names == [
        "measure", "lists", "size", "count", "low", "high", "level", "value_status",
    ]  # fmt: skip
    shown = links.filter(pc.equal(links["measure"], "victims_on_exactly"))["count"].drop_null()
    assert all(count >= 5 for count in shown.to_pylist())


def test_other_tables_need_area_and_period(folder: Path) -> None:
    with pytest.raises(UsageError, match="area and period"):
        explain(folder, table="counts")
