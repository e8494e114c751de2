"""The model as a file that people can read, keep and use again (JSON)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from testigo.core import InputFileError, Message
from testigo.linkage.comparisons import COMPARISONS, VERSION
from testigo.linkage.model import CLASSES, LinkageModel
from testigo.linkage.training import STRATA

if TYPE_CHECKING:
    from pathlib import Path

_DECIMALS: Final = 10
_TOLERANCE: Final = 1e-6


def write_model(model: LinkageModel, path: Path) -> Path:
    """Write a model; it holds shares of levels, never a value of a record.

    Returns
    -------
    Path
        The file.
    """
    path.write_text(format_model(model), encoding="utf-8", newline="\n")
    return path


def format_model(model: LinkageModel) -> str:
    """Return a model as the text of its file."""
    comparisons = {
        one.name: {
            "levels": ["none of these", *reversed(one.levels)],
            **{
                name: [round(float(share), _DECIMALS) for share in shares]
                for name, shares in zip(CLASSES, model.levels[one.name], strict=True)
            },
        }
        for one in COMPARISONS
    }
    rates = {
        name: dict(zip(CLASSES[:2], map(float, model.pairs_per_record[name]), strict=True))
        for name in STRATA
    }
    content = {
        "about": "Shares of pairs of records at each level of comparison, worst level first.",
        "version": model.version,
        "trained_on_records": model.trained_on,
        "trained_on_decisions": model.decisions,
        "pairs_per_record": rates,
        "comparisons": comparisons,
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def read_model(path: Path) -> LinkageModel:
    """Read a model that `write_model` wrote, perhaps edited since.

    Raises
    ------
    InputFileError
        When it is missing, no such JSON, of another version, or holds shares that are none.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unusable(path.name) from error
    return parse_model(text, path.name)


def parse_model(text: str, file: str) -> LinkageModel:
    """Return the model that the text of a file says.

    Raises
    ------
    InputFileError
        When it is no such JSON, of another version, or holds shares that are none.
    """
    try:
        content = json.loads(text)
        version = int(content["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(file) from error
    if version != VERSION:
        raise InputFileError(
            Message(
                "{file} is a linkage model of version {given}; this program reads {known}.",
                {"file": file, "given": version, "known": VERSION},
            ),
            Message("Remove it and let the model be learned again."),
        )
    try:
        return LinkageModel(
            levels={one.name: _shares(content["comparisons"][one.name]) for one in COMPARISONS},
            pairs_per_record={name: _rates(content["pairs_per_record"][name]) for name in STRATA},
            trained_on=int(content["trained_on_records"]),
            decisions=int(content.get("trained_on_decisions", 0)),
            version=version,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(file) from error


def _shares(given: dict[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    shares = np.array([given[name] for name in CLASSES], dtype=np.float64)
    if shares.shape[1] != len(given["levels"]) or not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError
    totals = shares.sum(axis=1, keepdims=True)
    if (np.abs(totals - 1) > _TOLERANCE).any():
        raise ValueError
    normed: np.ndarray[Any, np.dtype[np.float64]] = shares / totals
    return normed


def _rates(given: dict[str, Any]) -> tuple[float, float]:
    first, second = (float(given[name]) for name in CLASSES[:2])
    if not (0 < first < np.inf and 0 < second < np.inf):
        raise ValueError
    return first, second


def _unusable(file: str) -> InputFileError:
    return InputFileError(
        Message("{file} is not a linkage model that can be used.", {"file": file}),
        Message("Remove it and let the model be learned again."),
    )
