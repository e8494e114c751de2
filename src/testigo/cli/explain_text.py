"""What `testigo explain` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number

if TYPE_CHECKING:
    from testigo.cli.voice import Voice
    from testigo.observatory import Explanation

SHOWN: Final = 12  # ranges of rows


def tell_explanation(voice: Voice, explanation: Explanation) -> None:
    """Print the figure, how it came about, and the rows behind it."""
    voice.tell(explanation.figure)
    voice.say()
    voice.say(Message("How it came about:"))
    for place, step in enumerate(explanation.steps, start=1):
        voice.tell(f"{place}. {voice.put(step)}", indent=2)
    if not explanation.rows.num_rows:
        return
    voice.say()
    voice.say(Message("Rows behind it:"))
    for line in explanation.rows.to_pylist():
        voice.say(f"{line['source']}: {line['file']}", indent=2)
        voice.say(f"SHA-256 {line['sha256']}", indent=4)
        voice.say(
            Message(
                "rows: {rows}; their count: {count}",
                {"count": Number(line["count"]), "rows": _shortened(voice, line["rows"])},
            ),
            indent=4,
        )


def _shortened(voice: Voice, ranges: str) -> str:
    """Write the first ranges of rows; a source like the press can have hundreds in one file."""
    parts = ranges.split(", ")
    if len(parts) <= SHOWN:
        return ranges
    left = Message(
        "and more ranges: {left} (`--json` prints them all)", {"left": Number(len(parts) - SHOWN)}
    )
    return f"{', '.join(parts[:SHOWN])} {voice.put(left)}"
