"""A sum of strata says why its strata are doubtful, and quotes "at least" where they ask for it."""

from __future__ import annotations

from dataclasses import replace

from testigo.estimation import ESTIMATES
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Texts
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded import show_unrecorded
from testigo.publication.report.unrecorded_answers import quote_estimate, quote_year
from testigo.publication.report.unrecorded_reasons import lift_reasons, reads_low
from testigo.publication.report.unrecorded_words import advise

LEVEL = {"level": 0.95, "method": "latent-class"}
SUM = {"stratum": "", "observed": 700, "median": 1300, "low": 1000, "high": 1900}
FIRST = {"stratum": "year=2019", "observed": 400, "median": 700, "low": 600, "high": 900}
SECOND = {"stratum": "year=2020", "observed": 300, "median": 500, "low": 320, "high": 880}


def evidence_of(report, *rows):
    made = [
        row
        | LEVEL
        | {
            "verdict": "warn" if measured else "publish",
            "reasons": " ".join(word.partition("=")[0] for word in measured.split()),
            "measured": measured,
        }
        for row, measured in rows
    ]
    tables = dict(report.tables) | {"estimates": ESTIMATES.table(made)}
    return Evidence(replace(report, tables=tables))


def unequal(report):
    return evidence_of(
        report,
        (SUM, "strata_warned=2/0"),
        (FIRST, "unequal_people=0.65/0.25"),
        (SECOND, "unequal_people=0.4/0.25 two_answers=0.2/0.1"),
    )


def test_a_sum_of_strata_with_unequal_people_is_quoted_as_at_least(small):
    quote = quote_estimate(unequal(small))

    assert quote.in_language("en") == (
        "At least one list has 700 people; in all there were at least 1,000 (estimate: 1,000 to "
        "1,900, 95%, more likely too low than not)."
    )
    assert "en total fueron al menos 1000" in quote.in_language("es")


def test_other_warnings_do_not_say_at_least(small):
    quote = quote_estimate(
        evidence_of(small, (SUM, "strata_warned=1/0"), (FIRST, ""), (SECOND, "two_answers=0.2/0.1"))
    )

    assert "between 1,000 and 1,900 (95%), an estimate with a warning" in quote.in_language("en")


def test_the_verdict_of_a_sum_lists_the_reasons_of_its_strata(small):
    section = show_unrecorded(unequal(small))
    verdict = next(part for part in section.parts if isinstance(part, Texts))
    said = [in_words(one, "en") for one in verdict.sentences]

    assert said[0].startswith("In 2 of 2 strata, for example ")
    assert "lower one" in said[0]
    assert said[1].startswith("In 1 of 2 strata, for example ")
    assert "two answers" in said[1]


def test_a_stratum_answers_for_itself_alone(small):
    rows = unequal(small).rows("estimates")

    assert lift_reasons(unequal(small), rows[1], rows) == ()
    assert reads_low(rows[1], rows)
    assert not reads_low(rows[1] | {"measured": ""}, rows)


def test_a_year_alone_has_a_sentence_of_its_own(small):
    said = quote_year(unequal(small), "2020").in_language("en")

    assert said.startswith("At least one list has 300 people; in all there were at least 320")
    assert quote_year(unequal(small), "2021") is None


def test_doubts_of_the_model_and_of_its_runs_come_with_what_would_help():
    told = advise([{"measured": "overlaps_not_explained=0.004/0.01 evidence_spread=3/2"}])

    assert [in_words(one, "en").split(",")[0] for one in told] == [
        "See what the other methods answer",
        "Estimate again with another seed: if the answer stays",
    ]
