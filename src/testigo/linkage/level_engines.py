"""The engines that Splink runs on to compare records: DuckDB, or a session of Spark.

The conditions of `comparisons.py` are written once, in DuckDB's SQL, and Spark understands all of
it but two functions. Splink brings others for Spark under other names, but they are not the same:
Apache's Jaro-Winkler gave another level to 5 of 82,000 pairs (docs/decisions/0060). So Spark is
given both functions under DuckDB's names, by the library whose results equal DuckDB's bit for bit.
"""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd
    from pyspark.sql import SparkSession
    from splink.internals.database_api import DatabaseAPI

MEMORY: Final = "1200MB"
SIMILARITIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {  # DuckDB's function: class and method of rapidfuzz.distance that equal it
        "jaro_winkler_similarity": ("JaroWinkler", "similarity"),
        "damerau_levenshtein": ("DamerauLevenshtein", "distance"),
    }
)


@contextmanager
def duckdb_for_splink(threads: int) -> Iterator[DatabaseAPI[Any]]:
    """Open a database in memory."""
    import duckdb
    from splink import DuckDBAPI

    # No temporary folder: names must not be spilled to a disk that nobody thinks of.
    with duckdb.connect(
        config={"threads": threads, "memory_limit": MEMORY, "temp_directory": ""}
    ) as connection:
        yield DuckDBAPI(connection)


@contextmanager
def spark_for_splink(session: SparkSession) -> Iterator[DatabaseAPI[Any]]:
    """Open a session beside `session`, with views and functions of its own."""
    from splink.backends.spark import SparkAPI

    ours = session.newSession()
    add_similarities(ours)
    try:
        # Persisted in memory: Splink's other ways write the records to a folder.
        yield SparkAPI(  # type: ignore[no-untyped-call]
            spark_session=ours, break_lineage_method="persist", register_udfs_automatically=False
        )
    finally:
        ours.catalog.clearCache()


def add_similarities(session: SparkSession) -> None:
    """Give a session of Spark the functions of `SIMILARITIES`."""
    from pyspark.sql.pandas.functions import pandas_udf

    for name, (family, method) in SIMILARITIES.items():
        compare = pandas_udf(_similarity(family, method), "double")  # type: ignore[call-overload]
        session.udf.register(name, compare)


def _similarity(family: str, method: str) -> Callable[[pd.Series, pd.Series], pd.Series]:
    """Return a function that compares two columns; Spark sends it to its workers."""
    import pandas as pd

    def compare(left: pd.Series, right: pd.Series) -> pd.Series:
        import numpy as np
        import pandas as pd
        from rapidfuzz import distance
        from rapidfuzz.process import cpdist

        known = (left.notna() & right.notna()).to_numpy()
        found = np.full(len(left), np.nan)
        found[known] = cpdist(
            left[known].tolist(),
            right[known].tolist(),
            scorer=getattr(getattr(distance, family), method),
            dtype=np.float64,
        )
        return pd.Series(found)

    compare.__annotations__ = dict.fromkeys(("left", "right", "return"), pd.Series)
    return compare
