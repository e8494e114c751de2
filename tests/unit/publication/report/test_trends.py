from dataclasses import replace
from datetime import date

import pytest

from testigo.publication.report.evidence import Evidence
from testigo.publication.report.trends import show_trends, time_of


@pytest.fixture(scope="module")
def shown(evidence):
    return {part.ident: part for part in show_trends(evidence, "2020").parts}


def test_every_source_has_a_line_and_a_key(shown):
    assert len(shown["over-time"].legend) == 3
    assert "3. Prosecutor (files, by date of the event" in str(shown["over-time"].legend[2].meaning)


def test_breaks_gaps_and_events_are_told_as_what_they_are(shown):
    notes = [str(note) for note in shown["over-time"].notes]

    assert "┃ “National police”, method changed on 1 January 2018: new form" in notes
    assert any("nothing reported from 1 March 2019" in note for note in notes)
    assert any("hypotheses" in note for note in notes)
    assert "a · 1 June 2018: truce" in notes


def test_the_table_has_a_row_for_each_year(shown):
    assert [row[0] for row in shown["over-time"].table.rows] == [
        str(year) for year in range(2016, 2021)
    ]


def test_places_are_told_by_intervals_and_by_name(shown):
    grid = shown["places-over-time"]

    assert str(grid.title) == "Rates from 2016 to 2020: intervals that overlap in 4 states"
    assert [row[0] for row in grid.table.rows] == [f"Provincia {letter}" for letter in "ABCD"]


def test_an_event_stands_at_its_day():
    assert time_of(date(2000, 1, 1)) == 1999.5  # the mark of a year is its middle
    assert time_of(date(2000, 7, 1)) == pytest.approx(2000, abs=0.01)


def test_a_blocked_source_has_no_line(one_table):
    (note,) = show_trends(Evidence(one_table), None).parts

    assert "blocked" in str(note.text)


def test_a_suppressed_source_has_no_line(hidden):
    assert "published figure" in str(show_trends(Evidence(hidden), "2020").parts[0].text)


@pytest.mark.parametrize(
    ("victims", "said"),
    [
        ((9, 5, 7), "9 victims in 2016, the highest of the series, and 7 in 2018."),
        ((5, 7, 9), "5 victims in 2016 and 9 in 2018, the highest of the series."),
        ((5, 9, 7), "5 victims in 2016, 9 in 2017, the highest of the series, and 7 in 2018."),
    ],
)
def test_no_year_is_quoted_twice(small, observatories, victims, said):
    cells = {("health", "whole", "X", str(year)): count for year, count in enumerate(victims, 2016)}
    tables = {"counts": observatories.counts_of(cells)}
    (figure,) = show_trends(Evidence(replace(small, tables=tables)), None).parts

    assert figure.quote.in_language("en").endswith(said)


def test_places_whose_rates_are_suppressed_are_told(small, observatories):
    report = observatories.suppressed_places(small, "01")
    grid = {part.ident: part for part in show_trends(Evidence(report), "2020").parts}

    assert str(grid["places-over-time"].title).endswith(" in 3 states and 1 state suppressed")
