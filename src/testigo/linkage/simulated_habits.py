"""How institutions record: four of them, and how to make them better or worse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class ListHabits:
    """How one institution records: chances, each between 0 and 1.

    Attributes
    ----------
    id
        Of the list.
    coverage
        Of the average victim to be in it.
    duplicates
        That a victim is in it twice.
    nameless
        That a record has no name.
    one_surname, nickname, damaged, exchanged
        That the second surname is missing, a short form is written, a part of the name is
        damaged (each part on its own), or the two surnames change places.
    accents, capitals
        Whether the list writes accents, and whether it writes capitals only.
    age_missing, age_off
        That the age is missing, or off by a year or a few.
    late, mistaken_date
        That the date is a day or more late, or day and month are exchanged.
    other_area, placed, located
        That the area is a neighbouring one, that a place text is given, and coordinates.
    gap
        First and last day on which it recorded nobody; None when there was no such time.
    """

    id: str
    coverage: float
    duplicates: float = 0.01
    nameless: float = 0.10
    one_surname: float = 0.15
    nickname: float = 0.03
    damaged: float = 0.05
    exchanged: float = 0.02
    accents: bool = True
    capitals: bool = False
    age_missing: float = 0.12
    age_off: float = 0.25
    late: float = 0.12
    mistaken_date: float = 0.01
    other_area: float = 0.05
    placed: float = 0.75
    located: float = 0.3
    gap: tuple[date, date] | None = None


FOUR_LISTS: Final = (
    ListHabits("police", 0.70, capitals=True, accents=False, nameless=0.08, late=0.10),
    ListHabits("forensic", 0.60, duplicates=0.005, one_surname=0.08, age_off=0.35, late=0.25),
    ListHabits("press", 0.40, duplicates=0.05, one_surname=0.5, nameless=0.2, nickname=0.08),
    ListHabits("ngo", 0.30, duplicates=0.02, damaged=0.08, age_missing=0.3, mistaken_date=0.02),
)
SLIPS: Final = (
    "nameless", "one_surname", "nickname", "damaged", "exchanged", "age_missing", "age_off",
    "late", "mistaken_date", "other_area",
)  # fmt: skip


def change_habits(
    lists: Sequence[ListHabits],
    *,
    coverage: Sequence[float] | None = None,
    damage: float = 1.0,
    duplicates: float | None = None,
) -> tuple[ListHabits, ...]:
    """Return lists that record more or fewer people, better or worse.

    Parameters
    ----------
    lists
        As they are.
    coverage
        Of each list, in their order; fewer numbers than lists leave the last lists out.
    damage
        What the chance of every slip is multiplied by (the result stays below 1); 0 for lists
        without slips.
    duplicates
        Chance, in every list, that a victim is in it twice.

    Raises
    ------
    UsageError
        When there are more coverages than lists, or `damage` is negative.

    Examples
    --------
    >>> clean, other = change_habits(FOUR_LISTS, coverage=[0.9, 0.5], damage=0)
    >>> clean.id, clean.coverage, clean.damaged, other.id
    ('police', 0.9, 0.0, 'forensic')
    """
    if coverage is not None and not 1 <= len(coverage) <= len(lists):
        raise UsageError(
            Message(
                "{given} coverages were given for at most {most} lists.",
                {"given": len(coverage), "most": len(lists)},
            ),
            Message("Give one number for each list, for instance 0.7,0.6,0.4,0.3."),
        )
    if not damage >= 0:
        raise UsageError(
            Message("Damage cannot be {given}.", {"given": damage}),
            Message("Write 0 for lists without slips, 1 for the usual, 2 for twice as many."),
        )
    shares = [habits.coverage for habits in lists] if coverage is None else coverage
    return tuple(
        replace(
            habits,
            coverage=share,
            duplicates=habits.duplicates if duplicates is None else duplicates,
            **{name: min(1.0, getattr(habits, name) * damage) for name in SLIPS},
        )
        for habits, share in zip(lists, shares, strict=False)
    )
