"""testigo.toml: what is right is read, what is wrong is told with line, key and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from testigo.core import ConfigurationError, InputFileError
from testigo.observatory import read_configuration

RIGHT = """\
[observatory]
name = { es = "Cuatro listas", en = "Four lists" }
languages = ["en"]

[[population]]
series = "census"
file = "sources/population.csv"
columns = { area = "mun_code", year = "year", value = "population" }

[[sources]]
id = "police"
name = "Policía"
kind = "records"
family = "criminal_justice"
file = ["sources/a.csv", "sources/b_*.csv"]
columns = { id = "rec_id", date = "fecha", area = "municipio" }
valid = { first = 2015-01-01, last = 2020-12-31 }
keep = { tipo = "doloso" }

[[sources]]
id = "press"
name = "Prensa"
kind = "tallies"
family = "press"
file = "sources/press.csv"
columns = { value = "n", year = "anio", area = "municipio" }
subset_of = "police"
"""


def observatory(folder: Path, text: str) -> Path:
    (folder / "testigo.toml").write_text(text, encoding="utf-8")
    return folder


def test_everything_given_is_there_and_the_rest_has_its_default(tmp_path: Path) -> None:
    read = read_configuration(observatory(tmp_path, RIGHT))
    police, press = read.sources

    assert read.name.en == "Four lists"
    assert read.languages == ("en",)
    assert read.k == 5
    assert read.whole_name == "Cuatro listas"
    assert read.population[0].month == 7
    assert police.files == ("sources/a.csv", "sources/b_*.csv")
    assert police.keep == {"tipo": ("doloso",)}
    assert police.valid is not None
    assert police.valid.last.year == 2020
    assert police.unit == "victim"
    assert press.subset_of == "police"


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ('kind = "records"', 'kind = "record"', 13, "'record'"),
        ('family = "press"', 'family = "prensa"', 24, "'prensa'"),
        ('id = "press"', 'id = "the press"', 21, "'the press'"),
        ('id = "press"', 'id = "police"', 21, "'police'"),
        ('subset_of = "police"', 'subset_of = "polise"', 27, "Did you mean police?"),
        ("columns = { value", "colums = { value", 26, "Did you mean columns?"),
        ('value = "n"', 'valeu = "n"', 26, "Did you mean value?"),
        ('value = "n", ', "", 26, "the number"),
        ('languages = ["en"]', 'languages = ["fr"]', 3, "'fr'"),
        ('languages = ["en"]', 'languages = "en"', 3, '["es", "en"]'),
        ('name = "Prensa"\n', "", 20, "sources.name"),
        ("first = 2015-01-01", 'first = "2015-01-01"', 17, "sources.valid"),
        ("[[population]]", "[population]", 5, "[[population]]"),
        ("[[population]]", "[[poblacion]]", 5, "poblacion"),
        ('area = "mun_code"', 'zone = "mun_code"', 8, "'zone'"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_mend(
    tmp_path: Path, wrong: str, right: str, line: int, told: str
) -> None:
    text = RIGHT.replace(wrong, right)
    assert text != RIGHT

    with pytest.raises(ConfigurationError) as caught:
        read_configuration(observatory(tmp_path, text))

    message = str(caught.value)
    assert message.startswith(f"testigo.toml:{line}: ")
    assert told in message
    assert caught.value.in_language("es") != message


def test_broken_toml_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigurationError, match=r"^testigo\.toml:2: what stands after the = cannot be read"
    ):
        read_configuration(observatory(tmp_path, "[observatory]\nname = \n"))


def test_a_folder_without_testigo_toml_names_init(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="testigo init"):
        read_configuration(tmp_path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "testigo.toml").write_bytes('[observatory]\nname = "Año"\n'.encode("latin-1"))
    with pytest.raises(InputFileError, match="UTF-8"):
        read_configuration(tmp_path)


def test_a_level_outside_zero_and_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"rates\.level"):
        read_configuration(observatory(tmp_path, RIGHT + "\n[rates]\nlevel = 95\n"))


def test_a_source_of_the_main_question_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"report\.sources = 'pres'"):
        read_configuration(observatory(tmp_path, RIGHT + '\n[report]\nsources = ["pres"]\n'))


def test_a_column_of_names_is_nothing_else_too(tmp_path: Path) -> None:
    text = RIGHT.replace('area = "municipio" }', 'area = "municipio", surnames = "Municipio" }', 1)
    with pytest.raises(ConfigurationError, match="also said to hold area"):
        read_configuration(observatory(tmp_path, text))


def test_the_words_of_the_observatory_are_read_for_each_language(tmp_path: Path) -> None:
    own = '[report]\nfate = { es = "murieron", en = "died" }\n'
    names = '[report.names]\nzona = { es = "zona", en = "zone" }\n"Perú" = "Perú"\n'
    asked = read_configuration(observatory(tmp_path, RIGHT + own + names)).report

    assert asked.fate is not None
    assert (asked.fate.es, asked.fate.en) == ("murieron", "died")
    assert {word: name.en for word, name in asked.names.items()} == {"zona": "zone", "Perú": "Perú"}
    assert asked.published is None


def test_a_name_in_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"report\.names"):
        read_configuration(
            observatory(tmp_path, RIGHT + '[report.names]\nzona = { fr = "zone" }\n')
        )
