from __future__ import annotations

import pytest

from testigo.core import ConfigurationError
from testigo.records import read_hand_tables


def test_an_observatory_without_hand_made_tables_has_none(tmp_path):
    hand = read_hand_tables(tmp_path)

    assert (dict(hand.place_aliases), dict(hand.code_maps)) == ({}, {})


def test_both_tables_are_read(tmp_path):
    (tmp_path / "place_aliases.csv").write_text(
        "source,parent_text,area_text,area\n,Valle,La Sucursal,76001\n\n*,Ys,,05\n",
        encoding="utf-8",
    )
    (tmp_path / "code_maps.csv").write_text(
        "source;field;given;ours\npress;sex;1;male\n*;value;-;0\n", encoding="utf-8"
    )

    hand = read_hand_tables(tmp_path)

    assert hand.place_aliases == {("*", "Valle", "La Sucursal"): "76001", ("*", "Ys", ""): "05"}
    assert hand.code_maps == {("press", "sex", "1"): "male", ("*", "value", "-"): "0"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("place_aliases.csv", "source,parent,area\n*,x,1\n", "no column"),
        (
            "place_aliases.csv",
            "source,parent_text,area_text,area\n*,x,y,\n",
            "row 2, column 'area': it is blank",
        ),
        (
            "place_aliases.csv",
            "source,parent_text,area_text,area\n*,x,y,1\n*,x,y,2\n",
            "rows 2 and 3 say different things",
        ),
        (
            "place_aliases.csv",
            "source,parent_text,area_text,area\n*,x,Bogota,1\n*,x,BOGOTÁ,2\n",
            "rows 2 and 3 say different things",
        ),
        (
            "place_aliases.csv",
            "source,parent_text,area_text,area\n*,x,Bogotá, D. C.,1\n*,x,y,2\n*,x,z,2\n",
            r"hand/place_aliases\.csv, row 2: the row has more or fewer cells",
        ),
        ("code_maps.csv", "source,field,given,ours\n*,sexo,1,male\n", "line 2: 'sexo' is not"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, name, text, said):
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=said):
        read_hand_tables(tmp_path)


@pytest.mark.parametrize(
    ("field", "ours"),
    [("sex", "zzz"), ("sex", "M"), ("age", "young"), ("hour", "25"), ("value", "many")],
)
def test_a_code_map_may_not_invent_a_word_of_ours(tmp_path, field, ours):
    (tmp_path / "code_maps.csv").write_text(
        f"source,field,given,ours\npress,sex,1,male\nmorgue,{field},H,{ours}\n", encoding="utf-8"
    )

    with pytest.raises(ConfigurationError) as refused:
        read_hand_tables(tmp_path)

    assert refused.value.exit_code == 10
    assert f"line 3: {ours!r} is not a value of {field}." in str(refused.value)
    assert "unknown, not_collected, withheld" in str(refused.value)
    if field == "sex":
        assert "female, male" in str(refused.value)


@pytest.mark.parametrize(
    ("field", "ours"),
    [
        ("sex", "female"),
        ("sex", "Mujer"),
        ("sex", "other"),
        ("sex", "unknown"),
        ("age", "44"),
        ("age", "withheld"),
        ("hour", "6:30"),
        ("value", "0"),
        ("value", "not_collected"),
        ("weapon", "arma de fuego"),
        ("month", "marzo"),
    ],
)
def test_a_code_map_may_say_every_word_of_ours(tmp_path, field, ours):
    (tmp_path / "code_maps.csv").write_text(
        f"source,field,given,ours\n*,{field},x,{ours}\n", encoding="utf-8"
    )

    assert read_hand_tables(tmp_path).code_maps == {("*", field, "x"): ours}
