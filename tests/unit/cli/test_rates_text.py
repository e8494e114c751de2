"""What `testigo rates` answers, and how the coverage is read."""

import pyarrow as pa
import pytest

from testigo.cli.file_commands import read_level
from testigo.cli.rates_text import tell_rates
from testigo.cli.voice import Voice
from testigo.core import UsageError

LINE = {
    "area": "",
    "period": "",
    "victims": 2_576,
    "population": 6_253_419.0,
    "rate": 41.19,
    "rate_low": 39.62,
    "rate_high": 42.81,
    "level": 0.95,
    "reasons": "",
}


def test_a_rate_is_printed_with_its_interval(capsys):
    tell_rates(Voice(), pa.Table.from_pylist([LINE]))

    shown = capsys.readouterr().out
    assert "exact Poisson interval of 95%" in shown
    assert shown.splitlines()[-1].split() == ["2,576", "6,253,419", "41.2", "39.6", "42.8"]


def test_areas_and_periods_are_named_where_there_are_any(capsys):
    tell_rates(Voice("es"), pa.Table.from_pylist([LINE | {"area": "08037", "period": "2010"}]))

    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:3] == ["área", "período", "motivos"]
    assert lines[2].split()[:2] == ["08037", "2010"]


def test_a_rate_that_cannot_be_known_is_a_dash(capsys):
    blank = {"rate": None, "rate_low": None, "rate_high": None, "population": None}
    tell_rates(Voice(), pa.Table.from_pylist([LINE | blank, LINE]))

    assert capsys.readouterr().out.splitlines()[2].split() == ["2,576", "–", "–", "–", "–"]


def test_the_words_of_a_warning_stand_below_in_the_readers_language(capsys):
    few = LINE | {"area": "total", "period": "all", "reasons": "fewer_than_20_victims"}
    tell_rates(Voice("es"), pa.Table.from_pylist([few, few | {"area": "06"}]))

    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split()[:6] == ["todas", "las", "filas", "un", "año", "1"]
    assert lines[-1].strip().startswith("1 Menos de 20 víctimas")
    assert lines[-1].endswith("(fewer_than_20_victims)")


@pytest.mark.parametrize("text", ["0.95", "0,95", "95%", "95 %"])
def test_a_coverage_may_be_written_in_several_ways(text):
    assert read_level(text) == pytest.approx(0.95)


@pytest.mark.parametrize("text", ["95", "0", "1", "-0.5", "much", "", "nan"])
def test_what_is_no_coverage_is_refused(text):
    with pytest.raises(UsageError, match=r"0\.95"):
        read_level(text)
