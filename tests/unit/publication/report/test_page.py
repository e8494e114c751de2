"""Whatever an observatory looks like, it gets its page."""

from dataclasses import replace
from datetime import date

import pytest

from testigo.core import Area, Text
from testigo.publication import Event, render_report
from testigo.publication.report.page import content_policy


def all_zero(made):
    small = made.small_report()
    counts = [row | {"victims": 0} for row in small.tables["counts"].to_pylist()]
    table = made.COUNTS.table(counts)
    return replace(
        small,
        tables={"counts": table, "convergence": made.compare_sources(table, small.sources)},
    )


def one_year(made):
    small = made.small_report()
    counts = [row for row in small.tables["counts"].to_pylist() if row["period"] == "2020"]
    return replace(small, tables={"counts": made.COUNTS.table(counts)})


def open_catalogue(made):
    """No catalogue was given: area texts are codes that nobody lists."""
    small = made.small_report()
    counts = [
        row | {"area": f"Barrio {row['area']}"} if row["area_level"] == "area" else row
        for row in small.tables["counts"].to_pylist()
        if row["area_level"] != "parent"
    ]
    table = made.COUNTS.table(counts)
    catalogue = made.AreaCatalogue(
        {"X": Area("X", "Ciudad", "whole", None)}, made.LEVELS, closed=False
    )
    return replace(
        small,
        catalogue=catalogue,
        tables={"counts": table, "convergence": made.compare_sources(table, small.sources)},
    )


def many_sources(made):
    small = made.small_report()
    sources = tuple(
        replace(
            small.sources[0], id=f"s{place}", name=Text(es=f"Lista {place}", en=f"List {place}")
        )
        for place in range(14)
    )
    counts = [
        row | {"source": source.id, "victims": row["victims"] + place}
        for place, source in enumerate(sources)
        for row in small.tables["counts"].to_pylist()
        if row["source"] == "health"
    ]
    return replace(small, sources=sources, tables={"counts": made.COUNTS.table(counts)})


def one_area(made):
    small = made.small_report()
    kept = {code: small.catalogue.areas[code] for code in ("X", "01", "01001")}
    tables = {
        name: table.filter([area in kept for area in table["area"].to_pylist()])
        for name, table in small.tables.items()
        if "area" in table.column_names and table.num_rows
    }
    catalogue = replace(small.catalogue, areas=kept)
    return replace(small, catalogue=catalogue, tables=tables)


def wrong_wishes(made):
    return made.small_report(
        main_period="1850",
        main_sources=("nobody",),
        compare=("nobody", "police"),
        rates_source="nobody",
        rates_period="1850",
    )


def many_events(made):
    told = Text(es="algo", en="something")
    return made.small_report(
        events=tuple(Event(date(1980 + year, 1, 1), told) for year in range(60))
    )


def long_names(made):
    return made.small_report(hostile=" de la muy noble y muy leal ciudad" * 8)


def plain_name(made):
    return made.small_report(name="Observatorio", licence="", version="", folder="mi carpeta")


@pytest.mark.parametrize(
    "make",
    [
        all_zero,
        one_year,
        open_catalogue,
        many_sources,
        one_area,
        wrong_wishes,
        many_events,
        long_names,
        plain_name,
    ],
)
def test_every_observatory_gets_its_page(observatories, make):
    page = render_report(make(observatories))

    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    assert "{" not in page.split("</style>")[1].split("<script>")[0]  # no place left unfilled


def test_a_page_of_a_small_office_is_small(small_page):
    assert len(small_page.encode()) < 400_000


def test_invented_data_are_called_so_in_both_languages_on_screen_and_on_paper(observatories):
    page = render_report(observatories.small_report(synthetic=True))

    for said in ("Datos sintéticos: inventados", "Synthetic data: invented"):
        assert page.count(said) == 1
        assert page.index(said) < page.index("<main")
    assert "(datos sintéticos)</title>" in page
    assert "@page synthetic{@top-center{content:" in page[page.index("@media print") :]
    assert 'class="synthetic"' not in render_report(observatories.small_report())


def test_a_folder_with_spaces_can_be_walked(observatories):
    page = render_report(plain_name(observatories))

    assert "testigo explain &#34;mi carpeta&#34; --table counts" in page


def test_the_policy_names_what_it_allows():
    policy = content_policy("p{}", "x()")

    assert "script-src 'sha256-" in policy
    assert policy.endswith("base-uri 'none'; form-action 'none'")
