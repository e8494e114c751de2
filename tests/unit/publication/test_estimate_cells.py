"""Which strata of the estimates are hidden, and what goes with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import ESTIMATED_RATES, ESTIMATES, SENSITIVITY
from testigo.publication import DisclosurePolicy, protect
from testigo.publication.estimate_cells import read_stratum
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


def hidden_of(published):
    rows = published["estimates"].to_pylist()
    return {row["stratum"] or "" for row in rows if row["value_status"] == "suppressed"}


def protected(table, told=None, catalogue=KNOWN, **more):
    given = {"estimates": table, "counts": told or counts(a=90, b=70, c=80)} | more
    return protect(given, sources=[POLICE], catalogue=catalogue, policy=DisclosurePolicy(5))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("", {}),
        ("area=01001 year=2020", {"area": "01001", "year": "2020"}),
        ("area=San Juan del Río year=", {"area": "San Juan del Río", "year": ""}),
    ],
)
def test_a_stratum_is_taken_apart(name, parts):
    assert read_stratum(name) == parts


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
        {"estimates": estimates(a=3, b=200)},
        sources=[replace(POLICE, published=True)],
        catalogue=KNOWN,
        policy=DisclosurePolicy(5),
    )

    assert hidden_of(published) == set()


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
