"""Quality of the deliveries: what was set aside, repeated, not placed, not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import MONTHS_IN_YEAR
from testigo.records.coverage import (
    declared_days,
    declared_months,
    find_silences,
    number_of_month,
)
from testigo.records.model import FIELDS_WITH_STATUS
from testigo.records.quality.bogota import MINIMUM_FIELDS
from testigo.records.quality.year_shares import ALL, Line
from testigo.records.reasons import ReasonCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from testigo.records.model import Ingested, Source
    from testigo.records.quality.year_shares import Victims

REPEATED: Final = (
    ReasonCode.DELIVERY_REPEATED,
    ReasonCode.RECORD_REPEATED,
    ReasonCode.DAY_REPEATED,
    ReasonCode.PERIOD_REPEATED,
    ReasonCode.ROW_REPEATED,
    ReasonCode.ROW_REPEATED_KEPT,
)
DAILY_SHARE: Final = 0.9  # below it the source dates by month, and silent days say nothing
_ALSO_FROM: Final[Mapping[str, tuple[str, ...]]] = {  # other columns that give a minimum field
    "date": ("year",),
    "age": ("age_group",),
    "area": ("area_name", "parent", "parent_name"),
}


def judge_deliveries(ingested: Ingested, victims: Victims) -> Iterator[Line]:
    """Yield every value that is about the source and its files rather than about a field."""
    source = ingested.source
    yield Line("unit_is_victim", "", ALL, float(source.unit == "victim"))
    yield from _minimum_fields(source, victims)
    yield from _set_aside(ingested)
    yield from _missing_months(source, victims)
    yield from _missing_days(source, victims)
    yield Line("reporting_gaps_declared", "", ALL, float(len(source.reporting_gaps)))
    yield Line("method_breaks_declared", "", ALL, float(len(source.method_breaks)))


def _minimum_fields(source: Source, victims: Victims) -> Iterator[Line]:
    if source.kind != "records":
        return  # a tally is a published sum: that it lists no ages says nothing of the register
    for field in MINIMUM_FIELDS:
        ways = (field, *_ALSO_FROM.get(field, ()))
        yield Line("minimum_field", field, ALL, float(any(_has(victims, source, w) for w in ways)))


def _has(victims: Victims, source: Source, field: str) -> bool:
    """Whether the delivery gives a field, by its own column or read out of another."""
    if field in FIELDS_WITH_STATUS:
        return not victims.has(f"{field}_status", "not_collected").all()
    return field in source.columns


def _set_aside(ingested: Ingested) -> Iterator[Line]:
    delivered = pc.sum(ingested.deliveries["rows_delivered"]).as_py() or 0
    if not delivered:
        return
    rows = ingested.set_aside
    for placement in ("quarantined", "excluded"):
        chosen = rows.filter(pc.equal(rows["placement"], placement))
        yield Line(f"{placement}_share", "", ALL, chosen.num_rows / delivered)
        for reason in pc.value_counts(chosen["reason"]).to_pylist():
            yield Line(f"{placement}_share", reason["values"], ALL, reason["counts"] / delivered)
    repeated = _repeated(rows) + _repeated(ingested.flags)
    yield Line("repeated_rows_share", "", ALL, repeated / delivered)
    unmatched = pc.sum(ingested.unmatched_places["rows"]).as_py() or 0
    yield Line("unmatched_places_share", "", ALL, unmatched / delivered)


def _repeated(rows: pa.Table) -> int:
    found = rows.filter(pc.is_in(rows["reason"], value_set=pa.array(REPEATED, pa.string())))
    return int(found.group_by(["file", "row"]).aggregate([]).num_rows)


def _missing_months(source: Source, victims: Victims) -> Iterator[Line]:
    dated = victims.has("date_precision", "day") | victims.has("date_precision", "month")
    if not dated.any():
        return
    date = victims.table["date"].filter(pa.array(dated))
    silences = find_silences(
        number_of_month(_whole(pc.year(date)), _whole(pc.month(date))),
        victims=float(victims.weight[dated].sum()),
        declared=declared_months(source),
        silence_is_zero=source.silence_is_zero,
    )
    yield from _by_year("missing_months", silences.missing // MONTHS_IN_YEAR)


def _missing_days(source: Source, victims: Victims) -> Iterator[Line]:
    to_the_day = victims.has("date_precision", "day")
    dated = victims.year > 0
    if not to_the_day.any() or to_the_day.sum() < DAILY_SHARE * dated.sum():
        return
    days = _whole(victims.table["date"].filter(pa.array(to_the_day)).cast(pa.int32()))
    silences = find_silences(
        days + _EPOCH,
        victims=float(victims.weight[to_the_day].sum()),
        declared=declared_days(source),
    )
    dates = pa.array(silences.missing - _EPOCH, pa.int32()).cast(pa.date32())
    yield from _by_year("missing_days", _whole(pc.year(dates)))


_EPOCH: Final = 719_163  # ordinal of 1970-01-01, from which Arrow counts days


def _whole(column: pa.ChunkedArray | pa.Array) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = column.cast(pa.int64()).to_numpy()
    return numbers


def _by_year(indicator: str, years: NDArray[np.int64]) -> Iterator[Line]:
    yield Line(indicator, "", ALL, float(years.size))
    for year, number in zip(*np.unique(years, return_counts=True), strict=True):
        yield Line(indicator, "", f"{year:04d}", float(number))
