"""The rates that sources print themselves, with the population that each one implies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import MONTH_LETTERS, YEAR_LETTERS
from testigo.publication.model import PRINTED_RATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from testigo.core import AreaCatalogue

PER = 100_000


def collect_printed_rates(accepted: Iterable[pa.Table], catalogue: AreaCatalogue) -> pa.Table:
    """Gather the accepted rows that carry a printed rate.

    Parameters
    ----------
    accepted
        Accepted rows of each source (columns `ACCEPTED` of the records room).
    catalogue
        Tells the level of each area; a row without a place is about the whole territory.

    Returns
    -------
    pa.Table
        Columns `PRINTED_RATES`; a year that a source prints twice for one area is left out,
        since nothing tells which of the two is meant.
    """
    lines: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for table in accepted:
        printed = table.filter(pc.is_valid(table["rate"]))
        if "date" in printed.column_names:
            printed = printed.filter(pc.is_valid(printed["date"]))
        for row in printed.to_pylist():
            line = _line(row, catalogue)
            key = (str(line["source"]), str(line["area"]), str(line["period"]))
            lines.setdefault(key, []).append(line)
    return PRINTED_RATES.table([same[0] for same in lines.values() if len(same) == 1])


def _line(row: dict[str, object], catalogue: AreaCatalogue) -> dict[str, object]:
    code = str(row["area"] or row["parent"] or catalogue.whole.code)
    length = {"year": YEAR_LETTERS, "month": MONTH_LETTERS}.get(str(row["date_precision"]), 10)
    rate, victims = float(str(row["rate"])), int(str(row["count"]))
    return {
        "source": row["source"],
        "area": code,
        "area_level": "area" if row["area"] else "parent" if row["parent"] else "whole",
        "period": str(row["date"])[:length],
        "victims": victims,
        "rate": rate,
        "rate_decimals": row["rate_decimals"] or 0,
        "implied_population": PER * victims / rate if rate else None,
    }
