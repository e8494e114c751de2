"""How names are taken apart, drawn as people write them; blanks are unknown."""

from __future__ import annotations

import pytest

from testigo.linkage.names import is_missing_name, plain_given_name, read_full_name, read_name


def rows(picture: str) -> list[tuple[str, ...]]:
    lines = picture.strip().splitlines()[1:]
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]


@pytest.mark.parametrize(
    ("given", "surnames", "first", "last"),
    rows("""
    given             | surnames               | given read     | surnames read
    Juan Carlos       | Pérez López            | juan carlos    | perez lopez
    MARÍA DEL CARMEN  | DE LA CRUZ             | maria carmen   | cruz
    María             | López de García        | maria          | lopez
    Ana               | Ponce de León          | ana            | ponce leon
    Rosa              | Díaz viuda de Soto     | rosa           | diaz
    Rosa              | Díaz Vda. de Soto      | rosa           | diaz
    José              | San Martín Ruiz        | jose           | sanmartin ruiz
    José              | Sta. María             | jose           | santamaria
    Luis              | Delacruz Delosreyes    | luis           | cruz reyes
    Juan              | 0rtiz Sa1azar          | juan           | ortiz salazar
    Lic. Pedro        | Gómez y Gómez          | pedro          | gomez gomez
    Pérez López       | Juan                   | juan           | perez lopez
    Luis Pérez        |                        | luis           | perez
    NN                |                        |                |
    No identificado   | XX                     |                |
                      |                        |                |
    Sin nombre        | Ramírez                |                | ramirez
    """),
)
def test_names_in_two_columns(given: str, surnames: str, first: str, last: str) -> None:
    read = read_name(given or None, surnames or None)

    assert (" ".join(read.given), " ".join(read.surnames)) == (first, last)


@pytest.mark.parametrize(
    ("full", "first", "last"),
    rows("""
    full                              | given read     | surnames read
    Juan Carlos Pérez López           | juan carlos    | perez lopez
    Juan Pérez López                  | juan           | perez lopez
    Juan Carlos Pérez                 | juan carlos    | perez
    PÉREZ LÓPEZ, JUAN                 | juan           | perez lopez
    John R. Veach                     | john r         | veach
    Robert "Bobby" Smith Jr.          | robert         | smith
    María de los Ángeles Ruiz Díaz    | maria angeles  | ruiz diaz
    Name withheld by police           |                |
    Unidentified man                  |                |
    Jane Doe                          |                |
    Madonna                           | madonna        |
    """),
)
def test_a_whole_name_in_one_column(full: str, first: str, last: str) -> None:
    read = read_full_name(full)

    assert (" ".join(read.given), " ".join(read.surnames)) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["NN", "N.N.", "n/n", "XX", "XXX", "No identificado", "SIN IDENTIFICAR", "Names withheld",
     "Desconocido", "Por establecer", "Hombre no identificado", "unknown", "?", "-", "", None],
)  # fmt: skip
def test_markers_of_a_missing_name(text: str | None) -> None:
    assert is_missing_name(text)


@pytest.mark.parametrize("text", ["Juan", "Nino", "María NN", "Noé", "Mann", "Ximena"])
def test_names_that_look_like_markers_are_names(text: str) -> None:
    assert not is_missing_name(text)


@pytest.mark.parametrize(
    ("short", "plain"),
    rows("""
    short   | plain
    paco    | francisco
    chepe   | jose
    lupita  | guadalupe
    bobby   | roberto
    robert  | roberto
    jhon    | juan
    efrain  | efrain
    """),
)
def test_short_forms(short: str, plain: str) -> None:
    assert plain_given_name(short) == plain
