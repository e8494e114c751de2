"""What `testigo rates` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.cli.text_tables import lay_out
from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from testigo.cli.voice import Voice

SUMS: Final = {"total": Message("all rows"), "all": Message("one year")}


def tell_rates(voice: Voice, rates: pa.Table) -> None:
    """Print a line for each row of the table `rates`."""
    from testigo.estimation import RATE_REASONS

    lines = rates.to_pylist()
    level = lines[0]["level"] if lines else float("nan")
    named = [name for name in ("area", "period") if any(line[name] for line in lines)]
    words = {"area": Message("area"), "period": Message("period")}
    header = [
        *(voice.put(words[name]) for name in named),
        voice.put(Message("reasons")),
        voice.put(Message("victims")),
        voice.put(Message("residents")),
        voice.put(Message("rate")),
        voice.put(Message("low")),
        voice.put(Message("high")),
    ]
    notes = list(dict.fromkeys(code for line in lines for code in _codes(line)))
    rows = [
        [
            *(_place(voice, line[name]) for name in named),
            " ".join(str(notes.index(code) + 1) for code in _codes(line)),
            _number(voice, line["victims"]),
            _number(voice, line["population"]),
            *(_number(voice, line[name], 1) for name in ("rate", "rate_low", "rate_high")),
        ]
        for line in lines
    ]
    voice.say(
        Message(
            "Per 100,000 residents per year; exact Poisson interval of {level}.",
            {"level": Number(level, 1 if level * 100 % 1 else 0, percent=True)},
        )
    )
    for text in lay_out(header, rows, numbers=5):
        voice.say(text, indent=2)
    for mark, code in enumerate(notes, start=1):
        voice.tell(f"{mark} {voice.put(RATE_REASONS[code].text)} ({code})", indent=2)


def _codes(line: Mapping[str, str | None]) -> list[str]:
    return (line["reasons"] or "").split()


def _place(voice: Voice, text: str | None) -> str:
    """Say the two words that stand for all rows in the reader's language."""
    return voice.put(SUMS[text]) if text in SUMS else text or ""


def _number(voice: Voice, value: float | None, decimals: int = 0) -> str:
    shown = float("nan") if value is None else value
    return Number(shown, decimals).in_language(voice.language)
