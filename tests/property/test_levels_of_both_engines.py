"""Every comparison of two records has the same level on DuckDB and on Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testigo.linkage.comparisons import COMPARISONS
from testigo.linkage.level_engines import SIMILARITIES, add_similarities
from testigo.linkage.splink_levels import find_levels

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import SparkSession

RECORDS, PAIRS = 150, 6_000
WORDS = 8
LETTERS = "aeioulmnrst"
SHARE_MISSING = 0.15


def drawn_words(rng: np.random.Generator, *, shortest: int, longest: int) -> list[str]:
    lengths = rng.integers(shortest, longest, WORDS)
    return ["".join(rng.choice(list(LETTERS), length)) for length in lengths]


def slips_of(rng: np.random.Generator, words: list[str]) -> list[str | None]:
    """The words with slips: many pairs lie just above or below a threshold."""
    found = [slipped(rng, str(rng.choice(words))) for _ in range(RECORDS)]
    return [word if rng.random() > SHARE_MISSING else None for word in found]


def slipped(rng: np.random.Generator, word: str) -> str:
    letters = list(word)
    for _ in range(rng.integers(0, 3)):
        place = int(rng.integers(0, len(letters)))
        if rng.random() < 0.4 and place:
            letters[place - 1 : place + 1] = letters[place - 1 : place + 1][::-1]
        elif rng.random() < 0.5:
            letters[place] = str(rng.choice(list(LETTERS)))
        elif len(letters) > 1:
            del letters[place]
    return "".join(letters)


def numbers(rng: np.random.Generator, low: int, high: int) -> pa.Array:
    missing = rng.random(RECORDS) < SHARE_MISSING
    return pa.array(rng.integers(low, high, RECORDS).astype(np.int32), mask=missing)


def drawn_records(seed: int) -> pa.Table:
    """Columns as `prepare_records` gives them, with values at random."""
    rng = np.random.default_rng(seed)
    columns: dict[str, pa.Array] = {"list": pa.array(["a"] * RECORDS)}
    names = drawn_words(rng, shortest=1, longest=9)
    places = drawn_words(rng, shortest=3, longest=24)
    digits = drawn_words(rng, shortest=8, longest=9)
    for name in ("given", "g1", "g2", "s1", "s2", "p1", "initial"):
        columns[name] = pa.array(slips_of(rng, names), pa.string())
    for name in ("area", "parent", "region", "place"):
        columns[name] = pa.array(slips_of(rng, places), pa.string())
    for name in ("nid", "nid_digits", "birth_text"):
        columns[name] = pa.array(slips_of(rng, digits), pa.string())
    for name in ("g1", "g2", "s1", "s2"):
        columns[f"{name}_sound"] = numbers(rng, 0, 30)
        columns[f"{name}_shape"] = numbers(rng, 0, 30)
    columns["words"] = numbers(rng, 0, 15)
    for name, reach in (("day", 70), ("age", 30)):
        low = numbers(rng, 0, reach)
        columns[f"{name}_low"] = low
        wide = pa.array(rng.integers(0, 3, RECORDS).astype(np.int32))
        columns[f"{name}_high"] = pa.compute.add(low, wide)
    for name, reach in (("day", 70), ("swapped", 70), ("birth", 900), ("birth_swapped", 900)):
        columns[name] = numbers(rng, 0, reach)
    columns["hour"] = numbers(rng, 0, 24)
    columns["sex"] = pa.array(rng.choice(["f", "m", None], RECORDS).tolist(), pa.string())
    weapons = ["firearm", "blade", "other", None]
    columns["weapon"] = pa.array(rng.choice(weapons, RECORDS).tolist(), pa.string())
    known = rng.random(RECORDS) > SHARE_MISSING
    for name, degrees in (("lat", 13.7), ("lon", -89.2)):
        columns[name] = pa.array(degrees + rng.normal(0, 0.05, RECORDS).round(3), mask=~known)
    return pa.table(columns)


def drawn_pairs(seed: int) -> tuple[np.ndarray, np.ndarray]:
    drawn = np.random.default_rng(seed).integers(0, RECORDS, size=(2, PAIRS))
    drawn = np.unique(np.sort(drawn, axis=0), axis=1)
    drawn = drawn[:, drawn[0] != drawn[1]]
    return drawn[0], drawn[1]


def test_the_records_drawn_here_reach_every_level() -> None:
    """Or agreement of the engines would mean little."""
    levels = np.concatenate(
        [find_levels(drawn_records(seed), *drawn_pairs(seed)) for seed in range(3)]
    )
    for place, comparison in enumerate(COMPARISONS):
        reached = set(np.unique(levels[:, place]).tolist())
        assert reached == set(range(-1, len(comparison.levels) + 1)), comparison.name


@pytest.mark.xdist_group("spark")
@settings(max_examples=2)
@given(seed=st.integers(0, 2**32))
def test_both_engines_find_the_same_levels(spark: SparkSession, seed: int) -> None:
    records, pairs = drawn_records(seed), drawn_pairs(seed)

    np.testing.assert_array_equal(
        find_levels(records, *pairs, spark=spark), find_levels(records, *pairs)
    )


@pytest.mark.xdist_group("spark")
@settings(max_examples=2)
@given(seed=st.integers(0, 2**32))
def test_both_engines_compute_the_same_similarities(spark: SparkSession, seed: int) -> None:
    """To the last bit: a level is a similarity above a threshold."""
    rng = np.random.default_rng(seed)
    one = [
        word
        for longest in (6, 14, 40)
        for word in slips_of(rng, drawn_words(rng, shortest=1, longest=longest))
    ]
    other = [slipped(rng, word) if word and rng.random() > SHARE_MISSING else None for word in one]
    pairs = pa.table({"one": pa.array(one, pa.string()), "other": pa.array(other, pa.string())})
    asked = ", ".join(f"cast({name}(one, other) as double) as {name}" for name in SIMILARITIES)

    add_similarities(spark)
    spark.createDataFrame(pairs).createOrReplaceTempView("pairs")
    on_spark = spark.sql(f"select one, other, {asked} from pairs").toArrow()  # noqa: S608

    assert sorted_rows(on_spark) == sorted_rows(on_duckdb(pairs, asked))


def on_duckdb(pairs: pa.Table, asked: str) -> pa.Table:
    import duckdb

    with duckdb.connect() as connection:
        connection.register("pairs", pairs)
        return connection.sql(f"select one, other, {asked} from pairs").to_arrow_table()  # noqa: S608


def sorted_rows(table: pa.Table) -> list[tuple[object, ...]]:
    key: Callable[[tuple[object, ...]], str] = repr
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=key)
