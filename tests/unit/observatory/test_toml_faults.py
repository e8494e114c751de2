"""A file that is no TOML is refused with its line, in the reader's language."""

from __future__ import annotations

import tomllib

import pytest

from testigo.observatory.toml_faults import refuse_toml

FIRST = '[observatory]\nname = "x"\n'


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("licence = CC-BY", "después del ="),
        ("licence 3", "no hay un ="),
        ('licence = "CC-BY', "comillas"),
        ('languages = ["es"\n', "no tiene ]"),
        ('licence = { es = "x"\n', "no tiene }"),
        ('name = "y"', "dos veces"),
        ("[observatory]", "dos veces"),
        ('licence = "C:\\datos"', "tiene \\"),
        ('licence = "a" "b"', "después del valor"),
        ("[report", "no tiene ]"),
        ("año = 1", "acentos"),
        ("día de hoy", "acentos"),
    ],
)
def test_each_fault_is_told_in_spanish_with_its_line(wrong, said):
    with pytest.raises(tomllib.TOMLDecodeError) as given:
        tomllib.loads(FIRST + wrong)

    told = refuse_toml("testigo.toml", FIRST + wrong, given.value).in_language("es")

    assert told.startswith("testigo.toml:3: "), (told, given.value)
    assert said in told, (told, given.value)
    assert "Expected" not in told
