"""Whoever meets a code of the estimates finds in the manual what it means and what would help."""

from __future__ import annotations

from testigo.estimation import ESTIMATE_REASONS


def test_every_reason_of_an_estimate_is_in_the_how_to(root):
    page = (root / "docs" / "how-to" / "refused-estimates.md").read_text(encoding="utf-8")

    assert [code for code in ESTIMATE_REASONS if f"`{code}`" not in page] == []
