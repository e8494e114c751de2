from dataclasses import replace

import pytest

from testigo.publication.report.choices import choose_rates
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Note
from testigo.publication.report.maps import lay_out
from testigo.publication.report.rate_views import rate_cell, tell_standing, view_rates
from testigo.publication.report.rates import show_rates
from testigo.publication.report.speech import in_words


def figures(section):
    return {part.ident: part for part in section.parts if not isinstance(part, Note)}


@pytest.fixture(scope="module")
def shown(small, evidence):
    return figures(show_rates(evidence, lay_out(small.catalogue), "2020"))


def test_places_stand_by_name_never_by_rate(shown):
    names = [row[0] for row in shown["rates"].table.rows]

    assert names == sorted(names)
    assert any("nobody here is first or last" in str(note) for note in shown["rates"].notes)


def test_every_denominator_has_a_column(shown):
    head = [in_words(name, "en") for name in shown["rates"].table.head]

    assert head == ["state", "victims", "rate, Census", "rate, Projection"]


def test_each_rate_stands_with_its_interval(shown):
    assert all("(" in str(cell) for row in shown["rates"].table.rows for cell in row[2:])


def test_two_denominators_are_shown_side_by_side(shown):
    rivals = shown["denominators"]

    assert "The same 642 victims of 2020 make 47.96 or 48.86" in str(rivals.title)
    assert "does not begin at zero" in str(rivals.notes[0])


def test_small_numbers_have_no_colour(evidence):
    view = view_rates(evidence, choose_rates(evidence, "area", "2020"))
    standings = {code: tell_standing(view.row(code)) for code in view.rows}

    few = [code for code, standing in standings.items() if standing == "few"]
    assert few
    assert all(0 < view.row(code)["victims"] < 20 for code in few)
    assert all("*" in str(rate_cell(view.row(code))) for code in few)


def test_zero_unknown_suppressed_and_few_stay_apart():
    row = {"rate": 1.0, "rate_low": 0.0, "rate_high": 2.0, "victims": 3, "reasons": ""}

    assert tell_standing(None) == "unknown"
    assert tell_standing(row) == "coloured"
    assert tell_standing(row | {"victims": 0}) == "zero"
    assert tell_standing(row | {"reasons": "fewer_than_20_victims"}) == "few"
    assert tell_standing(row | {"rate": None, "reasons": "no_population"}) == "unknown"
    assert tell_standing(row | {"rate": None, "value_status": "suppressed"}) == "suppressed"


def test_a_rate_that_cannot_be_estimated_says_so():
    refused = {"rate": None, "victims": 9, "reasons": "no_population"}

    assert str(rate_cell(refused)) == "not estimable"
    assert str(rate_cell(refused | {"value_status": "suppressed"})) == "suppressed"
    assert str(rate_cell(None)) == "no data"


def test_every_small_area_can_be_looked_up_under_its_parent(shown, small):
    finder = shown["small-areas"].finder

    assert sum(len(table.rows) for table in finder.tables) == 12
    assert [str(table.caption) for table in finder.tables] == [
        f"Provincia {letter}" for letter in "ABCD"
    ]


def test_half_of_the_victims_is_told_without_a_ranking(shown):
    assert "Half of the victims were killed in" in str(shown["small-areas"].title)
    assert "12 municipalities" in str(shown["small-areas"].title)


def test_without_population_the_section_says_what_to_do(small):
    tables = {name: table for name, table in small.tables.items() if name != "rates"}
    (note,) = show_rates(Evidence(replace(small, tables=tables)), None, "2020").parts

    assert "[[population]]" in str(note.text)


def test_blocked_rates_are_not_shown(small):
    (note,) = show_rates(Evidence(replace(small, blocked=frozenset({"rates"}))), None, "2020").parts

    assert note.tone == "block"


def test_suppressed_rates_are_hatched(hidden, small):
    found = figures(show_rates(Evidence(hidden), lay_out(small.catalogue), "2020"))

    assert found["rates"].drawings[0].svg.count('fill="url(#hatch)"') == 4
    assert found["small-areas"].drawings[0].svg.count('fill="url(#hatch)"') == 12
    assert found["small-areas"].quote is None
