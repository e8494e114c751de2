"""Small deliveries for the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from testigo.core import Text
from testigo.records import (
    ACCEPTED,
    COUNTS,
    DELIVERIES,
    FLAGS,
    SET_ASIDE,
    UNMATCHED_PLACES,
    Ingested,
    Source,
)
from testigo.records.consistency.claims import read_claims
from testigo.records.consistency.engine import check_claim
from testigo.records.consistency.model import Claim, Evidence, Finding

Row = dict[str, object]
STATUSES = ("sex", "age", "age_group", "hour", "place", "weapon", "location_type", "occupation")


@pytest.fixture
def a_source() -> Callable[..., Source]:
    def make(source_id: str = "police", **changes: object) -> Source:
        given = {
            "id": source_id,
            "name": Text(es=f"{source_id} (es)", en=source_id),
            "kind": "tallies",
            "family": "criminal_justice",
            "files": (f"{source_id}.csv",),
            "columns": {"value": "total"},
        }
        return Source(**(given | changes))

    return make


@pytest.fixture
def accepted() -> Callable[[Iterable[Row]], pa.Table]:
    """Rows of `ACCEPTED`; what is not given is blank, `year` stands for a date."""

    def make(rows: Iterable[Row]) -> pa.Table:
        full = []
        for number, given in enumerate(rows, start=2):
            row: Row = {"source": "police", "file": "police.csv", "row": number, "cell": 0}
            row |= {"count": 1, "date_precision": "day"}
            row |= {f"{name}_status": "unknown" for name in STATUSES} | given
            if "year" in row:
                row |= {"date": date(int(str(row.pop("year"))), 1, 1), "date_precision": "year"}
            full.append(row)
        return ACCEPTED.table(full)

    return make


@pytest.fixture
def an_ingested() -> Callable[..., Ingested]:
    def make(
        source: Source, *, accepted: pa.Table, flags: Iterable[Row] = (), aside: Iterable[Row] = ()
    ) -> Ingested:
        common = {"source": source.id, "file": "police.csv"}
        return Ingested(
            source=source,
            accepted=accepted,
            set_aside=SET_ASIDE.table(
                [common | {"placement": "excluded", "mend": "-"} | row for row in aside]
            ),
            flags=FLAGS.table([common | {"column": ""} | row for row in flags]),
            deliveries=DELIVERIES.arrow.empty_table(),
            unmatched_places=UNMATCHED_PLACES.arrow.empty_table(),
            notes=(),
        )

    return make


@pytest.fixture
def evidence() -> Callable[..., Evidence]:
    def make(
        sources: Iterable[Source],
        accepted: pa.Table | None = None,
        *,
        counts: Iterable[Row] = (),
        ingested: Iterable[Ingested] = (),
    ) -> Evidence:
        return Evidence(
            sources=tuple(sources),
            ingested=tuple(ingested),
            counts=COUNTS.table(list(counts)),
            accepted=ibis.memtable(accepted if accepted is not None else ACCEPTED.table([])),
        )

    return make


@pytest.fixture
def claims(tmp_path: Path) -> Callable[[str], tuple[Claim, ...]]:
    """Claims of a text of hand/claims.toml."""

    def read(text: str) -> tuple[Claim, ...]:
        path = tmp_path / "claims.toml"
        path.write_text(text, encoding="utf-8")
        return read_claims(path)

    return read


@pytest.fixture
def judge(claims: Callable[[str], tuple[Claim, ...]]) -> Callable[..., Finding]:
    """The finding about one claim, given as lines of TOML."""

    def check(rule: str, lines: str) -> Finding:
        head = f'[[claim]]\nrule = "{rule}"\nwhere = "report, page 1"\ntable = "police"\n'
        (claim,) = claims(head + lines)
        return check_claim(claim)

    return check
