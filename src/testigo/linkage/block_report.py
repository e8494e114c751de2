"""What each blocking rule finds, and what share of the true pairs it is thought to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.blocking import RULES
from testigo.linkage.comparisons import NAMES
from testigo.linkage.model import BLOCKING

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.linkage.scoring import Scores

_NAMING: Final = frozenset({"given", "surnames", "nid", "birth"})
_FEWEST: Final = 20.0  # true pairs found both by names and without; fewer estimate nothing
ALL_RULES: Final = "all rules together"


def report_blocking(scores: Scores) -> pa.Table:
    """Return the table `BLOCKING`: one row for each rule that found a pair or left one out.

    How many true pairs there are is estimated as two lists of people are: the rules that use
    names and the rules that do not are taken for two independent catches of the pairs whose
    names are known; pairs without names have the second catch only. Where the two depend on
    each other (both miss the worst records) the shares are too high.
    """
    pairs = scores.pairs
    rules = pairs.rules & ((1 << len(RULES)) - 1)  # without the marks of decisions
    found_by_rule = rules > 0  # the others were added to complete a group
    rules, levels = rules[found_by_rule], pairs.levels[found_by_rule]
    chance = 1 / (1 + np.exp(-pairs.person[found_by_rule].astype(np.float64)))
    total = _all_true(levels, rules, chance)
    rows: list[dict[str, object]] = []
    for number, rule in enumerate(RULES):
        found = (rules >> number) & 1 == 1
        out = int(scores.left_out[number])
        if found.any() or out:
            alone = int((rules == 1 << number).sum())
            share = _share(float(chance[found].sum()), total)
            rows.append(_row(rule.name, int(found.sum()), alone, out, share))
    share = _share(float(chance.sum()), total)
    rows.append(_row(ALL_RULES, len(chance), len(chance), 0, share))
    return BLOCKING.table(rows)


def _all_true(
    levels: NDArray[np.int8], rules: NDArray[np.int64], chance: NDArray[np.float64]
) -> float | None:
    masks = [0, 0]
    for number, rule in enumerate(RULES):
        masks[bool(rule.fields & _NAMING)] |= 1 << number
    without, by_name = ((rules & mask) != 0 for mask in masks)
    named = (levels[:, NAMES.index("given")] >= 0) & (levels[:, NAMES.index("surnames")] >= 0)
    both = float(chance[named & without & by_name].sum())
    if both < _FEWEST:
        return None
    first, second = (float(chance[named & found].sum()) for found in (by_name, without))
    nameless = float(chance[~named].sum())
    return first * second / both + nameless * first / both


def _share(found: float, total: float | None) -> float | None:
    return None if total is None else round(min(found / total, 1.0), 4)


def _row(
    rule: str, pairs: int, alone: int, left_out: int, share: float | None
) -> dict[str, object]:
    return {
        "rule": rule,
        "pairs": pairs,
        "pairs_alone": alone,
        "records_left_out": left_out,
        "true_share": share,
    }
