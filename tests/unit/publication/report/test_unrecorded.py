"""An estimate with its verdict and reasons, or a refusal in words; never a zero."""

from __future__ import annotations

import re
from dataclasses import replace

import pyarrow as pa
import pytest

from testigo.estimation import ESTIMATES
from testigo.publication import render_report
from testigo.publication.estimate_cells import redact_estimates
from testigo.publication.hidden_strata import HiddenStrata
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import DataTable, Figure, Note, Texts
from testigo.publication.report.question import ask_question
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded import show_unrecorded
from testigo.publication.report.unrecorded_answers import explain_refusal
from testigo.publication.report.unrecorded_chart import estimate_rows, make_row

NOTHING_HIDDEN = HiddenStrata()
KOSOVO = ("", "latent-class", 4400, 10414.0, 9156.0, 13747.0, "")
DISAGREE = (
    "Independent runs do not agree (R-hat 2.160; 1.05 is the limit): the table may allow several "
    "answers."
)
FEW = "too_few_people=17/50 too_few_on_several_lists=2/20"


def line(*row):
    stratum, method, observed, median, low, high, measured = row
    codes = [word.partition("=")[0] for word in measured.split()]
    verdict = "publish" if not codes else "warn" if high is not None else "refuse"
    return {
        "stratum": stratum, "method": method, "observed": observed, "median": median, "low": low,
        "high": high, "level": 0.95, "verdict": verdict, "reasons": " ".join(codes),
        "measured": measured,
    }  # fmt: skip


def strata_of(rows):
    """Take the labels of this page's tests apart; none of their values holds ` x=`."""
    parts = [re.findall(r"(?:^| )(\w+)=(.*?)(?= \w+=|$)", row[0]) for row in rows]
    names = list(dict.fromkeys(name for found in parts for name, _ in found))
    return pa.Table.from_pylist(
        [{"stratum": row[0]} | {f"of_{name}": dict(found).get(name) for name in names}
         for row, found in zip(rows, parts, strict=True)]
    )  # fmt: skip


def estimated(report, *rows, hidden=NOTHING_HIDDEN):
    table = redact_estimates(ESTIMATES.table([line(*row) for row in rows]), hidden, ESTIMATES)
    tables = {
        "strata": strata_of(rows),
        "estimates": table,
    }
    return replace(report, tables={**report.tables, **tables})


def section_of(report):
    return show_unrecorded(Evidence(report))


def figures(report):
    return {part.ident: part for part in section_of(report).parts if isinstance(part, Figure)}


STRATA = (
    ("", "latent-class", 700, 1300.0, 1000.0, 1900.0, "strata_warned=1/0"),
    ("area=01001 year=2020", "latent-class", 400, 700.0, 600.0, 900.0, ""),
    ("area=01002 year=2020", "latent-class", 283, 500.0, 320.0, 880.0, "unequal_people=0.4/0.25"),
    ("area=02001 year=2020", "latent-class", 17, None, None, None, FEW),
)


def test_the_title_says_the_finding_and_the_quote_has_the_interval(small):
    figure = figures(estimated(small, KOSOVO))["unrecorded"]

    assert in_words(figure.title, "en") == (
        "In all there were between 9,156 and 13,747 victims; 4,400 are on at least one list"
    )
    assert in_words(figure.quote, "es") == (
        "Al menos una lista tiene a 4400 personas; en total fueron entre 9156 y 13\u202f747 "
        "(95\u00a0%)."
    )


def test_a_refusal_is_told_in_words_and_has_no_number_of_all(small):
    refused = ("", "latent-class", 24692, None, None, None, "replicates_disagree=2.16/1.05")
    section = section_of(estimated(small, refused))
    figure, verdict, reasons = section.parts[:3]

    assert "cannot be said" in in_words(figure.title, "en")
    assert isinstance(verdict, Texts)
    assert in_words(verdict.heading, "en") == "Verdict: not estimable"
    assert isinstance(reasons, DataTable)
    assert [in_words(cell, "en") for cell in reasons.rows[0]] == [
        DISAGREE,
        "2.160",
        "1.05",
        "refuses",
    ]
    help_ = next(part for part in section.parts if in_words(getattr(part, "heading", ""), "en")
                 == "What would help")  # fmt: skip
    assert "Split the victims" in in_words(help_.sentences[0], "en")


def test_a_refused_stratum_is_a_question_mark_not_a_zero(small):
    rows = [dict(line(*row)) for row in STRATA[1:]]
    plot = estimate_rows([make_row(row, row["stratum"]) for row in rows], width=780)

    refused = [values for values in plot.rows.values() if values and "refused_at" in values[0]]
    assert plot.to_dict(checked=True)
    assert [row["label"] for row in plot.rows["rows5"]] == ["area=02001 year=2020"]
    assert all(row["median"] is None for row in plot.rows["rows5"])
    assert refused


def test_every_stratum_has_its_verdict_and_reasons_by_name(small):
    table = figures(estimated(small, *STRATA))["unrecorded-strata"].table
    told = [[in_words(cell, "en") for cell in row] for row in table.rows]

    assert [row[0] for row in told] == ["Villa 00, 2020", "Villa 01, 2020", "Villa 10, 2020"]
    assert [row[3] for row in told] == ["may be published", "with a warning", "not estimable"]
    assert told[2][2] == "not estimable"
    assert "People in all: 17; 50 are needed." in told[2][4]
    assert table.file == "estimates"


def test_the_strata_say_how_many_have_an_answer(small):
    figure = figures(estimated(small, *STRATA))["unrecorded-strata"]

    assert in_words(figure.title, "en") == (
        "2 of 3 strata have an estimate, 1 of them with a warning"
    )
    assert any("People on two lists or more: fewer than 20" in str(note) for note in figure.notes)


def test_a_bar_without_an_estimate_is_named_by_what_it_counts(small):
    refused = ("", "latent-class", 700, None, None, None, "strata_refused=1/0")
    wide = figures(estimated(small, refused, *STRATA[1:]))["unrecorded"].drawings[0]

    assert "registradas" in wide.svg
    assert "modelo de" not in wide.svg


def test_a_wide_chart_of_strata_says_its_numbers(small):
    drawings = figures(estimated(small, *STRATA))["unrecorded-strata"].drawings
    said = {one.width: one.svg for one in drawings if one.language == "en"}

    assert ">400 → 600–900<" in said["wide"]
    assert ">400 → 600–900<" not in said["narrow"]


def test_many_strata_are_drawn_where_there_is_an_estimate(small):
    many = [(f"zona={at}", "latent-class", 9, None, None, None, FEW) for at in range(90)]
    figure = figures(estimated(small, *STRATA, *many))["unrecorded-strata"]

    assert len(figure.table.rows) == 93
    assert any("(tables/estimates.csv): refused: 91." in str(note) for note in figure.notes)
    assert [in_words(row[0], "es") for row in figure.table.rows[3:6]] == [
        "zona 0", "zona 1", "zona 2",
    ]  # fmt: skip


def test_a_hidden_stratum_is_told_as_suppressed(small):
    hidden = HiddenStrata(private=True, names=frozenset({"area=02001 year=2020"}))
    report = estimated(small, *STRATA, hidden=hidden)
    row = figures(report)["unrecorded-strata"].table.rows[2]

    assert [in_words(cell, "en") for cell in row[1:]] == [
        "suppressed", "suppressed", "suppressed", "suppressed",
    ]  # fmt: skip
    assert "17" not in re.sub(r"<svg.*?</svg>", "", str(row))


def withheld(report, language="en"):
    """Say what the page says of strata of which one is told, one is refused, and two are hidden."""
    few = ("area=02002 year=2020", "latent-class", 60, 90.0, 70.0, 120.0, "")
    total = ("", "latent-class", 760, None, None, None, "strata_refused=1/0")
    hidden = HiddenStrata(private=True, names=frozenset(["area=01002 year=2020", few[0]]))
    shown = estimated(report, total, *STRATA[1:], few, hidden=hidden)
    note = explain_refusal(Evidence(shown)).text
    return in_words(note, language), in_words(figures(shown)["unrecorded-strata"].title, language)


def test_strata_that_are_hidden_are_not_told_as_refused(small):
    note, title = withheld(small)

    assert "Groups whose lists allow no estimate: 1; a total" in note
    assert "With an estimate of their own: 1. Suppressed, so that nobody is exposed: 2." in note
    assert title == (
        "Strata with an estimate: 1 of 4 (with a warning: 0); suppressed, so that nobody is "
        "exposed: 2"
    )
    assert "Suprimidos, para no exponer a nadie: 2." in withheld(small, "es")[0]


def test_where_all_strata_are_hidden_nobody_says_that_none_has_an_estimate(small):
    total = ("", "latent-class", 683, None, None, None, "strata_refused=1/0")
    hidden = HiddenStrata(private=True, names=frozenset(row[0] for row in STRATA[1:]))
    shown = estimated(small, total, *STRATA[1:], hidden=hidden)
    note = in_words(explain_refusal(Evidence(shown)).text, "en")

    assert "none has an estimate" not in note
    assert "allow no estimate" not in note
    assert "Suppressed, so that nobody is exposed: 3." in note


def test_a_sum_that_is_too_wide_is_not_explained_by_strata_that_lack(small):
    total = ("", "latent-class", 683, None, None, None, "interval_too_wide=20/10")
    note = in_words(explain_refusal(Evidence(estimated(small, total, *STRATA[1:3]))).text, "en")

    assert "allow no estimate" not in note
    assert "The upper limit of the interval is more than 10 times the lower one" in note


def test_several_methods_stand_on_one_axis(small):
    rows = (
        ("", "envelope", 4400, None, 6945.0, 16540.0, "models_disagree=2/0"),
        KOSOVO,
        ("", "lower-bound", 4400, 8591.0, 8300.0, 8900.0, "lower_bound_only=1/0"),
    )
    figure = figures(estimated(small, *rows))["unrecorded"]

    assert [in_words(row[0], "en") for row in figure.table.rows] == [
        "range of the models compared", "latent class model", "lower bound",
    ]  # fmt: skip
    assert "between 6,945 and 16,540" in in_words(figure.title, "en")


def test_without_lists_the_section_says_what_is_missing(small):
    (note,) = section_of(small).parts

    assert isinstance(note, Note)
    assert "una tabla de cómo coinciden" in in_words(note.text, "es")


def test_a_blocked_list_blocks_the_estimate(small):
    report = estimated(small)
    (note,) = section_of(replace(report, blocked=frozenset({"police"}))).parts

    assert note.tone == "block"


def test_the_estimate_answers_the_question_where_no_source_counts_by_year(small):
    report = estimated(replace(small, tables={}), KOSOVO)
    section = ask_question(Evidence(report))

    assert in_words(section.title, "en") == "How many people were killed in Nación?"
    assert "between 9,156 and 13,747" in in_words(section.lead[0], "en")


@pytest.mark.parametrize("rows", [STRATA, (KOSOVO,)], ids=["strata", "all"])
def test_the_page_holds_the_section_in_both_languages(small, rows):
    page = render_report(estimated(small, *rows))

    assert 'id="unrecorded-figure"' in page
    assert "Quienes no figuran en ninguna lista" in page
    assert "Those whom no list recorded" in page


def test_an_interval_of_one_number_is_said_as_one_number(small):
    figure = figures(estimated(small, ("", "latent-class", 100, 100.0, 100.0, 100.0, "")))

    assert in_words(figure["unrecorded"].title, "es").startswith("En total hubo 100 víctimas;")
    assert "in all there were 100 (95%)" in in_words(figure["unrecorded"].quote, "en")
