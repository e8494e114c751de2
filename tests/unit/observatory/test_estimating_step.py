from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from testigo.core import InputFileError
from testigo.estimation.systems import sensitivity
from testigo.observatory import explain, run_observatory
from testigo.observatory.store import read_store

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "a,b,c,year,count\n"
CELLS = {"100": 60, "010": 50, "001": 40, "110": 20, "101": 18, "011": 15, "111": 8}


def silent(*_: object) -> None:
    """Say nothing."""


def overlaps(year: str, times: int = 1) -> str:
    return "".join(f"{','.join(held)},{year},{people * times}\n" for held, people in CELLS.items())


@pytest.fixture
def folder(observatory: Path) -> Path:
    (observatory / "sources" / "overlaps.csv").write_text(
        HEAD + overlaps("2019") + overlaps("2020")
    )
    path = observatory / "testigo.toml"
    estimation = '[estimation]\nfile = "sources/overlaps.csv"\nmethod = "graphs"\n'
    path.write_text(path.read_text(encoding="utf-8") + estimation, encoding="utf-8")
    return observatory


def test_a_table_of_overlaps_is_estimated_by_stratum_and_in_all(folder: Path) -> None:
    run_observatory(folder, only="estimate", progress=silent)
    table = read_store(folder).table("estimate", "estimates")
    assert table["stratum"].to_pylist() == ["", "year=2019", "year=2020"]
    assert table["observed"].to_pylist() == [422, 211, 211]
    for row in table.to_pylist():
        assert row["observed"] < row["low"] < row["median"] < row["high"]


def test_the_draws_lie_in_a_file_of_their_own(folder: Path) -> None:
    run_observatory(folder, only="estimate", progress=silent)
    draws = pq.read_table(folder / "store" / "draws" / "estimates.parquet")
    assert draws.column_names == ["stratum", "draw", "victims"]
    assert set(draws["stratum"].to_pylist()) == {"year=2019", "year=2020"}
    assert pc.min(draws["victims"]).as_py() >= 211


def test_the_draws_become_rates_of_the_year(folder: Path) -> None:
    run_observatory(folder, only="rates", progress=silent)
    store = read_store(folder)
    rates = store.table("estimated_rates", "estimated_rates").to_pylist()
    assert {row["period"] for row in rates} == {"2019", "2020"}
    for row in rates:
        assert row["rate"] == pytest.approx(row["victims"] * 100_000 / row["population"])
        assert row["rate_low"] < row["rate"] < row["rate_high"]


def test_an_unchanged_table_is_not_estimated_again(folder: Path) -> None:
    run_observatory(folder, only="estimate", progress=silent)
    ran = run_observatory(folder, only="estimate", progress=silent)
    assert "estimate" in ran.skipped


def test_lists_that_are_no_source_are_named(folder: Path) -> None:
    ran = run_observatory(folder, only="estimate", progress=silent)
    said = [note.in_language("en") for note in ran.notes]
    assert any("No source has the name of these lists: a, b, c." in note for note in said)


def test_a_stratum_that_did_not_change_is_not_fitted_again(folder: Path) -> None:
    path = folder / "testigo.toml"
    text = path.read_text(encoding="utf-8").replace('"graphs"', '"latent-class"')
    path.write_text(text + "sensitivity = false\n", encoding="utf-8")
    run_observatory(folder, only="estimate", progress=silent)
    (fit,) = (folder / "store" / "fits").iterdir()  # both years have the same counts
    made = fit.stat().st_mtime_ns
    later = HEAD + overlaps("2019") + overlaps("2020") + overlaps("2021", 3)
    (folder / "sources" / "overlaps.csv").write_text(later)
    run_observatory(folder, only="estimate", progress=silent)
    assert len(list((folder / "store" / "fits").iterdir())) == 2
    assert fit.stat().st_mtime_ns == made


def test_a_table_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "sources" / "overlaps.csv").unlink()
    with pytest.raises(InputFileError, match=r"estimation\.file.*overlaps\.csv"):
        run_observatory(folder, only="estimate", progress=silent)


def test_the_estimate_is_walked_back_to_its_table(folder: Path) -> None:
    run_observatory(folder, progress=silent)
    told = explain(folder, table="estimates")
    said = " ".join(step.in_language("en") for step in told.steps)
    content = (folder / "sources" / "overlaps.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() in said
    assert "Strata: 2, of which 0 cannot be estimated" in said
    assert told.status == "stated"


def test_an_estimate_that_would_tell_a_small_overlap_says_how_to_mend_it(folder: Path) -> None:
    path = folder / "sources" / "overlaps.csv"
    path.write_text(path.read_text().replace("1,1,1,2019,8", "1,1,1,2019,3"))
    run_observatory(folder, progress=silent)
    told = explain(folder, table="estimates")
    assert told.status == "suppressed"
    assert "suppressed" in told.figure.in_language("en")
    assert "published = true" in told.steps[-1].in_language("en")
    assert "published = true" in told.steps[-1].in_language("es")


def test_what_other_assumptions_move_is_in_the_published_verdict(folder: Path) -> None:
    """The fourth list was copied from the first; taken for one, they give fewer people."""
    copied = "".join(f"{','.join(held)},{held[0]},{people}\n" for held, people in CELLS.items())
    (folder / "sources" / "overlaps.csv").write_text(
        f"a,b,c,d,count\n{copied}0,0,0,1,40\n1,0,0,0,20\n"
    )
    path = folder / "testigo.toml"
    text = path.read_text(encoding="utf-8").replace('"graphs"', '"independence"')
    path.write_text(text, encoding="utf-8")
    ran = run_observatory(folder, progress=silent)
    (row,) = pq.read_table(folder / "output" / "tables" / "estimates.parquet").to_pylist()
    moved = pq.read_table(folder / "output" / "tables" / "sensitivity.parquet").to_pylist()
    assert "lists_merged_move" in row["reasons"].split()
    assert ran.estimates is not None
    assert ran.estimates["reasons"].to_pylist() == [row["reasons"]]
    assert next(each for each in moved if each["kind"] == "main")["verdict"] == "warn"
    page = (folder / "output" / "report" / "index.html").read_text(encoding="utf-8")
    assert 'id="assumptions"' in page


def test_strata_are_moved_together(folder: Path) -> None:
    run_observatory(folder, only="estimate", progress=silent)
    rows = read_store(folder).table("sensitivity", "sensitivity").to_pylist()
    assert {row["stratum"] for row in rows} == {""}
    assert {row["strata"] for row in rows if row["kind"] == "highest_order"} == {2}


def test_without_sensitivity_nothing_is_moved(folder: Path) -> None:
    path = folder / "testigo.toml"
    path.write_text(path.read_text(encoding="utf-8") + "sensitivity = false\n", encoding="utf-8")
    ran = run_observatory(folder, only="estimate", progress=silent)
    assert "sensitivity" not in ran.seconds
    assert ran.estimates is not None


@pytest.fixture(autouse=True)
def without_dear_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the other models, which take seconds and are tested elsewhere."""
    monkeypatch.setattr(sensitivity, "METHODS", ())
