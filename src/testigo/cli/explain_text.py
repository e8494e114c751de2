"""What `testigo explain` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import Message, Number

if TYPE_CHECKING:
    from testigo.cli.voice import Voice
    from testigo.observatory import Explanation


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
                "rows {rows}, which count {count}",
                {"count": Number(line["count"]), "rows": line["rows"]},
            ),
            indent=4,
        )
