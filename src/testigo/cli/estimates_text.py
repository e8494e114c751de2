"""What `testigo estimate` answers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from testigo.cli.voice import Voice
    from testigo.estimation import OverlapFile

EVERY: Final = "every"  # stands for all methods where all say the same


def tell_reading(voice: Voice, read: OverlapFile) -> None:
    """Print what was read of a file: columns, rows, people, and what looks like a slip."""
    for remark in read.remarks:
        voice.tell(remark)


def tell_estimates(
    voice: Voice, estimates: pa.Table, strata: Sequence[Sequence[tuple[str, str]]]
) -> None:
    """Print a sentence for each row of the table `estimates`, and its reasons below.

    Parameters
    ----------
    voice
        To speak with.
    estimates
        Columns `ESTIMATES`.
    strata
        Names and values of each stratum, in the order of the table.
    """
    groups = [list(rows) for _, rows in groupby(estimates.to_pylist(), lambda row: row["stratum"])]
    headings = [_heading(voice, stratum) for stratum in strata]
    if len(groups) > len(headings):  # first the sum of all
        headings.insert(0, voice.put(Message("All strata together")))
    for heading, rows in zip(headings, groups, strict=True):
        if heading:
            voice.say(heading)
        _tell_stratum(voice, rows)
    if any(len(rows) > 1 and any(row["low"] is not None for row in rows) for rows in groups):
        voice.tell(
            Message(
                "Not compared: the lower bound, which only says how many there were at least, and "
                "independent lists, which takes for granted that no list leads to another."
            )
        )


def _heading(voice: Voice, stratum: Sequence[tuple[str, str]]) -> str:
    """Name a stratum; a value that is not there is said to be blank."""
    blank = voice.put(Message("(blank)"))
    return ", ".join(f"{name}: {value or blank}" for name, value in stratum)


def _tell_stratum(voice: Voice, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the answers of all methods; what was said above is said by its code alone."""
    from testigo.estimation import explain_comparison, read_reasons

    if len(rows) > 1 and len({row["measured"] for row in rows}) == 1 and rows[0]["low"] is None:
        rows = [dict(rows[0], method=EVERY)]
    known: set[str] = set()  # sentences: another number is another sentence
    for row in rows:
        voice.tell(estimate_sentence(row))
        again = []
        for reason in read_reasons(row["measured"]):
            said = voice.put(reason.text)
            if said in known:
                again.append(reason.code)
            else:
                known.add(said)
                told = {"text": said, "code": reason.code}
                voice.tell(Message("- {text} ({code})", told), indent=2)
        if again:
            voice.tell(Message("- As above: {codes}.", {"codes": ", ".join(again)}), indent=2)
    if len(rows) > 1:
        voice.tell(explain_comparison(rows))


def estimate_sentence(row: Mapping[str, Any]) -> Message:
    """Say a row of the table `estimates`."""
    from testigo.estimation import METHOD_NAMES

    values = {
        "method": METHOD_NAMES.get(row["method"], Message("every method")),
        "observed": Number(row["observed"]),
        "median": _number(row["median"]),
        "low": _number(row["low"]),
        "high": _number(row["high"]),
        "level": Number(row["level"], 1 if row["level"] * 100 % 1 else 0, percent=True),
    }
    if row["low"] is None:
        return Message("{method}: not estimable (people recorded: {observed}).", values)
    if row["median"] is None:
        return Message(
            "The models do not agree: between {low} and {high} people in all, from the lowest to "
            "the highest limit of those compared.",
            values,
        )
    return Message(
        "{method}: {median} people in all ({level}: {low} to {high}), of whom {observed} are "
        "recorded.",
        values,
    )


def _number(value: float | None) -> Number:
    return Number(float("nan") if value is None else value)


def tell_sensitivity(voice: Voice, table: pa.Table, *, before: pa.Table, after: pa.Table) -> None:
    """Print what the table `sensitivity` means, and the reasons it adds to the estimates told.

    Parameters
    ----------
    voice
        To speak with.
    table
        Columns `SENSITIVITY`.
    before, after
        Columns `ESTIMATES`, as they were told and with what other assumptions do to them.
    """
    from testigo.estimation import explain_sensitivity, read_reasons

    voice.say()
    voice.tell(Message("If something else is assumed:"))
    for sentence in explain_sensitivity(table).sentences:
        voice.tell(Message("- {text}", {"text": sentence}), indent=2)
    pairs = zip(before["measured"].to_pylist(), after["measured"].to_pylist(), strict=True)
    new = [each for old, now in pairs for each in read_reasons(now.removeprefix(old))]
    if new:
        voice.tell(Message("So the estimate is to be doubted for these reasons too:"))
    for reason in new:
        voice.tell(
            Message("- {text} ({code})", {"text": reason.text, "code": reason.code}), indent=2
        )
