"""Which strata of the estimates are hidden, and what goes with them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import ESTIMATED_RATES, ESTIMATES, SENSITIVITY
from testigo.linkage import count_overlaps
from testigo.publication import DisclosurePolicy, protect
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
                "reasons": "small_list leans_on_other_strata",
                "measured": "small_list=1/0 leans_on_other_strata=3/20",
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


def strata_of(table):
    """As the store has them: the values beside the label."""
    rows = [{"stratum": label, "of_area": label[5:-10], "of_year": "2020"}
            for label in table["stratum"].to_pylist() if label]  # fmt: skip
    return pa.Table.from_pylist(rows)


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
    published = protected(estimates(a=300, b=200, c=280), counts(a=90, b=70, c=80))

    assert hidden_of(published) == set()
    told = {row["stratum"]: row["measured"] for row in published["estimates"].to_pylist()}
    assert told["area=a year=2020"] == "small_list=1/0 leans_on_other_strata=/20"


def test_a_place_that_may_not_be_named_has_no_line():
    (line,) = counts(a=2).slice(0, 1).to_pylist()
    told = COUNTS.table([*counts(a=90, b=70).to_pylist(), line | {"area": "Casa de la señora"}])
    table = estimates(a=300, b=200, **{"Casa de la señora": 3})
    published = protected(table, told, catalogue=OPEN)

    assert not any("señora" in (row["stratum"] or "") for row in published["estimates"].to_pylist())


def test_what_is_hidden_is_hidden_under_every_assumption():
    moved = SENSITIVITY.table(
        [
            {
                "stratum": f"area={area} year=2020",
                "kind": "main",
                "setting": "latent-class",
                "median": 9.0,
                "low": 7.0,
                "high": 12.0,
                "level": 0.95,
                "verdict": "warn",
                "reasons": "small_list",
            }
            for area in "ab"
        ]
    )
    table = estimates(a=300, b=3, c=9000)
    published = protected(table, counts(a=150, b=60, c=90), sensitivity=moved)
    row = next(row for row in published["sensitivity"].to_pylist() if "=b " in row["stratum"])

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
    return ESTIMATES.table([row | {"measured": measured, "reasons": measured.split("=")[0],
                                   "median": 648.2, "low": 354.975, "high": high}])  # fmt: skip


def test_a_table_without_strata_does_not_tell_its_overlaps():
    published = protected(whole("no_pair_overlaps=3/5 unequal_people=4.07423/1"))
    (row,) = published["estimates"].to_pylist()

    assert row["measured"] == "no_pair_overlaps=/5 unequal_people=4.1/1"
    assert [row[name] for name in ("median", "low", "high")] == [650, 350, 1950]


def test_an_estimate_and_a_few_hidden_overlaps_are_not_told_together():
    links = overlaps(police=60, ngo=50, press=80, police_ngo=13, police_press=21, ngo_press=2,
                     police_ngo_press=12)  # fmt: skip
    told = protected(whole("unequal_people=4.07423/1"), links=links)["links"].to_pylist()
    shared = [row for row in told if row["measure"] in {"victims_on_both", "victims_on_exactly"}]

    assert {row["count"] for row in shared} == {None}
    assert {row["count"] for row in told if row["measure"] == "victims"} == {238}


def test_the_product_of_all_overlaps_is_not_told():
    row = {"stratum": "", "kind": "highest_order", "setting": "1", "median": 5512.725275,
           "low": 700.0, "high": 9000.0, "level": 0.95, "verdict": "publish",
           "reasons": ""}  # fmt: skip
    published = protected(whole(""), sensitivity=SENSITIVITY.table([row]))
    (told,) = published["sensitivity"].to_pylist()

    assert (told["median"], told["low"], told["value_status"]) == (None, None, "suppressed")


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
