"""A run: everything adds up, nothing is done twice, nothing is left half-done."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from testigo.core import InputFileError, StorageError, UsageError
from testigo.observatory import STEPS, check_observatory, run_observatory

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.core import Message


def silent(step: Message, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def published(folder: Path, table: str) -> list[dict[str, object]]:
    return pq.read_table(folder / "output" / "tables" / f"{table}.parquet").to_pylist()


def test_every_row_is_placed_and_the_rates_are_those_of_the_book(observatory: Path) -> None:
    ran = run_observatory(observatory, progress=silent)

    for line in ran.deliveries.to_pylist():
        placed = line["rows_accepted"] + line["rows_excluded"] + line["rows_quarantined"]
        assert placed == line["rows_delivered"]
    police = next(one for one in ran.deliveries.to_pylist() if one["source"] == "police")
    assert (police["rows_delivered"], police["rows_quarantined"]) == (242, 2)
    assert ran.report is not None
    assert ran.report.is_file()
    whole = next(
        one
        for one in published(observatory, "rates")
        if one["source"] == "health" and one["area"] == "T" and one["period"] == "2020"
    )
    assert whole["victims"] == 12 * (4 * 6 + 1 + 2 + 3 + 4)
    assert whole["rate"] == pytest.approx(100_000 * whole["victims"] / 400_000)


def test_an_unchanged_observatory_is_not_run_again(observatory: Path) -> None:
    run_observatory(observatory, progress=silent)
    before = bytes_of(observatory / "output")
    again = run_observatory(observatory, progress=silent)

    assert again.seconds == {}
    assert bytes_of(observatory / "output") == before


def test_only_what_a_change_concerns_is_run_again(observatory: Path) -> None:
    run_observatory(observatory, progress=silent)
    path = observatory / "sources" / "police.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2020-02-31", "2020-02-28"), "utf-8")
    again = run_observatory(observatory, progress=silent)

    assert "ingest:health" in again.skipped
    assert "ingest:police" in again.seconds
    assert "publish" in again.seconds


def test_the_same_inputs_elsewhere_give_the_same_bytes(observatory: Path, tmp_path: Path) -> None:
    run_observatory(observatory, progress=silent)
    (tmp_path / "other").mkdir()
    twin = tmp_path / "other" / observatory.name
    shutil.copytree(observatory, twin, ignore=shutil.ignore_patterns("store", "output"))
    run_observatory(twin, progress=silent)

    assert bytes_of(twin / "output") == bytes_of(observatory / "output")


def test_a_run_killed_while_publishing_leaves_the_old_output_and_can_be_run_again(
    observatory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_observatory(observatory, progress=silent)
    before = bytes_of(observatory / "output")
    path = observatory / "sources" / "health_2020.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",7\n", ",9\n"), "utf-8")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("testigo.observatory.publishing.render_report", killed)
        with pytest.raises(KeyboardInterrupt):
            run_observatory(observatory, progress=silent)
    assert bytes_of(observatory / "output") == before

    run_observatory(observatory, progress=silent)
    shutil.rmtree(observatory / "store")
    after = bytes_of(observatory / "output")
    shutil.rmtree(observatory / "output")
    run_observatory(observatory, progress=silent)
    assert bytes_of(observatory / "output") == after
    assert after != before


def test_a_changed_output_is_put_right(observatory: Path) -> None:
    run_observatory(observatory, progress=silent)
    before = bytes_of(observatory / "output")
    (observatory / "output" / "tables" / "rates.csv").write_text("tampered", encoding="utf-8")
    run_observatory(observatory, progress=silent)

    assert bytes_of(observatory / "output") == before


def test_one_step_alone_brings_only_what_it_needs(observatory: Path) -> None:
    ran = run_observatory(observatory, only="convergence", progress=silent)

    assert ran.report is None
    assert "convergence" in ran.seconds
    assert "quality" not in ran.seconds
    assert not (observatory / "output").exists()


def test_an_unknown_step_is_refused_with_the_list(observatory: Path) -> None:
    with pytest.raises(UsageError, match=", ".join(STEPS)):
        run_observatory(observatory, only="rate", progress=silent)


def test_check_changes_nothing_and_says_what_would_be_quarantined(observatory: Path) -> None:
    before = bytes_of(observatory)
    checked = check_observatory(observatory, progress=silent)

    assert bytes_of(observatory) == before
    quarantined = checked.reasons.filter(pc.equal(checked.reasons["placement"], "quarantined"))
    assert pc.sum(quarantined["rows"]).as_py() == 2


def test_a_missing_population_file_is_told_by_its_key(observatory: Path) -> None:
    (observatory / "sources" / "population.csv").unlink()
    with pytest.raises(InputFileError, match=r"population\.file"):
        run_observatory(observatory, progress=silent)


def test_output_that_cannot_be_written_is_one_sentence(
    observatory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("testigo.observatory.publishing.write_tables", full)
    with pytest.raises(StorageError, match="disk is full"):
        run_observatory(observatory, progress=silent)
    assert not (observatory / "output").exists()


def test_provenance_names_every_input_and_output_by_hash(observatory: Path) -> None:
    run_observatory(observatory, progress=silent)
    told = json.loads((observatory / "output" / "provenance.json").read_text(encoding="utf-8"))

    delivered = hashlib.sha256((observatory / "sources" / "police.csv").read_bytes()).hexdigest()
    assert told["inputs"]["sources/police.csv"] == delivered
    there = bytes_of(observatory / "output")
    there.pop("provenance.json")
    assert {name: one["sha256"] for name, one in told["outputs"].items()} == there
    assert "sources/population.csv" in told["outputs"]["tables/rates.csv"]["inputs"]
    assert "sources/population.csv" not in told["outputs"]["tables/convergence.csv"]["inputs"]


def test_no_name_of_a_person_leaves_the_store(observatory: Path) -> None:
    run_observatory(observatory, progress=silent)
    for path in (observatory / "output").rglob("*"):
        if path.is_file():
            assert b"Canario" not in path.read_bytes()
    for path in (observatory / "output" / "tables").glob("*.parquet"):
        assert "Canario" not in str(pq.read_table(path).to_pydict())


def test_a_signature_that_answers_nothing_is_given_back(observatory: Path) -> None:
    (observatory / "hand").mkdir(exist_ok=True)
    (observatory / "hand" / "overrides.csv").write_text(
        "table,rule,where,reason,signed_by,signed_on\npolcie,C01,2012,misprint,editor,2026-11-21\n",
        encoding="utf-8",
    )

    (told,) = check_observatory(observatory, progress=silent).unused_signatures

    assert (told.table, told.rule, told.where) == ("polcie", "C01", "2012")


def test_a_year_that_has_not_come_blocks_its_source(observatory: Path) -> None:
    with (observatory / "sources" / "health_2020.csv").open("a", encoding="utf-8") as stream:
        stream.write("01,2090,3,3\n")
    ran = run_observatory(observatory, progress=silent)

    assert "health" in ran.blocked
    assert "2090" not in str(ran.headline)


def test_a_population_that_changes_while_it_is_read_stops_the_run(
    observatory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("testigo.observatory.steps.hash_of_file", lambda _path: "0" * 64)

    with pytest.raises(InputFileError, match="changed while"):
        run_observatory(observatory, progress=silent)


def test_a_population_outside_the_folder_is_refused(observatory: Path) -> None:
    path = observatory / "sources" / "population.csv"
    path.replace(observatory.parent / "population.csv")
    toml = observatory / "testigo.toml"
    text = toml.read_text(encoding="utf-8").replace("sources/population.csv", "../population.csv")
    toml.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(InputFileError, match="leaves the folder"):
        run_observatory(observatory, progress=silent)


def test_a_file_of_the_name_of_the_output_is_not_moved_away(observatory: Path) -> None:
    (observatory / "output").write_text("mine", encoding="utf-8")
    with pytest.raises(StorageError, match="output"):
        run_observatory(observatory, progress=silent)

    assert (observatory / "output").read_text(encoding="utf-8") == "mine"
    assert not list(observatory.glob(".output*"))
