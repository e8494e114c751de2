"""Counts of victims by source, area and period, at every level that a source can speak of.

The rows are summed where they lie (Ibis: DuckDB or Spark); what is left, one cell for each
source, place and month, is rolled up here to larger areas and longer periods, so that every
level of the table is a sum of the same cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import AREA_LEVELS, MONTHS_IN_YEAR, UNKNOWN_MARK, Message, Number, RowsLostError
from testigo.records.columns import COUNTS
from testigo.records.coverage import (
    declared_months,
    find_silences,
    number_of_month,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis
    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue, AreaLevel
    from testigo.records.model import Source

    Numbers = NDArray[np.int64]

LEVELS_OF: Final[Mapping[AreaLevel, tuple[AreaLevel, ...]]] = {
    "area": ("area", "parent", "whole"),
    "parent": ("parent", "whole"),
    "whole": ("whole",),
}
_CENTURY: Final = 100  # a period is year * 100 + month; month 0: the year; 0: unknown
_WHOLE: Final = AREA_LEVELS.index("whole")
_KEY: Final = ["source", "level", "code", "period"]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Sums as numbers, all of shape (cell,): places in lists of sources, levels and codes."""

    source: Numbers
    level: Numbers
    code: Numbers
    period: Numbers
    victims: Numbers

    def where(self, chosen: NDArray[np.bool_]) -> _Cells:
        return _Cells(*(getattr(self, name)[chosen] for name in (*_KEY, "victims")))


class _Codes:
    """Area codes by number; a code that is new gets the next number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, codes: Iterable[str]) -> Numbers:
        numbers = self.numbers
        return np.array([numbers.setdefault(code, len(numbers)) for code in codes], dtype=np.int64)


def count_victims(
    accepted: ibis.Table, sources: Sequence[Source], catalogue: AreaCatalogue
) -> pa.Table:
    """Count what each source counts, by year and by month, at every level.

    A victim without a date counts in the period `?`; one with only a year, in that year and in
    no month. A victim without a place counts in `?` and the parent's code, or in `?`, and always
    in the whole. Where a missing cell means zero, the areas of the catalogue without rows get 0
    in the years that the source covers.

    Parameters
    ----------
    accepted
        Columns `ACCEPTED`, the rows of all sources.
    sources
        What is known of each source.
    catalogue
        The areas; also gives the parent of an area where a row lacks it.

    Returns
    -------
    pyarrow.Table
        Columns `COUNTS`, sorted by source, level, area and period.

    Raises
    ------
    RowsLostError
        When a row belongs to a source that is not listed, or a sum does not come out.
    """
    sums = _sum_cells(accepted)
    delivered = pc.sum(sums["victims"]).as_py() or 0
    codes = _Codes()
    cells = _all_levels(sums, sources, catalogue, codes)
    cells = _added([cells, *_zeros(cells, sources, catalogue, codes)])
    counted = _total_of_the_whole(cells)
    if counted != delivered:
        raise RowsLostError(
            Message(
                "{delivered} victims were accepted, {counted} were counted; the run stopped.",
                {"delivered": Number(delivered), "counted": Number(counted)},
            ),
            Message("This is a defect of Testigo, not of your data: please report it."),
        )
    return _as_table(cells, sources, tuple(codes.numbers))


def _sum_cells(accepted: ibis.Table) -> pa.Table:
    """Sum the rows by source, place, year and month; the only step that meets every row."""
    import ibis

    dated = accepted.date.notnull() & (accepted.date_precision != "unknown")
    to_the_month = dated & accepted.date_precision.isin(("day", "month"))
    rows = accepted.select(
        "source",
        area=accepted.area.fill_null(""),
        parent=accepted.parent.fill_null(""),
        year=ibis.ifelse(dated, accepted.date.year(), 0).cast("int64"),
        month=ibis.ifelse(to_the_month, accepted.date.month(), 0).cast("int64"),
        count=accepted["count"],
    )
    cells = rows.group_by(["source", "area", "parent", "year", "month"])
    return cells.aggregate(victims=rows["count"].sum().cast("int64")).to_pyarrow()


def _all_levels(
    sums: pa.Table, sources: Sequence[Source], catalogue: AreaCatalogue, codes: _Codes
) -> _Cells:
    """Say each cell at every level its source can speak of, by month and by year."""
    source = _source_numbers(sums["source"], sources)
    area_names, area = _distinct(sums["area"])
    parent_names, parent = _distinct(sums["parent"])
    by_area = codes.of(_parent_of(name, catalogue) for name in area_names)
    whole = catalogue.whole.code
    delivered = codes.of("" if name == whole else name for name in parent_names)[parent]
    parent_code = np.where(delivered == codes.of([""]), by_area[area], delivered)
    nameless, unknown = codes.of(["", UNKNOWN_MARK])
    names = tuple(codes.numbers)
    unknown_in = codes.of(UNKNOWN_MARK + name for name in names)
    area_code = codes.of(area_names)[area]
    code_at = {
        "area": np.where(area_code == nameless, unknown_in[parent_code], area_code),
        "parent": np.where(parent_code == nameless, unknown, parent_code),
        "whole": np.full(source.shape, codes.of([whole])[0]),
    }
    has_parents = np.full(len(sources), bool(catalogue.of_level("parent")))
    has_parents[source[parent_code != nameless]] = True
    period = _periods(sums)
    victims = sums["victims"].to_numpy()
    parts = []
    for number, level in enumerate(AREA_LEVELS):
        speaks = np.array([level in LEVELS_OF[each.area_level] for each in sources], dtype=bool)
        if level == "parent":
            speaks &= has_parents
        numbers = np.full(source.shape, number)
        part = _Cells(source, numbers, code_at[level], period, victims)
        parts.append(_added([part.where(speaks[source])]))
    cells = _added(parts)
    months = cells.where(cells.period % _CENTURY > 0)
    years = cells.period // _CENTURY * _CENTURY
    return _added([months, _Cells(cells.source, cells.level, cells.code, years, cells.victims)])


def _source_numbers(ids: pa.ChunkedArray, sources: Sequence[Source]) -> Numbers:
    known = {source.id: number for number, source in enumerate(sources)}
    names, number = _distinct(ids)
    for name in names:
        if name not in known:
            raise RowsLostError(
                Message("Rows of the source {source} would be counted by nobody.", {"source": name})
            )
    return np.array([known[name] for name in names], dtype=np.int64)[number]


def _distinct(column: pa.ChunkedArray) -> tuple[list[str], Numbers]:
    encoded = column.combine_chunks().dictionary_encode()
    return encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64)


def _parent_of(area: str, catalogue: AreaCatalogue) -> str:
    known = catalogue.areas.get(area)
    parent = known.parent if known is not None and known.level == "area" else None
    return parent if parent and parent != catalogue.whole.code else ""


def _periods(sums: pa.Table) -> Numbers:
    periods: Numbers = sums["year"].to_numpy() * _CENTURY + sums["month"].to_numpy()
    return periods


def _added(parts: Sequence[_Cells]) -> _Cells:
    """Lay cells together and add up those of the same key."""
    table = pa.table(
        {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in (*_KEY, "victims")
        }
    )
    summed = table.group_by(_KEY).aggregate([("victims", "sum")])
    return _Cells(*(summed[name].to_numpy() for name in (*_KEY, "victims_sum")))


def _zeros(
    cells: _Cells, sources: Sequence[Source], catalogue: AreaCatalogue, codes: _Codes
) -> list[_Cells]:
    """Zeros that a silent source means: quiet months of the whole, areas in covered years."""
    by_level = [codes.of(area.code for area in catalogue.of_level(level)) for level in AREA_LEVELS]
    found = []
    for number, source in enumerate(sources):
        mine = cells.where((cells.source == number) & (cells.period > 0))
        if not source.silence_is_zero or mine.period.size == 0:
            continue
        whole = mine.where(mine.level == _WHOLE)
        quiet = _quiet_months(whole, source)
        years = np.union1d(whole.period // _CENTURY, quiet // _CENTURY) * _CENTURY
        found.append(_zero_cells(number, _WHOLE, by_level[_WHOLE], quiet))
        for level in LEVELS_OF[source.area_level]:
            place = AREA_LEVELS.index(level)
            found.append(_zero_cells(number, place, by_level[place], years))
    return found


def _quiet_months(whole: _Cells, source: Source) -> Numbers:
    monthly = whole.where(whole.period % _CENTURY > 0)
    seen = number_of_month(monthly.period // _CENTURY, monthly.period % _CENTURY)
    silences = find_silences(
        seen, victims=float(monthly.victims.sum()), declared=declared_months(source)
    )
    return silences.quiet // MONTHS_IN_YEAR * _CENTURY + silences.quiet % MONTHS_IN_YEAR + 1


def _zero_cells(source: int, level: int, codes: Numbers, periods: Numbers) -> _Cells:
    code, period = (grid.ravel() for grid in np.meshgrid(codes, periods, indexing="ij"))
    same = np.ones(code.shape, dtype=np.int64)
    return _Cells(same * source, same * level, code, period, same * 0)


def _total_of_the_whole(cells: _Cells) -> int:
    of_years = (cells.level == _WHOLE) & (cells.period % _CENTURY == 0)
    return int(cells.victims[of_years].sum())


def _months_covered(cells: _Cells) -> Numbers:
    """Months with a row of the whole; a year told only as a year covers all twelve."""
    year = cells.period // _CENTURY
    is_month = cells.period % _CENTURY > 0
    told = np.zeros((cells.source.max(initial=0) + 1, year.max(initial=0) + 1), dtype=np.int64)
    monthly = is_month & (cells.level == _WHOLE)
    np.add.at(told, (cells.source[monthly], year[monthly]), 1)
    of_year = told[cells.source, year]
    of_year[of_year == 0] = MONTHS_IN_YEAR
    covered = np.where(is_month, 1, of_year)
    return np.where(cells.period == 0, 0, covered)


def _as_table(cells: _Cells, sources: Sequence[Source], codes: Sequence[str]) -> pa.Table:
    periods, period = np.unique(cells.period, return_inverse=True)
    texts = {
        "source": (cells.source, [source.id for source in sources]),
        "area_level": (cells.level, AREA_LEVELS),
        "area": (cells.code, codes),
        "period": (period, [_period_text(int(each)) for each in periods]),
    }
    columns = {
        name: pa.array(words, pa.string()).take(pa.array(numbers))
        for name, (numbers, words) in texts.items()
    }
    columns |= {"victims": pa.array(cells.victims)}
    columns |= {"months_covered": pa.array(_months_covered(cells))}
    return COUNTS.checked(pa.table(columns))


def _period_text(period: int) -> str:
    year, month = divmod(period, _CENTURY)
    if not year:
        return UNKNOWN_MARK
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"
