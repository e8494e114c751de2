"""Small tables as the rooms give them, for the texts that are printed."""

from types import SimpleNamespace

import pytest

from testigo.core import Message, Text
from testigo.records import CONSISTENCY, DELIVERIES, REASONS, UNMATCHED_PLACES

DELIVERED = {
    "source": "police",
    "sha256": "ab" * 32,
    "rows_flagged": 2,
    "count_accepted": 9_000,
}


@pytest.fixture
def deliveries():
    """Two files that add up."""
    return DELIVERIES.table(
        [
            DELIVERED
            | {
                "file": "sources/a.csv",
                "rows_delivered": 12_000,
                "rows_accepted": 11_000,
                "rows_excluded": 900,
                "rows_quarantined": 100,
            },
            DELIVERED
            | {
                "file": "sources/b.csv",
                "rows_delivered": 10,
                "rows_accepted": 10,
                "rows_excluded": 0,
                "rows_quarantined": 0,
            },
        ]
    )


@pytest.fixture
def reasons():
    """One reason twice in two files, another once."""
    line = {"source": "police", "column": "fecha"}
    return REASONS.table(
        [
            line
            | {
                "file": "sources/a.csv",
                "placement": "excluded",
                "reason": "out_of_scope",
                "rows": 900,
            },
            line
            | {
                "file": "sources/a.csv",
                "placement": "quarantined",
                "reason": "date_impossible",
                "rows": 60,
            },
            line
            | {
                "file": "sources/b.csv",
                "placement": "quarantined",
                "reason": "date_impossible",
                "rows": 40,
            },
        ]
    )


@pytest.fixture
def unmatched_places():
    """One place with a candidate, one without."""
    return UNMATCHED_PLACES.table(
        [
            {
                "source": "press",
                "parent_text": "Guerrero",
                "area_text": "Acapulco, de J.",
                "rows": 31,
                "candidate_code": "12001",
                "candidate_name": "Acapulco de Juárez",
                "score": 91.4,
                "other_candidates": "",
            },
            {
                "source": "press",
                "parent_text": "",
                "area_text": "Xyz",
                "rows": 1,
                "candidate_code": None,
                "candidate_name": None,
                "score": None,
                "other_candidates": None,
            },
        ]
    )


@pytest.fixture
def findings():
    """An error, a warning, an information."""
    line = {"table": "police", "found": "1", "expected": "2", "override": None}
    return CONSISTENCY.table(
        [
            line
            | {
                "rule": rule,
                "severity": severity,
                "where": "2012",
                "explanation": f"{rule} explained",
                "explanation_es": f"{rule} explicada",
            }
            for rule, severity in [("C02", "warning"), ("C01", "error"), ("C20", "info")]
        ]
    )


@pytest.fixture
def checked(deliveries, reasons, unmatched_places, findings):
    """What `check_observatory` gives."""
    return SimpleNamespace(
        configuration=SimpleNamespace(synthetic=False),
        deliveries=deliveries,
        reasons=reasons,
        unmatched_places=unmatched_places,
        findings=findings,
        blocked=frozenset({"police"}),
        unused_signatures=(),
        notes=(Text(es="Latin-1", en="Latin-1"), Message("Nothing was changed.")),
    )


@pytest.fixture
def ran(deliveries, reasons, findings, tmp_path):
    """What `run_observatory` gives."""
    return SimpleNamespace(
        configuration=SimpleNamespace(synthetic=False),
        deliveries=deliveries,
        reasons=reasons,
        findings=findings,
        blocked=frozenset({"police"}),
        unused_signatures=(),
        skipped=("ingest",),
        seconds={"rates": 1.25, "publish": 2.0},
        notes=tuple(Text(es=f"nota {one}", en=f"note {one}") for one in range(12)),
        links=None,
        estimates=None,
        headline=Message("together"),
        report=tmp_path / "output" / "report" / "index.html",
    )
