"""Labelled lists of invented killings: who is who is known, so that linkage can be measured.

Nobody in them is real. Names come from a fixed pool of common given names and of surnames put
together from syllables, with the skew that real surnames have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from testigo.core import Message, UsageError
from testigo.linkage.simulated_people import People, draw_people
from testigo.linkage.simulated_records import record_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


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


FOUR_LISTS: Final = (
    ListHabits("police", 0.70, capitals=True, accents=False, nameless=0.08, late=0.10),
    ListHabits("forensic", 0.60, duplicates=0.005, one_surname=0.08, age_off=0.35, late=0.25),
    ListHabits("press", 0.40, duplicates=0.05, one_surname=0.5, nameless=0.2, nickname=0.08),
    ListHabits("ngo", 0.30, duplicates=0.02, damaged=0.08, age_missing=0.3, mistaken_date=0.02),
)


def simulate_lists(
    records: int,
    *,
    seed: int,
    lists: Sequence[ListHabits] = FOUR_LISTS,
    co_victims: float = 0.06,
    kin: float = 0.35,
    first_year: int = 2018,
    years: int = 5,
) -> pa.Table:
    """Make lists of invented killings with the truth beside each record.

    Parameters
    ----------
    records
        About how many in all.
    seed
        The same seed and options make the same lists.
    lists
        How each institution records.
    co_victims
        Share of incidents with more than one victim.
    kin
        Share of those whose victims share their surnames.
    first_year, years
        When.

    Returns
    -------
    pyarrow.Table
        Columns of accepted records, and `victim` and `incident`, the truth (numbers).

    Raises
    ------
    UsageError
        When a chance is not between 0 and 1, or nothing would be recorded.
    """
    _check(records, lists, co_victims, kin)
    generator = np.random.default_rng(seed)
    expected = sum(habits.coverage * (1 + habits.duplicates) for habits in lists)
    people = draw_people(
        max(1, round(records / expected)),
        generator,
        co_victims=co_victims,
        kin=kin,
        first_year=first_year,
        years=years,
    )
    parts = [_one_list(habits, people, generator) for habits in lists]
    table = pa.concat_tables(parts)
    return table.take(pa.array(generator.permutation(table.num_rows)))


def _one_list(habits: ListHabits, people: People, generator: np.random.Generator) -> pa.Table:
    chosen = _recorded(habits, people, generator)
    columns: dict[str, Any] = record_columns(habits, people, chosen, generator)
    count = len(chosen)
    places = {
        "source": pa.repeat(pa.scalar(habits.id), count),
        "file": pa.repeat(pa.scalar(f"{habits.id}.csv"), count),
        "row": pa.array(np.arange(2, count + 2)),
        "cell": pa.array(np.zeros(count, dtype=np.int64)),
        "count": pa.array(np.ones(count, dtype=np.int64)),
        "id": pa.array([f"{habits.id}-{number}" for number in generator.permutation(count)]),
    }
    truth = {"victim": chosen, "incident": people.incident[chosen]}
    return pa.table({**places, **columns, **truth})


def _recorded(
    habits: ListHabits, people: People, generator: np.random.Generator
) -> NDArray[np.int64]:
    """Draw who is recorded: some people are easier to record than others, for every list."""
    odds = np.log(habits.coverage / (1 - min(habits.coverage, 1 - 1e-9))) + people.visibility
    there = np.flatnonzero(generator.random(len(odds)) < 1 / (1 + np.exp(-odds)))
    twice = there[generator.random(len(there)) < habits.duplicates]
    return np.concatenate([there, twice])


def _check(records: int, lists: Sequence[ListHabits], co_victims: float, kin: float) -> None:
    chances = [co_victims, kin]
    for habits in lists:
        chances += [
            value
            for name in ListHabits.__slots__
            if isinstance(value := getattr(habits, name), float)
        ]
    if records < 1 or not lists or any(not 0 <= chance <= 1 for chance in chances):
        raise UsageError(
            Message("A simulation needs lists, records, and chances between 0 and 1."),
            Message("Look at the numbers given."),
        )
