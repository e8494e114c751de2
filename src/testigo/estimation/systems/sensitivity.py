"""What the estimate would be had something else been assumed.

The table of overlaps cannot test what a model assumes of the unseen (Aleshin-Guendel, Sadinle and
Wakefield 2021, arXiv:2101.09304). Here each assumption is moved in every stratum that has an
estimate of its own, the estimates are made again, and their sum is laid beside the usual one of
the same strata: a stratum that has no answer under a setting is in neither of the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from testigo.core import Estimate, Message
from testigo.estimation.systems.estimate_rows import (
    estimate_row,
    is_told,
    refuse_estimate,
    sum_strata,
)
from testigo.estimation.systems.fit_cache import FitOptions
from testigo.estimation.systems.gate import pair_scores
from testigo.estimation.systems.highest_order import (
    estimate_by_highest_order,
    mix_by_highest_order,
)
from testigo.estimation.systems.latent_class import MOST_CLASSES
from testigo.estimation.systems.linked_tables import LinkedHistories
from testigo.estimation.systems.model import METHODS, SENSITIVITY
from testigo.estimation.systems.reason_texts import make_reason
from testigo.estimation.systems.sensitivity_verdicts import judge_rows
from testigo.estimation.systems.stratified import DRAWING, estimate_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.fit_cache import FitCache
    from testigo.estimation.systems.model import Method
    from testigo.estimation.systems.stratum_fits import Spread

    Progress = Callable[[Message, int, int | None], None]

MOST_STRATA: Final = 12  # the largest; each needs a fit for each setting
MOST_FITS: Final = 210  # of many lists there are more settings, and dearer fits: then fewer strata
MOST_MERGES: Final = 6  # pairs of lists, the ones that attract each other most
FOIL: Final = "independence"  # what it assumes is known to be wrong
ODDS_RATIOS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
MOST_LISTS: Final = 5  # beyond it the table of all patterns is mostly empty


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """One assumption moved, and the tables on which it is."""

    kind: str
    setting: str
    tables: Sequence[CaptureHistories]
    method: Method
    options: FitOptions


@dataclass(frozen=True, slots=True)
class _Sweep:
    """What all settings share."""

    strata: Sequence[LinkedHistories]
    usual: Sequence[Estimate]
    rows: Sequence[int]  # of the strata that are told
    label: str
    level: float
    seed: int
    tables: Sequence[CaptureHistories] = field(default=())  # of those, the middle draw

    def put(
        self,
        kind: str,
        setting: str,
        found: Sequence[Estimate],
        usual: Sequence[Estimate],
        tried: Sequence[int],
    ) -> dict[str, Any]:
        """Make a row: the sum over the strata that have both answers, and what it lacks."""
        both = [is_told(one) and is_told(other) for one, other in zip(found, usual, strict=True)]
        kept = [place for place, each in enumerate(both) if each]
        recorded = np.array([self.strata[row].observed for row in tried])
        answer = self._add([found[place] for place in kept], found)
        like = self._add([usual[place] for place in kept], found)
        if kept and not is_told(like):  # then there is nothing to lay an answer beside
            answer = refuse_estimate(answer.method, like.verdict.reasons, self.level)
        told = estimate_row(0, self.label, answer, self.level)
        beside = estimate_row(0, self.label, like, self.level)
        names = ("stratum", "median", "low", "high", "level", "verdict", "reasons")
        return {
            "kind": kind,
            "setting": setting,
            "strata": len(kept),
            "strata_refused": len(tried) - len(kept),
            "recorded": int(recorded[both].sum()),
            "recorded_refused": int(recorded[np.logical_not(both)].sum()),
            "usual": beside["median"],
            "usual_low": beside["low"],
            "usual_high": beside["high"],
        } | {name: told[name] for name in names}

    def _add(self, kept: Sequence[Estimate], found: Sequence[Estimate]) -> Estimate:
        if len(found) == 1:
            return kept[0] if kept else found[0]
        if kept:
            return sum_strata(kept, seed=self.seed, level=self.level)
        reasons = (make_reason("strata_refused", len(found), 0),)
        return refuse_estimate(found[0].method, reasons, self.level)


def sweep_assumptions(
    strata: Sequence[LinkedHistories],
    *,
    seed: int,
    method: Method = "latent-class",
    level: float = 0.95,
    workers: int = 1,
    spread: Spread | None = None,
    cache: FitCache | None = None,
    progress: Progress | None = None,
) -> pa.Table:
    """Estimate the sum of the strata again and again, each time with one assumption moved.

    Parameters
    ----------
    strata, seed, level, workers, spread, cache
        As `estimate_strata` takes them. Where there are linkage draws the first row and those of
        `highest_order` are of all of them; the others are made on the middle one, and laid beside
        the usual estimate of it.
    method
        Of the main estimate, and of those without a list and with two lists merged. One that does
        not draw has no sum: then it is the largest stratum alone that is swept.
    progress
        Told of each table that is done.

    Returns
    -------
    pyarrow.Table
        Columns `SENSITIVITY`; the first row is the main estimate, with the reasons that
        `judge_sensitivity` finds. Strata that are refused, or lean on others, are in no row; where
        all are, or their sum is, there is only that row. `highest_order` (up to five lists): the
        odds ratio of the highest order that the table cannot show; 1 is what log-linear models
        assume. `classes` and `prior`: of the latent class model, when that is the method. All but
        `highest_order` are tried in the strata with most people, 12 at most, and fewer where there
        are many lists.
    """
    import pyarrow as pa

    ask = partial(estimate_each, level=level, workers=workers, spread=spread, cache=cache)
    main = ask(strata, FitOptions(seed), method=method, progress=progress)
    told = [row for row, each in enumerate(main) if is_told(each)]
    if told and method not in DRAWING:
        told = [max(told, key=lambda row: strata[row].observed)]
    together = method in DRAWING and len(strata) > 1
    sweep = _Sweep(
        strata, main, told, "" if together else strata[told[0] if told else 0].label, level, seed,
        tuple(_middle(strata[row]) for row in told),
    )  # fmt: skip
    rows = [_main(sweep, method, together=together)]
    if rows[0]["median"] is not None:
        rows += _of_all_lists(sweep)
        rows += _asked(sweep, method, ask, progress)
        _warn(rows)
    return pa.Table.from_pylist(rows, schema=SENSITIVITY.arrow)


def _main(sweep: _Sweep, method: Method, *, together: bool) -> dict[str, Any]:
    if not together:
        rows = sweep.rows or [0]
        own = [sweep.usual[row] for row in rows]
        return sweep.put("main", method, own, own, rows)
    return sweep.put("main", method, sweep.usual, sweep.usual, range(len(sweep.strata)))


def _warn(rows: list[dict[str, Any]]) -> None:
    """Put what the other settings found against the main estimate into its verdict."""
    codes = [reason.code for reason in judge_rows(rows)]
    if codes:
        rows[0]["reasons"] = " ".join([*rows[0]["reasons"].split(), *codes])
        rows[0]["verdict"] = "warn"


def _middle(linked: LinkedHistories) -> CaptureHistories:
    drawn = sorted(linked.draws, key=lambda each: each.observed)
    return drawn[(len(drawn) - 1) // 2] if drawn else linked.best


def _of_all_lists(sweep: _Sweep) -> Iterator[dict[str, Any]]:
    """Move what no table shows: it costs little, so it is done in every stratum and draw."""
    if len(sweep.tables[0].lists) > MOST_LISTS:
        return
    usual = [sweep.usual[row] for row in sweep.rows]
    alone = len(sweep.rows) == 1
    for ratio in ODDS_RATIOS:
        found = [_by_ratio(sweep, sweep.strata[row], ratio, alone=alone) for row in sweep.rows]
        yield sweep.put("highest_order", f"{ratio:g}", found, usual, sweep.rows)


def _by_ratio(sweep: _Sweep, linked: LinkedHistories, ratio: float, *, alone: bool) -> Estimate:
    if linked.draws:
        return mix_by_highest_order(linked, ratio, seed=sweep.seed, level=sweep.level)
    seed = None if alone else sweep.seed
    return estimate_by_highest_order(linked.best, ratio, level=sweep.level, seed=seed)


def _asked(
    sweep: _Sweep, method: Method, ask: Callable[..., list[Estimate]], progress: Progress | None
) -> Iterator[dict[str, Any]]:
    """Fit what must be fitted, in the largest strata, and lay it beside the usual answer."""
    largest = sorted(range(len(sweep.rows)), key=lambda at: -sweep.tables[at].observed)
    settings = len(sweep.tables[0].lists) + MOST_MERGES + len(METHODS)
    places = sorted(largest[: max(1, min(MOST_STRATA, MOST_FITS // settings))])
    tried = [sweep.rows[place] for place in places]
    tables = [sweep.tables[place] for place in places]
    options = FitOptions(sweep.seed)
    usual = _Question("main", "", tables, method, options)
    questions = [usual, *_questions(tables, method, options, alone=len(sweep.rows) == 1)]
    if not any(each.draws for each in sweep.strata):  # the tables are those of the main estimate
        questions = questions[1:]
    found = _answered(questions, ask, progress)
    beside = found.pop(usual, [sweep.usual[row] for row in tried])
    for question, answers in found.items():
        yield sweep.put(question.kind, question.setting, answers, beside, tried)
    if len(sweep.rows) > 1:
        yield from _not_added(sweep, method, tried)


def _not_added(sweep: _Sweep, method: Method, tried: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Name the methods whose strata cannot be added, so that nobody takes them for forgotten."""
    nothing = (make_reason("no_draws_to_add", len(tried), 0),)
    for other in METHODS:
        if other not in {method, FOIL, *DRAWING}:
            refused = [refuse_estimate(other, nothing, sweep.level)] * len(tried)
            yield sweep.put("method", other, refused, refused, tried) | {"reasons": nothing[0].code}


def _answered(
    questions: Sequence[_Question], ask: Callable[..., list[Estimate]], progress: Progress | None
) -> dict[_Question, list[Estimate]]:
    """Ask all that is fitted in one way at once, so that both cores have work to the end."""
    found: dict[_Question, list[Estimate]] = {}
    total, done = sum(len(each.tables) for each in questions), 0
    for method, options in dict.fromkeys((each.method, each.options) for each in questions):
        group = [each for each in questions if (each.method, each.options) == (method, options)]
        tables = [LinkedHistories(table) for each in group for table in each.tables]
        counted = _counted(progress, done, total)
        answers = iter(ask(tables, options, method=method, progress=counted))
        found |= {each: list(islice(answers, len(each.tables))) for each in group}
        done += len(tables)
    return {each: found[each] for each in questions}


def _counted(progress: Progress | None, done: int, total: int) -> Progress | None:
    if progress is None:
        return None
    return lambda _, place, __: progress(Message("Trying other assumptions"), done + place, total)


def _questions(
    tables: Sequence[CaptureHistories], method: Method, options: FitOptions, *, alone: bool
) -> Iterator[_Question]:
    for other in METHODS:
        if other not in {method, FOIL} and (alone or other in DRAWING):
            yield _Question("method", other, tables, other, options)
    lists = tables[0].lists
    for name in lists:
        without = [table.without([name]) for table in tables]
        yield _Question("list_left_out", name, without, method, options)
    for one, two in _pairs_to_merge(tables):
        merged = [table.merged(one, two) for table in tables]
        yield _Question("lists_merged", f"{one}+{two}", merged, method, options)
    if method == "latent-class":
        classes = 2 * min(2 ** len(lists) - 1, MOST_CLASSES)
        twice = FitOptions(options.seed, classes=classes)
        yield _Question("classes", str(classes), tables, method, twice)
        other_prior = FitOptions(options.seed, prior="coverage")
        yield _Question("prior", "coverage", tables, method, other_prior)


def _pairs_to_merge(tables: Sequence[CaptureHistories]) -> list[tuple[str, str]]:
    """Choose the pairs that attract each other most, over all strata."""
    pairs = list(combinations(tables[0].lists, 2))
    scores = np.sum([pair_scores(table) for table in tables], axis=0)
    chosen = np.argsort(-scores, kind="stable")[:MOST_MERGES]
    return [pairs[place] for place in sorted(chosen)]
