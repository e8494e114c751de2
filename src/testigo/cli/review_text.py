"""What `testigo review` answers: counts and figures, never what stands in a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from testigo.cli.run_text import nearest
from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.cli.voice import Voice
    from testigo.observatory import TakenAnswers, WrittenSheet

MEASURES: Final[Mapping[str, Message]] = {
    "precision": Message("Precision (linked pairs that are one person)"),
    "recall_compared": Message("Recall among the pairs that were compared"),
    "recall": Message("Recall, pairs never compared included"),
}


def tell_sheet(voice: Voice, sheet: WrittenSheet, folder: str) -> None:
    """Say where the sheet lies and what to do with it."""
    voice.tell(
        Message(
            "{pairs} pairs to look at: {sampled} drawn at random, to measure the links, and {rest} "
            "whose decision matters most.",
            {
                "pairs": Number(sheet.pairs),
                "sampled": Number(sheet.sampled),
                "rest": Number(sheet.pairs - sheet.sampled),
            },
        )
    )
    _tell_files(voice, sheet)
    if sheet.nameless:
        voice.tell(
            Message(
                "{count} of them hold a record without an identifier of its own: answers to them "
                "measure the links, but cannot become decisions.",
                {"count": Number(sheet.nameless)},
            )
        )
    _tell_next(voice, folder)


def tell_taken(voice: Voice, taken: TakenAnswers, folder: str) -> None:
    """Say what the answers did, and how good the links are by them."""
    voice.tell(
        Message(
            "Decisions added to hand/link_decisions.csv: {added}.", {"added": Number(taken.added)}
        )
    )
    if taken.unsure:
        voice.tell(Message("Unsure, so undecided: {count}.", {"count": Number(taken.unsure)}))
    if taken.nameless:
        voice.tell(
            Message(
                "About records without an identifier of their own, so no decision: {count}.",
                {"count": Number(taken.nameless)},
            )
        )
    if taken.stale:
        voice.tell(
            Message(
                "Of {count} pairs a record is gone or says something else than on the sheet, so no "
                "decision: a new sheet asks about what is there now.",
                {"count": Number(taken.stale)},
            )
        )
    _tell_agreement(voice, taken)
    _tell_quality(voice, taken)
    if taken.adjudication is not None:
        voice.tell(
            Message(
                "Reviewers answered {count} pairs differently, so none of these was added. "
                "Somebody should settle them on a sheet of their own:",
                {"count": Number(taken.adjudication.pairs)},
            )
        )
        _tell_files(voice, taken.adjudication)
        _tell_next(voice, folder)
    if taken.added:
        voice.say(_next_run(voice, folder))


def sheet_as_dict(sheet: WrittenSheet) -> dict[str, object]:
    """Give the same as plain values."""
    return {
        "sheet": sheet.id,
        "page": sheet.page.as_posix(),
        "table": sheet.table.as_posix(),
        "pairs": sheet.pairs,
        "sampled": sheet.sampled,
        "nameless": sheet.nameless,
    }


def taken_as_dict(taken: TakenAnswers) -> dict[str, object]:
    """Give the same as plain values."""
    return {
        "added": taken.added,
        "unsure": taken.unsure,
        "nameless": taken.nameless,
        "stale": taken.stale,
        "disputed": taken.disputed,
        "adjudication": taken.adjudication and sheet_as_dict(taken.adjudication),
        "agreement": [
            {name: getattr(one, name) for name in ("pairs", "agreed", "kappa", "low", "high",
                                                   "level")}
            for one in taken.agreement
        ],
        "clerical_quality": [] if taken.quality is None else taken.quality.to_pylist(),
    }  # fmt: skip


def _tell_files(voice: Voice, sheet: WrittenSheet) -> None:
    voice.say(Message("Page: {path}", {"path": nearest(sheet.page)}), indent=2)
    voice.say(Message("Table: {path}", {"path": nearest(sheet.table)}), indent=2)
    voice.tell(Message("Both hold names: keep them inside the office."), indent=2)


def _tell_next(voice: Voice, folder: str) -> None:
    from testigo.observatory import as_argument

    voice.tell(
        Message(
            "Next: open the page, answer, save the answers, and type `{program} review {folder} "
            "--answers FILE --reviewer NAME`.",
            {"program": voice.program, "folder": as_argument(folder)},
        )
    )


def _next_run(voice: Voice, folder: str) -> Message:
    from testigo.observatory import as_argument

    return Message(
        "Next: `{program} run {folder}` links the records again and obeys the decisions.",
        {"program": voice.program, "folder": as_argument(folder)},
    )


def _tell_agreement(voice: Voice, taken: TakenAnswers) -> None:
    from testigo.linkage import warn_of_agreement

    for one in taken.agreement:
        values = {"agreed": Number(one.agreed), "pairs": Number(one.pairs)}
        if one.kappa is None:
            said = Message(
                "Two reviewers gave the same answer to {agreed} of {pairs} pairs; kappa needs both "
                "kinds of answer.",
                values,
            )
        else:
            said = Message(
                "Two reviewers gave the same answer to {agreed} of {pairs} pairs: kappa {middle} "
                "({level}: {low} to {high}).",
                {**values, **_interval(one.kappa, one.low, one.high, one.level)},
            )
        voice.tell(said)
        weak = warn_of_agreement(one.kappa)
        if weak is not None:
            voice.tell(weak, indent=2)


def _tell_quality(voice: Voice, taken: TakenAnswers) -> None:
    if taken.quality is None:
        voice.tell(Message("No pair of the random sample was answered: nothing is measured yet."))
        return
    rows = {row["measure"]: row for row in taken.quality.to_pylist()}
    for measure, label in MEASURES.items():
        _tell_measure(voice, label, rows[measure])
    voice.tell(
        Message(
            "From {pairs} pairs drawn at random. It is taken that reviewers are right, that pairs "
            "with less than one chance in 3,000 are different persons, and that the share of true "
            "pairs that were compared is what the run estimated.",
            {"pairs": Number(rows["precision"]["pairs_reviewed"])},
        ),
        indent=2,
    )


def _tell_measure(voice: Voice, label: Message, row: Mapping[str, Any]) -> None:
    if row["estimate"] is None:
        said = Message("{measure}: not estimable.", {"measure": label})
    else:
        values = _interval(row["estimate"], row["low"], row["high"], row["level"])
        said = Message(
            "{measure}: {middle} ({level}: {low} to {high}).", {"measure": label, **values}
        )
    voice.tell(said, indent=2)


def _interval(
    middle: float | None, low: float | None, high: float | None, level: float
) -> dict[str, object]:
    numbers = {"middle": middle, "low": low, "high": high}
    return {
        **{name: Number(value or 0.0, 3) for name, value in numbers.items()},
        "level": Number(level, 0, percent=True),
    }
