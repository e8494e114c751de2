"""Where every row went, printed."""

from testigo.cli.balance_text import tell_balance, tell_mends, tell_notes, tell_reasons
from testigo.cli.voice import Voice
from testigo.core import Message
from testigo.records import REASONS


def test_the_three_numbers_add_up_and_are_printed(deliveries, capsys):
    tell_balance(Voice(), deliveries)

    shown = capsys.readouterr().out
    assert "sources/a.csv" in shown
    assert "Rows: delivered 12,010 = accepted 11,010 + excluded 900 + quarantined 100." in shown


def test_and_in_spanish_with_its_own_numbers(deliveries, capsys):
    tell_balance(Voice("es"), deliveries)

    shown = capsys.readouterr().out
    assert "entregadas 12\u202f010 = aceptadas 11\u202f010" in shown
    assert "excluidas 900 + en cuarentena 100" in shown


def test_reasons_are_summed_over_files_the_quarantined_first(reasons, capsys):
    tell_reasons(Voice(), reasons)

    lines = capsys.readouterr().out.splitlines()
    assert lines[3].split()[:4] == ["quarantined", "police", "fecha", "100"]
    assert lines[3].endswith(
        "There is no such day in the calendar, or its year cannot be meant. (date_impossible)"
    )
    assert lines[4].split()[:4] == ["excluded", "police", "fecha", "900"]
    assert lines[4].endswith("(out_of_scope)")


def test_reasons_are_sentences_of_the_readers_language(reasons, capsys):
    tell_reasons(Voice("es"), reasons)

    assert "Ese día no existe" in capsys.readouterr().out


def test_a_personal_column_is_counted_in_files_not_in_rows(reasons, capsys):
    line = reasons.to_pylist()[0] | {
        "reason": "personal_column",
        "placement": "flagged",
        "column": "CEDULA",
        "rows": 2,
    }
    tell_reasons(Voice(), REASONS.table([line]))

    assert "files: 2" in capsys.readouterr().out


def test_each_reason_is_told_once_with_its_mend(reasons, capsys):
    tell_mends(Voice(), reasons)

    shown = capsys.readouterr().out
    assert shown.count("(date_impossible)") == 1
    assert "`keep` in testigo.toml" in shown


def test_no_reasons_and_no_notes_print_nothing(capsys):
    tell_reasons(Voice(), REASONS.table([]))
    tell_mends(Voice(), REASONS.table([]))
    tell_notes(Voice(), ())

    assert capsys.readouterr().out == ""


def test_many_notes_are_cut_and_the_rest_counted(capsys):
    tell_notes(Voice(), (Message("file"), Message("reason"), Message("column")), most=2)

    shown = capsys.readouterr().out
    assert "- reason" in shown
    assert "- column" not in shown
    assert "and 1 more" in shown
