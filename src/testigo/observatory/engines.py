"""The engines that meet every row: DuckDB in this process, or Spark.

They give the same tables to the last byte (tests/property and tests/unit/observatory hold it), so
which of them made a table is no part of what is published, nor of what a step is known by: a run
on one engine goes on from what the other has made (docs/decisions/0060).
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

from testigo.core import Message, UsageError
from testigo.observatory.spark_ibis import connect_ibis
from testigo.observatory.spark_session import LOCAL, check_spark, start_spark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import ibis
    from pyspark.sql import SparkSession

    Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]

ENGINES: Final = ("duckdb", "spark")
ROUNDS: Final = 4  # items for each core between two reports: few waits, little lost when stopped


class Engine(Protocol):
    """Where tables are summed and records compared."""

    @property
    def spark(self) -> SparkSession | None:
        """The session of Spark; None where DuckDB does the work."""
        ...

    @property
    def spread(self) -> Spread | None:
        """A `map` over several computers, results in order; None where there is one."""
        ...

    def read(self, paths: Sequence[Path]) -> ibis.Table:
        """Return Parquet files of one schema as one table."""
        ...


class DuckDB:
    """The engine of an office with one computer."""

    spark: None = None
    spread: None = None

    def read(self, paths: Sequence[Path]) -> ibis.Table:
        """Return Parquet files of one schema as one table."""
        import ibis

        return ibis.duckdb.connect().read_parquet([str(path) for path in paths])


class Spark:
    """The engine of an office that has outgrown one computer; starts when it is first needed.

    Parameters
    ----------
    master
        Where Spark runs: `local[2]` for two cores of this computer, or the address of a cluster.
    until
        Ends Spark when it is closed.
    """

    def __init__(self, master: str, until: ExitStack) -> None:
        self._master = master
        self._until = until

    @cached_property
    def spark(self) -> SparkSession:
        """The session of Spark."""
        return self._until.enter_context(start_spark(self._master))

    def spread(self, do: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        """Do the same with each item, on as many executors as there are; results in order.

        They come a few rounds of work at a time, so that long work can tell how far it is and
        keep what is done.
        """
        if not items:
            return
        context = self.spark.sparkContext
        many = ROUNDS * context.defaultParallelism
        for first in range(0, len(items), many):
            some = items[first : first + many]
            yield from context.parallelize(some, len(some)).map(do).collect()

    def read(self, paths: Sequence[Path]) -> ibis.Table:
        """Return Parquet files of one schema as one table."""
        # ibis reads one file or folder of Parquet on Spark, not several files
        rows = self.spark.read.parquet(*(str(path.resolve()) for path in paths))
        rows.createOrReplaceTempView("rows")
        return connect_ibis(self.spark).table("rows")


@contextmanager
def open_engine(name: str = "duckdb", *, master: str = LOCAL) -> Iterator[Engine]:
    """Open one of `ENGINES`; Spark is ended with it, and leaves nothing behind.

    Parameters
    ----------
    name
        Of the engine.
    master
        Where Spark runs.

    Raises
    ------
    UsageError
        For an engine that is not known, or where what Spark needs is not installed.
    ConfigurationError
        When Spark does not start, once it is needed.
    """
    if name not in ENGINES:
        raise UsageError(
            Message("There is no engine {given}.", {"given": repr(name)}),
            Message("Engines: {known}.", {"known": ", ".join(ENGINES)}),
        )
    if name == "duckdb":
        yield DuckDB()
        return
    check_spark()
    with ExitStack() as until:
        yield Spark(master, until)
