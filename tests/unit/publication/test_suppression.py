"""Cells that must be hidden with a small one, on tables drawn by hand.

Rows are places, columns the year and its months; `p` and `q` are made of the areas below them.
A hidden cell is written with a star.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from testigo.core import DisclosureError
from testigo.publication.suppression import Cells, hide_cells

K = 5


def drawn(text: str, *, can_rise: bool = True) -> tuple[Cells, np.ndarray, np.ndarray]:
    """Read a drawing: `name parent | year month month ...`, `-` where no cell is printed."""
    lines = [line.split("|") for line in text.strip().splitlines()]
    names = [line[0].split()[0] for line in lines]
    parents = [line[0].split()[1] for line in lines]
    place, month, victims, starred = [], [], [], []
    for at, (_, numbers) in enumerate(lines):
        for column, number in enumerate(numbers.split()):
            if number != "-":
                place.append(at)
                month.append(column)
                victims.append(int(number.rstrip("*")))
                starred.append(number.endswith("*"))
    counts = np.array(victims)
    cells = Cells(
        place=np.array(place),
        year=np.zeros(len(place), dtype=int),
        month=np.array(month),
        victims=counts,
        can_rise=(counts > 0) & can_rise,
        can_fall=counts > 1,
        parent=np.array([names.index(name) if name in names else -1 for name in parents]),
    )
    small = (counts > 0) & (counts < K)
    return cells, small, np.array(starred)


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param(
            """
            whole - | 39
            a whole | 2*
            b whole | 30
            c whole | 7*
            """,
            id="the smallest other area goes with a small one",
        ),
        pytest.param(
            """
            whole - | 30
            a whole | 0
            b whole | 30
            """,
            id="zeros stay: nobody is in them",
        ),
        pytest.param(
            """
            whole - | 32
            a whole | 1*
            b whole | 1*
            c whole | 30*
            """,
            id="two ones that make two are known, so a third goes",
        ),
        pytest.param(
            """
            whole - | 34
            a whole | 2*
            b whole | 2*
            c whole | 30
            """,
            id="two twos that make four may be one and three",
        ),
        pytest.param(
            """
            whole - | 60 30 30
            a whole | 20 3* 17*
            b whole | 40 27* 13*
            """,
            id="a small month takes a square of cells",
        ),
        pytest.param(
            """
            whole - | 100
            p whole | 42
            q whole | 58
            a p     | 2*
            b p     | 40*
            c q     | 8
            d q     | 50
            """,
            id="an area of the same parent goes, since the parents stay",
        ),
        pytest.param(
            """
            whole - | 102
            p whole | 2*
            q whole | 60
            r whole | 40*
            a p     | 2*
            c q     | 60
            d r     | 40*
            """,
            id="a small parent takes another parent and an area in it",
        ),
        pytest.param(
            """
            whole - | 3* 3*
            """,
            id="a small whole is hidden with its only month",
        ),
        pytest.param(
            """
            whole - | 20 10
            a whole | 3* -
            b whole | 17* 10
            """,
            id="victims without a month may be in either area",
        ),
    ],
)
def test_a_small_cell_takes_others_with_it(drawing: str) -> None:
    cells, small, expected = drawn(drawing)

    assert_array_equal(hide_cells(cells, small), expected)


def test_nothing_is_hidden_without_a_small_cell() -> None:
    cells, small, _ = drawn("whole - | 30 20 10\n a whole | 30 20 10")

    assert not hide_cells(cells, small).any()


def test_a_cell_that_can_neither_rise_nor_fall_stops_the_run() -> None:
    cells, small, _ = drawn("whole - | 1", can_rise=False)

    with pytest.raises(DisclosureError, match="must be hidden"):
        hide_cells(cells, small)


def test_years_are_hidden_apart() -> None:
    cells, small, _ = drawn("whole - | 39\n a whole | 2\n b whole | 30\n c whole | 7")
    twice = Cells(
        place=np.tile(cells.place, 2),
        year=np.repeat([2019, 2020], len(cells.place)),
        month=np.tile(cells.month, 2),
        victims=np.concatenate([cells.victims, [60, 20, 30, 10]]),
        can_rise=np.ones(8, dtype=bool),
        can_fall=np.ones(8, dtype=bool),
        parent=cells.parent,
    )

    hidden = hide_cells(twice, np.concatenate([small, np.zeros(4, dtype=bool)]))

    assert hidden.tolist() == [False, True, False, True, False, False, False, False]
