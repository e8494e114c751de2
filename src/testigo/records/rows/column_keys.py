"""What a mapped column is looked up by: a field, a month of a wide table, or a scope."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MonthKey:
    """The column of a month of a wide table.

    Attributes
    ----------
    month
        1 for January.
    """

    month: int

    def __str__(self) -> str:
        return f"months[{self.month}]"


@dataclass(frozen=True, slots=True)
class ScopeKey:
    """A delivered column of which `keep` names the values that count.

    Attributes
    ----------
    name
        As testigo.toml writes it.
    """

    name: str

    def __str__(self) -> str:
        return f"keep.{self.name}"


@dataclass(frozen=True, slots=True)
class DeliveredKey:
    """A delivered column that testigo.toml does not speak of.

    Attributes
    ----------
    name
        As delivered.
    """

    name: str

    def __str__(self) -> str:
        return self.name


ColumnKey = str | MonthKey | ScopeKey | DeliveredKey
"""A field by its name, or one of the other columns that testigo.toml speaks of."""
