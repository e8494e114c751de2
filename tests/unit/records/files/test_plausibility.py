"""Words that are written and words that are misread."""

from __future__ import annotations

import pytest

from testigo.records.files.plausibility import look_of, words_with_accents

RIGHT = (
    "Año México jurídico tránsito Peñol Ñuñoa Bogotá BOGOTÁ Güiria pingüino São João AÇÕES LIMÕES "
    "Mogi-Guaçu Olòrda Òdena Òscar OLÒRDA col·legi Tlāhuāc Q'ëqchi' Français Besançon naïve cœur "
    "JOSé PEñA MUñOZ Nº 1ª Mª O’Higgins Łódź Straße Groß Müller Ålesund Coyoacán ¿Qué ¡Hola «Sí» "
    "norte–sur NORTE—SUR Ñandú Ñemby Mbya’ú K’iche’ pʼurhépecha Hñähñu Ayöök Nivaĉle Yaathê FORLÌ "
    "ESPAÑA Muñoz-Nájera Barça feliç iPhone® 25°C N° FRANÇA CONCEIÇÃO Maçã IRMÃ MÃE Cancún Москва "
    "fechaÚltima nombreÁrea"
)
MISREAD = (
    "AÒo jurÌdico M¡LAGA MÃ©xico AÃ±o LEÃ“N ESPAÃ‘A A±o GarcÝa MÚxico M├®xico M√©xico NÂ° Â¿Qué "
    "p˙blico ping¸ino Mßlaga M‡laga MΘxico Col¢mbia BOGOT¡ mu¤oz Ãîðîä"
)


@pytest.mark.parametrize("word", RIGHT.split(" "))
def test_a_right_word_is_not_called_misread(word):
    assert all(look_of(part) >= 0 for part in words_with_accents(word))


@pytest.mark.parametrize("word", MISREAD.split(" "))
def test_a_misread_word_is_seen(word):
    assert any(look_of(part) < 0 for part in words_with_accents(word))


def test_plain_words_are_not_looked_at():
    assert words_with_accents("Homicidio doloso, 2020 (CT)") == []
