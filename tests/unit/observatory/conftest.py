"""A small observatory: two tallies and one list of records over four areas in two regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


TOML = """\
[observatory]
name = { es = "Prueba", en = "Trial" }

[areas]
file = "sources/areas.csv"
code = "code"
name = "name"
parent = "region"
parent_name = "region_name"
whole = { code = "T", name = "Todo" }

[[population]]
series = "census"
name = { es = "Censo", en = "Census" }
file = "sources/population.csv"
columns = { area = "code", year = "year", value = "people" }

[[sources]]
id = "health"
name = { es = "Salud", en = "Health" }
kind = "tallies"
family = "public_health"
file = "sources/health_*.csv"
columns = { area = "code", year = "year", month = "month", value = "deaths" }
published = true

[[sources]]
id = "police"
name = { es = "Policía", en = "Police" }
kind = "records"
family = "criminal_justice"
file = "sources/police.csv"
columns = { id = "folio", full_name = "nombre", date = "fecha", area = "municipio", sex = "sexo" }
"""

AREAS = """\
code,name,region,region_name
01,Alto,A,Norte
02,Bajo,A,Norte
03,Centro,B,Sur
04,Dique,B,Sur
"""
CANARY = "Canario Secretísimo"


def tallies(year: int, each: int) -> str:
    lines = ["code,year,month,deaths"]
    lines += [
        f"{code},{year},{month},{each + int(code)}"
        for code in ("01", "02", "03", "04")
        for month in range(1, 13)
    ]
    return "\n".join(lines) + "\n"


def records() -> str:
    lines = ["folio,nombre,fecha,municipio,sexo"]
    places = ("01", "02", "03", "04")
    lines += [
        f"P{number:04},{CANARY} {number},2020-{number % 12 + 1:02}-15,{places[number % 4]},"
        f"{'Hombre' if number % 7 else 'Mujer'}"
        for number in range(240)
    ]
    lines += ["P9001,Canario Uno,2020-02-31,01,Hombre", "P9002,Canario Dos,2020-03-01,99,Mujer"]
    return "\n".join(lines) + "\n"


@pytest.fixture
def observatory(tmp_path: Path) -> Path:
    """Folder of the small observatory; police has an impossible date and an unknown place."""
    folder = tmp_path / "trial"
    (folder / "sources").mkdir(parents=True)
    population = ["code,year,people"]
    population += [
        f"{code},{year},100000" for code in ("01", "02", "03", "04") for year in (2019, 2020)
    ]
    texts = {
        "testigo.toml": TOML,
        "sources/areas.csv": AREAS,
        "sources/population.csv": "\n".join(population) + "\n",
        "sources/health_2019.csv": tallies(2019, 5),
        "sources/health_2020.csv": tallies(2020, 6),
        "sources/police.csv": records(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder
