"""Signed overrides: an error stays visible, and stops blocking."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

from testigo.core import ConfigurationError, Message
from testigo.records.consistency.model import RULE_CODES, Override
from testigo.records.files.strict_tables import read_strict_table
from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from testigo.records.consistency.model import Finding
    from testigo.records.files.strict_tables import StrictTable

COLUMNS: Final = ("table", "rule", "where", "reason", "signed_by", "signed_on")


def read_overrides(path: Path) -> tuple[Override, ...]:
    """Read and check the signed overrides of an observatory.

    Parameters
    ----------
    path
        hand/overrides.csv: table, rule, where (as in the table `consistency`), reason, signed_by
        (a role, never a person's name), signed_on (2026-11-21).

    Returns
    -------
    tuple of Override
        In the order of the file.

    Raises
    ------
    ConfigurationError
        When a column is missing, or a line has no reason, no role, no date or no such rule; says
        the file, the row, the column and the mend.
    """
    table = read_strict_table(path, COLUMNS, error=ConfigurationError)
    return tuple(_override(table, row, line) for row, line in table.lines())


def _override(table: StrictTable, row: int, line: Mapping[str, str]) -> Override:
    for name in COLUMNS:
        if not line[name]:
            _refuse(table, row, name)
    rule = next((code for code in RULE_CODES if code == line["rule"]), None)
    if rule is None:
        _refuse(table, row, "rule")
    try:
        signed_on = date.fromisoformat(line["signed_on"])
    except ValueError:
        _refuse(table, row, "signed_on")
    return Override(
        table=line["table"],
        rule=rule,
        where=line["where"],
        reason=line["reason"],
        signed_by=line["signed_by"],
        signed_on=signed_on,
    )


def _refuse(table: StrictTable, row: int, column: str) -> NoReturn:
    table.refuse(row, column, Message("it is blank or not understood"), _MENDS[column])


_COPY: Final = Message("Copy table, rule and where from the line of the table consistency.")
_MENDS: Final = {
    "table": _COPY,
    "rule": Message("Write the code of a rule, C01 to C24."),
    "where": _COPY,
    "reason": Message("Say why the table may be published in spite of the error."),
    "signed_by": Message("Write the role that takes the decision, never a person's name."),
    "signed_on": Message("Write the day of the signature as 2026-11-21."),
}


_ROLES: Final = (
    "board chair chief comision comite commission committee consejo coordinacion coordinador "
    "coordinadora council department departamento direccion director directora editor editora "
    "editorial equipo estadistica head jefa jefatura jefe junta lead manager observatorio "
    "observatory office oficina presidencia responsable secretaria secretario statistics team "
    "unidad unit"
)
_ROLE_WORDS: Final = frozenset(_ROLES.split())
_NAME: Final = re.compile(r"[^\W\d_][^\W\d_'’.-]*")
_MOST_NAMES: Final = 5


def names_a_person(override: Override) -> bool:
    """Say whether a signature looks like the name of a person, which would be published.

    Two to five words, all with a capital and none of them a word of an office.
    """
    words = [word for word in override.signed_by.split() if word not in {"de", "del", "la", "y"}]
    if not 1 < len(words) <= _MOST_NAMES or _ROLE_WORDS & set(fold(override.signed_by).split()):
        return False
    return all(_NAME.match(word) and word[0].isupper() for word in words)


def sign_findings(
    findings: Sequence[Finding], overrides: Sequence[Override]
) -> list[tuple[Finding, str | None]]:
    """Put beside each finding the override that answers it, or None."""
    signed = {(one.table, one.rule, one.where): one.shown for one in overrides}
    return [
        (finding, signed.get((finding.table, finding.rule, finding.where))) for finding in findings
    ]


def unmatched(findings: Sequence[Finding], overrides: Sequence[Override]) -> list[Override]:
    """Return the overrides that answer no finding."""
    found = {(one.table, one.rule, one.where) for one in findings}
    return [one for one in overrides if (one.table, one.rule, one.where) not in found]


def blocked(findings: pa.Table) -> frozenset[str]:
    """Return the sources and tables with an error that nobody has signed.

    Parameters
    ----------
    findings
        Columns `CONSISTENCY`.
    """
    return frozenset(
        line["table"]
        for line in findings.select(["table", "severity", "override"]).to_pylist()
        if line["severity"] == "error" and line["override"] is None
    )
