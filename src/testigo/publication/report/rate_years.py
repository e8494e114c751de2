"""Why some rates are of another year than the question at the top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.publication.report.speech import Listing
from testigo.publication.report.standardised import standardised_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from testigo.publication.report.choices import RatesChoice
    from testigo.publication.report.evidence import Evidence


def say_other_years(
    evidence: Evidence, asked: str | None, choices: Iterable[RatesChoice | None]
) -> Message | None:
    """Say which figures are of another year than the question, and why; None when none is."""
    mapped = sorted({choice.period for choice in choices if choice} - {asked})
    aged = standardised_period(evidence)
    told = [
        _of(year, _CHOSEN if year == evidence.report.rates_period else _LATEST) for year in mapped
    ]
    if aged is not None and aged != asked:
        told.append(_of(aged, _AGED))
    if not told or asked is None:
        return None
    return Message(
        "The question at the top is about {asked}. Of another year: {figures}.",
        {"asked": asked, "figures": Listing(tuple(told))},
    )


_CHOSEN: Final = Message("rates by place, of {year}, as the observatory chose")
_LATEST: Final = Message("rates by place, of {year}, the latest with victims and residents")
_AGED: Final = Message("rates by age, of {year}, the latest with victims and residents by age")


def _of(year: str, said: Message) -> Message:
    return replace(said, values={"year": year})
