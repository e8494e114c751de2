"""Which pairs are found, and that their number keeps in step with the records."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.linkage import link_victims, simulate_lists
from testigo.linkage.blocking import RULES, find_pairs
from testigo.linkage.preparation import prepare_records


def found(drawing) -> set[tuple[int, int]]:
    pairs = find_pairs(prepare_records(drawing.accepted))
    return set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Carlos | Rojas Lima | 22 | 2021-05-14", "Carlos | Rojas | 22 | 2021-05-20"),
        ("Carlos | Rojas Lima | 22 | 2021-05-14", "Carlos | Lima Rojas | 40 | 2021-05-14"),
        ("Carlos | Rojas Lima | 22 | 2021-05-14", "| | 22 | 2021-05-14"),
        ("| | 22 | 2021-05-14", "| | 22 | 2021-05-15"),
        ("Carlos | Rojas Lima | 22 | 2021-05-14", "Carlos | Rogas Lirna | | 2021-05-14"),
        ("Carlos | Rojas Lima | 22 | 2019-05-14", "Carlos | Rojas Lima | 22 | 2021-05-14"),
    ],
)
def test_two_records_that_may_be_one_person_meet(draw, one: str, other: str) -> None:
    drawing = draw(f"""
    source | given_names | surnames | age | date | victim
    police | {one} | A
    press  | {other} | A
    """)
    assert found(drawing) == {(0, 1)}


def test_strangers_of_other_places_and_years_do_not_meet(draw) -> None:
    drawing = draw("""
    source | given_names | surnames   | age | date       | area      | parent | victim
    police | Carlos      | Rojas Lima | 22  | 2021-05-14 | El Roble  | Valle  | A
    press  | Ramiro      | Soto Vega  | 45  | 2019-01-02 | San Luis  | Sur    | B
    """)
    assert found(drawing) == set()


def test_a_record_without_a_name_meets_those_of_its_area_and_week_and_they_not_each_other(
    draw,
) -> None:
    drawing = draw("""
    source   | given_names | surnames   | age | sex    | date       | victim
    police   | Carlos      | Rojas Lima | 22  | male   | 2021-05-14 | A
    forensic | NN          |            | 61  | female | 2021-05-16 | B
    press    | Ramiro      | Soto Vega  | 45  | male   | 2021-05-17 | C
    """)
    assert found(drawing) == {(0, 1), (1, 2)}


def test_pairs_are_each_found_once_and_know_their_rules(draw) -> None:
    drawing = draw("""
    source | given_names | surnames   | age | victim
    police | Carlos      | Rojas Lima | 22  | A
    press  | Carlos      | Rojas Lima | 22  | A
    ngo    | Carlos      | Rojas Lima | 22  | A
    """)
    pairs = find_pairs(prepare_records(drawing.accepted))

    assert list(zip(pairs.left, pairs.right, strict=True)) == [(0, 1), (0, 2), (1, 2)]
    names = [rule.name for number, rule in enumerate(RULES) if pairs.rules[0] >> number & 1]
    assert {"both surnames, first name", "day, area", "all words of the name"} <= set(names)


def test_a_key_that_too_many_share_is_left_out_and_counted(draw) -> None:
    one = draw("""
    source | given_names | surnames   | age | victim
    police | Carlos      | Rojas Lima | 22  | A
    """).accepted
    many = prepare_records(pa.concat_tables([one] * 30))

    pairs = find_pairs(many, largest=20)

    assert len(pairs.left) == 0
    assert pairs.left_out.max() == 30


def test_pairs_grow_no_faster_than_the_records_to_the_power_of_1_2() -> None:
    sizes = (2_000, 20_000)
    counts = [len(find_pairs(prepare_records(simulate_lists(size, seed=1))).left) for size in sizes]
    assert np.log10(counts[1] / counts[0]) <= 1.2


def test_the_report_names_every_rule_and_estimates_what_it_keeps() -> None:
    lists = simulate_lists(1_500, seed=2)
    linked = link_victims(lists, ["police", "forensic", "press", "ngo"])
    rows = {row["rule"]: row for row in linked.blocking.to_pylist()}
    victims = dict(zip(lists["id"].to_pylist(), lists["victim"].to_pylist(), strict=True))
    every = rows["all rules together"]

    assert every["true_share"] == pytest.approx(0.96, abs=0.04)
    assert every["pairs"] >= max(row["pairs"] for row in rows.values())
    assert len(set(victims.values())) > 0
