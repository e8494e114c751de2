"""Signatures that look like the name of a person are warned of, and never repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from testigo.observatory import check_observatory

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.core import Message


def silent(step: Message, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@pytest.mark.parametrize(
    ("signed_by", "told"),
    [
        ("Juan Pérez", True),
        ("María de la Luz Gómez", True),
        ("comité editorial", False),
        ("Directora", False),
        ("Comité Editorial", False),
        ("Observatorio de Cali", False),
    ],
)
def test_a_signature_that_looks_like_a_name_is_warned_of(
    observatory: Path, signed_by: str, *, told: bool
) -> None:
    (observatory / "hand").mkdir(exist_ok=True)
    (observatory / "hand" / "overrides.csv").write_text(
        "table,rule,where,reason,signed_by,signed_on\n"
        f"police,C01,2012,misprint,{signed_by},2026-11-21\n",
        encoding="utf-8",
    )

    notes = " ".join(map(str, check_observatory(observatory, progress=silent).notes))

    assert ("signed_by looks like the name of a person" in notes) is told
    assert signed_by not in notes
