"""The page keeps its promises: nothing from the network, readable by everybody, small."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from testigo.publication import render_report

BUILDERS = Path(__file__).parents[1] / "unit" / "publication" / "report" / "observatories.py"
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
VOID = frozenset({"meta", "input", "br", "img", "link", "hr"})
MIB = 1024 * 1024

pytestmark = pytest.mark.xdist_group("report_page")  # the pages are made once


def builders():
    spec = importlib.util.spec_from_file_location("report_observatories", BUILDERS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reports():
    """Every kind of observatory that the page must do justice to."""
    made = builders()
    small = made.small_report()
    return {
        "small": small,
        "hostile": made.small_report(hostile=HOSTILE),
        "no outlines": made.small_report(outlines=False),
        "no population": replace(
            small, tables={name: t for name, t in small.tables.items() if name != "rates"}
        ),
        "suppressed": made.suppressed(small, "counts", "rates", "convergence"),
        "blocked": made.one_table_report(),
        "signed": made.one_table_report(signed=True),
        "one language": replace(small, languages=("es",)),
        "english first": replace(small, languages=("en", "es")),
        "nothing yet": replace(small, tables={}),
    }


@pytest.fixture(scope="module")
def pages():
    return {name: render_report(report) for name, report in reports().items()}


@pytest.fixture(scope="module")
def mexico(shared):
    """A country: 9 sources, 32 states, 2,469 municipalities, 36 years."""
    report = builders().mexico_report(shared / "mexico")
    began = time.process_time()
    page = render_report(report)
    return page, time.process_time() - began


class Element:
    """One element, with what is in it."""

    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, dict(attributes), parent
        self.children, self.texts = [], []

    def all(self, *tags):
        found = [self] if self.tag in tags else []
        return found + [one for child in self.children for one in child.all(*tags)]

    @property
    def text(self):
        return " ".join([*self.texts, *(child.text for child in self.children)]).strip()


class Reader(HTMLParser):
    """Builds the tree and complains about what is not closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("root", (), None)
        self.wrong = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, attrs, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Element(tag, attrs, self.at))

    def handle_endtag(self, tag):
        if self.at.tag != tag:
            self.wrong.append((self.at.tag, tag))
        self.at = self.at.parent or self.at

    def handle_data(self, data):
        if data.strip():
            self.at.texts.append(data.strip())


def read(page):
    reader = Reader()
    reader.feed(page)
    assert reader.wrong == []
    return reader.root


@pytest.fixture(scope="module")
def trees(pages):
    return {name: read(page) for name, page in pages.items()}


NAMES = (
    *("small", "hostile", "no outlines", "no population", "suppressed", "blocked", "signed"),
    *("one language", "english first", "nothing yet"),
)
every_page = pytest.mark.parametrize("name", NAMES)


@every_page
def test_nothing_is_asked_of_the_network(pages, trees, name):
    page, tree = pages[name], trees[name]

    assert not re.search(r"https?://", page)
    assert not re.search(r"url\((?!#)", page)
    assert tree.all("link", "img", "iframe", "object", "embed", "video", "audio", "source") == []
    assert [one for one in tree.all("script", "use", "image") if "src" in one.attributes] == []
    assert all(re.match(r"#|\.\./", one.attributes["href"]) for one in tree.all("a"))
    assert "@import" not in page


@every_page
def test_the_policy_allows_only_our_own_style_and_script(pages, trees, name):
    (policy,) = [
        one.attributes["content"]
        for one in trees[name].all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    ]

    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", pages[name], re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@every_page
def test_no_element_carries_style_or_behaviour(trees, name):
    carried = [
        (one.tag, key)
        for one in trees[name].all(*{child.tag for child in everything(trees[name])})
        for key in one.attributes
        if key == "style" or key.startswith("on")
    ]

    assert carried == []


def everything(element):
    for child in element.children:
        yield child
        yield from everything(child)


def test_hostile_names_stay_text(pages, trees):
    assert len(trees["hostile"].all("script")) == 1
    assert trees["hostile"].all("img") == []
    assert "&lt;script&gt;" in pages["hostile"]


@every_page
def test_ids_are_unique_and_links_and_labels_lead_to_one(trees, name):
    ids = [one.attributes["id"] for one in everything(trees[name]) if "id" in one.attributes]
    wanted = [
        part
        for one in everything(trees[name])
        for key in ("aria-labelledby", "for", "data-copy")
        for part in one.attributes.get(key, "").split()
    ]
    anchors = [
        one.attributes["href"][1:]
        for one in trees[name].all("a")
        if one.attributes["href"].startswith("#")
    ]

    assert len(ids) == len(set(ids))
    assert set(wanted) | set(anchors) <= set(ids)


@every_page
def test_headings_are_in_order(trees, name):
    levels = [
        int(one.tag[1]) for one in everything(trees[name]) if re.fullmatch(r"h[1-6]", one.tag)
    ]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_page
def test_the_page_has_its_landmarks(trees, name):
    for tag in ("header", "main", "nav", "footer"):
        assert len(trees[name].all(tag)) == 1


@every_page
def test_every_picture_has_words(trees, name):
    by_id = {one.attributes["id"]: one for one in everything(trees[name]) if "id" in one.attributes}
    for svg in trees[name].all("svg"):
        if svg.attributes.get("aria-hidden") == "true":
            continue
        assert svg.attributes["role"] == "img"
        names = svg.attributes["aria-labelledby"].split()
        assert all(by_id[one].text for one in names)


@every_page
def test_tables_can_be_heard(trees, name):
    for table in trees[name].all("table"):
        assert table.all("caption")[0].text
        assert {one.attributes["scope"] for one in table.all("th")} <= {"col", "row"}
        widths = {len(row.all("th", "td")) for row in table.all("tr")}
        assert len(widths) == 1


@every_page
def test_every_text_is_there_in_each_language_of_the_page(trees, name):
    """Spans stand side by side, one for each language, and none is empty."""
    languages = ["es", "en"] if name != "one language" else []
    if name == "english first":
        languages = ["en", "es"]
    groups = {}
    for one in everything(trees[name]):
        if one.tag == "span" and "lang" in one.attributes:
            groups.setdefault(id(one.parent), []).append(one)
    for spans in groups.values():
        said = [span.attributes["lang"] for span in spans]
        assert said == languages * (len(said) // len(languages))
        assert all(span.text for span in spans)
    assert bool(groups) == (name != "one language")


def test_the_first_language_is_shown_without_any_script(trees):
    assert trees["english first"].children[0].attributes["lang"] == "en"
    checked = [
        one.attributes["value"]
        for one in trees["english first"].all("input")
        if "checked" in one.attributes
    ]
    assert checked == ["en"]
    assert trees["one language"].all("input")[0].attributes["type"] == "search"


def test_the_sections_come_in_the_order_of_the_design(trees):
    sections = [one.attributes["id"] for one in trees["small"].all("section")]

    assert sections == [
        *("question", "disagreement", "rates-section", "trends", "inconsistencies", "quality"),
        *("downloads", "method", "provenance"),
    ]


def test_what_is_not_there_is_said(trees):
    absent = [
        one.text for one in everything(trees["blocked"]) if one.attributes.get("class") == "absent"
    ]

    assert "Where the institutions disagree" in absent[0]
    assert "blocked" in absent[0]


def test_a_blocked_source_shows_no_figure_as_ours(pages):
    hero = pages["blocked"].split("<nav")[0]

    assert "2576" not in hero
    assert "2,576" not in hero
    assert "2576" in pages["signed"].split("<nav")[0]


def test_the_same_report_gives_the_same_bytes(pages):
    assert render_report(reports()["small"]) == pages["small"]


def test_a_page_tells_no_path_and_no_clock(pages):
    for page in pages.values():
        assert "/home/" not in page
        assert "/tmp/" not in page  # noqa: S108  # looked for, not used


def test_a_country_fits_a_usb_stick_and_a_coffee(mexico):
    page, seconds = mexico

    assert len(page.encode()) < 5 * MIB
    assert seconds < 15


def test_a_country_gives_the_printed_numbers(mexico):
    """data/expected_answers.json of the shared folder; domain.md 11."""
    page, _ = mexico

    for number in ("26,673", "35,787", "35,545", "28,830", "28,804", "21.99", "22.56"):
        assert number in page
    assert "entre 26\u202f673 y 35\u202f787" in page
    assert "In 2,166 places and months" in page
    assert page.count("<tr>") > 2_469


def test_a_country_is_well_made_too(mexico):
    tree = read(mexico[0])
    ids = [one.attributes["id"] for one in everything(tree) if "id" in one.attributes]

    assert len(ids) == len(set(ids))
    assert len(tree.all("h1")) == 1
    assert not re.search(r"https?://|url\((?!#)", mexico[0])


# --- In a real browser ----------------------------------------------------------------------------


@pytest.fixture
def visit(browser, tmp_path):
    """Open a page from a file; what it says on the console and asks of the network is kept."""
    opened = []

    def go(html, *, query="", width=1280, **options):
        path = tmp_path / "index.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(context)
        tab = context.new_page()
        tab.complaints, tab.requests = [], []
        tab.on("console", lambda message: tab.complaints.append(message.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.goto(path.as_uri() + query)
        return tab

    yield go
    for context in opened:
        context.close()


@every_page
def test_a_browser_finds_nothing_to_complain_of(pages, visit, name):
    tab = visit(pages[name])

    assert tab.complaints == []
    assert len(tab.requests) == 1
    assert tab.requests[0].startswith("file:")


@every_page
@pytest.mark.parametrize("width", [390, 768])
def test_nothing_sticks_out_of_a_phone(pages, visit, name, width):
    tab = visit(pages[name], width=width)
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_country_opens_on_a_phone(mexico, visit):
    tab = visit(mexico[0], width=390)

    assert tab.complaints == []
    assert len(tab.requests) == 1
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def visible(tab, language):
    return tab.locator(f"h1 span[lang={language}]").is_visible()


def test_the_switch_works_without_a_script(pages, visit):
    tab = visit(pages["small"], java_script_enabled=False, locale="en")
    assert (visible(tab, "es"), visible(tab, "en")) == (True, False)

    tab.locator("label[for=lang-en]").click()
    assert (visible(tab, "es"), visible(tab, "en")) == (False, True)


def test_the_switch_works_by_keyboard(pages, visit):
    tab = visit(pages["small"], locale="es")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowRight")

    assert visible(tab, "en")
    assert tab.evaluate("document.documentElement.lang") == "en"
    outline = tab.locator("label[for=lang-en]").evaluate(
        "one => getComputedStyle(one).outlineStyle"
    )
    assert outline == "solid"


@pytest.mark.parametrize(
    ("query", "locale", "shown"),
    [("", "en-GB", "en"), ("", "es-SV", "es"), ("", "fr", "es"), ("?lang=es", "en", "es")],
)
def test_the_reader_s_language_is_honoured(pages, visit, query, locale, shown):
    tab = visit(pages["small"], query=query, locale=locale)

    assert visible(tab, shown)
    assert tab.evaluate("document.documentElement.lang") == shown
    assert tab.title().startswith("How" if shown == "en" else "¿")


def test_the_choice_is_remembered(pages, visit):
    tab = visit(pages["small"], locale="es")
    tab.locator("label[for=lang-en]").click()
    for _ in range(10):  # the browser hands what it remembers to the next page in its own time
        tab.wait_for_timeout(200)
        tab.reload()
        if visible(tab, "en"):
            break

    assert visible(tab, "en")


def test_the_sentence_is_copied_in_the_language_shown(pages, visit):
    tab = visit(pages["small"], locale="es")
    tab.evaluate(
        "() => { window.copied = null; document.execCommand = () => {"
        " window.copied = document.activeElement.value; return true; };"
        " Object.defineProperty(navigator, 'clipboard', { value: undefined }); }"
    )
    tab.locator("button.copy").first.click()

    copied = tab.evaluate("window.copied")
    assert copied.startswith("En 2020 fueron asesinadas en Nación entre 444 y 642 personas")
    assert "people" not in copied


def test_a_place_is_found_whatever_its_accents(pages, visit):
    page = pages["small"].replace("Villa 12", "Villa Ñúñez")
    tab = visit(page, locale="es")
    tab.locator(".seek input").fill("villa nunez")

    rows = tab.locator(".finder tbody tr:visible")
    assert rows.count() == 1
    assert "Villa Ñúñez" in rows.first.inner_text()


def test_without_a_script_there_are_no_dead_buttons(pages, visit):
    tab = visit(pages["small"], java_script_enabled=False)

    assert tab.locator("button:visible").count() == 0
    assert tab.locator(".seek:visible").count() == 0


def test_print_keeps_figures_whole_and_shows_where_links_lead(pages, visit):
    tab = visit(pages["small"], locale="es")
    tab.emulate_media(media="print")
    keep = tab.locator(".keep").first.evaluate("one => getComputedStyle(one).breakInside")
    link = tab.locator(".downloads a").first.evaluate(
        "one => getComputedStyle(one, '::after').content"
    )

    assert keep == "avoid"
    assert "../tables/" in link
    assert tab.locator(".switch").is_hidden()
    assert tab.locator("svg >> visible=true").count() > 0


def test_print_writes_the_rates_that_nobody_has_opened(pages, visit):
    tab = visit(pages["small"], locale="es")
    table = tab.locator("#rates-figure details.printed table")
    assert not table.is_visible()

    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert table.is_visible()

    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    tab.emulate_media(media="screen")
    assert not table.is_visible()


def test_print_breaks_no_sentence_and_no_map(pages, visit):
    tab = visit(pages["small"], locale="es")
    tab.emulate_media(media="print")
    for sort in (".lead", ".picture", "tr"):
        found = tab.locator(sort).first.evaluate("one => getComputedStyle(one).breakInside")
        assert found == "avoid", sort


def test_axes_count_in_the_language_shown(mexico, visit):
    tab = visit(mexico[0], locale="en")
    axis = tab.locator("#ten-places-figure .wide svg")

    assert "1,000" in axis.locator("text:visible").all_text_contents()
    tab.locator("label[for=lang-es]").click()
    assert "1000" in axis.locator("text:visible").all_text_contents()
    assert "1,000" not in axis.locator("text:visible").all_text_contents()


def test_the_answer_whether_two_sources_converge_is_seen_on_a_phone(mexico, visit):
    tab = visit(mexico[0], width=390, locale="es")
    box = tab.locator("#pairs-figure tbody td").first.bounding_box()

    assert box["x"] + box["width"] <= 390
