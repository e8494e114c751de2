from __future__ import annotations

import pyarrow as pa
import pytest

from testigo.records.rows.coded import encode
from testigo.records.rows.personal import kind_by_name, kind_by_values


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("CÉDULA", "identifiers"),
        ("No. de documento", "identifiers"),
        ("CURP", "identifiers"),
        ("dni_victima", "identifiers"),
        ("CORREO", "emails"),
        ("E-mail", "emails"),
        ("email", "emails"),
        ("Teléfono celular", "telephones"),
        ("APELLIDO PATERNO", "names"),
        ("Nombre completo de la víctima", "names"),
        ("nombres", "names"),
        ("Tipo de documento", None),
        ("NOMBRE_MUNICIPIO", None),
        ("municipio_name", None),
        ("MOVIL VICTIMA", None),
        ("No Identificado", None),
        ("", None),
    ],
)
def test_names_of_columns_announce_personal_data(column, kind):
    assert kind_by_name(column) == kind


FORMS = {
    "e-mails": (lambda n: f"correo{n}@unidatos.edu.co", "emails"),
    "one e-mail": (lambda n: "a@b.co" if n == 1 else "no tiene", "emails"),
    "numbers with a dash": (lambda n: f"{10 + n}-{900 - n}", "identifiers"),
    "eight digits": (lambda n: str(52_000_000 + 7_919 * n), "identifiers"),
    "digits in threes": (lambda n: f"1.0{n + 10}.345.6{n + 10}", "identifiers"),
    "official code": (lambda n: f"GOMC8001{n + 10}HDFRRL09", "identifiers"),
    "telephones": (lambda n: f"+57 300 555 {n:04}", "telephones"),
    "times": (lambda n: f"2020-01-{n % 28 + 1:02} 10:{n:02}", None),
    "dates": (lambda n: f"{n % 28 + 1:02}-01-20{n:02}", None),
    "coordinates": (lambda n: f"{-70 - n / 7:.5f}", None),
    "codes of places": (lambda n: f"0500{n % 9}", None),
    "row numbers": (lambda n: str(100_001 + n), None),
    "numbers of any length": (lambda n: str(7**n % 10_000_019), None),
    "words": (lambda n: f"BARRIO {n}", None),
    "nothing": (lambda n: None, None),
}


@pytest.mark.parametrize("name", FORMS)
def test_values_show_what_a_column_holds(name):
    form, kind = FORMS[name]
    column = encode(pa.chunked_array([[form(number) for number in range(60)]], pa.string()))

    assert kind_by_values(column) == kind
