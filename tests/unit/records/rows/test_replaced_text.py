from __future__ import annotations

COLUMNS = {"date": "date", "area_name": "town", "place": "where"}


def ingest_places(take_in, *texts):
    lines = "".join(f"2020-01-01,Cali,{text},x\n" for text in texts)
    return take_in(f"date,town,where,land\n{lines}", columns=COLUMNS, kind="records")


def test_words_for_missing_inside_other_text_are_damage(take_in, flags):
    found = ingest_places(
        take_in, "NO REPORTADO", "PICACHO CNO REPORTADO6", "VIA NO REPORTADO ROZO", "CENTRO"
    )

    assert flags(found) == {(3, "replaced_text", "where"), (4, "replaced_text", "where")}
    assert found.accepted["place"].to_pylist()[0] is None


def test_without_glued_words_a_sentence_that_says_missing_is_no_damage(take_in, flags):
    found = ingest_places(take_in, "NO REPORTADO", "CALLE NO REPORTADO POR LA FAMILIA", "CENTRO")

    assert flags(found) == set()


def test_a_longer_word_for_missing_is_not_the_damage_of_a_shorter_one(take_in, flags):
    found = ingest_places(take_in, "NO REPORTA", "NO REPORTADO", "ZONA NO REPORTADO")

    assert flags(found) == set()


def test_columns_that_nobody_mapped_are_looked_at_too(take_in, flags):
    text = (
        "date,town,land\n2020-01-01,Cali,NO REPORTADO\n2020-01-01,Cali,GUINEANO REPORTADOBISSAU\n"
    )

    found = take_in(text, columns={"date": "date", "area_name": "town"}, kind="records")

    assert flags(found) == {(3, "replaced_text", "land")}
