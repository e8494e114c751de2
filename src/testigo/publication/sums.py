"""Which of many overlapping sums must be hidden, so that no hidden one can be worked out.

Who is on which lists is published as numbers that are sums of the same parts: the overlaps make
the victims of each list, of each pair of lists, and all victims. A part can stand in any number
of sums, so the walks of `testigo.publication.suppression`, where it stands in two, do not help.
We look for the other possible table directly: the cheapest change of the parts, in whole
numbers, that raises a hidden number by k and leaves every part possible. What the change touches
is hidden too (cost: how much the reader loses). Each number that must not be shown then has two
values, k apart, that fit everything shown; one that is hidden for its sake has two values.

References
----------
Kelly, Golden and Assad 1992, Networks 22(4), 397-417 (complementary suppression by linear
programs with costs). Candès and others 2008, Journal of Fourier Analysis and Applications
14, 877-905 (weighing again by what was found).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_HIDDEN_COST: Final = 1e-3  # what is hidden costs nothing more; small changes win
_FEW: Final = 20  # parts, those of four lists; with more of them the exact answer takes too long
_MOST_WHOLE: Final = 64  # parts; with more of them the change may be in fractions
_TINY: Final = 1e-6
_MOST_WEIGHED: Final = 400  # parts; with more of them most are hidden anyway
_ROUNDS: Final = 4
_NEAR_NOTHING: Final = 0.1


@dataclass(frozen=True, slots=True)
class Sums:
    """Numbers that are published, and the parts that they are sums of.

    Attributes
    ----------
    matrix
        How often each part stands in each number, shape (number, part).
    parts
        Their true values, shape (part,).
    least
        The smallest value of each part that a reader can think of, shape (part,).
    cost
        Of hiding a number, above 0, shape (number,).
    """

    matrix: Numbers
    parts: Numbers
    least: Numbers
    cost: NDArray[np.float64]


def hide_sums(sums: Sums, primary: Flags, k: int) -> Flags:
    """Return the numbers to hide: the primary ones, and what must be hidden with them.

    Parameters
    ----------
    sums
        Everything that a reader can add up. A number without parts is hidden by itself only.
    primary
        Shape (number,): numbers that must not be shown.
    k
        How far apart the possible values of each primary number must lie at least.

    Returns
    -------
    ndarray
        Shape (number,).
    """
    free = ~sums.matrix.any(axis=1)
    hidden = primary.copy()
    lowest, highest = np.zeros(len(hidden)), np.zeros(len(hidden))
    room = int(np.maximum(sums.parts - sums.least, 0).sum())
    at_once = max(1, room // (4 * k), int(primary.sum()) // 20)  # many small ones take one look
    while (narrow := primary & ~free & (highest - lowest < k - _TINY)).any():
        rows = np.flatnonzero(narrow)[:at_once]
        change = _cheapest_change(sums, hidden, rows, k + lowest[rows])
        hidden |= np.abs(change) > _TINY
        lowest, highest = np.minimum(lowest, change), np.maximum(highest, change)
    return hidden


def _cheapest_change(
    sums: Sums, hidden: Flags, rows: Numbers, rise: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how each number changes when some rise by so much, shape (number,).

    What counts is which numbers change, not by how much. Few parts are solved for that; for many
    the sum of the changes stands in for it, and is weighed again by what was found, so that few
    large changes win over many small.
    """
    cost = np.where(hidden, _HIDDEN_COST, sums.cost)
    count = len(sums.parts)
    if count <= _FEW:
        return _change(sums, rows, rise, cost, whole=True, at_most=4 * float(rise.sum()))
    change = _change(sums, rows, rise, cost)
    for _ in range(_ROUNDS if count <= _MOST_WEIGHED else 0):
        change = _change(sums, rows, rise, cost / (_NEAR_NOTHING + np.abs(change)))
    if count <= _MOST_WHOLE:
        change = _change(sums, rows, rise, cost / (_NEAR_NOTHING + np.abs(change)), whole=True)
    return change


def _change(
    sums: Sums,
    rows: Numbers,
    rise: NDArray[np.float64],
    cost: NDArray[np.float64],
    *,
    whole: bool = False,
    at_most: float = 0.0,
) -> NDArray[np.float64]:
    """Minimise the cost of a change: of each step (`at_most` 0), or of each number that moves.

    Unknown are the change of each part, and the size of the change of each number: in steps, or
    as a yes or no, in which case none changes by more than `at_most`.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    numbers, parts = sums.matrix.shape
    matrix = csr_array(sums.matrix.astype(np.float64))
    size = (at_most or 1.0) * eye_array(numbers, format="csr")
    none = csr_array((len(rows), numbers))
    found = milp(
        np.concatenate([np.zeros(parts), cost]),
        constraints=[
            LinearConstraint(vstack([hstack([matrix, size]), hstack([-matrix, size])]), lb=0.0),
            LinearConstraint(hstack([matrix[rows], none]), lb=rise),
        ],
        bounds=Bounds(
            np.concatenate([sums.least - sums.parts, np.zeros(numbers)]).astype(np.float64),
            np.concatenate([np.full(parts, np.inf), np.full(numbers, 1 if at_most else np.inf)]),
        ),
        integrality=np.concatenate([np.full(parts, whole), np.full(numbers, at_most > 0)]),
    )
    change: NDArray[np.float64] = sums.matrix @ found.x[:parts]
    return change
