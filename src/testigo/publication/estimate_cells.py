"""The tables of estimates as they are published: hidden strata blank, fits as exactly as may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.estimation import PER
from testigo.publication.coarse_numbers import (
    coarsen_interval,
    coarsen_measured,
    find_step,
    tells_of_fit,
)
from testigo.publication.hidden_strata import EVERYBODY
from testigo.publication.schemas import SUPPRESSED, VALUE_STATUS

if TYPE_CHECKING:
    from testigo.core import TableSchema
    from testigo.publication.hidden_strata import HiddenStrata

    Row = dict[str, object]

_ANSWER: Final = ("median", "low", "high")
_USUAL: Final = ("usual", "usual_low", "usual_high")
_VICTIMS: Final = ("victims", "victims_low", "victims_high")
_RATE: Final = ("rate", "rate_low", "rate_high")
_LESS: Final = "list_left_out"
_OF_SOME: Final = ("recorded", "recorded_refused")  # victims of some of the strata


def redact_estimates(table: pa.Table, hidden: HiddenStrata, schema: TableSchema) -> pa.Table:
    """Blank the hidden strata, and tell fits as exactly as they may be told.

    Parameters
    ----------
    table
        Columns `ESTIMATES`.
    hidden
        As `choose_hidden_strata` decided.
    schema
        The columns of `table`.
    """
    rows = [_estimate(row, hidden) for row in table.to_pylist()
            if row["stratum"] not in hidden.nameless]  # fmt: skip
    return _table(rows, schema.arrow)


def redact_sensitivity(table: pa.Table, hidden: HiddenStrata, schema: TableSchema) -> pa.Table:
    """Blank what was tried on one table that a reader could guess; sums are told in steps.

    Every assumption that was moved is one more fit of the same table.

    Parameters
    ----------
    table
        Columns `SENSITIVITY`.
    hidden
        As `choose_hidden_strata` decided.
    schema
        The columns of `table`.
    """
    rows = [_assumption(row, hidden) for row in table.to_pylist()
            if row["stratum"] not in hidden.nameless]  # fmt: skip
    return _table(rows, schema.arrow)


def redact_estimated_rates(table: pa.Table, hidden: HiddenStrata) -> pa.Table:
    """Blank the rates of the places and years that hold a hidden stratum, or a hidden fit.

    Parameters
    ----------
    table
        Columns `ESTIMATED_RATES`.
    hidden
        As `choose_hidden_strata` decided.
    """
    return _table([_rates(row, hidden) for row in table.to_pylist()], table.schema)


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=schema.append(pa.field(VALUE_STATUS, pa.string())))


def _estimate(row: Row, hidden: HiddenStrata) -> Row:
    if row["stratum"] in hidden.names:
        return _refused(row, "observed", *_ANSWER)
    if not hidden.private or hidden.exact:
        return _stated(row)
    fitted = row["high"] is not None or tells_of_fit(str(row["measured"]))
    if fitted and row["stratum"] not in hidden.drawn:
        return _refused(row, *_ANSWER)
    measured = coarsen_measured(str(row["measured"]), row["observed"])
    return _stated(row | _in_steps(row, _ANSWER, least=row["observed"]) | {"measured": measured})


def _assumption(row: Row, hidden: HiddenStrata) -> Row:
    if not hidden.private or hidden.exact:
        return _stated(row)
    numbers = [name for name in (*_ANSWER, *_USUAL, *_OF_SOME) if name in row]
    several = row["strata"] == hidden.summed > 1  # of fewer, one may make most of the sum
    if row["stratum"] != EVERYBODY or EVERYBODY in hidden.names or not several:
        return _refused(row, *numbers)
    everybody = hidden.told.get(EVERYBODY)
    is_told = row.get("recorded") == everybody and everybody is not None  # else of some strata
    blank = {} if is_told else dict.fromkeys(set(_OF_SOME) & set(row))
    least = everybody if is_told else None
    usual = _in_steps(row, _USUAL, least=least) if set(_USUAL) <= set(row) else {}
    if row["kind"] == _LESS:  # fewer people are on the lists that are left
        least = None
    return _stated(row | _in_steps(row, _ANSWER, least=least) | usual | blank)


def _rates(row: Row, hidden: HiddenStrata) -> Row:
    place = (str(row["area_level"]), str(row["area"]), str(row["period"]))
    is_hidden = hidden.places is None or place in hidden.places
    exact = not hidden.private or hidden.exact
    if not is_hidden and (row["victims"] is None or exact):
        return _stated(row, "victims")
    if is_hidden or place not in hidden.drawn_places:
        blank = {name: None for name in row if name.startswith(("victims", "rate"))}
        return row | blank | {"verdict": "refuse", VALUE_STATUS: SUPPRESSED}
    step = find_step(*(row[name] for name in _VICTIMS[1:]))
    risk = PER / float(str(row["population"]))  # of one victim; the rate must not tell more
    people = {name: float(str(row[name])) / risk for name in _RATE if row[name] is not None}
    told = coarsen_interval(dict.fromkeys(_RATE) | people, _RATE, step=step)
    rates = {name: value * risk for name, value in told.items() if isinstance(value, float)}
    victims = coarsen_interval(row, _VICTIMS, step=step, least=hidden.told_places.get(place, 0))
    return _stated(row | victims | rates, "victims")


def _in_steps(row: Row, names: tuple[str, str, str], least: object = None) -> dict[str, object]:
    step = find_step(*(row[name] for name in names[1:]))
    floor = float(least) if isinstance(least, int) else 0.0
    return coarsen_interval(row, names, step=step, least=floor)


def _stated(row: Row, number: str = "high") -> Row:
    return row | {VALUE_STATUS: "not_estimable" if row[number] is None else "stated"}


def _refused(row: Row, *blank: str) -> Row:
    """Say `refuse` and `suppressed`: the reasons of a stratum tell how large it is."""
    said: Row = {"verdict": "refuse", "reasons": SUPPRESSED, "measured": ""}
    told = row | dict.fromkeys(blank) | {name: said[name] for name in said if name in row}
    return told | {VALUE_STATUS: SUPPRESSED}
