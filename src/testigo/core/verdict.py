"""Whether a figure may be published, and why: promise 2 as a noun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from testigo.core.messages import Message

VerdictStatus = Literal["publish", "warn", "refuse"]
VERDICT_STATUSES: Final[tuple[VerdictStatus, ...]] = get_args(VerdictStatus)


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding for or against a figure.

    Attributes
    ----------
    code
        Stable name of the rule (`fewer_than_20_victims`).
    status
        What this reason alone would decide.
    measured, threshold
        What was found and what was asked, in the rule's own unit.
    text
        The reason as a sentence.
    """

    code: str
    status: VerdictStatus
    measured: float
    threshold: float
    text: Message


@dataclass(frozen=True, slots=True)
class Verdict:
    """The worst status among the reasons; all reasons are kept.

    Examples
    --------
    >>> Verdict().status
    'publish'
    """

    reasons: tuple[Reason, ...] = ()

    @property
    def status(self) -> VerdictStatus:
        """`publish`, `warn` or `refuse`."""
        return max(
            (reason.status for reason in self.reasons),
            key=VERDICT_STATUSES.index,
            default="publish",
        )
