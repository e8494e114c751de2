"""What people decided about two records, in hand/link_decisions.csv: obeyed by every later run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import ConfigurationError, Message, Number
from testigo.linkage.clustering import Constraints
from testigo.linkage.model import DECISIONS, Decision, LinkDecision
from testigo.linkage.preparation import column_of
from testigo.records import fold, read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

NEEDED: Final = ("source_a", "record_a", "source_b", "record_b", "decision")
OPTIONAL: Final = ("signed_by", "signed_on", "reason")
MOST_LINES: Final = 10  # of decisions, named one by one
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
    if table.malformed.num_rows:
        raise ConfigurationError(
            Message(
                "hand/{file}, line {line}: it has more or fewer cells than the header.",
                {"file": path.name, "line": table.malformed["row"][0].as_py()},
            ),
            Message("Separate all its cells as the header does, with a comma."),
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


def check_decisions(
    decisions: Sequence[LinkDecision], accepted: pa.Table, sources: Collection[str]
) -> tuple[Message, ...]:
    """Say which decisions speak of records that are not there.

    Parameters
    ----------
    decisions
        As `read_link_decisions` gives them.
    accepted
        Columns `source` and `id` of the records.
    sources
        Ids of the linked lists.

    Raises
    ------
    ConfigurationError
        When a decision cannot be obeyed, as `link_victims` would.
    """
    wanted = pa.array(sorted(sources), pa.string())
    chosen = accepted.filter(pc.is_in(accepted["source"], value_set=wanted)).combine_chunks()
    return tell_absent(apply_decisions(decisions, chosen)[1])


def tell_absent(lines: tuple[int, ...]) -> tuple[Message, ...]:
    """Say which decisions are about a record that is not among those accepted."""
    if not lines:
        return ()
    named = ", ".join(map(str, lines[:MOST_LINES])) + (", ..." if len(lines) > MOST_LINES else "")
    return (
        Message(
            "Link decisions that speak of a record that is not among those accepted: {count};"
            " in hand/link_decisions.csv, line {lines}.",
            {"count": Number(len(lines)), "lines": named},
        ),
    )


def apply_decisions(
    decisions: Sequence[LinkDecision], accepted: pa.Table
) -> tuple[Constraints, tuple[int, ...]]:
    """Turn decisions into constraints on positions of records.

    Returns
    -------
    Constraints, tuple of int
        The constraints, and the lines of decisions about a record that is not there (any more).

    Raises
    ------
    ConfigurationError
        For a list that is not linked, a record compared with itself, an identifier that is not
        one record's alone, or decisions that contradict each other.
    """
    if not decisions:
        return Constraints(_none(), _none()), ()
    where: dict[tuple[str, str], list[int]] = {}
    sources = column_of(accepted, "source").to_pylist()
    ids = column_of(accepted, "id").cast(pa.string()).to_pylist()
    for position, key in enumerate(zip(sources, ids, strict=True)):
        if key[1] is not None:
            where.setdefault(key, []).append(position)
    known = set(sources)
    found: dict[str, list[tuple[int, int, Message]]] = {name: [] for name in DECISIONS}
    absent = []
    for number, one in enumerate(decisions, start=1):
        said = _where(one, number)
        _check_sources(one, said, known)
        first = where.get((one.source_a, one.record_a), [])
        second = where.get((one.source_b, one.record_b), [])
        _check_single(said, first, second)
        if first and second:
            found[one.decision].append((first[0], second[0], said))
        else:
            absent.append(one.line or number)
    _check_agreement(found["same"], found["different"])
    same, different = (np.array([pair[:2] for pair in found[name]]) for name in DECISIONS)
    return Constraints(_columns(same), _columns(different)), tuple(absent)


def _where(one: LinkDecision, number: int) -> Message:
    if one.line:
        return Message("hand/link_decisions.csv, line {line}", {"line": one.line})
    return Message("Link decision {number}", {"number": number})


def _check_sources(one: LinkDecision, said: Message, known: set[str]) -> None:
    """Refuse a list that is not linked, and a record that is compared with itself."""
    if not {one.source_a, one.source_b} <= known:
        raise ConfigurationError(
            Message("{where}: one of its sources is not a list that is linked.", {"where": said}),
            Message("Linked are: {known}.", {"known": ", ".join(sorted(known))}),
        )
    if (one.source_a, one.record_a) == (one.source_b, one.record_b):
        raise ConfigurationError(
            Message("{where}: a record is compared with itself.", {"where": said}),
            Message("Name two records, or take the line out."),
        )


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
        line=line,
    )


def _check_single(said: Message, *places: list[int]) -> None:
    if any(len(found) > 1 for found in places):
        raise ConfigurationError(
            Message("{where}: several records of one list bear one of these record ids.",
                    {"where": said}),
            Message("Ask the institution for identifiers of its own for each record."),
        )  # fmt: skip


def _check_agreement(
    same: list[tuple[int, int, Message]], different: list[tuple[int, int, Message]]
) -> None:
    """Refuse a `different` between two records that a chain of `same` joins."""
    group: dict[int, int] = {}

    def root(place: int) -> int:
        while group.setdefault(place, place) != place:
            place = group[place]
        return place

    for a, b, _ in same:
        group[root(a)] = root(b)
    for a, b, said in different:
        if root(a) == root(b):
            other = next(place for one, _, place in same if root(one) == root(a))
            raise ConfigurationError(
                Message(
                    "{where}: two records are said to be different persons, and other decisions, "
                    "the first of them {other}, together say that they are the same.",
                    {"where": said, "other": other},
                ),
                Message("Take one of them out of hand/link_decisions.csv."),
            )


def _none() -> NDArray[np.int64]:
    return np.empty((2, 0), dtype=np.int64)


def _columns(pairs: NDArray[Any]) -> NDArray[np.int64]:
    return pairs.T.astype(np.int64) if len(pairs) else _none()
