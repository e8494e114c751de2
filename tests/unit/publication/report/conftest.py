"""Observatories for the report, made once."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from testigo.publication import Report, render_report
from testigo.publication.report.evidence import Evidence


def load_observatories() -> ModuleType:
    """The builders beside this file, whatever the import mode."""
    path = Path(__file__).with_name("observatories.py")
    spec = importlib.util.spec_from_file_location("report_observatories", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def observatories() -> ModuleType:
    return load_observatories()


@pytest.fixture(scope="session")
def small(observatories) -> Report:
    return observatories.small_report()


@pytest.fixture(scope="session")
def evidence(small) -> Evidence:
    return Evidence(small)


@pytest.fixture(scope="session")
def one_table(observatories) -> Report:
    return observatories.one_table_report()


@pytest.fixture(scope="session")
def hidden(observatories, small) -> Report:
    return observatories.suppressed(small, "counts", "rates", "convergence")


@pytest.fixture(scope="session")
def small_page(small) -> str:
    return render_report(small)
