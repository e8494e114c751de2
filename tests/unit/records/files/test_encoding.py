"""How letters are written is found by looking."""

from __future__ import annotations

import pytest

from testigo.core import ConfigurationError, InputFileError
from testigo.records.files.encoding import decode_text

TEXT = "Año;Municipio;Víctimas\n2015;Peñón Blanco;3\n2016;San Luis Potosí;12\n2017;Güémez;1\n"


def read(data: bytes, declared: str | None = None) -> str:
    return decode_text(data, declared=declared, file="police.csv").data.decode("utf-8")


@pytest.mark.parametrize(
    "codec",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
        "latin-1",
        "mac_roman",
        "cp850",
    ],
)
def test_every_usual_encoding_is_recognised(codec):
    assert read(TEXT.encode(codec)) == TEXT


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "cp850"])
def test_capitals_alone_are_enough(codec):
    text = "DEPARTAMENTO\nBOGOTÁ\nNARIÑO\nCÓRDOBA\nATLÁNTICO\nBOYACÁ\n"
    assert read(text.encode(codec)) == text


def test_a_plain_file_says_nothing():
    assert decode_text(b"a,b\n", declared=None, file="x").notes == ()


def test_what_was_found_is_said():
    (note,) = decode_text(TEXT.encode("cp1252"), declared=None, file="x").notes
    assert str(note) == "The letters are written in Windows-1252."


def test_files_in_two_encodings_put_together_come_out_right():
    data = TEXT.encode("utf-8-sig") + TEXT.encode("cp1252") + TEXT.encode("utf-8-sig")
    assert read(data) == TEXT * 3


def test_other_alphabets_are_recognised_too():
    text = "Город;Жертвы\nМосква;12\nНовосибирск;3\nСанкт-Петербург;4\nВладивосток;1\n" * 5
    assert read(text.encode("cp1251")) == text


def test_the_end_mark_of_dos_is_no_content():
    assert read(b"a,b\n1,2\n\x1a") == "a,b\n1,2\n"


@pytest.mark.parametrize("data", [b"a,b\n1,\x002\n", bytes(range(256)) * 40, b"\x01\x02\x03" * 99])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(InputFileError, match="not a table"):
        read(data)


def test_a_declared_encoding_is_used():
    assert read(TEXT.encode("cp850"), "cp850") == TEXT


def test_a_wrong_declared_encoding_names_the_line():
    with pytest.raises(InputFileError, match="line 2 cannot be read as ascii"):
        read("a\nñ\n".encode(), "ascii")


@pytest.mark.parametrize("name", ["utf-88", "rot13", "hex", "", "a\0b"])
def test_an_unknown_declared_encoding_is_a_configuration_error(name):
    with pytest.raises(ConfigurationError, match="encoding = "):
        read(b"a", name)
