"""Whether the lists of a table of overlaps and the sources of an observatory are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import ConfigurationError, Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.records import Source


def check_lists(lists: Sequence[str], sources: Sequence[Source], *, file: str) -> None:
    """Stop where sources are columns of the table (kind overlaps) and the two do not agree.

    Parameters
    ----------
    lists
        Columns of 0 and 1.
    sources
        Of the observatory.
    file
        As testigo.toml names it.

    Raises
    ------
    ConfigurationError
        When a source of kind overlaps is no list of the table; when there are such sources and a
        list of the table is no source: it may be a stratum written with 0 and 1.
    """
    for source in sources:
        if source.kind == "overlaps" and source.id not in lists:
            raise ConfigurationError(
                Message("{file} has no column {column} of 0 and 1, and the list {source} is "
                        "of kind overlaps.",
                        {"file": file, "column": repr(source.id), "source": repr(source.id)}),
                Message("Its lists: {lists}. Give the source the name of its column as id.",
                        {"lists": ", ".join(lists)}),
            )  # fmt: skip
    undeclared = find_undeclared(lists, sources)
    if undeclared and any(source.kind == "overlaps" for source in sources):
        raise ConfigurationError(
            Message("{file} has columns of 0 and 1 that are no source: {columns}.",
                    {"file": file, "columns": ", ".join(map(repr, undeclared))}),
            Message("If it is a list, write a [[sources]] of kind overlaps with its name as id; if "
                    "it is a stratum, write words in it instead of 0 and 1."),
        )  # fmt: skip


def find_undeclared(lists: Sequence[str], sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the lists of the table that are no source of the observatory."""
    known = {source.id for source in sources}
    return tuple(name for name in lists if name not in known)
