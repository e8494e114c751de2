from __future__ import annotations

import csv
import datetime as dt
import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from testigo.linkage import link_victims

FOLDER = "us_police_killings"
YEARS = ("2013", "2014", "2015", "2016")
SEXES = {"m": "male", "male": "male", "f": "female", "female": "female"}
SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "id": pa.string(),
        "full_name": pa.string(),
        "age": pa.int64(),
        "sex": pa.string(),
        "date": pa.date32(),
        "area": pa.string(),
        "parent": pa.string(),
        "place": pa.string(),
        "lat": pa.float64(),
        "lon": pa.float64(),
    }
)


def rows_of(shared: Path, file: str) -> list[dict[str, str]]:
    path = shared / FOLDER / file
    if not path.exists():
        pytest.skip("the lists are not beside the project")
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def record(source: str, key: str, row: dict[str, str]) -> dict[str, object]:
    age = number(row["age"])
    return {
        "source": source,
        "id": row[key],
        "full_name": row["name"],
        "age": None if age is None else int(age),
        "sex": SEXES.get(row["gender"].strip().lower()),
        "date": dt.date.fromisoformat(row["date"][:10]),
        "area": f"{row['city']} {row['state']}",
        "parent": row["state"],
        "place": row.get("street_address") or None,
        "lat": number(row.get("latitude", "")),
        "lon": number(row.get("longitude", "")),
    }


def test_the_post_and_mapping_police_violence(shared: Path) -> None:
    post = rows_of(shared, "wapo_fatal_force_2015_2022.csv.gz")
    mapping = rows_of(shared, "mapping_police_violence_2013_2021.csv.gz")
    known = rows_of(shared, "truth_mpv_wapo_2013_2016.csv.gz")
    truth = {(row["mpv_row"], row["wapo_id"]) for row in known if row["wapo_id_valid"] == "True"}
    rows = [record("post", "id", row) for row in post if row["date"][:4] in YEARS]
    rows += [record("mapping", "mpv_row", row) for row in mapping if row["date"][:4] in YEARS]

    linked = link_victims(pa.Table.from_pylist(rows, SCHEMA), ["post", "mapping"])
    held: dict[str, dict[str, list[str]]] = {}
    for victim, source, key in zip(
        *(linked.links[c].to_pylist() for c in ("victim_id", "source", "source_record_id")),
        strict=True,
    ):
        held.setdefault(victim, {"post": [], "mapping": []})[source].append(key)
    found = {(a, b) for lists in held.values() for a in lists["mapping"] for b in lists["post"]}

    assert len(truth) == 1_951
    assert len(found & truth) / len(truth) >= 0.95
    assert len(found & truth) / len(found) >= 0.99
    assert any("made from the other" in str(warning) for warning in linked.warnings)
