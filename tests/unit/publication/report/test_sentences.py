import pytest

from testigo.core import Text
from testigo.publication.report.sentences import (
    DATE_BASES,
    FAMILIES,
    KINDS,
    PLACE_BASES,
    UNITS,
    Plural,
    interval,
)
from testigo.records import model


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("municipio", "municipios"),
        ("región", "regiones"),
        ("ciudad", "ciudades"),
        ("cruz", "cruces"),
        ("zona de salud", "zonas de salud"),
        ("área metropolitana", "áreas metropolitanas"),
    ],
)
def test_spanish_levels_have_a_plural(one, many):
    assert Plural(Text(es=one, en="x")).in_language("es") == many


@pytest.mark.parametrize(
    ("one", "many"),
    [("state", "states"), ("county", "counties"), ("parish", "parishes"), ("way", "ways")],
)
def test_english_levels_have_a_plural(one, many):
    assert Plural(Text(es="x", en=one)).in_language("en") == many


def test_an_interval_stands_beside_its_rate():
    said = interval(41.19, 39.62, 42.82)

    assert said.in_language("en") == "41.2 (39.6 to 42.8)"
    assert said.in_language("es") == "41,2 (39,6 a 42,8)"


def test_every_kind_of_source_has_words():
    assert set(UNITS) == set(model.UNITS)
    assert set(FAMILIES) == set(model.FAMILIES)
    assert set(DATE_BASES) == set(model.DATE_BASES)
    assert set(PLACE_BASES) == set(model.PLACE_BASES)
    assert set(KINDS) == set(model.SOURCE_KINDS)
