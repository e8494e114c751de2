"""Estimates of one file of overlaps, for an analyst who has only that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from testigo.core import Bounds, Estimate, InputFileError, Message, UsageError, Verdict
from testigo.estimation.file_columns import FileColumns
from testigo.estimation.systems.capture_histories import MOST_LISTS, CaptureHistories
from testigo.estimation.systems.comparison import compare_strata
from testigo.estimation.systems.estimate_rows import estimate_row
from testigo.estimation.systems.linked_tables import LinkedHistories
from testigo.estimation.systems.methods import check_method
from testigo.estimation.systems.model import ENVELOPE, ESTIMATES
from testigo.estimation.systems.sensitivity import sweep_assumptions
from testigo.estimation.systems.sensitivity_verdicts import warn_of_sensitivity
from testigo.estimation.systems.stratified import estimate_strata

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.estimation.systems.comparison import Comparison
    from testigo.estimation.systems.model import Method

COUNT: Final = "count"
ALL: Final = "all"
_MARKS: Final = {"0": 0.0, "0.0": 0.0, "1": 1.0, "1.0": 1.0}


def read_capture_histories(path: Path, *, count: str = COUNT) -> tuple[CaptureHistories, ...]:
    """Read a table of overlaps; one `CaptureHistories` for each stratum, in the file's order.

    Columns that hold only 0 and 1 are lists, `count` the people; other columns are strata. A column
    that would be a list but for blanks or for one other value is refused, not made a stratum.

    Raises
    ------
    InputFileError
        For a file that cannot be read, no column of counts, a count that is no whole number of
        people, people on no list, a list with another
        value than 0 and 1, no column of lists, or more than 40; names file, row, column.
    """
    delivered = FileColumns.read(path, (count,), example=_show_header(count))
    name = delivered.find(count)
    people = delivered.numbers(count)
    _check_counts(delivered, name, people)
    others = [column for column in delivered.cells.column_names if column != name]
    lists = [column for column in others if _is_list(delivered, column)]
    _check_lists(delivered, lists)
    held = np.column_stack([_held(delivered, column) for column in lists])
    nobody = (held.sum(axis=1) == 0) & (people > 0)
    if nobody.any():
        delivered.refuse(
            int(np.argmax(nobody)),
            name,
            Message("the row holds people who are on no list"),
            Message("Take the row out: how many are on no list is what we want to learn."),
        )
    strata = [column for column in others if column not in lists]
    keys = list(
        zip(*(delivered.cells[column].to_pylist() for column in strata), strict=True)
        if strata
        else [()] * len(people)
    )
    return tuple(
        CaptureHistories.of(
            lists,
            held[rows],
            people[rows],
            stratum=[(c, v or "") for c, v in zip(strata, key, strict=True)],
        )
        for key in dict.fromkeys(keys)
        for rows in [np.array([other == key for other in keys])]
    )


def file_estimates(
    path: Path,
    *,
    seed: int,
    method: Method | str = "latent-class",
    level: float = 0.95,
    workers: int = 1,
    progress: Callable[[Message, int, int | None], None] | None = None,
) -> tuple[pa.Table, tuple[Verdict, ...]]:
    """Estimate every stratum of a file.

    Parameters
    ----------
    path
        CSV (also gzipped), Parquet or XLSX: 0/1 columns are lists, `count` the people.
    seed
        Of the methods that draw.
    method
        One of `METHODS`, or `all`.
    level
        Coverage of the intervals.
    workers
        Threads; they do not change the answer.
    progress
        Told of each stratum.

    Returns
    -------
    table, verdicts
        Columns `ESTIMATES` and the verdict of each row: where there are strata, first their sum by
        draws, then each in the order of the file. With `all` a method that has no draws is refused
        there; with such a method alone there is no sum.
    """
    tables = read_capture_histories(path)
    if method != ALL:
        chosen: Method = method  # type: ignore[assignment]  # estimate_total refuses the rest
        found = estimate_strata(
            [LinkedHistories(each) for each in tables],
            seed=seed,
            method=chosen,
            level=level,
            workers=workers,
            progress=progress,
        )
        return found.table, found.verdicts
    return _all_methods(tables, seed, level, workers, progress)


def file_sensitivity(
    path: Path,
    *,
    seed: int,
    method: Method | str = "latent-class",
    level: float = 0.95,
    workers: int = 1,
    progress: Callable[[Message, int, int | None], None] | None = None,
) -> tuple[pa.Table, pa.Table]:
    """Estimate a file, and make its estimate again under other assumptions.

    Parameters
    ----------
    path, seed, method, level, workers, progress
        As `file_estimates` takes them; `all` is no method here.

    Returns
    -------
    estimates, sensitivity
        Columns `ESTIMATES`, with what the other assumptions do to the verdict of the sum; and
        columns `SENSITIVITY`, as `sweep_assumptions` gives them.

    Raises
    ------
    UsageError
        As `check_file_method` does.
    """
    check_file_method(method, sensitivity=True)
    strata = [LinkedHistories(each) for each in read_capture_histories(path)]
    chosen: Method = method  # type: ignore[assignment]  # estimate_total refuses the rest
    work: dict[str, Any] = {
        "seed": seed,
        "method": chosen,
        "level": level,
        "workers": workers,
        "cache": _Held(),
        "progress": progress,
    }
    estimates = estimate_strata(strata, **work).table
    sensitivity = sweep_assumptions(strata, **work)
    return warn_of_sensitivity(estimates, sensitivity), sensitivity


def check_file_method(method: str, *, sensitivity: bool) -> None:
    """Refuse a method that there is not, before anything is read.

    Raises
    ------
    UsageError
        For a method that is neither of `METHODS` nor `all`, and for `all` with `sensitivity`.
    """
    if method != ALL:
        check_method(method)
    elif sensitivity:
        raise UsageError(
            Message("--sensitivity moves the assumptions of one method, not of all."),
            Message("Leave --method out; the other methods are among what is tried."),
        )


class _Held(dict[str, "Mapping[str, NDArray[np.float64]]"]):
    """Fits that two calls share."""

    def put(self, key: str, arrays: Mapping[str, NDArray[np.float64]]) -> None:
        self[key] = arrays


def _all_methods(
    tables: tuple[CaptureHistories, ...],
    seed: int,
    level: float,
    workers: int,
    progress: Callable[[Message, int, int | None], None] | None,
) -> tuple[pa.Table, tuple[Verdict, ...]]:
    import pyarrow as pa

    rows, verdicts = [], []
    found = compare_strata(tables, seed=seed, level=level, workers=workers, progress=progress)
    whole = [("", sum(each.observed for each in tables))] if len(tables) > 1 else []
    strata = [(LinkedHistories(each).label, each.observed) for each in tables]
    for (label, observed), compared in zip([*whole, *strata], found, strict=True):
        for estimate in _headed(compared):
            rows.append(estimate_row(observed, label, estimate, level))
            verdicts.append(estimate.verdict)
    return pa.Table.from_pylist(rows, schema=ESTIMATES.arrow), tuple(verdicts)


def _headed(found: Comparison) -> tuple[Estimate, ...]:
    """Put the envelope first where the methods disagree."""
    if found.agree or found.envelope is None:
        return found.estimates
    low, high = found.envelope
    bounds = Bounds(float("nan"), low, high, found.level)
    disagree = [
        reason for reason in found.estimates[0].verdict.reasons if reason.code == "models_disagree"
    ]
    head = Estimate.from_bounds(
        bounds, unit="victims", method=ENVELOPE, verdict=Verdict(tuple(disagree))
    )
    return (head, *found.estimates)


def _is_list(delivered: FileColumns, column: str) -> bool:
    """Say whether a column is of 0 and 1; one that nearly is, is a list with a slip.

    Lists that are left blank where they hold nobody would make a stratum of each pattern.
    """
    texts, place = delivered.distinct(column)
    marks = [(text or "").strip() for text in texts]
    values = {_MARKS[mark] for mark in marks if mark in _MARKS}
    others = {mark for mark in marks if mark and mark not in _MARKS}
    mostly = np.array([mark in _MARKS for mark in marks])[place].mean() > 0.5  # noqa: PLR2004
    return bool(mostly or (values and not others) or (len(values) > len(others) == 1))


def _held(delivered: FileColumns, column: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    texts, place = delivered.distinct(column)
    marks = [(text or "").strip() for text in texts]
    values = np.array([_MARKS.get(mark, np.nan) for mark in marks], dtype=np.float64)[place]
    wrong = np.isnan(values)
    if wrong.any():
        row = int(np.argmax(wrong))
        delivered.refuse(
            row,
            column,
            Message("is neither 0 nor 1") if marks[place[row]] else Message("is blank"),
            Message(
                "Write 1 where the list holds these people, and 0 where it does not, never a "
                "blank. If the column is no list but a stratum, name its values with words."
            ),
        )
    return values


def _show_header(count: str) -> Message:
    return Message(
        "The first row names the lists and {count}, for instance: press,police,ngo,{count}. Below "
        "it a row 1,0,1,15 says that 15 people are on press and ngo and not on police.",
        {"count": count},
    )


def _check_counts(
    delivered: FileColumns, column: str, people: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    parts = people != np.floor(people)
    if parts.any():
        delivered.refuse(
            int(np.argmax(parts)),
            column,
            Message("is not a whole number of people"),
            Message("A count is a whole number, 0 or more."),
        )


def _check_lists(delivered: FileColumns, lists: list[str]) -> None:
    if not lists:
        raise InputFileError(
            Message("{file} has no column of 0 and 1.", {"file": delivered.name}),
            Message("Each list is a column: 1 where it holds these people, 0 where it does not."),
        )
    if len(lists) > MOST_LISTS:
        raise InputFileError(
            Message(
                "{file} has {lists} lists, more than {most}.",
                {"file": delivered.name, "lists": len(lists), "most": MOST_LISTS},
            ),
            Message("Merge lists of the same kind, for instance all newspapers."),
        )
