"""How many people were on exactly which lists: all that estimation ever sees of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

MOST_LISTS: Final = 40  # beyond it patterns no longer repeat and nothing can be learnt
MOST_PEOPLE: Final = 10**12  # larger counts are a slip, and integers stay exact below


@dataclass(frozen=True, slots=True, eq=False)
class CaptureHistories:
    """Counts of people by the lists that hold them; never persons.

    Build it with `CaptureHistories.of`, which checks, adds up patterns that repeat, and drops
    patterns of nobody.

    Attributes
    ----------
    lists
        Names of the lists, length J.
    patterns
        0 or 1, shape (M, J), no row of zeros, no row twice, in lexicographic order.
    counts
        People of each pattern, positive, shape (M,).
    stratum
        Names and values of the stratum these people belong to; empty for all.

    Examples
    --------
    >>> found = CaptureHistories.of(["press", "police"], [[1, 0], [0, 1], [1, 1]], [30, 20, 10])
    >>> found.observed, found.of_list.tolist()
    (60, [40, 30])
    """

    lists: tuple[str, ...]
    patterns: NDArray[np.int64]
    counts: NDArray[np.int64]
    stratum: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        lists: Sequence[str],
        patterns: ArrayLike,
        counts: ArrayLike,
        *,
        stratum: Sequence[tuple[str, str]] = (),
    ) -> CaptureHistories:
        """Check a table of patterns and make it canonical.

        Raises
        ------
        UsageError
            When a cell is not 0 or 1, a count is negative, fractional or missing, somebody is on
            no list, a list is named twice, or there are more than 40 lists.
        """
        held = np.asarray(patterns, dtype=np.float64)
        people = np.asarray(counts, dtype=np.float64)
        _check_lists(lists, held, people)
        _check_cells(held, people)
        distinct, place = np.unique(held.astype(np.int64), axis=0, return_inverse=True)
        totals = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(totals, place.ravel(), people.astype(np.int64))
        kept = totals > 0
        return cls(tuple(lists), distinct[kept], totals[kept], tuple(stratum))

    @property
    def observed(self) -> int:
        """People on at least one list."""
        return int(self.counts.sum())

    @property
    def of_list(self) -> NDArray[np.int64]:
        """People on each list, shape (J,)."""
        return self.counts @ self.patterns

    @property
    def overlaps(self) -> NDArray[np.int64]:
        """People on both of two lists, shape (J, J); the diagonal is `of_list`."""
        return (self.patterns * self.counts[:, None]).T @ self.patterns

    @property
    def on_several(self) -> int:
        """People on two lists or more."""
        return int(self.counts[self.patterns.sum(axis=1) > 1].sum())

    def cells(self) -> NDArray[np.int64]:
        """All 2^J counts, by pattern read as a binary number (first list the highest); cell 0 is 0.

        Raises
        ------
        UsageError
            Beyond 16 lists, where the table no longer fits.
        """
        lists = len(self.lists)
        if lists > 16:  # noqa: PLR2004  # 65,536 cells
            raise UsageError(Message("A full table of {lists} lists is too large.",
                                     {"lists": lists}))  # fmt: skip
        table = np.zeros(2**lists, dtype=np.int64)
        table[self.patterns @ (2 ** np.arange(lists)[::-1])] = self.counts
        return table

    def without(self, names: Sequence[str]) -> CaptureHistories:
        """Leave lists out; people whom only they hold leave too."""
        kept = [place for place, name in enumerate(self.lists) if name not in names]
        held = self.patterns[:, kept]
        seen = held.any(axis=1)
        return CaptureHistories.of(
            [self.lists[place] for place in kept],
            held[seen],
            self.counts[seen],
            stratum=self.stratum,
        )

    def merged(self, first: str, second: str) -> CaptureHistories:
        """Make one list of two, as when one copies from the other."""
        one, two = self.lists.index(first), self.lists.index(second)
        held = self.patterns.copy()
        held[:, one] |= held[:, two]
        names = [f"{first}+{second}" if name == first else name for name in self.lists]
        return CaptureHistories.of(
            [name for place, name in enumerate(names) if place != two],
            np.delete(held, two, axis=1),
            self.counts,
            stratum=self.stratum,
        )


def _check_lists(
    lists: Sequence[str], held: NDArray[np.float64], people: NDArray[np.float64]
) -> None:
    if held.ndim != 2 or held.shape != (len(people), len(lists)):  # noqa: PLR2004
        raise UsageError(
            Message(
                "The table of patterns has shape {shape}; it needs a row for each count and a "
                "column for each list.",
                {"shape": str(held.shape)},
            )
        )
    twice = sorted({name for name in lists if list(lists).count(name) > 1})
    if twice:
        raise UsageError(
            Message("Two lists have the same name: {names}.", {"names": ", ".join(twice)}),
            Message("Give each list its own name."),
        )
    if len(lists) > MOST_LISTS:
        raise UsageError(
            Message(
                "{lists} lists are more than {most}.", {"lists": len(lists), "most": MOST_LISTS}
            ),
            Message("Merge lists of the same kind, for instance all newspapers."),
        )


def _check_cells(held: NDArray[np.float64], people: NDArray[np.float64]) -> None:
    if not np.isin(held, (0, 1)).all():
        row, column = np.argwhere(~np.isin(held, (0, 1)))[0]
        raise UsageError(
            Message(
                "Pattern {row}, list {column}: {given} is neither 0 nor 1.",
                {"row": int(row) + 1, "column": int(column) + 1, "given": str(held[row, column])},
            ),
            Message("Write 1 where the list holds these people, and 0 where it does not."),
        )
    wrong = ~((people >= 0) & (people <= MOST_PEOPLE) & (people == np.floor(people)))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise UsageError(
            Message(
                "Pattern {row}: {given} is not a number of people.",
                {"row": row + 1, "given": str(people[row])},
            ),
            Message("A count is a whole number, 0 or more."),
        )
    unseen = (held.sum(axis=1) == 0) & (people > 0)
    if unseen.any():
        raise UsageError(
            Message(
                "Pattern {row} holds people who are on no list.",
                {"row": int(np.argmax(unseen)) + 1},
            ),
            Message("Take the row out: how many are on no list is what we want to learn."),
        )
