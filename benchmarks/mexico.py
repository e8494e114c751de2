"""The whole main job on Mexican data, cold and unchanged, against reading the same files."""

import tempfile
from pathlib import Path

from timing import best, timed

COLD_SECONDS = 60  # design.md 7
COLD_GIGABYTES = 1.5
UNCHANGED_SECONDS = 2
READ_ALL = """
import sys, duckdb
from pathlib import Path
for path in sorted(Path(sys.argv[1], "sources").rglob("*")):
    if path.suffix == ".parquet":
        duckdb.sql(f"select * from read_parquet('{path}')").arrow()
    elif path.name.endswith((".csv", ".csv.gz")):
        options = "all_varchar=true, ignore_errors=true"
        duckdb.sql(f"select * from read_csv('{path}', {options})").arrow()
"""


def measure() -> list[dict[str, object]]:
    """Copy the example, run it twice, and let DuckDB read its deliveries."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "mexico")
        timed("-c", f"import pathlib, testigo.observatory as o; o.copy_example('mexico', "
                    f"pathlib.Path({str(folder)!r}))")  # fmt: skip
        timed("-c", READ_ALL, str(folder))  # the files come into the memory of the system
        reading = timed("-c", READ_ALL, str(folder))
        cold = timed("-m", "testigo.cli", "run", str(folder))
        again = best("-m", "testigo.cli", "run", str(folder), times=3)
    peer = "DuckDB reads the same deliveries"
    return [
        {
            "what": "`testigo run mexico`, cold",
            "seconds": cold.seconds,
            "peer": peer,
            "peer_seconds": reading.seconds,
            "ratio": cold.seconds / reading.seconds,
            "bound": f"< {COLD_SECONDS} s",
            "met": cold.seconds < COLD_SECONDS,
        },
        {
            "what": "the same, peak memory",
            "unit": "GB",
            "seconds": cold.gigabytes,
            "peer": peer,
            "peer_seconds": reading.gigabytes,
            "ratio": cold.gigabytes / reading.gigabytes
            if cold.gigabytes and reading.gigabytes
            else None,
            "bound": f"< {COLD_GIGABYTES} GB",
            "met": cold.gigabytes is None or cold.gigabytes < COLD_GIGABYTES,
        },
        {
            "what": "`testigo run mexico`, nothing changed",
            "seconds": again,
            "peer": peer,
            "peer_seconds": reading.seconds,
            "ratio": again / reading.seconds,
            "bound": f"< {UNCHANGED_SECONDS} s",
            "met": again < UNCHANGED_SECONDS,
        },
    ]
