from dataclasses import replace

from testigo.publication.report.disagreement import show_disagreement
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Note
from testigo.publication.report.maps import lay_out


def figures(section):
    return {part.ident: part for part in section.parts if not isinstance(part, Note)}


def test_the_ratio_is_mapped_with_marks_for_a_grey_printer(small, evidence):
    ratio = figures(show_disagreement(evidence, lay_out(small.catalogue), "2020"))["ratio"]

    (drawing,) = ratio.drawings
    assert drawing.svg.count("▼") == 2 * 4  # four provinces, each with its halo
    assert ratio.title.in_language("en") == (
        "In 2020 the two sources differ by more than 20% in 4 of 4 states"
    )
    assert "20\u00a0%" in ratio.title.in_language("es")
    assert sum(key.count for key in ratio.legend) == 4


def test_without_outlines_dots_stand_for_the_map(evidence):
    ratio = figures(show_disagreement(evidence, None, "2020"))["ratio"]

    assert {drawing.width for drawing in ratio.drawings} == {"wide", "narrow"}
    assert len(ratio.table.rows) == 4


def test_every_pair_is_listed_and_files_are_not_judged(evidence):
    pairs = figures(show_disagreement(evidence, None, "2020"))["pairs"]

    assert pairs.open_table
    assert [cells[1].in_language("en") for cells in pairs.table.rows] == [
        "not applicable",
        "no",
        "not applicable",
    ]
    assert pairs.title.in_language("en").endswith("in 2020: 0 of 1")


def test_one_source_leaves_a_sentence_why(one_table):
    section = show_disagreement(Evidence(one_table), None, None)

    (note,) = section.parts
    assert "two sources" in note.text.in_language("en")


def test_suppressed_counts_stay_suppressed(hidden, small):
    found = figures(show_disagreement(Evidence(hidden), lay_out(small.catalogue), "2020"))

    assert found["ratio"].drawings[0].svg.count('fill="url(#hatch)"') == 4
    assert {str(cell) for row in found["ratio"].table.rows for cell in row[1:3]} == {"suppressed"}
    assert {str(cell) for row in found["pairs"].table.rows for cell in row[1:]} == {"suppressed"}


def test_ten_places_are_named_when_there_are_more(evidence, observatories, small):
    """At the level of towns there are twelve."""
    areas = {
        code: area if area.level != "area" else replace(area, parent="X")
        for code, area in small.catalogue.areas.items()
        if area.level != "parent"
    }
    flat = replace(small, catalogue=replace(small.catalogue, areas=areas))
    ten = figures(show_disagreement(Evidence(flat), None, "2020"))["ten-places"]

    assert len(ten.table.rows) == 10
    assert ten.title.in_language("en").startswith("In 2020, 10 municipalities hold ")
    differences = [abs(row[3].value) for row in ten.table.rows]
    assert differences == sorted(differences, reverse=True)


def test_nothing_known_and_nothing_to_draw_on_leaves_the_table(hidden):
    ratio = figures(show_disagreement(Evidence(hidden), None, "2020"))["ratio"]

    assert ratio.drawings == ()
    assert ratio.quote is None
    assert "In no place" in ratio.title.in_language("en")
    assert len(ratio.table.rows) == 4


def test_a_suppressed_place_is_in_no_sum_and_said_to_be_missing(small, observatories):
    report = observatories.suppressed_places(small, "01")
    for paper in (None, lay_out(small.catalogue)):
        ratio = figures(show_disagreement(Evidence(report), paper, "2020"))["ratio"]

        assert ratio.title.in_language("en") == (
            "In 2020 the two sources differ by more than 20% in 3 of 3 states; 1 state suppressed"
        )
        assert any("in no sum" in note.in_language("en") for note in ratio.notes)
        assert [key.count for key in ratio.legend if "suppressed" in str(key.meaning)] == [1]


def test_a_suppressed_ratio_is_not_said_to_be_inapplicable(hidden):
    ratio = figures(show_disagreement(Evidence(hidden), None, "2020"))["ratio"]

    assert {str(row[3]) for row in ratio.table.rows} == {"suppressed"}


def test_a_ratio_is_of_one_count_for_each_of_the_other(evidence):
    ratio = figures(show_disagreement(evidence, None, "2020"))["ratio"]

    assert ratio.subtitle.in_language("es").startswith("Víctimas según «Policía Nacional» (")
    assert " por cada una según «Registro civil» (" in ratio.subtitle.in_language("es")


def test_every_percentage_says_of_what(evidence):
    """Two counts differ by one share of their mean and by another of the lower one."""
    shown = figures(show_disagreement(evidence, None, "2020"))
    for ident in ("ratio", "pairs"):
        table = shown[ident].table

        assert table.head[-1].in_language("es") == "diferencia sobre el promedio"
        assert "dividido entre su promedio" in table.note.in_language("es")


def test_gaps_of_both_directions_are_told_from_what_remains(small, observatories):
    """Gaps 1 to 12, eleven up and one down: 78 in all, the ten largest 75; net 54 and 51."""
    rows = []
    areas = [area.code for area in small.catalogue.of_level("area")]
    for gap, area in enumerate(areas, 1):
        up = 100 + gap if gap < 12 else 100 - gap
        rows.append(
            {"source_a": "health", "source_b": "police", "area_level": "area", "area": area}
            | {"period": "2020", "count_a": 100, "count_b": up}
        )
    template = small.tables["convergence"].to_pylist()[0]
    rows = [template | row for row in rows]
    flat = {
        code: area if area.level != "area" else replace(area, parent="X")
        for code, area in small.catalogue.areas.items()
        if area.level != "parent"
    }
    tables = dict(small.tables) | {"convergence": observatories.CONVERGENCE.table(rows)}
    report = replace(small, tables=tables, catalogue=replace(small.catalogue, areas=flat))
    ten = figures(show_disagreement(Evidence(report), None, "2020"))["ten-places"]

    assert "96% of the gaps" in ten.title.in_language("en")
    note = ten.notes[0].in_language("en")
    assert "make 78; these 10 make 75" in note
    assert "54 remain in all, and 51 in these 10" in note


def test_one_place_to_compare_is_said_once(small, observatories):
    report = observatories.suppressed_places(small, "01", "02", "03")
    ratio = figures(show_disagreement(Evidence(report), None, "2020"))["ratio"]

    for language in ("en", "es"):
        assert ratio.alt.in_language(language).count("Provincia D") == 1
        assert ratio.quote.in_language(language).count("Provincia D") == 1
    assert ratio.alt.in_language("es").startswith("Solo se puede comparar Provincia D")
