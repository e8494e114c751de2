"""What an institution writes down about an invented victim, with its habits and slips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from testigo.linkage.damage import damage_name, without_accents

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.linkage.simulated_habits import ListHabits
    from testigo.linkage.simulated_people import People

_UNNAMED: Final = ("NN", "No identificado", "", "XX", "Sin identificar")
_WEAPONS: Final = (
    ("arma de fuego", "HPAF", "a balazos", "disparos"),
    ("arma blanca", "cortopunzante", "cuchillo", "a machetazos"),
    ("contundente", "objeto contuso", "golpes", "a golpes"),
    ("asfixia", "estrangulamiento", "ahorcado", "asfixia mecánica"),
)
_SHORT: Final = {
    "Francisco": "Paco", "José": "Chepe", "Jesús": "Chuy", "Eduardo": "Lalo", "Manuel": "Manolo",
    "Antonio": "Toño", "Luis": "Lucho", "Roberto": "Beto", "Fernando": "Nando", "Alejandro":
    "Alex", "Jonathan": "Jhonatan", "Rafael": "Rafa", "Pedro": "Perucho", "Teresa": "Tere",
    "Patricia": "Paty", "Rosa": "Rosita", "Miguel": "Migue", "Kevin": "Kebin",
}  # fmt: skip
_MONTHS: Final = 12
_NO_WEAPON: Final = 0.1


def record_columns(
    habits: ListHabits, people: People, chosen: NDArray[np.int64], generator: np.random.Generator
) -> dict[str, Any]:
    """Return the columns that say something about the person and the incident."""
    given, surnames = _names(habits, people, chosen, generator)
    count = len(chosen)
    age = people.age[chosen] + np.where(
        generator.random(count) < habits.age_off, generator.choice([-3, -2, -1, 1, 2], count), 0
    )
    area = people.area[chosen]
    moved = generator.random(count) < habits.other_area
    area = np.where(moved, np.minimum(area ^ 1, len(people.area_names) - 1), area)
    located = generator.random(count) < habits.located
    weapons = np.array(_WEAPONS, dtype=object)
    style = int(generator.integers(4))
    return {
        "given_names": pa.array(given, pa.string()),
        "surnames": pa.array(surnames, pa.string()),
        "sex": pa.array(np.where(people.woman[chosen], "female", "male")),
        "age": pa.array(np.clip(age, 0, 110), mask=generator.random(count) < habits.age_missing),
        "date": pa.array(_days(habits, people.day[chosen], generator).astype("datetime64[D]")),
        "date_precision": pa.repeat(pa.scalar("day"), count),
        "area": pa.array(people.area_names[area], pa.string()),
        "parent": pa.array([code[:4] for code in people.area_codes[area]], pa.string()),
        "place": _places(habits, people, chosen, generator),
        "lat": pa.array(people.lat[chosen] + generator.normal(0, 0.001, count), mask=~located),
        "lon": pa.array(people.lon[chosen] + generator.normal(0, 0.001, count), mask=~located),
        "weapon": pa.array(
            weapons[people.weapon[chosen], style],
            pa.string(),
            mask=generator.random(count) < _NO_WEAPON,
        ),
    }


def _days(
    habits: ListHabits, day: NDArray[np.int64], generator: np.random.Generator
) -> NDArray[np.int64]:
    late = generator.random(len(day)) < habits.late
    day = day + np.where(late, generator.geometric(0.6, len(day)), 0)
    months = day.astype("datetime64[D]").astype("datetime64[M]")
    nth = (day.astype("datetime64[D]") - months).astype(np.int64)
    month = (months - months.astype("datetime64[Y]")).astype(np.int64)
    swapped = (months.astype("datetime64[Y]").astype("datetime64[M]") + nth).astype("datetime64[D]")
    can = (nth < _MONTHS) & (generator.random(len(day)) < habits.mistaken_date)
    return np.where(can, (swapped + month).astype(np.int64), day)


def _places(
    habits: ListHabits, people: People, chosen: NDArray[np.int64], generator: np.random.Generator
) -> pa.Array:
    barrio = people.barrio[chosen].tolist()
    street = people.street[chosen].tolist()
    kind = generator.integers(0, 3, len(chosen)).tolist()
    texts = [
        (f"Barrio {_spoken(b)}, calle {s}", f"Br. {_spoken(b)}", f"calle {s} con carrera {b}")[k]
        for b, s, k in zip(barrio, street, kind, strict=True)
    ]
    return pa.array(texts, pa.string(), mask=generator.random(len(chosen)) > habits.placed)


def _spoken(number: int) -> str:
    return (
        f"{('Las Flores', 'El Centro', 'La Unión', 'San Isidro', 'Bolívar')[number % 5]} {number}"
    )


def _names(
    habits: ListHabits, people: People, chosen: NDArray[np.int64], generator: np.random.Generator
) -> tuple[list[str | None], list[str | None]]:
    parts = [
        column[chosen].tolist()
        for column in (people.given, people.second_given, people.surname, people.second_surname)
    ]
    chances = generator.random((len(chosen), 9))
    given: list[str | None] = []
    surnames: list[str | None] = []
    for names, chance in zip(zip(*parts, strict=True), chances.tolist(), strict=True):
        if chance[0] < habits.nameless:
            given.append(_UNNAMED[int(chance[1] * len(_UNNAMED))] or None)
            surnames.append(None)
            continue
        first, second, one, two = _changed(habits, names, chance, generator)
        given.append(_styled(habits, f"{first} {second}".strip()))
        surnames.append(_styled(habits, f"{one} {two}".strip()))
    return given, surnames


def _changed(
    habits: ListHabits,
    names: tuple[str, ...],
    chance: list[float],
    generator: np.random.Generator,
) -> tuple[str, ...]:
    first, second, one, two = names
    if chance[1] < habits.nickname:
        first = _SHORT.get(first, first)
    if chance[2] < habits.one_surname:
        two = ""
    elif chance[3] < habits.exchanged:
        one, two = two, one
    if chance[4] < habits.one_surname / 2:
        second = ""
    parts = (first, second, one, two)
    return tuple(
        damage_name(part, generator) if part and chance[5 + place] < habits.damaged else part
        for place, part in enumerate(parts)
    )


def _styled(habits: ListHabits, text: str) -> str:
    text = text if habits.accents else without_accents(text)
    return text.upper() if habits.capitals else text
