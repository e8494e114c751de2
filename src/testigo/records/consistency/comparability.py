"""Sources that must not be laid side by side without a word: C20 and C23."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from testigo.core import MONTHS_IN_YEAR, Message, Number
from testigo.records.consistency.answers import answer
from testigo.records.consistency.arithmetic import as_printed
from testigo.records.consistency.model import Claim, ConsistencyRule, Evidence, Finding, Parameter
from testigo.records.folding import fold
from testigo.records.model import UNITS

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.records.model import Source, Unit

_YEAR_LENGTH: Final = 4  # letters of 2020
_BASES: Final = ("family", "unit", "date_basis", "place_basis")


def check_labels(claim: Claim) -> Finding:
    """C20: a table and a chart that name different sources are not one series."""
    labels = claim.texts("labels")
    found = " / ".join(labels)
    if len({fold(label) for label in labels}) == 1:
        text = Message("All name the same source: {labels}.", {"labels": labels[0]})
        return answer(claim, "ok", found=found, expected=labels[0], explanation=text)
    text = Message(
        "These are different sources and make no common series: {labels}.", {"labels": found}
    )
    return answer(claim, "info", found=found, expected=labels[0], explanation=text)


def check_source_names(evidence: Evidence) -> list[Finding]:
    """C20: two sources of one name that count differently are not one series."""
    findings = []
    for one, other in combinations(evidence.sources, 2):
        differing = [basis for basis in _BASES if getattr(one, basis) != getattr(other, basis)]
        names = [{fold(source.name.es), fold(source.name.en)} for source in (one, other)]
        if differing and names[0] & names[1]:
            findings.append(_same_name(one, other, differing))
    return findings


def _same_name(one: Source, other: Source, differing: list[str]) -> Finding:
    return Finding(
        table=one.id,
        rule="C20",
        severity="info",
        where=f"{one.id} / {other.id}",
        found=", ".join(differing),
        expected="-",
        explanation=Message(
            "{one} and {other} carry one name, {name}, and differ in {differing}: they make no"
            " common series.",
            {
                "one": one.id,
                "other": other.id,
                "name": one.name,
                "differing": ", ".join(differing),
            },
        ),
    )


def check_units_claim(claim: Claim) -> Finding:
    """C23: two counts that a text compares say what they count, and count the same."""
    units, counts = claim.texts("units"), claim.numbers("counts")
    known = [unit for unit in units if unit in UNITS]
    found = " / ".join(units) or "-"
    if len(known) < len(counts):
        text = Message(
            "{missing} of {all} counts do not say whether they count victims, files or incidents.",
            {"missing": len(counts) - len(known), "all": len(counts)},
        )
        return answer(claim, "error", found=found, expected="victim", explanation=text)
    if len(set(known)) == 1:
        text = Message("All count the same unit.")
        return answer(claim, "ok", found=found, expected=known[0], explanation=text)
    text = Message(
        "{low} and {high} count different things, {ratio} of one for each of the other: the"
        " difference is one of unit, not of institutions.",
        {
            "low": as_printed(min(counts)),
            "high": as_printed(max(counts)),
            "ratio": Number(float(max(counts) / min(counts)), 2),
        },
    )
    return answer(claim, "warning", found=found, expected="victim", explanation=text)


def check_units(evidence: Evidence) -> list[Finding]:
    """C23: a source of files or incidents stands beside sources of victims."""
    of_victims = [source for source in evidence.sources if source.unit == "victim"]
    others = [source for source in evidence.sources if source.unit != "victim"]
    if not of_victims or not others:
        return []
    totals = _full_years(evidence.counts)
    return [_unit_finding(source, of_victims, totals) for source in others]


def _full_years(counts: pa.Table) -> dict[str, dict[str, int]]:
    """Totals of the whole territory by source and full year."""
    chosen = counts.filter(
        pc.and_(
            pc.equal(counts["area_level"], "whole"),
            pc.equal(pc.utf8_length(counts["period"]), _YEAR_LENGTH),
        )
    )
    totals: dict[str, dict[str, int]] = {}
    for row in chosen.to_pylist():
        if row["months_covered"] == MONTHS_IN_YEAR and row["victims"]:
            totals.setdefault(row["source"], {})[row["period"]] = row["victims"]
    return totals


def _unit_finding(
    source: Source, of_victims: list[Source], totals: dict[str, dict[str, int]]
) -> Finding:
    # the same institution's own count of victims is the fairest comparison
    nearest = sorted(of_victims, key=lambda other: other.family != source.family)
    for other in nearest:
        shared = totals.get(source.id, {}).keys() & totals.get(other.id, {}).keys()
        if shared:
            year = max(shared)
            return _finding(
                source,
                _with_numbers(source, other, year, totals[source.id][year], totals[other.id][year]),
                quotes=(other.id,),
            )
    text = Message(
        "{source} counts {unit}, other sources count victims: their difference is one of unit, not"
        " only of institutions.",
        {"source": source.name, "unit": _UNIT_WORDS[source.unit]},
    )
    return _finding(source, text)


def _with_numbers(source: Source, other: Source, year: str, count: int, victims: int) -> Message:
    return Message(
        "{source} counts {unit} ({count} in {year}), {other} counts victims ({victims}), {ratio}"
        " for each: their difference is one of unit, not only of institutions.",
        {
            "source": source.name,
            "unit": _UNIT_WORDS[source.unit],
            "count": Number(count),
            "year": year,
            "other": other.name,
            "victims": Number(victims),
            "ratio": Number(victims / count, 2),
        },
    )


def _finding(source: Source, text: Message, quotes: tuple[str, ...] = ()) -> Finding:
    return Finding(
        table=source.id,
        rule="C23",
        severity="warning",
        where="unit",
        found=source.unit,
        expected="victim",
        explanation=text,
        quotes=quotes,
    )


_UNIT_WORDS: Final[dict[Unit, Message]] = {
    "victim": Message("victims"),
    "file": Message("case files"),
    "incident": Message("incidents"),
}

SOURCE_LABEL: Final = ConsistencyRule(
    code="C20",
    title=Message("One name, one source"),
    checks=Message(
        "Compares the labels of a table and a chart, and sources that share a name but not a unit,"
        " a date basis, a place basis or a family."
    ),
    severities=("info",),
    needs=Message("Two sources."),
    parameters=(
        Parameter("labels", "texts", Message("The label of each table or chart, two or more.")),
    ),
    check_evidence=check_source_names,
    check_claim=check_labels,
)
UNITS_DIFFER: Final = ConsistencyRule(
    code="C23",
    title=Message("Victims and files are not compared unsaid"),
    checks=Message("Looks for sources of different units, and for counts that do not say theirs."),
    severities=("error", "warning"),
    needs=Message("Two sources of different units."),
    parameters=(
        Parameter("counts", "numbers", Message("Counts that the text compares."), positive=True),
        Parameter(
            "units",
            "texts",
            Message('Unit of each: victim, file or incident; "" when the text does not say.'),
        ),
    ),
    check_evidence=check_units,
    check_claim=check_units_claim,
)
