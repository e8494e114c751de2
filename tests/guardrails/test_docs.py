"""The manual holds together: links lead somewhere, examples of testigo.toml are valid."""

import re
import tomllib

import pytest

BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PICTURE = re.compile(r"\.(png|svg|jpg)$")
WRITTEN_LATER = "benchmarks.md"  # by `make bench`
OBSERVATORY = '[observatory]\nname = "x"\n'


def pages(root):
    """Every page of the manual."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")])


def test_every_link_leads_somewhere(root):
    broken = [
        f"{page.relative_to(root)}: {link}"
        for page in pages(root)
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists() and not link.endswith(WRITTEN_LATER)
    ]

    assert broken == []


def test_every_page_can_be_reached_from_the_first(root):
    reached, waiting = set(), [root / "README.md", root / "docs" / "index.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        text = page.read_text(encoding="utf-8")
        waiting += [page.parent / link for link in LINK.findall(text)]
    lost = [
        page.relative_to(root).as_posix()
        for page in root.glob("docs/**/*.md")
        if page.resolve() not in reached and page.parent.name != "decisions"
    ]

    assert lost == []


def test_every_picture_is_used(root):
    used = {
        (page.parent / link).resolve()
        for page in pages(root)
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if PICTURE.search(link)
    }
    kept = {path.resolve() for path in (root / "docs" / "images").glob("*.*")}

    assert kept - used == set()


def test_examples_of_the_configuration_are_valid(root, tmp_path):
    from testigo.observatory import read_configuration

    read = 0
    for page in pages(root):
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            text = block if "observatory" in tomllib.loads(block) else OBSERVATORY + block
            if not {"sources", "population", "areas"} & set(tomllib.loads(block)):
                continue
            if "[[sources]]" not in text:
                text += SOURCE
            (tmp_path / "testigo.toml").write_text(text, encoding="utf-8")
            try:
                read_configuration(tmp_path)
            except Exception as error:  # noqa: BLE001  # told with its page
                pytest.fail(f"{page.relative_to(root)}: {error}\n{block}")
            read += 1

    assert read


SOURCE = """
[[sources]]
id = "a"
name = "a"
kind = "tallies"
family = "press"
file = "sources/a.csv"
columns = { area = "a", year = "b", value = "c" }
"""
