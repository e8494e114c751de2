"""Broken accents are mended; right ones stay."""

from __future__ import annotations

import pytest

from testigo.records.files.mojibake import repair_accents

SPANISH = (
    "Año",
    "Bien jurídico afectado",
    "En accidente de tránsito",
    "Querétaro",
    "Ciudad de México",
    "Michoacán de Ocampo",
    "San Luis Potosí",
    "Yucatán",
    "Nuevo León",
    "Violación simple",
    "Güémez",
    "Peñón Blanco",
    "BOGOTÁ, D.C.",
    "ATLÁNTICO",
    "NARIÑO",
    "CÓRDOBA",
    "Población",
    "Víctimas",
)
ALSO_RIGHT = (
    "Òdena",
    "Sant Feliu de Guíxols",
    "OLÒRDA",
    "col·legi",
    "São João del-Rei",
    "LIMÕES",
    "CONCEIÇÃO",
    "Tlāhuāc",
    "Q'ëqchi'",
    "K’iche’",
    "Hñähñu",
    "pʼurhépecha",
    "Besançon",
    "Château",
    "JOSé MUñOZ",
    "PEñA",
    "RENé",
    "ANDRéS",
    "Müller",
    "Groß",
    "FORLÌ",
    "norte–sur",
    "CENTRO—ORIENTE",
    "¿Quién?",
    "«Sí»",
    "1º de Mayo",
    "fechaÚltima",
    "nombreÁrea",
)
CONFUSIONS = [
    ("mac_roman", "cp1252"),
    ("latin-1", "cp850"),
    ("latin-1", "mac_roman"),
    ("cp850", "cp1252"),
    ("cp437", "cp1252"),
    ("mac_roman", "cp850"),
    ("cp850", "mac_roman"),
    ("latin-1", "utf-8"),
    ("mac_roman", "utf-8"),
    ("cp850", "utf-8"),
]


@pytest.mark.parametrize(("read_as", "was"), CONFUSIONS)
def test_a_file_that_was_misread_comes_out_right(read_as, was):
    broken = {text.encode(was).decode(read_as): text for text in SPANISH}
    repair = repair_accents(broken)
    assert {text: repair.texts.get(text, text) for text in broken} == broken
    assert repair.confusions


def test_a_file_misread_twice_comes_out_right():
    broken = {text.encode().decode("latin-1").encode().decode("latin-1"): text for text in SPANISH}
    assert repair_accents(broken).texts == broken


@pytest.mark.parametrize("text", [*SPANISH, *ALSO_RIGHT])
def test_a_right_text_alone_is_left_alone(text):
    assert repair_accents({text, "Sinaloa"}).texts == {}


def test_right_texts_together_are_left_alone():
    assert repair_accents({*SPANISH, *ALSO_RIGHT}).texts == {}


@pytest.mark.parametrize(("read_as", "was"), CONFUSIONS)
def test_right_texts_beside_broken_ones_are_left_alone(read_as, was):
    broken = {text.encode(was).decode(read_as) for text in SPANISH}
    repair = repair_accents(broken | set(SPANISH) | set(ALSO_RIGHT))
    assert not set(repair.texts) & (set(SPANISH) | set(ALSO_RIGHT))
    assert set(repair.texts.values()) <= set(SPANISH)


def test_one_word_is_enough_when_nothing_speaks_against_it():
    assert repair_accents({"AÒo", "Entidad"}).texts == {"AÒo": "Año"}


def test_one_odd_word_among_right_ones_is_left_alone():
    """A single strange word may be a name; only a whole file can be misread."""
    assert repair_accents({"JosÈ", *SPANISH}).texts == {}


def test_a_text_of_which_a_part_was_misread_is_mended():
    assert repair_accents({"MÃ©xico y Perú"}).texts == {"MÃ©xico y Perú": "México y Perú"}


def test_what_was_lost_is_not_invented():
    assert repair_accents({"M\ufffdxico"}).texts == {}
