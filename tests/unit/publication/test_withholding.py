"""An error blocks what rests on it, and only that."""

from __future__ import annotations

import pyarrow as pa

from testigo.publication import withhold

TABLES = {
    "rates": pa.table({"source": ["police", "inegi"], "rate": [1.0, 2.0]}),
    "convergence": pa.table(
        {"source_a": ["police", "inegi"], "source_b": ["inegi", "press"], "ratio": [0.5, 0.6]}
    ),
    "consistency": pa.table({"table": ["police"], "severity": ["error"]}),
}


def test_figures_of_a_blocked_source_stay_inside() -> None:
    left = withhold(TABLES, frozenset({"police"}))

    assert left["rates"]["source"].to_pylist() == ["inegi"]
    assert left["convergence"]["source_a"].to_pylist() == ["inegi"]


def test_a_blocked_table_goes_out_empty_with_its_columns() -> None:
    left = withhold(TABLES, frozenset({"rates"}))

    assert left["rates"].num_rows == 0
    assert left["rates"].column_names == ["source", "rate"]
    assert left["convergence"].num_rows == 2


def test_the_finding_itself_is_always_shown() -> None:
    assert withhold(TABLES, frozenset({"police", "consistency"}))["consistency"].num_rows == 1


def test_nothing_blocked_leaves_all_as_it_was() -> None:
    assert withhold(TABLES, frozenset()) == TABLES


def test_an_estimate_rests_on_every_list() -> None:
    tables = TABLES | {"estimates": pa.table({"stratum": [""], "median": [7.0]})}

    assert withhold(tables, frozenset({"police"}))["estimates"].num_rows == 0
    assert withhold(tables, frozenset({"rates"}))["estimates"].num_rows == 1


def test_an_estimate_of_other_lists_stays() -> None:
    links = pa.table({"lists": ["press ngo", "press"], "count": [9, 20]})
    tables = TABLES | {"estimates": pa.table({"stratum": [""], "median": [7.0]}), "links": links}

    assert withhold(tables, frozenset({"police"}))["estimates"].num_rows == 1
    assert withhold(tables, frozenset({"ngo"}))["estimates"].num_rows == 0
