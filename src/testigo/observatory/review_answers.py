"""`testigo review --answers`: what people answered becomes decisions, and a figure of quality."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from testigo.core import Message, UsageError
from testigo.linkage import (
    Settled,
    add_decisions,
    find_again,
    find_new_decisions,
    read_link_decisions,
    read_review_answers,
    settle_apart,
)
from testigo.observatory.linking_step import DECISIONS
from testigo.observatory.review_folder import code_of, read_sheets, write_private
from testigo.observatory.review_memory import (
    measure_agreements,
    quality_of,
    read_kept_review,
    write_again,
    write_kept_review,
)
from testigo.observatory.reviewing import open_review, write_down

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from testigo.linkage import (
        Agreement,
        GivenAnswer,
        LinkDecision,
        ReviewSheet,
    )
    from testigo.observatory.model import Progress
    from testigo.observatory.reviewing import WrittenSheet
    from testigo.observatory.run_state import RunState


@dataclass(frozen=True, slots=True)
class TakenAnswers:
    """What reading answers did.

    Attributes
    ----------
    added
        Decisions added to hand/link_decisions.csv.
    unsure, nameless
        Answers that became no decision: unsure, or about records without an identifier.
    stale
        Pairs of which a record is gone or says something else than on the sheet: what was
        answered became no decision, and they stand on no new sheet.
    disputed
        Pairs that reviewers answered differently.
    adjudication
        The sheet of those that can be shown again.
    agreement
        Of each two reviewers of the sheet.
    quality
        Columns `CLERICAL_QUALITY`; None when no pair of the random sample was answered.
    """

    added: int
    unsure: int
    nameless: int
    stale: int
    disputed: int
    adjudication: WrittenSheet | None
    agreement: tuple[Agreement, ...]
    quality: pa.Table | None


@dataclass(frozen=True, slots=True)
class _Given:
    """The answers of one reviewer, as they were read."""

    file: str
    reviewer: str
    answers: Mapping[str, GivenAnswer]


def take_answers(
    folder: Path, files: Sequence[tuple[Path, str]], *, seed: int, progress: Progress
) -> TakenAnswers:
    """Read answers, add the decisions in them, and estimate how good the links are.

    Parameters
    ----------
    folder
        The observatory.
    files
        A file of answers and who gave them, for each reviewer; all of one sheet.
    seed
        Of the interval of kappa; those of the quality have the seed of the linkage.

    Raises
    ------
    InputFileError
        When a file has a wrong line.
    ConfigurationError
        When an answer contradicts what was decided before.
    UsageError
        When the files answer different sheets, or a reviewer is named badly.
    """
    _check_reviewers([name for _, name in files])
    progress(Message("Reading answers"), 0, None)
    with open_review(folder, progress) as (run, records):
        hand = run.configuration.folder / "hand"
        kept = read_kept_review(hand)
        sheets = read_sheets(run.store.folder)
        known = {name: one.pairs["pair"].to_pylist() for name, one in sheets.items()}
        read = [(path, name, read_review_answers(path, known)) for path, name in files]
        if len({one.sheet for _, _, one in read}) > 1:
            raise UsageError(
                Message("The files answer different sheets."), Message("Read one sheet at a time.")
            )
        sheet = sheets[read[0][2].sheet]
        root = sheets.get(sheet.parent, sheet)
        answers = [_Given(path.name, name, one.given) for path, name, one in read]
        for one in answers:
            kept = kept.plus(sheet, code_of(sheet.id, one.reviewer), one.answers)
        found = find_again(root, run.store.table("link", "links"))
        there = frozenset(found.pairs["pair"].to_pylist())
        added, nameless = _decide(run, sheet, _only(kept.settled(sheet.id), there), answers)
        write_kept_review(hand, kept)
        whole = kept.settled(root.id)
        return TakenAnswers(
            added=added,
            unsure=sum(answer == "unsure" for answer in whole.answers.values()),
            nameless=nameless,
            stale=len(_asked(answers, whole) - there),
            disputed=len(whole.disputed),
            adjudication=write_down(run, records, settle_apart(root, whole.disputed & there))
            if whole.disputed & there
            else None,
            agreement=measure_agreements(kept, root.id, seed=seed),
            quality=quality_of(run.configuration)[0],
        )


def _only(settled: Settled, pairs: frozenset[str]) -> Settled:
    """Keep what was said about some of the pairs."""
    answers = {pair: said for pair, said in settled.answers.items() if pair in pairs}
    return Settled(answers, settled.disputed & pairs)


def _asked(answers: Sequence[_Given], settled: Settled) -> frozenset[str]:
    """Return the pairs that would become decisions or stand on a new sheet."""
    given = {
        pair for one in answers for pair, said in one.answers.items() if said.answer != "unsure"
    }
    return settled.disputed | given


def _decide(
    run: RunState, sheet: ReviewSheet, settled: Settled, answers: Sequence[_Given]
) -> tuple[int, int]:
    """Add the new decisions to hand/; return how many, and how many could not be one."""
    path = run.configuration.folder / "hand" / DECISIONS
    before = read_link_decisions(path)
    new: list[LinkDecision] = []
    nameless = 0
    for one, signed_by, given in _signed(settled, answers):
        found, without = find_new_decisions(
            sheet,
            given,
            [*before, *new],
            file=one.file,
            signed_by=signed_by,
            signed_on=run.day.isoformat(),
        )
        new += found
        nameless += without
    kept = _add_decisions(path, before, new)
    return kept, nameless + len(new) - kept


def _add_decisions(path: Path, before: Sequence[LinkDecision], new: Sequence[LinkDecision]) -> int:
    """Write the new decisions down, if the file then says what it said and what they say.

    Letters beyond ASCII may look like a broken encoding to the reader of tables, which mends it;
    then decisions about such identifiers stay out. Returns how many were written.
    """
    if not new:
        return 0
    content = path.read_bytes() if path.exists() else None
    written = add_decisions(content, new)
    if _records(written) != [_named(one) for one in (*before, *new)]:
        new = [one for one in new if (one.record_a + one.record_b).isascii()]
        written = add_decisions(content, new)
    write_again(path, written)
    return len(new)


def _records(content: bytes) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory(prefix="testigo-") as place:
        path = write_private(Path(place) / DECISIONS, content)
        return [_named(one) for one in read_link_decisions(path)]


def _named(one: LinkDecision) -> tuple[str, ...]:
    return (one.source_a, one.record_a, one.source_b, one.record_b, one.decision)


def _signed(
    settled: Settled, answers: Sequence[_Given]
) -> Iterator[tuple[_Given, str, dict[str, GivenAnswer]]]:
    """Yield the answers that hold, each once, with all who gave them."""
    groups: dict[tuple[int, str], dict[str, GivenAnswer]] = {}
    for pair, answer in settled.answers.items():
        agreeing = [
            place
            for place, one in enumerate(answers)
            if pair in one.answers and one.answers[pair].answer == answer
        ]
        if agreeing:
            names = " + ".join(answers[place].reviewer for place in agreeing)
            first = answers[agreeing[0]].answers[pair]
            groups.setdefault((agreeing[0], names), {})[pair] = first
    for (place, names), given in sorted(groups.items()):
        yield answers[place], names, given


def _check_reviewers(names: Sequence[str]) -> None:
    """Refuse names that cannot stand in hand/, without repeating them."""
    if len(set(names)) < len(names):
        raise UsageError(
            Message("The same reviewer is named twice."),
            Message("Give a name of their own to each file of answers."),
        )
    for name in names:
        if not name.strip() or not name.isprintable() or name[0] in "=+-@" or name != name.strip():
            raise UsageError(
                Message("The name of a reviewer cannot be used."),
                Message("Write letters, for instance a name, initials or a role."),
            )
