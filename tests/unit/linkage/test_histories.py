"""Victims by the lists that hold them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from testigo.core import ConfigurationError
from testigo.linkage import capture_histories, link_victims, simulate_lists


def _linked(draw):
    drawing = draw("""
    source   | given_names  | surnames       | age | date       | area     | victim
    police   | Carlos       | Rojas Lima     | 22  | 2020-12-31 | El Roble | A
    press    | Carlos       | Rojas          | 22  | 2021-01-01 | El Roble | A
    forensic | CARLOS       | ROJAS LIMA     | 23  | 2021-01-01 | El Roble | A
    police   | Ana          | Peña Díaz      | 51  | 2021-07-01 |          | B
    press    | Óscar        | Ruiz           | 19  | 2021-09-09 | San Luis | C
    press    | Óscar        | Ruiz           | 19  | 2021-09-09 | San Luis | C
    """)
    return drawing, drawing.linked(draws=7, seed=2)


def test_histories_count_victims_once(draw) -> None:
    drawing, linked = _linked(draw)

    histories = capture_histories(linked.links, _with_places(drawing.accepted), draws=linked.draws)
    best = histories.table.filter(pc.equal(histories.table["draw"], 0))

    assert histories.lists == ("forensic", "police", "press")
    assert best.select(["forensic", "police", "press", "count"]).to_pylist() == [
        {"forensic": 0, "police": 0, "press": 1, "count": 1},
        {"forensic": 0, "police": 1, "press": 0, "count": 1},
        {"forensic": 1, "police": 1, "press": 1, "count": 1},
    ]


def test_most_records_decide_the_stratum_and_a_blank_stays_blank(draw) -> None:
    drawing, linked = _linked(draw)

    table = capture_histories(
        linked.links, _with_places(drawing.accepted), draws=linked.draws, strata=["area", "year"]
    ).table
    best = table.filter(pc.equal(table["draw"], 0))

    assert {(row["area"], row["year"], row["count"]) for row in best.to_pylist()} == {
        ("El Roble", "2021", 1),
        (None, "2021", 1),
        ("San Luis", "2021", 1),
    }


def test_every_draw_has_counts_and_no_row_names_a_person(draw) -> None:
    drawing, linked = _linked(draw)

    table = capture_histories(
        linked.links, _with_places(drawing.accepted), draws=linked.draws
    ).table

    assert sorted(set(table["draw"].to_pylist())) == list(range(8))
    assert set(table.column_names) == {"forensic", "police", "press", "draw", "count"}


def test_an_unknown_stratum_is_refused(draw) -> None:
    drawing, linked = _linked(draw)
    with pytest.raises(ConfigurationError, match="names"):
        capture_histories(linked.links, drawing.accepted, strata=["names"])


def test_the_number_of_victims_in_the_draws_surrounds_the_truth_roughly() -> None:
    lists = simulate_lists(3_000, seed=8)
    linked = link_victims(lists, {"police", "forensic", "press", "ngo"}, draws=10, seed=1)
    table = capture_histories(linked.links, lists, draws=linked.draws).table
    totals = table.group_by("draw").aggregate([("count", "sum")])["count_sum"].to_numpy()
    truth = len(pc.unique(lists["victim"]))

    assert len(np.unique(totals)) > 1
    assert np.abs(totals / truth - 1).max() < 0.1


def _with_places(accepted: pa.Table) -> pa.Table:
    count = accepted.num_rows
    return (
        accepted.append_column("file", pa.array([""] * count))
        .append_column("row", pa.array(range(1, count + 1)))
        .append_column("cell", pa.array([0] * count))
    )
