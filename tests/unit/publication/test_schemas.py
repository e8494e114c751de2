"""What is published: the list itself."""

from __future__ import annotations

import re

import pytest

from testigo.core import TableSchema
from testigo.publication import PUBLISHED, VALUE_STATUSES
from testigo.publication.schemas import CODES, STORE_ONLY, VALUE_STATUS

NAMES_THAT_OTHERS_BUILD_ON = {  # design.md, section 4
    "deliveries": "source file sha256 rows_delivered rows_accepted rows_excluded rows_quarantined",
    "quality": "source indicator field value threshold met",
    "convergence": "area period source_a source_b count_a count_b relative_difference ratio",
    "consistency": "table rule severity where found expected explanation",
    "rates": "area period source victims population rate rate_low rate_high level verdict",
}
WITH_STATUS = {
    "deliveries", "reasons",
    "counts", "quality", "convergence", "links", "estimates", "sensitivity",
    "estimated_rates", "rates",
    "standardised_rates", "printed_rates",
}  # fmt: skip


@pytest.mark.parametrize(("table", "columns"), NAMES_THAT_OTHERS_BUILD_ON.items())
def test_the_columns_that_others_build_on_are_there(table: str, columns: str) -> None:
    assert set(columns.split()) <= set(PUBLISHED[table].arrow.names)


@pytest.mark.parametrize("schema", PUBLISHED.values(), ids=PUBLISHED)
def test_every_key_is_a_column(schema: TableSchema) -> None:
    assert set(schema.key) <= set(schema.arrow.names)


def test_a_hidden_value_has_a_status_beside_it() -> None:
    status = {
        name: column
        for name, schema in PUBLISHED.items()
        for column in schema.columns
        if column.name == VALUE_STATUS
    }

    assert status.keys() == WITH_STATUS
    assert {column.allowed for column in status.values()} == {VALUE_STATUSES}
    for value in VALUE_STATUSES:
        assert f"{value}:" in status["rates"].meaning.template


def test_what_stays_in_the_store_is_not_on_the_list() -> None:
    assert not STORE_ONLY & PUBLISHED.keys()


@pytest.mark.parametrize("pattern", CODES.values(), ids=CODES)
@pytest.mark.parametrize("text", ["Ana María Pérez", "ana@example.org", "Pérez", "CURP: X1"])
def test_a_code_has_no_room_for_a_name_or_an_address(pattern: str, text: str) -> None:
    assert re.search(pattern, text) is None
