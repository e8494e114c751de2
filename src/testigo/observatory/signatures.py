"""Signatures in hand/overrides.csv that answer nothing: misspelled, or no longer needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.records import read_overrides

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from testigo.records import Override

OVERRIDES: Final = "overrides.csv"


def unused_signatures(folder: Path, findings: pa.Table) -> tuple[Override, ...]:
    """Return the signatures that stand beside no finding.

    Parameters
    ----------
    folder
        The observatory.
    findings
        Columns `CONSISTENCY`, as found with these signatures.
    """
    path = folder / "hand" / OVERRIDES
    if not path.is_file():
        return ()
    used = {
        (line["table"], line["rule"], line["where"])
        for line in findings.select(["table", "rule", "where", "override"]).to_pylist()
        if line["override"] is not None
    }
    return tuple(
        one for one in read_overrides(path) if (one.table, one.rule, one.where) not in used
    )
