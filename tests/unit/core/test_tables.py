"""A table is a type: what a declaration lets through, what it refuses, and in which order."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from testigo.core import Column, Message, PromiseError, TableSchema

WORD = Message("source")
SCHEMA = TableSchema(
    name="figures",
    title=WORD,
    meaning=WORD,
    key=("area", "year"),
    columns=(
        Column("area", "text", WORD, WORD),
        Column("year", "integer", WORD, WORD),
        Column("rate", "number", WORD, WORD, required=False),
        Column("on", "date", WORD, WORD, required=False),
        Column("final", "boolean", WORD, WORD, required=False),
        Column("met", "text", WORD, WORD, required=False, allowed=("yes", "no")),
    ),
)


def row(**changes: object) -> dict[str, object]:
    return {"area": "0101", "year": 2020} | changes


def test_each_kind_has_its_type() -> None:
    assert SCHEMA.arrow.types == [
        pa.string(),
        pa.int64(),
        pa.float64(),
        pa.date32(),
        pa.bool_(),
        pa.string(),
    ]


def test_rows_are_sorted_by_key_whatever_their_order() -> None:
    rows = [row(year=2021), row(area="02", year=2019), row()]

    table = SCHEMA.table(rows)

    assert table.equals(SCHEMA.table(rows[::-1]))
    assert table["year"].to_pylist() == [2020, 2021, 2019]


def test_columns_come_out_in_the_declared_order_and_type() -> None:
    given = SCHEMA.table([row(rate=1.5, on=date(2020, 1, 1))])
    shuffled = given.select(given.column_names[::-1])
    narrow = shuffled.set_column(4, "year", pa.array([2020], pa.int16()))

    assert SCHEMA.checked(narrow).equals(given)


def test_a_blank_is_kept_where_it_is_allowed() -> None:
    assert SCHEMA.table([row()])["rate"].to_pylist() == [None]


def test_an_empty_table_is_a_table() -> None:
    assert SCHEMA.table([]).num_rows == 0


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([row(area=None)], "blank"),
        ([row(met="maybe")], "value not allowed"),
        ([row(), row(rate=2.0)], "key"),
    ],
)
def test_what_the_declaration_does_not_allow_stops_the_run(
    rows: list[dict[str, object]], what: str
) -> None:
    with pytest.raises(PromiseError, match=f"figures: {what}"):
        SCHEMA.table(rows)


def test_a_missing_or_surplus_column_stops_the_run() -> None:
    table = SCHEMA.table([row()])

    with pytest.raises(PromiseError, match=r"columns \(rate\)"):
        SCHEMA.checked(table.drop_columns(["rate"]))
    with pytest.raises(PromiseError, match=r"columns \(name\)"):
        SCHEMA.checked(table.append_column("name", pa.array(["x"])))


def test_the_refusal_never_shows_a_value() -> None:
    """A refused value may be a person's name."""
    with pytest.raises(PromiseError) as stopped:
        SCHEMA.table([row(met="Rosa Quispe")])

    assert "Rosa" not in str(stopped.value)
