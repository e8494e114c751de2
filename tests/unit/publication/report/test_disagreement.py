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
    assert "In 4 of 4 states" in ratio.title.in_language("en")
    assert "20\u00a0%" in ratio.title.in_language("es")
    assert sum(key.count for key in ratio.legend) == 4


def test_without_outlines_dots_stand_for_the_map(evidence):
    ratio = figures(show_disagreement(evidence, None, "2020"))["ratio"]

    assert {drawing.width for drawing in ratio.drawings} == {"wide", "narrow"}
    assert len(ratio.table.rows) == 4


def test_every_pair_is_listed_and_files_are_not_judged(evidence):
    pairs = figures(show_disagreement(evidence, None, "2020"))["pairs"]

    assert pairs.open_table
    assert [cells[-1].in_language("en") for cells in pairs.table.rows] == [
        "not applicable",
        "no",
        "not applicable",
    ]
    assert pairs.title.in_language("en").startswith("0 of 1 pairs")


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
    from dataclasses import replace

    areas = {
        code: area if area.level != "area" else replace(area, parent="X")
        for code, area in small.catalogue.areas.items()
        if area.level != "parent"
    }
    flat = replace(small, catalogue=replace(small.catalogue, areas=areas))
    ten = figures(show_disagreement(Evidence(flat), None, "2020"))["ten-places"]

    assert len(ten.table.rows) == 10
    assert ten.title.in_language("en").startswith("10 municipalities make ")
    differences = [abs(row[3].value) for row in ten.table.rows]
    assert differences == sorted(differences, reverse=True)


def test_nothing_known_and_nothing_to_draw_on_leaves_the_table(hidden):
    ratio = figures(show_disagreement(Evidence(hidden), None, "2020"))["ratio"]

    assert ratio.drawings == ()
    assert ratio.quote is None
    assert "In no place" in ratio.title.in_language("en")
    assert len(ratio.table.rows) == 4
