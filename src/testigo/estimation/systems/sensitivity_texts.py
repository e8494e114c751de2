"""What a table of sensitivity means, in sentences and in reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.estimation.systems.comparison import RIVALS
from testigo.estimation.systems.sensitivity_verdicts import change_of, is_moved, rows_of
from testigo.estimation.systems.setting_names import JoinedNames, name_setting, read_ratio

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.estimation.systems.sensitivity_verdicts import Row

REFITTED: Final = ("method", "list_left_out", "lists_merged", "classes", "prior")
LISTS: Final = ("list_left_out", "lists_merged")
_Named = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class SensitivityWords:
    """What a table of sensitivity means.

    Attributes
    ----------
    main
        The main estimate; where there is none, that nothing could be moved.
    unknown
        What no table can show.
    moves
        By how much each kind of assumption moves it.
    left_out
        Which strata are not in the numbers.
    summary
        How often it leaves its interval; None where there is no estimate.
    """

    main: Message
    unknown: tuple[Message, ...] = ()
    moves: tuple[Message, ...] = ()
    left_out: tuple[Message, ...] = ()
    summary: Message | None = None

    @property
    def sentences(self) -> tuple[Message, ...]:
        """All of them, in the order in which they are read."""
        last = () if self.summary is None else (self.summary,)
        return (self.main, *self.unknown, *self.moves, *self.left_out, *last)


def explain_sensitivity(
    table: pa.Table, *, named: Callable[[str], object] = str
) -> SensitivityWords:
    """Say what moving the assumptions does to the estimate.

    Parameters
    ----------
    table
        Columns `SENSITIVITY`, as `sweep_assumptions` gives it.
    named
        What a list is called.
    """
    rows = table.to_pylist()
    (main,) = rows_of(rows, "main")
    if main["median"] is None:
        return SensitivityWords(Message("There is no estimate whose assumptions could be moved."))
    return SensitivityWords(
        main=_usual(main),
        unknown=tuple(_of_all_lists(rows)),
        moves=tuple(_moves(rows, named)),
        left_out=tuple(_left_out(rows, main)),
        summary=_summed_up(rows),
    )


_SENTENCES: Final[Mapping[str, Message]] = {
    "method": Message(
        "Other models: {change}. The farthest: {most}, with {median} people instead of {usual}."
    ),
    "list_left_out": Message(
        "Leaving out one list at a time: {change}. It matters most {most}: {median} people instead "
        "of {usual}."
    ),
    "lists_merged": Message(
        "Taking two lists for one, as when one copies the other: {change}. It matters most with "
        "{most}: {median} people instead of {usual}."
    ),
    "classes": Message("With twice as many groups of people: {change}."),
    "prior": Message(
        "Had one expected beforehand up to 5 times as many people as recorded: {change}."
    ),
}
_NOT_ADDED: Final = Message(
    "These methods give no draws, so their strata cannot be added: {names}."
)
_NONE: Final[Mapping[str, Message]] = {
    "method": Message("These models have no answer: {names}."),
    "list_left_out": Message("There is no estimate {names}."),
    "lists_merged": Message("There is no estimate with {names}."),
}
_FIXED: Final = Message(
    "Neither leaving a list out nor taking two for one could be tried: too few lists remain for an "
    "estimate. Whether it hangs on one list, or on one that copies another, nothing here shows."
)


def _usual(main: Row) -> Message:
    values = _numbers(main, "median", "low", "high", "strata", "strata_refused")
    if not main["strata_refused"]:
        return Message(
            "Under the usual assumptions: {median} people in all ({low} to {high}).", values
        )
    return Message(
        "Strata with an estimate of their own: {strata}; together {median} people ({low} to "
        "{high}). Other strata: {strata_refused}{holding}. They are in none of the numbers here, "
        "which are no estimate of everybody.",
        values | {"holding": _holding(main)},
    )


def _holding(row: Row) -> Message | str:
    """Say how many people the refused strata hold; nothing where that may not be told."""
    if row["recorded_refused"] is None:
        return ""
    return Message(", with {people} recorded people", {"people": Number(row["recorded_refused"])})


def _numbers(row: Row, *names: str) -> dict[str, object]:
    return {name: Number(float("nan") if row[name] is None else row[name]) for name in names}


def _of_all_lists(rows: Sequence[Row]) -> list[Message]:
    told = [row for row in rows_of(rows, "highest_order") if row["median"] is not None]
    if not told:
        return []
    medians = [row["median"] for row in told]
    values: dict[str, object] = {
        "low": Number(min(medians)),
        "high": Number(max(medians)),
        "first": read_ratio(told[0]["setting"]),
        "last": read_ratio(told[-1]["setting"]),
    }
    return [
        Message(
            "How all the lists depend on each other together is what no table can show. With an "
            "odds ratio from {first} to {last} there would be from {low} to {high} people. "
            "Log-linear models take it to be 1; the latent class model does not.",
            values,
        )
    ]


def _moves(rows: Sequence[Row], named: _Named) -> list[Message]:
    """Say what each kind of assumption does; the lower bound is no model and stands apart."""
    found = []
    fixed = _lists_fixed(rows)
    for kind in REFITTED:
        if kind not in LISTS or not fixed:
            found += _of_kind(rows, kind, named)
        elif kind == LISTS[0]:
            found.append(_FIXED)
        if kind == "method":
            found += [
                Message(
                    "At least, by the lower bound: {median} people ({low} to {high}).",
                    _numbers(row, "median", "low", "high"),
                )
                for row in rows_of(rows, kind)
                if row["setting"] == "lower-bound" and row["median"] is not None
            ]
    return found


def _lists_fixed(rows: Sequence[Row]) -> bool:
    """Say whether no list could be left out and no two taken for one, as with three lists."""
    tried = [row["median"] for kind in LISTS for row in rows_of(rows, kind)]
    return bool(tried) and all(median is None for median in tried)


def _of_kind(rows: Sequence[Row], kind: str, named: _Named) -> list[Message]:
    told = [row for row in _models(rows, kind) if row["median"] is not None]
    others = [row for row in rows_of(rows, kind) if row["median"] is None]
    found = []
    if told:
        most = max(told, key=lambda row: abs(change_of(row)))
        values = {"most": name_setting(most, named=named), "change": _changes(told)}
        found.append(replace(_SENTENCES[kind], values=values | _numbers(most, "median", "usual")))
    for text, refused in (
        (_NOT_ADDED, [row for row in others if row["reasons"] == "no_draws_to_add"]),
        (_NONE.get(kind), [row for row in others if row["reasons"] != "no_draws_to_add"]),
    ):
        if text and refused:
            names = JoinedNames(tuple(name_setting(row, named=named) for row in refused))
            found.append(replace(text, values={"names": names}))
    return found


def _changes(rows: Sequence[Row]) -> Message:
    """Say by how much the estimate moves, from the lowest to the highest."""
    shares = [change_of(row) for row in rows]
    low, high = say_change(min(shares)), say_change(max(shares))
    if str(low) == str(high):
        return low
    return Message("from {low} to {high}", {"low": low, "high": high})


def say_change(share: float) -> Message:
    """Say a change of the estimate.

    Examples
    --------
    >>> str(say_change(-0.123)), str(say_change(0.5)), str(say_change(0.001))
    ('12% fewer', '50% more', 'the same')
    """
    told = {"share": Number(abs(share), percent=True)}
    if round(abs(share), 2) == 0:
        return Message("the same")
    return Message("{share} fewer", told) if share < 0 else Message("{share} more", told)


def _left_out(rows: Sequence[Row], main: Row) -> list[Message]:
    """Say which strata are not in the numbers, beyond those that never had one."""
    fitted = [row for row in rows if row["kind"] in REFITTED]
    tried = max((row["strata"] + row["strata_refused"] for row in fitted), default=main["strata"])
    lost = max(
        (row for row in fitted if row["strata"]),
        key=lambda row: row["strata_refused"],
        default=main,
    )
    found = []
    if tried < main["strata"]:
        found.append(
            Message(
                "Only in the {tried} largest of {strata} strata was the estimate made again; what "
                "all lists do together was moved in every one.",
                {"tried": Number(tried), "strata": Number(main["strata"])},
            )
        )
    if lost["strata_refused"] and lost is not main:
        found.append(
            Message(
                "Where a setting leaves strata without an answer, both numbers are of the others. "
                "Left out at most: {strata_refused}{holding}.",
                _numbers(lost, "strata_refused") | {"holding": _holding(lost)},
            )
        )
    return found


def _models(rows: Sequence[Row], kind: str) -> list[Row]:
    """Choose the rows of a kind; of the methods those that are models, no bound and no foil."""
    return [row for row in rows_of(rows, kind) if kind != "method" or row["setting"] in RIVALS]


def _summed_up(rows: Sequence[Row]) -> Message:
    told = [row for kind in REFITTED for row in _models(rows, kind) if row["median"] is not None]
    moved = sum(map(is_moved, told))
    values: dict[str, object] = {"tried": Number(len(told)), "moved": Number(moved)}
    if not told:
        return Message(
            "No change of lists or model leaves an estimate: nothing shows how firm it is.", values
        )
    if not moved and _lists_fixed(rows):
        return Message(
            "Changes of the model that move the estimate out of its interval: none of {tried}. As "
            "no list could be changed, that does not make it firm.",
            values,
        )
    if not moved:
        return Message(
            "Changes of lists and model that move the estimate out of its interval: none of "
            "{tried}.",
            values,
        )
    if any(
        row["strata"] != rows_of(rows, "main")[0]["strata"] for row in told
    ):  # not of the same people
        return Message(
            "Changes of lists and model that move the estimate out of its interval: {moved} of "
            "{tried}. Quote the whole range, and say why.",
            values,
        )
    medians = [row["median"] for row in told]
    return Message(
        "Changes of lists and model that move the estimate out of its interval: {moved} of "
        "{tried}; the answers go from {low} to {high} people. Quote the whole range, and say why.",
        values | {"low": Number(min(medians)), "high": Number(max(medians))},
    )
