"""What moving the assumptions does to the verdict of an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from testigo.estimation.systems.comparison import RIVALS
from testigo.estimation.systems.model import ESTIMATES
from testigo.estimation.systems.reason_texts import make_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from testigo.core import Reason

CLASSES_MOVE: Final = 0.05  # estimation.md, rule 7
_MOVED: Final = MappingProxyType(
    {
        "list_left_out": "list_left_out_moves",
        "lists_merged": "lists_merged_move",
        "prior": "prior_moves",
    }
)
SWEPT_REASONS: Final = frozenset({"models_disagree", "classes_move", *_MOVED.values()})
Row = Mapping[str, Any]


def judge_sensitivity(table: pa.Table) -> tuple[Reason, ...]:
    """Turn what moved the estimate too far into warnings.

    Parameters
    ----------
    table
        Columns `SENSITIVITY`, as `sweep_assumptions` gives it.

    Returns
    -------
    tuple of Reason
        `models_disagree`: how many pairs of methods have intervals that do not meet.
        `list_left_out_moves`, `lists_merged_move` and `prior_moves`: how many settings move the
        median out of the usual interval of the same strata; `classes_move`: by what share twice
        the classes move it.
    """
    return judge_rows(table.to_pylist())


def judge_rows(rows: Sequence[Row]) -> tuple[Reason, ...]:
    """As `judge_sensitivity`, of the rows."""
    if rows_of(rows, "main")[0]["median"] is None:
        return ()
    apart = _pairs_apart(rows)
    found = [make_reason("models_disagree", apart, 0)] if apart else []
    for kind, code in _MOVED.items():
        moved = sum(is_moved(row) for row in rows_of(rows, kind))
        if moved:
            found.append(make_reason(code, moved, 0))
    found += [
        make_reason("classes_move", abs(change_of(row)), CLASSES_MOVE)
        for row in rows_of(rows, "classes")
        if row["median"] is not None and abs(change_of(row)) > CLASSES_MOVE
    ]
    return tuple(found)


def warn_of_sensitivity(estimates: pa.Table, sensitivity: pa.Table) -> pa.Table:
    """Put what other assumptions do to an estimate into its verdict.

    Parameters
    ----------
    estimates
        Columns `ESTIMATES`.
    sensitivity
        Columns `SENSITIVITY`, as `sweep_assumptions` gives it.

    Returns
    -------
    pyarrow.Table
        `estimates`, with the reasons of `judge_sensitivity` at the estimate that was swept; where
        it was refused nothing is added.
    """
    import pyarrow as pa

    reasons = judge_sensitivity(sensitivity) if sensitivity.num_rows else ()
    main = sensitivity.slice(0, 1).to_pylist()
    rows = [
        _warned(row, reasons)
        if reasons
        and (row["stratum"], row["method"]) == (main[0]["stratum"], main[0]["setting"])
        and row["median"] is not None
        else row
        for row in estimates.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=ESTIMATES.arrow)


def _warned(row: dict[str, Any], reasons: Sequence[Reason]) -> dict[str, Any]:
    held = row["reasons"].split()
    new = [reason for reason in reasons if reason.code not in held]
    measured = [f"{each.code}={each.measured:.6g}/{each.threshold:.6g}" for each in new]
    return row | {
        "verdict": "warn",
        "reasons": " ".join([*held, *(reason.code for reason in new)]),
        "measured": " ".join([*row["measured"].split(), *measured]),
    }


def rows_of(rows: Sequence[Row], kind: str) -> list[Row]:
    """Choose the rows of one kind."""
    return [row for row in rows if row["kind"] == kind]


def change_of(row: Row) -> float:
    """Return by what share of the usual estimate of the same strata a setting moves it."""
    return float(row["median"] / row["usual"] - 1.0)


def is_moved(row: Row) -> bool:
    """Say whether the estimate leaves the usual interval of the same strata."""
    return row["median"] is not None and not row["usual_low"] <= row["median"] <= row["usual_high"]


def _pairs_apart(rows: Sequence[Row]) -> int:
    """Count the pairs of methods, the main one among them, whose intervals do not meet."""
    main = rows_of(rows, "main")[0]
    others = [row for row in rows_of(rows, "method") if row["setting"] in RIVALS
              and row["median"] is not None]  # fmt: skip
    apart = 0
    if main["setting"] in RIVALS:
        apart += sum(_apart(row["low"], row["high"], row["usual_low"], row["usual_high"])
                     for row in others)  # fmt: skip
    alike = [(one, two) for one, two in combinations(others, 2)
             if one["recorded"] == two["recorded"]]  # fmt: skip
    return apart + sum(_apart(a["low"], a["high"], b["low"], b["high"]) for a, b in alike)


def _apart(low: float, high: float, other_low: float, other_high: float) -> bool:
    return max(low, other_low) > min(high, other_high)
