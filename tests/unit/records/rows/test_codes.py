from __future__ import annotations

from testigo.core import Area
from testigo.records.rows.codes import comparison_key, joined_code, parent_prefixes, read_codes

DANE = {"05001", "05030", "76001"}


def test_digits_lost_and_added_are_mended_for_the_whole_column():
    read = read_codes(["5030000.0", "5001000", "76001008"], DANE, 5)

    assert read == {"5030000.0": "05030", "5001000": "05001", "76001008": "76001"}


def test_a_delivery_of_low_codes_only_is_judged_by_the_catalogue():
    assert read_codes(["5030000"], DANE, 5) == {"5030000": "05030"}


def test_the_catalogue_says_how_many_digits_there_are():
    assert read_codes(["5001"], DANE) == {"5001": "05001"}
    assert read_codes(["1", "32"], {"01", "32"}) == {"1": "01", "32": "32"}


def test_without_a_catalogue_codes_stay_as_they_are():
    assert read_codes(["5001.0", "Cali"], ()) == {"5001.0": "5001"}


def test_the_first_digits_of_a_code_name_the_parent():
    areas = [Area(code, code, "area", code[:2]) for code in DANE]

    assert parent_prefixes(areas) == {"05": "05", "76": "76"}


def test_codes_of_mixed_length_name_no_parent():
    assert parent_prefixes([Area("1", "x", "area", "A"), Area("22", "y", "area", "B")]) == {}


def test_a_code_in_two_columns_is_joined():
    prefixes = {"05": "ANTIOQUIA", "76": "VALLE"}

    assert joined_code("ANTIOQUIA", "1", prefixes, 5) == "05001"
    assert joined_code("ANTIOQUIA", "5001", prefixes, 5) is None
    assert joined_code("CHOCÓ", "1", prefixes, 5) is None


def test_numbers_are_compared_as_numbers_and_words_as_words():
    assert comparison_key("1.0") == comparison_key("1")
    assert comparison_key("1") != comparison_key("01")
    assert comparison_key("Homicidio doloso") == comparison_key("HOMICIDIO  DOLOSO")
