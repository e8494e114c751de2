"""The section on linked lists: findings, pictures, shares, doubts, and what is suppressed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from testigo.core import Area, AreaCatalogue, Message, Number, Text
from testigo.linkage import BLOCKING, LINK_COUNTS, count_overlaps
from testigo.linkage.decisions import tell_absent
from testigo.publication import DisclosurePolicy, Report, protect, render_report
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Figure, Note, Texts
from testigo.publication.report.linked_lists import show_linkage
from testigo.publication.report.speech import in_words
from testigo.records import Source

LISTS = ("police", "press", "ngo")
ALL = " ".join(LISTS)
VICTIMS = {
    "police": 120,
    "press": 60,
    "ngo": 30,
    "police press": 50,
    "police ngo": 20,
    "press ngo": 10,
    ALL: 40,
}


def counts(victims: dict[str, int], *, draws: bool = True) -> pa.Table:
    def of(*lists: str) -> int:
        return sum(count for names, count in victims.items() if set(lists) <= set(names.split()))

    found: dict[tuple[str, str, int | None], int] = {
        ("records", ALL, None): sum(of(name) for name in LISTS) + 6,
        ("victims", ALL, None): of(),
        ("records_unsure", ALL, None): 12,
        ("pairs_compared", ALL, None): 900,
        ("victims_of_size", ALL, 1): of() // 2,
        ("victims_of_size_or_more", ALL, 2): of() - of() // 2,
        ("incidents", ALL, None): of() - of() // 4,
        ("incidents_of_size", ALL, 1): of() - 2 * (of() // 4),
        ("incidents_of_size", ALL, 2): of() // 4,
    }
    for name in LISTS:
        found["victims_of_list", name, None] = of(name)
        found["records_twice_in_list", name, None] = 2
        found["records", name, None] = of(name) + 2
    for a, b in combinations(LISTS, 2):
        found["victims_on_both", f"{a} {b}", None] = of(a, b)
    for names, count in victims.items():
        found["victims_on_exactly", names, None] = count
    drawn = (
        {"low": 5, "high": 9, "level": 0.95}
        if draws
        else dict.fromkeys(LINK_COUNTS.arrow.names[4:])
    )
    return LINK_COUNTS.table(
        [
            dict(zip(LINK_COUNTS.key, key, strict=True)) | {"count": count} | drawn
            for key, count in found.items()
        ]
    )


def report_of(links: pa.Table | None, *, published: bool = True, **more: object) -> Report:
    names = {"police": "Policía", "press": "Prensa", "ngo": "Red <b>"}
    sources = tuple(
        Source(
            id=name,
            name=Text(es=names[name], en=name.title()),
            kind="records",
            family="press",
            files=(f"sources/{name}.csv",),
            columns={},
            published=published,
        )
        for name in LISTS
    )
    catalogue = AreaCatalogue({"X": Area("X", "X", "whole", None)})
    tables = {} if links is None else {"links": links}
    done = protect(tables, sources=sources, catalogue=catalogue, policy=DisclosurePolicy())
    report = Report(
        name="Listas",
        languages=("es", "en"),
        catalogue=catalogue,
        sources=sources,
        tables=done,
        folder="listas",
    )
    return replace(report, **more)


def section_text(report: Report) -> str:
    """All sentences of the section, in Spanish."""
    section = show_linkage(Evidence(report))
    said: list[object] = [section.title, *section.lead]
    for part in section.parts:
        if isinstance(part, Figure):
            said += [part.title, part.subtitle, part.alt, part.quote or "", *part.notes]
            said += [key.meaning for key in part.legend]
        elif isinstance(part, Texts):
            said += [part.heading, *part.sentences]
        elif isinstance(part, Note):
            said.append(part.text)
    return "\n".join(in_words(one, "es") for one in said).replace("\xa0", " ")


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(counts(VICTIMS))


def test_the_title_says_how_many_people_the_lists_speak_of(report: Report) -> None:
    said = section_text(report)

    assert "3 listas con 496 registros hablan de 330 personas" in said
    assert "el 95 % de los sorteos de la vinculación queda entre 5 y 9" in said


def test_the_largest_overlap_comes_first_and_each_list_has_its_mark(report: Report) -> None:
    first = show_linkage(Evidence(report)).parts[0]

    assert isinstance(first, Figure)
    assert [drawing.width for drawing in first.drawings] == ["wide", "narrow"]
    assert {drawing.language for drawing in first.drawings} == {None}
    assert in_words(first.legend[0].meaning, "en") == "1: Police, 230 victims"
    assert first.table is not None
    assert [in_words(row[1], "en") for row in first.table.rows] == [
        "120", "60", "50", "40", "30", "20", "10",
    ]  # fmt: skip
    assert in_words(first.table.rows[3][0], "en") == "Police, Press and Ngo"


def test_shares_are_of_the_list_on_the_left(report: Report) -> None:
    shares = show_linkage(Evidence(report)).parts[1]

    assert isinstance(shares, Figure)
    assert shares.table is not None
    rows = [[in_words(cell, "en") for cell in row] for row in shares.table.rows]
    assert rows[0] == ["Police", "230", "", "39%", "26%"]  # 90 and 60 of 230
    assert rows[2] == ["Ngo", "100", "60%", "50%", ""]


def test_how_sure_it_is_stands_in_words(report: Report) -> None:
    said = section_text(report)

    assert "12 de 496 registros (2,4 %)" in said
    assert "De 122\u202f760 pares posibles de registros se compararon 900" in said
    assert "El comando testigo review listas escribe una hoja" in said


def test_the_share_that_the_rules_keep_is_told_when_it_is_known(report: Report) -> None:
    row = {"pairs": 900, "pairs_alone": 900, "records_left_out": 0, "true_share": 0.958}
    blocking = BLOCKING.table([{"rule": "all rules together", **row}])

    said = section_text(replace(report, tables={**report.tables, "blocking": blocking}))

    assert "conservan el 95,8 % de los pares" in said


def test_what_people_found_in_a_sample_is_told(report: Report) -> None:
    quality = pa.table(
        {
            "measure": ["precision", "recall"],
            "estimate": [0.991, 0.93],
            "low": [0.97, 0.9],
            "high": [0.998, 0.95],
            "level": [0.95, 0.95],
            "pairs_reviewed": [300, 300],
        }
    )

    said = section_text(replace(report, tables={**report.tables, "clerical_quality": quality}))

    assert "el 99,1 % (97,0 % a 99,8 %) de los pares vinculados son una misma persona" in said
    assert "testigo review" not in said


def test_reviewers_who_agree_little_are_warned_of(report: Report) -> None:
    agreement = {"pairs": 40, "agreed": 28, "kappa": 0.31, "low": 0.1, "high": 0.5, "level": 0.95}
    quality = pa.table(
        {"measure": ["precision"], "estimate": [0.9], "low": [0.8], "high": [0.95],
         "level": [0.95], "pairs_reviewed": [40]}
    )  # fmt: skip
    found = {"clerical_quality": quality, "review_agreement": pa.Table.from_pylist([agreement])}

    said = section_text(replace(report, tables={**report.tables, **found}))

    assert "coinciden muy poco (kappa de Cohen 0,31;" in said
    assert "igual en 28 de 40 pares" in said


def test_without_draws_the_page_says_that_no_interval_was_computed() -> None:
    said = section_text(report_of(counts(VICTIMS, draws=False)))

    assert "no se calculó un intervalo" in said
    assert "testigo.toml" not in said


def test_a_small_overlap_is_hatched_and_never_told() -> None:
    links = counts(VICTIMS | {"press ngo": 3})
    report = report_of(links, published=False)

    figure = show_linkage(Evidence(report)).parts[0]

    assert isinstance(figure, Figure)
    assert "url(#hatch)" in figure.drawings[0].svg
    assert any("oculto" in in_words(key.meaning, "es") for key in figure.legend)
    assert figure.table is not None
    told = {in_words(row[0], "en"): in_words(row[1], "en") for row in figure.table.rows}
    assert told["Press and Ngo"] == "suppressed"


def test_so_few_people_that_nothing_is_told() -> None:
    links = counts({"police": 1, "press": 1, "ngo": 1, "police press": 2})

    section = show_linkage(Evidence(report_of(links, published=False)))

    assert all(isinstance(part, Note) for part in section.parts)


def test_cautions_name_the_lists_and_keep_small_numbers() -> None:
    notes = (
        Message("{share} of the victims in {a} are in {b} as well: one list may have been made"
                " from the other. Estimates that take lists for independent are too low then.",
                {"share": Number(0.93, percent=True), "a": "press", "b": "police"}),
        *tell_absent((2, 7)),
    )  # fmt: skip

    public = section_text(report_of(counts(VICTIMS), link_notes=notes))
    private = section_text(report_of(counts(VICTIMS), published=False, link_notes=notes))

    assert "de las víctimas de «Prensa» está también en «Policía»" in public
    assert "hand/link_decisions.csv" in public
    assert "«Prensa»" in private
    assert "hand/link_decisions.csv" not in private


def test_a_table_of_overlaps_has_its_picture_and_no_word_of_linkage() -> None:
    patterns = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 1]])
    links = count_overlaps(patterns, np.array([20, 30, 40]), lists=LISTS)

    report = report_of(links)

    assert "3 listas nombran a 90 personas" in section_text(report)
    assert "testigo review" not in section_text(report)
    assert len(show_linkage(Evidence(report)).parts) == 2


def test_a_blocked_list_leaves_the_reason() -> None:
    report = report_of(counts(VICTIMS), blocked=frozenset({"press"}))

    assert "está bloqueada" in section_text(report)


def test_a_page_without_linked_lists_says_so() -> None:
    assert "No se vincularon listas" in section_text(report_of(None))


def test_the_page_holds_the_section_and_escapes_names(report: Report) -> None:
    page = render_report(report)

    assert 'id="linkage"' in page
    assert "testigo explain listas --table links</code>" in page
    assert "Red &lt;b&gt;" in page
    assert "Red <b>" not in page


def test_counts_are_said_to_be_of_the_middle_draw(report: Report) -> None:
    drawn = section_text(report)
    undrawn = section_text(report_of(counts(VICTIMS, draws=False)))

    assert "sorteo de la vinculación que queda en medio" in drawn
    assert "store/links.parquet" not in undrawn
    assert "según la vinculación, repiten" in drawn
    assert "Policía: unos 2 (5 a 9)" in drawn
    assert "Policía: unos 2 y" not in drawn


def test_people_hidden_for_another_figure_are_not_said_to_be_few() -> None:
    links = counts(VICTIMS)
    hidden = [
        row | ({"count": None} if row["measure"] == "victims" else {}) for row in links.to_pylist()
    ]
    report = report_of(links)
    table = pa.Table.from_pylist(hidden, schema=links.schema)
    said = section_text(replace(report, tables={"links": table}))

    assert "496 registros en 3 listas; de cuántas personas hablan se suprime" in said
    assert "Tan pocas personas" not in said
