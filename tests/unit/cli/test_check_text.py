"""What `testigo check` answers."""

import csv

from testigo.cli.check_text import SHOWN_PLACES, alias_lines, checked_as_dict, tell_checked
from testigo.cli.voice import Voice


def test_it_tells_rows_reasons_places_findings_notes(checked, capsys):
    tell_checked(Voice(), checked)

    shown = capsys.readouterr().out
    assert "quarantined 100" in shown
    assert "date_impossible" in shown
    assert "press: Acapulco, de J., Guerrero (31 rows): perhaps Acapulco de Juárez (12001)" in shown
    assert "press: Xyz (1 rows): no candidate" in shown
    assert "C01 explained" in shown
    assert "police,C01,2012," in shown  # the line to sign
    assert "Latin-1" in shown
    assert shown.endswith("Nothing was changed.\n")


def test_lines_for_the_aliases_can_be_pasted_as_they_are(unmatched_places):
    lines = alias_lines(unmatched_places.to_pylist())

    assert list(csv.reader(lines)) == [
        ["source", "parent_text", "area_text", "area"],
        ["press", "", "Xyz", ""],
        ["press", "Guerrero", "Acapulco, de J.", "12001"],
    ]


def test_many_places_are_cut_the_most_frequent_first(checked, capsys):
    line = checked.unmatched_places.to_pylist()[0]
    places = [line | {"area_text": f"place {rows}", "rows": rows} for rows in range(30)]
    checked.unmatched_places = checked.unmatched_places.from_pylist(places)

    tell_checked(Voice(), checked)

    shown = capsys.readouterr().out
    assert "place 29" in shown
    assert "place 9," not in shown
    assert f"and {30 - SHOWN_PLACES} more" in shown


def test_machines_get_everything(checked):
    told = checked_as_dict(Voice("es"), checked)

    assert len(told["unmatched_places"]) == 2
    assert told["notes"] == ["Latin-1", "No se cambió nada."]


def test_nothing_unmatched_is_not_spoken_of(checked, capsys):
    checked.unmatched_places = checked.unmatched_places.slice(0, 0)

    tell_checked(Voice(), checked)

    assert "place_aliases" not in capsys.readouterr().out
