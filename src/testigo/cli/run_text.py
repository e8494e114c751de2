"""What `testigo run` answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from testigo.cli.balance_text import tell_balance, tell_notes, tell_reasons, tell_synthetic
from testigo.cli.findings_text import tell_blocked, tell_findings, tell_unused
from testigo.cli.links_text import tell_links, tell_total
from testigo.core import Message, Number

if TYPE_CHECKING:
    from testigo.cli.voice import Voice
    from testigo.observatory import Ran

SHOWN_NOTES: Final = 10


def tell_ran(voice: Voice, ran: Ran) -> None:
    """Print what was made, what waits, and where the report is, which comes last."""
    tell_synthetic(voice, ran.configuration)
    tell_balance(voice, ran.deliveries)
    tell_reasons(voice, ran.reasons)
    tell_findings(voice, ran.findings)
    tell_blocked(voice, ran.findings, ran.blocked)
    tell_unused(voice, ran.unused_signatures)
    tell_notes(voice, ran.notes, most=SHOWN_NOTES)
    voice.say()
    _tell_steps(voice, ran)
    if ran.links is not None:
        tell_links(voice, ran.links)
    if ran.estimates is not None:
        tell_total(voice, ran.estimates)
    if ran.headline is not None:
        voice.tell(ran.headline)
    if ran.report is not None:
        voice.say(Message("Report: {path}", {"path": nearest(ran.report)}))


def ran_as_dict(voice: Voice, ran: Ran) -> dict[str, object]:
    """Give the same as plain values."""
    return {
        "synthetic": ran.configuration.synthetic,
        "deliveries": ran.deliveries.to_pylist(),
        "reasons": ran.reasons.to_pylist(),
        "consistency": ran.findings.to_pylist(),
        "blocked": sorted(ran.blocked),
        "skipped": list(ran.skipped),
        "seconds": dict(ran.seconds),
        "notes": [voice.put(note) for note in ran.notes],
        "links": [] if ran.links is None else ran.links.to_pylist(),
        "estimates": [] if ran.estimates is None else ran.estimates.to_pylist(),
        "headline": None if ran.headline is None else voice.put(ran.headline),
        "report": None if ran.report is None else ran.report.as_posix(),
    }


def nearest(path: Path) -> str:
    """Write a path as seen from the working folder when it lies below it."""
    here = Path.cwd()
    full = here / path
    return str(full.relative_to(here) if full.is_relative_to(here) else full)


def _tell_steps(voice: Voice, ran: Ran) -> None:
    if ran.seconds:
        voice.say(
            Message(
                "Done in {seconds} s: {steps}.",
                {
                    "seconds": Number(sum(ran.seconds.values()), 1),
                    "steps": ", ".join(ran.seconds),
                },
            )
        )
    if ran.skipped:
        voice.say(
            Message(
                "Not done again, because nothing they use has changed: {steps}.",
                {"steps": ", ".join(ran.skipped)},
            )
        )
