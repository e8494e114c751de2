"""What a reviewer sees of two records: their fields side by side, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message
from testigo.linkage.review_differences import mark_differences

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from testigo.linkage.review_differences import Part

    Parts = tuple[Part, ...]

FIELDS: Final[Mapping[str, Message]] = {
    "given_names": Message("Given names"),
    "surnames": Message("Surnames"),
    "full_name": Message("Full name"),
    "sex": Message("Sex"),
    "age": Message("Age"),
    "age_group": Message("Age group"),
    "birth_date": Message("Date of birth"),
    "national_id": Message("National identifier"),
    "date": Message("Date"),
    "death_date": Message("Date of death"),
    "registration_date": Message("Date of registration"),
    "hour": Message("Hour"),
    "area": Message("Area"),
    "place": Message("Place"),
    "location_type": Message("Type of place"),
    "position": Message("Coordinates"),
    "weapon": Message("Weapon"),
    "occupation": Message("Occupation"),
    "id": Message("Record id"),
    "origin": Message("File and row"),
}
UNCOMPARED: Final = frozenset(
    {"id", "origin", "registration_date", "position"}
)  # they differ by nature
_DATE_LETTERS: Final = {"month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of two records.

    Attributes
    ----------
    label, name
        Of the field.
    left, right
        Pieces of the text, each with whether it differs; empty where nothing is said.
    """

    label: Message
    name: str
    left: Parts
    right: Parts


def record_texts(records: pa.Table, areas: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what each record says, field by field, as text; blanks are left out.

    Parameters
    ----------
    records
        Columns `testigo.records.ACCEPTED`, or some of them.
    areas
        Names by code.
    """
    return [
        {name: text for name in FIELDS if (text := _text(name, record, areas)).strip()}
        for record in records.to_pylist()
    ]


def _text(name: str, record: Mapping[str, Any], areas: Mapping[str, str]) -> str:
    if name == "position":
        known = record.get("lat") is not None and record.get("lon") is not None
        return f"{record['lat']:.5f}, {record['lon']:.5f}" if known else ""
    if name == "origin":
        return f"{record['file']}, {record['row']}"
    value = record.get(name)
    if value is None:
        return ""
    if name == "date":
        return str(value)[: _DATE_LETTERS.get(record.get("date_precision") or "day", 10)]
    return areas.get(value, value) if name == "area" else str(value)


def field_rows(left: Mapping[str, str], right: Mapping[str, str]) -> tuple[FieldRow, ...]:
    """Put the fields of two records side by side, with what differs."""
    rows = []
    for name, label in FIELDS.items():
        one, other = left.get(name, ""), right.get(name, "")
        if not (one or other):
            continue
        sides: tuple[Parts, Parts] = (_plain(one), _plain(other))
        if one and other and name not in UNCOMPARED:
            sides = mark_differences(one, other)
        rows.append(FieldRow(label, name, *sides))
    return tuple(rows)


def _plain(text: str) -> Parts:
    return ((text, False),) if text else ()
