"""The policy and the allow-list."""

from __future__ import annotations

import pyarrow as pa
import pytest

from testigo.core import Column, ConfigurationError, DisclosureError, Message, TableSchema
from testigo.publication import PUBLISHED, DisclosurePolicy
from testigo.publication.disclosure import FLOOR_K, refuse_personal
from testigo.records import ACCEPTED, FLAGS, SET_ASIDE, UNMATCHED_PLACES

CANARY = "Canaria Pérez"


@pytest.mark.parametrize("k", [FLOOR_K, FLOOR_K + 1, 100])
def test_an_office_may_be_stricter(k: int) -> None:
    assert DisclosurePolicy(k).k == k


@pytest.mark.parametrize("k", [FLOOR_K - 1, 1, 0, -5])
def test_an_office_may_not_be_laxer(k: int) -> None:
    with pytest.raises(ConfigurationError, match=r"disclosure\.k") as caught:
        DisclosurePolicy(k)

    assert "k = 5" in str(caught.value)
    assert caught.value.exit_code == 10


@pytest.mark.parametrize("k", [5, 8, 31])
def test_no_small_cell_of_a_private_source_is_shown(observatory, k: int) -> None:
    counts = observatory.protected(k)["counts"].to_pylist()

    shown = [row["victims"] for row in counts if row["source"] == "police" and row["victims"]]
    assert min(shown) >= k


def test_cells_of_a_public_source_are_left_alone(observatory) -> None:
    counts = observatory.protected()["counts"].to_pylist()

    registry = [row for row in counts if row["source"] == "registry"]
    assert {row["value_status"] for row in registry} == {"stated"}
    assert 1 in {row["victims"] for row in registry}


def test_a_source_that_nobody_described_is_private(observatory) -> None:
    counts = observatory.tables["counts"]
    renamed = counts.set_column(0, "source", pa.array(["stranger"] * len(counts)))
    renamed = renamed.filter(pa.array([s == "registry" for s in counts["source"].to_pylist()]))

    protected = observatory.with_tables(counts=renamed).protected()["counts"].to_pylist()

    assert "suppressed" in {row["value_status"] for row in protected}


@pytest.mark.parametrize("schema", [ACCEPTED, SET_ASIDE, FLAGS], ids=lambda schema: schema.name)
def test_a_private_table_stops_the_run(observatory, schema: TableSchema) -> None:
    private = observatory.with_tables(**{schema.name: schema.arrow.empty_table()})

    with pytest.raises(DisclosureError, match=schema.name) as caught:
        private.protected()

    assert caught.value.exit_code == 12


def test_place_texts_of_deliveries_stay_in_the_store(observatory) -> None:
    with_texts = observatory.with_tables(unmatched_places=UNMATCHED_PLACES.arrow.empty_table())

    assert "unmatched_places" not in with_texts.protected()


def test_a_column_that_is_not_declared_stops_the_run(observatory) -> None:
    counts = observatory.tables["counts"]
    more = counts.append_column("full_name", pa.array([CANARY] * len(counts)))

    with pytest.raises(DisclosureError, match="full_name") as caught:
        observatory.with_tables(counts=more).protected()

    assert CANARY not in str(caught.value)


def test_a_missing_column_stops_the_run(observatory) -> None:
    less = observatory.tables["counts"].drop_columns("months_covered")

    with pytest.raises(DisclosureError, match="months_covered"):
        observatory.with_tables(counts=less).protected()


def test_a_personal_column_is_refused_even_when_it_is_declared() -> None:
    name = Column("full_name", "text", Message("name"), Message("name"), personal=True)
    schema = TableSchema("people", Message("people"), Message("people"), (), (name,))

    with pytest.raises(DisclosureError, match="full_name"):
        refuse_personal({"people": pa.table({"full_name": [CANARY]})}, {"people": schema})


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("counts", "source"),
        ("counts", "period"),
        ("rates", "reasons"),
        ("convergence", "source_a"),
        ("convergence", "comparable"),
    ],
)
def test_a_text_where_a_code_must_stand_is_refused_and_not_told(
    observatory, table: str, column: str
) -> None:
    protected = observatory.protected()
    given = protected[table]
    at = given.column_names.index(column)
    smuggled = given.set_column(at, column, pa.array([CANARY] * len(given)))

    with pytest.raises(DisclosureError, match=column) as caught:
        refuse_personal({table: smuggled}, PUBLISHED)

    assert CANARY not in str(caught.value)


def test_no_published_column_is_personal() -> None:
    columns = [column for schema in PUBLISHED.values() for column in schema.columns]

    assert not [column.name for column in columns if column.personal]
