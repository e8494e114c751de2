from __future__ import annotations

import pytest

from testigo.core import Area, AreaCatalogue
from testigo.records import HandTables

HEADER = "date,dept,code,town,count\n"
COLUMNS = {
    "date": "date",
    "parent_name": "dept",
    "area": "code",
    "area_name": "town",
    "value": "count",
}


def place(take_in, dept="", code="", town="", **more):
    """Where one row is placed: area, parent, reason, flags."""
    more.setdefault("columns", COLUMNS)
    found = take_in(f"{HEADER}2020-01-01,{dept},{code},{town},1\n", **more)
    line = (found.accepted.to_pylist() or [{"area": None, "parent": None}])[0]
    reason = (found.set_aside["reason"].to_pylist() or [""])[0]
    return line["area"], line["parent"], reason, sorted(found.flags["reason"].to_pylist())


@pytest.mark.parametrize(
    ("dept", "code", "town"),
    [
        ("", "05030", ""),
        ("", "5030000.0", ""),
        ("ANTIOQUIA", "", "AMAGÁ"),
        ("Antioquia", "", "Ama\tga"),
        ("Departamento de Antioquia", "", "amaga"),
        ("05", "", "Amagá"),
        ("", "", "Amagá"),
        ("Antioquia", "30", ""),
        ("S/D", "", "Amagá"),
    ],
)
def test_a_place_is_found_by_code_or_name(take_in, dept, code, town):
    assert place(take_in, dept, code, town) == ("05030", "05", "", [])


def test_a_place_not_in_the_catalogue_counts_for_its_parent(take_in):
    found = take_in(
        f"{HEADER}2020-01-01,VALLE,,Caly,1\n2020-01-02,VALLE,,Caly,2\n", columns=COLUMNS
    )

    assert found.accepted["parent"].to_pylist() == ["76", "76"]
    assert found.accepted["area"].null_count == 2
    assert set(found.flags["reason"].to_pylist()) == {"area_not_matched"}
    line = found.unmatched_places.to_pylist()[0]
    assert (line["parent_text"], line["area_text"], line["rows"]) == ("VALLE", "Caly", 2)
    assert (line["candidate_code"], line["candidate_name"]) == ("76001", "Cali")
    assert 70 < line["score"] < 100


def test_a_place_of_another_parent_is_suggested_and_not_taken(take_in):
    found = take_in(f"{HEADER}2020-01-01,VALLE,,Medellín,1\n", columns=COLUMNS)

    line = found.unmatched_places.to_pylist()[0]
    assert found.accepted["area"].to_pylist() == [None]
    assert (line["candidate_code"], line["candidate_name"]) == ("05001", "Medellín (Antioquia)")


def test_a_new_code_counts_for_the_parent_that_its_digits_name(take_in):
    assert place(take_in, code="05999") == (None, "05", "", ["area_not_matched"])


def test_unknown_places_are_kept_as_unknown(take_in):
    unknown = {"unknown_areas": ("*999", "Extranjero")}

    assert place(take_in, code="76999", **unknown) == (None, "76", "", [])
    assert place(take_in, "Valle", "", "EXTRANJERO", **unknown) == (None, "76", "", [])
    assert place(take_in, "Valle", "", "Se desconoce") == (None, "76", "", [])
    assert place(take_in, "", "", "", unknown_areas=("",)) == (None, None, "", [])


def test_a_place_that_is_nowhere_waits_for_a_mend(take_in):
    found = take_in(f"{HEADER}2020-01-01,Atlántida,,Ys,1\n", columns=COLUMNS)

    line = found.unmatched_places.to_pylist()[0]
    assert found.set_aside["reason"].to_pylist() == ["area_not_in_catalogue"]
    assert (line["parent_text"], line["area_text"]) == ("Atlántida", "")


def test_an_alias_finds_a_place_or_a_parent(take_in):
    aliases = {("police", "", "La Sucursal"): "76001", ("*", "Atlántida", ""): "05"}
    hand = HandTables(place_aliases=aliases)

    assert place(take_in, "Valle", "", "la sucursal", hand=hand) == ("76001", "76", "", [])
    assert place(take_in, "ATLANTIDA", "", "Amagá", hand=hand) == ("05030", "05", "", [])


def test_contradictions_are_flagged_and_the_code_wins(take_in):
    assert place(take_in, "Valle", "05030", "Amagá")[3] == ["parent_contradicts_area"]
    assert place(take_in, "Antioquia", "05030", "Copacabana")[3] == ["area_contradicts_name"]
    assert place(take_in, "Antioquia", "05030", "Copacabana")[0] == "05030"


def test_namesakes_without_a_parent_are_ambiguous(take_in):
    whole = Area("XX", "País", "whole", None)
    parents = [Area(code, f"Estado {code}", "parent", "XX") for code in ("01", "02")]
    towns = [Area(f"{parent.code}001", "San Juan", "area", parent.code) for parent in parents]
    areas = AreaCatalogue({area.code: area for area in (whole, *parents, *towns)})

    assert place(take_in, "", "", "San Juan", areas=areas)[2] == "place_ambiguous"
    assert place(take_in, "Estado 02", "", "San Juan", areas=areas)[0] == "02001"


def test_a_source_may_speak_of_parents_only(take_in):
    text = "date,state,count\n2020-01-01,VALLE DEL CAUCA,1\n2020-01-01,5,1\n2020-01-01,Ys,1\n"
    columns = {"date": "date", "area": "state", "value": "count"}

    found = take_in(text, columns=columns, area_level="parent")

    assert found.accepted["parent"].to_pylist() == ["76", "05"]
    assert found.accepted["area"].null_count == 2
    assert found.set_aside["reason"].to_pylist() == ["area_not_in_catalogue"]
    assert found.unmatched_places["area_text"].to_pylist() == ["Ys"]


def test_without_a_catalogue_texts_are_areas_and_spellings_are_joined(take_in):
    areas = AreaCatalogue({"XX": Area("XX", "Todo", "whole", None)}, closed=False)
    text = HEADER + "".join(
        f"2020-01-{day:02},{dept},,{town},1\n"
        for day, (dept, town) in enumerate(
            [
                ("Norte", "San José"),
                ("Norte", "SAN JOSE"),
                ("Norte", "San José"),
                ("Sur", "Santa Ana"),
                ("Norte", "Santa Ana"),
                ("Sur", "Sin dato"),
                ("Sur", ""),
            ],
            start=1,
        )
    )

    found = take_in(text, columns=COLUMNS, areas=areas)

    assert found.accepted["area"].to_pylist() == [
        "San José",
        "San José",
        "San José",
        "Santa Ana (Sur)",
        "Santa Ana (Norte)",
        None,
    ]
    assert found.set_aside["reason"].to_pylist() == ["area_missing"]
    assert found.unmatched_places.num_rows == 0


def test_short_forms_are_told_in_a_note(take_in):
    areas = AreaCatalogue(
        {
            "MX": Area("MX", "México", "whole", None),
            "19": Area("19", "Nuevo León", "parent", "MX"),
            "19021": Area("19021", "General Escobedo", "area", "19"),
        }
    )

    found = take_in(f"{HEADER}2020-01-01,Nuevo León,,Escobedo,1\n", columns=COLUMNS, areas=areas)

    assert found.accepted["area"].to_pylist() == ["19021"]
    assert "Escobedo = General Escobedo" in str(found.notes[-1])


@pytest.mark.parametrize(
    ("delivered", "official"),
    [
        ("Villanueva", "Villa Nueva"),
        ("Cd. Vieja", "Ciudad Vieja"),
        ("Sn. Jerónimo", "San Jerónimo"),
        ("Progreso", "El Progreso"),
    ],
)
def test_every_match_that_is_not_to_the_letter_is_told(take_in, delivered, official):
    areas = AreaCatalogue(
        {
            "GT": Area("GT", "Guatemala", "whole", None),
            "1": Area("1", "Norte", "parent", "GT"),
            "11": Area("11", official, "area", "1"),
        }
    )

    found = take_in(f"{HEADER}2020-01-01,Norte,,{delivered},1\n", columns=COLUMNS, areas=areas)

    assert found.accepted["area"].to_pylist() == ["11"]
    assert f"{delivered} = {official}" in str(found.notes[-1])


@pytest.mark.parametrize("delivered", ["VILLA  NUEVA", "villa nueva", "Villa Nue\nva"])
def test_a_match_to_the_letter_is_not_told(take_in, delivered):
    areas = AreaCatalogue(
        {
            "GT": Area("GT", "Guatemala", "whole", None),
            "1": Area("1", "Norte", "parent", "GT"),
            "11": Area("11", "Villa Nueva", "area", "1"),
        }
    )

    found = take_in(f'{HEADER}2020-01-01,Norte,,"{delivered}",1\n', columns=COLUMNS, areas=areas)

    assert found.accepted["area"].to_pylist() == ["11"]
    assert "Nueva" not in " ".join(map(str, found.notes))


def test_a_parent_that_is_not_written_as_in_the_catalogue_is_told(take_in):
    found = take_in(f"{HEADER}2020-01-01,Depto. de Antioquia,,Amagá,1\n", columns=COLUMNS)

    assert "Depto. de Antioquia = Antioquia" in str(found.notes[-1])
