"""Cut the three small files of the tutorial out of the shared Mexican data.

usage: python tools/make_tutorial_data.py SHARED_DATA_FOLDER
"""

import csv
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

YEAR = 2020
STATES = {
    6: ("Colima", "Colima"),
    11: ("Guanajuato", "Gto."),  # as it is often written; so that there is a place to decide
    14: ("Jalisco", "Jalisco"),
    16: ("Michoacán de Ocampo", "Michoacán"),
    18: ("Nayarit", "Nayarit"),
    25: ("Sinaloa", "Sinaloa"),
}
POLICE = "police_interinstitutional_state_day_2019_2021.parquet"
HEALTH = "inegi_state_month_occurrence_2000_2022.parquet"
RESIDENTS = "population_state_month_conapo.parquet"


def main(shared: Path) -> None:
    """Write police.csv as such files come (semicolons, Latin-1, a total), the others plain."""
    mexico = shared / "mexico"
    target = Path(__file__).resolve().parent.parent / "docs" / "tutorials" / "first-observatory"
    target.mkdir(parents=True, exist_ok=True)
    delivered = {"Gto.": "Guanajuato"}
    counted: Counter[tuple[str, int]] = Counter()
    for line in pq.read_table(mexico / POLICE).to_pylist():
        if line["date"].startswith(str(YEAR)):
            counted[line["state"], int(line["date"][5:7])] += int(line["victims"])
    police = [
        [written, YEAR, month, counted[delivered.get(written, written), month]]
        for _, written in STATES.values()
        for month in range(1, 13)
    ]
    police.append(["Total", "", "", sum(line[3] for line in police)])
    write(target / "police.csv", ["Estado", "Año", "Mes", "Víctimas"], police, "latin-1", ";")
    health = [
        [f"{line['cve_ent']:02d}", YEAR, line["month"], line["homicides"]]
        for line in pq.read_table(mexico / HEALTH).to_pylist()
        if line["cve_ent"] in STATES and line["year"] == YEAR
    ]
    write(target / "health.csv", ["cve_ent", "anio", "mes", "defunciones"], sorted(health))
    residents = [
        [f"{line['state_code']:02d}", STATES[line["state_code"]][0], YEAR, line["population"]]
        for line in pq.read_table(mexico / RESIDENTS).to_pylist()
        if line["state_code"] in STATES and line["date"] == f"{YEAR}-07-01"
    ]
    write(target / "population.csv", ["code", "state", "year", "residents"], sorted(residents))
    deaths: Counter[str] = Counter()
    for code, _, _, count in health:
        deaths[code] += count
    states = [[state, YEAR, deaths[code], people] for code, state, _, people in sorted(residents)]
    write(target / "states.csv", ["state", "year", "victims", "residents"], states)


def write(
    path: Path,
    header: list[str],
    lines: list[list[object]],
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> None:
    """Write a CSV file whose lines end as on any desk."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerows([header, *lines])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
