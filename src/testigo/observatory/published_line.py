"""Finding one line among the published tables, by what a person would say of it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc
import pyarrow.parquet as pq

from testigo.core import UNKNOWN_MARK, Message, UsageError
from testigo.observatory.arguments import as_argument
from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

TABLES: Final = ("rates", "counts", "standardised_rates", "convergence", "links", "estimates")
MOST_SUGGESTED: Final = 5


def published(folder: Path, table: str) -> pa.Table:
    """Read a published table; refused when it has not been published."""
    if table not in TABLES:
        raise UsageError(
            Message("{table} cannot be explained.", {"table": repr(table)}),
            Message("Tables: {tables}.", {"tables": ", ".join(TABLES)}),
        )
    path = folder / "output" / "tables" / f"{table}.parquet"
    if not path.is_file():
        raise UsageError(
            Message("The table {table} has not been published.", {"table": table}),
            Message(
                "Run the observatory first: testigo run {folder}", {"folder": as_argument(folder)}
            ),
        )
    return pq.read_table(path)


def area_code(folder: Path, given: str) -> str:
    """Take a code as it is; look a name up in the published areas."""
    areas = pq.read_table(folder / "output" / "tables" / "areas.parquet").to_pylist()
    if given.startswith(UNKNOWN_MARK) or any(area["area"] == given for area in areas):
        return given
    wanted = fold(given)
    found = [area for area in areas if fold(area["name"]) == wanted]
    if len(found) == 1:
        return str(found[0]["area"])
    names = {f"{area['area']} {area['name']}" for area in found}
    if not names:
        near = difflib.get_close_matches(wanted, [fold(area["name"]) for area in areas])
        names = {f"{area['area']} {area['name']}" for area in areas if fold(area["name"]) in near}
    raise UsageError(
        Message("{area} is not the code or name of one area.", {"area": repr(given)}),
        Message("Perhaps: {areas}.", {"areas": ", ".join(sorted(names)[:MOST_SUGGESTED]) or "–"}),
    )


def one_line(
    published: pa.Table, code: str, period: str, source: str | None, series: str | None
) -> dict[str, object]:
    """Find the one published line that was asked for, or say which there are."""
    fits = pc.and_(pc.equal(published["area"], code), pc.equal(published["period"], period))
    lines = published.filter(fits).to_pylist()
    if not lines:
        raise UsageError(
            Message("Nothing is published for {area} in {period}.",
                    {"area": code, "period": period}),
            Message("Periods of that area: {periods}.", {"periods": _periods(published, code)}),
        )  # fmt: skip
    wanted = set(source.split(",")) if source else set()
    lines = [
        line
        for line in lines
        if wanted <= source_ids(line) and series in (None, line.get("population_series"))
    ]
    if len(lines) != 1:
        choices = lines or published.filter(fits).to_pylist()
        raise UsageError(
            Message("Published lines that fit: {count}.", {"count": len(lines)}),
            Message("Choose by --source and --population-series: {choices}.",
                    {"choices": "; ".join(_choice(line) for line in choices)}),
        )  # fmt: skip
    return dict(lines[0])


def _periods(published: pa.Table, code: str) -> str:
    there = published.filter(pc.equal(published["area"], code))["period"].unique().to_pylist()
    return f"{min(there)} – {max(there)}" if there else "–"


def source_ids(line: Mapping[str, object]) -> set[str]:
    """Return the ids of the sources that a published line speaks of."""
    return {str(line[key]) for key in ("source", "source_a", "source_b") if line.get(key)}


def _choice(line: Mapping[str, object]) -> str:
    series = line.get("population_series")
    return ",".join(sorted(source_ids(line))) + (f" / {series}" if series else "")
