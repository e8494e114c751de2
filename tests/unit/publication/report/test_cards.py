from dataclasses import replace

import pyarrow as pa

from testigo.core import Text
from testigo.publication import render_report
from testigo.publication.report.card_tables import FIELD_NAMES
from testigo.publication.report.cards import show_cards
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.speech import in_words
from testigo.records.quality.bogota import MINIMUM_FIELDS


def test_rows_delivered_are_the_sum_of_their_places(evidence):
    section = show_cards(evidence)

    for card in section.parts:
        rows = card.balance
        assert rows.delivered == rows.accepted + rows.excluded + rows.quarantined
    assert "Rows delivered: 315; accepted: 300; excluded by a named rule: 9;" in str(
        section.lead[0]
    )


def test_a_criterion_is_told_with_value_threshold_and_answer(evidence):
    card = show_cards(evidence).parts[0]
    rows = [tuple(in_words(cell, "en") for cell in row) for row in card.quality.rows]

    assert ("counts victims", "yes", "yes", "yes") in rows
    assert ("missing data: sex", "3.1%", "at most 5%", "yes") in rows
    assert ("missing data: hour", "40.0%", "at most 20%", "no") in rows
    assert ("delay, median", "3.5 days", "none", "not judged") in rows
    assert str(card.verdict) == "Criteria met: 2; missed: 1; not judged: 1"


def test_reasons_are_sentences_with_their_code(evidence):
    rows = [
        tuple(in_words(cell, "en") for cell in row)
        for row in show_cards(evidence).parts[0].reasons.rows
    ]

    assert ("Total or notes below the table.", "excluded", "3", "footer") in rows


def test_an_unknown_code_is_shown_as_it_is(small):
    renamed = small.tables["reasons"].set_column(
        3, "reason", [["a_new_rule"] * small.tables["reasons"].num_rows]
    )
    given = Evidence(replace(small, tables=dict(small.tables) | {"reasons": renamed}))

    assert str(show_cards(given).parts[0].reasons.rows[0][0]) == "a_new_rule"


def test_breaks_and_gaps_are_facts_of_the_card(evidence):
    facts = {str(term): str(fact) for term, fact in show_cards(evidence).parts[1].facts}

    assert facts["method changed"] == "1 January 2018: new form"
    assert facts["not reported"] == "1 March 2019 to 30 April 2019: strike"
    assert facts["years covered"] == "2016–2020"


def test_a_blocked_source_says_so(one_table):
    (card,) = show_cards(Evidence(one_table)).parts

    assert card.blocked
    assert str(card.verdict).startswith("Its figures are withheld because of an error")
    assert {str(term): str(fact) for term, fact in card.facts}["years covered"] == (
        "withheld with its figures"
    )
    assert card.balance.delivered == 23


def test_levels_and_reasons_are_named_as_people_do(small, observatories):
    lines = [
        {"source": "health", "indicator": indicator, "field": field, "period": "all"}
        | {"value": 0.5, "unit": "share", "threshold": None, "met": "not_applicable"}
        for indicator, field in (("missing_share", "parent"), ("excluded_share", "footer"))
    ]
    tables = dict(small.tables) | {"quality": observatories.QUALITY.table(lines)}
    card = show_cards(Evidence(replace(small, tables=tables))).parts[0]

    assert [in_words(row[0], "es") for row in card.quality.rows] == [
        "datos faltantes: estado",
        "filas excluidas: Total o notas al pie de la tabla.",
    ]


def test_every_minimum_field_has_a_name_for_people():
    assert set(MINIMUM_FIELDS) <= set(FIELD_NAMES) | {"area"}  # a level has its own name


def test_suppressed_rows_are_said_to_be_suppressed_and_are_no_zero(small):
    tables = dict(small.tables)
    for name, column in (("deliveries", "rows_delivered"), ("reasons", "rows")):
        table = tables[name]
        blank = pa.nulls(table.num_rows, pa.int64())
        tables[name] = table.set_column(table.column_names.index(column), column, blank)
    report = replace(small, tables=tables)

    section = show_cards(Evidence(report))
    page = render_report(report)

    assert "add up to the rows delivered" in str(section.lead[0])
    assert {card.balance.delivered for card in section.parts} == {None}
    assert {str(row[2]) for row in section.parts[0].reasons.rows} == {"suppressed"}
    assert '<b><span lang="es">suprimido</span><span lang="en">suppressed</span></b>' in page


def test_what_was_found_by_looking_is_shown_of_public_sources_only(small):
    one = small.sources[0]
    said = Text(es="«ABC» no se entendió (filas: 2).", en="ABC was not understood (rows: 2).")

    for published in (True, False):
        sources = (replace(one, published=published), *small.sources[1:])
        report = replace(small, sources=sources, notes={one.id: (said,)})

        assert (said in show_cards(Evidence(report)).parts[0].notes) is published
