"""The disclosure policy: what may leave the house, and what is hidden before it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import ConfigurationError, DisclosureError, Message
from testigo.publication.redaction import redact
from testigo.publication.schemas import CODES, PUBLISHED, QUOTES, STORE_ONLY, VALUE_STATUS
from testigo.publication.strata_values import STRATA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.core import AreaCatalogue, TableSchema
    from testigo.records import Source

FLOOR_K: Final = 5  # domain.md 3.4, guardrail 5; docs/reference/disclosure.md: who may change it


@dataclass(frozen=True, slots=True)
class DisclosurePolicy:
    """A published count of a source that is not public is zero or at least `k`.

    That holds for victims, for rows of files and for rows by reason, in tables, findings and
    report; a number from which a hidden one could be worked out is hidden too. What it cannot
    hold against is told in docs/reference/disclosure.md.

    Attributes
    ----------
    k
        At least `FLOOR_K`: an office may be stricter, never laxer.

    Raises
    ------
    ConfigurationError
        For a laxer `k`.

    Examples
    --------
    >>> DisclosurePolicy().k
    5
    """

    k: int = FLOOR_K

    def __post_init__(self) -> None:
        if self.k < FLOOR_K:
            raise ConfigurationError(
                Message("disclosure.k = {given} would expose people.", {"given": self.k}),
                Message("Write k = {floor} or more, or leave the key out.", {"floor": FLOOR_K}),
            )


def protect(
    tables: Mapping[str, pa.Table],
    *,
    sources: Sequence[Source],
    catalogue: AreaCatalogue,
    policy: DisclosurePolicy,
) -> dict[str, pa.Table]:
    """Hide the cells that could point at somebody, and say of each value whether it is stated.

    Cells of a source that is not `published` are hidden when they rest on 1 to k - 1 victims,
    and with them as many others as it takes that no total gives them away
    (`testigo.publication.suppression`). Tables that are for the office only are left out.

    Parameters
    ----------
    tables
        By name, with the columns that their rooms give them. Where a source is not `published`,
        `counts` must be among them: its totals decide. `links` says which lists are behind the
        estimates and `strata` what their strata are; without them nothing of it is public.
    sources
        What is known of each source; one that is not listed counts as not `published`.
    catalogue
        The areas and which of them add up to which.
    policy
        How many victims a cell must rest on.

    Returns
    -------
    dict
        By name, columns of `PUBLISHED`; where a table has a `value_status`, a hidden value is
        blank and its status is `suppressed`.

    Raises
    ------
    DisclosureError
        For a table that may not leave, or a column that its declaration does not hold.
    """
    public = {name: table for name, table in tables.items() if name not in STORE_ONLY}
    for name, table in public.items():
        given = [column for column in table.column_names if column != QUOTES]
        _check_columns(name, given, PUBLISHED, beside=VALUE_STATUS)
    protected = redact(
        public, sources=sources, catalogue=catalogue, k=policy.k, strata=tables.get(STRATA)
    )
    refuse_personal(protected, PUBLISHED)
    return protected


def refuse_personal(tables: Mapping[str, pa.Table], schemas: Mapping[str, TableSchema]) -> None:
    """Let nothing pass that is not on the list: tables, columns, and codes that look like codes.

    Raises
    ------
    DisclosureError
        For a table that no schema declares, a personal column, a column that the schema does
        not hold, and a text where a code must stand. The text itself is never told.
    """
    for name, table in tables.items():
        _check_columns(name, table.column_names, schemas)
        for column in schemas[name].columns:
            pattern = CODES.get(column.name)
            if pattern is not None and column.kind == "text":
                _check_codes(name, column.name, table[column.name], pattern)


def _check_columns(
    table: str, given: Sequence[str], schemas: Mapping[str, TableSchema], beside: str = ""
) -> None:
    if table not in schemas:
        _refuse(Message("The table {table} is not one that is published.", {"table": table}))
    declared = {column.name for column in schemas[table].columns if not column.personal}
    surplus = sorted(set(given) - declared)
    if surplus:
        _refuse(
            Message(
                "Table {table} has columns that are not published: {columns}.",
                {"table": table, "columns": ", ".join(surplus)},
            )
        )
    missing = sorted(declared - set(given) - {beside})
    if missing:
        _refuse(
            Message(
                "Table {table} lacks columns: {columns}.",
                {"table": table, "columns": ", ".join(missing)},
            )
        )


def _check_codes(table: str, column: str, values: pa.ChunkedArray, pattern: str) -> None:
    distinct = pc.unique(values).drop_null()
    if not pc.all(pc.match_substring_regex(distinct, pattern), min_count=0).as_py():
        _refuse(
            Message(
                "Table {table}, column {column}: a text stands where a code must stand.",
                {"table": table, "column": column},
            )
        )


def _refuse(message: Message) -> None:
    raise DisclosureError(
        message,
        Message("Nothing was published. This is a defect of Testigo: please report it."),
    )
