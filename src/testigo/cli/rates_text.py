"""What `testigo rates` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.cli.text_tables import lay_out
from testigo.core import Message, Number

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.cli.voice import Voice


def tell_rates(voice: Voice, rates: pa.Table) -> None:
    """Print a line for each row of the table `rates`."""
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
    rows = [
        [
            *(line[name] or "" for name in named),
            line["reasons"] or "",
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


def _number(voice: Voice, value: float | None, decimals: int = 0) -> str:
    shown = float("nan") if value is None else value
    return Number(shown, decimals).in_language(voice.language)
