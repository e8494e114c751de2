"""Five real lists of 2015 through an observatory's folder: deliveries in, links out."""

from __future__ import annotations

import csv
import gzip
import shutil

import pyarrow.parquet as pq
import pytest

from testigo.core import InputFileError
from testigo.observatory import copy_example, lacks_deliveries, run_observatory

DATA = "us_police_killings"
DELIVERED = {  # as the example's SOURCES.md says: file in sources/, the copy we have
    "washington_post": "wapo_fatal_force_2015_2022",
    "mapping_police_violence": "mapping_police_violence_2013_2021",
    "fatal_encounters": "fatal_encounters_2000_2018",
    "the_counted": "guardian_the_counted_2015_2016",
    "killed_by_police": "killed_by_police_2015",
}
TRUTH = "truth_mpv_wapo_2013_2016"
KILLED_2015 = {"the_counted": 1_146, "killed_by_police": 1_222}  # rows of PROVENANCE.md: all 2015
A, B = "mapping_police_violence", "washington_post"


def quiet(step, done, total) -> None:
    """Nobody listens."""


def test_without_data_it_says_which_delivery_is_missing(tmp_path) -> None:
    copy_example("us-five-lists", tmp_path / "five")

    assert lacks_deliveries(tmp_path / "five")
    with pytest.raises(InputFileError, match=r"washington_post\.csv\.gz.*no such file"):
        run_observatory(tmp_path / "five", progress=quiet)


def test_five_lists_are_linked_in_one_run(shared, tmp_path) -> None:
    if not (shared / DATA).is_dir():
        pytest.skip("the lists are not beside the project")
    folder = tmp_path / "five"
    copy_example("us-five-lists", folder)
    (folder / "sources").mkdir()
    for name, copy in DELIVERED.items():
        shutil.copyfile(shared / DATA / f"{copy}.csv.gz", folder / "sources" / f"{name}.csv.gz")

    ran = run_observatory(folder, only="link", progress=quiet)

    balance = {row["source"]: row for row in ran.deliveries.to_pylist()}
    assert {name: balance[name]["rows_accepted"] for name in KILLED_2015} == KILLED_2015
    assert sum(row["rows_quarantined"] for row in balance.values()) == 0
    assert sum("made from the other" in note.in_language("en") for note in ran.notes) >= 3

    links = pq.read_table(folder / "store" / "links.parquet")
    assert set(links["source"].to_pylist()) == set(DELIVERED)
    assert links.num_rows == sum(row["rows_accepted"] for row in balance.values())
    found, truth = _pairs(links), _truth(shared)
    assert len(found & truth) / len(truth) >= 0.95
    assert len(found & truth) / len(found) >= 0.99


def _pairs(links) -> set[tuple[str, str]]:
    held: dict[str, dict[str, list[str]]] = {}
    for row in links.select(["victim_id", "source", "source_record_id"]).to_pylist():
        lists = held.setdefault(row["victim_id"], {A: [], B: []})
        lists.setdefault(row["source"], []).append(row["source_record_id"])
    return {(a, b) for lists in held.values() for a in lists[A] for b in lists[B]}


def _truth(shared) -> set[tuple[str, str]]:
    with gzip.open(shared / DATA / f"{TRUTH}.csv.gz", "rt", encoding="utf-8") as stream:
        return {
            (row["mpv_row"], row["wapo_id"])
            for row in csv.DictReader(stream)
            if row["wapo_id_valid"] == "True" and row["date"].startswith("2015")
        }
