"""A CSV of a million rows through `ingest`, against DuckDB's own `read_csv` of the same file."""

import hashlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from testigo.core import Area, AreaCatalogue, Text
from testigo.records import Delivery, HandTables, Source, ingest

ROWS = 1_000_000
BOUND = 4  # times DuckDB; design.md 7
TIMES = 3  # the fastest of: the one least disturbed by others
PARENTS, AREAS = 32, 1_100
WEAPONS = ("ARMA DE FUEGO", "ARMA BLANCA", "CONTUNDENTES", "NO REPORTADO", "VENENO")


def measure() -> list[dict[str, object]]:
    """Time records with an identifier, and tallies whose rows nothing tells apart."""
    with tempfile.TemporaryDirectory() as place:
        return [_measured(kind, Path(place)) for kind in ("records", "tallies")]


def _measured(kind: str, folder: Path) -> dict[str, object]:
    path = folder / f"{kind}.csv"
    quoted = kind == "records"
    style = "needed" if quoted else "none"  # "needed": every text
    pa_csv.write_csv(_table(kind), path, pa_csv.WriteOptions(quoting_style=style))
    delivery = Delivery(path, path.name, hashlib.sha256(path.read_bytes()).hexdigest())
    source, catalogue = _source(kind), _catalogue()
    ours = _fastest(lambda: ingest(source, [delivery], catalogue, HandTables()))
    theirs = _fastest(lambda: _read_with_duckdb(path))
    return {
        "what": f"ingest of 1,000,000 rows of CSV: {kind}, texts {'' if quoted else 'not '}quoted",
        "seconds": ours,
        "peer": "DuckDB `read_csv` into a table",
        "peer_seconds": theirs,
        "ratio": ours / theirs,
        "bound": f"< {BOUND} times",
        "met": ours < BOUND * theirs,
    }


def _read_with_duckdb(path: Path) -> None:
    with duckdb.connect() as peer:
        peer.execute("set enable_progress_bar = false")
        peer.sql(f"create table t as from read_csv('{path}')")


def _fastest(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def _catalogue() -> AreaCatalogue:
    whole = Area("XX", "País", "whole", None)
    parents = [Area(f"{n:02}", f"Departamento {n:02}", "parent", "XX") for n in range(PARENTS)]
    areas = [
        Area(_code(n), f"Municipio número {n}", "area", f"{n % PARENTS:02}") for n in range(AREAS)
    ]
    return AreaCatalogue({area.code: area for area in [whole, *parents, *areas]})


def _code(number: int) -> str:
    return f"{number % PARENTS:02}{number // PARENTS:03}"


def _source(kind: str) -> Source:
    columns = {
        "date": "fecha",
        "parent_name": "departamento",
        "area_name": "municipio",
        "sex": "sexo",
        "age": "edad",
        "weapon": "arma",
    }
    own = {"id": "expediente", "hour": "hora"} if kind == "records" else {"value": "cantidad"}
    name = Text(es="Policía", en="Police")
    return Source(kind, name, kind, "criminal_justice", ("*.csv",), columns | own)


def _table(kind: str) -> pa.Table:
    """Make a delivery as the Colombian police write theirs; the same at every run."""
    draw = np.random.default_rng(20_261_121)
    days = draw.integers(0, 7_300, ROWS) + np.datetime64("2004-01-01")
    place = draw.integers(0, AREAS, ROWS)
    words = {
        "departamento": ([f"DEPARTAMENTO {n % PARENTS:02}" for n in range(AREAS)], place),
        "municipio": ([f"MUNICIPIO NÚMERO {n}" for n in range(AREAS)], place),
        "sexo": (["MASCULINO", "FEMENINO"], draw.integers(0, 2, ROWS)),
        "edad": ([f"{n}.0" for n in range(100)], draw.integers(0, 100, ROWS)),
        "arma": (WEAPONS, draw.integers(0, len(WEAPONS), ROWS)),
    }
    columns = {"fecha": pa.array(days)}
    columns |= {name: pa.array(texts).take(pa.array(at)) for name, (texts, at) in words.items()}
    if kind == "records":
        minutes = draw.integers(0, 1_440, ROWS)
        clock = pa.array([f"{n // 60}:{n % 60:02}" for n in range(1_440)])
        columns["expediente"] = pa.array([f"E-{n:07}" for n in draw.permutation(ROWS)])
        columns["hora"] = clock.take(pa.array(minutes))
    else:
        columns["cantidad"] = pa.array(draw.poisson(1.2, ROWS))
    return pa.table(columns)
