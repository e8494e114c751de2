"""How many places: in the singular or plural of the language, and what a sum leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number, Text
from testigo.publication.report.sentences import Plural
from testigo.publication.report.speech import Listing, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.core import Language


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of places with the word for them.

    Examples
    --------
    >>> Counted(1, Text(es="área", en="area")).in_language("es")
    '1 área'
    >>> Counted(2469, Text(es="municipio", en="municipality")).in_language("en")
    '2,469 municipalities'
    """

    number: int
    name: Text

    def in_language(self, language: Language) -> str:
        """Say it."""
        word = self.name if self.number == 1 else Plural(self.name)
        return f"{Number(self.number).in_language(language)} {in_words(word, language)}"


_STANDINGS: Final[Mapping[str, Message]] = {
    "above": Message("{places} clearly above"),
    "below": Message("{places} clearly below"),
    "alike": Message("{places} not clearly apart"),
    "rose": Message("a rise beyond chance in {places}"),
    "fell": Message("a fall beyond chance in {places}"),
    "overlap": Message("intervals that overlap in {places}"),
    "unknown": Message("{places} without a figure"),
    "suppressed": Message("{places} suppressed"),
}


def say_standings(standings: list[str], level: Text) -> Listing:
    """Say how many places stand how; what no place is, is not said.

    Parameters
    ----------
    standings
        Of each place, among `above`, `below`, `alike`, `rose`, `fell`, `overlap`, `unknown` and
        `suppressed`.
    level
        What people call a place.
    """
    return Listing(
        tuple(
            Message(said.template, {"places": Counted(standings.count(code), level)})
            for code, said in _STANDINGS.items()
            if code in standings
        )
    )


def say_hidden(finding: Message, hidden: int, level: Text) -> Message:
    """Add to a finding how many places it leaves out because their figure is suppressed."""
    if not hidden:
        return finding
    return Message(
        "{finding}; {places} suppressed", {"finding": finding, "places": Counted(hidden, level)}
    )


def note_hidden(hidden: int, level: Text) -> tuple[Message, ...]:
    """Say beside a figure what its sums leave out."""
    if not hidden:
        return ()
    return (
        Message(
            "{places} suppressed: too few victims to publish without exposing somebody. They are "
            "in no sum or comparison of this figure.",
            {"places": Counted(hidden, level)},
        ),
    )
