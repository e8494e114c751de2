from dataclasses import replace

from testigo.publication.report.closing import close_page, fingerprint
from testigo.publication.report.evidence import Evidence


def texts(report):
    sections = {section.ident: section for section in close_page(Evidence(report))}
    method = [str(one) for part in sections["method"].parts for one in part.sentences]
    citation = [str(one) for one in sections["provenance"].parts[1].sentences]
    return method, citation


def test_every_file_that_was_published_can_be_taken_away(small):
    downloads = close_page(Evidence(small))[0].parts[0]
    links = {link for file in downloads.files for _, link in file.links}

    assert "../tables/rates.csv" in links
    assert "../tables/rates.parquet" in links
    assert "../datapackage.json" in links
    assert "../tables/consistency_cells.csv" not in links  # it is empty here


def test_the_edition_changes_with_the_deliveries_and_not_with_the_day(small, observatories):
    more = dict(small.tables) | {"deliveries": small.tables["deliveries"][:2]}

    assert fingerprint(Evidence(small)) == fingerprint(Evidence(observatories.small_report()))
    assert fingerprint(Evidence(small)) != fingerprint(Evidence(replace(small, tables=more)))


def test_the_page_says_how_to_cite_it_and_on_which_terms(small):
    _, citation = texts(small)

    assert "“Observatory”. Report made with Testigo 0.1.0" in citation[0]
    assert "CC BY 4.0" in citation[1]


def test_a_missing_licence_is_said(small):
    assert "has not said" in texts(replace(small, licence=""))[1][1]


def test_suppression_is_told_with_its_k(small):
    private = replace(small, sources=(replace(small.sources[0], published=False),), k=7)

    assert any("fewer than 7 victims" in one for one in texts(private)[0])
    assert any("no cell was suppressed" in one for one in texts(small)[0])
