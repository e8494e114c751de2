"""Every reason for doubt in an estimate: its code, what it decides, and what it says."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.estimation.systems.reason_model import ReasonText
from testigo.estimation.systems.strata_reasons import STRATA_REASONS
from testigo.estimation.systems.table_reasons import TABLE_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

ESTIMATE_REASONS: Final[Mapping[str, ReasonText]] = MappingProxyType(
    {
        **TABLE_REASONS,
        "replicates_disagree": ReasonText(
            "warn",  # beyond R_HAT_REFUSE: refuse
            Message(
                "Independent runs do not agree (R-hat {measured}; {threshold} is the limit): the "
                "table may allow several answers."
            ),
            decimals=(3, 2),
        ),
        "too_few_effective_draws": ReasonText(
            "refuse",
            Message("The draws are worth {measured} independent ones; {threshold} are needed."),
        ),
        "prior_unmoved": ReasonText(
            "refuse",
            Message(
                "The data have hardly moved what was assumed: {measured} "
                "of the answer was there before them."
            ),
            percent=True,
        ),
        "cut_at_end": ReasonText(
            "refuse",
            Message(
                "{measured} of the probability lies at the end of the range that was looked at."
            ),
            decimals=(1, 1),
            percent=True,
        ),
        "unequal_people": ReasonText(
            "warn",
            Message(
                "If all lists share people as much as they seem to, because some people are easier "
                "to record on every list or because lists lead to each other, there were "
                "{measured}. Read the estimate as a lower one."
            ),
            decimals=(1, 2),
            in_words=(
                (0.0, Message("more people than the estimate says, though within its interval")),
                (1.0, Message("more people than the upper limit of its interval")),
                (3.0, Message("far more people than the upper limit of its interval")),
            ),
        ),
        "interval_too_wide": ReasonText(
            "refuse",
            Message(
                "The upper limit of the interval is more than {threshold} times the lower one: the "
                "lists leave open how many there were."
            ),
        ),
        "interval_wide": ReasonText(
            "warn",
            Message(
                "The upper limit of the interval is more than {threshold} times the lower one: the "
                "lists leave much open. Quote both limits, never the number between them."
            ),
        ),
        "far_beyond_observed": ReasonText(
            "warn",
            Message(
                "The probability that there were more than twice as many people "
                "as recorded is {measured}: most of the answer is the model."
            ),
            percent=True,
        ),
        "two_answers": ReasonText(
            "warn",
            Message(
                "The data allow two answers far from each other; the lesser has "
                "{measured} of the probability. Read the interval, not the point."
            ),
            percent=True,
        ),
        "overlaps_not_explained": ReasonText(
            "warn",
            Message(
                "The model does not explain how the lists overlap: of tables drawn from it only "
                "{measured} are as far from what it expects ({threshold} is the limit). Some lists "
                "may avoid or follow each other; see what the other methods answer."
            ),
            decimals=(1, 0),
            percent=True,
        ),
        "evidence_spread": ReasonText(
            "warn",
            Message(
                "Independent runs came to the data by ways that differ (the logarithms of their "
                "evidence lie {measured} apart; {threshold} is the limit): one may have seen too "
                "little. See whether another seed gives the same answer."
            ),
            decimals=(1, 0),
        ),
        "choice_unstable": ReasonText(
            "warn",
            Message(
                "Of tables drawn again from this one, {measured} choose the same model: others fit "
                "about as well. The interval holds their answers too."
            ),
            percent=True,
        ),
        "estimate_runs_away": ReasonText(
            "refuse",
            Message(
                "In {measured} of tables drawn again from this one there is no finite estimate."
            ),
            decimals=(1, 0),
            percent=True,
        ),
        "models_disagree": ReasonText(
            "warn",
            Message(
                "Pairs of methods whose intervals do not meet: {measured}. Quote at most the range "
                "from the lowest to the highest limit, never one point."
            ),
        ),
        "list_left_out_moves": ReasonText(
            "warn",
            Message(
                "Lists without which the estimate leaves its interval: {measured}. The answer "
                "hangs on them."
            ),
        ),
        "lists_merged_move": ReasonText(
            "warn",
            Message(
                "Pairs of lists that, taken for one, move the estimate out of its interval: "
                "{measured}. Find out whether one copies from the other."
            ),
        ),
        "classes_move": ReasonText(
            "warn",
            Message("With twice as many classes of people the estimate moves by {measured}."),
            decimals=(1, 0),
            percent=True,
        ),
        "prior_moves": ReasonText(
            "warn",
            Message("With the other prior the estimate leaves its interval."),
        ),
        "empty_patterns": ReasonText(
            "warn",
            Message("Patterns of lists that nobody has: {measured}; half a person was added."),
        ),
        "lower_bound_only": ReasonText(
            "warn",
            Message("This is a lower bound: there were at least as many, perhaps many more."),
        ),
        "not_calibrated": ReasonText(
            "warn",
            Message(
                "This method takes one model for true. How often its intervals hold the truth was "
                "not measured: read it beside the latent class model."
            ),
        ),
        "independence_assumed": ReasonText(
            "warn",
            Message("It assumes that no list leads to another and that all are as easy to record."),
        ),
        **STRATA_REASONS,
    }
)
