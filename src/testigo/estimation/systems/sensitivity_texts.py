"""What a table of sensitivity means, in sentences and in reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message, Number
from testigo.estimation.systems.reason_texts import make_reason

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.core import Reason

CLASSES_MOVE: Final = 0.05  # estimation.md, rule 7
MODELS: Final = ("list_left_out", "lists_merged", "classes", "prior")
_Rows = list[dict[str, Any]]


def explain_sensitivity(table: pa.Table) -> tuple[Message, ...]:
    """Say what moving the assumptions does to the estimate of one stratum.

    Parameters
    ----------
    table
        Columns `SENSITIVITY`, rows of one stratum.

    Returns
    -------
    tuple of Message
        The main estimate, a sentence for each kind of assumption, and one that sums up; a single
        sentence where there is no estimate to move.
    """
    rows = table.to_pylist()
    (main,) = _of(rows, "main")
    if main["median"] is None:
        return (Message("There is no estimate whose assumptions could be moved."),)
    usual = Message(
        "Under the usual assumptions: {median} people in all ({low} to {high}).",
        {name: Number(main[name]) for name in ("median", "low", "high")},
    )
    found = [usual]
    for kind, text in _SENTENCES.items():
        told = [row for row in _of(rows, kind) if row["median"] is not None]
        if told:
            found.append(_ranged(text, told, main["median"]))
        found += _refused([row for row in _of(rows, kind) if row["median"] is None], kind)
    return (*found, _summed_up(rows))


def judge_sensitivity(table: pa.Table) -> tuple[Reason, ...]:
    """Turn what moved the estimate too far into warnings.

    Parameters
    ----------
    table
        Columns `SENSITIVITY`, rows of one stratum.

    Returns
    -------
    tuple of Reason
        `list_left_out_moves`, `lists_merged_move` and `prior_moves`: how many settings move the
        median out of the main interval; `classes_move`: by what share twice the classes move it.
    """
    rows = table.to_pylist()
    (main,) = _of(rows, "main")
    if main["median"] is None:
        return ()
    found = []
    for kind, code in (
        ("list_left_out", "list_left_out_moves"),
        ("lists_merged", "lists_merged_move"),
        ("prior", "prior_moves"),
    ):
        moved = sum(_is_out(row, main) for row in _of(rows, kind))
        if moved:
            found.append(make_reason(code, moved, 0))
    for row in _of(rows, "classes"):
        if row["median"] is not None:
            share = abs(row["median"] / main["median"] - 1.0)
            if share > CLASSES_MOVE:
                found.append(make_reason("classes_move", share, CLASSES_MOVE))
    return tuple(found)


_SENTENCES: Final = {
    "highest_order": Message(
        "How all the lists depend on each other together is what no table can show. With an odds "
        "ratio from {first} to {last} there would be from {low} to {high} people."
    ),
    "list_left_out": Message(
        "Leaving out one list at a time gives from {low} to {high} people; {most} matters most."
    ),
    "lists_merged": Message(
        "Taking two lists for one, as when one copies the other, gives from {low} to {high} "
        "people; {most} matters most."
    ),
    "classes": Message("With twice as many classes of people ({most}): {high} people."),
    "prior": Message("With the other prior ({most}): {high} people."),
}
_NONE: Final = {
    "list_left_out": Message("There is no estimate without: {names}."),
    "lists_merged": Message("There is no estimate when these are taken for one: {names}."),
}


def _of(rows: _Rows, kind: str) -> _Rows:
    return [row for row in rows if row["kind"] == kind]


def _ranged(text: Message, rows: _Rows, usual: float) -> Message:
    medians = [row["median"] for row in rows]
    most = max(rows, key=lambda row: abs(row["median"] - usual))
    values: dict[str, object] = {
        "low": Number(min(medians)),
        "high": Number(max(medians)),
        "first": rows[0]["setting"],
        "last": rows[-1]["setting"],
        "most": most["setting"],
    }
    return replace(text, values=values)


def _refused(rows: _Rows, kind: str) -> list[Message]:
    if not rows or kind not in _NONE:
        return []
    names = ", ".join(row["setting"] for row in rows)
    return [replace(_NONE[kind], values={"names": names})]


def _is_out(row: dict[str, Any], main: dict[str, Any]) -> bool:
    return row["median"] is not None and not main["low"] <= row["median"] <= main["high"]


def _summed_up(rows: _Rows) -> Message:
    (main,) = _of(rows, "main")
    told = [row for kind in MODELS for row in _of(rows, kind) if row["median"] is not None]
    moved = [row["setting"] for row in told if _is_out(row, main)]
    values: dict[str, object] = {"tried": len(told), "moved": len(moved), "names": ", ".join(moved)}
    if not moved:
        return Message(
            "None of {tried} changes of lists and model moves the estimate out of its interval.",
            values,
        )
    return Message(
        "{moved} of {tried} changes move the estimate out of its interval ({names}): quote the "
        "whole range, and say why.",
        values,
    )
