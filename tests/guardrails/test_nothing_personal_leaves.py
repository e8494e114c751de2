"""Promise 3: a canary that goes in with a delivery comes out nowhere.

The names, numbers and addresses below belong to nobody. They stand in every personal column of
the deliveries, in rows that are accepted, excluded and quarantined, in place texts, in a column
that nobody named, in one that rows are chosen by, and where a header should be; then every byte
of output/ is searched for them, Parquet decoded, and every line that the program says.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from testigo.cli.entry import run_command
from testigo.core import Area, AreaCatalogue, DisclosureError, Text
from testigo.observatory import run_observatory
from testigo.publication import (
    PUBLISHED,
    DisclosurePolicy,
    protect,
    write_package,
    write_tables,
)
from testigo.records import ACCEPTED, FLAGS, SET_ASIDE, UNMATCHED_PLACES

CANARIES = ("canari", "kanarienvogel", "770077")  # in any case, in every personal cell
HEAD = ("exp", "nombres", "apellidos", "correo", "sexo", "edad", "fecha", "mun", "lugar")
AREAS = [(f"0{parent}0{area}", f"0{parent}") for parent in (1, 2) for area in (1, 2, 3)]
TOML = """
[observatory]
name = "Prueba"
languages = ["es", "en"]

[areas]
file = "sources/areas.csv"
code = "code"
name = "name"
parent = "parent"

[[sources]]
id = "police"
name = { es = "Policía", en = "Police" }
kind = "records"
family = "criminal_justice"
file = "sources/police_*.csv"

[sources.columns]
id = "exp"
given_names = "nombres"
surnames = "apellidos"
sex = "sexo"
age = "edad"
date = "fecha"
area = "mun"
place = "lugar"

[[sources]]
id = "ngo"
name = { es = "ONG", en = "NGO" }
kind = "records"
family = "civil_society"
file = "sources/ngo.csv"
columns = { full_name = "nombres", date = "fecha", area = "mun" }
personal_columns = ["correo"]
keep = { correo = ["canario1@example.org", "canario2@example.org", "canario3@example.org"] }
"""


def row(number: int, **other: str) -> dict[str, str]:
    area, _ = AREAS[number % len(AREAS)]
    told = {
        "exp": f"770077{number:04d}",
        "nombres": f"Canaria{number}",
        "apellidos": "Kanarienvogel",
        "correo": f"canario{number}@example.org",
        "sexo": "hombre" if number % 3 else "mujer",
        "edad": str(15 + number % 60),
        "fecha": f"2020-{1 + number % 12:02d}-{1 + number % 28:02d}",
        "mun": area,
        "lugar": f"Callejón Canario {number}",
    }
    return told | other


def deliver(path: Path, rows: list[dict[str, str]], end: str = "") -> None:
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, HEAD)
    lines.writeheader()
    lines.writerows(rows)
    path.write_text(text.getvalue() + end, encoding="utf-8")


UNMATCHED_PLACE = "Casa de Canaria Kanarienvogel"  # `check` asks the office what it stands for
DAMAGED = [
    row(900, fecha="2020-13-45 Canaria Kanarienvogel"),
    row(901, edad="770077"),
    row(902, mun=UNMATCHED_PLACE),
    row(903, fecha="Canaria"),
    row(904, mun=""),
    row(905, sexo="Canaria"),
    row(5),  # once more, to the last character
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sources = tmp_path / "sources"
    sources.mkdir()
    (tmp_path / "testigo.toml").write_text(TOML, encoding="utf-8")
    places = "".join(f"{area},Municipio {area},{parent}\n" for area, parent in AREAS)
    (sources / "areas.csv").write_text(f"code,name,parent\n{places}", encoding="utf-8")
    healthy = [row(number) for number in range(140)]
    deliver(sources / "police_1.csv", healthy + DAMAGED, end="770077,Canaria,Kanarienvogel\n")
    deliver(sources / "police_2.csv", healthy[:20])  # delivered before
    deliver(sources / "ngo.csv", [row(number) for number in range(60)])
    return tmp_path


def texts_under(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file as text, and every Parquet file cell by cell."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        yield path.name, path.read_bytes().decode("utf-8", errors="replace")
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            yield path.name, repr((table.schema.metadata, table.column_names, table.to_pylist()))


def silent(*_: object) -> None:
    """Say nothing of the progress."""


Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["en", "es"])
def testigo(request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]) -> Typed:
    """Type a command as an office does, in either language; exit code, stdout and stderr."""

    def answer(*words: object) -> tuple[int, str, str]:
        code = run_command(["--lang", request.param, *map(str, words)])
        return code, *capfd.readouterr()

    return answer


def canaries_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text.casefold()]


def test_nothing_of_a_person_is_under_output(folder: Path) -> None:
    ran = run_observatory(folder, progress=silent)

    output = list(texts_under(folder / "output"))
    assert {"index.html", "datapackage.json", "provenance.json"} <= {name for name, _ in output}
    assert [(name, canaries_in(text)) for name, text in output if canaries_in(text)] == []
    quarantined = sum(ran.deliveries["rows_quarantined"].to_pylist())
    excluded = sum(ran.deliveries["rows_excluded"].to_pylist())
    assert quarantined  # the canaries were in rows of every fate,
    assert excluded
    stored = list(texts_under(folder / "store"))
    assert any(canaries_in(text) for _, text in stored)  # and the search finds them where they are


def test_nothing_of_a_person_is_said(folder: Path) -> None:
    said: list[str] = []

    ran = run_observatory(folder, progress=lambda step, *_: said.append(str(step)))

    said += [note.in_language(language) for note in ran.notes for language in ("es", "en")]
    said += [repr(table.to_pylist()) for table in (ran.deliveries, ran.reasons, ran.findings)]
    assert said
    assert canaries_in("\n".join(said)) == []


@pytest.mark.parametrize("words", [("check",), ("run",), ("check", "--json")])
def test_nothing_of_a_person_is_on_the_screen(
    testigo: Typed, folder: Path, words: tuple[str, ...]
) -> None:
    code, out, err = testigo(*words, folder)

    assert code == 0, err
    assert "police_1.csv" in out + err
    assert canaries_in(re.sub(UNMATCHED_PLACE, "", out, flags=re.IGNORECASE)) == []
    assert canaries_in(err) == []


@pytest.mark.parametrize("source", ["police_1", "ngo"])
@pytest.mark.parametrize("command", ["check", "run"])
def test_a_delivery_without_its_header_names_nobody(
    testigo: Typed, folder: Path, command: str, source: str
) -> None:
    path = folder / "sources" / f"{source}.csv"
    _, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(rows), encoding="utf-8")

    code, out, err = testigo(command, folder)

    assert code != 0
    assert path.name in err
    assert "Traceback" not in err
    assert canaries_in(out) == []
    assert canaries_in(err) == []
    assert [name for name, text in texts_under(folder / "output") if canaries_in(text)] == []


def test_no_small_cell_of_a_private_list_is_under_output(folder: Path) -> None:
    run_observatory(folder, progress=silent)

    counts = pq.read_table(folder / "output" / "tables" / "counts.parquet").to_pylist()
    assert not [line for line in counts if line["victims"] and line["victims"] < 5]
    assert "suppressed" in {line["value_status"] for line in counts}


def test_no_small_number_of_rows_of_a_private_list_is_under_output(folder: Path) -> None:
    ran = run_observatory(folder, progress=silent)

    tables = folder / "output" / "tables"
    files = pq.read_table(tables / "deliveries.parquet").to_pylist()
    reasons = pq.read_table(tables / "reasons.parquet").to_pylist()
    told = [line[name] for line in files for name in line if name.startswith(("rows_", "count_"))]
    told += [line["rows"] for line in reasons]
    assert not [number for number in told if number and number < 5]
    assert {line["count_accepted"] for line in files if line["source"] == "police"} == {None}
    assert "suppressed" in {line["value_status"] for line in reasons}
    page = (folder / "output" / "report" / "index.html").read_text(encoding="utf-8")
    assert ">suppressed<" in page  # and the reader is told, while the office sees every row:
    assert all(
        line["rows_delivered"]
        == line["rows_accepted"] + line["rows_excluded"] + line["rows_quarantined"]
        for line in ran.deliveries.to_pylist()
    )


PRIVATE = {
    "accepted": ACCEPTED,
    "set_aside": SET_ASIDE,
    "flags": FLAGS,
    "unmatched_places": UNMATCHED_PLACES,
}


EXPORTERS = {
    "protect": lambda tables, _: protect(
        tables, sources=(), catalogue=catalogue(), policy=DisclosurePolicy()
    ),
    "write_tables": write_tables,
    "write_package": lambda tables, folder: write_package(
        tables, folder, title=Text("a", "a"), sources=(), licence="", version="1"
    ),
}


def seeded(schema) -> pa.Table:
    """One row with a canary in every text column that the schema leaves free."""
    cells: dict[str, object] = {}
    for column in schema.columns:
        free = {"text": "Canaria", "integer": 770077, "number": 770077.0}.get(column.kind)
        cells[column.name] = column.allowed[0] if column.allowed else free
    return pa.Table.from_pylist([cells], schema=schema.arrow)


def catalogue() -> AreaCatalogue:
    return AreaCatalogue({"00": Area("00", "País", "whole", None)})


@pytest.mark.parametrize("name", PRIVATE)
@pytest.mark.parametrize("export", ["protect", "write_tables", "write_package"])
def test_no_exporter_takes_a_private_table(tmp_path: Path, name: str, export: str) -> None:
    tables = {name: seeded(PRIVATE[name])}
    if export == "protect" and name == "unmatched_places":
        assert EXPORTERS[export](tables, tmp_path) == {}  # for the office's eyes: left out
        return

    with pytest.raises(DisclosureError) as caught:
        EXPORTERS[export](tables, tmp_path)

    assert canaries_in(str(caught.value)) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", PUBLISHED)
def test_no_exporter_takes_a_personal_column_in_a_public_table(tmp_path: Path, name: str) -> None:
    schema = PUBLISHED[name]
    personal = [column.name for column in ACCEPTED.columns if column.personal]
    for column in {*personal, "given", "content"} - set(schema.arrow.names):
        table = schema.arrow.empty_table().append_column(column, pa.array([], pa.string()))

        with pytest.raises(DisclosureError, match=column):
            write_tables({name: table}, tmp_path)

    assert list(tmp_path.iterdir()) == []
