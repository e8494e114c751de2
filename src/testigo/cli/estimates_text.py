"""What `testigo estimate` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from testigo.cli.voice import Voice
    from testigo.estimation import CaptureHistories


def tell_columns(voice: Voice, tables: Sequence[CaptureHistories]) -> None:
    """Print which columns were read as lists and which as strata, where there are strata."""
    lists, strata = tables[0].lists, [name for name, _ in tables[0].stratum]
    if strata:
        voice.tell(
            Message(
                "Lists: {lists}. Strata: {count}, by {strata}.",
                {
                    "lists": ", ".join(lists),
                    "count": Number(len(tables)),
                    "strata": ", ".join(strata),
                },
            )
        )


def tell_estimates(voice: Voice, estimates: pa.Table) -> None:
    """Print a sentence for each row of the table `estimates`, and its reasons below."""
    from testigo.estimation import read_reasons

    said = ""
    for row in estimates.to_pylist():
        if row["stratum"] != said:  # with several methods a stratum has several rows
            said = row["stratum"]
            voice.say(said)
        voice.tell(estimate_sentence(row))
        for reason in read_reasons(row["measured"]):
            voice.tell(
                Message("- {text} ({code})", {"text": reason.text, "code": reason.code}), indent=2
            )


def estimate_sentence(row: Mapping[str, Any]) -> Message:
    """Say a row of the table `estimates`."""
    from testigo.estimation import METHOD_NAMES

    values = {
        "method": METHOD_NAMES[row["method"]],
        "observed": Number(row["observed"]),
        "median": _number(row["median"]),
        "low": _number(row["low"]),
        "high": _number(row["high"]),
        "level": Number(row["level"], 1 if row["level"] * 100 % 1 else 0, percent=True),
    }
    if row["low"] is None:
        return Message("{method}: not estimable (people recorded: {observed}).", values)
    if row["median"] is None:
        return Message("{method}: between {low} and {high} people in all.", values)
    return Message(
        "{method}: {median} people in all ({level}: {low} to {high}), of whom {observed} are "
        "recorded.",
        values,
    )


def _number(value: float | None) -> Number:
    return Number(float("nan") if value is None else value)


def tell_sensitivity(voice: Voice, table: pa.Table) -> None:
    """Print what the table `sensitivity` means."""
    from testigo.estimation import explain_sensitivity

    voice.say()
    voice.tell(Message("If something else is assumed:"))
    for sentence in explain_sensitivity(table).sentences:
        voice.tell(Message("- {text}", {"text": sentence}), indent=2)
