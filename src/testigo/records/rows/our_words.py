"""What a line of hand/code_maps.csv may say that a delivered value means.

Some fields have a vocabulary: a misspelled word of ours would be counted as if an institution had
stated it, and a later look at the missing values would find none.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.core import Message
from testigo.records.folding import fold
from testigo.records.rows.calendar_words import month_number
from testigo.records.rows.numerals import read_number
from testigo.records.rows.traits import read_age, read_hour, sex_words
from testigo.records.rows.values import STATED, STATUSES, statuses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SEXES: Final = ("female", "male", "other")
_NUMBER: Final = Message("a number")
_STATED: Final[Mapping[str, tuple[Callable[[str], bool], Message | str]]] = MappingProxyType(
    {  # field to whether a word states something of it, and to what may stand there
        "sex": (lambda text: bool(sex_words([text])) or fold(text) in SEXES, ", ".join(SEXES)),
        "age": (lambda text: read_age(text).age is not None, Message("a number of years")),
        "hour": (lambda text: read_hour(text) is not None, Message("an hour from 0 to 23")),
        "month": (lambda text: month_number(text) is not None, Message("a month from 1 to 12")),
        **dict.fromkeys(
            ("value", "rate", "population", "lat", "lon"),
            (lambda text: read_number(text.replace(",", "."), ".") is not None, _NUMBER),
        ),
    }
)


def refuse_word(field: str, ours: str) -> Message | None:
    """Say what may stand there when a word of a code map means nothing in its field.

    Parameters
    ----------
    field
        One of `FIELDS`.
    ours
        What the line says that the delivered value means.

    Returns
    -------
    Message or None
        None when the word may stand there.

    Examples
    --------
    >>> refuse_word("sex", "female"), refuse_word("weapon", "arma de fuego")
    (None, None)
    >>> print(refuse_word("sex", "femle"))
    Write one of: female, male, other; or one of: unknown, not_collected, withheld.
    """
    if field not in _STATED or statuses_of(pa.array([ours]))[0] != STATED:
        return None
    may_stand, allowed = _STATED[field]
    if may_stand(ours):
        return None
    statuses = ", ".join(STATUSES[STATED + 1 :])
    if isinstance(allowed, str):
        return Message(
            "Write one of: {allowed}; or one of: {statuses}.",
            {"allowed": allowed, "statuses": statuses},
        )
    return Message(
        "Write {allowed}, or one of: {statuses}.", {"allowed": allowed, "statuses": statuses}
    )
