"""Lists as they should not be: an answer, a warning with the mend, or a refusal that says why."""

from __future__ import annotations

import logging

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from testigo.core import ConfigurationError
from testigo.linkage import LinkDecision, Linked, link_victims, measure_linkage, simulate_lists

LISTS = ("police", "forensic", "press", "ngo")
NAMES = ("given_names", "surnames", "full_name")


@pytest.fixture(scope="module")
def records() -> pa.Table:
    return simulate_lists(800, seed=21)


def blanked(records: pa.Table, source: str, columns: tuple[str, ...]) -> pa.Table:
    own = pc.equal(records["source"], source)
    for name in set(columns) & set(records.column_names):
        column = pc.if_else(own, pa.scalar(None, records.schema.field(name).type), records[name])
        records = records.set_column(records.column_names.index(name), name, column)
    return records


def precision(linked: Linked, records: pa.Table) -> float:
    truth = dict(zip(records["id"].to_pylist(), records["victim"].to_pylist(), strict=True))
    ids = linked.links["source_record_id"].to_pylist()
    victims = linked.links["victim_id"].to_pylist()
    return measure_linkage(victims, [truth[name] for name in ids]).precision


def said(linked: Linked) -> str:
    return " ".join(str(warning) for warning in linked.warnings)


def test_a_list_without_names_is_linked_by_the_rest_and_named(records: pa.Table) -> None:
    linked = link_victims(blanked(records, "ngo", NAMES), LISTS)

    assert "ngo has no names" in said(linked)
    assert precision(linked, records) > 0.9


def test_a_list_without_dates_is_linked_by_names_and_named(records: pa.Table) -> None:
    linked = link_victims(blanked(records, "ngo", ("date", "death_date")), LISTS)

    assert "ngo has no dates" in said(linked)
    assert precision(linked, records) > 0.9


def test_a_list_of_one_record_is_linked_like_the_others(records: pa.Table) -> None:
    others = records.filter(pc.not_equal(records["source"], "ngo"))
    one = records.filter(pc.equal(records["source"], "ngo")).slice(0, 1)

    linked = link_victims(pa.concat_tables([others, one]), LISTS)

    assert linked.links.num_rows == others.num_rows + 1
    assert precision(linked, records) > 0.9


def test_a_list_that_says_nothing_joins_nobody(records: pa.Table) -> None:
    kept = ("source", "file", "row", "cell", "count", "id", "victim", "incident")
    columns = tuple(name for name in records.column_names if name not in kept)
    linked = link_victims(blanked(records, "ngo", columns), LISTS)

    victims = linked.links["victim_id"].to_pylist()
    of_ngo = [v for v, s in zip(victims, linked.links["source"].to_pylist(), strict=True)
              if s == "ngo"]  # fmt: skip
    assert all(victims.count(victim) == 1 for victim in of_ngo)
    assert "ngo has no names" in said(linked)
    assert "ngo has no dates" in said(linked)


def test_lists_in_which_all_records_are_the_same_end_in_an_answer(records: pa.Table) -> None:
    same = records.take(pa.array(np.zeros(120, dtype=np.int64)))
    sources = pa.array([LISTS[k % 4] for k in range(120)])
    ids = pa.array([f"r{k}" for k in range(120)])
    same = same.set_column(same.column_names.index("source"), "source", sources)
    same = same.set_column(same.column_names.index("id"), "id", ids)
    same = same.set_column(same.column_names.index("row"), "row", pa.array(range(120)))

    linked = link_victims(same, LISTS, draws=3)

    assert linked.links.num_rows == 120
    assert "say the very same" in said(linked)


def test_identifiers_that_repeat_lose_no_record_and_are_told(records: pa.Table) -> None:
    ids = [name if place % 3 else "0" for place, name in enumerate(records["id"].to_pylist())]
    index = records.column_names.index("id")

    linked = link_victims(records.set_column(index, "id", pa.array(ids)), LISTS)

    assert linked.links.num_rows == records.num_rows
    assert "bear an identifier that another record" in said(linked)


def test_a_decision_on_an_identifier_that_repeats_is_refused_with_the_mend(draw) -> None:
    drawing = draw("""
        source | id | given_names | surnames | victim
        police | x  | Carlos      | Rojas    | A
        police | x  | Ramiro      | Soto     | B
        press  | y  | Carlos      | Rojas    | A
        """)
    with pytest.raises(ConfigurationError, match="several records") as caught:
        drawing.linked(decisions=[LinkDecision("police", "x", "press", "y", "same")])
    assert "identifiers of its own" in str(caught.value.hint)


@pytest.mark.parametrize(
    "decisions",
    [
        [("r0", "r1", "same"), ("r0", "r1", "different")],
        [("r0", "r1", "same"), ("r1", "r2", "same"), ("r2", "r0", "different")],
    ],
)
def test_contradictory_decisions_are_refused_with_the_mend(draw, decisions) -> None:
    drawing = draw("""
        source   | given_names | surnames | victim
        police   | Carlos      | Rojas    | A
        press    | Carlos      | Rojas    | A
        forensic | Carlos      | Rojas    | A
        """)
    source = {"r0": "police", "r1": "press", "r2": "forensic"}
    given = [LinkDecision(source[a], a, source[b], b, said) for a, b, said in decisions]

    with pytest.raises(ConfigurationError, match="other decisions") as caught:
        drawing.linked(decisions=given)
    assert "link_decisions.csv" in str(caught.value.hint)
    assert "Rojas" not in str(caught.value)


def test_no_name_and_no_document_is_logged_printed_or_warned(
    draw, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    drawing = draw("""
        source | given_names | surnames     | age | victim
        police | Canariel    | Kanarienv    | 22  | A
        press  | Canariel    | Kanarienv    | 22  | A
        press  | NN          |              |     | B
        """)
    documents = drawing.accepted.append_column("national_id", pa.array(["770077", "770077", None]))

    with caplog.at_level(logging.DEBUG):
        linked = link_victims(documents, ["police", "press"], draws=2)

    printed = "".join(capfd.readouterr())
    told = (printed + caplog.text + said(linked) + str(linked.blocking.to_pylist())).lower()
    told += str(linked.links.to_pylist()).lower() + str(linked.pairs.to_pylist()).lower()
    for canary in ("canariel", "kanarienv", "770077"):
        assert canary not in told
