"""One browser for the guardrails that look at pages."""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM = os.environ.get("TESTIGO_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.fixture(scope="module")
def browser():
    """A Chromium of the system; without one the test says so and is skipped."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: set TESTIGO_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()
