from dataclasses import replace

from testigo.publication import headline
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.question import ask_question
from testigo.records import CONSISTENCY_RULES


def said(text, language="en"):
    return text.in_language(language)


def test_the_answer_is_a_range_of_the_sources_that_count_every_victim(evidence):
    section = ask_question(evidence)

    assert said(section.title, "es") == "¿Cuántas personas fueron asesinadas en Nación en 2020?"
    assert said(section.lead[0], "es") == "Según quién cuente, entre 444 y 642."


def test_files_are_drawn_apart_and_not_in_the_range(evidence):
    (figure,) = ask_question(evidence).parts

    assert "They count something else" in figure.drawings[2].svg
    assert "Files" not in said(figure.quote)
    assert "330" not in said(figure.quote)
    assert any("file can hold several victims" in said(note) for note in figure.notes)


def test_a_part_of_a_year_is_not_in_the_range(small, observatories):
    counts = small.tables["counts"].to_pylist()
    for row in counts:
        row["months_covered"] = 9 if row["source"] == "police" else 12
    tables = dict(small.tables) | {"counts": observatories.COUNTS.table(counts)}

    section = ask_question(Evidence(replace(small, tables=tables)))
    assert said(section.lead[0]) == "According to Civil registry: 642."
    assert "only a part of the year" in section.parts[0].drawings[2].svg


def test_a_subset_is_not_in_the_range(small):
    sources = [
        replace(source, subset_of="health") if source.id == "police" else source
        for source in small.sources
    ]

    section = ask_question(Evidence(replace(small, sources=tuple(sources))))
    assert said(section.lead[0]) == "According to Civil registry: 642."


def test_two_that_agree_are_said_once(small, observatories):
    counts = [
        row | {"victims": 7} if row["area_level"] == "whole" else row
        for row in small.tables["counts"].to_pylist()
    ]
    tables = dict(small.tables) | {"counts": observatories.COUNTS.table(counts)}

    lead = ask_question(Evidence(replace(small, tables=tables))).lead[0]
    assert said(lead, "es") == "Según Registro civil y Policía Nacional por igual: 7."


def test_a_block_is_shown_instead_of_the_figures(one_table):
    section = ask_question(Evidence(one_table))

    assert said(section.lead[0]) == "This observatory publishes no figure yet."
    (note,) = section.parts
    assert note.tone == "block"
    assert "National civil police" in said(note.heading)


def test_a_block_says_what_is_wrong_and_the_line_that_signs(one_table):
    (error,) = [
        row
        for row in one_table.tables["consistency"].to_pylist()
        if row["severity"] == "error" and not row["override"]
    ]

    (note,) = ask_question(Evidence(one_table)).parts

    for language in ("en", "es"):
        assert CONSISTENCY_RULES[error["rule"]].title.in_language(language) in said(
            note.text, language
        )
        assert "hand/overrides.csv" in said(note.text, language)
    assert f"Error at {error['where']}, found by rule {error['rule']}" in said(note.text)
    line = f"{error['table']},{error['rule']},{error['where']}"
    assert f"{line},why it may be published,your role,YYYY-MM-DD" in said(note.text)
    assert f"{line},por qué se puede publicar,su cargo,AAAA-MM-DD" in said(note.text, "es")


def test_a_signature_stands_beside_the_figure_it_lets_out(observatories):
    (figure,) = ask_question(Evidence(observatories.one_table_report(signed=True))).parts

    assert any("editorial board" in said(note) for note in figure.notes)


def test_suppressed_counts_are_not_told(hidden):
    section = ask_question(Evidence(hidden))

    assert "without exposing somebody" in said(section.lead[0])
    assert section.parts == ()


def test_the_headline_is_question_and_answer(small, one_table):
    assert said(headline(small)) == (
        "How many people were killed in Nación in 2020? Depending on who counts, between 444 and "
        "642."
    )
    assert "publishes no figure yet" in said(headline(one_table))


def test_without_any_figure_there_is_no_headline(small):
    assert headline(replace(small, tables={})) is None


def test_a_figure_can_be_walked_back(evidence):
    (figure,) = ask_question(evidence).parts

    assert figure.lineage.command == (
        "testigo explain nacion --table counts --area X --period 2020 --source health"
    )
    assert [line.file for line in figure.lineage.lines] == [
        "sources/health.csv",
        "sources/police.csv",
        "sources/files.csv",
    ]
    assert all(len(line.sha256) == 12 for line in figure.lineage.lines)
