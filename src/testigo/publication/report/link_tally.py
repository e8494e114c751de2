"""The published counts of linked lists, ready to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from testigo.core import Message, Number
from testigo.publication.report.evidence import number_in, whole_number_in
from testigo.publication.report.speech import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.publication.report.evidence import Evidence, Row


@dataclass(frozen=True)
class LinkTally:
    """Counts of linked lists.

    Attributes
    ----------
    evidence
        Of the page.
    """

    evidence: Evidence

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All lines of the table."""
        return tuple(self.evidence.rows("links"))

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """Ids of the linked sources, in their order."""
        row = next((row for row in self.rows if row["measure"] == "victims"), None)
        return tuple(str(row["lists"]).split()) if row else ()

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], Row]:
        return {(str(row["measure"]), str(row["lists"])): row for row in self.rows}

    @property
    def linked(self) -> bool:
        """Whether records were linked here; else the overlaps were delivered as a table."""
        return bool(self.of("records"))

    def of(self, measure: str) -> list[Row]:
        """Lines of a measure, in the order of the table."""
        return [row for row in self.rows if row["measure"] == measure]

    def row(self, measure: str, *lists: str) -> Row:
        """Line of a measure about some lists (none: all of them), whichever comes first."""
        first = self._by_key.get((measure, " ".join(lists or self.lists)))
        other = self._by_key.get((measure, " ".join(reversed(lists))))
        return first or other or {}

    def count(self, measure: str, *lists: str) -> int | None:
        """Count of a measure about some lists; None when it is suppressed."""
        return whole_number_in(self.row(measure, *lists), "count")

    @cached_property
    def largest_first(self) -> list[Row]:
        """Overlaps: the largest first, those suppressed last."""
        return sorted(
            self.of("victims_on_exactly"),
            key=lambda row: (-(number_in(row, "count") or 0), str(row["lists"])),
        )


def limits_of(row: Row) -> tuple[float, float] | None:
    """Return where the draws of the linkage put a count; None without draws."""
    low, high = number_in(row, "low"), number_in(row, "high")
    return None if low is None or high is None else (low, high)


def say_count(count: int | None) -> object:
    """Say a count, or that it is hidden."""
    return SUPPRESSED if count is None else Number(count)


def say_limits(row: Row) -> object:
    """Say the limits of a count, for a cell; blank where there are none."""
    limits = limits_of(row)
    if limits is None:
        return ""
    return Message("{low} to {high}", {"low": Number(limits[0]), "high": Number(limits[1])})
