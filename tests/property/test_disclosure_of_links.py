"""Who knows all published counts of linked lists cannot work out a small one that is hidden."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from testigo.core import Area, AreaCatalogue, Text
from testigo.linkage import LINK_COUNTS
from testigo.publication import DisclosurePolicy, protect
from testigo.records import Source

K = 5
CATALOGUE = AreaCatalogue({"00": Area("00", "whole", "whole", None)})
Overlaps = dict[tuple[str, ...], int]

few_or_many = st.one_of(st.integers(0, 6), st.sampled_from([0, 1, 12, 40, 300]))


@st.composite
def linkages(draw: st.DrawFn) -> tuple[Overlaps, dict[str, int]]:
    """Draw victims by overlap, and the records that each list repeats."""
    lists = [f"l{number}" for number in range(draw(st.integers(1, 4)))]
    overlaps = {
        chosen: victims
        for size in range(1, len(lists) + 1)
        for chosen in combinations(lists, size)
        if (victims := draw(few_or_many))
    }
    named = sorted({name for chosen in overlaps for name in chosen})
    return overlaps, {name: draw(st.sampled_from([0, 0, 1, 7])) for name in named}


def published(overlaps: Overlaps, repeats: dict[str, int]) -> dict[tuple[str, str], int | None]:
    """Protect the counts of private lists; None: suppressed."""
    sources = [
        Source(
            id=name,
            name=Text(name, name),
            kind="records",
            family="press",
            files=("list.csv",),
            columns={},
        )
        for name in repeats
    ]
    counts = counts_of(overlaps, repeats)
    rows = [
        {
            "measure": measure,
            "lists": lists,
            "size": None,
            "count": count,
            "low": count,
            "high": count,
            "level": 0.95,
        }
        for (measure, lists), count in counts.items()
    ]
    done = protect(
        {"links": LINK_COUNTS.table(rows)},
        sources=sources,
        catalogue=CATALOGUE,
        policy=DisclosurePolicy(K),
    )["links"]
    for row in done.to_pylist():
        suppressed = row["value_status"] == "suppressed"
        assert all((row[name] is None) == suppressed for name in ("count", "low", "high", "level"))
    return {(row["measure"], row["lists"]): row["count"] for row in done.to_pylist()}


def counts_of(overlaps: Overlaps, repeats: dict[str, int]) -> dict[tuple[str, str], int]:
    names = list(repeats)
    of_list = {
        name: sum(victims for chosen, victims in overlaps.items() if name in chosen)
        for name in names
    }
    everywhere = " ".join(names)
    counts = {
        ("records", everywhere): sum(of_list.values()) + sum(repeats.values()),
        ("victims", everywhere): sum(overlaps.values()),
    }
    for name in names:
        counts["records", name] = of_list[name] + repeats[name]
        counts["victims_of_list", name] = of_list[name]
        counts["records_twice_in_list", name] = repeats[name]
    for a, b in combinations(names, 2):
        counts["victims_on_both", f"{a} {b}"] = sum(
            victims for chosen, victims in overlaps.items() if {a, b} <= set(chosen)
        )
    for chosen, victims in overlaps.items():
        counts["victims_on_exactly", " ".join(chosen)] = victims
    return counts


class Attacker:
    """Knows every shown number, how all add up, and that an overlap with a line holds somebody."""

    def __init__(self, overlaps: Overlaps, repeats: dict[str, int]) -> None:
        self.true = counts_of(overlaps, repeats)
        self.parts = [*(" ".join(one) for one in overlaps), *(f"again {one}" for one in repeats)]
        self.limits = [(1, None)] * len(overlaps) + [(0, None)] * len(repeats)
        self.rows: dict[tuple[str, str], np.ndarray] = {}
        for at in range(len(self.parts)):
            for key, change in self._if_one_more(at, overlaps, repeats).items():
                self.rows.setdefault(key, np.zeros(len(self.parts)))[at] = change

    def _if_one_more(
        self, at: int, overlaps: Overlaps, repeats: dict[str, int]
    ) -> dict[tuple[str, str], int]:
        """Count again with one more in a part; what differs is what the part stands in."""
        more, again = dict(overlaps), dict(repeats)
        if at < len(overlaps):
            more[list(overlaps)[at]] += 1
        else:
            again[list(repeats)[at - len(overlaps)]] += 1
        found = counts_of(more, again)
        return {key: found[key] - number for key, number in self.true.items()}

    def bounds(
        self, key: tuple[str, str], shown: dict[tuple[str, str], int | None]
    ) -> tuple[float, float]:
        """Return the smallest and the largest value that fit everything shown."""
        known = [(self.rows[one], count) for one, count in shown.items() if count is not None]
        rows = np.array([row for row, _ in known]) if known else None
        sums = np.array([count for _, count in known]) if known else None
        goal = self.rows[key]
        least = linprog(goal, A_eq=rows, b_eq=sums, bounds=self.limits)
        most = linprog(-goal, A_eq=rows, b_eq=sums, bounds=self.limits)
        assert least.status == 0
        return least.fun, np.inf if most.status == 3 else -most.fun


@given(linkages())
@example(({("l0",): 29, ("l1",): 16, ("l0", "l1"): 2}, {"l0": 0, "l1": 7}))
@example(({("l0",): 3, ("l0", "l1", "l2"): 40, ("l1",): 40, ("l2",): 12}, dict.fromkeys(("l0", "l1", "l2"), 0)))  # fmt: skip  # noqa: E501
@settings(max_examples=25, deadline=None)
def test_no_small_count_of_people_can_be_worked_out(
    drawn: tuple[Overlaps, dict[str, int]],
) -> None:
    overlaps, repeats = drawn
    if not overlaps:
        return
    shown = published(overlaps, repeats)
    attacker = Attacker(overlaps, repeats)

    for key, count in shown.items():
        true = attacker.true[key]
        small = 0 < true < K and key[0] != "records_twice_in_list"
        assert count in {true, None}
        assert not (small and count is not None), key
        assert true != 0 or key[0] == "records_twice_in_list" or count == 0, "a zero is shown"
        if count is None:
            least, most = attacker.bounds(key, shown)
            assert most - least >= (K if small else 1) - 1e-6, key


def test_without_small_numbers_nothing_is_hidden() -> None:
    overlaps = {("l0",): 40, ("l1",): 12, ("l0", "l1"): 300}

    shown = published(overlaps, {"l0": 1, "l1": 0})

    assert shown == counts_of(overlaps, {"l0": 1, "l1": 0})


def test_four_lists_with_one_small_overlap_lose_few_numbers() -> None:
    """A police list and three others: what readers lose is a handful of overlaps, no total."""
    sizes = (43, 29, 16, 10, 54, 21, 7, 7, 9, 2, 35, 26, 7, 5, 29)
    lists = ("police", "forensic", "press", "ngo")
    chosen = [one for size in range(1, 5) for one in combinations(lists, size)]

    shown = published(dict(zip(chosen, sizes, strict=True)), dict.fromkeys(lists, 1))

    hidden = {key for key, count in shown.items() if count is None}
    assert ("victims_on_exactly", "press ngo") in hidden
    assert len(hidden) <= 6
    assert {measure for measure, _ in hidden} <= {"victims_on_exactly", "victims_on_both"}
