"""Observatories made by hand for the report's tests: small, one table, a whole country."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq

from testigo.core import Area, AreaCatalogue, Message, Text
from testigo.estimation import POPULATION, rate_by_area
from testigo.publication import PRINTED_RATES, PUBLISHED, Event, Report
from testigo.records import (
    CONSISTENCY,
    CONSISTENCY_CELLS,
    CONVERGENCE,
    COUNTS,
    DELIVERIES,
    QUALITY,
    REASONS,
    Source,
    Span,
    compare_sources,
)

MUNICIPALITY = Text(es="municipio", en="municipality")
STATE = Text(es="estado", en="state")
LEVELS = {"area": MUNICIPALITY, "parent": STATE, "whole": Text(es="país", en="country")}


def tallies(source: str, es: str, en: str, **more: object) -> Source:
    """A source of tallies that is already public."""
    return Source(
        id=source,
        name=Text(es=es, en=en),
        kind="tallies",
        files=(f"sources/{source}.csv",),
        columns={},
        **({"family": "public_health", "published": True} | more),
    )


def square(west: float, south: float, size: float = 1.0) -> dict[str, object]:
    """A square as a GeoJSON outline, in degrees."""
    east, north = west + size, south + size
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def small_catalogue(*, outlines: bool = True, hostile: str = "") -> AreaCatalogue:
    """Four parents of three areas each, on a chessboard."""
    areas = {"X": Area("X", "Nación", "whole", None)}
    shapes = {}
    for parent in range(4):
        code = f"0{parent + 1}"
        areas[code] = Area(code, f"Provincia {'ABCD'[parent]}{hostile}", "parent", "X")
        for place in range(3):
            inner = f"{code}00{place + 1}"
            areas[inner] = Area(inner, f"Villa {parent}{place}{hostile}", "area", code)
            shapes[inner] = square(-80 + place, 10 + parent)
    return AreaCatalogue(areas, LEVELS, shapes if outlines else {})


def counts_of(cells: dict[tuple[str, str, str, str], int], months: int = 12) -> pa.Table:
    """(source, level, area, period) to victims, as a table of counts."""
    return COUNTS.table(
        [
            {
                "source": source,
                "area_level": level,
                "area": area,
                "period": period,
                "victims": victims,
                "months_covered": months,
            }
            for (source, level, area, period), victims in cells.items()
        ]
    )


def summed(cells: dict[tuple[str, str, str], int], catalogue: AreaCatalogue) -> pa.Table:
    """(source, area, year) to victims, summed to every level."""
    full: dict[tuple[str, str, str, str], int] = {}
    for (source, area, year), victims in cells.items():
        known = catalogue.areas[area]
        steps = {"area": (area, known.parent), "parent": (None, area)}[known.level]
        for level, code in zip(("area", "parent", "whole"), (*steps, "X"), strict=True):
            if code is not None:
                key = (source, level, code, year)
                full[key] = full.get(key, 0) + victims
    return counts_of(full)


def population_of(residents: dict[tuple[str, str, int], float], catalogue: AreaCatalogue):
    """(series, area, year) to residents, summed to every level."""
    full: dict[tuple[str, str, int], float] = {}
    given = set(residents)
    for (series, area, year), value in residents.items():
        code: str | None = area
        while code is not None:
            full[series, code, year] = full.get((series, code, year), 0.0) + value
            code = catalogue.areas[code].parent
    return POPULATION.table(
        [
            {
                "population_series": series,
                "area_level": catalogue.areas[area].level,
                "area": area,
                "year": year,
                "sex": "all",
                "age_group": "all",
                "population": value,
                "parent": catalogue.areas[area].parent,
                "basis": "given" if (series, area, year) in given else "sum",
                "known_share": 1.0,
            }
            for (series, area, year), value in full.items()
        ]
    )


def deliveries_of(sources: tuple[Source, ...], rows: int = 100) -> pa.Table:
    """One delivery for each source; two rows quarantined, three excluded."""
    return DELIVERIES.table(
        [
            {
                "source": source.id,
                "file": source.files[0],
                "sha256": f"{place:064x}"[::-1],
                "rows_delivered": rows + 5,
                "rows_accepted": rows,
                "rows_excluded": 3,
                "rows_quarantined": 2,
                "rows_flagged": 4,
                "count_accepted": rows,
            }
            for place, source in enumerate(sources, 1)
        ]
    )


def reasons_of(sources: tuple[Source, ...]) -> pa.Table:
    """The reasons behind them."""
    lines = [("excluded", "footer", "", 3), ("quarantined", "date_impossible", "fecha", 2)]
    lines.append(("flagged", "weekday_contradicts_date", "dia", 4))
    return REASONS.table(
        [
            {
                "source": source.id,
                "file": source.files[0],
                "placement": placement,
                "reason": reason,
                "column": column,
                "rows": rows,
            }
            for source in sources
            for placement, reason, column, rows in lines
        ]
    )


def quality_of(sources: tuple[Source, ...]) -> pa.Table:
    """A few criteria for each source."""
    lines = [
        ("unit_is_victim", "", 1.0, "yes = 1", 1.0, "yes"),
        ("missing_share", "sex", 0.031, "share", 0.05, "yes"),
        ("missing_share", "hour", 0.4, "share", 0.2, "no"),
        ("timeliness_median", "", 3.5, "days", None, "not_applicable"),
    ]
    return QUALITY.table(
        [
            {
                "source": source.id,
                "indicator": indicator,
                "field": field,
                "period": "all",
                "value": value,
                "unit": unit,
                "threshold": threshold,
                "met": met,
            }
            for source in sources
            for indicator, field, value, unit, threshold, met in lines
        ]
    )


def finding(table: str, rule: str, severity: str, where: str, **more: str | None):
    """One line of the consistency table."""
    return {
        "table": table,
        "rule": rule,
        "severity": severity,
        "where": where,
        "found": more.get("found", "1"),
        "expected": more.get("expected", "2"),
        "explanation": more.get("en", "Two numbers differ."),
        "explanation_es": more.get("es", "Dos números difieren."),
        "override": more.get("override"),
    }


SMALL_SOURCES = (
    tallies("health", "Registro civil", "Civil registry", date_basis="death"),
    tallies(
        "police",
        "Policía Nacional",
        "National police",
        family="criminal_justice",
        method_breaks=(
            Span(date(2018, 1, 1), date(2018, 1, 1), Text(es="nuevo formulario", en="new form")),
        ),
        reporting_gaps=(Span(date(2019, 3, 1), date(2019, 4, 30), Text(es="huelga", en="strike")),),
    ),
    tallies("files", "Fiscalía", "Prosecutor", family="criminal_justice", unit="file"),
)


def small_report(**changes: object) -> Report:
    """Three sources, four provinces, twelve towns, five years, two denominators."""
    hostile = str(changes.pop("hostile", ""))
    outlines = bool(changes.pop("outlines", True))
    catalogue = small_catalogue(outlines=outlines, hostile=hostile)
    sources = SMALL_SOURCES
    if hostile:
        sources = (tallies("health", f"Salud{hostile}", f"Health{hostile}"), *SMALL_SOURCES[1:])
    cells = {}
    residents = {}
    for year in range(2016, 2021):
        for place, area in enumerate(catalogue.of_level("area")):
            weight = (place * 7) % 12
            cells["health", area.code, str(year)] = weight * 9 + (year - 2016) * (place % 3)
            cells["police", area.code, str(year)] = weight * 6 + (year - 2016)
            cells["files", area.code, str(year)] = weight * 5
            residents["census", area.code, year] = 60_000.0 + 9_000 * place
            residents["projection", area.code, year] = 61_500.0 + 9_100 * place
    counts = summed(cells, catalogue)
    findings = [
        finding("police", "C21", "warning", "2019", found="10", expected="12"),
        finding("files", "C23", "info", "-"),
    ]
    tables = {
        "counts": counts,
        "rates": rate_by_area(counts, population_of(residents, catalogue), sources),
        "convergence": compare_sources(counts, sources),
        "quality": quality_of(sources),
        "deliveries": deliveries_of(sources),
        "reasons": reasons_of(sources),
        "consistency": CONSISTENCY.table(findings),
        "consistency_cells": CONSISTENCY_CELLS.table([]),
    }
    given = {
        "name": Text(es=f"Observatorio{hostile}", en=f"Observatory{hostile}"),
        "languages": ("es", "en"),
        "catalogue": catalogue,
        "sources": sources,
        "tables": tables,
        "population_names": {
            "census": Text(es="Censo", en="Census"),
            "projection": Text(es="Proyección", en="Projection"),
        },
        "events": (Event(date(2018, 6, 1), Text(es=f"tregua{hostile}", en=f"truce{hostile}")),),
        "notes": {"police": (Message("Encoding: {name}.", {"name": "cp1252"}),)},
        "licence": "CC BY 4.0",
        "version": "0.1.0",
        "folder": "nacion",
    }
    return Report(**(given | changes))


PRINTED = {  # year: homicides, printed rate (domain.md 1.8)
    1995: (7977, 139.1),
    1996: (6792, 117.3),
    1997: (6573, 112.6),
    1998: (5584, 95.0),
    1999: (3845, 65.0),
    2000: (3551, 59.8),
    2001: (3590, 60.2),
    2002: (2835, 47.3),
    2003: (3356, 55.9),
    2004: (3897, 64.6),
    2005: (3778, 62.4),
    2006: (3928, 64.7),
    2007: (3497, 57.3),
    2008: (3179, 51.9),
    2009: (4349, 70.6),
    2010: (4005, 64.7),
    2011: (4308, 70.2),
    2012: (2576, 32.0),
}


def one_table_report(*, signed: bool = False) -> Report:
    """El Salvador 1995 to 2012: one source, printed rates, an error in 2012, a warning in 2011."""
    source = tallies("police", "Policía Nacional Civil", "National civil police")
    catalogue = AreaCatalogue({"SV": Area("SV", "El Salvador", "whole", None)}, closed=False)
    counts = counts_of(
        {("police", "whole", "SV", str(year)): count for year, (count, _) in PRINTED.items()}
    )
    printed = PRINTED_RATES.table(
        [
            {
                "source": "police",
                "area": "SV",
                "area_level": "whole",
                "period": str(year),
                "victims": count,
                "rate": rate,
                "rate_decimals": 1,
                "implied_population": 100_000 * count / rate,
            }
            for year, (count, rate) in PRINTED.items()
        ]
    )
    override = "partial year, shown with its repair (editorial board, 2026-01-10)"
    findings = [
        finding(
            "police",
            "C01",
            "error",
            "2012",
            found="32.0",
            expected="41.2 / 2001",
            en="In 2012, 2,576 at a rate of 32.0 imply 8,050,000 residents. Either the rate is "
            "wrong (2,576 would give 41.2) or the count is (32.0 would need 2,001).",
            es="En 2012, 2576 con una tasa de 32,0 implican 8 050 000 habitantes. O la tasa está "
            "mal (2576 darían 41,2) o lo está el conteo (32,0 pediría 2001).",
            override=override if signed else None,
        ),
        finding("police", "C02", "warning", "2011", found="70.2", expected="69.2 / 4370"),
    ]
    return Report(
        name="El Salvador",
        languages=("es", "en"),
        catalogue=catalogue,
        sources=(source,),
        tables={
            "counts": counts,
            "printed_rates": printed,
            "deliveries": deliveries_of((source,), 18),
            "quality": quality_of((source,)),
            "consistency": CONSISTENCY.table(findings),
        },
        blocked=frozenset() if signed else frozenset({"police"}),
        version="0.1.0",
        folder="el-salvador",
    )


def suppressed(report: Report, *names: str) -> Report:
    """The same report with every value of some tables suppressed."""
    tables = dict(report.tables)
    for name in names:
        hidden = {"counts": ["victims"], "convergence": ["count_a", "count_b"]}.get(
            name, ["victims", "rate", "rate_low", "rate_high", "rate_shrunken"]
        )
        hidden += [x for x in ("relative_difference", "ratio", "b_over_a") if name == "convergence"]
        table = tables[name]
        for column in hidden:
            place = table.column_names.index(column)
            kind = table.schema.field(column).type
            table = table.set_column(place, column, pa.nulls(table.num_rows, kind))
        status = pa.repeat(pa.scalar("suppressed"), table.num_rows)
        tables[name] = table.append_column("value_status", status)
        if name == "convergence":
            place = table.column_names.index("met")
            tables[name] = tables[name].set_column(place, "met", status)
    return replace(report, tables=tables)


# --- Mexico, by plain pyarrow -------------------------------------------------------------------


def mexico_catalogue(folder: Path) -> AreaCatalogue:
    """2,469 municipalities with outlines in 32 states."""
    lines = pv.read_csv(
        pa.BufferReader(
            gzip.decompress((folder / "municipality_catalogue_2020.csv.gz").read_bytes())
        ),
        convert_options=pv.ConvertOptions(
            column_types={"mun_code": pa.string(), "state_code": pa.string()}
        ),
    ).to_pylist()
    areas = {"MX": Area("MX", "México", "whole", None)}
    for line in lines:
        areas[line["state_code"]] = Area(line["state_code"], line["state_name"], "parent", "MX")
        code = line["mun_code"]
        areas[code] = Area(code, line["municipio_name"], "area", line["state_code"])
    with gzip.open(folder / "municipalities_simplified.geojson.gz") as stream:
        shapes = json.load(stream)["features"]
    outlines = {one["properties"]["mun_code"]: one["geometry"] for one in shapes}
    return AreaCatalogue(areas, LEVELS, outlines)


MEXICO_SOURCES = (
    tallies(
        "inegi_occurrence",
        "INEGI, certificados de defunción",
        "INEGI, death certificates",
        date_basis="death",
        place_basis="death",
        area_level="parent",
    ),
    tallies(
        "sesnsp_victims",
        "SESNSP, víctimas en carpetas de investigación",
        "SESNSP, victims in investigation files",
        family="criminal_justice",
        date_basis="registration",
        area_level="parent",
    ),
    tallies(
        "sesnsp_investigations",
        "SESNSP, carpetas de investigación",
        "SESNSP, investigation files",
        family="criminal_justice",
        unit="file",
        date_basis="registration",
        area_level="parent",
        method_breaks=(
            Span(date(2015, 1, 1), date(2015, 1, 1), Text(es="nueva metodología", en="new method")),
        ),
    ),
    tallies(
        "police",
        "Grupo interinstitucional, reporte diario",
        "Inter-institutional group, daily report",
        family="criminal_justice",
        area_level="parent",
        reporting_gaps=(
            Span(
                date(2019, 1, 1),
                date(2019, 4, 2),
                Text(es="los reportes empiezan en abril", en="the reports begin in April"),
            ),
        ),
    ),
    tallies("press", "Prensa (fuentes abiertas)", "Press (open sources)", family="press"),
    tallies(
        "inegi_registered",
        "INEGI, defunciones por fecha de registro",
        "INEGI, deaths by date of registration",
        date_basis="registration",
        place_basis="death",
    ),
    tallies(
        "inegi_municipal",
        "INEGI, por municipio y mes de la muerte",
        "INEGI, by municipality and month of death",
        date_basis="death",
        place_basis="death",
    ),
    tallies(
        "federal",
        "Gobierno federal, muertes por presunta rivalidad delincuencial",
        "Federal government, killings attributed to organised crime",
        family="criminal_justice",
        subset_of="inegi_municipal",
    ),
    tallies(
        "inegi_age_sex",
        "INEGI, por sexo y edad",
        "INEGI, by sex and age",
        date_basis="death",
        place_basis="death",
    ),
)
MEXICO_SERIES = {
    "conapo": Text(es="CONAPO, proyección estatal", en="CONAPO, state projection"),
    "municipal_1990_2012": Text(es="Serie municipal 1990-2012", en="Municipal series 1990-2012"),
    "census": Text(es="Censos del INEGI", en="INEGI censuses"),
}


def _cells(table: pa.Table, area: str, year: str, month: str | None, value: str) -> pa.Table:
    """Columns area, year, month, victims."""
    months = table[month] if month else pa.nulls(table.num_rows, pa.int64())
    return pa.table(
        {
            "area": table[area].cast(pa.string()),
            "year": table[year].cast(pa.int64()),
            "month": months.cast(pa.int64()),
            "victims": pc.fill_null(table[value], 0).cast(pa.int64()),
        }
    )


def _padded(table: pa.Table, column: str, digits: int) -> pa.Table:
    text = pc.utf8_lpad(table[column].cast(pa.string()), digits, padding="0")
    return table.set_column(table.column_names.index(column), column, text)


def _dated(table: pa.Table, column: str = "date") -> pa.Table:
    text = pc.utf8_slice_codeunits(table[column].cast(pa.string()), 0, 10)
    year = pc.utf8_slice_codeunits(text, 0, 4).cast(pa.int64())
    month = pc.utf8_slice_codeunits(text, 5, 7).cast(pa.int64())
    return table.append_column("y", year).append_column("m", month)


def mexico_cells(folder: Path, catalogue: AreaCatalogue) -> dict[str, pa.Table]:
    """Source to its cells (area or parent code, year, month, victims)."""

    def read(name: str) -> pa.Table:
        return pq.read_table(folder / f"{name}.parquet")

    states = {area.name: area.code for area in catalogue.of_level("parent")}
    states |= {"Ciudad de México": "09", "Coahuila": "05", "Michoacán": "16", "Veracruz": "30"}
    states |= {"Estado de México": "15", "México": "15", "Querétaro": "22"}
    victims = read("sesnsp_state_month_victims_sex_age_2015_2025")
    wanted = pa.array(["Homicidio doloso", "Feminicidio"])
    victims = victims.filter(pc.is_in(victims["subtipo_de_delito"], value_set=wanted))
    files = read("sesnsp_state_month_investigations_2015_2022")
    files = files.filter(pc.equal(files["subtipo"], "Homicidio doloso"))
    police = _dated(read("police_interinstitutional_state_day_2019_2021"))
    police = police.append_column(
        "code", pa.array([states.get(name) for name in police["state"].to_pylist()])
    )
    press = _dated(read("press_mun_day_2019_2021"))
    named = {
        (catalogue.areas[area.parent].name, area.name): area.code
        for area in catalogue.of_level("area")
    }
    codes = [
        named.get((state, name)) or (("?" + states[state]) if state in states else None)
        for state, name in zip(
            press["state"].to_pylist(), press["municipality"].to_pylist(), strict=True
        )
    ]
    press = press.append_column("code", pa.array(codes))
    two = _dated(read("two_sources_mun_month_2004_2011"))
    return {
        "inegi_occurrence": _cells(
            _padded(read("inegi_state_month_occurrence_2000_2022"), "cve_ent", 2),
            *("cve_ent", "year", "month", "homicides"),
        ),
        "sesnsp_victims": _cells(
            _padded(victims, "cve_ent", 2), "cve_ent", "n_year", "n_month", "n_victimas"
        ),
        "sesnsp_investigations": _cells(
            _padded(files, "state_code", 2), "state_code", "year", "month", "investigations"
        ),
        "police": _cells(police, "code", "y", "m", "victims"),
        "press": _cells(press, "code", "y", "m", "victims"),
        "inegi_registered": _cells(
            read("inegi_mun_month_registered_1990_2015"),
            *("mun_code", "reg_year", "reg_month", "deaths"),
        ),
        "inegi_municipal": _cells(
            two.filter(pc.is_valid(two["inegi_homicides"])), "mun_code", "y", "m", "inegi_homicides"
        ),
        "federal": _cells(
            two.filter(pc.is_valid(two["drugwar_homicides"])),
            *("mun_code", "y", "m", "drugwar_homicides"),
        ),
        "inegi_age_sex": _cells(
            _years_within(read("inegi_mun_age_sex_occurrence_1994_2010"), "occ_year", 1994, 2010),
            *("mun_code", "occ_year", None, "deaths"),
        ),
    }


def _years_within(table: pa.Table, column: str, first: int, last: int) -> pa.Table:
    years = table[column].cast(pa.int64())
    return table.filter(pc.and_(pc.greater_equal(years, first), pc.less_equal(years, last)))


def _count_cells(source: Source, cells: pa.Table, catalogue: AreaCatalogue) -> list[dict]:
    summed_up = cells.group_by(["area", "year"]).aggregate([("victims", "sum")]).to_pylist()
    months: dict[int, set[int]] = {}
    for line in cells.group_by(["year", "month"]).aggregate([]).to_pylist():
        months.setdefault(line["year"], set()).add(line["month"])
    total: dict[tuple[str, str, str], int] = {}
    known = {area.code for area in catalogue.of_level("area")}
    parents = {area.code for area in catalogue.of_level("parent")}
    years = sorted(months)
    if source.area_level == "area":
        total = {("area", code, str(year)): 0 for code in known for year in years}
    for line in summed_up:
        code, year, victims = line["area"] or "?", str(line["year"]), line["victims_sum"]
        parent = code[:2] if source.area_level == "area" else code
        parent = parent.removeprefix("?") if parent.startswith("?") else parent
        if code.startswith("?"):
            parent = code[1:] or "?"
        parent = parent if parent in parents else "?"
        if source.area_level == "area":
            place = code if code in known else f"?{parent.removeprefix('?')}"
            key = ("area", place, year)
            total[key] = total.get(key, 0) + victims
        for key in (("parent", parent, year), ("whole", "MX", year)):
            total[key] = total.get(key, 0) + victims
    covered = {str(year): 12 if None in found else len(found) for year, found in months.items()}
    return [
        {
            "source": source.id,
            "area_level": level,
            "area": area,
            "period": year,
            "victims": victims,
            "months_covered": covered[year],
        }
        for (level, area, year), victims in total.items()
    ]


def mexico_population(folder: Path, catalogue: AreaCatalogue) -> pa.Table:
    """Three denominators."""
    residents: dict[tuple[str, str, int], float] = {}
    conapo = _dated(pq.read_table(folder / "population_state_month_conapo.parquet"))
    july = conapo.filter(pc.equal(conapo["m"], 7))
    for line in _years_within(july, "y", 1990, 2025).to_pylist():
        residents["conapo", f"{int(line['state_code']):02d}", line["y"]] = line["population"]
    ages = pq.read_table(folder / "population_municipality_age_sex_1990_2012.parquet")
    census = pq.read_table(folder / "population_municipality_census_1990_2020.parquet")
    census = census.filter(pc.equal(census["sex"], "Total"))
    for series, table, value in (
        ("municipal_1990_2012", ages, "population"),
        ("census", census, "pop"),
    ):
        lines = table.group_by(["mun_code", "year"]).aggregate([(value, "sum")]).to_pylist()
        for line in lines:
            if line["mun_code"] in catalogue.areas and line[f"{value}_sum"]:
                key = (series, line["mun_code"], int(line["year"]))
                residents[key] = float(line[f"{value}_sum"])
    return population_of(residents, catalogue)


def mexico_report(folder: Path) -> Report:
    """Nine sources, 32 states, 2,469 municipalities, 36 years."""
    catalogue = mexico_catalogue(folder)
    cells = mexico_cells(folder, catalogue)
    lines = [
        line
        for source in MEXICO_SOURCES
        for line in _count_cells(source, cells[source.id], catalogue)
    ]
    counts = COUNTS.table(lines)
    rates = rate_by_area(counts, mexico_population(folder, catalogue), MEXICO_SOURCES)
    worse = _federal_over_inegi(cells)
    override = "The two sources differ in place and date; shown, not repaired (editors, 2026-11-20)"
    findings = [
        finding("federal", "C13", "warning", "federal <= inegi_municipal", override=override)
        | {"found": str(worse.num_rows), "expected": "0"},
        *(finding("police", "C21", "warning", year) for year in ("2019", "2021")),
        *(finding("press", "C21", "warning", year) for year in ("2019", "2021")),
        finding("sesnsp_investigations", "C23", "info", "2015"),
    ]
    return Report(
        name=Text(
            es="México: ¿quién cuenta a los asesinados?", en="Mexico: who counts the killed?"
        ),
        languages=("es", "en"),
        catalogue=catalogue,
        sources=MEXICO_SOURCES,
        tables={
            "counts": counts,
            "rates": rates,
            "convergence": CONVERGENCE.checked(compare_sources(counts, MEXICO_SOURCES)),
            "quality": quality_of(MEXICO_SOURCES),
            "deliveries": deliveries_of(MEXICO_SOURCES, 36_810),
            "reasons": reasons_of(MEXICO_SOURCES),
            "consistency": CONSISTENCY.table(findings),
            "consistency_cells": CONSISTENCY_CELLS.checked(worse),
        },
        population_names=MEXICO_SERIES,
        events=(
            Event(
                date(2006, 12, 11),
                Text(
                    es="El ejército sale a las calles de Michoacán",
                    en="The army is sent to Michoacán",
                ),
            ),
            Event(
                date(2011, 5, 8),
                Text(es="Marcha nacional por la paz", en="National march for peace"),
            ),
        ),
        main_period="2020",
        main_sources=(
            "inegi_occurrence",
            "sesnsp_victims",
            "sesnsp_investigations",
            "police",
            "press",
        ),
        compare=("inegi_occurrence", "press"),
        rates_source="inegi_registered",
        rates_period="2012",
        licence="CC-BY-4.0",
        version="0.1.0",
        folder="mexico",
    )


def _federal_over_inegi(cells: dict[str, pa.Table]) -> pa.Table:
    key = ["area", "year", "month"]
    part = cells["federal"].join(cells["inegi_municipal"], key, right_suffix="_whole")
    worse = part.filter(pc.greater(part["victims"], part["victims_whole"]))
    month = pc.utf8_lpad(worse["month"].cast(pa.string()), 2, padding="0")
    return pa.table(
        {
            "table": pa.repeat(pa.scalar("federal"), worse.num_rows),
            "rule": pa.repeat(pa.scalar("C13"), worse.num_rows),
            "area": worse["area"],
            "period": pc.binary_join_element_wise(worse["year"].cast(pa.string()), month, "-"),
            "found": worse["victims"],
            "expected": worse["victims_whole"],
        }
    )


EVERY_TABLE = frozenset(PUBLISHED)


def suppressed_places(report: Report, *codes: str) -> Report:
    """The same report with the rates and comparisons of some places suppressed."""
    whole = suppressed(report, "rates", "convergence")
    tables = dict(report.tables)
    for name in ("rates", "convergence"):
        table = tables[name].append_column(
            "value_status", pa.repeat(pa.scalar("public"), tables[name].num_rows)
        )
        here = pc.is_in(table["area"], value_set=pa.array(codes))
        hidden = whole.tables[name].filter(here)
        tables[name] = pa.concat_tables([table.filter(pc.invert(here)), hidden])
    return replace(report, tables=tables)
