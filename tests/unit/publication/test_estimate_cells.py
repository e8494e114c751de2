"""Which strata of the estimates are hidden, and what goes with them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import ESTIMATED_RATES, ESTIMATES, SENSITIVITY
from testigo.linkage import count_overlaps
from testigo.publication import SMALLEST, TABLES, DisclosurePolicy, protect
from testigo.records import COUNTS, Source

OPEN = AreaCatalogue({"X": Area("X", "x", "whole", None)}, closed=False)
KNOWN = AreaCatalogue(OPEN.areas | {code: Area(code, code, "area", "X") for code in "abc"})
POLICE = Source(
    id="police",
    name=Text("Policía", "Police"),
    kind="records",
    family="criminal_justice",
    files=("police.csv",),
    columns={},
)


def estimates(**observed):
    """Total first; strata by area and year 2020."""
    strata = {f"area={area} year=2020": number for area, number in observed.items()}
    return ESTIMATES.table(
        [
            {
                "stratum": stratum,
                "method": "latent-class",
                "observed": number,
                "median": 2.0 * number,
                "low": 1.5 * number,
                "high": 3.0 * number,
                "level": 0.95,
                "verdict": "warn",
                "reasons": "small_list few_outside_one_list",
                "measured": "small_list=1/0 few_outside_one_list=3/20",
            }
            for stratum, number in {"": sum(strata.values()), **strata}.items()
        ]
    )


def counts(**victims):
    return COUNTS.table(
        [
            {
                "source": "police",
                "area_level": "area" if area in "abc" else "whole",
                "area": area,
                "period": "2020",
                "victims": number,
                "months_covered": 12,
            }
            for area, number in {**victims, "X": sum(victims.values())}.items()
        ]
    )


def strata_of(table, smallest=1, tables=20):
    """As the store has them: the values beside the label, and what the fitted tables are like."""
    labels = [label for label in table["stratum"].to_pylist() if label]
    rows = [{"stratum": label, "of_area": label[5:-10], "of_year": "2020"} for label in labels]
    return pa.Table.from_pylist(
        [row | {SMALLEST: smallest, TABLES: tables} for row in rows or [{"stratum": ""}]]
    )


def overlaps(lists=("police", "ngo", "press"), **people):
    """Everybody on the first list alone unless told; keys like `police_ngo`."""
    patterns = [[name in key.split("_") for name in lists] for key in people]
    return count_overlaps(np.array(patterns, int), np.array([*people.values()]), lists=lists)


def hidden_of(published):
    rows = published["estimates"].to_pylist()
    return {row["stratum"] or "" for row in rows if row["value_status"] == "suppressed"}


def protected(table, told=None, catalogue=KNOWN, **more):
    given = {"estimates": table, "counts": told or counts(a=90, b=70, c=80)}
    given |= {"strata": strata_of(table)} | more
    return protect(given, sources=[POLICE], catalogue=catalogue, policy=DisclosurePolicy(5))


def test_a_small_stratum_takes_another_one_with_it():
    published = protected(estimates(a=300, b=3, c=200), counts(a=150, b=60, c=90))

    assert "area=b year=2020" in hidden_of(published)
    assert len(hidden_of(published)) == 2
    assert "" not in hidden_of(published)


def test_how_many_one_list_lacks_is_not_told():
    """93 on any list, 90 of them with the police: three that the police do not have."""
    assert "area=a year=2020" in hidden_of(protected(estimates(a=93, b=200, c=300)))


def test_a_hidden_count_is_not_told_by_the_estimate():
    """Of the police nobody sees how many; all victims of the stratum would tell."""
    published = protected(estimates(a=300, b=9, c=280), counts(a=100, b=4, c=90))

    assert "area=b year=2020" in hidden_of(published)


def test_nothing_small_nothing_hidden():
    published = protected(estimates(a=300, b=200, c=280), counts(a=190, b=170, c=180))

    assert hidden_of(published) == set()
    told = {row["stratum"]: row["measured"] for row in published["estimates"].to_pylist()}
    assert told["area=a year=2020"] == "small_list=1/0 few_outside_one_list=/20"


def test_where_no_table_holds_a_small_overlap_all_is_told_as_it_is():
    table = estimates(a=300, b=200, c=280)
    published = protected(table, strata=strata_of(table, smallest=5, tables=0))

    assert published["estimates"].select(table.column_names).to_pylist() == table.to_pylist()


def test_a_fit_to_a_table_that_can_be_guessed_is_not_told():
    table = estimates(a=300, b=200, c=280)
    published = protected(table, strata=strata_of(table, smallest=4, tables=4))
    row = published["estimates"].to_pylist()[1]

    assert (row["observed"], row["median"], row["low"], row["high"]) == (300, None, None, None)
    assert (row["verdict"], row["reasons"], row["measured"]) == ("refuse", "suppressed", "")


def test_of_a_table_that_nobody_fitted_the_reasons_are_told():
    refused = "too_few_on_several_lists"
    (row,) = whole(f"few_people=238/300 {refused}=4/20", high=None).to_pylist()
    published = protected(ESTIMATES.table([row]), strata=pa.table({"stratum": [""]}))
    (told,) = published["estimates"].to_pylist()

    assert told["measured"] == f"few_people=238/300 {refused}=/20"
    assert (told["verdict"], told["value_status"]) == ("warn", "not_estimable")


def test_a_place_that_may_not_be_named_has_no_line():
    (line,) = counts(a=2).slice(0, 1).to_pylist()
    told = COUNTS.table([*counts(a=90, b=70).to_pylist(), line | {"area": "Casa de la señora"}])
    table = estimates(a=300, b=200, **{"Casa de la señora": 3})
    published = protected(table, told, catalogue=OPEN)

    assert not any("señora" in (row["stratum"] or "") for row in published["estimates"].to_pylist())


def test_no_limit_lies_below_what_all_strata_have_on_their_lists():
    every = moved().to_pylist()[0]
    every |= {name: 780 for name in ("recorded",) if name in every}
    table = SENSITIVITY.table([every])
    published = protected(estimates(a=300, b=200, c=280), sensitivity=table)
    (told,) = published["sensitivity"].to_pylist()

    assert (told["low"], told["recorded"]) == (780, 780)


def test_what_is_hidden_is_hidden_under_every_assumption():
    table = estimates(a=300, b=3, c=9000)
    published = protected(table, counts(a=150, b=60, c=90), sensitivity=moved("area=b year=2020"))
    (row,) = published["sensitivity"].to_pylist()

    assert (row["median"], row["low"], row["high"]) == (None, None, None)
    assert (row["value_status"], row["reasons"]) == ("suppressed", "suppressed")


def test_public_lists_hide_nothing():
    published = protect(
        {"estimates": estimates(a=3, b=200), "links": overlaps(("police",), police=203)},
        sources=[replace(POLICE, published=True)],
        catalogue=KNOWN,
        policy=DisclosurePolicy(5),
    )

    assert hidden_of(published) == set()


def test_lists_that_nobody_knows_are_private():
    table = estimates(a=300, b=3, c=9000)
    for sources in ((), [replace(POLICE, published=True)]):
        published = protect(
            {"estimates": table, "strata": strata_of(table)},
            sources=sources,
            catalogue=KNOWN,
            policy=DisclosurePolicy(5),
        )
        assert "area=b year=2020" in hidden_of(published)


def test_a_rare_text_does_not_pass_by_looking_like_a_label():
    home = "Casa de Juana Example tel=555-0101"
    (line,) = counts(a=2).slice(0, 1).to_pylist()
    told = COUNTS.table([*counts(a=90, b=70).to_pylist(), line | {"area": home}])
    table = estimates(a=300, b=200, **{home: 3})
    for strata in (strata_of(table), None):
        given = {} if strata is None else {"strata": strata}
        published = protect(
            {"estimates": table, "counts": told} | given,
            sources=[POLICE], catalogue=OPEN, policy=DisclosurePolicy(5),
        )  # fmt: skip
        assert "Juana" not in repr(published["estimates"].to_pylist())


def whole(measured, high=1944.125):
    (row, *_) = estimates(a=238).to_pylist()
    answer = dict.fromkeys(("median", "low", "high"))
    answer |= {} if high is None else {"median": 648.2, "low": 354.975, "high": high}
    return ESTIMATES.table([row | answer | {"measured": measured,
                                            "reasons": measured.split("=")[0]}])  # fmt: skip


def test_a_table_without_strata_does_not_tell_its_overlaps():
    published = protected(whole("no_pair_overlaps=3/5 unequal_people=4.07423/0.25"))
    (row,) = published["estimates"].to_pylist()

    assert row["measured"] == "no_pair_overlaps=/5 unequal_people=5/0.25"
    assert [row[name] for name in ("median", "low", "high")] == [600, 238, 2000]


def moved(stratum="", kind="classes", strata=3):
    row = {"stratum": stratum, "kind": kind, "setting": "20", "strata": strata, "recorded": 238,
           "median": 612.2, "low": 354.9, "high": 1944.1, "usual": 648.2, "level": 0.95,
           "verdict": "publish", "reasons": ""}  # fmt: skip
    return SENSITIVITY.table([{name: row.get(name, 0) for name in SENSITIVITY.arrow.names}])


def test_one_table_fitted_under_many_assumptions_is_not_told():
    published = protected(whole(""), sensitivity=moved())
    (told,) = published["sensitivity"].to_pylist()

    assert (told["median"], told["low"], told["value_status"]) == (None, None, "suppressed")


def test_a_sum_of_drawn_strata_is_told_in_steps_under_every_assumption():
    published = protected(estimates(a=300, b=200, c=280), sensitivity=moved())
    (told,) = published["sensitivity"].to_pylist()

    assert (told["median"], told["low"], told["high"]) == (600, 200, 2000)
    assert told.get("recorded") is None  # of some strata: it would tell the others


def test_a_sum_is_not_told_with_a_part_that_is_not():
    """All less the others would be the fit of b, which was made of one table."""
    table = estimates(a=300, b=200, c=280)
    strata = strata_of(table)
    one = pa.array([20, 1, 20], strata[TABLES].type)
    strata = strata.set_column(strata.column_names.index(TABLES), TABLES, one)
    published = protected(table, strata=strata, sensitivity=moved())
    told = {row["stratum"] or "": row["median"] for row in published["estimates"].to_pylist()}

    assert [told[""], told["area=b year=2020"]] == [None, None]
    assert told["area=a year=2020"] is not None
    assert published["sensitivity"].to_pylist()[0]["median"] is None


def test_a_sum_with_a_single_stratum_left_is_that_stratum_and_not_told():
    published = protected(estimates(a=300, b=200, c=280), sensitivity=moved(strata=1))
    (told,) = published["sensitivity"].to_pylist()

    assert (told["median"], told["usual"], told["value_status"]) == (None, None, "suppressed")


def test_a_sum_of_one_large_stratum_and_small_ones_is_not_told_under_any_assumption():
    published = protected(estimates(a=600, b=200, c=280), sensitivity=moved())
    (told,) = published["sensitivity"].to_pylist()

    assert (told["median"], told["value_status"]) == (None, "suppressed")


def test_a_sum_of_some_of_the_strata_may_be_mostly_one_of_them_and_is_not_told():
    published = protected(estimates(a=300, b=200, c=280), sensitivity=moved(strata=2))
    (told,) = published["sensitivity"].to_pylist()

    assert (told["median"], told["usual"], told["value_status"]) == (None, None, "suppressed")


def test_strata_that_lean_on_others_are_in_no_sum_and_not_missed_in_one():
    """c leans: the sum under another assumption is of a and b, and none of those makes most."""
    rows = estimates(a=300, b=300, c=200).to_pylist()
    rows[-1] |= {"reasons": "leans_on_other_strata", "measured": "leans_on_other_strata=3/20"}
    for strata, median in ((2, 600), (3, None)):
        published = protected(ESTIMATES.table(rows), sensitivity=moved(strata=strata))
        assert published["sensitivity"].to_pylist()[0]["median"] == median


def test_without_a_list_there_may_be_fewer_than_all_lists_hold():
    """780 victims are on the lists; an answer below that is told as it is."""
    sweep = moved(kind="list_left_out")
    sweep = sweep.set_column(sweep.column_names.index("recorded"), "recorded", pa.array([780]))
    published = protected(estimates(a=300, b=200, c=280), sensitivity=sweep)
    (told,) = published["sensitivity"].to_pylist()

    assert (told["median"], told["low"]) == (600, 200)


def test_the_rate_of_a_hidden_stratum_is_hidden_too():
    rates = ESTIMATED_RATES.table(
        [
            {
                "area": area,
                "area_level": "area" if area in "abc" else "whole",
                "period": "2020",
                "population_series": "census",
                **dict.fromkeys(("victims", "victims_low", "victims_high"), 9.0),
                **dict.fromkeys(("rate", "rate_low", "rate_high"), 4.5),
                "population": 200_000.0,
                "level": 0.95,
                "verdict": "warn",
            }
            for area in "abX"
        ]
    )
    table = estimates(a=300, b=3, c=9000)
    published = protected(table, counts(a=150, b=60, c=90), estimated_rates=rates)
    told = {row["area"]: row for row in published["estimated_rates"].to_pylist()}

    assert (told["b"]["victims"], told["b"]["rate"]) == (None, None)
    assert told["b"]["value_status"] == "suppressed"
    assert told["X"]["rate"] == 4.5
