"""Whoever must rely on an estimate gets one sheet of paper, and can read it on a phone."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from testigo.estimation import ESTIMATES, SENSITIVITY
from testigo.publication import render_report

BUILDERS = Path(__file__).parents[1] / "unit" / "publication" / "report" / "observatories.py"
PIXELS = 96 / 25.4  # of a millimetre
WIDE, TALL = (210 - 2 * 15) * PIXELS, (297 - 16 - 18) * PIXELS  # A4 within the page's margins
LISTS = ("police", "health", "press", "ngo", "forensic")
REASONS = {
    "far_beyond_observed": "0.99/0.5",
    "unequal_people": "0.73/0.25",
    "two_answers": "0.2/0.1",
    "models_disagree": "2/0",
    "list_left_out_moves": "3/0",
    "lists_merged_move": "3/0",
    "classes_move": "0.08/0.05",
    "prior_moves": "1/0",
}

pytestmark = pytest.mark.xdist_group("report_page")


def full_page() -> str:
    """Five lists, every setting, more reasons than an estimate ever had, strata left out."""
    spec = importlib.util.spec_from_file_location("report_observatories", BUILDERS)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    pairs = [f"{one}+{two}" for at, one in enumerate(LISTS) for two in LISTS[at + 1 :]][:6]
    settings = [
        ("main", ["latent-class"]),
        ("method", ["graphs", "log-linear", "sparse", "lower-bound"]),
        ("highest_order", ["0.25", "0.5", "1", "2", "4"]),
        ("list_left_out", LISTS),
        ("lists_merged", pairs),
        ("classes", ["20"]),
        ("prior", ["coverage"]),
    ]
    rows = [
        {"stratum": "", "kind": kind, "setting": setting, "strata": 12 - (kind != "main"),
         "strata_refused": 1 + (kind != "main"), "recorded": 4_000, "recorded_refused": 400,
         "median": 10_000.0 + 400 * at, "low": 9_000.0, "high": 16_000.0 + 4_000 * at,
         "usual": 10_400.0, "usual_low": 9_000.0, "usual_high": 13_700.0, "level": 0.95,
         "verdict": "warn", "reasons": ""}
        for kind, each in settings for at, setting in enumerate(each)
    ]  # fmt: skip
    estimate = {
        "stratum": "", "method": "latent-class", "observed": 4_400, "median": 10_000.0,
        "low": 9_000.0, "high": 16_000.0, "level": 0.95, "verdict": "warn",
        "reasons": " ".join(REASONS),
        "measured": " ".join(f"{code}={numbers}" for code, numbers in REASONS.items()),
    }  # fmt: skip
    small = made.small_report()
    tables = {"estimates": ESTIMATES.table([estimate]), "sensitivity": SENSITIVITY.table(rows)}
    return render_report(replace(small, tables={**small.tables, **tables}))


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("assumptions") / "index.html"
    path.write_text(full_page(), encoding="utf-8")
    return path.as_uri()


def opened(browser, page, width, language):
    tab = browser.new_page(viewport={"width": width, "height": 900}, locale=language)
    tab.goto(page)
    return tab


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_fullest_page_fits_on_one_sheet(browser, page, language) -> None:
    tab = opened(browser, page, int(WIDE), language)
    tab.emulate_media(media="print")
    tall = tab.locator("#assumptions").bounding_box()["height"]
    breaks = tab.locator("#assumptions").evaluate(
        "one => [getComputedStyle(one).breakBefore, getComputedStyle(one).breakAfter]"
    )
    tab.close()

    assert breaks == ["page", "page"]
    assert tall <= TALL


def test_on_a_phone_nothing_sticks_out_and_the_table_is_reached_by_keyboard(browser, page) -> None:
    tab = opened(browser, page, 390, "es")
    table = tab.locator("#assumptions details")
    table.locator("summary").focus()
    tab.keyboard.press("Enter")
    is_open = table.evaluate("one => one.open")
    wide = tab.evaluate("document.documentElement.scrollWidth")
    tab.close()

    assert is_open
    assert wide <= 390
