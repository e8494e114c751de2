"""The reference of the manual is what the program says."""

import importlib.util

import pytest


@pytest.fixture(scope="module")
def pages(root):
    """The tool that writes the pages."""
    path = root / "tools" / "write_reference.py"
    spec = importlib.util.spec_from_file_location("write_reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PAGES


@pytest.mark.parametrize("name", ["commands.md", "configuration.md", "python.md"])
def test_the_page_is_as_the_program_says(pages, root, name, monkeypatch):
    """When it is not: python tools/write_reference.py."""
    monkeypatch.setenv("COLUMNS", "92")
    written = (root / "docs" / "reference" / name).read_text(encoding="utf-8")

    assert written == pages[name]()


def test_every_key_is_on_its_page(root):
    from testigo.observatory import CONFIGURATION_KEYS

    page = (root / "docs" / "reference" / "configuration.md").read_text(encoding="utf-8")

    assert [key for key in CONFIGURATION_KEYS if f"`{key.split('.')[-1]}`" not in page] == []
