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


def test_both_repairs_are_shown_and_the_years_ringed(one_table):
    (figure,) = parts_of(show_inconsistencies(Evidence(one_table)), Figure)

    assert "2011 and 2012" in str(figure.title)
    assert "41.2" in str(figure.notes[0])
    assert "2,001" in str(figure.notes[0])
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

    assert findings.findings[0].override == (
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

    assert (findings.findings[0].found, findings.findings[0].expected) == ("", "")


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
