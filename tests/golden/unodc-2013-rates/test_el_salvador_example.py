"""The bundled table of El Salvador: an error for 2012, a warning for 2011, nothing else."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import ibis
import pytest

from testigo.core import Area
from testigo.estimation import POPULATION, rate_by_area
from testigo.observatory import read_configuration
from testigo.records import (
    blocked,
    count_victims,
    find_deliveries,
    find_inconsistencies,
    ingest,
    open_catalogue,
    read_hand_tables,
)

FOLDER = Path(str(files("testigo") / "examples" / "el-salvador"))


@pytest.fixture(scope="module")
def salvador():
    """Findings and counts of the example."""
    configuration = read_configuration(FOLDER)
    whole = Area(configuration.whole_code, configuration.whole_name, "whole", None)
    catalogue = open_catalogue(whole, configuration.level_names)
    hand = read_hand_tables(FOLDER / "hand")
    sources = configuration.sources
    ingested = [ingest(each, find_deliveries(each, FOLDER), catalogue, hand) for each in sources]
    accepted = ibis.memtable(ingested[0].accepted)
    counts = count_victims(accepted, sources, catalogue)
    found = find_inconsistencies(
        sources=sources,
        ingested=ingested,
        counts=counts,
        accepted=accepted,
        claims=(),
        overrides=(),
    )
    return configuration, counts, found.findings


def test_2012_is_an_error_2011_a_warning_and_no_other_year_is_flagged(salvador):
    """domain.md 1.8: repairs 41.2 or 2,001 for 2012, 69.2 for 2011."""
    _, _, findings = salvador
    by_severity = {row["severity"]: row for row in findings.to_pylist()}

    assert findings.num_rows == 2
    assert "2012" in by_severity["error"]["where"]
    assert "41.2" in by_severity["error"]["explanation"]
    assert "2,001" in by_severity["error"]["explanation"]
    assert "2011" in by_severity["warning"]["where"]
    assert "69.2" in by_severity["warning"]["explanation"]


def test_the_table_is_blocked_until_somebody_signs(salvador):
    _, _, findings = salvador

    assert blocked(findings) == {"unodc"}


def test_without_a_population_the_counts_stay_and_no_rate_is_made_up(salvador):
    configuration, counts, _ = salvador
    rows = rate_by_area(counts, POPULATION.table([]), configuration.sources).to_pylist()

    assert {row["period"]: row["victims"] for row in rows}["2012"] == 2_576
    assert {(row["rate"], row["reasons"]) for row in rows} == {(None, "no_population")}
