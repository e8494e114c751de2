"""Measure how many planted errors the rules find, and write docs/explanation/dirty-files.md.

usage: python tools/measure_dirty_files.py [FOLDER]      FOLDER: the shared data, ../shared/data

What is true is worked out here with the csv module and plain Python, from the untouched workbook
of the same police and from the daily press files, without any code of Testigo that is measured.
"""

import csv
import datetime as dt
import gzip
import hashlib
import io
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from testigo.core import DEFAULT_LEVEL_NAMES, Area, AreaCatalogue, Text
from testigo.records import Delivery, HandTables, Ingested, Source, ingest, read_catalogue

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "explanation" / "dirty-files.md"
DIRTY = "dirty_files/colombia_homicides_dirty_teaching.csv.gz"
KEY = "dirty_files/colombia_police_homicidios_2015.xlsx"
TWICE = "mexico/qa_press_concatenated_with_double_counting_2019_2020.csv.gz"
ONCE = "mexico/press_mun_day_2019_2021.parquet"
WEEKDAYS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
MISSING = "NO REPORTADO"
KEY_HEADER = 11  # row of the header in the workbook
YEAR = 2015  # of the workbook, and of the teaching file before it was changed
COLUMNS = {
    "date": "FECHA",
    "weekday": "DIA",
    "hour": "HORA",
    "parent_name": "DEPARTAMENTO",
    "area_name": "MUNICIPIO",
    "area": "CODIGO DANE",
    "place": "BARRIO",
    "location_type": "CLASE DE SITIO",
    "weapon": "ARMA O MEDIO",
    "age": "EDAD",
    "birth_year": "AÑO DE NACIMIENTO",
    "sex": "GENERO",
    "occupation": "PROFESION",
}
Line = dict[str, str]


@dataclass(frozen=True)
class Measured:
    """One class of errors: rows (or columns) that truly have it, that were found, and both."""

    name: str
    rule: str
    true: int
    found: int
    both: int
    false_alarms: int

    @property
    def precision(self) -> float:
        """Share of what was found that is true."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was found."""
        return self.both / self.true if self.true else 1.0


def measure_teaching_file(shared: Path) -> list[Measured]:
    """Compare what the rules find in the Colombian teaching file with what is true of it."""
    lines = read_lines(shared / DIRTY)
    truth = true_errors(lines, read_key(shared / KEY))
    areas = colombia(shared)
    dirty = taken_in(lines, areas, COLUMNS)
    named = taken_in(lines, areas, COLUMNS | {"id": "CÉDULA"})
    clean_lines = mended(lines, truth)
    clean = taken_in(clean_lines, areas, COLUMNS)
    clean_named = taken_in(clean_lines, areas, COLUMNS | {"id": "CÉDULA"})
    results = []
    for name, rules in RULES.items():
        by_id = name == "identifier of several people"
        found = found_rows(named if by_id else dirty, rules)
        false = found_rows(clean_named if by_id else clean, rules)
        rule = ", ".join(f"`{one}`" for one in rules)
        both = found & truth[name]
        results.append(Measured(name, rule, len(truth[name]), len(found), len(both), len(false)))
    personal = {
        line["column"] for line in dirty.flags.to_pylist() if line["reason"] == "personal_column"
    }
    true_personal = {"CÉDULA", "CORREO"}
    both = personal & true_personal
    results.append(
        Measured(
            "column of personal data (columns)",
            "`personal_column`",
            len(true_personal),
            len(personal),
            len(both),
            len(personal - true_personal),
        )
    )
    return results


RULES = {
    "year changed": ("weekday_contradicts_date",),
    "weekday misspelled": ("weekday_misspelled",),
    "date or time broken": (
        "date_impossible",
        "date_not_understood",
        "date_ambiguous",
        "time_not_understood",
    ),
    "last row is no data": ("footer",),
    "year of birth cannot be": ("birth_year_implausible",),
    "text damaged by a replacement": ("replaced_text",),
    "identifier of several people": ("identifier_conflict", "record_repeated"),
}


def true_errors(lines: list[Line], key: list[Line]) -> dict[str, set[int]]:
    """Work out which rows have which error, by row number in the file."""
    rows = dict(enumerate(lines, start=2))
    last = max(rows)
    data = {number: line for number, line in rows.items() if number != last}
    known = {(line["day"], line["code"]) for line in key}
    times = Counter(line["CÉDULA"] for line in data.values())
    return {
        "year changed": {
            number
            for number, line in data.items()
            if (line["FECHA"][:5], code_of(line)) in known and line["FECHA"][6:10] == "2021"
        },
        "weekday misspelled": {
            number for number, line in data.items() if bare(line["DIA"]) not in WEEKDAYS
        },
        "date or time broken": {
            number
            for number, line in data.items()
            if not re.fullmatch(r"(0[1-9]|1[0-2])/\d\d/2021 12:00:00 AM", line["FECHA"])
        },
        "last row is no data": {last},
        "year of birth cannot be": {
            number
            for number, line in data.items()
            if float(line["AÑO DE NACIMIENTO"]) + float(line["EDAD"]) != YEAR
        },
        "text damaged by a replacement": {
            number
            for number, line in data.items()
            if any(MISSING in cell and cell != MISSING for cell in line.values())
        },
        "identifier of several people": {
            number for number, line in data.items() if times[line["CÉDULA"]] > 1
        },
    }


def mended(lines: list[Line], truth: dict[str, set[int]]) -> list[Line]:
    """Undo every error, so that whatever a rule still finds is a false alarm."""
    clean = []
    for number, line in enumerate(lines, start=2):
        if number in truth["last row is no data"] | truth["date or time broken"]:
            continue
        month, day = int(line["FECHA"][:2]), int(line["FECHA"][3:5])
        weekday = dt.date(YEAR, month, day).weekday()
        mends = {
            "FECHA": f"{month:02}/{day:02}/{YEAR} 12:00:00 AM",
            "DIA": WEEKDAYS[weekday].capitalize(),
            "AÑO DE NACIMIENTO": f"{YEAR - float(line['EDAD'])}",
            "CÉDULA": f"{number:06}",
        }
        mends |= {
            name: cell.replace(MISSING, "-")
            for name, cell in line.items()
            if MISSING in cell and cell != MISSING
        }
        clean.append(line | mends)
    return clean


def measure_places(shared: Path) -> tuple[int, int, int]:
    """Return rows with a code of the key, those placed in the key's municipality, and the rest."""
    lines = read_lines(shared / DIRTY)
    areas = colombia(shared)
    found = taken_in(lines, areas, COLUMNS).accepted.select(["row", "area"]).to_pylist()
    names = {line["code"] for line in read_key(shared / KEY)}
    truth = {
        number: code_of(line)
        for number, line in enumerate(lines, start=2)
        if line["CODIGO DANE"] and code_of(line) in names
    }
    placed = [line for line in found if line["row"] in truth]
    right = sum(line["area"] == truth[line["row"]] for line in placed)
    absent = sum(truth[line["row"]] not in areas.areas for line in placed)
    return len(placed), right, absent


def measure_press(shared: Path) -> list[Measured]:
    """Compare what is left out of the double-counted press file with the right daily files."""
    areas = mexico(shared)
    once = pq.read_table(shared / ONCE).to_pylist()
    right = Counter(press_key(line, "date", "state", "municipality", "victims") for line in once)
    twice = read_lines(shared / TWICE)
    keys = {
        number: press_key(line, "Fecha", "Entidad", "Municipio", "Homicidios")
        for number, line in enumerate(twice, start=2)
    }
    columns = {"date": "Fecha", "parent_name": "Entidad", "area_name": "Municipio"}
    found = file_in(shared / TWICE, areas, columns | {"value": "Homicidios"}, "tallies")
    aside = found_rows(found, ("day_repeated", "row_repeated"))
    surplus = Counter(keys.values()) - right
    out = Counter(keys[number] for number in aside)
    columns = {"date": "date", "parent_name": "state", "area_name": "municipality"}
    control = file_in(shared / ONCE, areas, columns | {"value": "victims"}, "tallies")
    false = found_rows(control, ("day_repeated", "row_repeated"))
    return [
        Measured(
            "day delivered again (press)",
            "`day_repeated`",
            surplus.total(),
            len(aside),
            (surplus & out).total(),
            len(false),
        )
    ]


def press_key(line: dict[str, object], *names: str) -> tuple[str, ...]:
    """Return by what a row of the press is known in both files."""
    date, state, town, victims = (str(line[name]) for name in names)
    if re.fullmatch(r"\d\d/\d\d/\d\d", date):
        date = f"20{date[6:]}-{date[3:5]}-{date[:2]}"
    return date, state, town, str(int(float(victims)))


def found_rows(found: Ingested, rules: Iterable[str]) -> set[int]:
    """Return the rows that were set aside or flagged by one of some rules."""
    return {
        line["row"]
        for table in (found.set_aside, found.flags)
        for line in table.select(["row", "reason"]).to_pylist()
        if line["reason"] in set(rules)
    }


def taken_in(lines: list[Line], areas: AreaCatalogue, columns: dict[str, str]) -> Ingested:
    """Write lines as CSV and ingest them as records."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "police.csv")
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return file_in(path, areas, columns, "records", code_length=5)


def file_in(
    path: Path, areas: AreaCatalogue, columns: dict[str, str], kind: str, **more: object
) -> Ingested:
    """Ingest one file."""
    name = Text(es=path.stem, en=path.stem)
    source = Source("source", name, kind, "criminal_justice", (path.name,), columns, **more)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return ingest(source, [Delivery(path, path.name, digest)], areas, HandTables())


def read_lines(path: Path) -> list[Line]:
    """Read a gzipped CSV with the csv module."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_key(path: Path) -> list[Line]:
    """Read day (month/day) and municipality code of every row of the untouched workbook."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    header = [str(name).strip() for name in rows[KEY_HEADER - 1]]
    lines = (dict(zip(header, row, strict=True)) for row in rows[KEY_HEADER:])
    return [
        {
            "day": f"{line['FECHA HECHO']:%m/%d}",
            "code": f"{int(line['CODIGO DANE']):08}"[:5],
        }
        for line in lines
        if hasattr(line["FECHA HECHO"], "month")
    ]


def code_of(line: Line) -> str:
    """Return the municipality of a row: the first five of eight digits."""
    return f"{int(float(line['CODIGO DANE'])):08}"[:5]


def bare(text: str) -> str:
    """Return a word in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def colombia(shared: Path) -> AreaCatalogue:
    """Return the municipalities of Colombia."""
    return read_catalogue(
        shared / "colombia/municipalities_simplified.geojson.gz",
        code="mun_code",
        name="NOMBRE_MPI",
        parent="NOMBRE_DPT",
        parent_name=None,
        whole=Area("CO", "Colombia", "whole", None),
        level_names=DEFAULT_LEVEL_NAMES,
    )


def mexico(shared: Path) -> AreaCatalogue:
    """Return the municipalities of Mexico."""
    return read_catalogue(
        shared / "mexico/municipality_catalogue_2020.csv.gz",
        code="mun_code",
        name="municipio_name",
        parent="state_code",
        parent_name="state_name",
        whole=Area("MX", "México", "whole", None),
        level_names=DEFAULT_LEVEL_NAMES,
    )


def page(measured: list[Measured], places: tuple[int, int, int]) -> str:
    """Write the page."""
    rows = [
        f"| {one.name} | {one.rule} | {one.true:,} | {one.found:,} | {one.precision:.4f} | "
        f"{one.recall:.4f} | {one.false_alarms:,} |"
        for one in measured
    ]
    placed, right, absent = places
    values = {
        "table": "\n".join(rows),
        "placed": f"{placed:,}",
        "right": f"{right:,}",
        "share": f"{right / placed:.4f}",
        "absent": f"{absent:,}",
        "wrong": f"{placed - right - absent:,}",
    }
    text = (ROOT / "tools" / "dirty_files_page.md").read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def main(arguments: list[str], write: Callable[[str], object] = print) -> None:
    """Measure and write the page."""
    shared = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "data"
    measured = [*measure_teaching_file(shared), *measure_press(shared)]
    PAGE.write_text(page(measured, measure_places(shared)), encoding="utf-8", newline="\n")
    for one in measured:
        write(f"{one.name}: precision {one.precision:.4f}, recall {one.recall:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
