"""Make the deliveries of the bundled example `mexico` from the shared data folder.

    python tools/build_example_mexico.py [FOLDER_OF_THE_MEXICAN_DATA]

Deliveries of counts keep every row as it was delivered; columns that no source of the example
reads are dropped. Population tables and outlines are tidied; SOURCES.md of the example says how.
testigo.toml, hand/ and SOURCES.md are written by hand and not touched. The same data give the
same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import shapely

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "mexico"
SOURCES = ROOT / "src" / "testigo" / "examples" / "mexico" / "sources"

DELIVERIES = {  # delivered file: columns that stay, empty for all of them
    "inegi_state_month_occurrence_2000_2022": ("cve_ent", "year", "month", "homicides"),
    "sesnsp_state_month_victims_sex_age_2015_2025": (),
    "sesnsp_state_month_investigations_2015_2022": (),
    "police_interinstitutional_state_day_2019_2021": (),
    "press_mun_day_2019_2021": (),
    "inegi_mun_month_registered_1990_2015": (),
    "two_sources_mun_month_2004_2011": (
        "date", "mun_code", "inegi_homicides", "drugwar_homicides", "adjust_factor",
    ),
    "inegi_mun_age_sex_occurrence_1994_2010": (),
}  # fmt: skip
STATE_NAMES = {"15": "Estado de México"}  # the catalogue's "México" is also the whole country
SIMPLIFICATION = 0.02  # degrees; shared borders stay shared
GRID = 0.001  # degrees, some 100 m
STATE_DIGITS = 2


def main() -> None:
    """Build from the folder given, or from the shared one."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    build(data, SOURCES)


def build(data: Path, target: Path) -> None:
    """Write every file of sources/."""
    target.mkdir(parents=True, exist_ok=True)
    for name, columns in DELIVERIES.items():
        table = pq.read_table(data / f"{name}.parquet")
        write(table.select(columns) if columns else table, target / f"{name}.parquet")
    conapo = pq.read_table(data / "population_state_month_conapo.parquet")
    write(conapo, target / "population_state_month_conapo.parquet")
    census = pq.read_table(data / "population_municipality_census_1990_2020.parquet")
    write(census_with_states(census), target / "population_municipality_census_1990_2020.parquet")
    by_age = pq.read_table(data / "population_municipality_age_sex_1990_2012.parquet")
    write(municipal_population(by_age), target / "population_municipality_1990_2012.parquet")
    outlines = municipalities(data)
    text = json.dumps(outlines, ensure_ascii=False, separators=(",", ":"))
    (target / "municipalities.geojson").write_text(text + "\n", encoding="utf-8", newline="\n")


def write(table: pa.Table, path: Path) -> None:
    """Write Parquet that depends on nothing but the table."""
    plain = table.replace_schema_metadata(None)
    pq.write_table(plain, path, compression="zstd", compression_level=19, row_group_size=1 << 20)


def state_of(codes: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give the state of municipality codes: their first two digits."""
    return pc.utf8_slice_codeunits(codes, 0, STATE_DIGITS)


def census_with_states(census: pa.Table) -> pa.Table:
    """All rows; the name gives way to the state, which places "07998", other municipalities."""
    return census.drop_columns(["municipality"]).add_column(
        1, "state", state_of(census["mun_code"])
    )


def municipal_population(by_age: pa.Table) -> pa.Table:
    """Long table: municipalities by sex for all ages, states also by age group.

    The total of a state is the sum of its municipalities; its age groups add up to a little
    less, because the age of some residents was not stated.
    """
    ages = [name for name in by_age.column_names if name[0] == "a" and name[1].isdigit()]
    wide = by_age.select(["mun_code", "year", "sex", "population", *ages])
    numbers = ["year", "population", *ages]
    wide = wide.cast(
        pa.schema([(name, pa.int64() if name in numbers else pa.string())
                   for name in wide.column_names])
    )  # fmt: skip
    states = wide.append_column("state", state_of(wide["mun_code"]))
    sums = states.group_by(["state", "year", "sex"]).aggregate(
        [(name, "sum") for name in ["population", *ages]]
    )
    parts = [
        long(wide["mun_code"], wide, "Total", wide["population"]),
        long(sums["state"], sums, "Total", sums["population_sum"]),
    ]
    parts += [long(sums["state"], sums, label(name), sums[f"{name}_sum"]) for name in ages]
    keys = ["area", "year", "sex", "age_group"]
    return pa.concat_tables(parts).sort_by([(key, "ascending") for key in keys])


def long(
    areas: pa.ChunkedArray, table: pa.Table, age_group: str, people: pa.ChunkedArray
) -> pa.Table:
    """Give the rows of one age group."""
    return pa.table(
        {
            "area": areas,
            "year": table["year"],
            "sex": table["sex"],
            "age_group": pa.array([age_group] * len(people)),
            "population": people,
        }
    )


def label(name: str) -> str:
    """a15.19 -> 15-19; a85plus -> 85+."""
    return name[1:].replace(".", "-").replace("plus", "+")


def municipalities(data: Path) -> dict[str, object]:
    """Outlines with names, simplified so that neighbours still touch."""
    with gzip.open(data / "municipalities_simplified.geojson.gz") as stream:
        features = json.load(stream)["features"]
    codes = [feature["properties"]["mun_code"] for feature in features]
    detailed = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    simple = shapely.coverage_simplify(detailed, SIMPLIFICATION)
    # Rounding each point by itself keeps borders shared; validity is mended where it breaks.
    rounded = shapely.set_precision(simple, GRID, mode="pointwise")
    rounded = [shape if shape.is_valid else shape.buffer(0) for shape in rounded]
    outlines = shapely.to_geojson(shapely.orient_polygons(rounded))
    names = catalogue(data)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"mun_code": code} | names[code],
                "geometry": json.loads(outline),
            }
            for code, outline in sorted(zip(codes, outlines, strict=True))
        ],
    }


def catalogue(data: Path) -> dict[str, dict[str, str]]:
    """Give name, state and name of the state by municipality code."""
    path = data / "municipality_catalogue_2020.csv.gz"
    texts = pyarrow.csv.ConvertOptions(
        column_types={"mun_code": pa.string(), "state_code": pa.string()}
    )
    with pa.input_stream(path, compression="gzip") as stream:
        rows = pyarrow.csv.read_csv(stream, convert_options=texts).to_pylist()
    return {
        row["mun_code"]: {
            "name": row["municipio_name"],
            "state": row["state_code"],
            "state_name": STATE_NAMES.get(row["state_code"], row["state_name"]),
        }
        for row in rows
    }


if __name__ == "__main__":
    main()
