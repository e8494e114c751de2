"""A sheet laid out for people: each pair with its fields, its reasons, and who stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from testigo.core import Message, Number
from testigo.linkage.review_fields import FIELDS, field_rows, record_texts
from testigo.linkage.review_model import PURPOSES
from testigo.linkage.review_reasons import explain_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.core import Language, Speaking
    from testigo.linkage.model import LinkageModel
    from testigo.linkage.review_fields import FieldRow, Parts
    from testigo.linkage.review_model import ReviewSheet
    from testigo.linkage.review_reasons import FieldReason

MOST_OTHERS: Final = 8  # other records of a group that are shown
_LINE: Final = ("given_names", "surnames", "full_name", "age", "date", "area", "place", "id")


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair as the page shows it.

    Attributes
    ----------
    code
        Of the pair.
    sources
        Names of the two sources.
    rows
        The fields that either record has.
    reasons
        What each comparison says; empty where the pair was never compared.
    linked, chance
        What the run decided, and the chance that it is one person.
    purpose
        Why the pair is here.
    others
        One line for each other record that stands with either of the two.
    """

    code: str
    sources: tuple[Speaking, Speaking]
    rows: tuple[FieldRow, ...]
    reasons: tuple[FieldReason, ...]
    linked: bool
    chance: Number
    purpose: Message
    others: tuple[tuple[Speaking, str], ...]


def show_pairs(
    sheet: ReviewSheet,
    links: pa.Table,
    pairs: pa.Table,
    accepted: pa.Table,
    *,
    model: LinkageModel,
    sources: Mapping[str, Speaking],
    areas: Mapping[str, str],
) -> tuple[ShownPair, ...]:
    """Lay out the pairs of a sheet for people.

    Parameters
    ----------
    sheet
        The pairs.
    links, pairs
        Columns `LINKS` and `PAIRS` of the run that the sheet was made from.
    accepted
        The linked records, in the order of `links`.
    model
        What the scores rest on.
    sources, areas
        Names by id of the source, and by code of the area.
    """
    rows = sheet.pairs.to_pylist()
    reasons = explain_pairs(rows, pairs, len(links), model)
    ids, victims = links["source"].to_pylist(), links["victim_id"]
    others = _others(rows, victims)
    wanted = sorted({row for pair in others for row in (*pair, *others[pair])})
    texts = dict(zip(wanted, record_texts(accepted.take(wanted), areas), strict=True))
    shown = []
    for row in rows:
        pair = (row["left"], row["right"])
        shown.append(
            ShownPair(
                code=row["pair"],
                sources=(sources[ids[pair[0]]], sources[ids[pair[1]]]),
                rows=field_rows(texts[pair[0]], texts[pair[1]]),
                reasons=reasons.get(pair, ()),
                linked=row["linked"],
                chance=Number(float(1 / (1 + np.exp(-row["person"]))), 1, percent=True),
                purpose=PURPOSES[row["purpose"]],
                others=tuple((sources[ids[one]], _line(texts[one])) for one in others[pair]),
            )
        )
    return tuple(shown)


def tabulate_shown(sheet: str, pairs: Sequence[ShownPair], language: Language) -> pa.Table:
    """Return a sheet as a table to fill in with a spreadsheet: one line for each pair.

    Columns `sheet`, `pair`, `answer`, `reason`, the two sources, and each field twice.
    """
    names = [name for name in FIELDS if any(row.name == name for one in pairs for row in one.rows)]
    lines = []
    for one in pairs:
        texts = {row.name: (_joined(row.left), _joined(row.right)) for row in one.rows}
        sources = tuple(source.in_language(language) for source in one.sources)
        cells = {"sheet": sheet, "pair": one.code, "answer": "", "reason": ""}
        cells |= dict(zip(("source_a", "source_b"), sources, strict=True))
        for name in names:
            cells[f"{name}_a"], cells[f"{name}_b"] = texts.get(name, ("", ""))
        lines.append(cells)
    return pa.Table.from_pylist(lines)


def _joined(parts: Parts) -> str:
    return "".join(text for text, _ in parts)


def _others(
    rows: Sequence[Mapping[str, Any]], victims: pa.ChunkedArray
) -> dict[tuple[int, int], list[int]]:
    """Return for each pair the other records that stand with either of its two."""
    groups: dict[str, list[int]] = {}
    names = victims.to_pylist()
    concerned = {names[row[side]] for row in rows for side in ("left", "right")}
    for place, name in enumerate(names):
        if name in concerned:
            groups.setdefault(name, []).append(place)
    found = {}
    for row in rows:
        pair = (row["left"], row["right"])
        near = sorted({*groups[names[pair[0]]], *groups[names[pair[1]]]} - set(pair))
        found[pair] = near[:MOST_OTHERS]
    return found


def _line(texts: Mapping[str, str]) -> str:
    """Write a record in one line."""
    return ", ".join(texts[name] for name in _LINE if name in texts)
