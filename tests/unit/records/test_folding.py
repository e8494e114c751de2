"""What folding makes equal, and what it keeps apart."""

from __future__ import annotations

import pytest

from testigo.records import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CODIGO DANE", " Código\nDANE "),
        ("fecha_hecho", "FECHA HECHO"),
        ("Ñuñoa", "nunoa"),
        ("Bogotá, D.C.", "BOGOTA DC"),
        ("San Juan\u00a0Bautista", "SAN JUAN BAUTISTA"),
        ("O’Higgins", "O'HIGGINS"),
        ("Sta.Maria", "Sta. María"),
        ("Peñol", "Pen\u0303ol"),
        ("Tlāhuāc", "TLAHUAC"),
        ("CALI (CT)", "Cali CT"),
    ],
)
def test_dress_does_not_matter(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("05001", "5001"), ("San Juan", "Sanjuan")])
def test_codes_and_words_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", "  \n", "¿?", "...", "—"])
def test_a_text_without_letters_folds_to_nothing(text):
    assert fold(text) == ""


def test_folding_twice_changes_nothing():
    for text in ("  CÓDIGO\n DANE ", "D.F.", "Łódź", "日本"):
        assert fold(fold(text)) == fold(text)
