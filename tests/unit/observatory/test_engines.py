"""One truth, two engines; and what an engine needs, says and leaves behind."""

from __future__ import annotations

import gc
import importlib.util
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from testigo.core import ConfigurationError, UsageError
from testigo.estimation import CaptureHistories, LinkedHistories, estimate_strata
from testigo.linkage import simulate_lists
from testigo.observatory import run_observatory
from testigo.observatory.engines import ROUNDS, open_engine
from testigo.observatory.spark_ibis import connect_ibis
from testigo.observatory.spark_session import check_spark, java_version, settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

    from testigo.estimation import Method

LISTS = ("police", "press")
FIELDS = (
    "id", "given_names", "surnames", "sex", "age", "date", "area", "parent", "place", "weapon",
)  # fmt: skip
COLUMNS = ", ".join(f'{name} = "{name}"' for name in FIELDS)
TOML = """\
[observatory]
name = "Synthetic"

[[population]]
series = "census"
file = "sources/population.csv"
columns = { area = "area", year = "year", age_group = "age", value = "people" }

[[sources]]
id = "printed"
name = "Printed"
kind = "tallies"
family = "public_health"
area_level = "whole"
file = "sources/printed.csv"
columns = { year = "year", value = "victims", rate = "rate" }
published = true

[linkage]
sources = ["police", "press"]
draws = 3

[estimation]
strata = ["year"]
"""
RECORDS = """
[[sources]]
id = "{name}"
name = "{name}"
kind = "records"
family = "civil_society"
file = "sources/{name}.csv"
published = true
columns = {{ {columns} }}
"""
AGES = ("0-14", "15-29", "30-44", "45-59", "60+")


def silent(*_: object) -> None:
    """Say nothing."""


def start_observatory_in(folder: Path) -> Path:
    """Two lists of synthetic people, a printed series that errs, residents by age."""
    lists = simulate_lists(500, seed=5)
    (folder / "sources").mkdir(parents=True)
    for name in LISTS:
        chosen = lists.filter(pc.equal(lists["source"], name)).select(FIELDS)
        pa_csv.write_csv(chosen, folder / "sources" / f"{name}.csv")
    areas = sorted(pc.unique(lists["area"].drop_null()).to_pylist())
    years = sorted(pc.unique(pc.year(lists["date"].drop_null())).to_pylist())
    people = [(area, year, age, 4_000) for area in areas for year in years for age in AGES]
    printed = [(year, 200 + year % 7, (200 + year % 7) / 10) for year in range(2005, 2020)]
    printed[6] = (*printed[6][:2], 35.0)  # of a million people elsewhere
    write_rows(folder / "sources" / "population.csv", ("area", "year", "age", "people"), people)
    write_rows(folder / "sources" / "printed.csv", ("year", "victims", "rate"), printed)
    parts = [RECORDS.format(name=name, columns=COLUMNS) for name in LISTS]
    parts[1] += 'subset_of = "police"\n'
    (folder / "testigo.toml").write_text(TOML + "".join(parts), encoding="utf-8")
    return folder


def write_rows(path: Path, names: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    lines = [names, *rows]
    path.write_text("".join(",".join(map(str, line)) + "\n" for line in lines), encoding="utf-8")


def made_by(folder: Path) -> dict[str, bytes]:
    """Return every file of the output, and every table of the store by its content."""
    places = [folder / "output", folder / "store" / "tables"]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for place in places
        for path in place.rglob("*")
        if path.is_file()
    }


@pytest.mark.xdist_group("spark")
def test_both_engines_make_the_same_bytes(spark: SparkSession, tmp_path: Path) -> None:
    """Every table, the links, their draws, the page, and where each figure came from."""
    made = {}
    for name in ("duckdb", "spark"):
        folder = start_observatory_in(tmp_path / name / "trial")
        run_observatory(folder, engine=name, progress=silent)
        made[name] = made_by(folder)

    assert made["spark"] == made["duckdb"]
    tables = tmp_path / "spark" / "trial" / "output" / "tables"
    found = {name: pq.read_table(tables / f"{name}.parquet") for name in
             ("rates", "standardised_rates", "consistency")}  # fmt: skip
    assert found["rates"].num_rows > 0
    assert found["standardised_rates"].num_rows > 0
    assert {"C01", "C13", "C24"} <= set(found["consistency"]["rule"].to_pylist())


@pytest.mark.xdist_group("spark")
def test_a_run_on_one_engine_goes_on_from_what_the_other_made(
    spark: SparkSession, observatory: Path
) -> None:
    run_observatory(observatory, progress=silent)

    again = run_observatory(observatory, engine="spark", progress=silent)

    assert again.seconds == {}


@pytest.mark.xdist_group("spark")
def test_whole_numbers_beside_missing_ones_come_back_whole(spark: SparkSession) -> None:
    """Through pandas they would be fractions, and large ones another number."""
    large = 2**53 + 1
    spark.createDataFrame(pa.table({"n": [large, None]})).createOrReplaceTempView("numbers")

    found = connect_ibis(spark).table("numbers").to_pyarrow()

    assert found.schema.field("n").type == pa.int64()
    assert sorted(found["n"].to_pylist(), key=str) == [large, None]


@pytest.mark.xdist_group("spark")
def test_spark_says_nothing_and_leaves_nothing_behind(
    spark: SparkSession, observatory: Path, tmp_path: Path
) -> None:
    """In a process of its own, as people start it; `spark` only says whether it can."""
    place = tmp_path / "temporary"
    place.mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "testigo.cli", "run", str(observatory), "--only", "ingest",
         "--engine", "spark", "--lang", "en"],
        env=os.environ | {"TMPDIR": str(place)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr
    assert all(line.startswith("- ") for line in ran.stderr.splitlines()), ran.stderr
    assert [path.name for path in place.rglob("*")] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["temporary", "trial"]


def test_an_engine_that_is_not_known_is_refused() -> None:
    with (
        pytest.raises(UsageError, match=r"no engine 'flink'.*\n.*duckdb, spark"),
        open_engine("flink"),
    ):
        pass


def test_without_pyspark_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testigo.observatory.spark_session.find_spec", lambda _name: None)

    with pytest.raises(UsageError, match=r"pip install 'testigo\[spark\]'"):
        check_spark()


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a Java of our making where Spark would look for one."""
    pytest.importorskip("pyspark")

    def install(version: str | None) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
        if version is not None:
            script = f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n"
            (folder / "java").write_text(script, encoding="utf-8")
            (folder / "java").chmod(0o755)

    return install


@pytest.mark.skipif(sys.platform == "win32", reason="the Java of our making is a shell script")
@pytest.mark.parametrize(
    ("told", "version"), [("17.0.15", 17), ("1.8.0_392", 8), ("21", 21), ("22-ea", 22)]
)
def test_the_version_of_java_is_read(java, told: str, version: int) -> None:
    java(told)

    assert java_version() == version


@pytest.mark.parametrize(("told", "words"), [(None, "no Java"), ("11.0.2", "has Java 11")])
@pytest.mark.skipif(sys.platform == "win32", reason="the Java of our making is a shell script")
def test_without_java_17_the_error_says_how_to_get_it(java, told: str | None, words: str) -> None:
    java(told)

    with pytest.raises(UsageError, match=rf"{words}.*\n.*openjdk-17"):
        check_spark()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # pyspark's, of the process that ended
@pytest.mark.skipif(sys.platform == "win32", reason="the Java of our making is a shell script")
def test_spark_that_does_not_start_is_told_with_its_mend(
    java, monkeypatch: pytest.MonkeyPatch
) -> None:
    java("17.0.15")  # it says so, and starts nothing
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    said = ""
    with open_engine("spark", master="local[2]") as engine:
        try:
            assert engine.spark
        except ConfigurationError as error:
            said = str(error)
    gc.collect()

    assert "Spark did not start at 'local[2]'" in said
    assert 'master = "local[2]" under [spark]' in said


def test_on_this_computer_spark_listens_to_nobody_else() -> None:
    here, there = settings_of("local[2]", "place"), settings_of("spark://cluster:7077", "place")

    assert here["spark.driver.bindAddress"] == here["spark.driver.host"] == "127.0.0.1"
    assert here["spark.ui.enabled"] == there["spark.ui.enabled"] == "false"
    assert here["spark.log.level"] == there["spark.log.level"] == "OFF"
    assert "spark.driver.host" not in there


def test_engines_are_found_where_ci_says(root: Path) -> None:
    """Continuous integration must not skip Spark: pyspark is locked with everything else."""
    assert "pyspark==4.0." in (root / "requirements.lock").read_text(encoding="utf-8")
    assert importlib.util.find_spec("pyspark") is not None


@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("method", ["latent-class", "graphs"])
def test_strata_spread_over_executors_are_estimated_as_on_one_computer(
    spark: SparkSession, method: Method
) -> None:
    cells = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
    people = np.array([60, 50, 40, 20, 18, 15, 8])
    strata = [
        LinkedHistories(
            CaptureHistories.of("abc", cells, people * times, stratum=[("year", str(times))])
        )
        for times in (1, 2)
    ]

    here = estimate_strata(strata, seed=5, method=method)
    with open_engine("spark") as engine:
        there = estimate_strata(strata, seed=5, method=method, spread=engine.spread)

    assert there.table.equals(here.table)
    assert there.draws.equals(here.draws)


@pytest.mark.xdist_group("spark")
def test_work_on_executors_comes_back_in_order_and_a_few_rounds_at_a_time(
    spark: SparkSession,
) -> None:
    many = ROUNDS * spark.sparkContext.defaultParallelism
    items = list(range(2 * many + 1))
    with open_engine("spark") as engine:
        assert engine.spread is not None
        assert list(engine.spread(abs, [])) == []
        assert list(engine.spread(abs, [-each for each in items])) == items

        def fail_late(item: int) -> int:
            if item == items[-1]:
                raise RuntimeError
            return item

        results = iter(engine.spread(fail_late, items))
        assert [next(results) for _ in range(2 * many)] == items[:-1]


def test_one_computer_spreads_nothing() -> None:
    with open_engine("duckdb") as engine:
        assert engine.spread is None
