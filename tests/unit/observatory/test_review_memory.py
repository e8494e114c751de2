"""What people answered is kept in hand/: it comes back as it was, or stops with its line."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.core import ConfigurationError
from testigo.linkage import REVIEW_PAIRS, GivenAnswer, ReviewSheet, Stratum
from testigo.observatory import start_observatory
from testigo.observatory.review_memory import (
    KeptReview,
    measure_quality,
    read_kept_review,
    write_kept_review,
)

STRATA = (
    Stratum(True, 1 / 3, np.inf, 50),
    Stratum(False, -np.inf, -7.25, 900),
    Stratum(True, -np.inf, np.inf, 4, known_same=3),
)


def sheet_of_two(name: str = "s1", parent: str = "") -> ReviewSheet:
    rows = [{"pair": "pa1", "stratum": 0}, {"pair": "pb2", "stratum": 1},
            {"pair": "pc3", "stratum": -1}]  # fmt: skip
    return ReviewSheet(name, pa.Table.from_pylist(rows, REVIEW_PAIRS), STRATA, 0.987654321, parent)


def given(**answers: str) -> dict[str, GivenAnswer]:
    return {pair: GivenAnswer(said, "names", 2) for pair, said in answers.items()}


@pytest.fixture
def kept() -> KeptReview:
    none = KeptReview({}, {})
    first = none.plus(sheet_of_two(), "c0ffee", given(pa1="same", pb2="different", pc3="unsure"))
    return first.plus(sheet_of_two(), "beef01", given(pa1="different", pb2="different"))


@pytest.fixture
def hand(tmp_path, kept):
    write_kept_review(tmp_path, kept)
    return tmp_path


def test_answers_and_strata_come_back_as_they_were(kept, hand) -> None:
    again = read_kept_review(hand)

    assert sorted(map(sorted, map(dict.items, again.said("s1")))) == sorted(
        map(sorted, map(dict.items, kept.said("s1")))
    )
    assert again.sheets["s1"].strata == STRATA
    assert again.sheets["s1"].kept_share == 0.987654321
    assert measure_quality(again, seed=3).equals(measure_quality(kept, seed=3))


def test_the_sheet_answered_last_is_the_one_that_is_measured(kept, tmp_path) -> None:
    later = kept.plus(sheet_of_two("s0"), "c0ffee", given(pa1="same"))
    write_kept_review(tmp_path, later)
    both = measure_quality(read_kept_review(tmp_path), seed=3)

    assert set(both["pairs_reviewed"].to_pylist()) == {1}


def test_disagreements_settled_on_a_sheet_of_their_own_stay_settled(kept, tmp_path) -> None:
    assert kept.settled("s1").disputed == {"pa1"}
    write_kept_review(tmp_path, kept.plus(sheet_of_two("s2", "s1"), "f00d", given(pa1="same")))
    settled = read_kept_review(tmp_path).settled("s1")

    assert settled.disputed == frozenset()
    assert settled.answers["pa1"] == "same"


def test_a_reviewer_who_answers_again_is_counted_once(kept) -> None:
    again = kept.plus(sheet_of_two(), "beef01", given(pa1="same"))

    assert len(again.said("s1")) == 2
    assert again.settled("s1").disputed == frozenset()


def test_no_answers_measure_nothing(tmp_path) -> None:
    assert measure_quality(read_kept_review(tmp_path), seed=1) is None
    start_observatory(tmp_path, name="new")
    assert read_kept_review(tmp_path / "hand") == KeptReview({}, {})


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("review_answers.csv", "pa1,0,same", "pa1,0,perhaps", "column 'answer'"),
        ("review_answers.csv", "pa1,0,same", "pa1,7,same", "column 'stratum'"),
        ("review_answers.csv", "s1,c0ffee,pa1", "s9,c0ffee,pa1", "no such sheet"),
        ("review_sheets.csv", ",0,yes", ",0,perhaps", "column 'linked'"),
        ("review_sheets.csv", ",1,no", ",5,no", "column 'stratum'"),
        ("review_sheets.csv", "-7.25", "low", "column 'high'"),
    ],
)
def test_a_wrong_line_stops_with_its_file_and_column(hand, file, old, new, told) -> None:
    text = (hand / file).read_text(encoding="utf-8")
    assert old in text
    (hand / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"hand/{file}, row \d.*{told}"):
        read_kept_review(hand)
