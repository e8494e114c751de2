"""Where every delivered row went, as lines of text: promise 1, printed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.cli.text_tables import lay_out
from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from testigo.cli.voice import Voice
    from testigo.core import Speaking
    from testigo.observatory import Configuration

NUMBERS: Final[Mapping[str, Message]] = {
    "rows_delivered": Message("delivered"),
    "rows_accepted": Message("accepted"),
    "rows_excluded": Message("excluded"),
    "rows_quarantined": Message("quarantined"),
}
PLACEMENTS: Final[Mapping[str, Message]] = {
    "quarantined": Message("quarantined"),
    "excluded": Message("excluded"),
    "flagged": Message("flagged"),
}


def tell_synthetic(voice: Voice, configuration: Configuration) -> None:
    """Print, before anything else, that invented data are invented."""
    if configuration.synthetic:
        voice.tell(
            Message("Synthetic data: invented for an exercise, they do not speak of real people.")
        )
        voice.say()


def tell_balance(voice: Voice, deliveries: pa.Table) -> None:
    """Print the three numbers of each delivery, which add up to the rows delivered."""
    lines = deliveries.to_pylist()
    if not lines:  # all lists are known from a table of overlaps alone
        return
    voice.say(Message("Where every delivered row went:"))
    header = [
        voice.put(Message("source")),
        voice.put(Message("file")),
        *(voice.put(word) for word in NUMBERS.values()),
    ]
    rows = [
        [line["source"], line["file"], *(_number(voice, line[name]) for name in NUMBERS)]
        for line in lines
    ]
    sums = {name: sum(line[name] for line in lines) for name in NUMBERS}
    if len(lines) > 1:
        rows.append(
            [
                voice.put(Message("together")),
                "",
                *(_number(voice, total) for total in sums.values()),
            ]
        )
    for text in lay_out(header, rows, numbers=len(NUMBERS)):
        voice.say(text, indent=2)
    voice.say(
        Message(
            "Rows: delivered {delivered} = accepted {accepted} + excluded {excluded} "
            "+ quarantined {quarantined}.",
            {name.removeprefix("rows_"): Number(total) for name, total in sums.items()},
        ),
        indent=2,
    )


def tell_reasons(voice: Voice, reasons: pa.Table) -> None:
    """Print why rows were set aside or flagged, the most frequent first."""
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for line in reasons.to_pylist():
        key = (line["placement"], line["source"], line["reason"], line["column"] or "")
        counted[key] += line["rows"]
    if not counted:
        return
    from testigo.records import REASON_RULES

    rules = {code.value: rule for code, rule in REASON_RULES.items()}
    order = list(PLACEMENTS)
    voice.say()
    voice.say(Message("Why rows were set aside or flagged:"))
    header = [
        voice.put(word)
        for word in (
            Message("what became of them"),
            Message("source"),
            Message("column"),
            Message("rows"),
            Message("reason"),
        )
    ]
    rows = [
        [
            voice.put(PLACEMENTS[placement]),
            source,
            column,
            _rows(voice, reason, count),
            f"{voice.put(rules[reason].meaning)} ({reason})",
        ]
        for (placement, source, reason, column), count in sorted(
            counted.items(), key=lambda entry: (order.index(entry[0][0]), -entry[1], entry[0])
        )
    ]
    for text in lay_out(header, rows, numbers=1, words_after=1):
        voice.say(text, indent=2)


def tell_mends(voice: Voice, reasons: pa.Table) -> None:
    """Print what each reason means and what can be done about it."""
    from testigo.records import REASON_RULES

    codes = set(reasons["reason"].to_pylist())
    order = list(PLACEMENTS)
    for code, rule in sorted(REASON_RULES.items(), key=lambda one: order.index(one[1].placement)):
        if code in codes:
            voice.say()
            voice.tell(f"{voice.put(rule.meaning)} ({code.value})", indent=2)
            voice.tell(rule.mend, indent=4)


def tell_notes(voice: Voice, notes: tuple[Speaking, ...], *, most: int | None = None) -> None:
    """Print what was found by looking: encodings, headers, repaired accents."""
    if not notes:
        return
    voice.say()
    voice.say(Message("Found by looking:"))
    for note in notes[:most]:
        voice.tell("- " + voice.put(note), indent=2)
    left = len(notes) - len(notes[:most])
    if left:
        voice.say(
            Message(
                "and {left} more; `{program} check` prints them all.",
                {"left": Number(left), "program": voice.program},
            ),
            indent=2,
        )


def _rows(voice: Voice, reason: str, count: int) -> str:
    """Say how many rows; a column is found to be personal once in a file, whatever its rows."""
    if reason == "personal_column":
        return voice.put(Message("files: {files}", {"files": Number(count)}))
    return _number(voice, count)


def _number(voice: Voice, value: int) -> str:
    return Number(value).in_language(voice.language)
