"""A claim that cannot be meant is refused with its file, its number and the mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from testigo.core import ConfigurationError, translations
from testigo.records.consistency.claims import read_claims
from testigo.records.consistency.model import Claim, ConsistencyRule
from testigo.records.consistency.rules import CONSISTENCY_RULES

GOOD = """
[[claim]]
rule = "C19"
where = "page 3"
table = "police"
before = 4000
after = 8000
factor = 2
"""
HEAD = '[[claim]]\nwhere = "page 1"\ntable = "police"\n'
BAD = [
    (HEAD, "claim 1: rule = None is not a rule", "C01, C02, C03"),
    (HEAD + 'rule = "C99"', "claim 1: rule = 'C99' is not a rule", "C01, C02, C03"),
    (HEAD + 'rule = "C24"', "claim 1: rule C24 reads deliveries", "C01, C02, C03"),
    ('[[claim]]\nrule = "C19"\ntable = "x"', "where is missing or blank", "where ="),
    ('[[claim]]\nrule = "C19"\nwhere = "x"\ntable = " "', "table is missing or blank", "table ="),
    (HEAD + 'rule = "C19"\nbefore = 1\nafter = 2', "C19 needs factor", "2 for doubled"),
    (HEAD + 'rule = "C19"\nbfore = 1', "C19 has no key bfore", "Did you mean before?"),
    (HEAD + 'rule = "C19"\nzzz = 1', "C19 has no key zzz", "Its keys: rule, where, table, before"),
    (HEAD + 'rule = "C19"\nbefore = "4,000"\nafter = 2\nfactor = 2',
     "before = 4,000 will not do", "without quotes or thousands mark"),
    (HEAD + 'rule = "C19"\nbefore = true\nafter = 2\nfactor = 2', "before = True", "number"),
    (HEAD + 'rule = "C19"\nbefore = nan\nafter = 2\nfactor = 2', "before", "number"),
    (HEAD + 'rule = "C19"\nbefore = 1e32\nafter = 2\nfactor = 2', "before", "number"),
    (HEAD + 'rule = "C19"\nbefore = 0\nafter = 2\nfactor = 2', "not above zero", "greater"),
    (HEAD + 'rule = "C18"\nstart = "2012-13"\nend = "2013-11"\nstated = 20',
     "start = 2012-13", "2012-03"),
    (HEAD + 'rule = "C18"\nstart = 2012\nend = "2013-11"\nstated = 20', "start = 2012", "2012-03"),
    (HEAD + 'rule = "C07"\nbefore = 1\nafter = 2\nperiod_before = "2012-05/2012-01"',
     "period_before", "2012-01/2012-08"),
    (HEAD + 'rule = "C07"\nbefore = 1\nafter = 2\nqualifier = "almost"', "qualifier", "nearly"),
    (HEAD + 'rule = "C04"\npart = 1\nwhole = 2\nstated = 50\ncomplement = "yes"',
     "complement = yes", "true or false"),
    (HEAD + 'rule = "C06"\nitems = []\ntotal = 2', "items is an empty list", "between [ and ]"),
    (HEAD + 'rule = "C06"\nitems = 3\ntotal = 2', "items = 3 will not do", "list of numbers"),
    (HEAD + 'rule = "C20"\nlabels = [1]', "labels = [1] will not do", "list of texts"),
    (HEAD + 'rule = "C16"\nfirst = 1\nfirst_place = 2\nsecond = 1\nsecond_place = "x"',
     "first_place = 2 will not do", "between quotes"),
    (HEAD + 'rule = "C05"\nstated = 2', "C05 needs items or values", "items ="),
    (HEAD + 'rule = "C05"\nstated = 2\nitems = ["a"]\nvalues = [1, 2]', "not equally long", "Each"),
    (HEAD + 'rule = "C23"\ncounts = [1, 2]\nunits = ["file"]', "not equally long", "Each item"),
    (GOOD + HEAD + 'rule = "C99"', "claim 2", "C01"),
    ('rule = "C19"', "rule stands outside a claim", "[[claim]]"),
    ('[claim]\nrule = "C19"', "claim stands outside a claim", "double brackets"),
    ("[[claim", "is not valid TOML", "between quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says", "mend"), BAD)
def test_bad_claim_is_refused(
    claims: Callable[[str], tuple[Claim, ...]], text: str, says: str, mend: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        claims(text)

    told = str(refused.value)
    assert "claims.toml" in told
    assert says in told
    assert mend in told


def test_claims_in_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.toml"
    path.write_bytes(GOOD.replace("page", "página").encode("latin-1"))

    with pytest.raises(ConfigurationError, match="UTF-8"):
        read_claims(path)


def test_a_byte_order_mark_and_an_empty_file_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "claims.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert len(read_claims(path)) == 1

    path.write_text("# nothing yet\n", encoding="utf-8")
    assert read_claims(path) == ()


def test_numbers_keep_their_digits(claims: Callable[[str], tuple[Claim, ...]]) -> None:
    (claim,) = claims(HEAD + 'rule = "C03"\nsaid = 70\nin_table = 70.20')

    assert str(claim.number("in_table")) == "70.20"


@pytest.mark.parametrize("rule", CONSISTENCY_RULES.values(), ids=lambda rule: rule.code)
def test_every_parameter_is_told_in_spanish(rule: ConsistencyRule) -> None:
    told = {parameter.meaning.template for parameter in rule.parameters}

    assert told <= translations("es").keys()
