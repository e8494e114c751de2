"""From a published figure back to delivery, file hash and row numbers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from testigo.core import PromiseError, UsageError
from testigo.observatory import explain, run_observatory

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.core import Message


def silent(step: Message, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def run(observatory: Path) -> Path:
    run_observatory(observatory, progress=silent)
    return observatory


def test_a_rate_is_walked_back_to_file_hash_and_rows(run: Path) -> None:
    told = explain(run, table="rates", area="03", period="2020", source="health")
    (line,) = told.rows.to_pylist()

    assert line["file"] == "sources/health_2020.csv"
    assert line["sha256"] == hashlib.sha256((run / line["file"]).read_bytes()).hexdigest()
    assert line["rows"] == "26-37"  # header in row 1; two areas of twelve months come before
    assert line["count"] == 12 * 9
    assert told.status == "stated"


def test_an_area_may_be_named(run: Path) -> None:
    told = explain(run, table="rates", area="centro", period="2020", source="health")
    assert told.values["area"] == "03"


def test_a_region_gathers_the_rows_of_its_areas(run: Path) -> None:
    told = explain(run, table="counts", area="B", period="2020", source="health")
    assert told.rows.to_pylist()[0]["rows"] == "26-49"


def test_convergence_tells_the_rows_of_both_sources(run: Path) -> None:
    told = explain(run, table="convergence", area="T", period="2020")
    assert set(told.rows["source"].to_pylist()) == {"health", "police"}


def test_a_question_that_fits_several_lines_lists_the_choices(run: Path) -> None:
    with pytest.raises(UsageError, match="health"):
        explain(run, table="rates", area="T", period="2020")


@pytest.mark.parametrize(
    ("table", "area", "period", "told"),
    [
        ("hot_spots", "T", "2020", "cannot be explained"),
        ("rates", "Centr", "2020", "Perhaps: 03 Centro"),
        ("rates", "T", "1999", "Periods of that area: 2019"),
    ],
)
def test_a_question_that_fits_nothing_says_what_there_is(
    run: Path, table: str, area: str, period: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        explain(run, table=table, area=area, period=period)


def test_before_the_first_run_it_says_to_run(observatory: Path) -> None:
    with pytest.raises(UsageError, match="testigo run"):
        explain(observatory, table="rates", area="T", period="2020")


def test_a_store_that_no_longer_adds_up_stops(run: Path) -> None:
    path = run / "sources" / "health_2020.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("03,2020,1,9", "03,2020,1,8"), "utf-8")
    run_observatory(run, only="ingest", progress=silent)
    with pytest.raises(PromiseError, match="add up to 107"):
        explain(run, table="rates", area="03", period="2020", source="health")


def test_a_delivery_changed_since_the_run_is_told(run: Path) -> None:
    with (run / "sources" / "health_2020.csv").open("a", encoding="utf-8") as stream:
        stream.write("04,2020,12,1\n")
    told = explain(run, table="rates", area="03", period="2020", source="health")
    assert any("no longer the file" in str(step) for step in told.steps)


def test_the_words_of_an_explanation_are_of_the_readers_language(run: Path) -> None:
    told = explain(run, table="rates", area="03", period="2020", source="health")
    steps = " ".join(step.in_language("es") for step in told.steps)

    assert "Unidad: víctima. Fecha: día del hecho. Lugar: lugar del hecho." in steps


def test_a_month_that_is_none_is_told_as_such(run: Path) -> None:
    with pytest.raises(UsageError, match="'2020-13' is not a period"):
        explain(run, table="rates", area="03", period="2020-13", source="health")
