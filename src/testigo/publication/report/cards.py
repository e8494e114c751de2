"""The quality card of each source: who it is, where its rows went, which criteria it meets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.publication.report.card_tables import sum_told, tabulate_quality, tabulate_reasons
from testigo.publication.report.evidence import whole_number_in
from testigo.publication.report.figures import Balance, Card, Note, Section
from testigo.publication.report.legends import mark_swatch
from testigo.publication.report.link_tally import LinkTally
from testigo.publication.report.palette import mark_of
from testigo.publication.report.sentences import FAMILIES, KINDS, describe_basis
from testigo.publication.report.speech import UNKNOWN, Day, number_or_suppressed

if TYPE_CHECKING:
    from datetime import date

    from testigo.publication.report.evidence import Evidence, Row
    from testigo.records import Source

_ALL_YEARS: Final = "all"
_ROWS: Final = ("delivered", "accepted", "excluded", "quarantined")


def show_cards(evidence: Evidence) -> Section:
    """Build the section: a sentence on all rows, then one card for each source."""
    cards = [_card(evidence, source) for source in evidence.report.sources]
    if all(source.kind == "overlaps" for source in evidence.report.sources):
        return Section("quality", _TITLE, (_NO_ROWS,), tuple(cards))
    if evidence.table("deliveries") is None:
        note = Note(Message("No delivery is on record, so no quality can be told."))
        return Section("quality", _TITLE, parts=(note, *cards))
    return Section("quality", _TITLE, (_all_rows(evidence), _NO_MARKS), tuple(cards))


_TITLE: Final = Message("How good each source is")
_NO_ROWS: Final = Message(
    "What is known of these lists is how many people they share: a table of counts. Without rows "
    "there are no dates, places or details whose quality could be judged."
)
_NO_MARKS: Final = Message(
    "The cards are no marks to rank sources by. A criterion can only be judged where a source says "
    "enough: who delivers more detail is judged on more."
)


def _all_rows(evidence: Evidence) -> Message:
    balance = _balance(evidence.rows("deliveries"))
    numbers = (balance.delivered, balance.accepted, balance.excluded, balance.quarantined)
    if None in numbers:
        return Message(
            "Nothing is lost: in every file the rows accepted, excluded by a named rule and "
            "quarantined add up to the rows delivered. Where a number of rows is suppressed here, "
            "it would tell of a few victims; the observatory sees it."
        )
    return Message(
        "Nothing is lost. Rows delivered: {delivered}; accepted: {accepted}; excluded by a named "
        "rule: {excluded}; quarantined until somebody mends them: {quarantined}. The last three "
        "add up to the first.",
        dict(zip(_ROWS, map(number_or_suppressed, numbers), strict=True)),
    )


def _balance(rows: list[Row]) -> Balance:
    columns = ([whole_number_in(row, f"rows_{name}") for row in rows] for name in _ROWS)
    return Balance(*map(sum_told, columns))


def _card(evidence: Evidence, source: Source) -> Card:
    place = evidence.places[source.id]
    listed = source.kind == "overlaps"
    quality = [] if listed else evidence.rows("quality", source=source.id, period=_ALL_YEARS)
    return Card(
        f"source-{place + 1}",
        mark_swatch(mark_of(place)),
        place + 1,
        source.name,
        _verdict(evidence, source, _judged(evidence, source, quality)),
        _facts(evidence, source),
        None if listed else _balance(evidence.rows("deliveries", source=source.id)),
        tabulate_quality(evidence, quality),
        tabulate_reasons(evidence, source),
        _notes(evidence, source),
        blocked=source.id in evidence.report.blocked,
    )


def _judged(evidence: Evidence, source: Source, quality: list[Row]) -> Message:
    """Say how many criteria are met, missed and not judged; never one number out of another."""
    if source.kind == "overlaps":
        people = LinkTally(evidence).count("victims_of_list", source.id)
        if people is None:
            return Message("How many people it names is not told.")
        return Message("It names {people} people.", {"people": Number(people)})
    counted = Counter(str(row["met"]) for row in quality)
    if not counted["yes"] + counted["no"]:
        return Message("No criterion could be judged")
    return Message(
        "Criteria met: {met}; missed: {missed}; not judged: {unjudged}",
        {
            "met": Number(counted["yes"]),
            "missed": Number(counted["no"]),
            "unjudged": Number(counted.total() - counted["yes"] - counted["no"]),
        },
    )


def _verdict(evidence: Evidence, source: Source, verdict: Message) -> Message:
    if source.id not in evidence.report.blocked:
        return verdict
    return Message(
        "Its figures are withheld because of an error that nobody has signed for. {verdict}",
        {"verdict": verdict},
    )


def _notes(evidence: Evidence, source: Source) -> tuple[object, ...]:
    """Return what was found by looking; it quotes a delivery, which only a public one allows."""
    return tuple(evidence.report.notes.get(source.id, ())) if source.published else ()


def _facts(evidence: Evidence, source: Source) -> tuple[tuple[object, object], ...]:
    facts: list[tuple[object, object]] = [
        (Message("who speaks"), FAMILIES[source.family]),
        (Message("what it delivers"), KINDS[source.kind]),
    ]
    if source.kind != "overlaps":
        facts.append((Message("what it counts"), describe_basis(source)))
        facts.append((Message("years covered"), _years(evidence, source)))
    if source.subset_of:
        facts.append((Message("part of"), evidence.name(source.subset_of)))
    if source.valid:
        facts.append((Message("valid"), _span(source.valid.first, source.valid.last)))
    for breaking in source.method_breaks:
        dated = Message("{date}: {note}", {"date": Day(breaking.first), "note": breaking.note})
        facts.append((Message("method changed"), dated))
    for gap in source.reporting_gaps:
        told = {"days": _span(gap.first, gap.last), "note": gap.note}
        facts.append((Message("not reported"), Message("{days}: {note}", told)))
    if source.licence:
        facts.append((Message("licence"), source.licence))
    if source.url:
        facts.append((Message("reference"), source.url))
    return tuple(facts)


def _span(first: date, last: date) -> Day | Message:
    if first == last:
        return Day(first)
    return Message("{first} to {last}", {"first": Day(first), "last": Day(last)})


def _years(evidence: Evidence, source: Source) -> object:
    years = list(evidence.whole_counts.get(source.id, {}))
    if source.id in evidence.report.blocked:
        return Message("withheld with its figures")
    if not years:
        return UNKNOWN
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
