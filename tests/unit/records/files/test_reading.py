"""A file is what its contents say, and whatever cannot be read ends in one sentence."""

from __future__ import annotations

import gzip
import io
import os
import zipfile

import openpyxl
import pytest

from testigo.core import InputFileError
from testigo.records import read_table

CSV = "Lugar,Casos\nLima,3\nCusco,4\n"


def rows_of(table):
    return [tuple(row.values()) for row in table.cells.to_pylist()]


def workbook(*rows, password=None):
    book = openpyxl.Workbook()
    for row in rows or (["Lugar", "Casos"], ["Lima", 3], ["Cusco", 4]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (CSV.encode(), "police.xls"),
        (CSV.replace(",", "\t").encode("utf-16"), "police.xls"),
        (gzip.compress(CSV.encode(), mtime=0), "police.csv.gz"),
        (gzip.compress(CSV.encode(), mtime=0), "police.csv"),
        (workbook(), "police.csv"),
        (gzip.compress(workbook(), mtime=0), "police.xlsx.gz"),
        (
            b"<html><table><tr><th>Lugar<th>Casos<tr><td>Lima<td>3<tr><td>Cusco<td>4</table>",
            "police.xls",
        ),
    ],
)
def test_contents_decide_and_not_the_name(read, content, name):
    table = read(content, name)
    assert table.header == ("Lugar", "Casos")
    assert rows_of(table) == [("Lima", "3"), ("Cusco", "4")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (gzip.compress(b"", mtime=0), "the file is empty"),
        (bytes(range(256)) * 20, "not a table but something that is not text"),
        (b"%PDF-1.7 ...", "not a table but a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "not a table but a picture"),
        (b"SQLite format 3\0", "not a table but a database"),
        (b"Rar!\x1a\x07", "an archive"),
        (b'{"type": "FeatureCollection"}', "JSON, which is not read"),
        (b'<?xml version="1.0"?><Workbook/>', "XML, which is not read"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
        (b"<html><p>no table</p></html>", "there is no table in it"),
        (b",,\n,,\n", "there is no table in it"),
        (gzip.compress(CSV.encode() * 99, mtime=0)[:-12], "a gzip file, but cut short or damaged"),
        (workbook()[:2_000], "a workbook, but cut short or damaged"),
        (b"PK\x03\x04" + b"x" * 99, "a workbook, but cut short or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "a workbook, but cut short"),
        (b"PAR1" + b"x" * 99, "a Parquet file, but cut short or damaged"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_file_and_the_mend(read, content, sentence):
    with pytest.raises(InputFileError) as caught:
        read(content)
    said = str(caught.value)
    assert sentence in said
    assert "police.csv" in said
    assert caught.value.hint is not None


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zipped(datos_dot_csv=CSV), "an archive that holds other files"),
        (zipped(xl__workbook_dot_bin="x"), "a binary workbook"),
        (zipped(content_dot_xml="x", mimetype="x"), "an OpenDocument file"),
        (zipped(word__document_dot_xml="x"), "a text document"),
    ],
)
def test_packed_files_of_other_kinds_are_told_apart(read, content, sentence):
    with pytest.raises(InputFileError, match=sentence):
        read(content)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(InputFileError, match=r"nothing\.csv: there is no such file"):
        read_table(tmp_path / "nothing.csv")


def test_a_folder_is_not_a_file(tmp_path):
    with pytest.raises(InputFileError, match="is not a file"):
        read_table(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights to take away")
def test_a_file_that_may_not_be_opened_is_said(tmp_path):
    path = tmp_path / "police.csv"
    path.write_text(CSV, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputFileError, match="cannot be opened"):
        read_table(path)


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused(read, monkeypatch):
    monkeypatch.setattr("testigo.records.files.file_bytes.LARGEST_FILE", 1 << 20)
    with pytest.raises(InputFileError, match="larger than"):
        read(gzip.compress(b"0" * (1 << 24), mtime=0), "police.csv.gz")


def test_a_large_file_is_refused_before_it_is_read(read, monkeypatch):
    monkeypatch.setattr("testigo.records.files.file_bytes.LARGEST_FILE", 10)
    with pytest.raises(InputFileError, match="larger than"):
        read(CSV)


def test_what_was_found_by_looking_is_said_in_both_languages(read):
    table = read("INFORME;;\nAño;Lugar;Víctimas\n2015;Perú;3\nTOTAL;;3\n".encode("cp1252"))
    assert [note.in_language("en") for note in table.notes] == [
        "The letters are written in Windows-1252.",
        "Cells are separated by ;",
        "The header was found in row 2; what stands above it is titles.",
        "Rows of totals and notes under the table: 1.",
    ]
    english = {note.in_language("en") for note in table.notes}
    assert not english & {note.in_language("es") for note in table.notes}


def test_a_plain_file_says_nothing(read):
    assert read(CSV).notes == ()


def test_letters_that_were_lost_before_delivery_are_counted(read):
    table = read("Lugar,Casos\nM\ufffdxico,3\nPer\ufffd,4\n")
    assert "Cells in which a letter was lost before delivery (�): 2." in map(str, table.notes)


def test_accents_of_header_and_cells_are_mended_together(read):
    table = read("AÒo,Bien jurÌdico,Casos\n2015,tr·nsito,3\n")
    assert table.header == ("Año", "Bien jurídico", "Casos")
    assert rows_of(table) == [("2015", "tránsito", "3")]
    assert [str(note) for note in table.notes] == [
        "Accents were broken: Windows-1252 had been read as MacRoman; mended.",
        "Different texts whose accents were mended: 3.",
    ]


def test_the_masks_have_one_place_for_each_row(read):
    table = read("a,b,c\n1,2,3\n,,\nTOTAL,,3\n")
    assert len(table.rows) == len(table.blank) == len(table.footer) == table.cells.num_rows == 3
    assert table.rows.dtype.name == "int32"
    assert table.cells.schema.types == ["string"] * 3
