"""A new delivery touches what it concerns: everything else keeps its very bytes."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from testigo.linkage import (
    LinkDecision,
    Linked,
    Previous,
    link_victims,
    measure_linkage,
    read_model,
    simulate_lists,
    write_model,
)
from testigo.linkage.increments import TAUGHT, find_places
from testigo.linkage.record_keys import record_keys

LISTS = ("police", "forensic", "press", "ngo")
TOLD = ("victim_id", "incident_id", "probability")


@pytest.fixture(scope="module")
def records() -> pa.Table:
    return simulate_lists(1_500, seed=8).sort_by([("source", "ascending"), ("row", "ascending")])


@pytest.fixture(scope="module")
def before(records: pa.Table) -> Linked:
    return link_victims(records.filter(kept_back(records, absent=30)), LISTS)


def kept_back(records: pa.Table, absent: int) -> pa.Array:
    """Say which records the first delivery had: all but some of the NGO's last."""
    there = np.ones(records.num_rows, dtype=bool)
    of_ngo = np.flatnonzero(np.array(records["source"].to_pylist()) == "ngo")
    there[of_ngo[-absent:]] = False
    return pa.array(there)


def said_of(linked: Linked) -> dict[str, tuple[object, ...]]:
    columns = [linked.links[name].to_pylist() for name in TOLD]
    return dict(
        zip(linked.links["source_record_id"].to_pylist(), zip(*columns, strict=True), strict=True)
    )


def again(records: pa.Table, before: Linked, **options: object) -> Linked:
    previous = Previous(before.links, before.pairs, before.model)
    return link_victims(records, LISTS, previous=previous, **options)


def touched(linked: Linked, ids: set[str]) -> set[str]:
    """Return the records that chains of pairs for one person or one incident join with these.

    And those compared with one of these: how surely they stand alone may have changed.
    """
    links = linked.links["source_record_id"].to_pylist()
    group = list(range(len(links)))

    def root(place: int) -> int:
        while group[place] != place:
            place = group[place]
        return place

    pairs = linked.pairs.filter(
        pc.or_(pc.greater(linked.pairs["person"], 0), pc.greater(linked.pairs["incident"], 0))
    )
    for left, right in zip(pairs["left"].to_pylist(), pairs["right"].to_pylist(), strict=True):
        group[root(left)] = root(right)
    roots = {root(place) for place, name in enumerate(links) if name in ids}
    joined = {name for place, name in enumerate(links) if root(place) in roots}
    every = zip(linked.pairs["left"].to_pylist(), linked.pairs["right"].to_pylist(), strict=True)
    named = ((links[left], links[right]) for left, right in every)
    return joined | {name for pair in named if ids & set(pair) for name in pair}


def test_linking_the_same_records_again_compares_nothing_and_changes_nothing(
    records: pa.Table, before: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(prepared, left, right, **_):
        assert len(left) == 0
        return np.empty((0, before.pairs.num_columns - 5), dtype=np.int8)

    monkeypatch.setattr("testigo.linkage.scoring.find_levels", refuse)

    linked = again(records.filter(kept_back(records, absent=30)), before)

    assert linked.links.equals(before.links)
    assert linked.pairs.equals(before.pairs)


def test_what_a_new_delivery_does_not_concern_keeps_its_bytes(
    records: pa.Table, before: Linked
) -> None:
    linked = again(records, before)
    new, old = said_of(linked), said_of(before)

    concerned = touched(linked, new.keys() - old.keys())

    assert len(old.keys() - concerned) > 0.8 * len(old)
    assert {name: new[name] for name in old.keys() - concerned} == {
        name: old[name] for name in old.keys() - concerned
    }


def test_scores_of_pairs_that_were_there_are_kept(records: pa.Table, before: Linked) -> None:
    linked = again(records, before)

    def scores(run: Linked) -> dict[tuple[str, str], tuple[float, float]]:
        ids = run.links["source_record_id"].to_pylist()
        return {
            (ids[row["left"]], ids[row["right"]]): (row["person"], row["incident"])
            for row in run.pairs.to_pylist()
        }

    old, new = scores(before), scores(linked)
    assert {pair: new[pair] for pair in old} == old
    assert len(new) > len(old)


def test_two_deliveries_link_nearly_as_well_as_one(records: pa.Table, before: Linked) -> None:
    truth = dict(zip(records["id"].to_pylist(), records["victim"].to_pylist(), strict=True))

    def f1(run: Linked) -> float:
        ids = run.links["source_record_id"].to_pylist()
        victims = run.links["victim_id"].to_pylist()
        return measure_linkage(victims, [truth[name] for name in ids]).f1

    assert f1(again(records, before)) == pytest.approx(f1(link_victims(records, LISTS)), abs=0.01)


def test_a_withdrawn_record_leaves_the_others_of_its_victim_together(draw) -> None:
    drawing = draw("""
        source   | given_names  | surnames    | age | victim
        police   | Carlos       | Rojas Lima  | 22  | A
        press    | Carlos       | Rojas Lima  | 22  | A
        forensic | CARLOS       | ROJAS LIMA  | 23  | A
        """)
    before = drawing.linked()
    previous = Previous(before.links, before.pairs, before.model)

    after = link_victims(drawing.accepted.slice(1), ["press", "forensic"], previous=previous)

    assert set(after.links["victim_id"].to_pylist()) == set(before.links["victim_id"].to_pylist())


def test_a_corrected_record_is_compared_again(draw) -> None:
    wrong = draw("""
        source   | given_names  | surnames    | age | date       | victim
        police   | Carlos       | Rojas Lima  | 22  | 2021-05-14 | A
        press    | Ramiro       | Soto Vega   | 61  | 2020-01-02 | B
        """)
    right = draw("""
        source   | given_names  | surnames    | age | date       | victim
        police   | Carlos       | Rojas Lima  | 22  | 2021-05-14 | A
        press    | Carlos       | Rojas       | 22  | 2021-05-14 | A
        """)
    before = wrong.linked()

    after = right.linked(previous=Previous(before.links, before.pairs, before.model))

    assert len(set(before.links["victim_id"].to_pylist())) == 2
    assert len(set(after.links["victim_id"].to_pylist())) == 1


def test_a_decision_withdrawn_is_forgotten(records: pa.Table, before: Linked) -> None:
    there = records.filter(kept_back(records, absent=30))
    links = before.links.to_pylist()
    together: dict[str, dict[str, object]] = {}
    one, other = next(
        (together[row["victim_id"]], row)
        for row in links
        if together.setdefault(row["victim_id"], row) is not row
    )
    apart = LinkDecision(
        one["source"], one["source_record_id"], other["source"], other["source_record_id"],
        "different",
    )  # fmt: skip

    decided = again(there, before, decisions=[apart])
    forgotten = again(there, decided)

    ids = said_of(decided)
    assert ids[apart.record_a][0] != ids[apart.record_b][0]
    after = said_of(forgotten)
    assert after[apart.record_a][0] == after[apart.record_b][0]


def test_many_new_records_are_linked_anew_and_that_is_said(
    records: pa.Table, before: Linked
) -> None:
    few = link_victims(records.slice(0, 1_000), LISTS[:2])

    linked = link_victims(records, LISTS, previous=Previous(few.links, few.pairs, few.model))

    assert any("learned anew" in str(warning) for warning in linked.warnings)
    assert linked.model.trained_on == records.num_rows
    assert linked.pairs.equals(link_victims(records, LISTS).pairs)


def test_links_without_their_model_are_made_anew_and_that_is_said(
    records: pa.Table, before: Linked
) -> None:
    linked = link_victims(records, LISTS, previous=Previous(before.links, before.pairs))

    assert any("compared anew" in str(warning) for warning in linked.warnings)


def test_a_model_read_from_its_file_keeps_as_much(
    records: pa.Table, before: Linked, tmp_path
) -> None:
    model = read_model(write_model(before.model, tmp_path / "model.json"))
    previous = Previous(before.links, before.pairs, model)

    linked = link_victims(records, LISTS, previous=previous, model=model)

    assert linked.links.equals(again(records, before).links)


def with_repeated_ids(records: pa.Table, times: int) -> pa.Table:
    """Give each two police records one identifier, as lists do that number anew each year."""
    ids, sources = records["id"].to_pylist(), records["source"].to_pylist()
    police = [place for place, name in enumerate(sources) if name == "police"]
    for one, other in zip(police[0 : 2 * times : 2], police[1 : 2 * times : 2], strict=True):
        ids[other] = ids[one]
    return records.set_column(records.column_names.index("id"), "id", pa.array(ids))


def by_place(linked: Linked) -> dict[tuple[object, ...], tuple[str, str]]:
    rows = linked.links.to_pylist()
    return {(row["source"], row["row"]): (row["victim_id"], row["incident_id"]) for row in rows}


def test_records_whose_ids_repeat_keep_the_identifiers_of_their_victims() -> None:
    records = with_repeated_ids(simulate_lists(600, seed=4), times=20)
    first = link_victims(records, LISTS)

    assert by_place(again(records, first)) == by_place(first)


def test_an_id_that_comes_to_repeat_moves_no_identifier() -> None:
    """The list numbers anew: a second delivery bears ids that the first one bore."""
    records = with_repeated_ids(simulate_lists(600, seed=4), times=5)
    sources = np.array(records["source"].to_pylist())
    there = np.ones(records.num_rows, dtype=bool)
    there[np.flatnonzero(sources == "police")[1:10:2]] = False
    first = link_victims(records.filter(pa.array(there)), LISTS)

    old, new = by_place(first), by_place(again(records, first))

    moved = sum(new[place] != said for place, said in old.items())
    assert moved == 0  # a victim may grow by the new records, never be renamed


def test_equal_records_are_each_found_once() -> None:
    contents = np.array([7, 7, 9], dtype=np.uint64)
    none = pa.nulls(2, pa.string())
    keys = np.sort(record_keys(pa.array(["a"] * 3), pa.nulls(3, pa.string()), contents))
    former = pa.table({"source": ["a", "a"], "source_record_id": none, "content": [7, 8]})

    places = find_places(former, keys, np.sort(contents))

    assert places[1] == -1
    assert keys[places[0]] == 7


def decisions_on(records: pa.Table, linked: Linked, count: int) -> list[LinkDecision]:
    """Decide the pairs that are least sure, as the truth is."""
    truth = dict(zip(records["id"].to_pylist(), records["victim"].to_pylist(), strict=True))
    rows = linked.links.to_pylist()
    unsure = sorted(linked.pairs.to_pylist(), key=lambda pair: abs(pair["person"]))[:count]
    told = []
    for pair in unsure:
        one, other = (
            (rows[pair[side]]["source"], rows[pair[side]]["source_record_id"])
            for side in ("left", "right")
        )
        told.append(
            LinkDecision(*one, *other, "same" if truth[one[1]] == truth[other[1]] else "different")
        )
    return told


def test_fifty_new_decisions_teach_and_that_is_said(records: pa.Table, before: Linked) -> None:
    there = records.filter(kept_back(records, absent=30))
    decisions = decisions_on(records, before, TAUGHT)

    few = again(there, before, decisions=decisions[1:])
    many = again(there, before, decisions=decisions)
    later = again(there, many, decisions=decisions)

    assert few.model is before.model
    assert not any("learned anew" in str(warning) for warning in few.warnings)
    assert many.model.decisions == TAUGHT
    assert many.pairs.equals(link_victims(there, LISTS, decisions=decisions).pairs)
    assert any("from decisions of people (0;" in str(warning) for warning in many.warnings)
    assert later.links.equals(many.links)
    assert later.model is many.model
    same = sum(said_of(many)[name][0] == said[0] for name, said in said_of(before).items())
    assert same > 0.9 * before.links.num_rows
