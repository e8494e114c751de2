from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from testigo.core import DEFAULT_LEVEL_NAMES, Area, Text
from testigo.records import Delivery, HandTables, Source, ingest, read_catalogue

ONCE = "mexico/press_mun_day_2019_2021.parquet"
TWICE = "mexico/qa_press_concatenated_with_double_counting_2019_2020.csv.gz"


@pytest.fixture(scope="module")
def catalogue(shared):
    return read_catalogue(
        shared / "mexico" / "municipality_catalogue_2020.csv.gz",
        code="mun_code",
        name="municipio_name",
        parent="state_code",
        parent_name="state_name",
        whole=Area("MX", "México", "whole", None),
        level_names=DEFAULT_LEVEL_NAMES,
    )


FIELDS = ("date", "parent_name", "area_name", "value")


def take_in(shared, catalogue, file, names):
    columns = dict(zip(FIELDS, names, strict=True))
    source = Source("press", Text("Prensa", "Press"), "tallies", "press", (file,), columns)
    path = shared / file
    delivery = Delivery(path, file, hashlib.sha256(path.read_bytes()).hexdigest())
    return ingest(source, [delivery], catalogue, HandTables())


@pytest.fixture(scope="module")
def once(shared, catalogue):
    return take_in(shared, catalogue, ONCE, ("date", "state", "municipality", "victims"))


@pytest.fixture(scope="module")
def twice(shared, catalogue):
    return take_in(shared, catalogue, TWICE, ("Fecha", "Entidad", "Municipio", "Homicidios"))


def victims(found, *years):
    chosen = pc.is_in(pc.year(found.accepted["date"]), value_set=pa.array(years, pa.int64()))
    return pc.sum(found.accepted.filter(chosen)["count"]).as_py()


def test_the_right_daily_files_lose_no_victim(once):
    assert victims(once, 2020) == 26_673
    assert victims(once, 2019, 2020) == 54_674
    assert once.set_aside.num_rows == 0


def test_rows_that_only_look_alike_are_kept_and_flagged(once):
    reasons = once.flags["reason"].value_counts().to_pylist()
    repeats = {entry["values"]: entry["counts"] for entry in reasons}

    assert repeats["row_repeated_kept"] + repeats["same_cell_twice"] // 2 <= 33


def test_days_delivered_again_are_counted_once(twice):
    delivered = pc.sum(twice.deliveries["rows_delivered"]).as_py()

    assert delivered == 46_159
    assert victims(twice, 2019, 2020) == 54_674
    assert victims(twice, 2020) == 26_673
    assert set(twice.set_aside["reason"].to_pylist()) == {"day_repeated"}


def test_what_is_left_is_row_by_row_what_was_delivered_right(once, twice):
    keys = ["date", "parent", "area", "count"]
    right = once.accepted.filter(pc.less(pc.year(once.accepted["date"]), 2021)).select(keys)
    left = twice.accepted.select(keys)
    order = [(key, "ascending") for key in keys]

    assert left.sort_by(order).equals(right.sort_by(order))


@pytest.mark.parametrize("file", ["once", "twice"])
def test_municipalities_are_matched_by_name_before_any_alias(file, request):
    found = request.getfixturevalue(file).accepted

    assert 1 - found["area"].null_count / found.num_rows >= 0.953
    assert found["parent"].null_count == 0
