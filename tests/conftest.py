"""What every test may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from testigo.core import UsageError
from testigo.observatory.engines import DuckDB, Engine, open_engine
from testigo.observatory.spark_session import LOCAL, check_spark, start_spark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import ibis
    from pyspark.sql import SparkSession

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("night", deadline=None, max_examples=2_000)
settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared real data; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not beside the project")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """Root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Give the one Spark of a test run; tests that need it share the xdist group `spark`."""
    try:
        check_spark()
    except UsageError as error:
        pytest.skip(str(error))
    with pytest.MonkeyPatch.context() as patch:
        # without them, half the time goes into making code fast that runs once
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with start_spark(LOCAL) as session:
            yield session


@dataclass(frozen=True)
class EngineAtWork:
    """An engine as tests meet it."""

    name: str
    engine: Engine
    folder: Path

    def load(self, rows: pa.Table) -> ibis.Table:
        """Return the rows as a run would read them: from Parquet."""
        path = self.folder / "rows.parquet"
        pq.write_table(rows, path, store_schema=False)
        return self.engine.read([path])

    def given(self, **strategies: Any) -> Callable[[Callable[..., None]], Callable[[], None]]:
        """Draw examples as `hypothesis.given`; few on Spark, which needs a second for each."""
        few = settings(max_examples=4) if self.name == "spark" else settings()
        return lambda test: few(given(**strategies)(test))


@pytest.fixture(
    scope="session",
    params=["duckdb", pytest.param("spark", marks=pytest.mark.xdist_group("spark"))],
)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineAtWork]:
    """Give every engine in turn: the same test, the same truth."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "duckdb":
        yield EngineAtWork("duckdb", DuckDB(), folder)
        return
    request.getfixturevalue("spark")
    with open_engine("spark") as opened:
        yield EngineAtWork("spark", opened, folder)
