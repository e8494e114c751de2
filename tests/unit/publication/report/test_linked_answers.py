"""Where lists are linked, no range of their counts is said to hold all who were killed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from testigo.estimation import ESTIMATES
from testigo.linkage import LINK_COUNTS
from testigo.publication import headline
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.question import ask_question


def linked(report, *, year=None, lists="health police"):
    line = dict.fromkeys(LINK_COUNTS.arrow.names) | {
        "measure": "victims", "lists": lists, "count": 800,
    }  # fmt: skip
    tables = dict(report.tables) | {"links": LINK_COUNTS.table([line])}
    if year is not None:
        row = {
            "stratum": year, "method": "latent-class", "observed": 700, "median": 800,
            "low": 750, "high": 900, "level": 0.95, "verdict": "publish", "reasons": "",
            "measured": "",
        }  # fmt: skip
        tables["estimates"] = ESTIMATES.table([row])
    return replace(report, tables=tables)


def said(report, language="en"):
    section = ask_question(Evidence(report))
    quote = next(part.quote for part in section.parts)
    return section.lead[0].in_language(language), quote.in_language(language)


def test_the_estimate_of_the_year_goes_before_what_each_list_counts(small):
    report = linked(small, year="year=2020")
    lead, quote = said(report)

    assert lead == (
        "At least one list has 700 people; in all there were between 750 and 900 (95%). Each list "
        "counts between 444 and 642."
    )
    assert quote.startswith("Nación, 2020. At least one list has 700 people")
    assert lead in headline(report).in_language("en")


@pytest.mark.parametrize("year", [None, "year=2019", "area=01001 year=2020"])
def test_without_an_estimate_of_the_year_each_list_counts(small, year):
    lead, quote = said(linked(small, year=year), "es")

    assert lead == "Cada lista cuenta entre 444 y 642."
    assert "entre 444 y 642 personas que fueron asesinadas en Nación" in quote


def test_sources_that_were_not_linked_answer_as_before(small):
    lead, _ = said(linked(small, year="year=2020", lists="police"))

    assert lead == "Depending on who counts, between 444 and 642."
