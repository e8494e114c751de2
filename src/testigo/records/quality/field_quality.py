"""Quality of the fields: what is missing, vague, rounded, late or on a placeholder point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.records.model import FIELDS_WITH_STATUS
from testigo.records.quality.year_shares import ALL, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from testigo.records.model import Source
    from testigo.records.quality.year_shares import Mask, Victims

PLACEHOLDER_DAYS: Final = 10  # project default: one real spot seldom sees ten days of killing
COARSE_DECIMALS: Final = 2
RESIDUAL_FIELDS: Final = ("weapon", "location_type", "occupation")
_RESIDUAL: Final = re.compile(  # domain.md 1.6: other, unspecified, X95.9, Y09; in both languages
    r"\s*(con\s+)?(otr[oa]s?|others?|resto|unspecified|not specified|sin especificar"
    r"|no especificad[oa]s?|x95\.?9|y09)\b",
    re.IGNORECASE,
)


def judge_fields(victims: Victims, source: Source) -> Iterator[Line]:
    """Yield every value that is about one field of the accepted rows."""
    yield from _missing(victims, source)
    yield from _residual(victims)
    yield from _heaping(victims)
    yield from _delays(victims)
    yield from _points(victims)


def _lines(indicator: str, field: str, victims: Victims, part: Mask, among: Mask) -> Iterator[Line]:
    for period, value in victims.shares(part, among):
        yield Line(indicator, field, period, value)


def _missing(victims: Victims, source: Source) -> Iterator[Line]:
    everyone = np.ones(victims.weight.shape, dtype=bool)
    undated = victims.year == 0
    yield from _whole_only(_lines("missing_share", "date", victims, undated, everyone))
    if source.kind == "records":
        coarse = ~victims.has("date_precision", "day")
        yield from _lines("coarse_date_share", "date", victims, coarse, ~undated)
    if source.area_level != "whole":
        place = source.area_level
        yield from _lines("missing_share", place, victims, ~victims.holds(place), everyone)
    for field in FIELDS_WITH_STATUS:
        column = f"{field}_status"
        blank = victims.has(column, "not_collected")
        if blank.all() and field not in source.columns:
            if source.kind == "records":  # that a sum has no ages is no news
                yield Line("not_collected_share", field, ALL, 1.0)
            continue
        missing = blank | victims.has(column, "unknown")
        yield from _lines("missing_share", field, victims, missing, everyone)
        if (withheld := victims.has(column, "withheld")).any():
            yield from _lines("withheld_share", field, victims, withheld, everyone)


def _whole_only(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if line.period == ALL)


def _residual(victims: Victims) -> Iterator[Line]:
    for field in RESIDUAL_FIELDS:
        stated = victims.has(f"{field}_status", "stated") & victims.holds(field)
        if stated.any():
            encoded = victims.table[field].combine_chunks().dictionary_encode()
            vague = pa.array(
                [bool(_RESIDUAL.match(text)) for text in encoded.dictionary.to_pylist()]
            )
            part = vague.take(encoded.indices).fill_null(False)
            found = part.to_numpy(zero_copy_only=False)
            yield from _lines("residual_category_share", field, victims, found, stated)


def _heaping(victims: Victims) -> Iterator[Line]:
    table = victims.table
    ages = _numbers(table["age"])
    days = _numbers(pc.day(table["date"]))
    hours = _numbers(table["hour"])
    to_the_day = victims.has("date_precision", "day")
    for field, part, among in (
        ("age", ages % 5 == 0, (ages >= 0) & victims.has("age_status", "stated")),
        ("date", np.isin(days, (1, 15)), to_the_day),
        ("hour", np.isin(hours, (0, 12)), (hours >= 0) & victims.has("hour_status", "stated")),
    ):
        yield from _lines("heaping_share", field, victims, part, among)


def _numbers(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return whole numbers, -1 where there is none."""
    numbers: NDArray[np.int64] = column.cast(pa.int64()).fill_null(-1).to_numpy()
    return numbers


def _delays(victims: Victims) -> Iterator[Line]:
    table = victims.table
    known = victims.holds("registration_date") & victims.has("date_precision", "day")
    if not known.any():
        return
    days = _numbers(table["registration_date"].cast(pa.int32()))
    days = days - _numbers(table["date"].cast(pa.int32()))
    for place, period in enumerate((ALL, *victims.years[1:])):
        chosen = known & (victims.year == place if place else True)
        delays = np.repeat(days[chosen], victims.weight[chosen])
        if delays.size:
            median, late = np.percentile(delays, (50, 90), method="linear")  # type 7
            yield Line("timeliness_median", "registration_date", period, float(median))
            yield Line("timeliness_p90", "registration_date", period, float(late))


def _points(victims: Victims) -> Iterator[Line]:
    located = victims.holds("lat") & victims.holds("lon")
    if not located.any():
        return
    everyone = np.ones(located.shape, dtype=bool)
    yield from _lines("geocoded_share", "", victims, located, everyone)
    points = victims.table.select(["lat", "lon", "date"])
    rough = located.copy()
    for name in ("lat", "lon"):
        degrees = points[name].fill_null(0).to_numpy()
        rough &= np.isclose(degrees, np.round(degrees, COARSE_DECIMALS), rtol=0, atol=1e-9)
    yield from _lines("coarse_point_share", "", victims, rough, located)
    shared = _on_placeholders(points)
    yield from _lines("placeholder_point_share", "", victims, shared & located, located)


def _on_placeholders(points: pa.Table) -> Mask:
    """Whether each row lies on a point to the last decimal the same on many days."""
    days = points.group_by(["lat", "lon", "date"]).aggregate([])
    uses = days.group_by(["lat", "lon"]).aggregate([([], "count_all")])
    numbered = points.append_column("place", pa.array(np.arange(points.num_rows)))
    joined = numbered.join(uses, ["lat", "lon"], join_type="left outer").sort_by("place")
    many: Mask = joined["count_all"].fill_null(0).to_numpy() >= PLACEHOLDER_DAYS
    return many
