"""What speaks against a stratum that leans on others, a sum of strata, or draws of a linkage."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.estimation.systems.reason_model import ReasonText

if TYPE_CHECKING:
    from collections.abc import Mapping

STRATA_REASONS: Final[Mapping[str, ReasonText]] = MappingProxyType(
    {
        "draws_refused": ReasonText(
            "refuse",
            Message("{measured} of the linkage draws leave a table that cannot be estimated."),
            percent=True,
        ),
        "strata_refused": ReasonText(
            "refuse",
            Message(
                "Strata that cannot be estimated: {measured}. A sum would leave their unrecorded "
                "victims out."
            ),
        ),
        "no_draws_to_add": ReasonText(
            "refuse",
            Message(
                "This method gives no draws, so its {measured} strata cannot be added up. See each "
                "by itself."
            ),
        ),
        "strata_warned": ReasonText("warn", Message("Strata with a warning: {measured}.")),
        "leans_on_other_strata": ReasonText(
            "warn",
            Message(
                "Too few people for an estimate of their own: the answer leans on the other strata "
                "and holds only if theirs do and this one is like them."
            ),
            of_people=True,
        ),
        "leans_on_low_strata": ReasonText(
            "warn",
            Message(
                "Of the strata it leans on, {measured} may be too low, because people who differ "
                "would move them up ({threshold} is the limit): read this estimate as a lower one."
            ),
            percent=True,
        ),
        "no_stratum_like_it": ReasonText(
            "refuse",
            Message(
                "It cannot lean on the other strata: too few of its kind, with its value of some "
                "column, have an estimate of their own. Kinds that have one: {measured}; "
                "{threshold} are needed."
            ),
        ),
        "unlike_other_strata": ReasonText(
            "refuse",
            Message(
                "It cannot lean on the other strata: a list that must have found somebody found "
                "nobody, or fewer are on several lists than in any other, beyond chance."
            ),
            of_people=True,  # it is made of them
        ),
        "counts_only_in_sum": ReasonText(
            "refuse",
            Message(
                "Fewer than {threshold} people: the stratum counts in the sum of all, by what the "
                "other strata show, and has no figure of its own."
            ),
            of_people=True,
        ),
        "strata_only_in_sum": ReasonText(
            "warn",
            Message("Strata that count in this sum and are too small for a figure: {measured}."),
        ),
    }
)
