"""What a reader of links is told."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from testigo.linkage import link_victims

ONE = {
    "source": "police", "given_names": "Ana María", "surnames": "Quiroga Beltrán",
    "date": date(2020, 3, 4), "age": 31, "area": "05",
}  # fmt: skip


def told(times: int) -> str:
    records = [ONE | {"id": f"p{number}"} for number in range(times)]
    records.append(ONE | {"source": "press", "id": "q"})
    linked = link_victims(pa.Table.from_pylist(records), ["police", "press"])
    return " ".join(each.in_language("en") for each in linked.warnings)


def test_a_victim_whom_one_list_names_again_and_again_is_told() -> None:
    assert "names more than 3 times: 1" in told(5)
    assert "Ana" not in told(5)


def test_a_victim_reported_twice_is_nothing_to_tell() -> None:
    assert "names more than" not in told(2)
