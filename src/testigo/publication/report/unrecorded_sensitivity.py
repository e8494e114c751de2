"""One page for whoever must rely on an estimate: what was assumed, and what if it is wrong."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.core import Message, Number
from testigo.estimation import (
    METHOD_NAMES,
    RIVALS,
    SENSITIVITY,
    SWEPT_REASONS,
    explain_sensitivity,
    name_setting,
    say_change,
)
from testigo.publication.report.drawing import draw_variants
from testigo.publication.report.evidence import number_in
from testigo.publication.report.figures import DataTable, Figure, Section, Texts
from testigo.publication.report.speech import in_words
from testigo.publication.report.unrecorded_moves import USUAL, Move, move_rows
from testigo.publication.report.unrecorded_reasons import lift_reasons
from testigo.publication.report.unrecorded_words import estimate_cell, reasons_of, verdict_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from testigo.core import Language
    from testigo.estimation import SensitivityWords
    from testigo.publication.report.drawing import Plot
    from testigo.publication.report.evidence import Evidence, Row

IDENT: Final = "assumptions"
_MOST_REASONS: Final = 3  # of the strata: the page is one sheet
_HEADINGS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "method": Message("Another model"),
        "list_left_out": Message("Leaving out a list"),
        "lists_merged": Message("Taking two lists for one"),
        "classes": Message("Other settings of the model"),
        "prior": Message("Other settings of the model"),
        "highest_order": Message("What no list can show"),
    }
)
_NOT_ADDED: Final = Message("cannot be added")
_KINDS: Final = ("main", *_HEADINGS)


def show_assumptions(evidence: Evidence) -> tuple[Section, ...]:
    """Build the section; none where no assumption was moved, or no estimate is told."""
    rows = sorted(
        (_floored(evidence, row) for row in evidence.rows("sensitivity")),
        key=lambda row: _KINDS.index(str(row["kind"])),
    )
    told = [row for row in rows if number_in(row, "median") is not None]
    if len(told) < 2 or told[0]["kind"] != "main":  # noqa: PLR2004  # something to compare
        return ()
    words = explain_sensitivity(
        pa.Table.from_pylist([{name: row.get(name) for name in SENSITIVITY.arrow.names}
                              for row in rows], schema=SENSITIVITY.arrow),
        named=evidence.name,
    )  # fmt: skip
    parts = (
        Texts(Message("The estimate"), (words.main, *_verdict(evidence, told[0]))),
        Texts(Message("What was assumed"), tuple(_assumed(evidence, str(told[0]["setting"])))),
        _figure(evidence, rows, words),
        Texts(Message("What is not known"), (*words.unknown, *_NOT_KNOWN)),
    )
    return (Section(IDENT, Message("What if the assumptions are wrong"), (_LEAD,), parts),)


_LEAD: Final = Message(
    "For whoever must rely on the number: what was assumed, how far the estimate moves when it is "
    "wrong, and what nobody can know from these lists."
)
_NOT_KNOWN: Final = (
    Message(
        "Whether there is a group whom every list missed for the same reason: a village where "
        "nobody asked, families who never complained. No method sees them, and no number here "
        "counts them."
    ),
    Message(
        "Which of the models is right: the lists do not decide it. An interval holds the doubt "
        "within one model; the lines above show the doubt between them."
    ),
)


def _floored(evidence: Evidence, row: Row) -> Row:
    """Let no limit lie below the people on a list, which rounding to be published may do."""
    seen = max((number_in(one, "observed") or 0 for one in evidence.rows("estimates")
                if (one["stratum"] or "") == (row["stratum"] or "")), default=0)  # fmt: skip
    if row["kind"] == "list_left_out" or row["strata_refused"] or number_in(row, "low") is None:
        return row  # without a list or a stratum there are fewer people
    return {**row, **{name: max(number_in(row, name) or 0, seen) for name in _LIMITS}}


_LIMITS: Final = ("median", "low", "high", "usual", "usual_low", "usual_high")


def _verdict(evidence: Evidence, main: Row) -> Iterator[Message]:
    """Say the verdict on all victims, and the reasons that the picture below does not show."""
    every = evidence.rows("estimates")
    wanted = (main["stratum"] or "", main["setting"])
    row = next((one for one in every if (one["stratum"] or "", one["method"]) == wanted), main)
    yield Message("Verdict: {verdict}", {"verdict": verdict_cell(row)})
    if row is not main:
        lifted = lift_reasons(evidence, row, every)[:_MOST_REASONS]
        own = tuple(each.text for each in reasons_of(row) if each.code not in SWEPT_REASONS)
        yield from lifted or own


def _assumed(evidence: Evidence, method: str) -> Iterator[Message]:
    yield Message(
        "Everybody could have been on some list: nobody was bound to be missed by all of them."
    )
    yield Message("All lists speak of the same victims: the same place, the same time.")
    yield (
        Message(
            "Records of one person were recognised as such; the doubt about that is in the "
            "interval above and in what no list can show. The other lines below are of one way of "
            "linking, the middle one."
        )
        if evidence.rows("links", measure="records")
        else Message("Whoever is on two lists was recognised as one person.")
    )
    if method == "latent-class":
        yield Message(
            "People fall into groups that are not equally easy to record, and within a group one "
            "list does not lead to another."
        )
    else:
        yield Message("Method: {method}.", {"method": METHOD_NAMES[method]})


def _figure(evidence: Evidence, rows: Sequence[Row], words: SensitivityWords) -> Figure:
    ident = f"{IDENT}-moved"
    return Figure(
        ident,
        _title([_change(row) for row in rows if _is_rival(row)]),
        Message(
            "For each 100 people of the estimate (dashed line), how many there would be: a dot "
            "with its interval."
        ),
        Message(
            "For each assumption that is moved, a dot with its interval, and the change in words; "
            "an arrow goes on beyond the edge."
        ),
        draw_variants(
            lambda language, width: _draw(evidence, rows, language or "en", width),
            languages=evidence.report.languages,
            named_by=f"{ident}-title {ident}-alt",
        ),
        quote=words.summary,
        notes=words.left_out,
        table=_table(evidence, rows),
    )


_FITTED: Final = frozenset(_HEADINGS) - {"highest_order"}


def _title(moves: Sequence[float]) -> Message:
    """Say how far the answers go; ends that read the same, or no move, are said once."""
    if not moves:
        return Message("No other lists or model give an answer to compare with")
    least, most = (round(one, 2) for one in (min(moves), max(moves)))
    if least == most == 0:
        return Message("Other lists and models would give the same number of people")
    if least == most:
        return Message("Other lists and models would give {far} people", {"far": say_change(most)})
    if 0 in {least, most}:
        far = say_change(least or most)
        return Message("Other lists and models would give as many people, or up to {far}",
                       {"far": far})  # fmt: skip
    return Message(
        "Other lists and models would give from {low} to {high} people",
        {"low": say_change(least), "high": say_change(most)},
    )


def _is_rival(row: Row) -> bool:
    """Whether a row answers the same question: a bound or a foil beside the models does not."""
    rival = row["kind"] != "method" or row["setting"] in RIVALS
    return _has_answer(row) and row["kind"] in _FITTED and rival


def _has_answer(row: Row) -> bool:
    return row["kind"] != "main" and number_in(row, "median") is not None


def _change(row: Row) -> float:
    return (number_in(row, "median") or 0.0) / (number_in(row, "usual") or 1.0) - 1.0


def _draw(evidence: Evidence, rows: Sequence[Row], language: Language, width: int) -> Plot:
    moves: list[Move] = []
    for row in rows:
        heading = _HEADINGS.get(str(row["kind"]))
        if heading is None:
            continue
        told = in_words(heading, language)
        if told not in {move.label for move in moves}:
            moves.append(Move(told, heading=True))
        moves.append(_move(evidence, row, language))
    return move_rows(moves, width=width)


def _move(evidence: Evidence, row: Row, language: Language) -> Move:
    label = _label(evidence, row, language)
    if not _has_answer(row):
        why = _NOT_ADDED if row["reasons"] == "no_draws_to_add" else verdict_cell(row)
        return Move(label, in_words(why, language))
    share = USUAL / (number_in(row, "usual") or 1.0)
    middle, low, high = (share * (number_in(row, name) or 0) for name in ("median", "low", "high"))
    return Move(label, in_words(say_change(_change(row)), language), middle, low, high)


def _label(evidence: Evidence, row: Row, language: Language) -> str:
    """Name a setting below its heading, which has said what is done to the lists."""
    kind, setting = str(row["kind"]), str(row["setting"])
    if kind in {"list_left_out", "lists_merged"}:
        return " + ".join(in_words(evidence.name(name), language) for name in setting.split("+"))
    return in_words(name_setting(row, named=evidence.name), language)


def _table(evidence: Evidence, rows: Sequence[Row]) -> DataTable:
    """Lay all settings out; how many strata are in a row matters only where some are not."""
    summed = len({row["strata"] for row in rows} - {0}) > 1
    strata = (Message("strata in both"),) if summed else ()
    return DataTable(
        Message("The estimate under each assumption"),
        (
            Message("assumption"),
            Message("all victims"),
            Message("instead of"),
            *strata,
            Message("verdict"),
        ),
        tuple(
            (
                name_setting(row, named=evidence.name),
                estimate_cell(row),
                Number(number_in(row, "usual") or 0) if _has_answer(row) else "",
                *((Number(number_in(row, "strata") or 0),) if summed else ()),
                verdict_cell(row),
            )
            for row in rows
        ),
        numeric=frozenset({1, 2, 3} if summed else {1, 2}),
        file="sensitivity",
    )
