"""Invented victims: when, where and with whom they died, and what they were called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MEN: Final = (
    "Abel Adolfo Ángel Arnulfo Baltazar Benito Camilo Carlos César Cristian Danilo Diego Eliseo "
    "Edilberto Fabián Félix Francisco Gabriel Genaro Gilberto Heriberto Hernán Iván Jairo Jesús "
    "José Juan Julián Lázaro Leonel Luis Manuel Marvin Mauricio Melvin Miguel Nelson Noé Octavio "
    "Oscar Pablo Pedro Rafael Ramiro Rigoberto Rolando Rubén Samuel Saúl Teodoro Ulises Víctor "
    "Wilfredo Yair Alejandro Antonio Eduardo Fernando Jonathan Kevin Jorge Mario Roberto Javier"
).split()
_WOMEN: Final = (
    "Adela Amparo Ana Aracely Beatriz Berta Carmen Cecilia Claudia Delia Dora Elsa Ester Flor "
    "Gladys Gloria Idalia Irma Jazmín Johana Josefina Juana Karla Leticia Lidia Lucía Luz María "
    "Maritza Marta Mirian Nora Ofelia Patricia Paula Reina Rosa Sandra Silvia Sonia Teresa Vilma"
).split()
_COMMON: Final = (
    "García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores "
    "Rivera Gómez Díaz Cruz Morales Reyes Gutiérrez Ortiz Chávez Ramos Ruiz Mendoza Álvarez "
    "Castillo Jiménez Vásquez Romero Moreno Herrera Medina Aguilar Vargas Guzmán Méndez Salazar "
    "Rojas Castro Delgado Ortega Núñez Guerrero Contreras Estrada Mejía Fuentes Campos Silva "
    "Velásquez Cabrera Alvarado Molina Cárdenas Orellana Portillo Escobar Zelaya Pineda Cáceres"
).split()
_FIRST: Final = (
    "Ba Be Bo Ca Co Cha Da Du Es Fa Ga Go Gui Hua In Ja "
    "La Lo Ma Mo Na O Pa Que Ra Sa Su Ta Tu U Va Ye Za"
).split()
_MIDDLE: Final = (
    "ba ca ce chi da de do ga gue la le li lla ma me mi na "
    "ne ni ño pa pi que ra re ri rra sa si ta te ti va ye za"
).split()
_LAST: Final = (
    "bal cal cano cas cha da do dona ga gón jón la les llo mala món na nes no "
    "nda ño ques ra ral rán rde res ro sa són tán te tes to va vedo yes zo"
).split()
_AREA_HEADS: Final = "San Santa El La Los Las Villa Nueva Puerto Río".split()
_RARE: Final = 6_000  # surnames beside the common ones
_SKEW: Final = 0.9
AVERAGE_AREA: Final = 60.0  # victims of an area in all years: more victims, more areas
FEWEST_AREAS: Final = 20
_LARGER: Final = 20  # areas of a larger one ...
_SMALL_LARGER: Final = 5  # ... and where there are few
_FEW_AREAS: Final = 100
_PAIR: Final = 0.7


@dataclass(frozen=True, slots=True)
class People:
    """Victims; arrays of shape (victim,) unless told otherwise.

    Attributes
    ----------
    incident
        Number of the incident.
    given, second_given
        Names; an empty second is none.
    surname, second_surname
        Of birth.
    woman, age
        As they were.
    day
        Days since 1970.
    area
        Number; `area_names` has the text.
    lat, lon
        Where.
    barrio, street
        Numbers that place texts are made of.
    weapon
        Number of the weapon class.
    visibility
        Log odds, over the average victim's, of being recorded by any list.
    area_names, area_codes, parent_names, area_shares
        Of the territory, shape (area,): names and codes, the name one level up, and the share
        of all incidents that is expected there.
    """

    incident: NDArray[np.int64]
    given: NDArray[np.object_]
    second_given: NDArray[np.object_]
    surname: NDArray[np.object_]
    second_surname: NDArray[np.object_]
    woman: NDArray[np.bool_]
    age: NDArray[np.int64]
    day: NDArray[np.int64]
    area: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    barrio: NDArray[np.int64]
    street: NDArray[np.int64]
    weapon: NDArray[np.int64]
    visibility: NDArray[np.float64]
    area_names: NDArray[np.object_]
    area_codes: NDArray[np.object_]
    parent_names: NDArray[np.object_]
    area_shares: NDArray[np.float64]


def draw_people(
    victims: int,
    generator: np.random.Generator,
    *,
    co_victims: float,
    kin: float,
    dependence: float,
    first_year: int,
    years: int,
    areas: int,
) -> People:
    """Draw victims, incident by incident."""
    incident = _incidents(victims, co_victims, generator)
    count = int(incident[-1]) + 1
    names, codes = _area_names(areas, generator), _area_codes(areas)
    centre_lat, centre_lon = generator.uniform(1, 14, areas), generator.uniform(-90, -72, areas)
    shares = 1 / np.arange(1, areas + 1) ** 0.5
    shares /= shares.sum()
    area = generator.choice(areas, count, p=shares)[incident]
    first = int(np.datetime64(f"{first_year}-01-01").astype(np.int64))
    day = generator.integers(first, first + round(365.25 * years), count)[incident]
    lat = centre_lat[area] + generator.normal(0, 0.03, count)[incident]
    lon = centre_lon[area] + generator.normal(0, 0.03, count)[incident]
    pool = _surnames(generator)
    weights = 1 / (np.arange(len(pool)) + 8) ** _SKEW
    weights /= weights.sum()
    first_name, second_name = (generator.choice(len(pool), victims, p=weights) for _ in range(2))
    family = (generator.random(count) < kin)[incident]
    starts = np.searchsorted(incident, np.arange(count))[incident]
    first_name = np.where(family, first_name[starts], first_name)
    second_name = np.where(family, second_name[starts], second_name)
    woman = generator.random(victims) < 0.1  # noqa: PLR2004
    given, second = (_given(woman, generator) for _ in range(2))
    second[generator.random(victims) > _PAIR] = ""
    return People(
        incident=incident,
        given=given,
        second_given=np.where(second == given, "", second),
        surname=pool[first_name],
        second_surname=pool[second_name],
        woman=woman,
        age=np.clip(np.round(generator.gamma(7, 4.3, victims)), 0, 95).astype(np.int64),
        day=day,
        area=area,
        lat=lat,
        lon=lon,
        barrio=generator.integers(0, 40, count)[incident],
        street=generator.integers(1, 90, count)[incident],
        weapon=generator.choice(4, count, p=[0.76, 0.15, 0.06, 0.03])[incident],
        visibility=generator.normal(0, dependence, victims),
        area_names=names,
        area_codes=codes,
        parent_names=_parent_names(names, codes),
        area_shares=shares,
    )


def _incidents(
    victims: int, co_victims: float, generator: np.random.Generator
) -> NDArray[np.int64]:
    """Return the incident of each victim: most have one victim, some two, few more."""
    sizes = np.where(
        generator.random(victims) < co_victims, 1 + generator.geometric(0.7, victims), 1
    )
    return np.repeat(np.arange(victims), sizes)[:victims]


def _given(woman: NDArray[np.bool_], generator: np.random.Generator) -> NDArray[np.object_]:
    drawn = []
    for names in (_MEN, _WOMEN):
        weights = 1 / np.arange(4, len(names) + 4)
        places = generator.choice(len(names), len(woman), p=weights / weights.sum())
        drawn.append(np.array(names, dtype=object)[places])
    return np.where(woman, drawn[1], drawn[0])


def _surnames(generator: np.random.Generator) -> NDArray[np.object_]:
    made: dict[str, None] = dict.fromkeys(_COMMON)
    while len(made) < _RARE:
        head, tail = (parts[int(generator.integers(len(parts)))] for parts in (_FIRST, _LAST))
        long = generator.random() < 0.6  # noqa: PLR2004
        middle = _MIDDLE[int(generator.integers(len(_MIDDLE)))] if long else ""
        made[head + middle + tail] = None
    return np.array(list(made), dtype=object)


def _area_names(areas: int, generator: np.random.Generator) -> NDArray[np.object_]:
    made: dict[str, None] = {}
    while len(made) < areas:
        head = _AREA_HEADS[int(generator.integers(len(_AREA_HEADS)))]
        parts = (_FIRST, _MIDDLE, _LAST)
        made[f"{head} " + "".join(p[int(generator.integers(len(p)))] for p in parts)] = None
    return np.array(list(made), dtype=object)


def _area_codes(areas: int) -> NDArray[np.object_]:
    """Give codes that no statistical office has: Z, the larger area, the area."""
    size = _SMALL_LARGER if areas < _FEW_AREAS else _LARGER
    codes = [f"Z{n // size + 1:03}{n % size + 1:02}" for n in range(areas)]
    return np.array(codes, dtype=object)


def _parent_names(names: NDArray[np.object_], codes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Name each larger area after its first, and number the next that would be called so."""
    known: dict[str, str] = {}
    for name, code in zip(names.tolist(), codes.tolist(), strict=True):
        word = name.split()[-1]
        taken = known.get(code[:4]) is None and word in known.values()
        known.setdefault(code[:4], f"{word} {len(known) + 1}" if taken else word)
    return np.array([known[code[:4]] for code in codes.tolist()], dtype=object)
