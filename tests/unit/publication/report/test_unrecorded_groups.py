"""Whose victims have an estimate is told first, in the words of the observatory."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from testigo.core import Text, Verdict
from testigo.estimation import ESTIMATES, LEANS, read_reasons
from testigo.publication import GroupSum
from testigo.publication.report.closing import close_page
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Figure
from testigo.publication.report.question import ask_question
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded import show_unrecorded
from testigo.publication.report.unrecorded_groups import Group, caution_groups, group_strata
from testigo.publication.report.unrecorded_words import reasons_of

WARNED = Verdict(read_reasons("strata_only_in_sum=1/0 interval_wide=5/3"))
FEW = "too_few_lists=1/3 too_few_on_several_lists=0/20"
ROWS = (  # zone, actor, on a list, low and high, reasons with what was measured
    ("", "", 609, None, "strata_refused=3/0"),
    ("1", "State", 300, (400, 500), ""),
    ("1", "rebels", 200, None, FEW),
    ("2", "State", 9, None, "too_few_people=9/50 counts_only_in_sum=9/10"),
    ("2", "rebels", 91, None, FEW),
    ("3", "rebels", 9, None, FEW),
)


def estimate(zone, actor, observed, limits, measured):
    low, high = limits or (None, None)
    return {
        "stratum": f"zona={zone} actor={actor}" if zone else "", "method": "latent-class",
        "observed": observed, "median": low and (low + high) / 2, "low": low, "high": high,
        "level": 0.95, "verdict": "refuse" if measured else "publish", "measured": measured,
        "reasons": " ".join(word.partition("=")[0] for word in measured.split()),
    }  # fmt: skip


@pytest.fixture
def evidence(small):
    made = [estimate(*row) for row in ROWS]
    strata = [
        {"stratum": row["stratum"], "of_zona": zone, "of_actor": actor}
        for row, (zone, actor, *_) in zip(made, ROWS, strict=True)
        if zone
    ]
    report = replace(
        small,
        tables={"estimates": ESTIMATES.table(made), "strata": pa.Table.from_pylist(strata)},
        names={
            "zona": Text(es="zona", en="zone"),
            "State": Text(es="Estado", en="State"),
            "rebels": Text(es="rebeldes", en="rebels"),
        },
        fate=Text(es="murieron o desaparecieron", en="died or disappeared"),
        strata_note=Text(es="Lo atribuyen las fuentes.", en="The sources attribute it."),
        published=Text(es="Otros dijeron 9.", en="Others said 9."),
        group_sums=(GroupSum("actor", "State", 2, 309, 410.0, 520.0, 0.95, WARNED),),
    )
    return Evidence(report)


def said(value):
    return in_words(value, "en")


def test_a_sum_without_an_answer_says_first_whose_victims_have_one(evidence):
    _, groups, *_ = show_unrecorded(evidence).parts

    assert isinstance(groups, Figure)
    assert said(groups.title) == "With an estimate, by actor: State 1 of 2, rebels 0 of 3"
    assert [[said(cell) for cell in row] for row in groups.table.rows] == [
        ["State", "309", "1 of 2"], ["rebels", "300", "0 of 3"],
    ]  # fmt: skip


def test_groups_without_an_estimate_are_never_said_to_have_fewer_victims(evidence):
    caution = (
        "That a group has no estimate does not mean that it had fewer victims: it means that these "
        "lists cannot tell how many there were."
    )
    whole = evidence.rows("estimates", stratum="zona=1 actor=State")
    told = (Group("State", tuple(whole)), Group("army", tuple(whole)))

    assert caution in [said(note) for note in show_unrecorded(evidence).parts[1].notes]
    assert caution in said(ask_question(evidence).parts[0].text)
    assert caution_groups(told) == ()


def test_strata_that_lean_are_told_apart_from_those_that_stand_alone(evidence):
    rows = evidence.rows("estimates")
    leans = rows[1] | {"stratum": rows[3]["stratum"], "reasons": LEANS, "measured": f"{LEANS}=9/50"}
    table = ESTIMATES.table([*rows[:3], leans | {"verdict": "warn"}, *rows[4:]])
    tables = {**evidence.report.tables, "estimates": table}
    found = Evidence(replace(evidence.report, tables=tables))
    groups = show_unrecorded(found).parts[1]

    share = "2 of 2 (of their own: 1, leaning on others: 1)"
    assert said(groups.title) == f"With an estimate, by actor: State {share}, rebels 0 of 3"
    assert said(groups.table.rows[0][2]) == share
    assert "With an estimate of their own: 1. Too small for one, leaning on those: 1." in said(
        ask_question(found).parts[0].text
    )


def test_a_lone_refused_stratum_is_told_by_the_plainest_of_its_causes():
    runs = (
        "far_beyond_observed=0.99/0.5 replicates_disagree=1.03/1.01 too_few_effective_draws=333/400"
    )
    few = "interval_wide=5/3 too_few_lists=1/3 too_few_on_several_lists=0/20"

    assert reasons_of({"measured": runs})[0].code == "replicates_disagree"
    assert [reason.code for reason in reasons_of({"measured": few})] == [
        "too_few_on_several_lists", "too_few_lists", "interval_wide",
    ]  # fmt: skip


def test_the_plainest_of_the_reasons_is_told_of_each_group(evidence):
    notes = [said(note) for note in show_unrecorded(evidence).parts[1].notes]

    assert (
        "rebels: strata refused, 3; reason in 3 of them: People on two lists or more: fewer than "
        "20; 20 are needed." in notes
    )
    assert not any(note.startswith("State: strata refused") for note in notes)


def test_the_sum_of_a_group_says_whom_it_leaves_out(evidence):
    first = said(show_unrecorded(evidence).parts[1].quote)

    assert first == (
        "State: 2 of 2 strata together. At least one list has 309 people; in all there were "
        "between 410 and 520 (95%), an estimate with a warning. Strata that count in this sum and "
        "are too small for a figure: 1. The upper limit of the interval is more than 3 times the "
        "lower one: the lists leave much open. Quote both limits, never the number between them."
    )


def test_a_sum_of_strata_that_read_low_is_told_as_at_least(evidence):
    low = evidence.rows("estimates")
    low[1] |= {"reasons": "unequal_people", "measured": "unequal_people=0.4/0.25"}
    low[3] |= {"reasons": "too_few_people", "measured": "too_few_people=9/50"}
    sums = (GroupSum("actor", "State", 1, 300, 410.0, 520.0, 0.9, Verdict()),)
    report = replace(evidence.report, group_sums=sums)
    tables = {**report.tables, "estimates": ESTIMATES.table(low)}
    found = show_unrecorded(Evidence(replace(report, tables=tables))).parts[1].quote

    assert said(found) == (
        "State: 1 of 2 strata together. At least one list has 300 people; in all there were at "
        "least 410 (estimate: 410 to 520, 90%, more likely too low than not). The victims of the "
        "other strata are not in this sum."
    )
    assert "juntos. Al menos una lista tiene" in in_words(found, "es")


def test_a_group_without_a_sum_says_none(evidence):
    report = replace(evidence.report, group_sums=())

    assert show_unrecorded(Evidence(report)).parts[1].quote is None


def test_hidden_strata_of_a_group_are_counted_apart(evidence):
    rows = [row | {"value_status": "stated"} for row in evidence.rows("estimates")]
    rows[2] |= {"value_status": "suppressed", "verdict": "refuse", "reasons": "suppressed"}
    table = pa.Table.from_pylist(rows)
    report = replace(evidence.report, tables={**evidence.report.tables, "estimates": table})
    groups = show_unrecorded(Evidence(report)).parts[1]

    assert said(groups.title) == (
        "With an estimate, by actor: State 1 of 2, rebels 0 of 3 (suppressed: 1)"
    )
    assert said(groups.table.rows[1][2]) == "0 of 3 (suppressed: 1)"


def test_strata_that_count_only_in_sums_are_told_apart_from_the_refused(evidence):
    note = said(ask_question(evidence).parts[0].text)

    assert "Groups whose lists allow no estimate: 3;" in note
    assert "With an estimate of their own: 1. Of very few people, in sums only: 1." in note


def test_the_question_and_the_names_are_the_observatory_s_own(evidence):
    section = ask_question(evidence)

    assert in_words(section.title, "es") == "¿Cuántas personas murieron o desaparecieron en Nación?"
    assert [said(part.text) for part in section.parts[1:]] == ["Others said 9."]
    assert "zone 1, State" not in said(section.title)


def test_strata_that_name_actors_are_never_said_to_blame_nobody(evidence, small):
    def limits(one):
        return " ".join(said(text) for text in close_page(one)[1].parts[1].sentences)

    assert "Nothing here says who did it" in limits(Evidence(small))
    assert "Nothing here says who did it" not in limits(evidence)
    assert "The strata (zone and actor) are those of the table" in limits(evidence)
    assert "The sources attribute it." in limits(evidence)


def test_the_method_is_that_of_the_figures_on_the_page(evidence):
    method = " ".join(said(text) for text in close_page(evidence)[1].parts[0].sentences)

    assert "latent class" in method
    assert "A rate is" not in method


def test_places_and_years_make_no_groups_where_there_are_too_many(evidence):
    rows = evidence.rows("estimates")

    assert group_strata(evidence, [])[1] == ()
    assert group_strata(evidence, rows[1:2])[1] == ()
