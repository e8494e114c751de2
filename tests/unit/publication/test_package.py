"""The data package, as the `frictionless` tool and a reader in either language see it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from testigo.core import InputFileError, Text
from testigo.observatory import copy_example, run_observatory
from testigo.publication import PUBLISHED, write_package, write_tables

TITLE = Text(es="Dos listas", en="Two lists")


@pytest.fixture
def package(observatory, tmp_path: Path) -> Path:
    protected = observatory.protected()
    write_tables(protected, tmp_path / "tables")
    return write_package(
        protected,
        tmp_path,
        title=TITLE,
        sources=observatory.sources,
        licence="CC-BY-4.0",
        version="1.2.3",
    )


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def frictionless(folder: Path) -> dict:
    """Run the tool of the standard's makers, without a network, as a reader would."""
    ran = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return json.loads(ran.stdout)


def test_only_the_table_that_somebody_changed_is_not_valid(package: Path) -> None:
    """The tool is slow, so once: a package with hidden cells is valid, until labels are made up."""
    table = package.parent / "tables" / "counts.csv"
    text = table.read_text(encoding="utf-8")
    assert "suppressed" in text
    changed = text.replace("suppressed", "hidden").replace("registry", "stranger")
    table.write_text(changed, encoding="utf-8")

    tasks = {task["name"]: task for task in frictionless(package.parent)["tasks"]}

    assert tasks.keys() == {one["name"] for one in read(package)["resources"]}
    assert [name for name, task in tasks.items() if not task["valid"]] == ["counts"]
    kinds = {error["type"] for error in tasks["counts"]["errors"]}
    assert {"constraint-error", "foreign-key"} <= kinds


def test_everything_has_its_label_in_both_languages(package: Path) -> None:
    told = read(package)

    assert (told["title"], told["title_es"], told["title_en"]) == (
        "Dos listas",
        "Dos listas",
        "Two lists",
    )
    for resource in told["resources"]:
        for thing in (resource, *resource["schema"]["fields"]):
            for label in ("title", "description"):
                assert thing[label] == thing[f"{label}_es"]
                assert thing[f"{label}_en"]


SAME_IN_BOTH: frozenset[str] = frozenset({"SHA-256", "sex", "error", "total", "no"})


def test_every_label_is_translated(package: Path) -> None:
    things = [
        thing
        for resource in read(package)["resources"]
        for thing in (resource, *resource["schema"]["fields"])
    ]

    untold = {
        thing[f"{label}_en"]
        for thing in things
        for label in ("title", "description", "unit")
        if label in thing and thing[f"{label}_es"] == thing[f"{label}_en"]
    }
    assert untold <= SAME_IN_BOTH


def test_a_page_in_english_first_has_english_labels(observatory, package: Path) -> None:
    write_package(
        observatory.protected(),
        package.parent,
        title=TITLE,
        sources=observatory.sources,
        licence="",
        version="1",
        languages=("en", "es"),
    )
    told = read(package)

    assert told["languages"] == ["en", "es"]
    assert told["title"] == "Two lists"
    assert {r["title"] for r in told["resources"]} == {r["title_en"] for r in told["resources"]}
    assert "licenses" not in told


def test_the_schema_is_the_declaration(package: Path) -> None:
    resources = {resource["name"]: resource for resource in read(package)["resources"]}
    rates = resources["rates"]["schema"]
    fields = {field["name"]: field for field in rates["fields"]}

    assert [*fields] == PUBLISHED["rates"].arrow.names
    assert rates["primaryKey"] == list(PUBLISHED["rates"].key)
    assert rates["missingValues"] == [""]
    assert fields["victims"]["type"] == "integer"
    assert "constraints" not in fields["victims"]
    assert fields["verdict"]["constraints"]["enum"] == ["publish", "warn", "refuse"]
    assert fields["area"]["constraints"] == {"required": True}
    assert fields["rate"]["unit_en"] == "per 100,000 residents per year"
    assert {"fields": ["source"], "reference": {"resource": "sources", "fields": ["source"]}} in (
        rates["foreignKeys"]
    )


def test_each_file_is_named_with_its_fingerprint(package: Path) -> None:
    for resource in read(package)["resources"]:
        content = (package.parent / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
        assert (package.parent / resource["parquet"]).is_file()


def test_sources_and_licence_are_named(package: Path) -> None:
    told = read(package)

    assert told["licenses"] == [{"name": "CC-BY-4.0"}]
    assert [source["title_en"] for source in told["sources"]] == ["List police", "List registry"]
    assert told["version"] == "1.2.3"


def test_the_same_tables_give_the_same_bytes_and_no_clock(observatory, package: Path) -> None:
    before = package.read_bytes()
    write_package(
        observatory.protected(),
        package.parent,
        title=TITLE,
        sources=observatory.sources,
        licence="CC-BY-4.0",
        version="1.2.3",
    )

    assert package.read_bytes() == before
    assert b"created" not in before


def test_invented_data_are_called_so_in_the_package(observatory, package: Path) -> None:
    assert "sintéticos" not in package.read_text(encoding="utf-8")
    write_package(
        observatory.protected(),
        package.parent,
        title=TITLE,
        sources=observatory.sources,
        licence="CC-BY-4.0",
        version="1.2.3",
        synthetic=True,
    )
    told = read(package)

    assert told["title"].endswith("(datos sintéticos)")
    assert told["title_en"] == "Two lists (synthetic data)"
    assert told["description"].startswith("Datos sintéticos: ")
    assert told["description_en"].startswith("Synthetic data: ")


def test_a_table_that_was_not_written_is_told(observatory, tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"counts\.csv") as caught:
        write_package(
            {"counts": observatory.protected()["counts"]},
            tmp_path,
            title=TITLE,
            sources=observatory.sources,
            licence="",
            version="1",
        )

    assert "Write the tables first" in str(caught.value)
    assert not (tmp_path / "datapackage.json").exists()


def test_the_package_of_a_real_run_is_valid(tmp_path: Path) -> None:
    """El Salvador 1995 to 2012 (domain.md 1.8), from delivery to data package."""
    folder = tmp_path / "el-salvador"
    copy_example("el-salvador", folder)
    run_observatory(folder, progress=lambda *_: None)

    report = frictionless(folder / "output")

    assert report["valid"], [task["errors"] for task in report["tasks"]]
    rows = {task["name"]: task["stats"].get("rows", 0) for task in report["tasks"]}
    assert rows["printed_rates"] == 18
    written = {path.stem for path in (folder / "output" / "tables").glob("*.csv")}
    assert rows.keys() == written
