from __future__ import annotations

import gzip

import pytest

from testigo.core import InputFileError, UsageError
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


def test_months_are_scaled_to_a_year_and_say_so(rated):
    table = rated("area,period,count,population\nA,2012-02,10,1000000\nA,2012-03,20,1000000\n")
    total, february, march = table.to_pylist()

    assert february["annualised"]
    assert (february["days"], march["days"]) == (29, 31)
    assert february["rate"] == pytest.approx(365.25 / 29)
    assert total["rate"] == pytest.approx(30 / (60 / 365.25) / 10)
    again = 1e5 * total["victims"] / total["population"] * 365.25 / total["days"]
    assert total["rate"] == pytest.approx(again)


def test_a_year_and_a_month_in_two_columns_are_one_period(rated):
    table = rated("año,mes,count,population\n2012,2,10,1000000\n2012,12,10,1000000\n")

    assert table["period"].to_pylist() == ["all", "2012-02", "2012-12"]
    with pytest.raises(InputFileError, match="column 'mes': is not a month"):
        rated("año,mes,count,population\n2012,13,10,1000000\n")


def test_years_together_are_person_years(rated):
    table = rated("year,count,population\n2010,10,1000000\n2011,30,1000000\n")
    total = table.to_pylist()[0]

    assert total["rate"] == pytest.approx(2)
    assert (total["annualised"], total["period"]) == (False, "all")
    assert table["period"].to_pylist()[1:] == ["2010", "2011"]


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
    row = rated(text).to_pylist()[1]

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

    assert table["rate"].to_pylist() == pytest.approx([30, 30])


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
