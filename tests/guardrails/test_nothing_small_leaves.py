"""Promise 3: what was fitted to a small overlap of private lists is in the store and nowhere else.

A run on a table of overlaps, after which every file of output/ is read: no draw, no fit and no
number of a stratum that is hidden, to any digit that is not also somewhere by right.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from testigo.observatory import run_observatory
from testigo.observatory.store import read_store
from testigo.publication import PUBLISHED

CELLS = {"100": 160, "010": 150, "001": 140, "110": 61, "101": 58, "011": 55, "111": 30}
SMALL = {"100": 60, "010": 50, "001": 40, "110": 20, "101": 18, "011": 15, "111": 3}
TINY = {"100": 2, "010": 1, "001": 1}
HEAD = "a,b,c,year,count\n"
TOML = """
[observatory]
name = "Prueba"
languages = ["es", "en"]

[areas]
whole = { code = "X", name = "País" }

[[population]]
series = "census"
file = "sources/people.csv"
columns = { area = "area", year = "year", value = "people" }

[estimation]
file = "sources/overlaps.csv"
method = "graphs"
sensitivity = false
"""
LIST = """
[[sources]]
id = "{0}"
name = "{0}"
kind = "overlaps"
family = "press"
"""


def run(folder: Path, **years: dict[str, int]) -> Path:
    (folder / "sources").mkdir()
    lists = "".join(map(LIST.format, "abc"))
    (folder / "testigo.toml").write_text(TOML + lists, encoding="utf-8")
    rows = [f"{','.join(held)},{year[1:]},{people}\n" for year, cells in years.items()
            for held, people in cells.items()]  # fmt: skip
    (folder / "sources" / "overlaps.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    people = "".join(f"X,{year[1:]},123457\n" for year in years)
    (folder / "sources" / "people.csv").write_text("area,year,people\n" + people, encoding="utf-8")
    run_observatory(folder, progress=lambda *_: None)
    return folder / "output"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of many, one with an overlap of three, and one of four people."""
    folder = tmp_path_factory.mktemp("small")
    return run(folder, y2019=CELLS, y2020=SMALL, y2021=TINY)


def published(output: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(output / "tables" / f"{table}.parquet").to_pylist()  # fmt: skip  # noqa: E501
    return found


def numbers_told(output: Path) -> set[float]:
    """Every number in every published table, and on the page beside its drawings."""
    told = {value for path in (output / "tables").glob("*.parquet")
            for row in pq.read_table(path).to_pylist() for value in row.values()
            if isinstance(value, (int, float))}  # fmt: skip
    page = (output / "report" / "index.html").read_text(encoding="utf-8")
    text = re.sub(r"<svg.*?</svg>|<style.*?</style>|<script.*?</script>", "", page, flags=re.DOTALL)
    plain = re.sub(r"(?<=\d)[\u202f\u00a0 ,](?=\d{3})", "", text)
    return told | {float(word.replace(",", ".")) for word in re.findall(r"\d+[.,]\d+", plain)}


def fitted(folder: Path) -> dict[str, list[float]]:
    """All fits of each stratum as the store has them."""
    store = read_store(folder)
    found: dict[str, list[float]] = {}
    for row in store.table("estimate", "estimates").to_pylist():
        found[row["stratum"]] = [row[name] for name in ("median", "low", "high") if row[name]]
    for row in store.table("estimated_rates", "estimated_rates").to_pylist():
        found[f"year={row['period']}"] += [
            value for name, value in row.items()
            if isinstance(value, float) and name.startswith(("victims", "rate"))
        ]  # fmt: skip
    return found


def test_no_fit_to_a_small_overlap_is_under_output(output: Path) -> None:
    secret = {value for values in fitted(output.parent).values() for value in values if value % 1}
    assert len(secret) > 5  # they are in the store, and the search knows what to look for
    assert secret & numbers_told(output) == set()
    for table, number in (("estimates", "median"), ("estimated_rates", "rate")):
        assert {row[number] for row in published(output, table)} == {None}


def test_a_hidden_stratum_has_no_number(output: Path) -> None:
    rows = {row["stratum"] or "": row for row in published(output, "estimates")}
    assert rows["year=2021"]["value_status"] == "suppressed"
    assert rows["year=2021"]["observed"] is None
    assert sum(row["observed"] is None for row in rows.values()) > 1  # or the sum would tell it
    rates = {row["period"]: row for row in published(output, "estimated_rates")}
    assert {rates["2021"][name] for name in ("victims", "victims_high", "rate_low")} == {None}


def test_only_published_tables_are_under_output(output: Path) -> None:
    names = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    tables = {f"tables/{name}.{kind}" for name in PUBLISHED for kind in ("csv", "parquet")}
    assert names - tables == {"datapackage.json", "provenance.json", "report/index.html"}
    assert (output.parent / "store" / "draws" / "estimates.parquet").is_file()  # and stays there


def test_no_fingerprint_confirms_a_guess_of_the_overlaps(output: Path) -> None:
    """A table of a few counts can be written again and again until its hash is the one told."""
    content = (output.parent / "sources" / "overlaps.csv").read_bytes()
    mark = hashlib.sha256(content).hexdigest()[:12]

    told = [path.read_bytes() for path in output.rglob("*") if path.is_file()]
    assert told
    assert not any(mark.encode() in each for each in told)


def test_where_no_overlap_is_small_every_fit_is_told(tmp_path: Path) -> None:
    output = run(tmp_path, y2019=CELLS, y2020=SMALL | {"111": 5})

    store = read_store(tmp_path).table("estimate", "estimates").to_pylist()
    told = {row["stratum"] or "": row["median"] for row in published(output, "estimates")}
    assert told == {row["stratum"]: row["median"] for row in store}
    assert None not in told.values()
