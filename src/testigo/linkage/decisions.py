"""What people decided about two records, in hand/link_decisions.csv: obeyed by every later run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pyarrow as pa

from testigo.core import ConfigurationError, Message
from testigo.linkage.clustering import Constraints
from testigo.linkage.model import DECISIONS, Decision, LinkDecision
from testigo.linkage.preparation import column_of
from testigo.records import fold, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

NEEDED: Final = ("source_a", "record_a", "source_b", "record_b", "decision")
OPTIONAL: Final = ("signed_by", "signed_on", "reason")
_WORDS: Final = {"same": "same", "different": "different", "misma": "same", "mismo": "same",
                 "distinta": "different", "distinto": "different"}  # fmt: skip


def read_link_decisions(path: Path) -> tuple[LinkDecision, ...]:
    """Read hand/link_decisions.csv; no file is no decision.

    Raises
    ------
    ConfigurationError
        For a missing column, a blank cell, or a decision that is neither `same` nor
        `different`; the line is told, never what stands in it.
    """
    if not path.exists():
        return ()
    table = read_table(path, expected=NEEDED)
    by_name = {fold(name): name for name in table.header}
    missing = [name for name in NEEDED if fold(name) not in by_name]
    if missing:
        raise ConfigurationError(
            Message(
                "hand/{file}: there is no column {missing}.",
                {"file": path.name, "missing": ", ".join(missing)},
            ),
            Message("Its columns are: {columns}.", {"columns": ", ".join(NEEDED + OPTIONAL)}),
        )
    cells = {
        name: [(text or "").strip() for text in table.cells[by_name[fold(name)]].to_pylist()]
        for name in (*NEEDED, *OPTIONAL)
        if fold(name) in by_name
    }
    return tuple(
        _decision({name: texts[place] for name, texts in cells.items()}, path.name, line)
        for place, line in enumerate(table.rows.tolist())
        if not table.blank[place]
    )


def apply_decisions(
    decisions: Sequence[LinkDecision], accepted: pa.Table
) -> tuple[Constraints, int]:
    """Turn decisions into constraints on positions of records.

    Returns
    -------
    Constraints, int
        The constraints, and how many decisions speak of a record that is not there (any more).

    Raises
    ------
    ConfigurationError
        When an identifier is not one record's alone, or decisions contradict each other.
    """
    if not decisions:
        return Constraints(_none(), _none()), 0
    where: dict[tuple[str, str], list[int]] = {}
    sources = column_of(accepted, "source").to_pylist()
    ids = column_of(accepted, "id").cast(pa.string()).to_pylist()
    for position, key in enumerate(zip(sources, ids, strict=True)):
        if key[1] is not None:
            where.setdefault(key, []).append(position)
    found: dict[str, list[tuple[int, int, int]]] = {name: [] for name in DECISIONS}
    absent = 0
    for number, one in enumerate(decisions, start=1):
        first = where.get((one.source_a, one.record_a), [])
        second = where.get((one.source_b, one.record_b), [])
        _check_single(number, first, second)
        if first and second and first != second:
            found[one.decision].append((first[0], second[0], number))
        absent += not (first and second)
    _check_agreement(found["same"], found["different"])
    same, different = (np.array([pair[:2] for pair in found[name]]) for name in DECISIONS)
    return Constraints(_columns(same), _columns(different)), absent


def _decision(cells: dict[str, str], file: str, line: int) -> LinkDecision:
    where = {"file": file, "line": line}
    if any(not cells[name] for name in NEEDED):
        raise ConfigurationError(
            Message("hand/{file}, line {line}: one of its first five columns is blank.", where),
            Message("Name both records by source and record id, and say same or different."),
        )
    word = _WORDS.get(fold(cells["decision"]))
    if word is None:
        raise ConfigurationError(
            Message("hand/{file}, line {line}: the decision is not one we know.", where),
            Message("Write same (one person) or different (two persons)."),
        )
    return LinkDecision(
        source_a=cells["source_a"],
        record_a=cells["record_a"],
        source_b=cells["source_b"],
        record_b=cells["record_b"],
        decision=cast("Decision", word),
        signed_by=cells.get("signed_by", ""),
        signed_on=cells.get("signed_on", ""),
        reason=cells.get("reason", ""),
    )


def _check_single(number: int, *places: list[int]) -> None:
    if any(len(found) > 1 for found in places):
        raise ConfigurationError(
            Message(
                "Link decision {number} names a record id that several records of its list bear.",
                {"number": number},
            ),
            Message("Ask the institution for identifiers of its own for each record."),
        )


def _check_agreement(
    same: list[tuple[int, int, int]], different: list[tuple[int, int, int]]
) -> None:
    """Refuse a `different` between two records that a chain of `same` joins."""
    group: dict[int, int] = {}

    def root(place: int) -> int:
        while group.setdefault(place, place) != place:
            place = group[place]
        return place

    for a, b, _ in same:
        group[root(a)] = root(b)
    for a, b, number in different:
        if root(a) == root(b):
            raise ConfigurationError(
                Message(
                    "Link decision {number} says two records are different persons, and other"
                    " decisions together say they are the same.",
                    {"number": number},
                ),
                Message("Take one of them out of hand/link_decisions.csv."),
            )


def _none() -> NDArray[np.int64]:
    return np.empty((2, 0), dtype=np.int64)


def _columns(pairs: NDArray[Any]) -> NDArray[np.int64]:
    return pairs.T.astype(np.int64) if len(pairs) else _none()
