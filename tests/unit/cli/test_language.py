"""Which language is spoken, and in which order that is decided."""

import sys

import pytest

from testigo.cli.language import choose_language, language_of_system, take_language
from testigo.core import UsageError


@pytest.mark.parametrize(
    ("typed", "asked", "rest"),
    [
        (["run", "x"], None, ["run", "x"]),
        (["--lang", "es", "run", "x"], "es", ["run", "x"]),
        (["run", "x", "--lang=en"], "en", ["run", "x"]),
        (["run", "--lang", "en", "x", "--lang", "es"], "es", ["run", "x"]),
    ],
)
def test_lang_may_stand_anywhere(typed, asked, rest):
    assert take_language(typed) == (asked, rest)


@pytest.mark.parametrize("typed", [["--lang", "fr"], ["--lang"], ["--lang="], ["run", "--lang"]])
def test_a_language_we_do_not_speak_is_refused_with_the_two_we_do(typed):
    with pytest.raises(UsageError, match=r"--lang es .* --lang en"):
        take_language(typed)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es"}, "es"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "es_MX.UTF-8"}, "en"),
        ({"LC_MESSAGES": "es_CO", "LANG": "en_US"}, "es"),
        ({"LANG": "pt_BR.UTF-8"}, None),
        ({"LANG": "estonian"}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({}, None),
    ],
)
def test_the_computers_language_is_read_as_the_computer_reads_it(
    environment, language, monkeypatch
):
    monkeypatch.setattr(sys, "platform", "linux")

    assert language_of_system(environment) == language


def test_windows_is_asked_its_own_way(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("locale.getlocale", lambda: ("Spanish_Mexico", "1252"))

    assert language_of_system({}) == "es"


def test_the_variable_wins_over_the_computer():
    assert choose_language(["run"], {"TESTIGO_LANG": "en", "LANG": "es_MX"}) == "en"


def test_a_wrong_variable_is_told_by_name():
    with pytest.raises(UsageError, match="TESTIGO_LANG = 'de'"):
        choose_language(["run"], {"TESTIGO_LANG": "de"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('[observatory]\nlanguages = ["es", "en"]\n', "es"),
        ('\ufeff[observatory]\nlanguages = ["es"]\n', "es"),
        ('[observatory]\nlanguages = ["en"]\n', "en"),
        ('[observatory]\nname = "x"\n', "en"),
        ("[observatory]\nlanguages = 3\n", "en"),
        ("observatory = 3\n", "en"),
        ("this is no toml", "en"),
    ],
)
def test_an_observatory_speaks_its_first_language_when_the_computer_says_nothing(
    tmp_path, text, language
):
    (tmp_path / "testigo.toml").write_text(text, encoding="utf-8")

    assert choose_language(["run", "--json", str(tmp_path)], {"LANG": "C"}) == language


def test_without_any_word_it_is_english(tmp_path):
    assert choose_language([], {}) == "en"
    assert choose_language(["run", str(tmp_path / "nothing")], {}) == "en"
    assert choose_language(["demo", "mexico"], {}) == "en"
