"""Cases that every linkage of killings meets, under the settings a user gets."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from tests.unit.linkage.conftest import as_partition, in_drawn_order

from testigo.core import ConfigurationError
from testigo.linkage import LinkDecision, Previous, link_victims


def _assert_as_drawn(drawing, **options):
    linked = drawing.linked(**options)
    found = as_partition(in_drawn_order(linked, "victim_id"))
    assert found == as_partition(drawing.victims)
    if any(drawing.incidents):
        incidents = as_partition(in_drawn_order(linked, "incident_id"))
        assert incidents == as_partition(drawing.incidents)
    return linked


def test_brothers_killed_together_stay_two_victims_of_one_incident(draw) -> None:
    _assert_as_drawn(
        draw("""
        source   | given_names  | surnames    | age | victim | incident
        police   | Carlos       | Rojas Lima  | 22  | A      | 1
        press    | Carlos       | Rojas       | 22  | A      | 1
        forensic | CARLOS       | ROJAS LIMA  | 23  | A      | 1
        police   | Wilmer       | Rojas Lima  | 25  | B      | 1
        press    | Wilmer       | Rojas       | 25  | B      | 1
        forensic | WILMER       | ROJAS LIMA  | 24  | B      | 1
        """)
    )


def test_brothers_who_share_a_first_name_stay_two(draw) -> None:
    _assert_as_drawn(
        draw("""
        source | given_names | surnames    | age | victim | incident
        police | José Luis   | Pérez Gómez | 20  | A      | 1
        police | José Carlos | Pérez Gómez | 22  | B      | 1
        press  | José Luis   | Pérez Gómez | 20  | A      | 1
        press  | José Carlos | Pérez Gómez | 22  | B      | 1
        ngo    | José Luis   | Pérez       | 20  | A      | 1
        """)
    )


def test_father_and_son_of_the_same_name_stay_two(draw) -> None:
    _assert_as_drawn(
        draw("""
        source   | given_names  | surnames      | age | victim | incident
        police   | José Antonio | Mejía Portillo| 47  | F      | 1
        police   | José Antonio | Mejía Portillo| 19  | S      | 1
        press    | José Antonio | Mejía         | 19  | S      | 1
        press    | José Antonio | Mejía         | 47  | F      | 1
        ngo      | Jose Antonio | Mejia Portillo| 46  | F      | 1
        """)
    )


def test_a_victim_that_one_list_reports_twice_is_one(draw) -> None:
    _assert_as_drawn(
        draw("""
        source | given_names | surnames        | age | place                | victim
        press  | Edwin Noé   | Cabrera Sorto   | 31  | Barrio La Merced     | A
        press  | Edwin Noe   | Cabrera Sorto   | 31  | Bo. La Merced        | A
        police | EDWIN NOE   | CABRERA SORTO   | 31  | BARRIO LA MERCED     | A
        press  | Nelson      | Cabrera         |     | Barrio La Merced     | B
        """)
    )


def test_one_person_in_five_lists_under_five_spellings_is_one(draw) -> None:
    _assert_as_drawn(
        draw("""
        source   | given_names  | surnames          | age | date       | victim
        police   | JHONATAN ALEXIS | GIMENES BELASQUEZ | 27 | 2021-05-14 | A
        forensic | Jonathan     | Jiménez Velásquez | 27  | 2021-05-15 | A
        press    | Yonatan Alexis | Jiménez         | 28  | 2021-05-14 | A
        ngo      | Jonathan A.  | Velásquez Jiménez | 27  | 2021-05-14 | A
        church   | Jonathan Alexis | Jirnénez de Velásquez |  | 2021-05-14 | A
        police   | Óscar        | Peña Ruiz         | 40  | 2021-06-30 | B
        """)
    )


def test_co_victims_of_one_incident_stay_apart(draw) -> None:
    """Same date, place and weapon in every row; strangers who died together."""
    _assert_as_drawn(
        draw("""
        source   | given_names | surnames    | age | victim | incident
        police   | Ramiro      | Rojas Lima  | 30  | A      | 1
        press    | Ramiro      | Rojas       | 30  | A      | 1
        forensic | Efraín      | Soto Vega   | 45  | B      | 1
        press    | Efraín      | Soto        | 44  | B      | 1
        """)
    )


def test_a_whole_name_in_one_column_meets_the_name_in_two(draw) -> None:
    _assert_as_drawn(
        draw("""
        source | full_name                  | given_names | surnames         | age | victim
        police |                            | Luis Arnoldo| Guevara Montoya  | 33  | A
        press  | Luis Arnoldo Guevara       |             |                  | 33  | A
        ngo    | Guevara Montoya, Luis      |             |                  | 33  | A
        press  | Names withheld             |             |                  | 61  | B
        """)
    )


def test_the_same_name_years_and_places_apart_is_two(draw) -> None:
    _assert_as_drawn(
        draw("""
        source | given_names | surnames         | age | date       | area      | victim
        police | Juan Carlos | Hernández López  | 24  | 2018-02-03 | El Roble  | A
        press  | Juan Carlos | Hernández López  | 41  | 2021-11-20 | San Jacinto | B
        """)
    )


def test_unnamed_records_of_one_killing_are_one(draw) -> None:
    """No name anywhere: day, place, age and sex speak."""
    _assert_as_drawn(
        draw("""
        source   | given_names     | age | place             | hour | victim
        police   | NN              | 34  | Barrio El Centro  | 21   | A
        forensic | No identificado | 34  | Br. El Centro     | 21   | A
        """)
    )


def _three_killings(draw):
    return draw("""
        source   | given_names  | surnames       | age | date       | victim
        police   | Carlos       | Rojas Lima     | 22  | 2021-05-14 | A
        press    | Carlos       | Rojas          | 22  | 2021-05-14 | A
        forensic | CARLOS       | ROJAS LIMA     | 23  | 2021-05-15 | A
        police   | Ana          | Peña Díaz      | 51  | 2021-07-01 | B
        press    | Ana          | Pena           | 51  | 2021-07-02 | B
        press    | Óscar        | Ruiz           | 19  | 2021-09-09 | C
        """)


def test_row_order_list_order_and_threads_change_no_identifier(draw) -> None:
    drawing = _three_killings(draw)
    first = in_drawn_order(drawing.linked(threads=1), "victim_id")
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(first))
        shuffled = drawing.accepted.take(pa.array(order))
        again = link_victims(shuffled, ["press", "police", "forensic"], threads=2)
        assert in_drawn_order(again, "victim_id") == first


def test_decisions_are_obeyed_against_all_evidence(draw) -> None:
    drawing = _three_killings(draw)
    apart = LinkDecision("police", "r0", "press", "r1", "different")
    joined = LinkDecision("police", "r3", "press", "r5", "same")

    ids = in_drawn_order(drawing.linked(decisions=[apart, joined]), "victim_id")

    assert ids[0] != ids[1]
    assert ids[3] == ids[5]


def test_every_draw_obeys_decisions(draw) -> None:
    drawing = _three_killings(draw)
    apart = LinkDecision("police", "r0", "press", "r1", "different")
    joined = LinkDecision("police", "r3", "press", "r5", "same")

    linked = drawing.linked(decisions=[apart, joined], draws=50, seed=3)
    ids = linked.links["source_record_id"].to_pylist()
    at = {name: ids.index(name) for name in ids}

    assert linked.draws.shape == (50, 6)
    assert (linked.draws[:, at["r0"]] != linked.draws[:, at["r1"]]).all()
    assert (linked.draws[:, at["r3"]] == linked.draws[:, at["r5"]]).all()


def test_decisions_that_contradict_each_other_are_refused(draw) -> None:
    drawing = _three_killings(draw)
    decisions = [
        LinkDecision("police", "r0", "press", "r1", "same"),
        LinkDecision("press", "r1", "forensic", "r2", "same"),
        LinkDecision("police", "r0", "forensic", "r2", "different"),
    ]
    with pytest.raises(ConfigurationError, match="decision 3"):
        drawing.linked(decisions=decisions)


def test_a_source_without_records_is_named(draw) -> None:
    with pytest.raises(ConfigurationError, match="forensics"):
        link_victims(_three_killings(draw).accepted, ["police", "forensics"])


def test_one_record_is_one_victim(draw) -> None:
    linked = _assert_as_drawn(
        draw("""
        source | given_names | surnames | victim
        police | Carlos      | Rojas    | A
        """)
    )
    assert any("one record" in str(warning) for warning in linked.warnings)


def test_records_that_say_nothing_are_nobody_else(draw) -> None:
    nothing = {"sex": "", "date": "", "area": "", "parent": "", "weapon": ""}
    linked = _assert_as_drawn(
        draw(
            """
        source | victim
        police | A
        press  | B
        press  | C
        """,
            **nothing,
        )
    )
    assert any("no names" in str(warning) for warning in linked.warnings)
    assert any("no dates" in str(warning) for warning in linked.warnings)


def test_repeated_identifiers_are_told_and_do_no_harm(draw) -> None:
    drawing = _three_killings(draw)
    same = drawing.accepted.set_column(1, "id", pa.array(["x"] * 6))

    linked = link_victims(same, ["police", "press", "forensic"])

    assert len(set(linked.links["victim_id"].to_pylist())) == 3
    assert any("identifier" in str(warning) for warning in linked.warnings)


def test_hundreds_of_identical_records_end_in_an_answer(draw) -> None:
    one = draw("""
        source | given_names | surnames   | age | victim
        police | Carlos      | Rojas Lima | 22  | A
        press  | Carlos      | Rojas Lima | 22  | A
        """)
    many = pa.concat_tables([one.accepted] * 200)

    linked = link_victims(many, ["police", "press"])

    assert linked.links.num_rows == 400


def test_a_new_delivery_renames_nobody_it_does_not_touch(draw) -> None:
    drawing = _three_killings(draw)
    before = link_victims(drawing.accepted.slice(1), ["police", "press", "forensic"])
    old = dict(
        zip(
            before.links["source_record_id"].to_pylist(),
            before.links["victim_id"].to_pylist(),
            strict=True,
        )
    )

    after = link_victims(
        drawing.accepted, ["police", "press", "forensic"], previous=Previous(before.links)
    )
    new = dict(
        zip(
            after.links["source_record_id"].to_pylist(),
            after.links["victim_id"].to_pylist(),
            strict=True,
        )
    )

    assert {name: new[name] for name in old} == old
    assert new["r0"] == old["r1"]


def test_no_warning_and_no_error_holds_a_name(draw) -> None:
    linked = _three_killings(draw).linked()
    said = " ".join(str(warning) for warning in linked.warnings)
    for name in ("Carlos", "Rojas", "Peña", "Ruiz"):
        assert name.lower() not in said.lower()
        assert name not in str(linked.blocking.to_pylist())
