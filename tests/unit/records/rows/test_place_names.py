from __future__ import annotations

import pytest

from testigo.records.rows.place_names import NameIndex

NUEVO_LEON = NameIndex(
    [
        ("19005", "Anáhuac"),
        ("19010", "El Carmen"),
        ("19017", "Galeana"),
        ("19021", "General Escobedo"),
        ("19022", "General Terán"),
        ("19025", "General Zuazua"),
        ("19031", "Juárez"),
        ("19049", "Santiago"),
        ("15057", "Naucalpan de Juárez"),
        ("15104", "Tlalnepantla de Baz"),
        ("11015", "Dolores Hidalgo"),
        ("20318", "San Pedro Mixtepec"),
        ("20319", "San Pedro Mixtepec"),
        ("20101", "San Pedro Amuzgos"),
    ]
)
STATES = NameIndex(
    [
        ("05", "Coahuila"),
        ("09", "Ciudad de México"),
        ("15", "México"),
        ("30", "Veracruz"),
        ("54", "Norte de Santander"),
        ("68", "Santander"),
    ],
    long_forms=True,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GENERAL ESCOBEDO", "19021"),
        ("Gral. Escobedo", "19021"),
        ("Gral. \nEscobedo", "19021"),
        ("Escobedo", "19021"),
        ("Carmen", "19010"),
        ("Anáhu\nac", "19005"),
        ("Anáhuac (CT)", "19005"),
        ("Naucalpan", "15057"),
        ("NAUCALPAN DE \nJUAREZ", "15057"),
        ("Tlalnepantla de", "15104"),
        ("Juárez", "19031"),
        ("Ciudad Juárez", "19031"),
        ("Municipio de Santiago", "19049"),
    ],
)
def test_a_name_is_found_in_its_dresses_and_short_forms(text, code):
    assert NUEVO_LEON.find(text).codes == (code,)


@pytest.mark.parametrize(
    "text",
    ["Hidalgo", "San Pedro", "General", "Juarez de Naucalpan", "Galeanas", "Santiago de Anaya", ""],
)
def test_what_only_resembles_a_name_is_not_guessed(text):
    assert NUEVO_LEON.find(text).codes == ()


def test_namesakes_are_all_told():
    assert NUEVO_LEON.find("San Pedro Mixtepec").codes == ("20318", "20319")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Estado de México", ("15",)),
        ("México", ("15",)),
        ("Coahuila de Zaragoza", ("05",)),
        ("Veracruz de Ignacio de la Llave", ("30",)),
        ("N. DE SANTANDER", ("54",)),
        ("Norte Santander", ()),
        ("SANTANDER", ("68",)),
        ("CDMX", ()),
    ],
)
def test_large_areas_may_be_called_by_their_long_name(text, codes):
    assert STATES.find(text).codes == codes
