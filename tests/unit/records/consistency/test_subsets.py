"""C13: a part is at most its whole, cell by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from testigo.records import ACCEPTED, CONSISTENCY_CELLS
from testigo.records.consistency.model import Evidence
from testigo.records.consistency.subsets import check_subsets


def cell(source: str, area: str | None, month: int, count: int, **more: object) -> dict:
    day = date(2010, month, 1)
    row = {"source": source, "file": f"{source}.csv", "area": area, "date": day, "count": count}
    return row | {"date_precision": "month"} | more


@pytest.fixture
def pair(a_source):
    return [a_source("whole"), a_source("part", subset_of="whole")]


def test_cells_in_which_the_part_is_larger_are_listed(pair, accepted, evidence) -> None:
    rows = [
        cell("whole", "01", 1, 5), cell("part", "01", 1, 7),
        cell("whole", "01", 2, 5), cell("part", "01", 2, 5),
        cell("whole", "02", 1, 9), cell("part", "02", 1, 1),
        cell("whole", "02", 3, 8), cell("part", "02", 4, 8),
    ]  # fmt: skip
    (finding,) = check_subsets(evidence(pair, accepted(rows)))

    assert (finding.table, finding.severity, finding.where) == ("part", "warning", "part <= whole")
    assert (finding.found, finding.expected) == ("1", "0")
    assert finding.cells is not None
    assert finding.cells.to_pylist() == [
        {"table": "part", "rule": "C13", "area": "01", "period": "2010-01",
         "found": 7, "expected": 5}
    ]  # fmt: skip
    assert "1 of 3 cells" in str(finding.explanation)


def test_rows_of_one_cell_are_added_before_they_are_compared(pair, accepted, evidence) -> None:
    rows = [cell("whole", "01", 1, 2), cell("whole", "01", 1, 2), cell("part", "01", 1, 4)]

    assert check_subsets(evidence(pair, accepted(rows))) == []


def test_a_part_larger_in_all_is_no_subset_and_an_error(pair, accepted, evidence) -> None:
    rows = [cell("whole", "01", 1, 2), cell("part", "01", 1, 4)]
    (finding,) = check_subsets(evidence(pair, accepted(rows)))

    assert finding.severity == "error"
    assert "no subset" in str(finding.explanation)


def test_silence_of_tallies_is_not_zero(pair, accepted, evidence) -> None:
    rows = [cell("whole", "01", 1, 2), cell("part", "02", 1, 4)]

    assert check_subsets(evidence(pair, accepted(rows))) == []


def test_silence_of_records_is_zero_in_a_month_they_cover(a_source, accepted, evidence) -> None:
    sources = [a_source("whole", kind="records"), a_source("part", subset_of="whole")]
    rows = [cell("whole", "01", 1, 9), cell("part", "02", 1, 4), cell("part", "02", 2, 4)]
    (finding,) = check_subsets(evidence(sources, accepted(rows)))

    assert finding.cells is not None
    assert finding.cells.select(["area", "period", "expected"]).to_pylist() == [
        {"area": "02", "period": "2010-01", "expected": 0}
    ]


def test_unknown_places_and_dates_are_left_out(pair, accepted, evidence) -> None:
    rows = [cell("whole", None, 1, 2), cell("part", None, 1, 4), cell("whole", "01", 1, 1)]
    undated = {"date": None, "date_precision": "unknown"}
    rows += [cell("part", "01", 1, 4, **undated), cell("part", "01", 1, 1)]

    assert check_subsets(evidence(pair, accepted(rows))) == []


def test_the_coarser_area_and_period_decide(a_source, accepted, evidence) -> None:
    sources = [a_source("whole", area_level="parent"), a_source("part", subset_of="whole")]
    yearly = {"date_precision": "year"}
    rows = [cell("whole", None, 1, 5, parent="P", **yearly)]
    rows += [cell("part", "01", 3, 3, parent="P"), cell("part", "02", 4, 3, parent="P")]
    (finding,) = check_subsets(evidence(sources, accepted(rows)))

    assert finding.cells is not None
    assert finding.cells.select(["area", "period", "found", "expected"]).to_pylist() == [
        {"area": "P", "period": "2010", "found": 6, "expected": 5}
    ]


def test_a_source_without_subset_is_not_compared(a_source, accepted, evidence) -> None:
    assert check_subsets(evidence([a_source("a"), a_source("b")], accepted([]))) == []


def test_mexico_counts_2166_cells(a_source, shared: Path) -> None:
    """PROVENANCE.md of the file: drugwar exceeds INEGI in 2,166 municipality-months."""
    path = shared / "mexico" / "two_sources_mun_month_2004_2011.parquet"
    both = pq.read_table(path)
    accepted = pa.concat_tables([_rows(both, "inegi"), _rows(both, "drugwar")])
    sources = (a_source("inegi"), a_source("drugwar", subset_of="inegi"))
    seen = Evidence(sources, (), pa.table({}), ibis.memtable(accepted))

    (finding,) = check_subsets(seen)

    assert (finding.found, finding.severity) == ("2166", "warning")
    assert finding.cells is not None
    assert finding.cells.num_rows == 2_166
    assert finding.cells.column_names == CONSISTENCY_CELLS.arrow.names


def _rows(both: pa.Table, source: str) -> pa.Table:
    stated = both.filter(both[f"{source}_homicides"].is_valid())
    given = {
        "source": pa.repeat(source, len(stated)),
        "area": stated["mun_code"],
        "date": stated["date"].cast(pa.date32()),
        "date_precision": pa.repeat("month", len(stated)),
        "count": stated[f"{source}_homicides"].cast(pa.int64()),
    }
    return pa.table(
        [given.get(field.name, pa.nulls(len(stated), field.type)) for field in ACCEPTED.arrow],
        names=ACCEPTED.arrow.names,
    ).cast(ACCEPTED.arrow)
