"""The review page in a real browser: with the keyboard alone, without a network, on any screen."""

from __future__ import annotations

import pytest

from testigo.core import Text
from testigo.linkage import (
    choose_pairs,
    link_victims,
    read_review_answers,
    render_review,
    show_pairs,
    simulate_lists,
)

NAMES = {name: Text(name, name) for name in ("police", "forensic", "press", "ngo")}

pytestmark = pytest.mark.xdist_group("review_page")


@pytest.fixture(scope="module")
def sheet_and_page():
    lists = simulate_lists(300, seed=2).drop_columns(["victim", "incident"])
    linked = link_victims(lists, sorted(NAMES))
    accepted = lists.sort_by([(name, "ascending") for name in ("source", "file", "row", "cell")])
    sheet = choose_pairs(linked.links, linked.pairs, linked.blocking, size=30, seed=1)
    shown = show_pairs(
        sheet,
        linked.links,
        linked.pairs,
        accepted,
        model=linked.model,
        sources=NAMES,
        areas={},
    )
    name = Text("Prueba", "Trial")
    return sheet, render_review(sheet.id, shown, name=name, languages=("es", "en"))


@pytest.fixture
def visit(browser, sheet_and_page, tmp_path):
    """Open the page from a file; what it says on the console and asks of the network is kept."""
    opened = []

    def go(**options):
        path = tmp_path / "review.html"
        path.write_text(sheet_and_page[1], encoding="utf-8")
        context = browser.new_context(accept_downloads=True, **options)
        opened.append(context)
        tab = context.new_page()
        tab.complaints, tab.requests = [], []
        tab.on("console", lambda message: tab.complaints.append(message.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.goto(path.as_uri())
        return tab

    yield go
    for context in opened:
        context.close()


def press(tab, keys):
    for key in keys.split():
        tab.keyboard.press(key)


def number(tab) -> str:
    return tab.inner_text(".pair.current h2").split()[1]


def saved(tab, tmp_path):
    with tab.expect_download() as download:
        press(tab, "w")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_sheet_is_answered_with_the_keyboard_and_read_back(
    visit, sheet_and_page, tmp_path
) -> None:
    tab, sheet = visit(), sheet_and_page[0]
    codes = sheet.pairs["pair"].to_pylist()
    press(tab, "1 s d ArrowRight u k k k x n j j S")
    found = read_review_answers(saved(tab, tmp_path), {sheet.id: codes})

    assert {code: one.answer for code, one in found.given.items()} == {
        codes[0]: "same", codes[3]: "unsure", codes[4]: "same",
    }  # fmt: skip
    assert found.given[codes[0]].reason == "names"
    assert tab.complaints == []
    assert [url for url in tab.requests if not url.startswith(("file:", "blob:"))] == []


def test_answers_are_kept_and_reviewers_do_not_see_each_other(visit) -> None:
    tab = visit()
    press(tab, "s s d")
    tab.reload()
    assert tab.inner_text("#count") == "3"
    assert number(tab) == "4"
    tab.select_option("#reviewer", "2")
    assert tab.inner_text("#count") == "0"
    tab.select_option("#reviewer", "1")
    assert tab.inner_text("#count") == "3"


def test_reasons_show_after_an_answer_only(visit) -> None:
    tab = visit()
    press(tab, "r")
    assert not tab.is_visible(".pair.current .reasons")
    press(tab, "u")
    assert number(tab) == "1"  # it stays, so that the reasons can be read
    assert tab.is_visible(".pair.current .reasons")
    press(tab, "j")
    assert not tab.is_visible(".pair.current .reasons")


def test_without_a_place_to_keep_answers_the_page_says_so_and_still_saves(
    visit, sheet_and_page, tmp_path
) -> None:
    tab = visit()
    tab.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    tab.reload()
    press(tab, "s d")

    assert tab.is_visible("#no-storage")
    assert saved(tab, tmp_path).read_text(encoding="utf-8").count("\n") == 3


def test_the_browsers_language_is_spoken_and_can_be_changed(visit) -> None:
    tab = visit(locale="es-GT")
    assert tab.title() == "¿Hablan estos registros de una misma persona?"
    tab.click("label[for=lang-en]")
    assert tab.title() == "Do these records speak of one person?"
    assert tab.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_is_wider_than_the_screen(visit, width) -> None:
    tab = visit(viewport={"width": width, "height": 700})
    press(tab, "r s")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_all_pairs_can_be_read(visit, sheet_and_page) -> None:
    tab = visit(java_script_enabled=False)

    assert tab.locator(".pair").count() == sheet_and_page[0].pairs.num_rows
    assert tab.locator(".pair").last.is_visible()
    assert not tab.locator(".reasons").first.is_visible()


def test_on_paper_every_pair_stands_without_its_reasons(visit) -> None:
    tab = visit()
    press(tab, "r s")
    tab.emulate_media(media="print")

    assert tab.locator(".pair").last.is_visible()
    assert not tab.locator(".reasons").first.is_visible()
    assert not tab.is_visible("#bar")
