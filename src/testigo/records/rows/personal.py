"""Columns of an open file that can point at a person: found by name and by what they hold.

Only the column's name is ever said. What such a column holds is not stored, unless testigo.toml
maps the column to a personal field (`id`, `given_names` ...).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message
from testigo.records.folding import fold
from testigo.records.model import PERSONAL_FIELDS

if TYPE_CHECKING:
    from testigo.records.rows.coded import Coded
    from testigo.records.rows.stacking import Stack

PersonalKind = Literal["emails", "identifiers", "telephones", "names"]

EMAIL_SHARE: Final = 0.01  # of the cells with anything in them
PATTERN_SHARE: Final = 0.5
IDENTIFIER_SHARE: Final = 0.95
DISTINCT_SHARE: Final = 0.8  # identifiers hardly repeat; codes of places do
FEWEST_CELLS: Final = 20
LENGTH_SHARE: Final = 0.9  # of the identifiers have one of two lengths

KIND_TEXTS: Final[dict[PersonalKind, Message]] = {
    "emails": Message("e-mail addresses"),
    "identifiers": Message("personal identifiers"),
    "telephones": Message("telephone numbers"),
    "names": Message("names of persons"),
}

_HEADER_WORDS: Final[dict[str, PersonalKind]] = {
    "cedula": "identifiers",
    "curp": "identifiers",
    "dni": "identifiers",
    "dui": "identifiers",
    "documento": "identifiers",
    "identificacion": "identifiers",
    "identidad": "identifiers",
    "pasaporte": "identifiers",
    "passport": "identifiers",
    "rfc": "identifiers",
    "ssn": "identifiers",
    "correo": "emails",
    "correos": "emails",
    "email": "emails",
    "emails": "emails",
    "mail": "emails",
    "celular": "telephones",
    "phone": "telephones",
    "telefono": "telephones",
    "telefonos": "telephones",
    "whatsapp": "telephones",
    "apellido": "names",
    "apellidos": "names",
    "surname": "names",
    "surnames": "names",
}
_NAME_WORDS: Final = frozenset({"nombre", "nombres", "name", "names"})
_PERSON_WORDS: Final = (
    "completo de del el full fallecido fallecida first given la last occiso occisa paterno materno "
    "person persona primer propio segundo victim victima y"
)
_OF_PERSONS: Final = frozenset(_PERSON_WORDS.split())  # any other word names something else
_KINDS_OF: Final = frozenset({"tipo", "clase", "type", "estado", "genero"})

_EMAIL: Final = r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}"
_OFFICIAL: Final = r"^(?:[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d|[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3})$"
_TELEPHONE: Final = r"^(?:\+\d[\d\s().-]{7,18}|\(\d{2,4}\)\s?\d[\d\s.-]{5,12})$"
_NUMBER: Final = (
    r"^(?:[A-Za-z]{1,3}-?)?\d{5,18}(?:-[\dkK])?$"
    r"|^\d{1,3}(?:\.\d{3}){1,3}(?:-[\dkK])?$"
    r"|^\d{2,8}(?:-\d{1,8}){1,3}$"
)
_DATE: Final = r"^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-\d{2,4})$"


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """A column that can point at a person.

    Attributes
    ----------
    file
        Position of the file in the stack.
    column
        Its delivered name.
    kind
        What it seems to hold.
    """

    file: int
    column: str
    kind: PersonalKind


def find_personal_columns(stack: Stack) -> tuple[PersonalColumn, ...]:
    """Find the columns that can point at a person and are not declared as such.

    Columns mapped to a personal field, or listed in `personal_columns`, are known and left out.
    """
    found = []
    for number, table in enumerate(stack.tables):
        known = known_personal(stack, number)
        unmapped = set(stack.unmapped(number))
        for column in table.header:
            if column in known:
                continue
            kind = _kind_of(stack, number, column, mapped=column not in unmapped)
            if kind is not None:
                found.append(PersonalColumn(number, column, kind))
    return tuple(found)


def known_personal(stack: Stack, number: int) -> frozenset[str]:
    """Return the columns of a file that testigo.toml says to be personal."""
    mapped = {names[number] for key, names in stack.names.items() if key in PERSONAL_FIELDS}
    declared = {fold(name) for name in stack.source.personal_columns}
    header = stack.tables[number].header
    return frozenset(mapped | {name for name in header if fold(name) in declared})


def kind_by_name(column: str) -> PersonalKind | None:
    """Say what a column's name announces; None when it announces nothing personal.

    Examples
    --------
    >>> [kind_by_name(name) for name in ("CÉDULA", "Correo", "NOMBRES", "NOMBRE MUNICIPIO")]
    ['identifiers', 'emails', 'names', None]
    """
    words = set(fold(column).split())
    if words & _KINDS_OF:
        return None
    if words & _NAME_WORDS and words <= _NAME_WORDS | _OF_PERSONS:
        return "names"
    kinds = {_HEADER_WORDS[word] for word in words & _HEADER_WORDS.keys()}
    return min(kinds) if kinds else None


def kind_by_values(column: Coded) -> PersonalKind | None:
    """Say what a column's values look like; None when they look like nothing personal."""
    cells = _Cells.of(column)
    if cells.total == 0:
        return None
    if _hold_emails(column, cells):
        return "emails"
    if cells.share(_OFFICIAL) >= PATTERN_SHARE:
        return "identifiers"
    if cells.share(_TELEPHONE) >= PATTERN_SHARE:
        return "telephones"
    return "identifiers" if _are_numbers_of_persons(column, cells) else None


def _kind_of(stack: Stack, number: int, column: str, *, mapped: bool) -> PersonalKind | None:
    if mapped:  # a mapped column is what testigo.toml says, unless it holds addresses
        delivered = stack.delivered(number, column)
        return "emails" if _hold_emails(delivered, _Cells.of(delivered)) else None
    return kind_by_name(column) or kind_by_values(stack.delivered(number, column))


@dataclass(frozen=True, slots=True)
class _Cells:
    texts: pa.StringArray
    rows: np.ndarray[tuple[int], np.dtype[np.int64]]

    @classmethod
    def of(cls, column: Coded) -> _Cells:
        rows = np.bincount(column.codes[column.codes >= 0], minlength=len(column.texts))
        return cls(column.texts, rows)

    @property
    def total(self) -> int:
        return int(self.rows.sum())

    def share(self, pattern: str) -> float:
        """Share of the cells with anything in them that match a pattern."""
        found = pc.match_substring_regex(self.texts, pattern)
        return float(self.rows[np.asarray(found)].sum()) / self.total


def _hold_emails(column: Coded, cells: _Cells) -> bool:
    if not pc.any(pc.match_substring(column.texts, "@"), min_count=0).as_py():
        return False
    return cells.share(_EMAIL) >= EMAIL_SHARE


def _are_numbers_of_persons(column: Coded, cells: _Cells) -> bool:
    if cells.total < FEWEST_CELLS or len(column.texts) < DISTINCT_SHARE * cells.total:
        return False
    if cells.share(_NUMBER) < IDENTIFIER_SHARE or cells.share(_DATE) > 1 - IDENTIFIER_SHARE:
        return False
    lengths = np.sort(np.bincount(pc.utf8_length(column.texts).to_numpy()))[::-1]
    return bool(lengths[:2].sum() >= LENGTH_SHARE * lengths.sum()) and not is_counter(column)


def is_counter(column: Coded) -> bool:
    """Say whether the values merely number the rows: 1, 2, 3 ..., each once."""
    if len(column.texts) == 0 or len(column.texts) != np.count_nonzero(column.codes >= 0):
        return False
    digits = pc.match_substring_regex(column.texts, r"^\d{1,15}$")
    if not pc.all(digits).as_py():
        return False
    numbers = column.texts.cast(pa.int64())
    span = pc.max(numbers).as_py() - pc.min(numbers).as_py() + 1
    return bool(span == len(numbers))
