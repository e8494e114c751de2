"""Levels of comparison of pairs of records, found by Splink on DuckDB or on Spark.

Splink writes and runs the SQL; which pairs, what a level is worth and what follows from it is
decided elsewhere in this room, in NumPy. So both engines link alike as long as they find the same
levels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from testigo.linkage.comparisons import COMPARISONS, Comparison
from testigo.linkage.level_engines import duckdb_for_splink, spark_for_splink

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from pyspark.sql import SparkSession

MOST_LEVELS: Final = 16  # of one comparison
AT_ONCE: Final = 500_000  # pairs whose levels are found together
UNCOMPARED: Final = ["list", "region", "initial", "nid_digits"]  # for blocking only


def find_levels(
    prepared: pa.Table,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    *,
    threads: int = 2,
    spark: SparkSession | None = None,
) -> NDArray[np.int8]:
    """Return the level of each comparison of each pair, -1 where a value is missing.

    Parameters
    ----------
    prepared
        As `prepare_records` returns it.
    left, right
        Positions in it, shape (pair,).
    threads
        Of DuckDB; changes the time, not the answer.
    spark
        Session of Spark that does the work; None: DuckDB does it. Changes no answer either.

    Returns
    -------
    ndarray
        Shape (pair, comparison), in the order of `COMPARISONS`.
    """
    levels = np.full((len(left), len(COMPARISONS)), -1, dtype=np.int8)
    if len(left) == 0:
        return levels
    from splink import Linker

    with spark_for_splink(spark) if spark else duckdb_for_splink(threads) as engine:
        records = prepared.drop_columns(UNCOMPARED).append_column(
            "unique_id", pa.array(np.arange(prepared.num_rows))
        )
        table = engine.register(records, dataset_display_name="records")
        linker = Linker(table, splink_settings(), log_level="ERROR")  # it warns of its own training
        for start in range(0, len(left), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            pairs = pa.table(
                {
                    "match_key": pa.repeat(pa.scalar("0"), len(left[part])),
                    "join_key_l": left[part],
                    "join_key_r": right[part],
                }
            )
            given = engine.register(pairs, dataset_display_name=f"pairs_{start}")
            linker.table_management.register_blocked_pairs_for_predict(given)
            scored = linker.inference.predict()
            found: pa.Table = scored.as_pyarrow_table()  # type: ignore[no-untyped-call]
            _fill(levels[part], found, left[part], right[part])
            if spark:  # Splink drops tables of DuckDB only
                scored.as_spark_dataframe().unpersist()
            scored.drop_table_from_database_and_remove_from_cache()
    return levels


def splink_settings() -> dict[str, Any]:
    """Return the comparisons as Splink's settings; its weight of a level is the level's number.

    Splink keeps the numbers of levels only together with the values compared, which stay behind.
    So m and u are not our shares here (two levels may weigh the same): their ratio names the
    level, from 1 for the worst; a missing value weighs 0.
    """
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": 0.001,
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_levels": [
                    {
                        "sql_condition": comparison.missing,
                        "label_for_charts": "missing",
                        "is_null_level": True,
                    },
                    *(
                        {
                            "sql_condition": condition,
                            "label_for_charts": f"level {level}",
                            "m_probability": 2.0 ** (level + 1 - MOST_LEVELS),
                            "u_probability": 2.0**-MOST_LEVELS,
                        }
                        for level, condition in numbered_levels(comparison)
                    ),
                ],
            }
            for comparison in COMPARISONS
        ],
    }


def _fill(
    levels: NDArray[np.int8], scored: pa.Table, left: NDArray[np.int64], right: NDArray[np.int64]
) -> None:
    """Put Splink's rows, which come in any order, back into the order of the pairs."""
    columns: Mapping[str, NDArray[np.int64]] = {
        name: scored[name].to_numpy() for name in ("unique_id_l", "unique_id_r")
    }
    order = np.lexsort((columns["unique_id_r"], columns["unique_id_l"]))
    ours = np.lexsort((right, left))
    for place, comparison in enumerate(COMPARISONS):
        weights = scored[f"mw_{comparison.name}"].to_numpy()[order]
        levels[ours, place] = np.rint(weights).astype(np.int8) - 1


def numbered_levels(comparison: Comparison) -> Iterator[tuple[int, str]]:
    """Return the number and the SQL of each level, best first."""
    conditions = (*comparison.levels, "ELSE")
    return zip(range(len(comparison.levels), -1, -1), conditions, strict=True)
