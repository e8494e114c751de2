"""Every reason for doubt in an estimate: its code, what it decides, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.core import VerdictStatus


@dataclass(frozen=True, slots=True)
class ReasonText:
    """What a code says.

    Attributes
    ----------
    status
        What the reason alone decides.
    text
        With places for `measured` and `threshold`.
    decimals
        Of the two.
    percent
        Whether they are shares.
    of_people
        Whether the measured number counts people, so that a small one may have to be hidden.
    """

    status: VerdictStatus
    text: Message
    decimals: tuple[int, int] = (0, 0)
    percent: bool = False
    of_people: bool = False


ESTIMATE_REASONS: Final[Mapping[str, ReasonText]] = MappingProxyType(
    {
        "too_few_lists": ReasonText(
            "refuse", Message("Lists with 10 people or more: {measured}; {threshold} are needed.")
        ),
        "too_few_people": ReasonText(
            "refuse",
            Message("People in all: {measured}; {threshold} are needed. Join strata."),
            of_people=True,
        ),
        "too_few_on_several_lists": ReasonText(
            "refuse",
            Message("People on two lists or more: {measured}; {threshold} are needed."),
            of_people=True,
        ),
        "no_pair_overlaps": ReasonText(
            "refuse",
            Message(
                "People in common of the two lists that share most: {measured}; {threshold} are "
                "needed."
            ),
            of_people=True,
        ),
        "one_pattern": ReasonText(
            "refuse",
            Message("Everybody is on the same lists; nothing says whom these lists miss."),
        ),
        "lists_not_connected": ReasonText(
            "refuse",
            Message(
                "The lists fall into {measured} groups that share nobody; nothing says "
                "how large one is for the other."
            ),
        ),
        "too_many_lists": ReasonText(
            "refuse",
            Message("This method takes up to {threshold} lists; there are {measured}."),
        ),
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
        "small_list": ReasonText(
            "warn",
            Message(
                "Lists with fewer than 10 people: {measured}. They say little; see "
                "what happens without them."
            ),
        ),
        "few_people": ReasonText(
            "warn",
            Message(
                "{measured} people are too few to show whether some are harder to record than "
                "others; that takes {threshold}."
            ),
            of_people=True,
        ),
        "unequal_people": ReasonText(
            "warn",
            Message(
                "If all lists share people as much as they seem to, because some people are easier "
                "to record on every list or because lists lead to each other, there are more: by "
                "{measured} of the distance from the estimate to its upper limit (up to "
                "{threshold} passes). Read the estimate as a lower one."
            ),
            percent=True,
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
                "Pairs of methods whose intervals do not meet: {measured}. Quote the range from "
                "the lowest to the highest limit, not a point."
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
    }
)
