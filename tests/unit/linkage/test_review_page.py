"""The page shows two records side by side, hides what the program thinks, and trusts no cell."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from testigo.core import Text
from testigo.linkage import choose_pairs, render_review, show_pairs, tabulate_shown
from testigo.publication import csv_bytes

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
FORMULA = "=HYPERLINK(A1)"
SOURCES = {"a": Text("Policía", "Police"), "b": Text("Prensa", "Press")}


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.fixture
def shown(draw):
    """The pairs of two lists that agree in part, one name hostile."""
    drawing = draw(f"""
        source | given_names | surnames  | victim
        a      | Ana María   | Rojas Paz | A
        b      | ANA         | ROJAS PAZ | A
        a      | {FORMULA}   | {HOSTILE} | B
        b      | Luis        | Soto      | B
    """)
    linked = drawing.linked()
    accepted = linked.links.select(["file", "row"])
    for name in drawing.accepted.column_names:
        accepted = accepted.append_column(
            name, drawing.accepted[name].take(_order(drawing, linked))
        )
    sheet = choose_pairs(linked.links, linked.pairs, linked.blocking, size=20, seed=1)
    pairs = show_pairs(
        sheet,
        linked.links,
        linked.pairs,
        accepted,
        model=linked.model,
        sources=SOURCES,
        areas={"El Roble": "El Roble & co"},
    )
    return sheet, pairs


def _order(drawing, linked):
    places = {one: place for place, one in enumerate(drawing.accepted["id"].to_pylist())}
    return [places[one] for one in linked.links["source_record_id"].to_pylist()]


def page_of(shown, **options) -> str:
    sheet, pairs = shown
    given = {"name": Text("Prueba", "Trial"), "languages": ("es", "en")} | options
    return render_review(sheet.id, pairs, **given)


def test_no_cell_becomes_markup(shown) -> None:
    page = page_of(shown)
    elements = Elements()
    elements.feed(page)

    assert HOSTILE not in page
    assert [tag for tag, _ in elements.seen].count("script") == 1
    assert "img" not in {tag for tag, _ in elements.seen}
    assert "El Roble &amp; co" in page


def test_nothing_is_asked_of_the_network(shown) -> None:
    elements = Elements()
    elements.feed(page_of(shown))
    meta = [given for tag, given in elements.seen if tag == "meta"]
    policy = next(
        given["content"] for given in meta if given.get("http-equiv") == "Content-Security-Policy"
    )

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not [given for _, given in elements.seen if given.keys() & {"src", "href", "action"}]


def test_scores_and_decisions_are_hidden_until_an_answer(shown) -> None:
    elements = Elements()
    elements.feed(page_of(shown))
    reasons = [given for tag, given in elements.seen if given.get("class") == "reasons"]

    assert reasons
    assert all("hidden" in given for given in reasons)


def test_what_differs_is_marked_and_what_is_written_otherwise_is_not(shown) -> None:
    page = page_of(shown)

    assert "<mark>María</mark>" in page
    assert "<td>Rojas Paz</td><td>ROJAS PAZ</td>" in page


def test_one_language_has_no_switch(shown) -> None:
    page = page_of(shown, languages=("en",))

    assert 'class="switch"' not in page
    assert "Misma" not in page
    assert "Do both records speak of one person?" in page


def test_synthetic_data_say_so(shown) -> None:
    assert "Los datos son sintéticos" in page_of(shown, synthetic=True)
    assert "Los datos son sintéticos" not in page_of(shown)


def test_the_same_pairs_make_the_same_bytes(shown) -> None:
    assert page_of(shown) == page_of(shown)


def test_every_word_of_the_script_finds_its_element(shown) -> None:
    """What the script looks up by id stands in the page."""
    page = page_of(shown)
    wanted = set(re.findall(r'one\("([\w-]+)"\)', page))

    assert {name for name in wanted if f'id="{name}"' not in page} == set()


def test_the_table_has_each_field_of_both_records_and_room_for_an_answer(shown) -> None:
    sheet, pairs = shown
    table = tabulate_shown(sheet.id, pairs, "es")

    assert table.column_names[:6] == ["sheet", "pair", "answer", "reason", "source_a", "source_b"]
    assert set(table["source_a"].to_pylist()) <= {"Policía", "Prensa"}
    assert {"given_names_a", "given_names_b", "date_a", "weapon_b"} <= set(table.column_names)
    assert set(table["answer"].to_pylist()) == {""}
    assert not {"person", "linked", "purpose", "probability"} & set(table.column_names)


def test_the_table_holds_no_formula(shown) -> None:
    sheet, pairs = shown
    content = csv_bytes(tabulate_shown(sheet.id, pairs, "es")).decode()

    assert f"'{FORMULA}" in content
    assert f",{FORMULA}" not in content


def test_reasons_say_how_much_each_field_weighs(shown) -> None:
    _, pairs = shown
    reasons = {str(one.label): one for pair in pairs for one in pair.reasons if pair.linked}

    assert reasons["Surnames"].strangers > 10
    assert reasons["Date"].co_victims == pytest.approx(1)  # it cannot tell co-victims apart
    assert str(reasons["Age"].level) == "not stated"
