"""The quality card of every source: criterion, threshold, value, met (domain.md 1.5 and 1.6)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from testigo.records.columns import QUALITY
from testigo.records.quality.delivery_quality import judge_deliveries
from testigo.records.quality.field_quality import judge_fields
from testigo.records.quality.indicators import INDICATORS
from testigo.records.quality.year_shares import Victims

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from testigo.records.model import Ingested
    from testigo.records.quality.year_shares import Line


def describe_quality(ingested: Sequence[Ingested]) -> pa.Table:
    """Measure every indicator that the data of each source allow.

    Shares are of victims (a row weighs what it stands for), by year and of all years; those of
    deliveries are of rows. An indicator that the data say nothing about has no line.

    Parameters
    ----------
    ingested
        What became of each source.

    Returns
    -------
    pyarrow.Table
        Columns `QUALITY`; the indicators are `INDICATORS`.
    """
    rows: list[dict[str, object]] = []
    for each in ingested:
        if each.source.kind == "overlaps":  # no rows, so nothing to judge
            continue
        victims = Victims.of(each.accepted)
        lines = chain(judge_deliveries(each, victims), judge_fields(victims, each.source))
        rows += [_row(each.source.id, line) for line in lines]
    return QUALITY.table(rows)


def _row(source: str, line: Line) -> dict[str, object]:
    indicator = INDICATORS[line.indicator]
    return {
        "source": source,
        **line._asdict(),
        "unit": indicator.unit,
        "threshold": indicator.threshold_of(line.field),
        "met": indicator.judge(line.value, line.field),
    }
