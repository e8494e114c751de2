"""What `testigo estimate` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from testigo.cli.voice import Voice
    from testigo.core import Verdict

METHOD_NAMES: Final = {
    "latent-class": Message("latent class model"),
    "graphs": Message("decomposable graphs averaged"),
    "log-linear": Message("best log-linear model"),
    "sparse": Message("sparse log-linear model"),
    "lower-bound": Message("lower bound"),
    "independence": Message("independent lists"),
    "envelope": Message("all methods together"),
}


def tell_estimates(voice: Voice, estimates: pa.Table, verdicts: Sequence[Verdict]) -> None:
    """Print a sentence for each row of the table `estimates`, and its reasons below."""
    for row, verdict in zip(estimates.to_pylist(), verdicts, strict=True):
        if row["stratum"]:
            voice.say(row["stratum"])
        voice.tell(_sentence(row))
        for reason in verdict.reasons:
            voice.tell(
                Message("- {text} ({code})", {"text": reason.text, "code": reason.code}), indent=2
            )


def _sentence(row: dict[str, Any]) -> Message:
    values = {
        "method": METHOD_NAMES[row["method"]],
        "observed": Number(row["observed"]),
        "median": _number(row["median"]),
        "low": _number(row["low"]),
        "high": _number(row["high"]),
        "level": Number(row["level"], 1 if row["level"] * 100 % 1 else 0, percent=True),
    }
    if row["low"] is None:
        return Message("{method}: not estimable from {observed} recorded people.", values)
    if row["median"] is None:
        return Message("{method}: between {low} and {high} people in all.", values)
    return Message(
        "{method}: {median} people in all ({level}: {low} to {high}), of whom {observed} are "
        "recorded.",
        values,
    )


def _number(value: float | None) -> Number:
    return Number(float("nan") if value is None else value)
