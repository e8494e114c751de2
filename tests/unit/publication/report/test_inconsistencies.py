from dataclasses import replace

from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Figure, FindingsList, Note
from testigo.publication.report.inconsistencies import show_inconsistencies


def parts_of(section, kind):
    return [part for part in section.parts if isinstance(part, kind)]


def test_a_block_says_how_to_lift_it(one_table):
    (note,) = parts_of(show_inconsistencies(Evidence(one_table)), Note)

    text = str(note.text)
    assert "hand/overrides.csv" in text
    assert "for police and rule C01" in text
    assert "An error (C01, 2012) withholds every figure" in text
    assert "other years too" in text


def test_both_repairs_are_shown_and_the_years_ringed(one_table):
    (figure,) = parts_of(show_inconsistencies(Evidence(one_table)), Figure)

    assert "2011 and 2012" in str(figure.title)
    assert "41.2" not in "".join(map(str, figure.notes))  # told once, among the findings
    (findings,) = parts_of(show_inconsistencies(Evidence(one_table)), FindingsList)
    assert "2,576 would give 41.2" in str(findings.findings[0].explanation.en)
    assert figure.drawings[0].svg.count('stroke="#b4520a"') == 2
    assert "does not vouch" in str(figure.notes[-1])
    flagged = [row[0] for row in figure.table.rows if str(row[-1])]
    assert flagged == ["2011", "2012"]


def test_errors_come_first(one_table):
    (findings,) = parts_of(show_inconsistencies(Evidence(one_table)), FindingsList)

    assert [one.severity for one in findings.findings] == ["error", "warning"]
    assert str(findings.title) == "Errors: 1. Warnings: 1. Notes: 0."


def test_a_signature_stays_visible(observatories):
    signed = Evidence(observatories.one_table_report(signed=True))
    (findings,) = parts_of(show_inconsistencies(signed), FindingsList)

    assert findings.findings[0].override.es == (
        "partial year, shown with its repair (editorial board, 2026-01-10)"
    )


def test_codes_are_not_printed_as_numbers(small, observatories):
    told = [
        observatories.finding("files", "C23", "warning", "unit", found="file", expected="victim")
    ]
    tables = dict(small.tables) | {"consistency": observatories.CONSISTENCY.table(told)}
    (findings,) = parts_of(
        show_inconsistencies(Evidence(replace(small, tables=tables))), FindingsList
    )

    assert (findings.findings[0].found, findings.findings[0].expected) == (None, None)


def test_many_findings_point_to_the_file(small, observatories):
    told = [observatories.finding("police", "C22", "warning", str(row)) for row in range(60)]
    tables = dict(small.tables) | {"consistency": observatories.CONSISTENCY.table(told)}
    (findings,) = parts_of(
        show_inconsistencies(Evidence(replace(small, tables=tables))), FindingsList
    )

    assert len(findings.findings) + findings.left_out == 60
    assert findings.left_out == 20


def test_cells_in_which_a_part_exceeds_its_whole_are_counted(small, observatories):
    cells = [
        {"table": "police", "rule": "C13", "area": "01001", "period": f"201{year}-03"}
        | {"found": 3 + year, "expected": 1}
        for year in range(6, 9)
    ]
    sources = [
        replace(source, subset_of="health") if source.id == "police" else source
        for source in small.sources
    ]
    tables = dict(small.tables) | {
        "consistency_cells": observatories.CONSISTENCY_CELLS.table(cells)
    }
    given = Evidence(replace(small, tables=tables, sources=tuple(sources)))
    (figure,) = parts_of(show_inconsistencies(given), Figure)

    assert "In 3 places and months “National police” counts more" in str(figure.title)
    assert "27 more in all" in str(figure.quote)
    assert figure.table.rows[0][1] == "2018-03"  # the largest excess first


def test_silence_is_told_from_not_having_looked(small):
    looked = replace(
        small, tables=dict(small.tables) | {"consistency": small.tables["consistency"][:0]}
    )
    (note,) = show_inconsistencies(Evidence(looked)).parts
    (other,) = show_inconsistencies(Evidence(replace(small, tables={}))).parts

    assert "found anything" in str(note.text)
    assert "were not run" in str(other.text)


def told(small, observatories, *lines):
    tables = dict(small.tables) | {"consistency": observatories.CONSISTENCY.table(list(lines))}
    evidence = Evidence(replace(small, tables=tables))
    return parts_of(show_inconsistencies(evidence), FindingsList)[0].findings


def test_codes_of_sources_and_places_become_names(small, observatories):
    en, es = "the largest is 01002, 2010-05: 55 against 4.", "la mayor es 01002, 2010-05: 55 a 4."
    line = observatories.finding("police", "C13", "warning", "police <= health", en=en, es=es)
    (found,) = told(small, observatories, line)

    assert found.where.in_language("es") == "Policía Nacional ≤ Registro civil"
    assert found.explanation.in_language("es") == "la mayor es Villa 01, 2010-05: 55 a 4."
    assert found.explanation.in_language("en") == "the largest is Villa 01, 2010-05: 55 against 4."


def test_a_number_that_looks_like_a_code_stays_a_number(small, observatories):
    line = observatories.finding(
        "police", "C21", "warning", "2019", es="cubre 01 de 02 meses, 2019"
    )
    (found,) = told(small, observatories, line)

    assert found.explanation.in_language("es") == "cubre 01 de 02 meses, 2019"


def test_a_reason_signed_in_both_languages_is_read_in_one(small, observatories):
    reason = "Se publican lado a lado / They are published side by side (data desk, 2026-01-10)"
    plain = "homicidios / feminicidios (data desk, 2026-01-10)"
    lines = [
        observatories.finding("police", "C13", "warning", "2018", override=reason),
        observatories.finding("police", "C21", "warning", "2019", override=plain),
    ]
    both, one = told(small, observatories, *lines)

    assert both.override.in_language("es") == "Se publican lado a lado (data desk, 2026-01-10)"
    assert both.override.in_language("en") == (
        "They are published side by side (data desk, 2026-01-10)"
    )
    assert one.override.in_language("en") == plain


def test_what_was_found_is_written_as_each_language_writes_numbers(one_table):
    (findings,) = parts_of(show_inconsistencies(Evidence(one_table)), FindingsList)
    error = findings.findings[0]

    assert (error.found.in_language("es"), error.found.in_language("en")) == ("32,0", "32.0")
    assert error.expected.in_language("es") == "41,2 / 2001"
