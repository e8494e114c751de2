"""Make the bundled example `cuatro-listas`: four invented lists of one invented territory.

    python tools/build_example_cuatro_listas.py

It is what `testigo simulate` makes, with a small territory, more victims killed together, more
bodies without a name, a press that reports twice more often, and a year in which the families'
organisation stood still for seven months. A few decisions of a reviewer are taken from the truth.
The same numpy makes the same bytes.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from testigo.core import Text
from testigo.linkage import FOUR_LISTS, simulate_killings
from testigo.observatory.simulated_deliveries import arrange_records
from testigo.observatory.simulating import write_simulation

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "testigo" / "examples" / "cuatro-listas"

RECORDS = 5_000
SEED = 20_261_121
NAME = Text(es="Cuatro listas", en="Four lists")
HABITS: dict[str, dict[str, Any]] = {
    "forensic": {"nameless": 0.18},
    "press": {"duplicates": 0.08},
    "ngo": {"gap": (date(2020, 4, 1), date(2020, 10, 31))},
}
LISTS = tuple(replace(habits, **HABITS.get(habits.id, {})) for habits in FOUR_LISTS)
SIGNED = ("Revisora del ejemplo (inventada)", "2026-11-21")


def main() -> None:
    """Build where the example lies, or in the folder given."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "made"
        build(made)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)


def build(target: Path) -> None:
    """Write the whole example into a folder that is not there yet."""
    simulated = simulate_killings(RECORDS, seed=SEED, lists=LISTS, co_victims=0.1, areas=20)
    write_simulation(target, simulated, LISTS, seed=SEED, name=NAME)
    records = [
        row for habits in LISTS for row in arrange_records(simulated.records, habits.id).to_pylist()
    ]
    path = target / "hand" / "link_decisions.csv"
    header = path.read_text(encoding="utf-8").strip().split(",")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([header, *decisions(records)])


def decisions(records: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return what a reviewer who knows the truth would have written, a line of each kind."""
    unnamed = pair(
        records, lambda a, b: same(a, b) and a["source"] == "forensic" and not a["surnames"]
    )
    twice = pair(records, lambda a, b: same(a, b) and a["source"] == b["source"] == "press")
    brothers = pair(
        records,
        lambda a, b: (
            a["incident"] == b["incident"]
            and a["victim"] != b["victim"]
            and a["source"] != b["source"]
            and a["surnames"] is not None
            and a["surnames"].casefold() == (b["surnames"] or "").casefold()
        ),
    )
    return [
        line(*unnamed, "same", "El cuerpo sin nombre se identificó después, según su ficha."),
        line(*twice, "same", "El periódico contó dos veces la misma muerte."),
        line(*brothers, "different", "Son dos hermanos que murieron juntos."),
    ]


def same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Say whether two records speak of one victim."""
    return bool(a["victim"] == b["victim"])


def pair(records: list[dict[str, Any]], fits: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401  # of two records
    """Return the first two records of one incident that fit."""
    incidents: dict[int, list[dict[str, Any]]] = {}
    for record in records:
        incidents.setdefault(record["incident"], []).append(record)
    return next(
        (a, b)
        for together in incidents.values()
        for a in together
        for b in together
        if a is not b and fits(a, b)
    )


def line(a: dict[str, Any], b: dict[str, Any], decision: str, reason: str) -> tuple[str, ...]:
    """Write a line of hand/link_decisions.csv; no name stands in it."""
    return (a["source"], a["id"], b["source"], b["id"], decision, *SIGNED, reason)


if __name__ == "__main__":
    main()
