from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from testigo.linkage import link_victims, measure_linkage

SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "id": pa.string(),
        "given_names": pa.string(),
        "surnames": pa.string(),
        "place": pa.string(),
        "area": pa.string(),
        "parent": pa.string(),
        "birth_date": pa.date32(),
        "national_id": pa.string(),
    }
)
TRUE_PAIRS = {"1": 500, "2": 1_934, "3": 6_538, "4": 5_000}


def day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None


def records(path: Path, source: str) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, skipinitialspace=True))
    return [
        {
            "source": source,
            "id": row["rec_id"],
            "given_names": row["given_name"].strip() or None,
            "surnames": row["surname"].strip() or None,
            "place": " ".join((row["street_number"], row["address_1"], row["address_2"])),
            "area": row["suburb"].strip() or None,
            "parent": row["state"].strip() or None,
            "birth_date": day(row["date_of_birth"].strip()),
            "national_id": row["soc_sec_id"].strip() or None,
        }
        for row in rows
    ]


@pytest.mark.parametrize("number", TRUE_PAIRS)
def test_persons_of_febrl_are_found_without_labels(shared: Path, number: str) -> None:
    parts = {"a": f"febrl_dataset{number}.csv"}
    if number == "4":
        parts = {"a": "febrl_dataset4a.csv", "b": "febrl_dataset4b.csv"}
    rows = [
        row for source, file in parts.items() for row in records(shared / "linkage" / file, source)
    ]

    links = link_victims(pa.Table.from_pylist(rows, SCHEMA), set(parts)).links
    truth = [name.split("-")[1] for name in links["source_record_id"].to_pylist()]
    quality = measure_linkage(links["victim_id"].to_pylist(), truth)

    assert quality.true_pairs == TRUE_PAIRS[number]
    assert quality.f1 >= 0.997
