import re
from dataclasses import replace

import pyarrow.compute as pc
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
    assert "Half of the victims of 2020 were killed in" in str(shown["small-areas"].title)
    assert "12 municipalities" in str(shown["small-areas"].title)


def test_without_population_the_section_says_that_there_are_no_rates(small):
    tables = {name: table for name, table in small.tables.items() if name != "rates"}
    (note,) = show_rates(Evidence(replace(small, tables=tables)), None, "2020").parts

    assert "no number of residents" in str(note.text)


def test_blocked_rates_are_not_shown(small):
    (note,) = show_rates(Evidence(replace(small, blocked=frozenset({"rates"}))), None, "2020").parts

    assert note.tone == "block"


def test_suppressed_rates_are_hatched(hidden, small):
    found = figures(show_rates(Evidence(hidden), lay_out(small.catalogue), "2020"))

    assert found["rates"].drawings[0].svg.count('fill="url(#hatch)"') == 4
    assert found["small-areas"].drawings[0].svg.count('fill="url(#hatch)"') == 12
    assert found["small-areas"].quote is None


def test_suppressed_places_are_in_no_count_of_places(small, observatories):
    report = observatories.suppressed_places(small, "01", "01001", "01002")
    for paper in (None, lay_out(small.catalogue)):
        found = figures(show_rates(Evidence(report), paper, "2020"))

        title = found["rates"].title.in_language("en")
        assert title.endswith(" and 1 state suppressed")
        assert sum(int(number) for number in re.findall(r"(\d+) states?", title)) == 4
        assert any("in no sum" in str(note) for note in found["rates"].notes)
        assert str(found["small-areas"].title).endswith("; 2 municipalities suppressed")
        keys = [key.count for key in found["rates"].legend if "suppressed" in str(key.meaning)]
        assert keys == [1]


def test_one_place_is_said_in_the_singular_and_none_is_not_said(shown):
    title = shown["rates"].title

    assert " 0 " not in f" {title} "
    assert not re.search(r"\b1 (states|estados)", str(title) + title.in_language("es"))


def test_notes_explain_only_what_is_there(small, observatories):
    report = observatories.suppressed_places(small, "01", "02", "03", "04")
    notes = figures(show_rates(Evidence(report), None, "2020"))["rates"].notes

    assert not any("dots" in str(note) or "Fewer than 20" in str(note) for note in notes)


def test_the_quoted_range_names_both_denominators(shown):
    quote = shown["whole-rates"].quote.in_language("es")

    assert "con la población de «Proyección»" in quote
    assert "con la de «Censo»" in quote


def test_one_denominator_is_no_matter_of_who_counts_the_residents(small):
    rates = small.tables["rates"]
    census = rates.filter(pc.equal(rates["population_series"], "census"))
    report = replace(small, tables=dict(small.tables) | {"rates": census})
    whole = figures(show_rates(Evidence(report), None, "2020"))["whole-rates"]

    assert str(whole.title) == "The rate of Nación in 2020 depends on who counts the dead"
    assert "both on the population of “Census”" in str(whole.quote)


def test_places_without_population_are_counted(small):
    rows = small.tables["rates"].to_pylist()
    for row in rows:
        if row["area"] in {"01001", "01002"} and row["period"] == "2020":
            row |= {"rate": None, "rate_low": None, "rate_high": None, "reasons": "no_population"}
    rates = small.tables["rates"].from_pylist(rows, schema=small.tables["rates"].schema)
    report = replace(small, tables=dict(small.tables) | {"rates": rates})
    notes = figures(show_rates(Evidence(report), None, "2020"))["small-areas"].notes

    assert "2 municipios: sin población en 2020" in [note.in_language("es") for note in notes]


def test_rates_of_another_year_than_the_question_say_why(small, evidence):
    assert len(show_rates(evidence, None, "2020").lead) == 1
    chosen = Evidence(replace(small, rates_source="health", rates_period="2018"))
    lead = [text.in_language("en") for text in show_rates(chosen, None, "2020").lead]

    assert "about 2020. Of another year: rates by place, of 2018, as the obs" in lead[1]
