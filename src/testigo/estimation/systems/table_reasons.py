"""What speaks against a table of overlaps before any model: what it decides, and what it says."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.estimation.systems.reason_model import ReasonText

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE_REASONS: Final[Mapping[str, ReasonText]] = MappingProxyType(
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
        "lists_with_same_people": ReasonText(
            "refuse",
            Message(
                "Pairs of lists that hold exactly the same people: {measured}. That is one list "
                "twice, not two that agree. Leave one of them out."
            ),
        ),
        "one_list_holds_all": ReasonText(
            "refuse",
            Message(
                "One list holds everybody: nobody says whom it missed. It may be complete, or the "
                "others may be copied from it, and this table cannot tell."
            ),
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
        "few_outside_one_list": ReasonText(
            "warn",
            Message(
                "People who are not on the largest list: {measured}; {threshold} are needed. Only "
                "they say whom it missed. Find out whether the other lists were made from it."
            ),
            of_people=True,
        ),
    }
)
