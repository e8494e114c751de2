"""Why a rate is shown with a warning, or not at all: stable codes and their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.core import VERDICT_STATUSES, Message, Number
from testigo.estimation.model import FEW_VICTIMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.core import VerdictStatus

MISSING_SHARE: Final = 0.05  # project default: beyond it a sum of denominators is no denominator
AGE_UNKNOWN_SHARE: Final = 0.10  # domain.md 1.5, B4: age may be missing in one record of ten


@dataclass(frozen=True, slots=True)
class RateReason:
    """A rule that speaks for or against a rate.

    Attributes
    ----------
    status
        What the rule alone decides.
    text
        The rule as a sentence.
    """

    status: VerdictStatus
    text: Message


RATE_REASONS: Final[Mapping[str, RateReason]] = MappingProxyType(
    {
        "unit_is_not_victim": RateReason(
            "refuse",
            Message("The source counts files or incidents, not victims; a rate is of victims."),
        ),
        "area_unknown": RateReason(
            "refuse",
            Message("The place is unknown; these victims are in the rate of the larger area."),
        ),
        "no_population": RateReason(
            "refuse", Message("No population series has this area in this year.")
        ),
        "population_incomplete": RateReason(
            "refuse",
            Message(
                "The denominator lacks areas that hold more than {share} of the victims or of the "
                "residents.",
                {"share": Number(MISSING_SHARE, percent=True)},
            ),
        ),
        "population_nearly_complete": RateReason(
            "warn",
            Message(
                "The denominator lacks areas that hold up to {share} of the victims or of the "
                "residents.",
                {"share": Number(MISSING_SHARE, percent=True)},
            ),
        ),
        "age_population_zero": RateReason(
            "refuse", Message("An age group of the area has no residents in this series.")
        ),
        "age_often_unknown": RateReason(
            "warn",
            Message(
                "The age of more than {share} of the victims is unknown.",
                {"share": Number(AGE_UNKNOWN_SHARE, percent=True)},
            ),
        ),
        "partial_year": RateReason(
            "warn",
            Message("The source covers only part of the year; the rate is scaled to a year."),
        ),
        "fewer_than_20_victims": RateReason(
            "warn",
            Message(
                "Fewer than {victims} victims: read the interval, not the rate.",
                {"victims": FEW_VICTIMS},
            ),
        ),
        "total_row_left_out": RateReason(
            "publish",
            Message("The file has a row of totals; it was left out, so that nobody counts twice."),
        ),
        "area_repeated": RateReason(
            "warn",
            Message(
                "An area stands in several rows of one period, and the residents of all of them"
                " were added: if the rows are of the same people, add up the victims first."
            ),
        ),
        "more_victims_than_residents": RateReason(
            "warn",
            Message("More victims than residents: the columns may be confused or the unit wrong."),
        ),
        "period_not_stated": RateReason(
            "publish", Message("The file names no period; its counts are taken for one year.")
        ),
    }
)


def judge(given: Mapping[str, NDArray[np.bool_]]) -> tuple[pa.Array, pa.Array]:
    """Combine rules into a verdict and its codes, row by row.

    Parameters
    ----------
    given
        Code of `RATE_REASONS` to where it holds, each of shape (row,).

    Returns
    -------
    verdict, reasons
        Text columns, shape (row,): the worst status, and the codes in the order of
        `RATE_REASONS` with a space between.
    """
    codes = [code for code in RATE_REASONS if code in given]
    packed = sum(given[code].astype(np.int64) << place for place, code in enumerate(codes))
    kinds, kind = np.unique(packed, return_inverse=True)
    holding = [
        [code for place, code in enumerate(codes) if int(each) >> place & 1] for each in kinds
    ]
    verdicts = [
        max((RATE_REASONS[code].status for code in held), key=VERDICT_STATUSES.index, default="")
        or "publish"
        for held in holding
    ]
    place = pa.array(kind.ravel())
    return (
        pa.array(verdicts, pa.string()).take(place),
        pa.array([" ".join(held) for held in holding], pa.string()).take(place),
    )


def refused(given: Mapping[str, NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Say where one of the rules refuses; the arrays are as in `judge`."""
    refusing = [held for code, held in given.items() if RATE_REASONS[code].status == "refuse"]
    found: NDArray[np.bool_] = np.logical_or.reduce(refusing)
    return found
