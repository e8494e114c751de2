"""What `testigo check` answers."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from testigo.cli.balance_text import (
    tell_balance,
    tell_mends,
    tell_notes,
    tell_reasons,
    tell_synthetic,
)
from testigo.cli.findings_text import tell_blocked, tell_findings, tell_unused
from testigo.core import Message, Number

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.cli.voice import Voice
    from testigo.observatory import Checked

SHOWN_PLACES: Final = 20
ALIAS_COLUMNS: Final = ("source", "parent_text", "area_text", "area")


def tell_checked(voice: Voice, checked: Checked) -> None:
    """Print what a run would do; nothing was changed."""
    tell_synthetic(voice, checked.configuration)
    tell_balance(voice, checked.deliveries)
    tell_reasons(voice, checked.reasons)
    tell_mends(voice, checked.reasons)
    _tell_places(voice, checked.unmatched_places)
    tell_findings(voice, checked.findings)
    tell_blocked(voice, checked.findings, checked.blocked)
    tell_unused(voice, checked.unused_signatures)
    tell_notes(voice, checked.notes)
    voice.say()
    voice.say(Message("Nothing was changed."))


def checked_as_dict(voice: Voice, checked: Checked) -> dict[str, object]:
    """Give the same, and every unmatched place, as plain values."""
    return {
        "synthetic": checked.configuration.synthetic,
        "deliveries": checked.deliveries.to_pylist(),
        "reasons": checked.reasons.to_pylist(),
        "unmatched_places": checked.unmatched_places.to_pylist(),
        "consistency": checked.findings.to_pylist(),
        "blocked": sorted(checked.blocked),
        "notes": [voice.put(note) for note in checked.notes],
    }


def _tell_places(voice: Voice, places: pa.Table) -> None:
    """Print the unmatched places and, below them, lines ready to paste."""
    if not places.num_rows:
        return
    lines = sorted(places.to_pylist(), key=lambda line: -line["rows"])
    voice.say()
    voice.say(
        Message(
            "Place names that are not in the catalogue: {places}", {"places": Number(len(lines))}
        )
    )
    for line in lines[:SHOWN_PLACES]:
        voice.tell(_place(line), indent=2)
    voice.say()
    voice.say(Message("Look at each, and paste those that are right into hand/place_aliases.csv:"))
    for text in alias_lines(lines[:SHOWN_PLACES]):
        voice.say(text, indent=2)
    if len(lines) > SHOWN_PLACES:
        voice.say(
            Message(
                "and {left} more; `{program} check --json` prints them all.",
                {"left": Number(len(lines) - SHOWN_PLACES), "program": voice.program},
            ),
            indent=2,
        )


def _place(line: dict[str, object]) -> Message:
    place = ", ".join(str(line[name]) for name in ("area_text", "parent_text") if line[name])
    values = {"source": line["source"], "place": place, "rows": Number(_count(line["rows"]))}
    if line["candidate_code"] is None:
        return Message("{source}: {place} (rows: {rows}): no candidate", values)
    return Message(
        "{source}: {place} (rows: {rows}): perhaps {name} ({code}), likeness {score}",
        {
            **values,
            "name": line["candidate_name"],
            "code": line["candidate_code"],
            "score": Number(_count(line["score"])),
        },
    )


def alias_lines(places: list[dict[str, object]]) -> list[str]:
    """Write lines of hand/place_aliases.csv, header first; no candidate leaves a blank code."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ALIAS_COLUMNS)
    for line in places:
        writer.writerow(
            [line["source"], line["parent_text"], line["area_text"], line["candidate_code"] or ""]
        )
    return text.getvalue().splitlines()


def _count(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")
