"""What does not add up, as lines of text, and how a blocked table is let go."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from testigo.cli.voice import Voice
    from testigo.records import Override

SEVERITIES: Final[Mapping[str, Message]] = {
    "error": Message("error"),
    "warning": Message("warning"),
}
SHOWN: Final = 15


def tell_findings(voice: Voice, findings: pa.Table) -> None:
    """Print errors and warnings; information stays in the table."""
    lines = [line for line in findings.to_pylist() if line["severity"] in SEVERITIES]
    if not lines:
        return
    lines.sort(key=lambda line: list(SEVERITIES).index(line["severity"]))
    voice.say()
    voice.say(Message("What does not add up:"))
    for line in lines[:SHOWN]:
        voice.tell(_finding(voice, line), indent=2)
    if len(lines) > SHOWN:
        voice.say(
            Message(
                "and {left} more, in the table `consistency`.",
                {"left": Number(len(lines) - SHOWN)},
            ),
            indent=2,
        )


def tell_blocked(voice: Voice, findings: pa.Table, blocked: frozenset[str]) -> None:
    """Print which tables wait for a signature and the line that would let them go."""
    if not blocked:
        return
    waiting = [
        line
        for line in findings.to_pylist()
        if line["severity"] == "error" and not line["override"] and line["table"] in blocked
    ]
    voice.say()
    voice.say(
        Message(
            "Not published until an error is mended or signed for: {tables}.",
            {"tables": ", ".join(sorted(blocked))},
        )
    )
    voice.tell(
        Message(
            "Mend the source; or, if the figure stands, add a line with your reason and role to "
            "hand/overrides.csv. The override stays visible in the report:"
        )
    )
    for text in _override_lines(voice, waiting):
        voice.say(text, indent=2)


def _finding(voice: Voice, line: Mapping[str, str]) -> str:
    explanation = line["explanation_es" if voice.language == "es" else "explanation"]
    severity = voice.put(SEVERITIES[line["severity"]])
    told = f"{severity} {line['rule']} · {line['table']} · {line['where']}: {explanation}"
    if not line["override"]:
        return told
    return f"{told} {voice.put(Message('Signed: {override}', {'override': line['override']}))}"


def tell_unused(voice: Voice, signatures: Sequence[Override]) -> None:
    """Print the signatures that answer nothing, because a misspelled one signs for nothing."""
    if not signatures:
        return
    voice.say()
    voice.say(Message("Lines of hand/overrides.csv that answer nothing:"))
    for one in signatures:
        voice.say(f"{one.rule} · {one.table} · {one.where}", indent=2)
    voice.tell(
        Message(
            "The data were mended and the line can go, or table, rule or where is misspelled: copy "
            "them from the finding above."
        ),
        indent=2,
    )


def _override_lines(voice: Voice, waiting: list[dict[str, str]]) -> list[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", "rule", "where", "reason", "signed_by", "signed_on"])
    for line in waiting:
        writer.writerow(
            [
                line["table"],
                line["rule"],
                line["where"],
                voice.put(Message("why it may be published")),
                voice.put(Message("your role")),
                voice.put(Message("YYYY-MM-DD")),
            ]
        )
    return text.getvalue().splitlines()
