"""What the estimate would be had something else been assumed.

The table of overlaps cannot test what a model assumes of the unseen (Aleshin-Guendel, Sadinle and
Wakefield 2021, arXiv:2101.09304). Here each assumption is moved and the estimate made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from testigo.core import Message
from testigo.estimation.systems.estimate_rows import estimate_row
from testigo.estimation.systems.fit_cache import FitOptions, fit_table
from testigo.estimation.systems.gate import pair_scores
from testigo.estimation.systems.highest_order import estimate_by_highest_order
from testigo.estimation.systems.latent_class import MOST_CLASSES
from testigo.estimation.systems.linked_tables import LinkedHistories
from testigo.estimation.systems.methods import estimate_total, judge_fit
from testigo.estimation.systems.model import SENSITIVITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from testigo.core import Estimate
    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.model import Method

MOST_MERGES: Final = 6  # pairs of lists, the ones that attract each other most
ODDS_RATIOS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
MOST_LISTS: Final = 5  # beyond it the table of all patterns is mostly empty


@dataclass(frozen=True, slots=True)
class _Case:
    kind: str
    setting: str
    estimate: Callable[[], Estimate]


def sweep_assumptions(
    histories: CaptureHistories,
    *,
    seed: int,
    method: Method = "latent-class",
    level: float = 0.95,
    workers: int = 1,
    progress: Callable[[Message, int, int | None], None] | None = None,
) -> pa.Table:
    """Estimate one stratum again and again, each time with one assumption moved.

    Parameters
    ----------
    histories
        The table of overlaps.
    seed
        The same for every setting.
    method
        Of the main estimate, and of those without a list and with two lists merged.
    level
        Coverage of the intervals.
    workers
        Threads; they do not change the answer.
    progress
        Told of each setting.

    Returns
    -------
    pyarrow.Table
        Columns `SENSITIVITY`; the first row is the main estimate. Where the table itself is
        refused there is only that row. `highest_order` (up to five lists): the odds ratio of the
        highest order that the table cannot show; 1 is what is usually assumed. `classes` and
        `prior`: of the latent class model, when that is the method.
    """
    import pyarrow as pa

    again = partial(estimate_total, seed=seed, method=method, level=level, workers=workers)
    main = again(histories)
    rows = [_row(histories, "main", method, main, level)]
    cases: list[_Case] = []
    if main.median > 0:
        cases += _cases(histories, again, level)
        cases += _cases_of_classes(histories, method, seed, workers)
    for place, case in enumerate(cases):
        if progress is not None:
            progress(Message("Trying other assumptions"), place, len(cases))
        rows.append(_row(histories, case.kind, case.setting, case.estimate(), level))
    return pa.Table.from_pylist(rows, schema=SENSITIVITY.arrow)


def _cases(
    histories: CaptureHistories, again: Callable[[CaptureHistories], Estimate], level: float
) -> Iterator[_Case]:
    lists = histories.lists
    if len(lists) <= MOST_LISTS:
        for ratio in ODDS_RATIOS:
            by_ratio = partial(estimate_by_highest_order, histories, ratio, level=level)
            yield _Case("highest_order", f"{ratio:g}", by_ratio)
    for name in lists:
        yield _Case("list_left_out", name, partial(again, histories.without([name])))
    for one, two in _pairs_to_merge(histories):
        first, second = lists[one], lists[two]
        merged = partial(again, histories.merged(first, second))
        yield _Case("lists_merged", f"{first}+{second}", merged)


def _cases_of_classes(
    histories: CaptureHistories, method: Method, seed: int, workers: int
) -> Iterator[_Case]:
    if method != "latent-class":
        return
    classes = 2 * min(2 ** len(histories.lists) - 1, MOST_CLASSES)
    for kind, setting, options in (
        ("classes", str(classes), FitOptions(seed, classes=classes)),
        ("prior", "coverage", FitOptions(seed, prior="coverage")),
    ):
        yield _Case(kind, setting, partial(_by_options, histories, options, workers))


def _by_options(histories: CaptureHistories, options: FitOptions, workers: int) -> Estimate:
    return judge_fit(histories, fit_table(histories, options, workers=workers))


def _pairs_to_merge(histories: CaptureHistories) -> list[tuple[int, int]]:
    pairs = list(combinations(range(len(histories.lists)), 2))
    scores = pair_scores(histories)
    chosen = np.argsort(-scores, kind="stable")[:MOST_MERGES]
    return [pairs[place] for place in sorted(chosen)]


def _row(
    histories: CaptureHistories, kind: str, setting: str, estimate: Estimate, level: float
) -> dict[str, Any]:
    row = estimate_row(histories.observed, LinkedHistories(histories).label, estimate, level)
    return {"kind": kind, "setting": setting} | {
        name: row[name] for name in ("stratum", "median", "low", "high", "level", "verdict",
                                     "reasons")
    }  # fmt: skip
