"""Small tables of text."""

from testigo.cli.text_tables import lay_out


def test_words_stand_left_and_numbers_right():
    lines = lay_out(["file", "n", "m"], [["a", "1", "1,000"], ["bbbbbb", "22", "3"]], numbers=2)

    assert lines == ["file     n      m", "a        1  1,000", "bbbbbb  22      3"]


def test_a_table_without_rows_is_its_header():
    assert lay_out(["a", "b"], [], numbers=1) == ["a  b"]
