"""A sheet for reviewers: a random sample and the pairs that matter most, in shuffled order."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from testigo.linkage.block_report import ALL_RULES
from testigo.linkage.review_frame import frame_pairs
from testigo.linkage.review_model import REVIEW_PAIRS, ReviewSheet, Stratum
from testigo.linkage.review_priorities import choose_priorities
from testigo.linkage.review_records import (
    RecordFinder,
    code_pairs,
    find_decided,
    name_records,
)
from testigo.linkage.review_sample import draw_sample, stratify

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from testigo.linkage.model import LinkDecision
    from testigo.linkage.review_frame import PairFrame

SAMPLE_SHARE: Final = 2 / 3
PLACE: Final = ("source", "file", "row", "cell")
_BYTES: Final = 5


def choose_pairs(
    links: pa.Table,
    pairs: pa.Table,
    blocking: pa.Table,
    *,
    decisions: Sequence[LinkDecision] = (),
    size: int,
    seed: int,
) -> ReviewSheet:
    """Choose the pairs that people shall look at.

    Two thirds are drawn at random, by strata of score, so that they measure the links; the others
    are those whose decision matters most. What people decided before is not asked again.

    Parameters
    ----------
    links, pairs, blocking
        Columns `LINKS`, `PAIRS` and `BLOCKING`, of one run.
    decisions
        What people decided before.
    size
        About how many pairs.
    seed
        Of the sample and of the order.

    Returns
    -------
    ReviewSheet
        The same links, decisions, size and seed make the same sheet.
    """
    frame = frame_pairs(links, pairs)
    known, same = _known(frame, links, decisions)
    strata, number = stratify(frame, known)
    sample = draw_sample(frame, number, size=round(size * SAMPLE_SHARE), seed=seed)
    free = ~known
    free[sample] = False
    others = choose_priorities(frame, free, size=max(size - len(sample), 0))
    places = np.concatenate([sample, np.array(list(others), dtype=np.int64)])
    order = np.random.default_rng(seed).permutation(len(places))
    table = _table(
        frame,
        links,
        places[order],
        stratum=np.concatenate([number[sample], np.full(len(others), -1)])[order],
        purposes=np.array(["sample"] * len(sample) + list(others.values()))[order].tolist(),
    )
    strata = (*strata, *_known_strata(frame, known, same))
    return _sheet(table, strata, _kept_share(blocking))


def find_again(sheet: ReviewSheet, links: pa.Table) -> ReviewSheet:
    """Return the sheet with the rows that its records have now; others leave it.

    A record is found by its source and own identifier, or, without one, by what it says: never by
    its row, which moves when a delivery is corrected. A pair leaves the sheet when one of its
    records is gone, or says something else than what people looked at.

    Parameters
    ----------
    sheet
        Of this run or of an earlier one.
    links
        Columns `LINKS`.
    """
    finder = RecordFinder(links)
    found = []
    for row in sheet.pairs.to_pylist():
        left, right = ((tuple(row[f"{name}_{side}"] for name in PLACE), row[f"record_{side}"],
                        row[f"content_{side}"]) for side in "ab")  # fmt: skip
        here = finder.find(*left)
        found.append((here, finder.find(*right, but=here)))
    pairs = sheet.pairs
    for name, rows in zip(
        ("left", "right"), ([a for a, _ in found], [b for _, b in found]), strict=True
    ):
        at = pairs.column_names.index(name)
        pairs = pairs.set_column(at, name, pa.array(rows, pa.int32()))
    there = pa.array([None not in rows for rows in found], pa.bool_())
    return replace(sheet, pairs=pairs.filter(there))


def settle_apart(sheet: ReviewSheet, disputed: Collection[str]) -> ReviewSheet:
    """Return a sheet of only the pairs that reviewers disagree about."""
    chosen = pa.array([code in disputed for code in sheet.pairs["pair"].to_pylist()])
    table = sheet.pairs.filter(chosen)
    purpose = pa.array(["adjudication"] * table.num_rows, pa.string())
    table = table.set_column(table.column_names.index("purpose"), "purpose", purpose)
    return _sheet(table, sheet.strata, sheet.kept_share, parent=sheet.id)


def sheet_as_dict(sheet: ReviewSheet) -> dict[str, Any]:
    """Return what `sheet.json` keeps beside the pairs: plain values, without infinities."""
    strata = [asdict(stratum) for stratum in sheet.strata]
    for one in strata:
        one |= {name: None for name in ("low", "high") if not np.isfinite(one[name])}
    return {
        "id": sheet.id,
        "parent": sheet.parent,
        "kept_share": sheet.kept_share,
        "strata": strata,
    }


def sheet_of(content: dict[str, Any], pairs: pa.Table) -> ReviewSheet:
    """Return the sheet that `sheet_as_dict` wrote down."""
    strata = tuple(
        Stratum(
            **{
                **one,
                "low": -np.inf if one["low"] is None else one["low"],
                "high": np.inf if one["high"] is None else one["high"],
            }
        )
        for one in content["strata"]
    )
    return ReviewSheet(
        id=content["id"],
        pairs=pairs.cast(REVIEW_PAIRS),
        strata=strata,
        kept_share=content["kept_share"],
        parent=content["parent"],
    )


def _known(
    frame: PairFrame, links: pa.Table, decisions: Sequence[LinkDecision]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say which pairs people decided, and which of them are one person, shape (pair,) each."""
    decided, said = find_decided(links, decisions)
    count = max(len(frame.victims), 1)
    keys = np.array([left * count + right for left, right in decided], dtype=np.int64)
    chosen = np.array(said, dtype=np.bool_)
    return np.isin(frame.keys(), keys), np.isin(frame.keys(), keys[chosen])


def _known_strata(
    frame: PairFrame, known: NDArray[np.bool_], same: NDArray[np.bool_]
) -> list[Stratum]:
    return [
        Stratum(linked, -np.inf, np.inf, int(inside.sum()), int((inside & same).sum()))
        for linked in (True, False)
        if (inside := known & (frame.linked == linked)).any()
    ]


def _table(
    frame: PairFrame,
    links: pa.Table,
    places: NDArray[np.int64],
    *,
    stratum: NDArray[np.int64],
    purposes: list[str],
) -> pa.Table:
    left, right = frame.left[places], frame.right[places]
    names = pa.array([name and name[1] for name in name_records(links)], pa.string())
    sides = {
        f"{name}_{side}": links[name].take(rows)
        for side, rows in zip("ab", (left, right), strict=True)
        for name in (*PLACE, "content")
    }
    sides |= {
        f"record_{side}": names.take(rows) for side, rows in zip("ab", (left, right), strict=True)
    }
    columns: dict[str, Any] = {
        "pair": code_pairs(links, left, right),
        "left": left,
        "right": right,
        "purpose": purposes,
        "stratum": stratum,
        "linked": frame.linked[places],
        "person": frame.person[places],
        **sides,
    }
    return pa.table({name: columns[name] for name in REVIEW_PAIRS.names}).cast(REVIEW_PAIRS)


def _kept_share(blocking: pa.Table) -> float | None:
    shares = dict(
        zip(blocking["rule"].to_pylist(), blocking["true_share"].to_pylist(), strict=True)
    )
    return shares.get(ALL_RULES)


def _sheet(
    pairs: pa.Table, strata: tuple[Stratum, ...], kept_share: float | None, parent: str = ""
) -> ReviewSheet:
    sheet = ReviewSheet("", pairs, strata, kept_share, parent)
    content = json.dumps([sheet_as_dict(sheet), pairs.to_pylist()], sort_keys=True)
    digest = blake2b(content.encode(), digest_size=_BYTES).hexdigest()
    return replace(sheet, id="s" + digest)
