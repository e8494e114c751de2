"""Whoever meets a code of the estimates finds in the manual what it means and what would help."""

from __future__ import annotations

import pytest

from testigo.estimation import ESTIMATE_REASONS


@pytest.mark.parametrize("page", ["how-to/refused-estimates.md", "es/estimaciones-rechazadas.md"])
def test_every_reason_of_an_estimate_is_in_the_how_to(root, page):
    text = (root / "docs" / page).read_text(encoding="utf-8")

    assert [code for code in ESTIMATE_REASONS if f"`{code}`" not in text] == []
