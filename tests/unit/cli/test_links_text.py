"""What `testigo run` says of strata without a figure."""

from __future__ import annotations

import pyarrow as pa

from testigo.cli.links_text import tell_total
from testigo.cli.voice import Voice


def test_strata_that_count_in_the_sum_only_are_told_apart(capsys) -> None:
    row = {"method": "latent-class", "observed": 90, "level": 0.95, "median": None, "low": None,
           "high": None, "measured": ""}  # fmt: skip
    rows = [
        row | {"stratum": label, "verdict": "refuse", "reasons": reasons}
        for label, reasons in (
            ("", "strata_refused"),
            ("north", "too_few_people"),
            ("south", "too_few_people counts_only_in_sum"),
        )
    ]

    tell_total(Voice("en"), pa.Table.from_pylist(rows))

    said = " ".join(capsys.readouterr().out.split())
    assert "cannot be estimated: 1 of 2." in said
    assert "without a figure of their own: 1." in said
