"""Ibis on Spark with Arrow in between, as on DuckDB.

Ibis 12 takes what Spark answers through pandas, where a whole number beside a missing one becomes
a fraction and loses its last digits beyond 2**53.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa
    from pyspark.sql import SparkSession


def connect_ibis(session: SparkSession) -> Any:  # noqa: ANN401  # ibis has no types
    """Return ibis' connection to a session of Spark."""
    from ibis.backends.pyspark import Backend
    from ibis.formats.pyarrow import PyArrowData

    class ArrowBackend(Backend):  # type: ignore[misc]
        def to_pyarrow(self, expr: ibis.Expr, /, **options: Any) -> pa.Table:  # noqa: ANN401
            self._run_pre_execute_hooks(expr)
            asked = expr.as_table()
            found = self._session.sql(self.compile(asked, **options)).toArrow()
            return expr.__pyarrow_result__(PyArrowData.convert_table(found, asked.schema()))

        def _register_in_memory_table(self, op: Any) -> None:  # noqa: ANN401
            given = op.data.to_pyarrow(op.schema)
            self._session.createDataFrame(given).createOrReplaceTempView(op.name)

    ArrowBackend.register_options()
    return ArrowBackend().connect(session)
