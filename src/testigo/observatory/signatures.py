"""Signatures in hand/overrides.csv that answer nothing: misspelled, or no longer needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.records import names_a_person, read_overrides

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from testigo.records import Override

OVERRIDES: Final = "overrides.csv"


def warn_of_names(folder: Path) -> tuple[Message, ...]:
    """Say which signatures look like the name of a person; never the name itself."""
    return tuple(
        Message(
            "hand/overrides.csv, {rule} · {table} · {where}: signed_by looks like the name of a "
            "person, and it is published. Write a role, for instance: editorial board.",
            {"rule": one.rule, "table": one.table, "where": one.where},
        )
        for one in _signatures(folder)
        if names_a_person(one)
    )


def unused_signatures(folder: Path, findings: pa.Table) -> tuple[Override, ...]:
    """Return the signatures that stand beside no finding.

    Parameters
    ----------
    folder
        The observatory.
    findings
        Columns `CONSISTENCY`, as found with these signatures.
    """
    used = {
        (line["table"], line["rule"], line["where"])
        for line in findings.select(["table", "rule", "where", "override"]).to_pylist()
        if line["override"] is not None
    }
    return tuple(one for one in _signatures(folder) if (one.table, one.rule, one.where) not in used)


def _signatures(folder: Path) -> tuple[Override, ...]:
    path = folder / "hand" / OVERRIDES
    return read_overrides(path) if path.is_file() else ()
