from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.estimation.age_groups import AgeGroup, name_age_group, name_sexes


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("15-19 años", "15-19"),
        ("15 a 19", "15-19"),
        ("De 20 a 24 años", "20-24"),
        ("a15.19", "15-19"),
        ("85 años y más", "85+"),
        ("85 y más", "85+"),
        ("a85plus", "85+"),
        ("80 and over", "80+"),
        ("Menores de 1 año", "0"),
        ("under 5", "0-4"),
        ("1-4 años", "1-4"),
        ("17 años", "17"),
        ("Menores de edad (0-17)", "0-17"),
        ("Adultos (18 y más)", "18+"),
        ("No especificado", "unknown"),
        ("Se ignora", "unknown"),
        ("Total", "all"),
        ("Todas", "all"),
        ("adultos", None),
        ("19-15", None),
        ("15 hasta 19", "15-19"),
        ("85 en adelante", "85+"),
        ("Menores a 5 años", "0-4"),
    ],
)
def test_labels_as_offices_write_them(text, label):
    assert name_age_group(text) == label


@given(low=st.integers(0, 110), width=st.none() | st.integers(0, 20))
def test_our_own_labels_are_read_back(low, width):
    group = AgeGroup(low, None if width is None else low + width)

    assert AgeGroup.parse(str(group)) == group


def test_a_group_holds_what_lies_wholly_inside():
    wide = AgeGroup(0, 17)

    assert AgeGroup(15, 17) in wide
    assert AgeGroup(15, 19) not in wide
    assert AgeGroup(15, None) not in wide
    assert wide not in AgeGroup(15, 19)
    assert AgeGroup(90, None) in AgeGroup(85, None)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["Hombre", "Mujer", "No especificado"], ["male", "female", "unknown"]),
        (["H", "M"], ["male", "female"]),
        (["F", "M"], ["female", "male"]),
        (["M", "Total"], [None, "all"]),
        (["Male", "Female", "Both sexes"], ["male", "female", "all"]),
        (["otro"], [None]),
        (["Varón", "Mujer"], ["male", "female"]),
        (["H", "M", "No reporta"], ["male", "female", "unknown"]),
    ],
)
def test_sexes_as_offices_write_them(texts, words):
    assert list(name_sexes(texts).values()) == words
