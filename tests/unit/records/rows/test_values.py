from __future__ import annotations

import pyarrow as pa
import pytest

from testigo.records.rows.coded import encode
from testigo.records.rows.values import STATUSES, mapped_codes, statuses_of, tidy


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ARMA BLANCA", "stated"),
        ("0", "stated"),
        ("No aplica", "stated"),
        ("NO REPORTADO", "unknown"),
        ("no reportado.", "unknown"),
        ("Sin información", "unknown"),
        ("(se desconoce)", "unknown"),
        ("S/D", "unknown"),
        ("N.D.", "unknown"),
        ("-", "unknown"),
        ("?", "unknown"),
        ("unknown", "unknown"),
        ("*", "withheld"),
        ("RESERVADO", "withheld"),
        ("withheld", "withheld"),
        ("not_collected", "not_collected"),
    ],
)
def test_unknown_withheld_and_stated_stay_apart(text, status):
    assert STATUSES[statuses_of(pa.array([text]))[0]] == status


def test_a_code_map_says_delivered_values_otherwise():
    column = encode(pa.chunked_array([["1", "1.0", "2", "Otro", None]]))
    maps = {
        ("*", "sex", "1"): "male",
        ("*", "sex", "2"): "nobody",
        ("police", "sex", "2"): "female",
        ("press", "sex", "OTRO"): "unknown",
        ("*", "age", "Otro"): "unknown",
    }

    said = mapped_codes(column, maps, source="police", field="sex")

    assert said.values() == ["male", "female", "Otro"]
    assert said.codes.tolist() == [0, 0, 1, 2, -1]


def test_text_is_shown_on_one_line():
    assert tidy("  Naucalpan \n de  Juárez") == "Naucalpan de Juárez"
