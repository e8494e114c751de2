"""What differs is marked; what only looks different is not."""

from __future__ import annotations

import pytest

from testigo.linkage.review_differences import mark_differences


def drawn(first: str, second: str) -> tuple[str, str]:
    """Write both texts with what differs between brackets."""
    return tuple(
        "".join(f"[{text}]" if differs else text for text, differs in parts)
        for parts in mark_differences(first, second)
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("GONZALEZ", "González", ("GONZALEZ", "González")),
        ("Gonzales Ruiz", "Ruiz González", ("Gonzale[s] Ruiz", "Ruiz Gonzále[z]")),
        ("Ana", "Ana María", ("Ana", "Ana [María]")),
        ("Kevin", "Rosa", ("[Kevin]", "[Rosa]")),
        ("2021-05-14", "2021-05-19", ("2021-05-1[4]", "2021-05-1[9]")),
        ("Peña", "Pena", ("Peña", "Pena")),
        ("", "Ana", ("", "[Ana]")),
    ],
)
def test_only_what_differs_is_marked(first, second, expected) -> None:
    assert drawn(first, second) == expected


@pytest.mark.parametrize("text", ["  dos  espacios ", "línea\nnueva", "<b>&amp;</b>", "ß", "ﬀ"])
def test_no_letter_is_lost(text) -> None:
    for parts, whole in zip(mark_differences(text, "otra cosa"), (text, "otra cosa"), strict=True):
        assert "".join(piece for piece, _ in parts) == whole
