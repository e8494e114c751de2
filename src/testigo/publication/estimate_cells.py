"""Hiding strata of the estimates: the recorded victims of a small stratum, and what tells them.

Each stratum adds victims to the sum of all, and the strata of one place and year hold the victims
whom the counts of that place and year speak of. A stratum may therefore be hidden because it is
small, because a list that has all but a few of its victims would learn how many it lacks, because
it would tell a hidden count of a list, or because another one would be told without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.core import UNKNOWN_MARK, YEAR_LETTERS
from testigo.estimation import ESTIMATE_REASONS
from testigo.publication.schemas import SUPPRESSED, VALUE_STATUS
from testigo.publication.sums import Sums, hide_sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from testigo.core import AreaCatalogue, TableSchema
    from testigo.publication.cells import Shown

    Row = dict[str, object]
    Place = tuple[str, str, str]  # level, area, year

EVERYBODY: Final = ""
OF_ALL: Final = "too_few_people"  # the rule that measures what `observed` says
_VALUE: Final = re.compile(r"(?:^| )(\w+)=")
_ANSWER: Final = ("median", "low", "high")
_DEAR: Final = 1e4  # hiding the sum of all strata is the last resort


@dataclass(frozen=True, slots=True)
class HiddenStrata:
    """Which strata are hidden.

    Attributes
    ----------
    private
        Whether any list is not public; if none is, nothing is hidden.
    names
        As in the column `stratum`; the empty one is the sum of all.
    nameless
        Strata named by a place that may not be named: their rows are left out.
    """

    private: bool = False
    names: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()


def read_stratum(name: str) -> dict[str, str]:
    """Take the name of a stratum apart.

    Examples
    --------
    >>> read_stratum("area=San Juan year=2020")
    {'area': 'San Juan', 'year': '2020'}
    """
    _, *parts = _VALUE.split(name)
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


def choose_hidden_strata(
    estimates: pa.Table,
    counts: pa.Table,
    shown: Shown,
    *,
    lists: Iterable[str],
    catalogue: AreaCatalogue,
    rare: frozenset[str],
    hide_total: bool = False,
) -> HiddenStrata:
    """Decide which strata are hidden, for all tables that speak of them.

    Parameters
    ----------
    estimates
        Columns `ESTIMATES`.
    counts, shown
        Columns `COUNTS`, and which of their cells are hidden.
    lists
        Ids of the sources.
    catalogue
        Gives the whole its code.
    rare
        Names of places that may not be told.
    hide_total
        Whether another table hides how many victims there are on any list.
    """
    if not estimates.num_rows or set(lists) <= shown.public:
        return HiddenStrata()
    observed = dict(
        zip(estimates["stratum"].to_pylist(), estimates["observed"].to_pylist(), strict=True)
    )
    nameless = frozenset(
        name for name in observed if not rare.isdisjoint(read_stratum(name).values())
    )
    strata = [name for name in observed if name != EVERYBODY] or [EVERYBODY]
    told = _count_cells(counts, shown)
    groups = _groups(strata, catalogue.whole.code)
    gives_away = [
        rows
        for place, rows in groups.items()
        if _tells(sum(observed[strata[row]] for row in rows), told.get(place, []), shown.k)
    ]
    hidden = _hide(
        np.array([observed[name] for name in strata]),
        np.array([name in nameless for name in strata] + [hide_total]),
        gives_away,
        shown.k,
    )
    names = {
        name for name, is_hidden in zip([*strata, EVERYBODY], hidden, strict=True) if is_hidden
    }
    return HiddenStrata(private=True, names=frozenset(names), nameless=nameless)


def redact_estimates(table: pa.Table, hidden: HiddenStrata, schema: TableSchema) -> pa.Table:
    """Blank the hidden strata in a table of estimates or of their sensitivity.

    Parameters
    ----------
    table
        With the columns stratum, median, low, high and verdict.
    hidden
        As `choose_hidden_strata` decided.
    schema
        The columns of `table`.
    """
    rows: list[Row] = []
    for row in table.to_pylist():
        if row["stratum"] in hidden.nameless:
            continue
        is_part = hidden.private and row["stratum"] != EVERYBODY
        rows.append(
            _blanked(row) if row["stratum"] in hidden.names else _stated(row, is_part=is_part)
        )
    columns = schema.arrow.append(pa.field(VALUE_STATUS, pa.string()))
    return pa.Table.from_pylist(rows, schema=columns)


def _stated(row: Row, *, is_part: bool) -> Row:
    """Keep the answer; of a part, a rule does not tell how few people it found."""
    status = "not_estimable" if row["high"] is None else "stated"
    told = (
        {"measured": _without_people(str(row["measured"]))} if is_part and "measured" in row else {}
    )
    return row | told | {VALUE_STATUS: status}


def redact_estimated_rates(table: pa.Table, hidden: HiddenStrata, whole: str) -> pa.Table:
    """Blank the rates of the places and years that hold a hidden stratum.

    Parameters
    ----------
    table
        Columns `ESTIMATED_RATES`.
    hidden
        As `choose_hidden_strata` decided.
    whole
        Code of the whole territory.
    """
    places = set(_groups([name for name in hidden.names if name != EVERYBODY], whole))
    rows = []
    for row in table.to_pylist():
        place = (row["area_level"], row["area"], row["period"])
        if place not in places:
            status = "not_estimable" if row["victims"] is None else "stated"
            rows.append(row | {VALUE_STATUS: status})
            continue
        blank = {name: None for name in row if name.startswith(("victims", "rate"))}
        rows.append(row | blank | {"verdict": "refuse", VALUE_STATUS: SUPPRESSED})
    columns = table.schema.append(pa.field(VALUE_STATUS, pa.string()))
    return pa.Table.from_pylist(rows, schema=columns)


def _blanked(row: Row) -> Row:
    """Say `refuse` and `suppressed`: the reasons of a stratum tell how large it is."""
    blank = dict.fromkeys(("observed", *_ANSWER))
    said = {"verdict": "refuse", "reasons": SUPPRESSED, "measured": ""}
    return {name: (blank | said).get(name, value) for name, value in row.items()} | {
        VALUE_STATUS: SUPPRESSED
    }


def _without_people(measured: str) -> str:
    """Leave out how many people on several lists a rule found; its limit stays."""
    words = []
    for word in measured.split():
        code, _, numbers = word.partition("=")
        rule = ESTIMATE_REASONS.get(code)
        secret = rule is None or (rule.of_people and code != OF_ALL)
        words.append(f"{code}=/{numbers.partition('/')[2]}" if secret else word)
    return " ".join(words)


def _hide(
    observed: np.ndarray[tuple[int], np.dtype[np.int64]],
    secret: np.ndarray[tuple[int], np.dtype[np.bool_]],
    gives_away: Sequence[Sequence[int]],
    k: int,
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which strata, and last whether their sum, must be hidden, shape (stratum + 1,).

    A sum over the strata of one place that would tell a count is a number too: one that is hidden.
    """
    many = len(observed)
    sums = np.zeros((1 + len(gives_away), many), dtype=np.int64)
    sums[0] = 1
    for row, members in enumerate(gives_away, start=1):
        sums[row, list(members)] = 1
    values = np.concatenate([observed, sums @ observed])
    primary = ((values > 0) & (values < k)) | np.concatenate(
        [secret, np.ones(len(gives_away), dtype=bool)]
    )
    cost = 1 + np.log10(1 + values)
    cost[many] *= _DEAR
    matrix = np.concatenate([np.eye(many, dtype=np.int64), sums])
    found = hide_sums(Sums(matrix, observed, np.minimum(observed, 1), cost), primary, k)
    return found[: many + 1]


def _groups(strata: Sequence[str], whole: str) -> dict[Place, list[int]]:
    """Strata that together hold the victims of one place and time, by place; not of the whole."""
    found: dict[Place, list[int]] = {}
    for row, name in enumerate(strata):
        values = read_stratum(name)
        level = next((level for level in ("area", "parent") if level in values), "whole")
        if level == "whole" and "year" not in values:
            continue  # who is on which list of the whole is told by the table `links`
        area = values.get(level, whole) or UNKNOWN_MARK
        found.setdefault((level, area, values.get("year", "")), []).append(row)
    return found


def _count_cells(counts: pa.Table, shown: Shown) -> dict[Place, list[int | None]]:
    """Victims of each source by place and year, and in all years; None: hidden."""
    hidden = shown.hides(counts, "victims")
    told: dict[Place, list[int | None]] = {}
    sums: dict[tuple[str, str, str], int | None] = {}
    for row, is_hidden in zip(counts.to_pylist(), hidden.tolist(), strict=True):
        if len(row["period"]) > YEAR_LETTERS:
            continue
        place, victims = (row["area_level"], row["area"]), None if is_hidden else row["victims"]
        told.setdefault((*place, row["period"]), []).append(victims)
        key = (*place, row["source"])
        before = sums.get(key, 0)
        sums[key] = None if victims is None or before is None else before + victims
    for (level, area, _), number in sums.items():
        told.setdefault((level, area, ""), []).append(number)
    return told


def _tells(victims: int, cells: Sequence[int | None], k: int) -> bool:
    """Whether the victims on any list tell how many one list lacks, or a hidden count.

    The lists together have at least as many lines as victims, so what the shown ones leave over
    is in the hidden ones.

    Examples
    --------
    >>> _tells(60, [58, 20], 5), _tells(60, [40, 20], 5), _tells(60, [30, 26, None], 5)
    (True, False, True)
    """
    stated = [cell for cell in cells if cell is not None]
    lacking = any(0 < victims - cell < k for cell in stated)
    over = victims - sum(stated)
    return lacking or (len(stated) < len(cells) and over > len(cells) - len(stated))
