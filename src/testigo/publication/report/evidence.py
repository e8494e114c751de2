"""What the sections ask of the tables: rows of one kind, without what is blocked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from testigo.core import MONTHS_IN_YEAR, UNKNOWN_MARK, YEAR_LETTERS, Area, Message
from testigo.publication.report.figures import Lineage, LineageLine
from testigo.publication.report.speech import NOT_APPLICABLE, Voice
from testigo.publication.strata_values import STRATA, read_strata
from testigo.publication.withholding import withhold
from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from testigo.core import AreaLevel, Text
    from testigo.publication.model import Report
    from testigo.records import Source

Row = dict[str, object]
_FILES_SHOWN: Final = 12


@dataclass(frozen=True)
class Count:
    """What a source counts in an area and period.

    Attributes
    ----------
    number
        In the source's unit; None when suppressed.
    months
        Of the period, with any row of the source.
    """

    number: int | None
    months: int

    @property
    def whole_year(self) -> bool:
        """Whether the source covers all twelve months."""
        return self.months >= MONTHS_IN_YEAR


@dataclass(frozen=True)
class Evidence:
    """A report's tables, ready to be asked."""

    report: Report

    @cached_property
    def voice(self) -> Voice:
        """The languages of the page."""
        return Voice(self.report.languages)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Source to its place in the configuration, which gives it number, colour and shape."""
        return {source.id: place for place, source in enumerate(self.report.sources)}

    @cached_property
    def by_id(self) -> Mapping[str, Source]:
        """Source by id."""
        return {source.id: source for source in self.report.sources}

    @cached_property
    def shown_sources(self) -> tuple[Source, ...]:
        """Sources whose figures may be shown."""
        return tuple(one for one in self.report.sources if one.id not in self.report.blocked)

    def name(self, source: str) -> Text | str:
        """Name of a source, or its id when the configuration does not have it."""
        known = self.by_id.get(source)
        return known.name if known else source

    def area(self, code: str) -> Area:
        """Area of a code; a nameless one when the catalogue does not have it."""
        known = self.report.catalogue.areas.get(code)
        return known or Area(code, code, "area", None)

    def area_name(self, code: str) -> Text | str | Message:
        """Name of an area; an unknown place says so."""
        if code.startswith(UNKNOWN_MARK):
            return Message("unknown place")
        return self.call(self.area(code).name)

    def call(self, word: str) -> Text | str:
        """Return what people call a word of the data; itself where the configuration is silent."""
        return self.report.names.get(word, word)

    def by_name(self, codes: Iterable[str]) -> list[str]:
        """Put areas in the order of their names, accents aside: the only order of this page."""
        return sorted(codes, key=lambda code: (fold(self.area(code).name), code))

    def level_name(self, level: AreaLevel) -> Text:
        """Return what people call a level."""
        return self.report.catalogue.level_names[level]

    @cached_property
    def main_level(self) -> AreaLevel:
        """Level of the tables and maps that hold the whole territory at a glance."""
        return "parent" if self.report.catalogue.of_level("parent") else "area"

    @cached_property
    def fine_level(self) -> AreaLevel | None:
        """Level below it, if any."""
        return "area" if self.main_level == "parent" else None

    @cached_property
    def whole(self) -> Area:
        """The whole territory."""
        return self.report.catalogue.whole

    @property
    def fate(self) -> Text | Message:
        """What befell those who are counted, as a verb in the plural."""
        return self.report.fate or Message("were killed")

    @property
    def whole_name(self) -> Text | str:
        """Name of the whole territory."""
        return self.call(self.whole.name)

    @cached_property
    def tables(self) -> Mapping[str, pa.Table]:
        """Tables without the figures of blocked sources."""
        return withhold(self.report.tables, self.report.blocked)

    def table(self, name: str) -> pa.Table | None:
        """Give a published table, without blocked figures; None: absent, empty or blocked."""
        table = self.tables.get(name)
        return table if table is not None and table.num_rows else None

    def rows(self, name: str, **wanted: object) -> list[Row]:
        """Rows of a table in which columns have the wanted values (None: any)."""
        table = self.table(name)
        if table is None:
            return []
        for column, value in wanted.items():
            if value is not None:
                table = table.filter(pc.equal(table[column], value))
        return [dict(row) for row in table.to_pylist()]

    @cached_property
    def strata(self) -> Mapping[str, Mapping[str, str]]:
        """Label of each stratum to its values."""
        return read_strata(self.table(STRATA))

    @cached_property
    def whole_counts(self) -> Mapping[str, dict[str, Count]]:
        """Source to year to count in the whole territory, years in order."""
        counts: dict[str, dict[str, Count]] = {}
        for row in self.rows("counts", area=self.whole.code):
            if len(str(row["period"])) == YEAR_LETTERS:
                number = None if is_suppressed(row) else int(str(row["victims"]))
                count = Count(number, int(str(row["months_covered"])))
                counts.setdefault(str(row["source"]), {})[str(row["period"])] = count
        return {source: dict(sorted(years.items())) for source, years in counts.items()}

    @cached_property
    def series_order(self) -> Mapping[str, int]:
        """Population series to its place in the configuration."""
        return {name: place for place, name in enumerate(self.report.population_names)}

    def series_name(self, series: str) -> Text | str:
        """Name of a population series."""
        return self.report.population_names.get(series, series)

    def lineage(self, sources: Iterable[str], *, table: str, **options: str) -> Lineage:
        """Deliveries of some sources, and the command that walks one figure back to its rows.

        The options are those of the command: area, period, source, population_series.
        """
        wanted = list(sources)
        lines = [
            LineageLine(
                self.name(source),
                str(row["file"]),
                str(row["sha256"] or "")[:12],
                whole_number_in(row, "rows_accepted"),
                whole_number_in(row, "rows_delivered"),
            )
            for source in wanted
            for row in self.rows("deliveries", source=source)
        ]
        words = ["testigo", "explain", self.report.folder, "--table", table]
        told = {name: value for name, value in options.items() if value}
        words += [word for name, value in told.items() for word in (f"--{name}", value)]
        blocked = not self.report.blocked.isdisjoint({table, *wanted})
        command = "" if blocked else " ".join(_quoted(word) for word in words)
        return Lineage(tuple(lines[:_FILES_SHOWN]), command, max(0, len(lines) - _FILES_SHOWN))

    def lineage_of_overlaps(self, lists: Iterable[str], *, table: str) -> Lineage:
        """Deliveries behind overlaps: the table of them, where one was delivered."""
        given, wanted = self.report.overlaps, list(lists)
        found = self.lineage(wanted, table=table)
        if given is None:
            return found
        line = LineageLine(
            Message("table of overlaps"), given.name, given.sha256[:12], NOT_APPLICABLE,
            NOT_APPLICABLE,
        )  # fmt: skip
        return Lineage((line,), found.command)


def _quoted(word: str) -> str:
    return f'"{word}"' if any(not (sign.isalnum() or sign in "-_./,") for sign in word) else word


def is_suppressed(row: Mapping[str, object]) -> bool:
    """Whether the disclosure policy hid the value of a row."""
    return row.get("value_status") == "suppressed"


def number_in(row: Mapping[str, object], column: str) -> float | None:
    """Value of a numeric cell; None when it is blank."""
    value = row.get(column)
    return float(value) if isinstance(value, (int, float)) else None


def whole_number_in(row: Mapping[str, object], column: str) -> int | None:
    """Whole number in a cell; None when it is blank."""
    value = row.get(column)
    return value if isinstance(value, int) else None
