"""Counting: what becomes of unknown places and dates, zeros, and the parts of a year."""

from __future__ import annotations

from datetime import date

import ibis
import pyarrow as pa
import pytest

from testigo.core import Area, AreaCatalogue, RowsLostError, Text
from testigo.records import ACCEPTED, Source, Span, count_victims

CATALOGUE = AreaCatalogue(
    {
        "MX": Area("MX", "México", "whole", None),
        "01": Area("01", "Norte", "parent", "MX"),
        "02": Area("02", "Sur", "parent", "MX"),
        "0101": Area("0101", "Uno", "area", "01"),
        "0201": Area("0201", "Dos", "area", "02"),
    }
)
FLAT = AreaCatalogue(
    {
        "C": Area("C", "Ciudad", "whole", None),
        "b1": Area("b1", "Barrio", "area", "C"),
    }
)
OPEN = AreaCatalogue({"C": Area("C", "Ciudad", "whole", None)}, closed=False)


def source(**changes: object) -> Source:
    given: dict[str, object] = {
        "id": "police",
        "name": Text(es="Policía", en="Police"),
        "kind": "records",
        "family": "criminal_justice",
        "files": ("police.csv",),
        "columns": {},
        "absent": "missing",
    }
    return Source(**given | changes)


def count(*rows: dict[str, object], catalogue: AreaCatalogue = CATALOGUE, **changes: object):
    """Count rows given by what differs from one victim in Uno on 15 March 2020."""
    usual = {
        "source": "police",
        "file": "police.csv",
        "row": 1,
        "cell": 0,
        "count": 1,
        "date": date(2020, 3, 15),
        "date_precision": "day",
        "area": "0101",
        "parent": "01",
    }
    table = pa.Table.from_pylist([usual | row for row in rows], schema=ACCEPTED.arrow)
    accepted = ibis.duckdb.connect().create_table("accepted", table)
    lines = count_victims(accepted, [source(**changes)], catalogue).to_pylist()
    return {(line["area"], line["period"]): line["victims"] for line in lines}, lines


def test_a_victim_counts_in_its_area_its_parent_and_the_whole_by_year_and_by_month() -> None:
    found, _ = count({})

    assert found == {
        (area, period): 1 for area in ("0101", "01", "MX") for period in ("2020", "2020-03")
    }


def test_an_unknown_place_stays_under_its_parent() -> None:
    found, _ = count({"area": None})

    assert set(found) == {(a, p) for a in ("?01", "01", "MX") for p in ("2020", "2020-03")}


def test_a_victim_without_any_place_counts_in_the_whole_and_as_unknown_at_each_level() -> None:
    _, lines = count({"area": None, "parent": None})

    assert {(line["area_level"], line["area"]) for line in lines} == {
        ("area", "?"),
        ("parent", "?"),
        ("whole", "MX"),
    }


def test_a_row_without_parent_takes_the_one_of_the_catalogue() -> None:
    found, _ = count({"parent": None})

    assert found["01", "2020"] == 1


def test_a_year_without_month_counts_in_the_year_only() -> None:
    found, lines = count({"date": date(2020, 1, 1), "date_precision": "year"})

    assert {period for _, period in found} == {"2020"}
    assert {line["months_covered"] for line in lines} == {12}


@pytest.mark.parametrize("day", [None, date(2020, 1, 1)])
def test_a_victim_without_date_does_not_vanish(day: date | None) -> None:
    found, lines = count({"date": day, "date_precision": "unknown"})

    assert found == {("0101", "?"): 1, ("01", "?"): 1, ("MX", "?"): 1}
    assert {line["months_covered"] for line in lines} == {0}


def test_a_source_of_states_speaks_of_no_municipality() -> None:
    _, lines = count({"area": None}, area_level="parent")

    assert {line["area_level"] for line in lines} == {"parent", "whole"}


def test_a_catalogue_without_parents_has_no_level_between() -> None:
    _, lines = count({"area": "b1", "parent": "C"}, catalogue=FLAT)

    assert {line["area_level"] for line in lines} == {"area", "whole"}


def test_without_catalogue_the_texts_of_the_delivery_are_the_areas() -> None:
    found, _ = count({"area": "El Centro", "parent": "Puno"}, catalogue=OPEN)

    assert {area for area, _ in found} == {"El Centro", "Puno", "C"}


def test_tallies_add_what_they_carry() -> None:
    found, _ = count({"count": 7}, {"count": 0, "date": date(2020, 4, 1)}, kind="tallies")

    assert (found["MX", "2020"], found["MX", "2020-04"]) == (7, 0)


def test_records_make_zeros_of_the_areas_they_do_not_name_in_a_covered_year() -> None:
    found, _ = count({}, absent=None)

    assert found["0201", "2020"] == found["02", "2020"] == 0
    assert ("0201", "2020-03") not in found
    assert ("0201", "2019") not in found


def test_tallies_that_do_not_name_an_area_say_nothing_about_it() -> None:
    found, _ = count({}, kind="tallies", absent=None)

    assert ("0201", "2020") not in found


def test_a_quiet_month_of_a_small_place_is_a_zero_and_not_a_gap() -> None:
    """One killing in January and one in March: February without any is no surprise."""
    found, lines = count({"date": date(2020, 1, 3)}, {"date": date(2020, 3, 3)}, absent="zero")

    assert found["MX", "2020-02"] == 0
    assert {line["months_covered"] for line in lines if line["period"] == "2020"} == {3}


def test_a_silent_month_of_a_busy_source_is_not_covered() -> None:
    found, lines = count(
        {"date": date(2020, 1, 3), "count": 100},
        {"date": date(2020, 3, 3), "count": 100},
        absent="zero",
    )

    assert ("MX", "2020-02") not in found
    assert {line["months_covered"] for line in lines if line["period"] == "2020"} == {2}


def test_a_declared_gap_is_never_filled_with_zeros() -> None:
    gap = Span(date(2020, 2, 1), date(2020, 2, 29), Text(es="huelga", en="strike"))
    found, _ = count(
        {"date": date(2020, 1, 3)},
        {"date": date(2020, 3, 3)},
        absent="zero",
        reporting_gaps=(gap,),
    )

    assert ("MX", "2020-02") not in found


def test_a_quiet_year_between_two_others_is_covered_and_zero() -> None:
    found, _ = count({"date": date(2018, 12, 30)}, {"date": date(2020, 1, 2)}, absent="zero")

    assert found["MX", "2019"] == found["0101", "2019"] == 0


def test_months_covered_are_those_of_the_whole_for_every_area() -> None:
    _, lines = count({}, {"date": date(2020, 4, 1), "area": "0201", "parent": "02"})

    covered = {line["months_covered"] for line in lines if line["period"] == "2020"}
    assert covered == {2}


def test_nothing_accepted_is_an_empty_table() -> None:
    _, lines = count()

    assert lines == []


def test_rows_of_a_source_nobody_listed_stop_the_run() -> None:
    with pytest.raises(RowsLostError, match="press"):
        count({"source": "press"})
