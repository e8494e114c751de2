from dataclasses import replace

import pytest

from testigo.publication.report.choices import (
    choose_main_period,
    choose_main_sources,
    choose_pair,
    choose_rates,
)
from testigo.publication.report.evidence import Evidence


def test_the_year_of_the_question_is_the_last_that_most_sources_cover(evidence):
    assert choose_main_period(evidence) == "2020"


def test_the_observatory_may_name_the_year(small):
    assert choose_main_period(Evidence(replace(small, main_period="2017"))) == "2017"


def test_without_a_figure_there_is_no_year(one_table):
    assert choose_main_period(Evidence(one_table)) is None


def test_blocked_sources_do_not_answer(small):
    given = Evidence(replace(small, blocked=frozenset({"police"})))

    assert [source.id for source in choose_main_sources(given, "2020")] == ["health", "files"]


def test_the_pair_is_of_two_families_and_the_larger_is_the_yardstick(evidence):
    pair = choose_pair(evidence, "2020")

    assert (pair.first, pair.second) == ("health", "police")
    assert pair.level == "parent"
    assert len(pair.rows) == 4


def test_the_observatory_may_name_the_pair_and_its_order(small):
    pair = choose_pair(Evidence(replace(small, compare=("police", "health"))), "2020")

    assert (pair.first, pair.second) == ("police", "health")


def test_a_pair_that_cannot_be_compared_falls_back(small):
    pair = choose_pair(Evidence(replace(small, compare=("police", "nobody"))), "2020")

    assert {pair.first, pair.second} == {"health", "police"}


def test_one_source_makes_no_pair(one_table):
    assert choose_pair(Evidence(one_table), "2012") is None


@pytest.mark.parametrize("level", ["parent", "area"])
def test_rates_are_of_the_year_of_the_question_on_every_denominator(evidence, level):
    choice = choose_rates(evidence, level, "2020")

    assert (choice.source, choice.period) == ("health", "2020")
    assert choice.series == ("census", "projection")


def test_the_observatory_may_name_the_rates(small):
    named = Evidence(replace(small, rates_source="police", rates_period="2017"))
    choice = choose_rates(named, "parent", "2020")

    assert (choice.source, choice.period) == ("police", "2017")


def test_files_have_no_rates(evidence, small):
    only = Evidence(replace(small, blocked=frozenset({"health", "police"})))

    assert choose_rates(only, "parent", "2020") is None


def test_areas_stand_by_name_accents_aside(observatories):
    catalogue = observatories.small_catalogue()
    names = {"01": "Zona", "02": "Álamo", "03": "Ñuble", "04": "Bosque"}
    areas = {
        code: replace(area, name=names.get(code, area.name))
        for code, area in catalogue.areas.items()
    }
    given = Evidence(observatories.small_report(catalogue=replace(catalogue, areas=areas)))

    assert given.by_name(names) == ["02", "04", "03", "01"]


def test_what_is_blocked_cannot_be_walked_back(one_table, evidence):
    blocked = Evidence(one_table)

    assert blocked.lineage(("police",), table="counts", area="SV", period="2012").command == ""
    assert evidence.lineage(("police",), table="counts", area="X", period="2020").command
