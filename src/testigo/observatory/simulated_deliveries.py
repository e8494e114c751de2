"""Invented lists as institutions would deliver them: each with its columns, words and dates.

What differs between the four is what differs between real deliveries: names in one column or
two, capitals without accents, accents broken on the way, codes or names of places, four ways to
write a day, commas and semicolons, decimal commas.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Text
from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_MISREAD: Final = "latin-1"  # UTF-8 that a program took for Latin-1, and saved


@dataclass(frozen=True, slots=True)
class DeliveryForm:
    """How an institution lays out its list.

    Attributes
    ----------
    name
        Of the institution.
    family, date_basis
        As in testigo.toml.
    file
        Below sources/.
    prefix
        Of its record numbers.
    columns
        Field to delivered column, in the order of the file.
    sexes
        Its words for a woman and a man.
    day
        How it writes a day.
    delimiter, encoding, decimal, date_order
        Of the file; the last two also as in testigo.toml.
    broken_accents
        Whether its accents were broken on the way.
    capitals
        Whether it writes places in capitals without accents.
    """

    name: Text
    family: str
    file: str
    prefix: str
    columns: Mapping[str, str]
    sexes: tuple[str, str]
    day: Callable[[pa.Array], pa.Array]
    date_basis: str = "event"
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    date_order: str = ""
    broken_accents: bool = False
    capitals: bool = False


def _written(pattern: str) -> Callable[[pa.Array], pa.Array]:
    return lambda days: pc.strftime(days, format=pattern)


def _in_words(days: pa.Array) -> pa.Array:
    return _by_distinct(days, lambda day: f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}")


FORMS: Final[Mapping[str, DeliveryForm]] = MappingProxyType(
    {
        "police": DeliveryForm(
            name=Text(es="Policía (datos inventados)", en="Police (invented data)"),
            family="criminal_justice",
            file="policia.csv",
            prefix="POL",
            columns={
                "id": "No. CASO", "given_names": "NOMBRES", "surnames": "APELLIDOS",
                "sex": "SEXO", "age": "EDAD", "date": "FECHA DEL HECHO",
                "parent_name": "PROVINCIA", "area_name": "MUNICIPIO", "place": "DIRECCION",
                "lat": "LATITUD", "lon": "LONGITUD", "weapon": "ARMA",
            },
            sexes=("MUJER", "HOMBRE"),
            day=_written("%d/%m/%Y"),
            delimiter=";",
            encoding="cp1252",
            decimal=",",
            date_order="dmy",
            capitals=True,
        ),
        "forensic": DeliveryForm(
            name=Text(es="Medicina legal (datos inventados)", en="Forensic (invented data)"),
            family="public_health",
            file="medicina_legal.csv",
            prefix="ML",
            columns={
                "id": "protocolo", "full_name": "apellidos_y_nombres", "sex": "sexo",
                "age": "edad", "date": "fecha_muerte", "area": "cod_municipio",
                "place": "lugar_levantamiento", "weapon": "mecanismo",
            },
            sexes=("FEM", "MASC"),
            day=_written("%Y-%m-%d"),
            date_basis="death",
        ),
        "press": DeliveryForm(
            name=Text(es="Prensa (datos inventados)", en="Press (invented data)"),
            family="press",
            file="prensa.csv",
            prefix="N",
            columns={
                "id": "nota", "date": "fecha", "full_name": "víctima", "sex": "sexo",
                "age": "edad", "area_name": "municipio", "place": "lugar", "weapon": "cómo",
            },
            sexes=("mujer", "hombre"),
            day=_in_words,
            broken_accents=True,
        ),
        "ngo": DeliveryForm(
            name=Text(es="Organización de familiares (datos inventados)",
                      en="Families' organisation (invented data)"),
            family="civil_society",
            file="familiares.csv",
            prefix="F",
            columns={
                "id": "ficha", "given_names": "Nombre", "surnames": "Apellidos",
                "sex": "Género", "age": "Edad", "date": "Día", "parent_name": "Provincia",
                "area_name": "Municipio", "place": "Dónde", "lat": "lat", "lon": "lon",
                "weapon": "Arma",
            },
            sexes=("femenino", "masculino"),
            day=_written("%d-%m-%Y"),
            date_order="dmy",
            delimiter=";",
        ),
    }
)  # fmt: skip


def arrange_records(records: pa.Table, source: str) -> pa.Table:
    """Return the records of one list in the order of its file: by day, then by number."""
    own = records.filter(pc.equal(records["source"], source))
    number = pc.cast(pc.replace_substring_regex(own["id"], r"^.*-", ""), pa.int64())
    own = own.append_column("number", number).sort_by(
        [("date", "ascending"), ("number", "ascending")]
    )
    prefix = FORMS[source].prefix
    named = [f"{prefix}-{one:05}" for one in own["number"].to_pylist()]
    return own.set_column(own.column_names.index("id"), "id", pa.array(named, pa.string()))


def delivery_of(own: pa.Table, areas: pa.Table, source: str) -> bytes:
    """Write a list as its institution delivers it.

    Parameters
    ----------
    own
        Its records, as `arrange_records` returns them.
    areas
        The territory: `code`, `name`, `parent_name`.
    source
        Its id.
    """
    form = FORMS[source]
    held = _columns(own, areas, form)
    table = pa.table({header: held[name] for name, header in form.columns.items()})
    return to_csv(table, form)


def to_csv(table: pa.Table, form: DeliveryForm | None = None) -> bytes:
    """Write CSV; UTF-8 with commas where no form says otherwise."""
    sink = io.StringIO()
    writer = csv.writer(
        sink, delimiter="," if form is None else form.delimiter, lineterminator="\n"
    )
    writer.writerow(table.column_names)
    writer.writerows(zip(*(column.to_pylist() for column in table.columns), strict=True))
    text = sink.getvalue()
    if form is None:
        return text.encode("utf-8")
    if form.broken_accents:
        text = text.encode("utf-8").decode(_MISREAD)
    return text.encode(form.encoding)


def _columns(own: pa.Table, areas: pa.Table, form: DeliveryForm) -> dict[str, pa.Array]:
    names = areas["name"].combine_chunks()
    place = pc.index_in(own["area"].combine_chunks(), value_set=names)
    given, surnames = (own[name].combine_chunks() for name in ("given_names", "surnames"))
    female, male = form.sexes
    return {
        "id": own["id"],
        "given_names": given,
        "surnames": surnames,
        "full_name": _full_names(given, surnames, surname_first=form.family == "public_health"),
        "sex": pc.if_else(pc.equal(own["sex"].combine_chunks(), "female"), female, male),
        "age": pc.cast(own["age"], pa.string()),
        "date": form.day(own["date"].combine_chunks()),
        "area": areas["code"].combine_chunks().take(place),
        "area_name": _styled(own["area"].combine_chunks(), form),
        "parent_name": _styled(areas["parent_name"].combine_chunks().take(place), form),
        "place": own["place"],
        "lat": _coordinate(own["lat"].combine_chunks(), form),
        "lon": _coordinate(own["lon"].combine_chunks(), form),
        "weapon": own["weapon"],
    }


def _full_names(given: pa.Array, surnames: pa.Array, *, surname_first: bool) -> pa.Array:
    both = (surnames, given, ", ") if surname_first else (given, surnames, " ")
    return pc.coalesce(pc.binary_join_element_wise(*both), given)


def _styled(names: pa.Array, form: DeliveryForm) -> pa.Array:
    return _by_distinct(names, lambda name: fold(name).upper()) if form.capitals else names


def _coordinate(values: pa.Array, form: DeliveryForm) -> pa.Array:
    shown = pc.cast(pc.round(values, 5), pa.string())
    return pc.replace_substring(shown, ".", form.decimal)


def _by_distinct(column: pa.Array, write: Callable[[Any], str]) -> pa.Array:
    """Write each distinct value once."""
    encoded = column.dictionary_encode()
    return pa.array([write(one) for one in encoded.dictionary.to_pylist()]).take(encoded.indices)
