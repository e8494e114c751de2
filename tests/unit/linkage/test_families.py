"""Fathers, sons and brothers: names that are alike, people who are not."""

from __future__ import annotations

from tests.unit.linkage.conftest import as_partition, in_drawn_order


def partition(drawing, column: str = "victim_id"):
    return as_partition(in_drawn_order(drawing.linked(), column))


def test_brothers_killed_together_whom_one_list_names_both(draw) -> None:
    drawing = draw("""
        source | given_names | surnames   | age | victim | incident
        police | Carlos      | Rojas Lima | 22  | A      | 1
        police | Wilmer      | Rojas Lima | 25  | B      | 1
        """)
    assert partition(drawing) == as_partition(drawing.victims)
    assert partition(drawing, "incident_id") == as_partition(drawing.incidents)


def test_brothers_killed_together_of_whom_two_lists_name_one_each(draw) -> None:
    drawing = draw("""
        source | given_names | surnames   | age | victim | incident
        police | Carlos      | Rojas Lima | 22  | A      | 1
        press  | Wilmer      | Rojas Lima | 25  | B      | 1
        """)
    assert partition(drawing) == as_partition(drawing.victims)
    assert partition(drawing, "incident_id") == as_partition(drawing.incidents)


def test_father_and_son_whom_one_list_names_both(draw) -> None:
    drawing = draw("""
        source | given_names  | surnames       | age | victim | incident
        police | José Antonio | Mejía Portillo | 47  | F      | 1
        police | José Antonio | Mejía Portillo | 19  | S      | 1
        """)
    assert partition(drawing) == as_partition(drawing.victims)
    assert partition(drawing, "incident_id") == as_partition(drawing.incidents)


def test_father_and_son_of_whom_two_lists_name_one_each_stay_in_doubt(draw) -> None:
    """One institution may have written down a wrong age, and mostly did: the doubt is told."""
    drawing = draw("""
        source | given_names  | surnames       | age | victim | incident
        police | José Antonio | Mejía Portillo | 47  | F      | 1
        press  | José Antonio | Mejía Portillo | 19  | S      | 1
        """)
    linked = drawing.linked(draws=200)
    apart = [len(set(draw)) == 2 for draw in linked.draws.tolist()]

    assert max(linked.links["probability"].to_pylist()) < 0.97
    assert 0.02 < sum(apart) / len(apart) < 0.5


def test_father_and_son_whose_ages_two_lists_each_tell_stay_two(draw) -> None:
    drawing = draw("""
        source   | given_names  | surnames       | age | victim | incident
        police   | José Antonio | Mejía Portillo | 47  | F      | 1
        press    | José Antonio | Mejía          | 19  | S      | 1
        forensic | JOSE ANTONIO | MEJIA PORTILLO | 48  | F      | 1
        ngo      | José Antonio | Mejía Portillo | 19  | S      | 1
        """)
    assert partition(drawing) == as_partition(drawing.victims)


def test_without_an_age_father_and_son_of_two_lists_are_taken_for_one_and_a_decision_parts_them(
    draw,
) -> None:
    """Nothing in the records can tell them apart: a person who knows must."""
    from testigo.linkage import LinkDecision

    drawing = draw("""
        source | given_names  | surnames       | age | victim
        police | José Antonio | Mejía Portillo | 47  | F
        press  | José Antonio | Mejía Portillo |     | S
        """)
    apart = drawing.linked(decisions=[LinkDecision("police", "r0", "press", "r1", "different")])

    assert len(partition(drawing)) == 1
    assert len(as_partition(in_drawn_order(apart, "victim_id"))) == 2
