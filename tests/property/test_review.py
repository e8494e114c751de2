"""Whatever stands in a cell or an answer file, a review loses no letter and raises nothing else."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from testigo.core import TestigoError
from testigo.linkage import LinkDecision, add_decisions, read_link_decisions, read_review_answers
from testigo.linkage.review_differences import mark_differences
from testigo.linkage.review_records import is_usable

NAMES = st.text(alphabet="Ana Ríos-'.ñÑ\t ́ßﬀ", max_size=20)


@given(NAMES, NAMES)
def test_pieces_make_the_whole_and_both_sides_agree_on_what_is_the_same(one, other) -> None:
    left, right = mark_differences(one, other)

    assert "".join(text for text, _ in left) == one
    assert "".join(text for text, _ in right) == other
    assert mark_differences(other, one) == (right, left)


@given(NAMES)
def test_a_text_does_not_differ_from_itself(text) -> None:
    assert not any(differs for _, differs in mark_differences(text, text)[0])


@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_any_bytes_are_answers_or_a_sentence(tmp_path_factory, content) -> None:
    path = tmp_path_factory.mktemp("answers") / "a.csv"
    for head in (b"", b"sheet,pair,answer\n", b"sheet,pair,answer\ns1,pa,same\n"):
        path.write_bytes(head + content)
        try:
            found = read_review_answers(path, {"s1": ["pa"]})
        except TestigoError:
            continue
        assert set(found.given) <= {"pa"}


IDENTIFIERS = st.text("EXP-12ñº\"', ;_/.", min_size=1, max_size=12).filter(is_usable)


@given(st.lists(IDENTIFIERS, min_size=2, max_size=6))
def test_decisions_come_back_as_they_were_written(tmp_path_factory, identifiers) -> None:
    path = tmp_path_factory.mktemp("hand") / "link_decisions.csv"
    decisions = tuple(
        LinkDecision("list", a, "other", b, "same", "Ana", "2026-11-21", "review s1")
        for a, b in pairwise(identifiers)
    )
    path.write_bytes(add_decisions(None, decisions))

    assert read_link_decisions(path) == decisions
