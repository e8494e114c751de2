"""A sheet is a random sample that stands for all pairs, and the pairs that matter most."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.linkage import (
    LinkDecision,
    choose_pairs,
    find_again,
    link_victims,
    settle_apart,
    sheet_as_dict,
    sheet_of,
    simulate_lists,
)
from testigo.linkage.review_frame import frame_pairs


@pytest.fixture(scope="module")
def linked():
    lists = simulate_lists(1_500, seed=3).drop_columns(["victim", "incident"])
    return link_victims(lists, ["police", "forensic", "press", "ngo"])


def chosen(linked, *, size=120, seed=1, decisions=()):
    return choose_pairs(
        linked.links, linked.pairs, linked.blocking, decisions=decisions, size=size, seed=seed
    )


def rows_of(sheet, purpose):
    return [row for row in sheet.pairs.to_pylist() if row["purpose"] == purpose]


def test_every_pair_that_was_compared_or_linked_is_in_one_stratum(linked) -> None:
    sheet, frame = chosen(linked), frame_pairs(linked.links, linked.pairs)
    victims = linked.links["victim_id"].to_pylist()
    groups = np.unique(victims, return_counts=True)[1]

    assert sum(one.pairs for one in sheet.strata) == len(frame.left)
    assert sum(one.pairs for one in sheet.strata if one.linked) == (groups * (groups - 1) / 2).sum()


def test_a_linked_pair_that_nobody_compared_can_be_drawn(linked) -> None:
    victims = linked.links["victim_id"].to_numpy()
    left, right = (linked.pairs[name].to_numpy() for name in ("left", "right"))
    compared = linked.pairs.filter(pa.array(victims[left] != victims[right]))
    frame = frame_pairs(linked.links, compared)

    assert frame.linked.sum() == (victims[left] == victims[right]).sum()


def test_the_sheet_is_about_as_long_as_asked(linked) -> None:
    for size in (30, 120, 300):
        sheet = chosen(linked, size=size)

        assert size <= sheet.pairs.num_rows <= 1.3 * size
        assert len(set(sheet.pairs["pair"].to_pylist())) == sheet.pairs.num_rows


def test_each_purpose_keeps_its_word(linked) -> None:
    sheet = chosen(linked, size=300)
    links = linked.links.to_pylist()
    victims = [row["victim_id"] for row in links]
    for row in rows_of(sheet, "same_list"):
        assert row["linked"]
        assert row["source_a"] == row["source_b"]
    for row in rows_of(sheet, "weak_tie"):
        assert victims.count(victims[row["left"]]) >= 4
    for row in rows_of(sheet, "co_victims"):
        assert not row["linked"]
        assert links[row["left"]]["incident_id"] == links[row["right"]]["incident_id"]
    for row in rows_of(sheet, "near_border"):
        assert not row["linked"]
    assert {row["stratum"] == -1 for row in rows_of(sheet, "even_odds")} == {True}
    assert min(row["stratum"] for row in rows_of(sheet, "sample")) == 0


def test_the_order_tells_nothing(linked) -> None:
    """Sampled and chosen, linked and apart, stand among each other."""
    sheet = chosen(linked)
    half = sheet.pairs.num_rows // 2
    for name, value in (("purpose", "sample"), ("linked", True)):
        marks = np.array([row[name] == value for row in sheet.pairs.to_pylist()])
        assert abs(marks[:half].mean() - marks[half:].mean()) < 0.25


def test_the_same_seed_makes_the_same_sheet_and_another_another(linked) -> None:
    assert chosen(linked).pairs.equals(chosen(linked).pairs)
    assert chosen(linked).id == chosen(linked).id
    assert chosen(linked).id != chosen(linked, seed=2).id


def test_what_was_decided_is_not_asked_again_and_is_counted_as_known(linked) -> None:
    first = chosen(linked)
    decisions = [
        LinkDecision(row["source_a"], row["record_a"], row["source_b"], row["record_b"], "same")
        for row in first.pairs.to_pylist()
    ]
    second = chosen(linked, decisions=decisions)
    known = [one for one in second.strata if one.known_same is not None]

    assert not set(first.pairs["pair"].to_pylist()) & set(second.pairs["pair"].to_pylist())
    assert sum(one.pairs for one in known) == first.pairs.num_rows
    assert sum(one.known_same for one in known) == first.pairs.num_rows


def test_records_without_identifier_have_no_name_for_decisions(linked) -> None:
    at = linked.links.column_names.index("source_record_id")
    for value in (None, "twice", "=cmd|' /C calc'!A0", " padded"):
        column = pa.array([value] * linked.links.num_rows, pa.string())
        links = linked.links.set_column(at, "source_record_id", column)
        sheet = choose_pairs(links, linked.pairs, linked.blocking, size=30, seed=1)

        assert sheet.pairs["record_a"].null_count == sheet.pairs.num_rows
        assert sheet.pairs["source_a"].null_count == 0


def test_a_sheet_comes_back_from_its_files(linked) -> None:
    sheet = chosen(linked)
    again = sheet_of(sheet_as_dict(sheet), sheet.pairs)

    assert again.strata == sheet.strata
    assert (again.id, again.kept_share) == (sheet.id, sheet.kept_share)


def shown_now(sheet, links) -> list[tuple]:
    """Source, identifier and content of both records of each pair, as the links have them."""
    rows = links.to_pylist()
    names = ("source", "source_record_id", "content")
    return [
        tuple(rows[pair[side]][name] for side in ("left", "right") for name in names)
        for pair in sheet.pairs.to_pylist()
    ]


def with_column(links, name, values):
    at = links.column_names.index(name)
    return links.set_column(at, links.field(name), pa.array(values, links.field(name).type))


def one_row_lower(links):
    """The same records after a row was inserted on top of each file, and in another order."""
    lower = with_column(links, "row", [row + 1 for row in links["row"].to_pylist()])
    return lower.take(list(reversed(range(lower.num_rows))))


def test_a_pair_of_which_a_record_is_gone_leaves_the_sheet(linked) -> None:
    sheet = chosen(linked)
    gone = sheet.pairs["left"][0].as_py()
    links = linked.links.take([row for row in range(linked.links.num_rows) if row != gone])
    found = find_again(sheet, links)
    touched = [gone in (row["left"], row["right"]) for row in sheet.pairs.to_pylist()]

    assert found.pairs.num_rows == sheet.pairs.num_rows - sum(touched)
    kept = zip(shown_now(sheet, linked.links), touched, strict=True)
    assert shown_now(found, links) == [one for one, is_touched in kept if not is_touched]


def test_records_are_found_by_their_identifier_when_rows_were_inserted(linked) -> None:
    sheet = chosen(linked)
    lower = one_row_lower(linked.links)

    assert shown_now(find_again(sheet, lower), lower) == shown_now(sheet, linked.links)


def test_records_without_identifier_are_found_by_what_they_say(linked) -> None:
    nameless = with_column(linked.links, "source_record_id", [None] * linked.links.num_rows)
    sheet = choose_pairs(nameless, linked.pairs, linked.blocking, size=120, seed=1)
    lower = one_row_lower(nameless)
    found = find_again(sheet, lower)

    assert shown_now(found, lower) == shown_now(sheet, nameless)
    assert all(row["left"] != row["right"] for row in found.pairs.to_pylist())


def test_a_record_that_says_something_else_is_not_shown_as_the_one_people_saw(linked) -> None:
    """An institution that numbers its rows anew gives each identifier to another person."""
    sheet = chosen(linked)
    ids = linked.links["source_record_id"].to_pylist()
    numbered_anew = with_column(linked.links, "source_record_id", [*ids[1:], ids[0]])
    found = find_again(sheet, numbered_anew)

    before = set(shown_now(sheet, linked.links))
    assert found.pairs.num_rows < sheet.pairs.num_rows / 10
    assert set(shown_now(found, numbered_anew)) <= before


def test_disagreements_make_a_sheet_of_their_own(linked) -> None:
    sheet = chosen(linked)
    disputed = sheet.pairs["pair"].to_pylist()[:3]
    apart = settle_apart(sheet, disputed)

    assert apart.pairs["pair"].to_pylist() == disputed
    assert apart.parent == sheet.id != apart.id


def test_two_records_that_share_nothing_make_an_empty_sheet() -> None:
    lists = pa.table(
        {"source": ["a", "b"], "full_name": ["Ana Ruiz", "Luis Paz"], "sex": ["female", "male"]}
    )
    alone = link_victims(lists, ["a", "b"])

    assert chosen(alone).pairs.num_rows == 0
