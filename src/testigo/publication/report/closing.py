"""The end of the page: downloads, method, provenance, limits, licence, how to cite."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from testigo.core import Message, Number
from testigo.publication.report.evidence import whole_number_in
from testigo.publication.report.figures import DataTable, Download, Downloads, Note, Section, Texts
from testigo.publication.report.sentences import Quoted
from testigo.publication.report.speech import NOT_APPLICABLE, Listing, number_or_suppressed
from testigo.publication.report.unrecorded_words import name_column
from testigo.publication.schemas import PUBLISHED

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Evidence

_FORMATS: Final = ("csv", "parquet")
_MOST_FILES: Final = 80

_UNIT: Final = Message(
    "The unit is the victim: one person counts once in each source. Sources that count files or "
    "incidents are shown with their unit and never mixed with the others."
)
_ROWS: Final = Message(
    "Every delivered row is accepted, excluded by a named rule, or quarantined with a reason. The "
    "three numbers add up to the rows delivered, or the run stops."
)
_RATES: Final = Message(
    "A rate is 100,000 times the victims over the residents of the same place and year. The rate "
    "of a larger place is the ratio of the sums, never the mean of rates. Limits are exact Poisson "
    "limits. A part of a year is scaled to a year only where it says so."
)
_CONVERGENCE: Final = Message(
    "Two sources converge when their difference is at most {limit} of their mean (Bogotá Protocol, "
    "2015). They are compared only where both cover the same place and months.",
    {"limit": Number(0.2, percent=True)},
)
_OVERLAPS: Final = Message(
    "How many people there were in all is estimated from how the lists overlap: who is on several "
    "lists tells how many the lists miss. An answer that the lists cannot carry is refused."
)
_LATENT_CLASSES: Final = Message(
    "The latent class model lets people fall into groups that are not equally easy to record; how "
    "many groups there are is left to the data. Its interval holds what the draws of the model say."
)
_STRATA: Final = Message(
    "The victims are split into strata, so that people within each are more alike. A stratum too "
    "small to stand alone may lean on others of its kind, and says so. Sums are made draw by draw; "
    "a refused stratum is in none of them, and while one is refused there is no total."
)
_VALUES: Final = Message(
    "Unknown, not collected, not applicable, suppressed and zero are five different values, in the "
    "tables and on the maps."
)
_CHANCE: Final = Message(
    "An interval holds the play of chance, not the killings that an institution never learns of. "
    "All sources together may still miss people."
)
_MODEL: Final = Message(
    "The interval of an estimate holds what the model does not know, not whether the model is "
    "right. People whom every list missed for the same reason are in no estimate."
)
_BASES: Final = Message(
    "Dates and places differ in meaning: some sources place a killing where and when it happened, "
    "others where the person died or when the death was written down."
)
_NOBODY: Final = Message("Nothing here says who did it, and no person is named, scored or listed.")
_ATTRIBUTED: Final = Message(
    "No person is named, scored or listed. The strata ({columns}) are those of the table that was "
    "delivered; what they say of the victims is its word, not a finding of this page."
)
_HYPOTHESES: Final = Message(
    "An event beside a line is a hypothesis. This page measures no effect of any policy."
)
_LATENT_CLASS: Final = "latent-class"
_NEUTRAL: Final = frozenset({"area", "parent", "year", "sex"})  # columns that accuse nobody


def _method(evidence: Evidence) -> tuple[Message, ...]:
    """Say how the figures of this page are made, and of no other."""
    estimates = evidence.rows("estimates")
    told = (
        (_UNIT, True),
        (_ROWS, evidence.table("deliveries") is not None),
        (_RATES, evidence.table("rates") is not None),
        (_CONVERGENCE, evidence.table("convergence") is not None),
        (_OVERLAPS, bool(estimates)),
        (_LATENT_CLASSES, any(row["method"] == _LATENT_CLASS for row in estimates)),
        (_STRATA, any(row["stratum"] for row in estimates)),
        (_VALUES, True),
    )
    return tuple(message for message, here in told if here)


def _limits(evidence: Evidence) -> tuple[object, ...]:
    """Say what this page cannot know."""
    listed = all(source.kind == "overlaps" for source in evidence.report.sources)
    told = (
        (_CHANCE, not listed),
        (_MODEL, evidence.table("estimates") is not None),
        (_BASES, not listed),
        (_say_blame(evidence), True),
        (evidence.report.strata_note, evidence.report.strata_note is not None),
        (_HYPOTHESES, not listed),
    )
    return tuple(message for message, here in told if here)


def _say_blame(evidence: Evidence) -> Message:
    """Say that nobody is blamed here; columns that may do so are the delivery's own word."""
    given = dict.fromkeys(name for values in evidence.strata.values() for name in values)
    own = tuple(name_column(evidence, name) for name in given if name not in _NEUTRAL)
    return replace(_ATTRIBUTED, values={"columns": Listing(own)}) if own else _NOBODY


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
                Texts(Message("Method"), _method(evidence)),
                Texts(Message("Limits"), (*_limits(evidence), *_suppression(evidence))),
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
