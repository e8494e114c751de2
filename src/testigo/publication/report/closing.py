"""The end of the page: downloads, method, provenance, limits, licence, how to cite."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from testigo.core import Message, Number
from testigo.publication.report.evidence import whole_number_in
from testigo.publication.report.figures import DataTable, Download, Downloads, Note, Section, Texts
from testigo.publication.report.sentences import Quoted
from testigo.publication.report.speech import NOT_APPLICABLE, number_or_suppressed
from testigo.publication.schemas import PUBLISHED

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Evidence

_FORMATS: Final = ("csv", "parquet")
_MOST_FILES: Final = 80

METHOD: Final = (
    Message(
        "The unit is the victim: one person killed counts once in each source. Sources that count "
        "files or incidents are shown with their unit and never mixed with the others."
    ),
    Message(
        "Every delivered row is accepted, excluded by a named rule, or quarantined with a reason. "
        "The three numbers add up to the rows delivered, or the run stops."
    ),
    Message(
        "A rate is 100,000 times the victims over the residents of the same place and year. The "
        "rate of a larger place is the ratio of the sums, never the mean of rates. Limits are "
        "exact Poisson limits. A part of a year is scaled to a year only where it says so."
    ),
    Message(
        "Two sources converge when their difference is at most {limit} of their mean (Bogotá "
        "Protocol, 2015). They are compared only where both cover the same place and months.",
        {"limit": Number(0.2, percent=True)},
    ),
    Message(
        "Unknown, not collected, not applicable, suppressed and zero are five different values, "
        "in the tables and on the maps."
    ),
)
LIMITS: Final = (
    Message(
        "An interval holds the play of chance, not the killings that an institution never learns "
        "of. All sources together may still miss people."
    ),
    Message(
        "Dates and places differ in meaning: some sources place a killing where and when it "
        "happened, others where the person died or when the death was written down."
    ),
    Message("Nothing here says who did it, and no person is named, scored or listed."),
    Message("An event beside a line is a hypothesis. This page measures no effect of any policy."),
)


def close_page(evidence: Evidence) -> tuple[Section, ...]:
    """Build the last sections."""
    return (
        Section(
            "downloads",
            Message("Take the data with you"),
            (
                Message(
                    "The files lie beside this page. With only the page at hand, the links lead "
                    "nowhere; ask the observatory for the whole folder."
                ),
                Message(
                    "Excel spoils a CSV file that is opened by double click: accents turn into "
                    "signs and codes lose their leading zeros. Import it instead: Data > From "
                    "Text/CSV, file origin 65001: Unicode (UTF-8), Transform Data, and the type "
                    "Text for columns with codes."
                ),
            ),
            (_downloads(evidence),),
        ),
        Section(
            "method",
            Message("Method and limits"),
            parts=(
                Texts(Message("Method"), METHOD),
                Texts(Message("Limits"), (*LIMITS, *_suppression(evidence))),
            ),
        ),
        Section(
            "provenance",
            Message("Where everything comes from"),
            parts=(
                _provenance(evidence),
                Texts(Message("Licence and citation"), _citation(evidence)),
            ),
        ),
    )


def _suppression(evidence: Evidence) -> tuple[Message, ...]:
    if all(source.published for source in evidence.report.sources):
        return (
            Message(
                "All deliveries are already public at this detail, so no cell was suppressed here."
            ),
        )
    return (
        Message(
            "In sources that are not public, counts that rest on fewer than {k} victims are "
            "suppressed, and others with them so that they cannot be worked out.",
            {"k": Number(evidence.report.k)},
        ),
    )


def _downloads(evidence: Evidence) -> Downloads:
    files = [
        Download(
            name,
            schema.title,
            schema.meaning,
            tuple((ending.upper(), f"../tables/{name}.{ending}") for ending in _FORMATS),
            evidence.tables[name].num_rows,
        )
        for name, schema in PUBLISHED.items()
        if name in evidence.tables and evidence.tables[name].num_rows
    ]
    others = (
        Download(
            "datapackage",
            Message("Data package"),
            Message("What each column means, in both languages, for people and machines."),
            (("JSON", "../datapackage.json"),),
        ),
        Download(
            "provenance",
            Message("Provenance"),
            Message("For each output: fingerprints of its inputs, versions, options."),
            (("JSON", "../provenance.json"),),
        ),
    )
    return Downloads((*files, *others))


def _provenance(evidence: Evidence) -> DataTable | Note:
    rows, overlaps = evidence.rows("deliveries"), evidence.report.overlaps
    if not rows and overlaps is None:
        return Note(Message("No delivery is on record."))
    cells: tuple[tuple[object, ...], ...] = tuple(
        (
            str(row["file"]),
            evidence.name(str(row["source"])),
            Markup("<code>{}</code>").format(str(row["sha256"] or "")[:12]),
            *(
                number_or_suppressed(whole_number_in(row, f"rows_{name}"))
                for name in ("delivered", "accepted", "excluded", "quarantined")
            ),
        )
        for row in rows
    )
    if overlaps is not None:
        mark = Markup("<code>{}</code>").format(overlaps.sha256[:12])
        words = (overlaps.name, Message("table of overlaps"), mark)
        cells = ((*words, *[NOT_APPLICABLE] * 4), *cells)
    head = (
        Message("file"),
        Message("source"),
        Message("fingerprint (SHA-256, first 12)"),
        Message("delivered"),
        Message("accepted"),
        Message("excluded"),
        Message("quarantined"),
    )
    return DataTable(
        Message("Deliveries and where their rows went"),
        head,
        cells[:_MOST_FILES],
        frozenset({3, 4, 5, 6}),
        file="deliveries",
        left_out=max(0, len(cells) - _MOST_FILES),
    )


def fingerprint(evidence: Evidence) -> str:
    """Return twelve digits that change when what is told of any delivery, or the program, does.

    They stand in for a date: the same deliveries give the same page, byte by byte. Of deliveries
    whose own fingerprint is not told these are the numbers of rows.
    """
    parts = [repr(sorted(row.items())) for row in evidence.rows("deliveries")]
    overlaps = evidence.report.overlaps
    parts += [overlaps.sha256] if overlaps else []
    joined = "\n".join([evidence.report.version, *sorted(parts)])
    return hashlib.sha256(joined.encode()).hexdigest()[:12]


def _citation(evidence: Evidence) -> tuple[object, ...]:
    values = {
        "name": Quoted(evidence.report.name),
        "version": evidence.report.version,
        "edition": fingerprint(evidence),
        "licence": evidence.report.licence,
    }
    cite = Message(
        "{name}. Report made with Testigo {version}, edition {edition}. Cite the source of each "
        "figure together with it.",
        values,
    )
    if not evidence.report.licence:
        return (cite, Message("The observatory has not said under which licence this may be used."))
    return (
        cite,
        Message(
            "Figures, tables and pictures of this page may be used under {licence}. The deliveries "
            "keep the terms of the institutions that made them.",
            values,
        ),
    )
