"""Write the delivery of the bundled example `peru-truth-commission`: counts only, no person.

    python tools/build_example_peru.py [../shared/data/mse/peru_cvr_1980_2000_by_stratum_agent.csv]

The table has, for each geographic stratum and perpetrator, how many dead and disappeared are on
exactly these lists: Comisión de la Verdad y Reconciliación, Defensoría del Pueblo, human rights
organisations (CVR 2003, Anexo 2). sources/overlaps.csv is that table, ordered and renamed. Nothing
else is known of anybody, here or there.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "testigo" / "examples" / "peru-truth-commission" / "sources"
TABLE = ROOT.parent / "shared" / "data" / "mse" / "peru_cvr_1980_2000_by_stratum_agent.csv"
LISTS = {"CVR": "cvr", "DP": "defensoria", "ODH": "ong"}
AGENTS = {"EST": "Estado", "SLU": "PCP-SL", "OTR": "otros", "UNK": "sin dato"}


def build(table: Path, target: Path) -> None:
    """Write sources/overlaps.csv."""
    target.mkdir(parents=True, exist_ok=True)
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows.sort(key=lambda row: (int(row["stratum"]), list(AGENTS).index(row["agent"]),
                               *(-int(row[name]) for name in LISTS)))  # fmt: skip
    overlaps = [
        (f"{int(row['stratum']):02d}", AGENTS[row["agent"]], *(row[name] for name in LISTS),
         row["count"])
        for row in rows
    ]  # fmt: skip
    _write(target / "overlaps.csv", ("zona", "actor", *LISTS.values(), "count"), overlaps)


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    lines = [",".join(map(str, row)) for row in (head, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE, TARGET)
