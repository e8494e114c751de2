"""Labelled lists of invented killings: who is who is known, so that linkage can be measured.

Nobody in them is real. Names come from a fixed pool of common given names and of surnames put
together from syllables, with the skew that real surnames have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from testigo.core import Message, UsageError
from testigo.linkage.simulated_habits import FOUR_LISTS, ListHabits
from testigo.linkage.simulated_people import AVERAGE_AREA, FEWEST_AREAS, People, draw_people
from testigo.linkage.simulated_records import record_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_RATE = 35.0  # killed per 100,000 residents and year, in the median area
_SPREAD = 0.45  # of its logarithm over the areas
_SMALLEST = 500  # residents of an area


@dataclass(frozen=True, slots=True)
class Simulated:
    """Invented lists with all that is true of them.

    Attributes
    ----------
    records
        Columns of accepted records, and `victim` and `incident`, the truth (numbers); in any
        order.
    victims
        Everybody who was killed, whether a list has them or not, one row each: `victim`,
        `incident`, `area` (code), `year`, and for each list whether it holds them.
    areas
        The territory: `code`, `name`, `parent`, `parent_name`, and `residents` in the first
        year.
    """

    records: pa.Table
    victims: pa.Table
    areas: pa.Table


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
    return simulate_killings(
        records,
        seed=seed,
        lists=lists,
        co_victims=co_victims,
        kin=kin,
        first_year=first_year,
        years=years,
    ).records


def simulate_killings(
    records: int,
    *,
    seed: int,
    lists: Sequence[ListHabits] = FOUR_LISTS,
    co_victims: float = 0.06,
    kin: float = 0.35,
    dependence: float = 0.8,
    first_year: int = 2018,
    years: int = 5,
    areas: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Simulated:
    """Make lists as `simulate_lists` does, with the territory and those whom no list has.

    Parameters
    ----------
    records, seed, lists, co_victims, kin, first_year, years
        As in `simulate_lists`.
    dependence
        Standard deviation, in log odds, of how easily a victim is recorded by every list alike;
        0 for lists that are independent.
    areas
        Of the territory; more victims have more areas when it is not given.
    progress
        Called with the number of lists that are done.

    Returns
    -------
    Simulated
        Records, victims and areas.

    Raises
    ------
    UsageError
        When a chance is not between 0 and 1, or nothing would be recorded.
    """
    _check(records, lists, co_victims, kin, dependence)
    generator = np.random.default_rng(seed)
    expected = sum(habits.coverage * (1 + habits.duplicates) for habits in lists)
    victims = max(1, round(records / expected))
    people = draw_people(
        victims,
        generator,
        co_victims=co_victims,
        kin=kin,
        dependence=dependence,
        first_year=first_year,
        years=years,
        areas=areas or max(FEWEST_AREAS, round(victims / AVERAGE_AREA)),
    )
    parts = []
    for done, habits in enumerate(lists):
        if progress is not None:
            progress(done)
        parts.append(_one_list(habits, people, generator))
    table = pa.concat_tables(parts)
    return Simulated(
        records=table.take(pa.array(generator.permutation(table.num_rows))),
        victims=_victims(people, lists, parts),
        areas=_areas(people, years, seed),
    )


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
        "id": pa.array(
            [f"{habits.id}-{number}" for number in generator.permutation(count)], pa.string()
        ),
    }
    truth = {"victim": chosen, "incident": people.incident[chosen]}
    return pa.table({**places, **columns, **truth})


def _recorded(
    habits: ListHabits, people: People, generator: np.random.Generator
) -> NDArray[np.int64]:
    """Draw who is recorded: some people are easier to record than others, for every list."""
    odds = np.log(habits.coverage / (1 - min(habits.coverage, 1 - 1e-9))) + people.visibility
    drawn = generator.random(len(odds)) < 1 / (1 + np.exp(-odds))
    if habits.gap is not None:
        first, last = (int(np.datetime64(day).astype(np.int64)) for day in habits.gap)
        drawn &= (people.day < first) | (people.day > last)
    there = np.flatnonzero(drawn)
    twice = there[generator.random(len(there)) < habits.duplicates]
    return np.concatenate([there, twice])


def _victims(people: People, lists: Sequence[ListHabits], parts: Sequence[pa.Table]) -> pa.Table:
    count = len(people.incident)
    years = people.day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    columns: dict[str, Any] = {
        "victim": np.arange(count),
        "incident": people.incident,
        "area": pa.array(people.area_codes[people.area], pa.string()),
        "year": years,
    }
    for habits, part in zip(lists, parts, strict=True):
        held = np.zeros(count, dtype=np.bool_)
        held[part["victim"].to_numpy()] = True
        columns[habits.id] = held
    return pa.table(columns)


def _areas(people: People, years: int, seed: int) -> pa.Table:
    """Describe the territory; residents have a stream of their own, so that lists keep theirs."""
    generator = np.random.default_rng([seed, 1])
    rates = _RATE * np.exp(generator.normal(0, _SPREAD, len(people.area_codes)))
    residents = people.area_shares * len(people.incident) / years / rates * 100_000
    rounded = np.maximum(np.round(residents, -2), _SMALLEST).astype(np.int64)
    return pa.table(
        {
            "code": pa.array(people.area_codes, pa.string()),
            "name": pa.array(people.area_names, pa.string()),
            "parent": pa.array([code[:4] for code in people.area_codes]),
            "parent_name": pa.array(people.parent_names, pa.string()),
            "residents": rounded,
        }
    )


def _check(
    records: int, lists: Sequence[ListHabits], co_victims: float, kin: float, dependence: float
) -> None:
    chances = [co_victims, kin]
    for habits in lists:
        chances += [
            value
            for name in ListHabits.__slots__
            if isinstance(value := getattr(habits, name), float)
        ]
    impossible = any(not 0 <= chance <= 1 for chance in chances) or not dependence >= 0
    if records < 1 or not lists or impossible or not all(one.coverage > 0 for one in lists):
        raise UsageError(
            Message("A simulation needs lists, records, and chances between 0 and 1."),
            Message("Look at the numbers given."),
        )
