from __future__ import annotations

import gzip

import pytest

from testigo.core import InputFileError, Period, UsageError
from testigo.estimation import RATES, file_rates, poisson_rate


@pytest.fixture
def rated(tmp_path):
    """Write a CSV and rate it."""

    def make(text: str, **options):
        path = tmp_path / "counts.csv"
        path.write_text(text, encoding="utf-8")
        return file_rates(path, **({"count": "count", "population": "population"} | options))

    return make


def test_the_headline_is_the_ratio_of_sums(rated):
    table = rated("municipio,count,population\nNorte,90,900000\nSur,30,100000\n")
    total, north, south = table.to_pylist()
    exact = poisson_rate([120], [1_000_000])

    assert (total["area"], total["area_level"]) == ("total", "whole")
    assert (total["rate"], total["rate_low"], total["rate_high"]) == pytest.approx(
        (exact.rate[0], exact.low[0], exact.high[0])
    )
    assert [north["area"], south["area"]] == ["Norte", "Sur"]
    assert [north["rate"], south["rate"]] == pytest.approx([10, 30])
    assert table.schema.equals(RATES.arrow)


def test_the_domains_example(rated):
    total = rated("count,population\n2576,6253419\n").to_pylist()[0]

    shown = [round(total[name], 1) for name in ("rate", "rate_low", "rate_high")]
    assert shown == [41.2, 39.6, 42.8]


def test_rows_without_area_are_called_by_their_row(rated):
    table = rated("count,population\n1,10\n2,20\n")

    assert table["area"].to_pylist() == ["total", "2", "3"]
    assert set(table["period"].to_pylist()) == {"all"}


def test_a_file_without_periods_says_that_a_year_was_taken(rated):
    total, row = rated("area,count,population\nA,30,100000\n").to_pylist()

    assert (total["reasons"], total["verdict"]) == ("period_not_stated", "publish")
    assert row["reasons"] == ""


def test_each_period_has_its_own_headline(rated):
    table = rated(
        "area,year,count,population\n"
        "A,2011,30,1000000\nB,2011,10,1000000\nA,2010,40,1000000\nB,2010,20,500000\n"
    )
    rows = [(row["area"], row["period"], row["victims"]) for row in table.to_pylist()]

    assert rows == [
        ("total", "2010", 60),
        ("total", "2011", 40),
        ("A", "2011", 30),
        ("B", "2011", 10),
        ("A", "2010", 40),
        ("B", "2010", 20),
    ]
    assert table["rate"].to_pylist()[:2] == pytest.approx([4, 2])


def test_rows_that_are_whole_periods_are_the_headlines(rated):
    table = rated("year,count,population\n2011,30,1000000\n2010,10,1000000\n")
    rows = [(row["area"], row["area_level"], row["period"]) for row in table.to_pylist()]

    assert rows == [("total", "whole", "2010"), ("total", "whole", "2011")]
    assert table["rate"].to_pylist() == pytest.approx([1, 3])
    assert table["rate_shrunken"].to_pylist() == pytest.approx([1, 3])


def test_months_are_scaled_to_a_year_and_say_so(rated):
    table = rated(
        "area,period,count,population\n"
        "A,2012-02,10,1000000\nB,2012-02,20,1000000\nA,2012-03,20,1000000\n"
    )
    february, march, *rows = table.to_pylist()

    assert {row["annualised"] for row in table.to_pylist()} == {True}
    assert (february["days"], march["days"]) == (29, 31)
    assert rows[0]["rate"] == pytest.approx(365.25 / 29)
    assert february["rate"] == pytest.approx(1e5 * 30 / 2_000_000 * 365.25 / 29)


def test_a_year_and_a_month_in_two_columns_are_one_period(rated):
    table = rated("año,mes,count,population\n2012,2,10,1000000\n2012,Dic.,10,1000000\n")

    assert table["period"].to_pylist() == ["2012-02", "2012-12"]
    with pytest.raises(InputFileError, match="row 2, column 'mes': '13' is not a month"):
        rated("año,mes,count,population\n2012,13,10,1000000\n")


@pytest.mark.parametrize(
    ("column", "first", "second", "periods"),
    [
        ("fecha", "01/03/2020", "01/04/2020", ["2020-03", "2020-04"]),
        ("fecha", "2020-03-01", "2020-04-01", ["2020-03", "2020-04"]),
        ("fecha", "2020-03-01", "2020-03-02", ["2020-03-01", "2020-03-02"]),
        ("periodo", "ene-2020", "feb-2020", ["2020-01", "2020-02"]),
        ("periodo", "marzo de 2020", "abril de 2020", ["2020-03", "2020-04"]),
        ("mes", "2020-03", "2020-04", ["2020-03", "2020-04"]),
        ("año", "2020.0", "2021.0", ["2020", "2021"]),
        ("periodo", "2020", "2021", ["2020", "2021"]),
    ],
)
def test_periods_are_read_as_deliveries_write_them(column, first, second, periods, rated):
    table = rated(f"{column},count,population\n{first},30,1000000\n{second},30,1000000\n")

    assert table["period"].to_pylist() == periods
    assert table["days"].to_pylist() == [Period.parse(each).days for each in periods]


@pytest.mark.parametrize(
    ("column", "second", "told"),
    [
        ("periodo", "2020-T1", "row 3, column 'periodo': '2020-T1' is not a date"),
        ("periodo", "", "row 3, column 'periodo': is blank"),
        ("mes", "marzo", "row 3, column 'mes': 'marzo' is not a date"),
        ("mes", "3", "row 3, column 'mes': '3' is not a date"),
        ("año", "MMXX", "row 3, column 'año': 'MMXX' is not a year"),
        ("fecha", "2019-01-01", "row 2, column 'fecha': .* a day, a month or a year"),
    ],
)
def test_a_period_that_cannot_be_meant_is_refused_and_never_taken_for_a_year(
    column, second, told, rated
):
    with pytest.raises(InputFileError, match=told) as caught:
        rated(f"{column},count,population\n2020-01-01,30,1000000\n{second},30,1000000\n"
              if column != "año" else
              f"{column},count,population\n2020,30,1000000\n{second},30,1000000\n")  # fmt: skip

    assert caught.value.hint is not None


@pytest.mark.parametrize(
    "text",
    [
        "area,count,population\nTotal nacional,60,300000\nA,20,100000\nB,40,200000\n",
        "area,count,population\nA,20,100000\nTotal,60,300000\nB,40,200000\n",
        "area,count,population\nA,20,100000\nB,40,200000\nTOTAL,60,300000\n",
        "city,count,population\nTotal,60,300000\nA,20,100000\nB,40,200000\n",
    ],
)
def test_a_row_of_totals_is_left_out_and_said(text, rated):
    total, first, second = rated(text).to_pylist()

    assert (total["victims"], total["population"], total["rate"]) == (60, 300_000, 20)
    assert (first["victims"], second["victims"]) == (20, 40)
    assert "total_row_left_out" in total["reasons"]
    assert "total_row_left_out" not in first["reasons"] + second["reasons"]


def test_a_total_is_left_out_of_its_own_period_only(rated):
    table = rated(
        "area,year,count,population\n"
        "Total,2010,60,300000\nA,2010,20,100000\nB,2010,40,200000\nA,2011,20,100000\n"
    )

    assert table["victims"].to_pylist()[:2] == [60, 20]
    assert table["reasons"].to_pylist()[:2] == ["total_row_left_out", ""]


def test_a_file_of_nothing_but_totals_is_rated(rated):
    table = rated("area,year,count,population\nNacional,2010,60,300000\nNacional,2011,30,300000\n")

    assert table["victims"].to_pylist() == [60, 30, 60, 30]


def test_few_victims_are_marked(rated):
    total, few, enough = rated("count,population\n19,100000\n20,100000\n").to_pylist()

    assert (few["verdict"], few["reasons"]) == ("warn", "fewer_than_20_victims")
    assert (enough["verdict"], total["verdict"]) == ("publish", "publish")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('count,population\n"1,234","2,345,678"\n', (1234, 2_345_678)),
        ("count;population\n1.234;2.345.678\n", (1234, 2_345_678)),
        ("count;population\n7;1500,5\n", (7, 1500.5)),
        ("count,population\n7.0,1 500\n", (7, 1500)),
        ("count,population\n7,12'345\n", (7, 12345)),
        ("count;population\n7;1.234,5\n", (7, 1234.5)),
    ],
)
def test_numbers_as_offices_write_them(text, numbers, rated):
    row = rated(text).to_pylist()[0]

    assert (row["victims"], row["population"]) == numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cuenta,population\n1,10\n", "no column 'count'"),
        ("count,population\n1,10\n2,20,30\n", "row 3: the row has more or fewer cells"),
        ("counts,population\n1,10\n", "Did you mean 'counts'"),
        ("count,population\n1,10\nfew,10\n", "row 3, column 'count': 'few' is not a count"),
        ("count,population\n1,10\n-1,10\n", "row 3, column 'count': '-1' is not a count"),
        ("count,population\n1.5,10\n", "row 2, column 'count': '1.5' is not a whole number"),
        ("count,population\n1,10\n,10\n", "row 3, column 'count': is blank"),
        ("count,population\n1,0\n", "row 2, column 'population': there are no residents"),
        ("count,population\n1,-3\n", "row 2, column 'population': '-3' is not a count"),
        ("count,population\n1,\n", "row 2, column 'population': is blank"),
        ("count,population\n1,1234 5\n", "row 2, column 'population': '1234 5' is not a count"),
        ("count,population\n1,1e999\n", "row 2, column 'population': '1e999' is not a count"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_column_row_and_mend(text, told, rated):
    with pytest.raises(InputFileError, match=told) as caught:
        rated(text)

    assert caught.value.hint is not None


def test_a_compressed_file_is_read(tmp_path):
    path = tmp_path / "counts.csv.gz"
    path.write_bytes(gzip.compress(b"count,population\n30,100000\n", mtime=0))

    table = file_rates(path, count="Count", population="POPULATION")

    assert table["rate"].to_pylist() == pytest.approx([30])


def test_one_column_cannot_be_both(rated):
    with pytest.raises(UsageError, match="same column"):
        rated("count,population\n1,2\n", population="count")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputFileError, match="nowhere"):
        file_rates(tmp_path / "nowhere.csv", count="a", population="b")


def test_a_file_without_a_header_names_nobody(rated):
    with pytest.raises(InputFileError, match="no column 'count'") as caught:
        rated("1,JUAN PEREZ GOMEZ,34\n2,ANA RUIZ,20\n")

    assert "PEREZ" not in str(caught.value)
    assert "Row 1 is no header: none of its 3 cells" in str(caught.value.hint)


def test_an_area_given_twice_in_one_period_is_warned_of(tmp_path):
    path = tmp_path / "weapons.csv"
    path.write_text(
        "area,year,weapon,count,population\nA,2020,knife,30,100000\nA,2020,gun,70,100000\n"
        "A,2021,knife,30,100000\n",
        encoding="utf-8",
    )
    first, second, *_ = file_rates(path, count="count", population="population").to_pylist()

    assert (first["reasons"], first["verdict"]) == ("area_repeated", "warn")
    assert (second["reasons"], second["verdict"]) == ("", "publish")


def test_a_number_of_victims_beyond_all_people_is_refused_with_its_row(rated):
    with pytest.raises(InputFileError, match=r"row 2.*so many people"):
        rated("area,count,population\nA,9223372036854775807,10\n")


def test_more_victims_than_residents_is_warned_of(rated):
    first, *_ = rated("area,year,count,population\nA,2020,400,100\n").to_pylist()

    assert (first["reasons"], first["verdict"]) == ("more_victims_than_residents", "warn")
