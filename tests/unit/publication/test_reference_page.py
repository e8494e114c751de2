"""The manual says what the policy and the published tables are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from testigo.publication import PUBLISHED, VALUE_STATUSES
from testigo.publication.disclosure import FLOOR_K


def test_the_page_of_the_tables_is_as_the_program_says(root: Path) -> None:
    """When it is not: python tools/write_reference.py."""
    spec = importlib.util.spec_from_file_location("pages", root / "tools" / "write_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    written = (root / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")

    assert written == module.tables_page()


@pytest.fixture(scope="module")
def policy(root: Path) -> str:
    return (root / "docs" / "reference" / "disclosure.md").read_text(encoding="utf-8")


def test_the_floor_is_documented(policy: str) -> None:
    assert f"k = {FLOOR_K}" in policy
    assert f"`k = {FLOOR_K - 1}` ends with exit code 10" in policy


@pytest.mark.parametrize("status", VALUE_STATUSES)
def test_every_status_is_documented(policy: str, status: str) -> None:
    assert f"| `{status}` |" in policy


def test_every_table_that_hides_something_is_documented(policy: str) -> None:
    hiding = {
        name for name, schema in PUBLISHED.items() if "value_status" in schema.arrow.names
    } | {"consistency", "consistency_cells"}

    assert [name for name in sorted(hiding) if f"| {name} |" not in policy] == []


def test_the_page_of_the_promises_names_files_that_exist(root: Path) -> None:
    page = (root / "docs" / "explanation" / "security.md").read_text(encoding="utf-8")
    named = {word.strip("`(),") for word in page.split() if word.startswith("`")}
    files = {word for word in named if word.endswith((".py", "/")) and "/" in word}

    missing = [
        name
        for name in sorted(files)
        if not name.startswith(("store", "sources", "hand", "output"))
        and not (root / name).exists()
        and not (root / "src" / "testigo" / name).exists()
    ]

    assert missing == []
