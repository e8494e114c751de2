"""Every example of domain.md section 10 that is a text gives the result that it expects there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from testigo.records.consistency.model import Finding

# rule, claim, severity, found, expected, words of the explanation
EXAMPLES = [
    ("C03", 'said = 70\nqualifier = "nearly"\nin_table = 70.2\nrepaired = 69.2',
     "warning", "70", "70.2", "nearly 70, the table 70.2. With 69.2"),
    ("C04", "part = 3614\nwhole = 21046\nstated = 81\ncomplement = true",
     "warning", "81", "82.8", "82.8% (82.3% to 83.3%"),
    ("C05", 'stated = 9\nitems = ["a", "b", "c", "d", "e", "f", "g", "h"]',
     "warning", "8", "9", "announces 9 and lists 8"),
    ("C05", "stated = 8\nvalues = [120, 110, 100, 90, 80, 56, 60, 50]",
     "warning", "8 (56, 60)", "8", "56 stands before 60"),
    ("C06", "items = [300, 320, 50, 250, 20]\ntotal = 1000",
     "warning", "940", "1000", "940 of 1,000: 6.0%"),
    ("C07", "before = 16500\nafter = 15200\nstated = -8", "ok", "-8", "-7.9", "-7.9%"),
    ("C07", ('before = 16500\nafter = 15200\nperiod_before = "2011-12/2012-07"\n'
             'period_after = "2012-01/2012-08"'),
     "warning", "2011-12/2012-07 2012-01/2012-08", "0", "7 months in common"),
    ("C08", "amount = 2250000000\nper_unit = 210\nplausible = 21046",
     "error", "10714286", "10714 (x 1000)", "10,714,286"),
    ("C09", 'amount = 166\nconverted = 2250\nrate = 13.55\non = "2013"',
     "ok", "13.55", "13.55", "166 = 2,250 at 13.55 (2013)"),
    ("C09", "amount = 166\nconverted = 2250", "info", "13.55", "-", "write the rate and its day"),
    ("C10", "each_year = 30\naverage = 30", "warning", "30", "> 30", "cannot make 30% on average"),
    ("C11", 'value = 22\nfactor = 4\nqualifier = "nearly"',
     "info", "22", "5.5", "slightly above 5.5"),
    ("C12", "value = 64.7\nreference = 20\nfactor = 3", "ok", "3.2", "3", "3.2 times 20"),
    ("C13", "part = 11\nwhole = 18\nparts = [5, 5, 1]", "ok", "11", "<= 18", "11 of 18"),
    ("C14", "base = 14000\ngrowth = 50\ntarget = 22000",
     "warning", "22000", "21000", "21,000, and the target says 22,000 (57.1%)"),
    ("C14", 'base = 14000\nqualifier = "more_than"\ngrowth = 50\ntarget = 22000',
     "warning", "22000", "21000", "a base of 14,667 would reconcile"),
    ("C15", "percent = 76\ntotal = 5.2\npart = 3.95", "ok", "3.95", "3.95", "3.95"),
    ("C16", 'first = -3.4\nfirst_place = "Peru"\nsecond = 0\nsecond_place = "a valley"',
     "info", "0", "-3.4", "different territories"),
    ("C17", "reviewed = 11\nat_least = 25", "warning", "11", ">= 25", "at most 44%"),
    ("C18", 'start = "2012-03"\nend = "2013-11"\nstated = 20', "ok", "20", "20", "gives 21"),
    ("C19", "before = 4000\nafter = 8000\nfactor = 2", "ok", "2.0", "2", "2.0 times"),
    ("C20", 'labels = ["police", "forensic and police"]',
     "info", "police / forensic and police", "police", "no common series"),
    ("C23", 'counts = [17000, 18000]\nunits = ["file", "victim"]',
     "warning", "file / victim", "victim", "1.06"),
    ("C23", 'counts = [17000, 18000]\nunits = ["file", ""]',
     "error", "file / ", "victim", "1 of 2 counts do not say"),
]  # fmt: skip

# what the sources do not hold: the other answers of each rule
OTHER_ANSWERS = [
    ("C07", "before = 2000\nafter = 2045\nstated = 2.3", "ok", "2.3", "2.3"),  # 2.25 exactly
    ("C04", "part = 1\nwhole = 2000\nstated = 0.1", "ok", "0.1", "0.1"),  # 0.05
    ("C12", 'value = 2.45\nreference = 2\nfactor = 1.23\nqualifier = "exactly"',
     "ok", "1.225", "1.23"),
    ("C14", "base = 5\ngrowth = -100\ntarget = 5", "warning", "5", "0"),
    ("C14", "base = 1000\ngrowth = 0.7\ntarget = 1007.0", "ok", "1007.0", "1007.0"),
    ("C15", "percent = 0.7\ntotal = 100\npart = 0.7", "ok", "0.7", "0.7"),
    ("C01", "count = 2576\npopulation = 6253419\nrate = 32.0", "error", "32.0", "41.2"),
    ("C02", "count = 4308\npopulation = 6224668\nrate = 70.2", "warning", "70.2", "69.2"),
    ("C01", "count = 2576\npopulation = 6253419\nrate = 41.2", "ok", "41.2", "41.2"),
    ("C03", 'said = 70\nqualifier = "nearly"\nin_table = 69.2', "ok", "70", "69.2"),
    ("C03", "said = 70\nin_table = 70.2", "ok", "70", "70.2"),
    ("C03", 'said = 70\nqualifier = "nearly"\nin_table = 75', "warning", "70", "75"),
    ("C04", "part = 3614\nwhole = 21046\nstated = 17.2", "ok", "17.2", "17.2"),
    ("C04", "part = 3614\nwhole = 21046\nstated = 19", "warning", "19", "17.2"),
    ("C04", 'part = 3614\nwhole = 21046\nstated = 80\nqualifier = "more_than"\ncomplement = true',
     "ok", "80", "82.8"),
    ("C04", "part = 12\nwhole = 11\nstated = 100", "error", "12", "0 - 11"),
    ("C05", 'stated = 2\nitems = ["a", "b"]', "ok", "2", "2"),
    ("C05", "stated = 3\nvalues = [1, 2]\nrising = true", "warning", "2", "3"),
    ("C05", "stated = 3\nvalues = [1, 2]", "warning", "2 (1, 2)", "3"),
    ("C06", "items = [33.3, 33.3, 33.3]\ntotal = 100", "ok", "99.9", "100"),
    ("C06", "items = [60, 50]\ntotal = 100", "warning", "110", "100"),
    ("C07", "before = 16500\nafter = 15200\nstated = 8", "warning", "8", "-7.9"),
    ("C07", ('before = 10\nafter = 9\nperiod_before = "2011-01/2011-12"\n'
             'period_after = "2012-01/2012-08"'), "warning", "8", "12"),
    ("C08", "amount = 2250000000\nper_unit = 210000\nplausible = 21046",
     "ok", "10714", "21046"),
    ("C08", "amount = 100\nper_unit = 1\nplausible = 3", "error", "100", "3"),
    ("C09", 'amount = 166\nconverted = 2250\nrate = 12.5\non = "2010"', "warning", "13.55", "12.5"),
    ("C10", "each_year = 30\naverage = 34", "ok", "34", "> 30"),
    ("C11", 'value = 22\nfactor = 4\nqualifier = "nearly"\nreference = 5.6', "ok", "3.9", "4"),
    ("C12", "value = 59\nreference = 20\nfactor = 3", "warning", "2.95", "3"),
    ("C13", "part = 19\nwhole = 18", "error", "19", "<= 18"),
    ("C13", "part = 11\nwhole = 18\nparts = [5, 5]", "warning", "10", "11"),
    ("C14", "base = 14667\ngrowth = 50\ntarget = 22000", "ok", "22000", "22001"),
    ("C15", "percent = 76\ntotal = 5.2\npart = 4.3", "warning", "4.3", "4.0"),
    ("C16", 'first = 1\nfirst_place = "Peru"\nsecond = 2\nsecond_place = "peru"',
     "warning", "2", "1"),
    ("C16", 'first = 1\nfirst_place = "Peru"\nsecond = 1\nsecond_place = "Peru"', "ok", "1", "1"),
    ("C17", "reviewed = 26\nat_least = 26", "ok", "26", ">= 26"),
    ("C18", 'start = "2012-03"\nend = "2013-11"\nstated = 21', "info", "21", "20"),
    ("C18", 'start = "2012-03"\nend = "2013-11"\nstated = 18', "warning", "18", "20"),
    ("C19", "before = 4000\nafter = 7000\nfactor = 2", "warning", "1.8", "2"),
    ("C20", 'labels = ["Police", "police"]', "ok", "Police / police", "Police"),
    ("C23", 'counts = [17000, 18000]\nunits = ["victim", "victim"]',
     "ok", "victim / victim", "victim"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "lines", "severity", "found", "expected", "words"), EXAMPLES)
def test_example_of_the_sources_gives_its_expected_result(
    judge: Callable[..., Finding], *, rule, lines, severity, found, expected, words
) -> None:
    finding = judge(rule, lines)

    assert (finding.rule, finding.severity) == (rule, severity)
    assert (finding.found, finding.expected) == (found, expected)
    assert words in str(finding.explanation)


@pytest.mark.parametrize(
    ("rule", "lines", "severity", "found", "expected"),
    OTHER_ANSWERS,
)
def test_rule_gives_its_other_answers_too(
    judge: Callable[..., Finding], *, rule, lines, severity, found, expected
) -> None:
    finding = judge(rule, lines)

    assert (finding.severity, finding.found, finding.expected) == (severity, found, expected)


def test_share_says_what_the_stated_number_would_need(judge: Callable[..., Finding]) -> None:
    """domain.md 8.3: 81 % unsolved would need about 3,999 resolved."""
    finding = judge("C04", "part = 3614\nwhole = 21046\nstated = 81\ncomplement = true")

    assert "3,999 of 21,046" in str(finding.explanation)


def test_claim_keeps_its_place_and_table(judge: Callable[..., Finding]) -> None:
    finding = judge("C19", "before = 1\nafter = 3\nfactor = 2")

    assert (finding.table, finding.where) == ("police", "report, page 1")
