"""What each comparison says of a pair, in words and weights: for after the answer, not before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from testigo.core import Message
from testigo.linkage.comparisons import COMPARISONS
from testigo.linkage.review_fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from testigo.linkage.model import LinkageModel

COMPARED: Final[Mapping[str, Message]] = {
    "given": FIELDS["given_names"],
    "surnames": FIELDS["surnames"],
    "age": FIELDS["age"],
    "sex": FIELDS["sex"],
    "birth": FIELDS["birth_date"],
    "nid": FIELDS["national_id"],
    "date": FIELDS["date"],
    "place": FIELDS["place"],
    "weapon": FIELDS["weapon"],
    "hour": FIELDS["hour"],
}
_RAREST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class FieldReason:
    """What one comparison says.

    Attributes
    ----------
    label
        Of the comparison.
    level
        How well the two agree.
    strangers, co_victims
        How many times more often records of one person agree like this than records of strangers,
        and of two victims of one incident; below 1: less often.
    """

    label: Message
    level: Message
    strangers: float
    co_victims: float


def explain_pairs(
    rows: Sequence[Mapping[str, Any]], pairs: pa.Table, records: int, model: LinkageModel
) -> dict[tuple[int, int], tuple[FieldReason, ...]]:
    """Return what each comparison says of the pairs of a sheet that were compared.

    Parameters
    ----------
    rows
        With `left` and `right`.
    pairs
        Columns `PAIRS`.
    records
        Rows of `links`.
    model
        What the scores rest on.

    Returns
    -------
    dict
        `left` and `right` to a reason for each comparison; uncompared pairs are not there.
    """
    keys = pairs["left"].to_numpy().astype(np.int64) * records + pairs["right"].to_numpy()
    wanted = [(row["left"], row["right"]) for row in rows]
    levels = np.column_stack([pairs[f"level_{one.name}"].to_numpy() for one in COMPARISONS])
    found = {}
    for left, right in wanted:
        place = int(np.searchsorted(keys, left * records + right))
        if place < len(keys) and keys[place] == left * records + right:
            found[left, right] = tuple(
                _reason(one.name, int(level), model)
                for one, level in zip(COMPARISONS, levels[place], strict=True)
            )
    return found


def _reason(name: str, level: int, model: LinkageModel) -> FieldReason:
    label = COMPARED[name]
    if level < 0:
        return FieldReason(label, Message("not stated"), 1.0, 1.0)
    shares = np.maximum(model.levels[name][:, level], _RAREST)
    best = model.levels[name].shape[1] - 1
    said = Message("they agree in part ({level} of {best})", {"level": level, "best": best})
    if level in {0, best}:
        said = Message("they agree") if level else Message("they do not agree")
    return FieldReason(label, said, float(shares[0] / shares[2]), float(shares[0] / shares[1]))
