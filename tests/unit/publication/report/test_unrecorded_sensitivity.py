"""What was assumed, what happens when it is wrong, and what nobody knows: on one sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from testigo.estimation import ESTIMATES, SENSITIVITY, explain_sensitivity
from testigo.publication import render_report
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Figure, Texts
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded_moves import Move, move_rows
from testigo.publication.report.unrecorded_sensitivity import show_assumptions

USUAL = {"usual": 10_400.0, "usual_low": 9_100.0, "usual_high": 13_700.0}


def row(kind, setting, median, low, high, **more):
    return {
        "stratum": "", "kind": kind, "setting": setting, "strata": 1, "strata_refused": 0,
        "recorded": 4_400, "recorded_refused": 0, "median": median, "low": low, "high": high,
        "level": 0.95, "verdict": "publish" if median else "refuse", "reasons": "",
    } | USUAL | more  # fmt: skip


ROWS = (
    row("prior", "coverage", 10_000.0, 7_000.0, 17_000.0),
    row("main", "latent-class", 10_400.0, 9_100.0, 13_700.0, verdict="warn"),
    row("highest_order", "4", 54_600.0, 24_000.0, 131_000.0),
    row("list_left_out", "police", 7_280.0, 6_000.0, 9_000.0),
    row("lists_merged", "police+health", None, None, None),
    row("method", "graphs", 12_480.0, 9_800.0, 16_500.0),
)
ESTIMATE = {
    "stratum": "", "method": "latent-class", "observed": 4_400, "median": 10_400.0, "low": 9_100.0,
    "high": 13_700.0, "level": 0.95, "verdict": "warn",
    "reasons": "two_answers list_left_out_moves",
    "measured": "two_answers=0.2/0.1 list_left_out_moves=1/0",
}  # fmt: skip


def told(report, *rows):
    tables = {"estimates": ESTIMATES.table([ESTIMATE]), "sensitivity": SENSITIVITY.table(rows)}
    return replace(report, tables={**report.tables, **tables})


def section_of(report, *rows):
    (section,) = show_assumptions(Evidence(told(report, *rows)))
    return section


def figure_of(section):
    return next(part for part in section.parts if isinstance(part, Figure))


def test_the_page_goes_from_the_estimate_to_what_is_not_known(small):
    section = section_of(small, *ROWS)
    headings = [in_words(part.heading, "en") for part in section.parts if isinstance(part, Texts)]

    assert headings == ["The estimate", "What was assumed", "What is not known"]
    assert in_words(section.parts[0].sentences[1], "en") == "Verdict: with a warning"
    assert "two answers far from each other" in in_words(section.parts[0].sentences[2], "en")
    assert len(section.parts[0].sentences) == 3  # the lists are in the picture below


def test_the_title_says_by_how_much_lists_and_models_move_it(small):
    """12,480 is 20 % more than 10,400 and 7,280 is 30 % less; no odds ratio is among them."""
    figure = figure_of(section_of(small, *ROWS))

    assert in_words(figure.title, "en") == (
        "Other lists and models would give from 30% fewer to 20% more people"
    )
    assert in_words(figure.title, "es") == (
        "Con otras listas y otros modelos habría de 30\u00a0% menos a 20\u00a0% más personas"
    )
    assert in_words(figure.quote, "en") == (
        "Changes of lists and model that move the estimate out of its interval: 1 of 3; the "
        "answers go from 7,280 to 12,480 people. Quote the whole range, and say why."
    )


def test_lists_have_their_names_and_what_has_no_answer_is_there(small):
    table = figure_of(section_of(small, *ROWS)).table

    assert [in_words(line[0], "en") for line in table.rows] == [
        "the estimate",
        "decomposable graphs averaged",
        "without National police",
        "National police + Civil registry as one list",
        "expecting up to 5 times the recorded",
        "odds ratio of all lists: 4",
    ]
    assert in_words(table.rows[3][1], "en") == "not estimable"


def test_strata_that_have_no_answer_are_counted_in_the_table(small):
    few = row("list_left_out", "police", 7_280.0, 6_000.0, 9_000.0, strata=3, strata_refused=2)
    main = row("main", "latent-class", 10_400.0, 9_100.0, 13_700.0, strata=5)
    figure = figure_of(section_of(small, main, few))

    assert [in_words(line[3], "en") for line in figure.table.rows] == ["5", "3"]
    assert any("Left out at most: 2" in str(note) for note in figure.notes)


def test_nothing_is_shown_where_nothing_was_moved(small):
    assert show_assumptions(Evidence(told(small))) == ()
    assert show_assumptions(Evidence(told(small, ROWS[1]))) == ()
    assert 'id="assumptions"' not in render_report(told(small))


@pytest.mark.parametrize("width", [780, 352])
def test_a_row_beyond_the_edge_ends_in_an_arrow_and_keeps_its_number(width):
    plot = move_rows(
        [
            Move("All lists", heading=True),
            Move("odds ratio 4", "425% more", 525.0, 230.0, 1_260.0),
            Move("odds ratio 1", "5% more", 105.0, 80.0, 130.0),
            Move("police + health", "not estimable"),
        ],
        width=width,
    )
    dots = [rows for rows in plot.rows.values() if rows and rows[0].get("middle") == 105.0]
    arrows = [rows for rows in plot.rows.values() if rows and "end" in rows[0]]

    assert plot.to_dict(checked=True)
    assert dots
    assert [line["moved"] for line in arrows[0]] == ["425% more"]


def test_people_of_refused_strata_are_not_counted_where_that_may_not_be_told():
    main = row("main", "latent-class", 10_400.0, 9_100.0, 13_700.0, strata=5, strata_refused=2,
               recorded=None, recorded_refused=None)  # fmt: skip
    first = str(explain_sensitivity(SENSITIVITY.table([main])).main)

    assert "Other strata: 2. They are in none" in first


def test_the_verdict_is_that_of_all_victims_where_only_some_strata_could_be_moved(small):
    main = row("main", "latent-class", 10_400.0, 9_100.0, 13_700.0, strata=5, strata_refused=2)
    refused = ESTIMATE | dict.fromkeys(("median", "low", "high"))
    refused |= {"verdict": "refuse", "reasons": "strata_refused", "measured": "strata_refused=2/0"}
    report = told(small, main, row("method", "graphs", 12_480.0, 9_800.0, 16_500.0, strata=5))
    report = replace(report, tables={**report.tables, "estimates": ESTIMATES.table([refused])})
    (section,) = show_assumptions(Evidence(report))
    first, verdict, reason = section.parts[0].sentences

    assert "no estimate of everybody" in in_words(first, "en")
    assert in_words(verdict, "en") == "Verdict: not estimable"
    assert "A sum would leave" in in_words(reason, "en")


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        (10_400.0, 10_400.0, "would give the same number of people"),
        (11_440.0, 11_440.0, "would give 10% more people"),
        (10_400.0, 11_440.0, "would give as many people, or up to 10% more"),
        (9_360.0, 11_440.0, "would give from 10% fewer to 10% more people"),
    ],
)
def test_the_title_reads_well_where_the_ends_are_equal_or_nothing_moves(
    small, first, second, title
):
    rows = (
        row("main", "latent-class", 10_400.0, 9_100.0, 13_700.0),
        row("list_left_out", "police", first, 9_000.0, 13_000.0),
        row("method", "graphs", second, 9_000.0, 13_000.0),
        row("method", "lower-bound", 6_000.0, 5_000.0, 7_000.0),  # no model of everybody
    )
    figure = figure_of(section_of(small, *rows))

    assert in_words(figure.title, "en") == f"Other lists and models {title}"
