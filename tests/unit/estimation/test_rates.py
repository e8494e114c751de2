from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.core import Period
from testigo.estimation import poisson_rate, rate_by_area


def rows_of(table, **wanted):
    return [
        row
        for row in table.to_pylist()
        if all(row[name] == value for name, value in wanted.items())
    ]


def row_of(table, **wanted):
    (row,) = rows_of(table, **wanted)
    return row


def test_a_larger_areas_rate_is_the_ratio_of_sums_and_not_the_mean_of_rates(
    counts, population, source
):
    table = rate_by_area(
        counts(("0101", "2010", 90), ("0102", "2010", 30), ("01", "2010", 120)),
        population(("0101", 2010, 900_000), ("0102", 2010, 100_000), ("01", 2010, 1_000_000)),
        [source("police")],
    )
    of_areas = [row["rate"] for row in rows_of(table, area_level="area")]

    assert of_areas == pytest.approx([10, 30])
    assert row_of(table, area="01")["rate"] == pytest.approx(12)


def test_two_denominators_stand_side_by_side(counts, population, source):
    table = rate_by_area(
        counts(("XX", "2012", 25_967)),
        pa.concat_tables(
            [
                population(("XX", 2012, 118_085_000), series="conapo"),
                population(("XX", 2012, 115_114_356), series="municipal"),
            ]
        ),
        [source("police")],
    )

    assert [row["population_series"] for row in table.to_pylist()] == ["conapo", "municipal"]
    assert [round(row["rate"], 2) for row in table.to_pylist()] == [21.99, 22.56]


def test_limits_are_those_of_the_count(counts, population, source):
    table = rate_by_area(
        counts(("0101", "2010", 37)),
        population(("0101", 2010, 250_000)),
        [source("police")],
        level=0.9,
    )
    exact = poisson_rate([37], [250_000], level=0.9)
    row = row_of(table)

    assert (row["rate"], row["rate_low"], row["rate_high"], row["level"]) == pytest.approx(
        (exact.rate[0], exact.low[0], exact.high[0], 0.9)
    )
    assert (row["verdict"], row["reasons"]) == ("publish", "")


def test_fewer_than_twenty_victims_are_marked(counts, population, source):
    table = rate_by_area(
        counts(("0101", "2010", 19), ("0102", "2010", 20)),
        population(("0101", 2010, 100_000), ("0102", 2010, 100_000)),
        [source("police")],
    )
    few, enough = table.to_pylist()

    assert (few["verdict"], few["reasons"]) == ("warn", "fewer_than_20_victims")
    assert few["rate"] == pytest.approx(19)
    assert (enough["verdict"], enough["reasons"]) == ("publish", "")


def test_months_of_large_areas_are_scaled_to_a_year_and_say_so(counts, population, source):
    table = rate_by_area(
        counts(("0101", "2012-02", 40), ("01", "2012-02", 100), ("XX", "2012-02", 100)),
        population(("0101", 2012, 9e5), ("01", 2012, 1e6), ("XX", 2012, 2e6)),
        [source("police")],
    )
    month = row_of(table, area="01")

    assert {row["area"] for row in table.to_pylist()} == {"01", "XX"}
    assert (month["annualised"], month["days"]) == (True, 29)
    assert month["rate"] == pytest.approx(100 / 1e6 * 1e5 * 365.25 / 29)


def test_a_year_covered_in_part_is_scaled_by_the_days_of_its_months(counts, population, source):
    table = rate_by_area(
        counts(
            ("XX", "2019", 300, 2),
            ("XX", "2019-01", 100),
            ("XX", "2019-02", 200),
        ),
        population(("XX", 2019, 1_000_000)),
        [source("police")],
    )
    year = row_of(table, period="2019")

    assert (year["annualised"], year["days"], year["reasons"]) == (True, 59, "partial_year")
    assert year["verdict"] == "warn"
    assert year["rate"] == pytest.approx(30 * 365.25 / 59)


def test_a_source_of_files_has_no_rate_but_keeps_its_count(counts, population, source):
    row = row_of(
        rate_by_area(
            counts(("01", "2020", 500), ("01", "2020-01", 40)),
            population(("01", 2020, 1_000_000)),
            [source("police", unit="file")],
        )
    )

    assert (row["victims"], row["rate"], row["rate_high"]) == (500, None, None)
    assert (row["verdict"], row["reasons"]) == ("refuse", "unit_is_not_victim")
    assert row["population_series"] == "none"


def test_an_area_without_any_denominator_is_not_estimable(counts, population, source):
    table = rate_by_area(
        counts(("0101", "2010", 50), ("0102", "2010", 60)),
        population(("0101", 2010, 1_000), ("0102", 2010, 0)),
        [source("police")],
    )
    lacking = rate_by_area(
        counts(("0101", "2011", 50)), population(("0101", 2010, 1_000)), [source("police")]
    )

    for row in (row_of(table, area="0102"), row_of(lacking)):
        assert (row["rate"], row["rate_shrunken"]) == (None, None)
        assert (row["verdict"], row["reasons"]) == ("refuse", "no_population")


def test_victims_of_unknown_place_stay_in_the_table_so_that_levels_add_up(
    counts, population, source
):
    table = rate_by_area(
        counts(("0101", "2010", 90), ("?01", "2010", 10), ("01", "2010", 100)),
        population(("0101", 2010, 100_000), ("01", 2010, 100_000)),
        [source("police")],
    )
    unknown = row_of(table, area="?01")

    assert unknown["verdict"] == "refuse"
    assert unknown["reasons"] == "area_unknown fewer_than_20_victims"
    assert row_of(table, area="01")["reasons"] == ""
    assert sum(row["victims"] for row in rows_of(table, area_level="area")) == 100


@pytest.mark.parametrize(
    ("outside", "judged"),
    [
        (4, ("warn", "population_nearly_complete")),
        (40, ("refuse", "population_incomplete")),
    ],
)
def test_victims_where_no_residents_are_known_spoil_the_larger_areas_rate(
    outside, judged, counts, population, source
):
    """0102 has victims and no residents: the sum of residents is no denominator for all."""
    table = rate_by_area(
        counts(
            ("0101", "2010", 100),
            ("0102", "2010", outside),
            ("01", "2010", 100 + outside),
            ("XX", "2010", 100 + outside),
            ("XX", "2010-05", 30),
        ),
        population(("0101", 2010, 1e6), ("01", 2010, 1e6), ("XX", 2010, 1e6)),
        [source("police")],
    )
    for row in [*rows_of(table, area="01"), *rows_of(table, area="XX")]:
        assert (row["verdict"], row["reasons"]) == judged
        assert (row["rate"] is None) == (judged[0] == "refuse")


@pytest.mark.parametrize("basis", ["given", "sum_unnamed"])
def test_a_larger_area_that_holds_more_than_its_named_areas_lacks_nobody(
    basis, counts, population, source
):
    """The series prints it, or it holds the residents of areas that the series does not name."""
    table = rate_by_area(
        counts(("0101", "2010", 100), ("01", "2010", 100)),
        population(("01", 2010, 1e6), basis=basis),
        [source("police")],
    )

    assert row_of(table, area="01")["reasons"] == ""
    assert row_of(table, area="0101")["reasons"] == "no_population"


def test_a_sum_known_to_lack_residents_is_refused(counts, population, source):
    table = rate_by_area(
        counts(("01", "1995", 400)),
        population(("01", 1995, 3e6), known_share=0.88),
        [source("police")],
    )

    assert row_of(table)["reasons"] == "population_incomplete"


def test_shrinking_stays_within_source_series_level_and_period(counts, population, source):
    table = rate_by_area(
        pa.concat_tables(
            [
                counts(("0101", "2010", 9), ("0102", "2010", 11), ("0101", "2011", 90)),
                counts(("0101", "2010", 400), source="press"),
            ]
        ),
        population(("0101", 2010, 1e5), ("0102", 2010, 1e5), ("0101", 2011, 1e5)),
        [source("police"), source("press")],
    )

    shrunken = {
        (row["source"], row["area"], row["period"]): row["rate_shrunken"]
        for row in table.to_pylist()
    }
    assert shrunken[("police", "0101", "2010")] == pytest.approx(10)
    assert shrunken[("police", "0102", "2010")] == pytest.approx(10)
    assert shrunken[("police", "0101", "2011")] == pytest.approx(90)
    assert shrunken[("press", "0101", "2010")] == pytest.approx(400)


def test_a_source_that_is_not_listed_and_a_period_that_is_not_known_have_no_line(
    counts, population, source
):
    table = rate_by_area(
        pa.concat_tables([counts(("0101", "2010", 9)), counts(("XX", "?", 5, 0), source="press")]),
        population(("0101", 2010, 1e5), ("XX", 2010, 1e5)),
        [source("press")],
    )

    assert table.num_rows == 0


cells = st.lists(
    st.tuples(
        st.sampled_from(["0101", "0102", "0201", "01", "02", "XX", "?01"]),
        st.sampled_from(["2010", "2011", "2010-02", "2011-12"]),
    ),
    unique=True,
    min_size=1,
)


@given(cells=cells, data=st.data())
def test_each_rate_can_be_recomputed_from_its_own_columns(cells, data, counts, population, source):
    victims = [data.draw(st.integers(0, 400)) for _ in cells]
    months = [data.draw(st.integers(1, 12)) if len(cell[1]) == 4 else 1 for cell in cells]
    people = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(["0101", "0102", "0201", "01", "02", "XX"]),
                st.sampled_from([2010, 2011]),
                st.integers(0, 10**7),
            ),
            unique_by=lambda row: row[:2],
        )
    )
    table = rate_by_area(
        counts(*((*cell, n, m) for cell, n, m in zip(cells, victims, months, strict=True))),
        population(*people),
        [source("police")],
    )

    for row in table.to_pylist():
        if row["verdict"] == "refuse":
            assert {row["rate"], row["rate_low"], row["rate_high"]} == {None}
            continue
        scale = 365.25 / row["days"] if row["annualised"] else 1
        again = 100_000 * row["victims"] / row["population"] * scale
        assert row["rate"] == pytest.approx(again)
        assert 0 <= row["rate_low"] <= row["rate"] < row["rate_high"] < np.inf
        assert row["annualised"] or row["days"] == Period.parse(row["period"]).days
