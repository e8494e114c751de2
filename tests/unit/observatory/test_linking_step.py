from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from testigo.core import ConfigurationError, InputFileError
from testigo.linkage import LINKS, simulate_lists
from testigo.observatory import check_observatory, explain, read_configuration, run_observatory
from testigo.observatory.linking_step import LINKS_FILE, MODEL_FILE, kept_model
from testigo.observatory.store import Store, read_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

LISTS = ("police", "forensic", "press", "ngo")
FIELDS = (
    "id", "given_names", "surnames", "sex", "age", "date", "area", "parent", "place", "weapon",
)  # fmt: skip
SOURCE = """
[[sources]]
id = "{name}"
name = "{name}"
kind = "records"
family = "civil_society"
file = "sources/{name}*.csv"
columns = {{ {columns} }}
"""
COLUMNS = ", ".join(f'{name} = "{name}"' for name in FIELDS)
HEAD = '[observatory]\nname = "Four"\n'
LINKAGE = f"[linkage]\nsources = {list(LISTS)}\ndraws = 5\n"
ESTIMATION = '[estimation]\nstrata = ["year"]\nmethod = "graphs"\nsensitivity = false\n'


def silent(*_: object) -> None:
    """Say nothing."""


def deliver(folder: Path, name: str, records: pa.Table) -> None:
    pyarrow.csv.write_csv(records.select(FIELDS), folder / "sources" / f"{name}.csv")


def of_list(records: pa.Table, name: str) -> pa.Table:
    return records.filter(pc.equal(records["source"], name))


@pytest.fixture
def records() -> pa.Table:
    return simulate_lists(600, seed=3)


@pytest.fixture
def folder(tmp_path: Path, records: pa.Table) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "hand").mkdir()
    for name in LISTS:
        deliver(tmp_path, name, of_list(records, name))
    sources = "".join(SOURCE.format(name=name, columns=COLUMNS) for name in LISTS)
    (tmp_path / "testigo.toml").write_text(HEAD + LINKAGE + ESTIMATION + sources)
    return tmp_path


def links_of(folder: Path) -> pa.Table:
    return pq.read_table(folder / "store" / "links.parquet")


def test_each_accepted_record_of_the_lists_has_one_line_in_the_store(
    folder: Path, records: pa.Table
) -> None:
    run_observatory(folder, only="link", progress=silent)
    links = links_of(folder)
    assert links.column_names == [column.name for column in LINKS.columns]
    assert sorted(links["source_record_id"].to_pylist()) == sorted(records["id"].to_pylist())


def test_the_overlaps_of_each_year_add_up_to_the_victims(folder: Path) -> None:
    run_observatory(folder, only="link", progress=silent)
    histories = read_store(folder).table("histories", "histories")
    best = histories.filter(pc.equal(histories["draw"], 0))
    assert pc.sum(best["count"]).as_py() == pc.count_distinct(links_of(folder)["victim_id"]).as_py()
    assert set(histories["draw"].to_pylist()) == set(range(6))
    assert {"year", *LISTS} < set(histories.column_names)


def test_nothing_is_linked_again_when_nothing_has_changed(folder: Path) -> None:
    run_observatory(folder, progress=silent)
    before = (folder / "store" / "links.parquet").read_bytes()
    (folder / "store" / "links.parquet").unlink()
    ran = run_observatory(folder, progress=silent)
    assert {"link", "histories", "publish"} <= set(ran.skipped)
    assert (folder / "store" / "links.parquet").read_bytes() == before


def test_other_strata_are_counted_without_linking_again(folder: Path) -> None:
    run_observatory(folder, progress=silent)
    text = (folder / "testigo.toml").read_text().replace('strata = ["year"]', 'strata = ["sex"]')
    (folder / "testigo.toml").write_text(text)
    ran = run_observatory(folder, only="link", progress=silent)
    assert "link" in ran.skipped
    assert "histories" in ran.seconds


def test_what_a_person_decided_is_obeyed(folder: Path) -> None:
    run_observatory(folder, only="link", progress=silent)
    links = links_of(folder)
    counted = links.group_by("victim_id").aggregate([("source_record_id", "count")])
    victim = counted.filter(pc.equal(counted["source_record_id_count"], 2))["victim_id"][0]
    pair = links.filter(pc.equal(links["victim_id"], victim)).to_pylist()
    (folder / "hand" / "link_decisions.csv").write_text(
        "source_a,record_a,source_b,record_b,decision\n"
        + ",".join(f"{one['source']},{one['source_record_id']}" for one in pair)
        + ",different\n"
    )
    run_observatory(folder, only="link", progress=silent)
    after = links_of(folder)
    now = {(one["source"], one["source_record_id"]): one["victim_id"] for one in after.to_pylist()}
    first, second = (now[one["source"], one["source_record_id"]] for one in pair)
    assert first != second


def test_no_name_leaves_the_store(folder: Path, records: pa.Table) -> None:
    run_observatory(folder, progress=silent)
    names = {text for text in records["surnames"].to_pylist() if text and len(text) > 9}
    texts = [path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()]
    assert len(names) > 20
    assert not any(name.encode() in text for name in names for text in texts)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('sources = ["police", "polise"]', "polise"),
        ('sources = ["police", "police"]', "once"),
        ("sources = []", "once"),
        ('sources = ["police"]\ndraws = -1', "draws"),
        ('sources = ["police"]\nseed = -1', "seed"),
        ("draws = 3", "sources"),
    ],
)
def test_a_linkage_that_cannot_be_meant_is_refused(folder: Path, given: str, told: str) -> None:
    text = (folder / "testigo.toml").read_text().replace(LINKAGE, f"[linkage]\n{given}\n")
    (folder / "testigo.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=told):
        read_configuration(folder)


def test_tallies_cannot_be_linked(folder: Path) -> None:
    text = (folder / "testigo.toml").read_text()
    text = text.replace('"records"', '"tallies"', 1).replace(COLUMNS, 'value = "age"', 1)
    (folder / "testigo.toml").write_text(text)
    with pytest.raises(ConfigurationError, match="police"):
        read_configuration(folder)


def test_estimation_needs_something_to_start_from(folder: Path) -> None:
    text = (folder / "testigo.toml").read_text().replace(LINKAGE, "")
    (folder / "testigo.toml").write_text(text)
    with pytest.raises(ConfigurationError, match="nothing to estimate from"):
        read_configuration(folder)


def rewritten(folder: Path, old: str, new: str) -> None:
    text = (folder / "testigo.toml").read_text()
    (folder / "testigo.toml").write_text(text.replace(old, new))


def grown(folder: Path, records: pa.Table) -> None:
    """Deliver half as many records again: more than the model may stand for."""
    more = simulate_lists(900, seed=3)
    assert more.num_rows > 1.3 * records.num_rows
    for name in LISTS:
        deliver(folder, name, of_list(more, name))


def shown(folder: Path) -> list[bytes]:
    return [(folder / "store" / name).read_bytes() for name in (LINKS_FILE, MODEL_FILE)]


@pytest.mark.parametrize("killed", ["tables", "links", "model"])
def test_a_run_killed_while_it_links_leaves_no_trace(
    folder: Path, records: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: str
) -> None:
    """Before the tables are kept, before the links are shown, before the model is shown."""
    run_observatory(folder, only="link", progress=silent)
    grown(folder, records)
    whole = shutil.copytree(folder, tmp_path / "whole")
    told = run_observatory(whole, only="link", progress=silent)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        place = {
            "tables": ("testigo.observatory.store.Store.keep", keep_but_links(die)),
            "links": ("testigo.observatory.store.Store.show", die),
            "model": ("testigo.observatory.linking_step._show_model", die),
        }
        patched.setattr(*place[killed])
        with pytest.raises(KeyboardInterrupt):
            run_observatory(folder, only="link", progress=silent)
    again = run_observatory(folder, only="link", progress=silent)

    assert shown(folder) == shown(whole)
    assert again.notes == told.notes
    assert any("learned anew" in note.en for note in again.notes)


def keep_but_links(die: Callable[..., None]) -> Callable[..., None]:
    keep = Store.keep

    def keep_or_die(store: Store, step: str, *rest: object, **options: object) -> None:
        (die if step == "link" else keep)(store, step, *rest, **options)

    return keep_or_die


def test_the_model_taken_away_comes_back(folder: Path) -> None:
    run_observatory(folder, progress=silent)
    before = shown(folder)
    (folder / "store" / MODEL_FILE).unlink()

    assert explain(folder, table="links").steps
    ran = run_observatory(folder, progress=silent)

    assert "link" in ran.skipped
    assert shown(folder) == before


def test_all_is_linked_anew_once_when_the_office_asks_for_it(
    folder: Path, records: pa.Table
) -> None:
    for name in LISTS:
        deliver(folder, name, of_list(records, name).slice(20))
    run_observatory(folder, only="link", progress=silent)
    for name in LISTS:
        deliver(folder, name, of_list(records, name))
    run_observatory(folder, only="link", progress=silent)
    part = json.loads(shown(folder)[1])["trained_on_records"]
    rewritten(folder, "[linkage]", "[linkage]\nanew = 1")

    ran = run_observatory(folder, only="link", progress=silent)
    again = run_observatory(folder, only="link", progress=silent)

    assert part < records.num_rows
    assert json.loads(shown(folder)[1])["trained_on_records"] == records.num_rows
    assert any("linkage.anew" in note.en for note in ran.notes)
    assert "link" in again.skipped


def test_links_of_a_store_without_a_model_are_made_anew(folder: Path) -> None:
    """As an earlier version of the program left it."""
    run_observatory(folder, only="link", progress=silent)
    manifest = folder / "store" / "steps.json"
    steps = json.loads(manifest.read_text(encoding="utf-8"))
    del steps["link"]["tables"]["model"]
    steps["link"]["key"] = "of another version"
    manifest.write_text(json.dumps(steps), encoding="utf-8")

    with pytest.raises(InputFileError, match="model"):
        kept_model(read_store(folder))
    ran = run_observatory(folder, only="link", progress=silent)

    assert any("compared anew" in note.en for note in ran.notes)


def test_check_reads_the_decisions_too(folder: Path) -> None:
    path = folder / "hand" / "link_decisions.csv"
    path.write_text(
        "source_a,record_a,source_b,record_b,decision\npolice,gone,press,away,same\n",
        encoding="utf-8",
    )
    notes = [note.in_language("en") for note in check_observatory(folder, progress=silent).notes]
    assert any("line 2" in note for note in notes)
    path.write_text(
        "source_a,record_a,source_b,record_b,decision\npolcie,1,press,2,same\n", encoding="utf-8"
    )
    with pytest.raises(ConfigurationError, match="line 2"):
        check_observatory(folder, progress=silent)
