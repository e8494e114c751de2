"""The tutorials on estimates print what the program prints; their prose quotes no other number."""

import importlib.util
import re

import pytest

import testigo.estimation
from testigo.estimation import file_estimates

NUMBER = re.compile(r"\b\d{1,3}(?:[ ,]\d{3})+\b|\b\d{4,}\b")
NOT_OURS = {"1999", "2002", "10401"}  # years, and the Kosovo Memory Book
PAGES = ("docs/tutorials/overlap-table-to-sentence.md", "docs/es/de-una-tabla-a-una-frase.md")


@pytest.fixture(scope="module")
def tool(root):
    """The script that writes the answers into the pages."""
    place = root / "tools" / "write_told_estimates.py"
    spec = importlib.util.spec_from_file_location("write_told_estimates", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def estimates():
    """`file_estimates`, asked once for all methods; the first of them is the one asked alone."""
    known = {}

    def answer(tables, *, method, **options):
        told = tuple((table.stratum, table.counts.tobytes()) for table in tables)
        if sum(len(table.counts) for table in tables) < 9:
            return file_estimates(tables, method=method, **options)
        if told not in known:
            known[told] = file_estimates(tables, method="all", **options)
        table, verdicts = known[told]
        return (table, verdicts) if method == "all" else (table.slice(0, 1), verdicts[:1])

    return answer


@pytest.fixture
def typing(estimates, tmp_path, monkeypatch):
    """An empty folder and a wide terminal, where nothing is estimated twice."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "10000")
    monkeypatch.setattr(testigo.estimation, "file_estimates", estimates)
    return monkeypatch


@pytest.mark.xdist_group("told_estimates")  # all methods are asked once
@pytest.mark.parametrize("name", PAGES)
def test_the_answers_are_those_of_the_program(root, tool, name, typing):
    """When they are not: python tools/write_told_estimates.py, and read the prose."""
    typing.setenv("TESTIGO_LANG", tool.PAGES[name])
    page = (root / name).read_text(encoding="utf-8")

    assert tool.renew(page, tool.ask) == page


@pytest.mark.parametrize("name", PAGES)
def test_the_prose_quotes_no_number_that_is_not_in_a_table_or_an_answer(root, name):
    page = (root / name).read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^```\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    prose = page.replace(blocks, "")

    assert numbers(prose) - numbers(blocks) <= NOT_OURS


def numbers(text):
    """Numbers of four digits or more, as digits alone."""
    return {re.sub(r"\D", "", found) for found in NUMBER.findall(text)}
